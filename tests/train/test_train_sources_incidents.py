"""Insecurity Insight: coded values found as words, and what stays masked."""

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.train.corpus import part_of
from dateline.train.examples import Example, faults_of
from dateline.train.sources import incidents
from dateline.train.sources.incidents import examples_of
from dateline.train.sources.insecurity import Record, read_records

HEALTH: dict[str, Any] = {
    "Total health worker killed": None,
    "Total health worker injured": None,
    "Total health worker kidnapped": None,
}


def folder_of(tmp_path: Path, *rows: dict[str, Any]) -> Path:
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "incidents.jsonl").write_text(lines + "\n", encoding="utf-8")
    return tmp_path


def record_of(text: str, **row: Any) -> Record:
    counts = {name: value for name, value in row.items() if isinstance(value, int)}
    return Record(id="7", event="7", text=text, counts=counts, row=row)


def scene(example: Example) -> list[tuple[str, str]]:
    assert not faults_of(example)
    return [(filler.role, example.text[filler.start : filler.end]) for filler in example.scene]


def only(record: Record) -> Example:
    (example,) = examples_of(record)
    return example


def test_records_are_known_by_their_event_and_a_description_comes_once(tmp_path: Path) -> None:
    rows = [
        {"Event ID": 11, "Event description": "A clinic was looted.", **HEALTH},
        {"SiND Event ID": 11.0, "Event Description": "A clinic  was\nlooted.", "Educators Killed": "2"},
        {"SiND Event ID": 11, "Event Description": "Rebels looted a clinic."},
        {"SiND ID": 12, "Event Description": "  "},
    ]
    records = list(read_records(folder_of(tmp_path, *rows)))
    assert [(record.id, record.event, record.text) for record in records] == [
        ("11", "11", "A clinic was looted."),
        ("11/2", "11", "Rebels looted a clinic."),
    ]
    assert records[0].part == part_of("11")


def test_counts_leave_out_nulls_and_parts_of_other_columns(tmp_path: Path) -> None:
    row = {
        "Event ID": 3,
        "Event description": "Two nurses were killed.",
        "Aid Workers Killed": "2",
        "National Aid Workers Killed": "2",
        "Aid Workers Injured": None,
        "Students Kidnapped": 0,
    }
    (record,) = read_records(folder_of(tmp_path, row))
    assert record.counts == {"Aid Workers Killed": 2, "Students Kidnapped": 0}
    assert record.numbers("killed") == (2,)
    assert record.numbers("captured") == (0,)


def test_victims_are_the_phrases_that_say_the_number() -> None:
    text = "Gunmen shot dead two nurses in the village of Ouro. A driver was injured."
    example = only(record_of(text, **{"Total health worker killed": 2, "Total health worker injured": None}))
    assert ("killed", "two nurses") in scene(example)
    assert "killed" in example.scene_roles
    # nobody coded the driver: null is not nought
    assert not {role for role, _ in scene(example)} & {"injured"}
    assert "injured" not in example.scene_roles


def test_a_list_is_taken_apart_and_added_up() -> None:
    text = "Two nurses and a driver were kidnapped by armed men."
    example = only(record_of(text, **{"Aid Workers Kidnapped": 3, "Reported Perpetrator": "NSA"}))
    assert [words for role, words in scene(example) if role == "captured"] == ["Two nurses", "a driver"]
    assert [words for role, words in scene(example) if role == "actor"] == ["armed men"]


def test_a_number_that_nobody_says_leaves_the_role_masked() -> None:
    text = "Several nurses were killed by shelling."
    record = record_of(text, **{"Total health worker killed": 4, "Date": "2020-05-01"})
    assert all("killed" not in example.scene_roles for example in examples_of(record))
    assert all(role != "killed" for example in examples_of(record) for role, _ in scene(example))


def test_a_stated_nought_is_complete_only_where_no_word_speaks_of_it() -> None:
    quiet = only(record_of("March 2020: A school was looted.", **{"Educators Killed": 0, "Date": "2020-03-01"}))
    assert "killed" in quiet.scene_roles
    row = {"Educators Killed": 0, "Date": "2020-03-01"}
    loud = only(record_of("March 2020: A guard was killed near a school.", **row))
    assert "killed" not in loud.scene_roles


def test_a_further_victim_keeps_the_role_incomplete() -> None:
    text = "A nurse and twelve farmers were killed in Ouro."
    example = only(record_of(text, **{"Total health worker killed": 1}))
    assert ("killed", "A nurse") in scene(example)
    assert "killed" not in example.scene_roles


def test_actor_weapon_place_and_time_are_found_by_value() -> None:
    text = "On 12 March 2019 in Borno state, suspected Boko Haram militants fired two rockets at a clinic."
    row = {
        "Date": "2019-03-12T00:00:00",
        "Admin 1": "Borno State",
        "Reported Perpetrator": "NSA",
        "Reported Perpetrator Name": "Boko Haram",
        "Weapon Carried/Used": "Rocket",
    }
    found = scene(only(record_of(text, **row)))
    assert ("actor", "suspected Boko Haram militants") in found
    assert ("instrument", "two rockets") in found
    assert ("place", "Borno state") in found
    assert ("time", "12 March 2019") in found


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("13 March 2019: A clinic was hit.", {"Date": "2019-03-12"}),
        ("Borno forces looted a clinic.", {"Admin 1": "Borno"}),
        ("A clinic was hit in a rocket attack.", {"Weapon Carried/Used": "Rocket"}),
        ("A clinic was looted by villagers.", {"Reported Perpetrator": "Police"}),
    ],
)
def test_what_is_not_the_coded_value_is_no_filler(text: str, row: dict[str, Any]) -> None:
    assert not [filler for example in examples_of(record_of(text, **row)) for filler in example.scene]


def test_a_type_is_told_only_where_a_coded_value_names_it() -> None:
    kidnapped = only(record_of("A nurse was kidnapped in Ouro.", **{"Aid Workers Kidnapped": 1}))
    assert [frame.type for frame in kidnapped.frames] == ["abduction"]
    assert kidnapped.kinds == (("abduction", "arrest"),)
    killed = only(record_of("A nurse was killed in Ouro.", **{"Aid Workers Killed": 1}))
    assert [frame.type for frame in killed.frames] == [None]
    assert killed.frames[0].status == {"reality": "occurred", "polarity": "affirmed"}
    assert "triggers" not in killed.complete


def test_only_the_training_part_is_read(tmp_path: Path) -> None:
    rows = [
        {"Event ID": number, "Event description": f"March 2020: A nurse was killed in camp {number}.", **HEALTH}
        | {"Total health worker killed": 1}
        for number in range(60)
    ]
    taught = {example.id.partition("/")[2] for example in incidents.read(folder_of(tmp_path, *rows))}
    assert taught == {str(number) for number in range(60) if part_of(str(number)) == "train"}
    assert 0 < len(taught) < 60
