"""The CSV can be read back, and no spreadsheet runs it."""

import csv
import io
import re
from pathlib import Path
from types import ModuleType
from typing import cast

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.export.base import Record
from dateline.export.claims import claim_rows
from dateline.export.columns import COLUMNS, EVIDENCE_CHARACTERS, coordinates, joined, one_line, row, toll
from dateline.export.table import BOM, FORMULA_STARTS, CsvExporter, guarded, unguarded
from dateline.model.event import Event
from dateline.model.values import CountOf, HowMany, Link

REFERENCE = Path(__file__).parents[2] / "docs/reference/exports.md"


def written(record: Record, *, bom: bool = True) -> bytes:
    stream = io.BytesIO()
    CsvExporter(bom=bom).write(record, stream)
    return stream.getvalue()


def read(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def count(low: int, best: int | None, high: int | None, of: CountOf = "unknown") -> HowMany:
    return HowMany(0, 0, "", kind="killed", low=low, best=best, high=high, of=of)


def test_one_row_per_event_with_its_values(make: ModuleType) -> None:
    first, second = read(written(make.small()))
    assert first["place"] == "Kirkuk"
    assert (first["latitude"], first["longitude"]) == ("35.468", "44.392")
    assert (first["killed_low"], first["killed_best"], first["killed_high"]) == ("12", "12", "")
    assert first["date_start"] == first["date_end"] == "2016-10-21"
    assert first["date_anchor"] == "published:2016-10-22"
    assert first["cameo"] == "04"
    assert (first["articles"], first["outlets"], first["origins"]) == ("3", "3", "2")
    assert first["actors"] == "Islamic State"
    assert first["actor_ids"] == "islamic_state"
    assert first["sources"].split("; ")[0] == "Zagros Wire ← police source"
    assert first["disagreements"].startswith("killed (combatant): 12")
    assert first["evidence"].startswith("Islamic State fighters stormed")
    assert second["status"] == "planned"
    assert second["latitude"] == second["longitude"] == second["radius_km"] == ""
    assert second["place_precision"] == "unresolved"
    assert (first["acled_geo_precision"], first["ged_where_prec"]) == ("1", "1")
    assert second["acled_geo_precision"] == second["ged_where_prec"] == ""
    assert second["date_start"] == second["date_precision"].replace("unknown", "") == ""


def test_unresolved_places_have_no_coordinates_even_when_some_are_kept(make: ModuleType) -> None:
    event, _ = make.raid()
    unresolved = msgspec.structs.replace(
        event, where=msgspec.structs.replace(event.where, precision="unresolved")
    )
    broken = msgspec.structs.replace(event, where=msgspec.structs.replace(event.where, latitude=float("nan")))
    beyond = msgspec.structs.replace(event, where=msgspec.structs.replace(event.where, longitude=200.0))
    assert coordinates(event) == (35.468, 44.392)
    assert coordinates(unresolved) is coordinates(broken) is coordinates(beyond) is None


def test_names_fit_stata_and_r_and_are_documented_in_order() -> None:
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in names)
    section = REFERENCE.read_text(encoding="utf-8").split("\n## CSV\n")[1].split("\n## ")[0]
    documented = re.findall(r"^\| `([a-z0-9_]+)` \|", section, re.MULTILINE)
    assert documented == names


def test_byte_order_mark_is_there_by_default_and_can_be_left_out(make: ModuleType) -> None:
    record = make.small()
    assert written(record).startswith(BOM + b"event_id,")
    assert written(record, bom=False) == written(record)[len(BOM) :]


def test_an_empty_record_is_a_header(make: ModuleType) -> None:
    assert read(written(make.record([], []))) == []
    assert written(make.record([], []), bom=False).count(b"\r\n") == 1


NASTY = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=x", '"; "', "a;b; c", "é, “q”\n", "'=x", "'", "NA"]
)


@settings(deadline=None, max_examples=50)  # the machine may be busy
@given(NASTY, NASTY)
def test_hostile_text_reads_back_and_never_starts_a_formula(make: ModuleType, place: str, words: str) -> None:
    event, reports = make.raid()
    where = msgspec.structs.replace(event.where, name=place, text=words)
    changed = msgspec.structs.replace(event, where=where, type=words)
    rows = read(written(make.record([changed], reports)))
    assert len(rows) == 1
    assert unguarded(rows[0]["place"]) == one_line(place)
    assert unguarded(rows[0]["event_type"]) == words
    expected = row(changed, make.record([changed], reports))
    for name, cell in rows[0].items():
        if isinstance(expected[name], str):
            assert not cell.startswith(FORMULA_STARTS)
            assert unguarded(cell) == expected[name]
        else:
            assert cell == ("" if expected[name] is None else str(expected[name]))


