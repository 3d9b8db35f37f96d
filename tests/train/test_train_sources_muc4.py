"""MUC-4: answer keys in their column format, and the scenes and silver frames made of messages and keys."""

from pathlib import Path
from typing import Any

import pytest

from dateline.code.patterns import PatternCoder
from dateline.errors import DataError
from dateline.train.examples import Example, faults_of
from dateline.train.sources import muc4
from dateline.train.sources.muckeys import SLOTS, Fill, Template, parse_fill, read_keys

TITLES = (
    "MESSAGE: ID", "MESSAGE: TEMPLATE", "INCIDENT: DATE", "INCIDENT: LOCATION", "INCIDENT: TYPE",
    "INCIDENT: STAGE OF EXECUTION", "INCIDENT: INSTRUMENT ID", "INCIDENT: INSTRUMENT TYPE",
    "PERP: INCIDENT CATEGORY", "PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID", "PERP: ORGANIZATION CONFIDENCE",
    "PHYS TGT: ID", "PHYS TGT: TYPE", "PHYS TGT: NUMBER", "PHYS TGT: FOREIGN NATION",
    "PHYS TGT: EFFECT OF INCIDENT", "PHYS TGT: TOTAL NUMBER", "HUM TGT: NAME", "HUM TGT: DESCRIPTION",
    "HUM TGT: TYPE", "HUM TGT: NUMBER", "HUM TGT: FOREIGN NATION", "HUM TGT: EFFECT OF INCIDENT",
    "HUM TGT: TOTAL NUMBER",
)  # fmt: skip


def key(message: str, template: str = "1", empty: str = "-", **slots: str | list[str]) -> str:
    """Write a template of a key; slots are named as the fields of Template, several fillers as a list."""
    rows = {0: [f"{message} (OURS)"], 1: [template]}
    rows |= {number: [empty] for number in range(2, 25)}
    for name, value in slots.items():
        rows[SLOTS.index(name) + 2] = [value] if isinstance(value, str) else value
    lines: list[str] = []
    for number, title in enumerate(TITLES):
        head = f"{number}.".ljust(4) + title.ljust(32)
        lines += [(head if place == 0 else " " * 36) + value for place, value in enumerate(rows[number])]
    return "\n".join(lines) + "\n\n"


MESSAGE = """

   CALI, 9 MAY 90 (RADIO SUR) -- [TEXT] REBELS OF THE NORTHERN FRONT
[NF] KILLED THREE TEACHERS AND WOUNDED A DRIVER WITH MACHETES NEAR
PASTO YESTERDAY, THE POLICE SAID.  THE TEACHERS WERE ON THEIR WAY HOME.

   THE MINISTER MET 30 TEACHERS IN BOGOTA LAST WEEK.

"""
KEY: dict[str, Any] = {
    "date": "08 MAY 90",
    "location": "COLOMBIA: PASTO (CITY)",
    "type": "ATTACK",
    "stage": "ACCOMPLISHED",
    "instrument": '"MACHETES"',
    "individual": '"REBELS OF THE NORTHERN FRONT" / "REBELS"',
    "organization": '"NORTHERN FRONT" / "NF"',
    "confidence": 'REPORTED AS FACT: "NORTHERN FRONT" / "NF"',
    "description": ['"TEACHERS"', '"DRIVER"'],
    "human_number": ['3: "TEACHERS"', '1: "DRIVER"'],
    "human_effect": ['DEATH: "TEACHERS"', 'INJURY: "DRIVER"'],
}


@pytest.fixture(scope="module")
def coder() -> PatternCoder:
    return PatternCoder()


def templates(tmp_path: Path, text: str) -> tuple[Template, ...]:
    path = tmp_path / "key-ours"
    path.write_text(text, encoding="ascii")
    return next(iter(read_keys(path).values()))


def examples(tmp_path: Path, coder: PatternCoder, text: str, *, message: str = MESSAGE) -> list[Example]:
    joined = "\n\n".join(" ".join(part.split()) for part in message.strip().split("\n\n"))
    made = list(muc4.examples_of("DEV-MUC3-0001", joined, templates(tmp_path, text), coder))
    assert [fault for example in made for fault in faults_of(example)] == []
    return made


def wordings(example: Example, role: str) -> list[str]:
    return [example.text[each.start : each.end] for each in example.scene if each.role == role]


