"""The ontology that ships: sound, covered both ways, and fresh in what is made from it."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.config import DATA
from dateline.model.values import ActorKind
from dateline.ontology import Ontology, load_ontology, words_of
from dateline.ontology.checks import all_values, announced, reached_values

ROOT = Path(__file__).parents[2]
ONTOLOGY = load_ontology()
TYPES = sorted(ONTOLOGY.types)


def types_in(text: str, ontology: Ontology = ONTOLOGY) -> list[str]:
    """Return the first type of each match in `text`."""
    words = [word for word, _, _ in words_of(text)]
    return [match.triggers[0].type for match in ontology.scan(words)]


def test_types_are_within_the_planned_range_and_in_seven_families() -> None:
    assert 40 <= len(TYPES) <= 60
    assert {ONTOLOGY.family(name) for name in TYPES} == {
        "combat",
        "remote",
        "violence",
        "demonstration",
        "control",
        "movement",
        "politics",
    }


@pytest.mark.parametrize("name", TYPES)
def test_each_example_is_announced_and_each_non_example_is_not(name: str) -> None:
    event_type = ONTOLOGY.types[name]
    for example in event_type.examples:
        wanted = [word for word, _, _ in words_of(example.trigger)]
        assert wanted in announced(ONTOLOGY, example.text, name), example.text
    for text in event_type.non_examples:
        assert announced(ONTOLOGY, text, name) == [], text


@pytest.mark.parametrize("name", TYPES)
def test_examples_hold_a_nominal_or_a_passive_use(name: str) -> None:
    forms = {
        (trigger.pos, tag)
        for example in ONTOLOGY.types[name].examples
        for trigger in ONTOLOGY.triggers
        if trigger.type == name and trigger.words == tuple(word for word, _, _ in words_of(example.trigger))
        for tag in trigger.tags
    }
    assert any(pos in ("noun", "phrase") or tag == "VBN" for pos, tag in forms)


def test_every_value_of_the_other_ontologies_is_reached_or_has_a_reason() -> None:
    targets = ONTOLOGY.targets
    assert all_values(targets) == reached_values(ONTOLOGY) & all_values(targets) | set(targets.unreached)
    assert len([value for value in all_values(targets) if value.startswith("acled ")]) == 25
    assert len(targets.plover) == 16
    assert not [value for value in targets.unreached if value.startswith("acled ")]
    assert not [value for value in targets.unreached if value.startswith("plover ") and "/" not in value]


def test_every_actor_kind_on_a_side_is_a_kind_of_the_model() -> None:
    kinds = set(getattr(ActorKind, "__args__", ()))
    listed = [kind for kinds_of_side in ONTOLOGY.targets.sides.values() for kind in kinds_of_side]
    assert kinds >= set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("actor", "harmed", "sub_event"),
    [
        ("military", False, "Government regains territory"),
        ("state", False, "Government regains territory"),
        ("armed_group", False, "Non-state actor overtakes territory"),
        ("nonstate", True, "Non-state actor overtakes territory"),
        ("media", False, "Armed clash"),
        (None, False, "Armed clash"),
    ],
)
def test_gained_territory_depends_on_who_gained_it(actor: str | None, *, harmed: bool, sub_event: str) -> None:
    walk = ONTOLOGY.crosswalk_for("territory_gain", actor, harmed=harmed)
    assert walk.acled.sub_event_type == sub_event
    assert walk.ged == (1 if sub_event.startswith("Government") else None)


def test_force_at_a_protest_is_excessive_only_where_people_were_hurt() -> None:
    calm = ONTOLOGY.crosswalk_for("protest_crackdown", "police")
    hurt = ONTOLOGY.crosswalk_for("protest_crackdown", "police", harmed=True)
    assert calm.acled.sub_event_type == "Protest with intervention"
    assert hurt.acled.sub_event_type == "Excessive force against protesters"


def test_crosswalk_of_an_unknown_type_raises() -> None:
    with pytest.raises(KeyError):
        ONTOLOGY.crosswalk_for("picnic")


def test_relation_is_symmetric_and_bounded() -> None:
    for a in TYPES:
        for b in TYPES:
            score = ONTOLOGY.related(a, b)
            assert score == ONTOLOGY.related(b, a)
            assert (score == 1) == (a == b)
            assert 0 <= score <= 1
    assert ONTOLOGY.related("bombing", "suicide_bombing") > ONTOLOGY.related("bombing", "protest") == 0


def test_forms_are_fresh_and_name_every_lemma() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "forms.py"), "--check"], capture_output=True, check=False
    )
    assert run.returncode == 0, run.stdout
    forms = json.loads((DATA / "ontology" / "forms.json").read_text("utf-8"))
    for trigger in ONTOLOGY.triggers:
        if trigger.pos != "phrase":
            assert forms[trigger.pos][trigger.lemma][trigger.tag]


def test_the_page_is_fresh_and_shows_every_type() -> None:
    spec = importlib.util.spec_from_file_location("ontology_page", ROOT / "scripts" / "ontology_page.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (ROOT / "docs" / "reference" / "ontology.md").read_text("utf-8")
    assert script.page(ONTOLOGY) == text
    for name in TYPES:
        assert f"`{name}`. " in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Militants seized the town of Marawi.", ["territory_gain"]),
        ("Police seized forty rifles in Marawi.", ["weapons_seizure"]),
        ("The rebels captured a district in Kordofan.", ["territory_gain"]),
        ("Police captured a suspect in Kordofan.", ["arrest"]),
        ("Two suspects were captured in Kordofan.", ["arrest"]),
        ("Militants captured Farchana on Sunday.", ["territory_gain"]),
        ("A suicide bombing was reported from Jalalabad.", ["suicide_bombing"]),
        ("A drone strike was reported from Jalalabad.", ["drone_strike"]),
        ("Air strikes were reported from Jalalabad.", ["air_strike"]),
        ("A general strike was reported from Jalalabad.", ["strike"]),
        ("Protesters clashed with police in Lome.", ["riot"]),
        ("Rebels clashed with soldiers in Lome.", ["armed_clash"]),
        ("The National Liberation Front met in Dakar.", []),
        ("A heart attack ended his career.", []),
        ("Fighters shot dead two herders.", ["killing"]),
        ("Gunmen shot dead a judge in Cali.", ["assassination"]),
        ("Villagers were forced to flee.", ["displacement"]),
        ("Rebels seized Farchana.", ["territory_gain"]),
        ("Soldiers seized cocaine.", []),
        ("Rebels burned Farchana.", ["property_destruction"]),
        ("Farmers burned stubble.", []),
        ("Rebels shot down a helicopter near Aweil.", ["assault"]),
        ("Troops shot down a drone near Aweil.", ["weapons_seizure"]),
        ("An explosive device went off in Aweil.", ["bombing", "bombing"]),
        ("An explosive device was found in Aweil.", ["weapons_seizure"]),
        ("Soldiers closed schools in Aweil.", ["curfew"]),
        ("Smog closed schools in Lahore.", []),
        ("Soldiers blocked an ambulance in Aweil.", ["intimidation"]),
        ("The army blocked food deliveries to Aweil.", ["siege"]),
        ("The rebels refused to join the talks.", ["rejection", "negotiation"]),
        ("The passengers refused to pay.", []),
        ("They met to discuss the plan of the minister.", ["negotiation"]),
        ("The minister discussed the plan.", ["negotiation"]),
        ("The injured guard died in hospital.", ["killing", "killing"]),
        ("The poet died in hospital.", []),
        ("A clerk was stabbed in the back in Aweil.", ["killing"]),
        ("He was released two days later.", ["release"]),
        ("The album was released two days later.", []),
        ("The new emir of the group spoke.", []),
        ("The syndicate stepped up its attacks on the policies of the mayor.", []),
    ],
)
def test_neighbouring_types_are_told_apart(text: str, expected: list[str]) -> None:
    assert types_in(text) == expected