@settings(deadline=None, max_examples=50)  # the machine may be busy
@given(st.text() | NASTY)
def test_the_guard_can_always_be_undone(text: str) -> None:
    assert not guarded(text).startswith(FORMULA_STARTS)
    assert unguarded(guarded(text)) == text


def test_southern_and_western_coordinates_stay_numbers(make: ModuleType) -> None:
    event, reports = make.raid()
    where = msgspec.structs.replace(event.where, latitude=-12.5, longitude=-3.25)
    rows = read(written(make.record([msgspec.structs.replace(event, where=where)], reports)))
    assert (rows[0]["latitude"], rows[0]["longitude"]) == ("-12.5", "-3.25")


def test_toll_never_adds_a_total_to_its_parts() -> None:
    assert toll((), "killed").low is None
    assert toll((count(12, 12, 12),), "injured").low is None
    total, civilian, combatant = (
        count(40, None, None, "mixed"),
        count(5, 5, 5, "civilian"),
        count(9, 9, 12, "combatant"),
    )
    assert (toll((total, civilian), "killed").low, toll((total, civilian), "killed").high) == (40, None)
    parts = toll((civilian, combatant), "killed")
    assert (parts.low, parts.best, parts.high) == (14, 14, 17)
    clash = toll((count(10, 10, 10), civilian, combatant), "killed")
    assert (clash.low, clash.best, clash.high) == (10, 14, 17)
    wide = toll((count(19, 19, 19), count(46, None, None, "mixed")), "killed")
    assert (wide.low, wide.best, wide.high) == (19, None, None)


def test_lists_keep_their_parts_apart_and_ids_stay_aligned(make: ModuleType) -> None:
    assert joined(["a; b", None, "a; b", " c\n d "]) == "a, b; c d"
    assert joined([]) is None
    event, reports = make.raid()
    actors = (event.actors[0], msgspec.structs.replace(event.actors[0], name="gunmen", id=None))
    cells = row(msgspec.structs.replace(event, actors=actors), make.record([event], reports))
    assert cells["actors"] == "Islamic State; gunmen"
    assert cells["actor_ids"] == "islamic_state; -"


def test_evidence_is_cut_at_a_word(make: ModuleType) -> None:
    sentence = "Gunmen attacked " + "Kirkuk and Hawija " * 40
    event, reports = make.simple(sentence, "attacked")
    cell = row(event, make.record([event], reports))["evidence"]
    assert isinstance(cell, str)
    assert len(cell) <= EVIDENCE_CHARACTERS
    assert cell.endswith("…")
    assert sentence.startswith(cell[:-1])


def test_evidence_survives_a_record_without_reports(make: ModuleType) -> None:
    event, reports = make.raid()
    assert row(event, make.record([event], []))["evidence"] == one_line(reports[0].sentence.text)


def told_when(make: ModuleType) -> Event:
    """Return an event that lasted "two hours", of which somebody spoke "on Sunday"."""
    sentence = "The police said on Sunday that the siege of the town hall lasted two hours."
    sunday = make.when(sentence, "on Sunday", "2016-10-23")
    chain = (
        Link(name="Zagros Wire", kind="outlet"),
        Link(name="police", kind="police", said=sunday),
    )
    lasted = msgspec.structs.replace(make.when(sentence, "on Sunday", "2016-10-22"), lasts="two hours")
    return cast(Event, make.event(make.report(sentence, "siege", chain=chain, when=lasted)))


def test_how_long_it_lasted_and_when_it_was_said_are_columns(make: ModuleType) -> None:
    event = told_when(make)
    (read_back,) = read(written(make.record([event], [])))
    assert read_back["date_lasts"] == "two hours"
    assert (read_back["said_start"], read_back["said_end"]) == ("2016-10-23", "2016-10-23")
    assert read_back["said_text"] == "on Sunday"
    (silent, _) = read(written(make.small()))
    assert not any(silent[name] for name in ("date_lasts", "said_start", "said_end", "said_text"))


def test_claims_tell_when_they_were_said(make: ModuleType) -> None:
    rows = list(claim_rows(told_when(make)))
    assert {(row.said_start, row.said_end, row.said_text) for row in rows} == {
        ("2016-10-23", "2016-10-23", "on Sunday")
    }
    assert {row.field: row.lasts for row in rows} == {"type": None, "when": "two hours"}
