"""UCDP GED, Syria: headlines of the reports behind the events, beside the coded event (CC BY 4.0).

A row codes one event of a report that may tell several, so a headline is taken at its word only where it says
what the row says: a count of killed people that is the row's (`best`, or one side's dead), a side by name, a
place by name. Nothing is complete, and a row's type of violence names no type of ours.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from dateline.clean.sentences import split
from dateline.errors import DataError
from dateline.model.mention import Role
from dateline.resolve.quantities import find_counts
from dateline.train.conventions import noun_phrase
from dateline.train.examples import Bounds, Example, Filler
from dateline.train.tables import load_table

# Shorter headlines, in words, are numbers of reports; shorter names, in letters, begin many others ("Tal").
SHORTEST = 4
SHORT_NAME = 3
_DEAD = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|die[sd]?|dead|death|deaths|martyr(?:s|ed)?|assassinat\w+|execut\w+|casualt(?:y|ies)|lives)\b",
    re.IGNORECASE,
)
_DEEDS = re.compile(
    r"[”\"]?(?:\s+organi[sz]ation)?\s*(?:and\s+their\s+\w+\s+)?(?:kill|shell|target|bomb|attack|execut|assassinat|raid|renew|advance|launch|"
    r"storm|continue\s+(?:to\s+|their\s+)?(?:shell|bomb|attack|target)|strike)\w*\b",
    re.IGNORECASE,
)
_BEHIND_BY = re.compile(r"\bby(?:\s+the)?\s+[“\"]?\Z", re.IGNORECASE)
_PLACE_TAIL = re.compile(
    r"\s+(?:town|village|city|district|neighbou?rhood|area|Governorate|camp|mountain|subdistrict)s?\Z", re.I
)


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sides: dict[str, str]


def read(folder: Path) -> Iterator[Example]:
    """Yield each headline of which a row confirms something, once, with what all its rows confirm."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in _rows(folder / "events.parquet"):
        for headline in str(row["source_headline"] or "").split(";"):
            text = " ".join(headline.split())
            if len(text.split()) >= SHORTEST:
                rows.setdefault(text, []).append(row)
    for number, (text, told) in enumerate(rows.items()):
        fillers = {filler for row in told for filler in _fillers(text, row)}
        if fillers:
            yield Example(
                id=f"ged/{number}",
                source="ged",
                text=text,
                sentences=split(text),
                scene=tuple(sorted(fillers)),
            )


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise DataError("ged: pyarrow is needed to read it; pip install 'dateline[train]'") from error

    names = ["id", "source_headline", "side_a", "side_b", "where_coordinates", "adm_1", "adm_2"]
    counts = ["best", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]
    yield from parquet.read_table(path, columns=names + counts).to_pylist()


def _fillers(text: str, row: Mapping[str, Any]) -> Iterator[Filler]:
    yield from (Filler("killed", *bounds) for bounds in _killed(text, row))
    for side in ("side_a", "side_b"):
        for role, bounds in _parties(text, str(row[side] or "")):
            yield Filler(role, *bounds)
    yield from (Filler("place", *bounds) for bounds in _places(text, row))


def _killed(text: str, row: Mapping[str, Any]) -> Iterator[Bounds]:
    """Yield counts of people that are one of the row's, where the headline speaks of the dead."""
    if not _DEAD.search(text) or re.search(r"\b(?:wound|injur)", text, re.IGNORECASE):
        return
    sides = ("best", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    gold = {int(row[name]) for name in sides if row[name]}
    for count in find_counts(text):
        if count.best in gold and count.noun is not None:
            yield count.span.start, count.span.end


def _parties(text: str, side: str) -> Iterator[tuple[Role, Bounds]]:
    """Yield a side that the headline names, where its words say that it acts: before a deed, or behind "by"."""
    table: _Table = load_table("headlines", _Table)
    names = table.sides.get(side, re.escape(side) if side and len(side.split()) > 1 else "")
    if not names:
        return
    for match in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text, re.IGNORECASE):
        acts = _DEEDS.match(text, match.end()) or _BEHIND_BY.search(text[: match.start()])
        if not acts or match.group() == "is":
            continue
        bounds = noun_phrase(text, match.span())
        if bounds is not None:
            yield "actor", bounds


# "northern countryside of Homs", "Duma city": the words that change where are part of the place.
_AROUND = (
    r"(?<![\w-])(?:(?:(?:north|south|east|west|central)[\w-]*\s+)?"
    r"(?:countryside|city|town|outskirts|vicinity|village|deserts?|suburbs)\s+of\s+)?",
    r"(?:\s+(?:countryside|city|town|neighbou?rhood|desert|province|governorate|area|camp)\b)?(?![\w-])",
)


def _places(text: str, row: Mapping[str, Any]) -> Iterator[Bounds]:
    names = {_PLACE_TAIL.sub("", str(row[column] or "")) for column in ("where_coordinates", "adm_1", "adm_2")}
    for name in sorted(name for name in names if len(name) > SHORT_NAME):
        for match in re.finditer(_AROUND[0] + re.escape(name) + _AROUND[1], text):
            yield match.span()
