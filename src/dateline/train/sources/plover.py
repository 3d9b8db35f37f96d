"""PLOVER: synthetic stories and headlines with an event type and mode; gold records for the suite.

A story says of itself that its facts are not to be trusted; its label was its prompt. What is taken is that its
beginning holds a happening of one of our types that map on the label (`kinds`), where the lexicon finds one
of them at all; and where it finds exactly one wording of them, that this wording is its trigger. The synthetic
sets know no auxiliary modes, so they tell no status, and the actors are not marked.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from dateline.clean.sentences import split
from dateline.ontology import Ontology, load_ontology
from dateline.train.examples import Example, Frame
from dateline.train.lexicon import wordings_of
from dateline.train.tables import load_table

# Characters of a story's beginning that are taken: about what one window of the model holds, for `kinds` speak
# of a text as a whole.
LEAD = 600


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    modes: dict[str, dict[str, tuple[str, ...]]]
    also: dict[str, tuple[str, ...]]
    renamed: dict[str, str]
    open: dict[str, tuple[str, ...]]


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """A gold record of one sentence: its PLOVER type and mode as written, and the types of 2.0 they stand for.

    The records use the types of PLOVER's first draft; `type` is the type of 2.0.
    """

    id: str
    text: str
    written: str
    type: str
    mode: str | None
    event_text: str


def read(folder: Path) -> Iterator[Example]:
    """Yield the stories with a label that our types can hold, then the headlines; the same text once."""
    ontology = load_ontology()
    seen: set[str] = set()
    for number, row in enumerate(_rows(folder / "synthetic_stories.csv")):
        yield from _examples(
            f"plover/story/{number}", _lead(row["text"].strip()), (row["label"], row["mode"]), ontology, seen
        )
    for number, row in enumerate(_rows(folder / "synthetic_headlines.csv")):
        text = _filled(" ".join(row["title"].split()), number)
        yield from _examples(f"plover/headline/{number}", text, (row["event"], row["mode"]), ontology, seen)


def _examples(
    name: str, text: str, label: tuple[str, str], ontology: Ontology, seen: set[str]
) -> Iterator[Example]:
    kinds = kinds_of(*label, ontology)
    if not kinds or not text or text in seen:
        return
    seen.add(text)
    sentences = split(text)
    fitting = [wording for wording in wordings_of(text, sentences, ontology) if set(wording.types) & set(kinds)]
    if not fitting and not name.startswith("plover/headline"):
        return  # a story that wandered off its prompt tells nothing
    frames: tuple[Frame, ...] = ()
    if len(fitting) == 1:
        # The label and the lexicon agree on the one wording that can be meant.
        types = [kind for kind in fitting[0].types if kind in kinds]
        frames = (Frame(trigger=fitting[0].bounds, type=types[0] if len(types) == 1 else None),)
    yield Example(id=name, source="plover", text=text, sentences=sentences, frames=frames, kinds=(kinds,))


def read_gold(folder: Path) -> Iterator[Gold]:
    """Yield the gold records, for the suite; they are never trained on."""
    renamed = _table().renamed
    for record in json.loads((folder / "gold_records.json").read_text("utf-8")):
        if record["event"] == "DOCUMENT" or not record.get("text"):
            continue
        yield Gold(
            id=record["id"],
            text=" ".join(record["text"].split()),
            written=record["event"],
            type=renamed.get(record["event"], record["event"]),
            mode=record.get("mode") or None,
            event_text=record["eventText"],
        )


def kinds_of(label: str, mode: str, ontology: Ontology) -> tuple[str, ...]:
    """Return our types that a PLOVER type and mode (as the synthetic sets write them) may stand for."""
    narrow = _table().modes.get(label, {}).get(mode)
    if narrow is not None:
        return tuple(sorted(narrow))
    mapped = {name for name, kind in ontology.types.items() if kind.crosswalk.plover.type == label}
    return tuple(sorted(mapped | set(_table().also.get(label, ())))) if mapped else ()


def _table() -> _Table:
    table: _Table = load_table("plover", _Table)
    return table


def _lead(text: str) -> str:
    """Return the first whole sentences of a story: those that its prompt bears on."""
    sentences = split(text)
    ends = [end for number, (_, end) in enumerate(sentences) if number == 0 or end <= LEAD]
    return text[sentences[0][0] : ends[-1]] if sentences else ""


def _filled(title: str, number: int) -> str:
    """Put names in the places that a headline leaves open ("{country_1} condemns {country_2}")."""
    for place, (opening, names) in enumerate(_table().open.items()):
        for step in range(4):
            for slot in (f"{{{opening}_{step}}}", f"{{{opening}}}"):
                title = title.replace(slot, names[(number + place + step) % len(names)])
    return "" if "{" in title else title


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