@pytest.mark.parametrize(
    ("slot", "text", "fill"),
    [
        ("individual", '"REBELS" / "GROUP OF \\"REBELS\\""', Fill(("REBELS", 'GROUP OF "REBELS"'))),
        ("individual", '? "REBELS"', Fill(("REBELS",), optional=True)),
        (
            "confidence",
            'POSSIBLE / ACQUITTED: "THE FRONT" / "TF"',
            Fill(("POSSIBLE", "ACQUITTED"), ("THE FRONT", "TF")),
        ),
        ("confidence", '(POSSIBLE / ACQUITTED): "TF"', Fill(("POSSIBLE", "ACQUITTED"), ("TF",))),
        ("human_effect", 'NO INJURY: "-"', Fill(("NO INJURY",))),
        ("human_number", '3- / ~5: "MEN"', Fill(("3-", "~5"), ("MEN",))),
        ("description", '"MAYOR" / "MR": "ANA RUIZ" / "RUIZ"', Fill(("MAYOR", "MR"), ("ANA RUIZ", "RUIZ"))),
        ("physical", '"BUS"/"THE CITY BUS"', Fill(("BUS", "THE CITY BUS"))),
        ("location", "(PERU: LIMA (CITY)) / (PERU)", Fill(("PERU: LIMA (CITY)", "PERU"))),
        ("location", "PERU: PUNO (CITY / REGION)", Fill(("PERU: PUNO (CITY / REGION)",))),
        ("date", "- 07 FEB 90 / (01 FEB 90 - 07 FEB 90)", Fill(("- 07 FEB 90", "01 FEB 90 - 07 FEB 90"))),
        ("organization", "ARMY OF THE SOUTH [AS]", Fill(("ARMY OF THE SOUTH [AS]",))),
    ],
)
def test_a_line_of_a_key_gives_alternatives_references_and_options(slot: str, text: str, fill: Fill) -> None:
    assert parse_fill(text, slot) == fill


@pytest.mark.parametrize("text", ["-", "*", "", '-: "ANA RUIZ"'])
def test_nothing_is_no_filler(text: str) -> None:
    assert parse_fill(text, "description") is None


def test_a_key_file_is_read_template_by_template(tmp_path: Path) -> None:
    text = (
        key("DEV-MUC3-0001", **KEY)
        + ";;; a remark\n"
        + key("DEV-MUC3-0001", "2 (OPTIONAL)", type="ARSON", instrument="*")
    )
    first, second = templates(tmp_path, text)
    assert (first.number, first.optional, second.number, second.optional) == (1, False, 2, True)
    assert first.types == ("attack",)
    assert first.description == (Fill(("TEACHERS",)), Fill(("DRIVER",)))
    assert first.physical == ()
    assert second.inapplicable == {"instrument"}


def test_a_message_without_a_template_has_none(tmp_path: Path) -> None:
    assert templates(tmp_path, key("DEV-MUC3-0002", "*", "*")) == ()


def test_a_line_of_no_slot_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 2"):
        templates(tmp_path, key("DEV-MUC3-0001").replace("1.  MESSAGE: TEMPLATE", "TEMPLATE"))


def test_strings_are_marked_where_the_incident_is_told(tmp_path: Path, coder: PatternCoder) -> None:
    first, *others = examples(tmp_path, coder, key("DEV-MUC3-0001", **KEY))
    assert others == []
    assert first.dateline == "CALI"
    assert first.text.startswith("REBELS")
    assert wordings(first, "actor") == ["REBELS OF THE NORTHERN FRONT", "NF"]
    assert wordings(first, "instrument") == ["MACHETES"]
    assert wordings(first, "target") == ["TEACHERS", "DRIVER"]


def test_the_harmed_carry_their_number(tmp_path: Path, coder: PatternCoder) -> None:
    (example,) = examples(tmp_path, coder, key("DEV-MUC3-0001", **KEY))
    assert wordings(example, "killed") == ["THREE TEACHERS"]
    assert wordings(example, "injured") == ["A DRIVER"]
    assert "killed" not in example.scene_roles


def test_another_number_means_other_people_and_doubt_masks_the_role(
    tmp_path: Path, coder: PatternCoder
) -> None:
    (example,) = examples(tmp_path, coder, key("DEV-MUC3-0001", **KEY))
    meeting = example.text.index("30 TEACHERS")
    assert not any(filler.start >= meeting for filler in example.scene)
    # "THE TEACHERS WERE ON THEIR WAY" tells of no attack: whether it is a filler there stays open.
    assert example.scene_roles == {"actor", "instrument"}


