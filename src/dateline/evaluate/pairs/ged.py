"""Incident pairs from UCDP GED rows that list two headlines, as reports.

A row of GED is one event; where it lists several headlines, each is one outlet's word on it. A headline alone
says too little to be a dispatch (no date, often no town), so each report is made of two sources:

- of the **headline**, read by a coder and the resolver with its own source date as day of publication: type,
  figures, status, words; its place where that is fine and within SAME_PLACE_KM of the row's. Of several events
  in a headline the violent one whose place is nearest the row's is taken, then the first. Where none is read,
  or only one that is placed elsewhere, the type is that of `_FALLBACK` for the row's type of violence.
- of the **row**, what a dispatch's body would give: place with its precision, days, both sides. So that two
  reports do not agree by construction, a digest of event and headline decides what each loses, as often as in
  bench/link.py: one in ten gets the governorate for a place, one in eight no day, one in twenty the next day,
  one in five no sides.

A headline that several rows cite, or that counts a day's dead of the whole country ("61 were killed
yesterday"), is a round-up and tells of no single event: it is left out, as are entries of a register
("(S1347)"). Positives are two headlines of one row, one pair for each row; negatives are headlines of two rows
at most NEAR_DAYS and NEAR_KM apart, up to NEGATIVES nearest for each row. GED counts all of a day's fighting
between two sides in one place as one event, an air strike as well as a clash: pairs whose types are never one
happening by the ontology are left out on both sides. Rows fall into halves by a digest of their id, one for
fitting, one for reporting.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from dateline.evaluate.pairs.reading import Readings, an_article, share
from dateline.link.compare import Scorer
from dateline.link.placekeys import FINE
from dateline.link.words import skeleton
from dateline.model.ids import ActorId, PlaceId, ReportId, digest
from dateline.model.report import Acled, Crosswalk, Plover, Report, source_of
from dateline.model.span import Span
from dateline.model.values import When, Where, WherePrecision, Who
from dateline.ontology import load_ontology

NEAR_DAYS = 3
NEAR_KM = 50.0
NEGATIVES = 3
SAME_PLACE_KM = 30.0
# A day counts as this many kilometres when the nearest rows are chosen.
KM_A_DAY = 15.0
_CROSSWALK = Crosswalk(plover=Plover(None), acled=Acled(None))
# GED's place precision: exact, near, district, governorate, part of the country; more is the country.
_PRECISION: dict[int, tuple[WherePrecision, float]] = {
    1: ("town", 5.0),
    2: ("near", 25.0),
    3: ("admin2", 30.0),
    4: ("admin1", 80.0),
    5: ("region", 100.0),
}
_FALLBACK = {1: "armed_clash", 2: "armed_clash", 3: "killing"}
# Shorter headlines name a place or a page.
LEAST_HEADLINE = 16
_ROUND_UP = re.compile(r"killed yesterday|\([A-Z]+\d+\w*\)", re.IGNORECASE)


class Row(NamedTuple):
    """What is used of a row: `headlines` are (headline, office, source date)."""

    id: int
    day: date
    last: date
    latitude: float
    longitude: float
    raw: dict[str, Any]
    headlines: tuple[tuple[str, str, str], ...]


class Pair(NamedTuple):
    """Two reports, whether they are one event, and whether the pair is for fitting.

    `rank` is 1 for the nearest other row, 2 for the next, and 0 for a pair of one event.
    """

    left: Report
    right: Report
    same: bool
    fitting: bool
    rank: int = 0


def read_rows(path: Path) -> list[Row]:
    """Return the rows of the Parquet file that have a day, coordinates and a headline."""
    import pyarrow.parquet as parquet

    rows = []
    listed = [(raw, _headlines(raw)) for raw in parquet.read_table(path).to_pylist()]
    cited = Counter(text.casefold() for _, headlines in listed for text, _, _ in headlines)
    for raw, told in listed:
        headlines = tuple(headline for headline in told if cited[headline[0].casefold()] == 1)
        if headlines and raw["date_start"] and raw["latitude"] is not None:
            place = raw["latitude"], raw["longitude"]
            rows.append(Row(int(raw["id"]), raw["date_start"], raw["date_end"], *place, raw, headlines))
    return rows


def _headlines(raw: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    parts = [(raw[name] or "").split(";") for name in ("source_headline", "source_office", "source_date")]
    if len({len(part) for part in parts}) != 1:
        return ()
    found: dict[str, tuple[str, str, str]] = {}
    for headline, office, day in zip(*parts, strict=True):
        text = headline.strip()
        if len(text) >= LEAST_HEADLINE and len(day.strip()) == len("2016-01-01") and not _ROUND_UP.search(text):
            found.setdefault(text.casefold(), (text, office.strip(), day.strip()))
    return tuple(found.values())


def sample(rows: Sequence[Row], count: int) -> tuple[list[Row], dict[int, list[Row]]]:
    """Return `count` rows with two headlines or more, and the nearest other rows of each."""
    several = sorted(
        (row for row in rows if len(row.headlines) > 1), key=lambda row: share(f"pick {row.id}", 2**32)
    )
    by_day: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    chosen = several[:count]
    return chosen, {row.id: _nearest(row, by_day) for row in chosen}


def _nearest(row: Row, by_day: dict[date, list[Row]]) -> list[Row]:
    found = []
    for step in range(-NEAR_DAYS, NEAR_DAYS + 1):
        for other in by_day.get(row.day + timedelta(step), ()):
            apart = kilometres(row, other)
            if other.id != row.id and apart <= NEAR_KM and is_fitting(other) == is_fitting(row):
                found.append((abs(step) * KM_A_DAY + apart, other.id, other))
    return [other for _, _, other in sorted(found, key=lambda entry: entry[:2])[:NEGATIVES]]


def kilometres(a: Row, b: Row) -> float:
    """Return about how far two rows lie apart."""
    return _apart(a.latitude, a.longitude, b.latitude, b.longitude)


def report_of(
    row: Row, headline: tuple[str, str, str], readings: Readings, *, filled: bool = True
) -> Report | None:
    """Return the report of `row` by one of its headlines; None where it is not filled and says nothing."""
    text, office, day = headline
    ontology = load_ontology()
    read = [found for found in readings(text, office, day) if ontology.types[found.type].violent]
    best = min(read, key=lambda found: (_far(found, row), found.trigger.start), default=None)
    if not filled:
        return best
    if best is not None and math.isfinite(_far(best, row)) and _far(best, row) > SAME_PLACE_KM:
        best = None
    identity = ReportId("rep_" + digest(str(row.id), text))
    draw = f"{row.id} {text}"
    where, when = _where(row, best, draw), _when(row, draw)
    sides = ((), ()) if share(f"sides {draw}", 5) == 0 else (_side(row.raw["side_a"]), _side(row.raw["side_b"]))
    source = source_of(an_article(text, office, day))
    if best is None:
        return Report(
            id=identity, article=source, type=_FALLBACK[int(row.raw["type_of_violence"])],
            trigger=Span(0, 0, ""), sentence=Span(0, len(text), text), actors=sides[0], targets=sides[1],
            where=where, when=when, crosswalk=_CROSSWALK,
        )  # fmt: skip
    return msgspec.structs.replace(best, id=identity, where=where, when=when, actors=sides[0], targets=sides[1])


def _far(found: Report, row: Row) -> float:
    """Return how far a report's nearest close place lies from the row's, in km; infinite where it has none."""
    return min(
        (
            _apart(place.latitude, place.longitude, row.latitude, row.longitude)
            for place in found.where
            if place.latitude is not None and place.longitude is not None and place.precision in FINE
        ),
        default=math.inf,
    )


def _apart(north: float, east: float, other_north: float, other_east: float) -> float:
    across = (east - other_east) * math.cos(math.radians(north))
    return 111.2 * math.hypot(north - other_north, across)


def _where(row: Row, best: Report | None, draw: str) -> tuple[Where, ...]:
    if best is not None and _far(best, row) <= SAME_PLACE_KM:
        return best.where
    precision, radius = _PRECISION.get(int(row.raw["where_prec"]), ("country", 300.0))
    governorate = (row.raw["adm_1"] or "").replace(" Governorate", "")
    name = row.raw["where_coordinates"] or governorate
    if share(f"place {draw}", 10) == 0 and precision not in ("admin1", "country") and governorate:
        precision, radius, name = "admin1", 80.0, governorate
    identity = PlaceId(f"ged:{precision}:{skeleton(name)}")
    return (
        Where(
            0, 0, "", name=name, gazetteer_id=identity, latitude=row.latitude, longitude=row.longitude,
            precision=precision, radius_km=radius, country="SY", admin1=governorate or None,
        ),
    )  # fmt: skip


def _when(row: Row, draw: str) -> When:
    if share(f"undated {draw}", 8) == 0:
        return When()
    late = timedelta(1 if share(f"late {draw}", 20) == 0 else 0)
    first, last = row.day + late, row.last + late
    return When(
        start=first.isoformat(),
        end=last.isoformat(),
        precision="day" if first == last else "range",
        basis="stated",
    )


def _side(name: str) -> tuple[Who, ...]:
    state = name.startswith("Government")
    vague = name == "Civilians"
    return (
        Who(
            0, 0, "", name=name, id=None if vague else ActorId(f"ged:{name}"),
            kind="civilians" if vague else "military" if state else "armed_group",
            country="SY" if state else None,
        ),
    )  # fmt: skip


def pairs_of(
    chosen: Sequence[Row], near: dict[int, list[Row]], readings: Readings, *, filled: bool = True
) -> Iterator[Pair]:
    """Give the positives and negatives of the chosen rows."""
    made: dict[int, list[Report]] = {}
    seen: set[tuple[str, str]] = set()

    def told(row: Row) -> list[Report]:
        if row.id not in made:
            read = (report_of(row, headline, readings, filled=filled) for headline in row.headlines)
            made[row.id] = [report for report in read if report is not None]
        return made[row.id]

    for row in chosen:
        fitting = is_fitting(row)
        mine = told(row)
        both = list(combinations(mine, 2))
        if both:
            left, right = both[share(f"both {row.id}", len(both))]
            yield Pair(left, right, same=True, fitting=fitting)
        for rank, other in enumerate(near[row.id], 1):
            theirs = told(other)
            if not mine or not theirs:
                continue
            left, right = mine[share(f"l {row.id} {other.id}", len(mine))], theirs[0]
            key = (min(left.id, right.id), max(left.id, right.id))
            if key not in seen and left.id != right.id:
                seen.add(key)
                yield Pair(left, right, same=False, fitting=fitting, rank=rank)


def is_fitting(row: Row) -> bool:
    """Tell whether a row is in the half for fitting."""
    return share(f"half {row.id}", 2) == 0


def ged_pairs(data: Path, count: int, readings: Readings, *, filled: bool = True) -> list[Pair]:
    """Return the pairs of `count` rows of the GED file under `data`; the texts that were read are kept."""
    rows = read_rows(data / "ged_syria" / "events.parquet")
    chosen, near = sample(rows, count)
    scorer = Scorer(load_ontology())
    pairs = [
        pair
        for pair in pairs_of(chosen, near, readings, filled=filled)
        if scorer.related(pair.left.type, pair.right.type) > 0
    ]
    readings.keep()
    return pairs
