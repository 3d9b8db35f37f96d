"""Broken data: every fault is named, all at once, and nothing half-read is handed out."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.config import DATA
from dateline.errors import DataError
from dateline.ontology import read_ontology

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the package's ontology that may be broken."""
    return Path(shutil.copytree(DATA / "ontology", tmp_path / "ontology"))


def edit(folder: Path, family: str, change: Change) -> None:
    """Change the first type of `family` in `folder`."""
    path = folder / f"{family}.yaml"
    content = yaml.safe_load(path.read_text("utf-8"))
    change(content["types"][0])
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def fault(folder: Path) -> str:
    """Return the message that reading `folder` ends in."""
    with pytest.raises(DataError) as caught:
        read_ontology(folder)
    return str(caught.value)


def test_an_unchanged_copy_reads(folder: Path) -> None:
    assert len(read_ontology(folder).types) > 40


def drop_example(item: dict[str, Any]) -> None:
    item["examples"] = item["examples"][:3]


def spoil_example(item: dict[str, Any]) -> None:
    item["examples"][0]["trigger"] = "picnicked"


def unknown_trigger_in_example(item: dict[str, Any]) -> None:
    item["examples"][0] = {"text": "The weather was fine in Lima.", "trigger": "fine"}


def wrong_non_example(item: dict[str, Any]) -> None:
    item["non_examples"][0] = "Rebels clashed with soldiers near Goma."


def unknown_exclusion(item: dict[str, Any]) -> None:
    item["excludes"][0]["also"] = ["picnic"]


def wrong_plover(item: dict[str, Any]) -> None:
    item["crosswalk"]["plover"] = {"type": "PICNIC", "mode": None}


def wrong_mode(item: dict[str, Any]) -> None:
    item["crosswalk"]["plover"]["mode"] = "picnic"


def wrong_acled(item: dict[str, Any]) -> None:
    item["crosswalk"]["acled"]["sub_event_type"] = "Picnic"


def wrong_cameo(item: dict[str, Any]) -> None:
    item["crosswalk"]["cameo"] = "77"


def wrong_ged(item: dict[str, Any]) -> None:
    item["crosswalk"]["ged"] = 9


def empty_label(item: dict[str, Any]) -> None:
    item["label"] = " "


def listed_twice(item: dict[str, Any]) -> None:
    item["triggers"]["verbs"] += ["skirmish", "skirmish"]


def taken_from_another_type(item: dict[str, Any]) -> None:
    item["triggers"]["verbs"].append("kidnap")


def heavy_weight(item: dict[str, Any]) -> None:
    item["triggers"]["verbs"].append({"lemma": "skirmish", "weight": 3, "requires": ["border"]})


def wide_condition(item: dict[str, Any]) -> None:
    item["triggers"]["verbs"].append({"lemma": "skirmish", "requires": ["two words"]})


def uninflected(item: dict[str, Any]) -> None:
    item["triggers"]["verbs"].append("picnic")


def no_triggers(item: dict[str, Any]) -> None:
    item["triggers"] = {}


def test_tags_keep_the_named_forms_only(folder: Path) -> None:
    def add(item: dict[str, Any]) -> None:
        item["triggers"]["verbs"].append({"lemma": "kidnap", "tags": ["VBG"], "requires": ["border"]})

    edit(folder, "combat", add)
    forms = [t.words for t in read_ontology(folder).triggers if t.type == "armed_clash" and t.lemma == "kidnap"]
    assert forms == [("kidnapping",)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (drop_example, "armed_clash: has fewer than 4 examples"),
        (spoil_example, "'picnicked' is not in its example"),
        (unknown_trigger_in_example, "no trigger of the type finds 'fine'"),
        (wrong_non_example, "'clashed' is found in the non-example"),
        (unknown_exclusion, "excludes names 'picnic', which is no other type"),
        (wrong_plover, "PLOVER has no type 'PICNIC'"),
        (wrong_mode, "PLOVER ASSAULT has no mode 'picnic'"),
        (wrong_acled, "ACLED Battles has no sub-event type 'Picnic'"),
        (wrong_cameo, "CAMEO has no root '77'"),
        (wrong_ged, "GED has no type of violence 9"),
        (empty_label, "armed_clash: label is empty"),
        (listed_twice, "'skirmish' is listed twice"),
        (taken_from_another_type, "abduction and armed_clash: both have 'kidnap' without conditions"),
        (heavy_weight, "'skirmish' has weight 3"),
        (wide_condition, "names 'two words', which is not one lower-case word"),
        (uninflected, "verb 'picnic' has no forms; run scripts/forms.py"),
        (no_triggers, "armed_clash: has no triggers"),
    ],
)
def test_each_fault_is_named(folder: Path, change: Change, message: str) -> None:
    edit(folder, "combat", change)
    assert message in fault(folder)


def test_all_faults_come_at_once(folder: Path) -> None:
    edit(folder, "combat", wrong_cameo)
    edit(folder, "politics", wrong_ged)
    message = fault(folder)
    assert "CAMEO has no root '77'" in message
    assert "GED has no type of violence 9" in message
    assert "\n" not in message


def test_an_unknown_key_and_a_missing_file_are_named(folder: Path) -> None:
    edit(folder, "remote", lambda item: item.update(colour="red"))
    assert "remote.yaml cannot be read" in fault(folder)
    (folder / "related.yaml").unlink()
    (folder / "remote.yaml").unlink()
    assert "remote.yaml cannot be read" in fault(folder)


def test_a_value_that_no_type_reaches_needs_a_reason(folder: Path) -> None:
    path = folder / "targets.yaml"
    targets = yaml.safe_load(path.read_text("utf-8"))
    targets["cameo"]["21"] = "go on a picnic"
    del targets["unreached"]["cameo 01"]
    targets["unreached"]["ged 3"] = "never"
    path.write_text(yaml.safe_dump(targets), "utf-8")
    message = fault(folder)
    assert "cameo 21 is reached by no type" in message
    assert "cameo 01 is reached by no type" in message
    assert "ged 3 is under unreached, yet a type reaches it" in message


def test_relations_name_types_and_stay_between_0_and_1(folder: Path) -> None:
    (folder / "related.yaml").write_text("- {types: [bombing, picnic], score: 1.5}\n", "utf-8")
    message = fault(folder)
    assert "'picnic' is no type" in message
    assert "a score lies between 0 and 1" in message


def test_a_trigger_that_is_an_idiom_is_named(folder: Path) -> None:
    (folder / "idioms.yaml").write_text("nouns: [car bomb]\nverbs: []\nphrases: []\n", "utf-8")
    assert "'car bomb' is also a trigger" in fault(folder)


def test_broken_forms_are_named(folder: Path) -> None:
    forms = json.loads((folder / "forms.json").read_text("utf-8"))
    del forms["noun"]
    (folder / "forms.json").write_text(json.dumps(forms), "utf-8")
    assert "forms.json cannot be read" in fault(folder)