def test_a_silver_frame_has_the_fillers_of_its_sentence(tmp_path: Path, coder: PatternCoder) -> None:
    (example,) = examples(tmp_path, coder, key("DEV-MUC3-0001", **KEY))
    frame = next(each for each in example.frames if example.text[slice(*each.trigger)] == "KILLED")
    told = {(each.role, example.text[each.start : each.end]) for each in frame.fillers}
    assert ("killed", "THREE TEACHERS") in told
    assert ("target", "THREE TEACHERS") in told
    assert ("actor", "REBELS OF THE NORTHERN FRONT") in told
    assert frame.type is None
    assert frame.status == {"reality": "occurred"}
    assert example.complete == frozenset()


def test_optional_strings_mask_their_role(tmp_path: Path, coder: PatternCoder) -> None:
    (example,) = examples(tmp_path, coder, key("DEV-MUC3-0001", **{**KEY, "instrument": '? "MACHETES"'}))
    assert wordings(example, "instrument") == []
    assert "instrument" not in example.scene_roles


def test_an_optional_template_marks_nothing(tmp_path: Path, coder: PatternCoder) -> None:
    (example,) = examples(tmp_path, coder, key("DEV-MUC3-0001", "1 (OPTIONAL)", **KEY))
    assert example.scene == ()
    assert example.scene_roles == frozenset()


def test_without_a_template_nothing_of_the_kind_is_told(tmp_path: Path, coder: PatternCoder) -> None:
    quiet = "\n   LIMA, 2 MAY 90 -- [TEXT] THE SENATE DEBATED THE BUDGET.\n\n"
    (example,) = examples(tmp_path, coder, key("DEV-MUC3-0001", "*", "*"), message=quiet)
    assert example.scene == ()
    assert example.scene_roles == muc4.SCENE_ROLES


def test_a_clash_without_a_template_is_masked(tmp_path: Path, coder: PatternCoder) -> None:
    clash = "\n   LIMA, 2 MAY 90 -- [TEXT] TROOPS AND REBELS CLASHED NEAR PUNO YESTERDAY.\n\n"
    (example,) = examples(tmp_path, coder, key("DEV-MUC3-0001", "*", "*"), message=clash)
    assert example.scene_roles == frozenset()


def test_a_kidnapping_settles_the_type_and_who_was_taken(tmp_path: Path, coder: PatternCoder) -> None:
    taken = "\n   LIMA, 2 MAY 90 -- [TEXT] ARMED MEN KIDNAPPED ENGINEER JUAN PARDO IN PUNO YESTERDAY.\n\n"
    text = key(
        "DEV-MUC3-0001",
        type="KIDNAPPING",
        stage="ACCOMPLISHED",
        individual='"ARMED MEN"',
        name='"JUAN PARDO"',
        description='"ENGINEER": "JUAN PARDO"',
    )
    (example,) = examples(tmp_path, coder, text, message=taken)
    assert wordings(example, "captured") == ["JUAN PARDO"]
    assert [frame.type for frame in example.frames] == ["abduction"]
    assert example.kinds


def test_a_stage_that_the_words_do_not_share_is_not_told(tmp_path: Path, coder: PatternCoder) -> None:
    warned = "\n   LIMA, 2 MAY 90 -- [TEXT] POLICE FEAR THAT REBELS WILL ATTACK THE DAM.\n\n"
    text = key("DEV-MUC3-0001", type="ATTACK", stage="ACCOMPLISHED", individual='"REBELS"', physical='"DAM"')
    (example,) = examples(tmp_path, coder, text, message=warned)
    assert [frame.status for frame in example.frames] == [{}]


def test_every_fifth_message_is_held_back(tmp_path: Path) -> None:
    dev = tmp_path / "CORPORA" / "dev"
    dev.mkdir(parents=True)
    names = [f"DEV-MUC3-{number:04}" for number in range(4, 7)]
    body = "\n\n   LIMA, 2 MAY 90 -- [TEXT] THE SENATE DEBATED THE BUDGET.\n\n"
    (dev / "dev-muc3-0001-0100").write_text("".join(f"{name} (OURS){body}" for name in names), "ascii")
    (dev / "key-dev-0001.muc4").write_text("".join(key(name, "*", "*") for name in names), "ascii")
    assert [example.id for example in muc4.read(tmp_path)] == ["muc4/DEV-MUC3-0004/1", "muc4/DEV-MUC3-0006/1"]
    assert len(list(muc4.read(tmp_path, everything=True))) == 3
