"""The flat form of an event: one list of columns, shared by every table-shaped export.

Names are snake_case of at most 32 characters, which Stata also takes. docs/reference/exports.md lists them with
their meanings, in this order.
"""

from collections.abc import Callable, Sequence
from typing import cast

import msgspec

from dateline.export.base import Record, reports_of
from dateline.export.wording import chain_words, said_of, said_times, type_family, type_label
from dateline.model.event import Event
from dateline.model.precision import acled_precision, ged_precision, point_of
from dateline.model.values import CountKind, HowMany, Who

Cell = str | int | float | None

# A cell of text for a person to check a row by, not the record; spreadsheets show about this much.
EVIDENCE_CHARACTERS = 300
SEPARATOR = "; "
# The kinds of count that have columns of their own; the others stay in the JSON lines.
COUNTED: tuple[CountKind, ...] = ("killed", "injured", "harmed", "captured", "displaced")


class Column(msgspec.Struct, frozen=True):
    """One column: its name, what it holds, and how it is read off an event."""

    name: str
    meaning: str
    value: Callable[[Event, Record], Cell]


class Toll(msgspec.Struct, frozen=True):
    """A count of one kind for the whole event; None where the sources do not bound it."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


def toll(counts: Sequence[HowMany], kind: CountKind) -> Toll:
    """Return the event's count of `kind`, all people taken together.

    A count of mixed or unknown people is a total. Counts of civilians and of combatants count different
    people, so they add up; the sum is left out where a total holds it. Where totals differ, the range
    covers them all and the best reading is the largest one's. Parts of a total are in it already.
    """
    chosen = [count for count in counts if count.kind == kind and not count.part]
    totals = [count for count in chosen if count.of in ("mixed", "unknown")]
    parts = list({count.of: count for count in chosen if count.of in ("civilian", "combatant")}.values())
    if parts:
        whole = _sum(parts, kind)
        if whole.low > max((total.low for total in totals), default=-1):
            totals.append(whole)
    if not totals:
        return Toll()
    top = max(totals, key=lambda count: (count.low, count.best or 0))
    highs = [total.high for total in totals if total.high is not None]
    return Toll(min(total.low for total in totals), top.best, None if top.high is None else max(highs))


def _sum(parts: Sequence[HowMany], kind: CountKind) -> HowMany:
    bests, highs = [part.best for part in parts], [part.high for part in parts]
    return HowMany(
        0,
        0,
        "",
        kind=kind,
        low=sum(part.low for part in parts),
        best=None if None in bests else sum(cast(list[int], bests)),
        high=None if None in highs else sum(cast(list[int], highs)),
        of="mixed",
    )


def coordinates(event: Event) -> tuple[float, float] | None:
    """Return (latitude, longitude) in degrees; None where the place is unknown, unresolved or off the globe."""
    return point_of(event.where)


def one_line(text: str) -> str:
    """Return `text` with every run of white space and control characters as one blank."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def evidence(event: Event, record: Record) -> str | None:
    """Return the first sentence that reports the event, on one line, cut at EVIDENCE_CHARACTERS."""
    reports = reports_of(event, record)
    sentences = [report.sentence.text for report in reports] or [said.sentence.text for said in said_of(event)]
    if not sentences:
        return None
    sentence = one_line(sentences[0])
    if len(sentence) <= EVIDENCE_CHARACTERS:
        return sentence
    return sentence[: EVIDENCE_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"


def joined(items: Sequence[str | None]) -> str | None:
    """Join the items that exist with "; ", each once; a "; " within an item becomes ", "."""
    kept = dict.fromkeys(one_line(item).replace(SEPARATOR, ", ") for item in items if item)
    return SEPARATOR.join(kept) or None


def row(event: Event, record: Record) -> dict[str, Cell]:
    """Return the event as one flat row, in the order of COLUMNS."""
    return {column.name: column.value(event, record) for column in COLUMNS}


def _names(people: Sequence[Who]) -> str | None:
    return joined([who.name for who in people])


def _ids(people: Sequence[Who]) -> str | None:
    """Return the catalogue ids, aligned with the names: "-" stands for a name that has none."""
    unique: dict[str, str] = {}
    for who in people:
        if who.name:
            unique.setdefault(one_line(who.name), who.id or "-")
    if all(identity == "-" for identity in unique.values()):
        return None
    return SEPARATOR.join(unique.values())


def _of_place(name: str) -> Callable[[Event, Record], Cell]:
    return lambda event, _record: cast(Cell, getattr(event.where, name, None))


def _of_time(name: str) -> Callable[[Event, Record], Cell]:
    return lambda event, _record: cast(Cell, getattr(event.when, name))


def _of_status(name: str) -> Callable[[Event, Record], Cell]:
    return lambda event, _record: cast(Cell, getattr(event.status, name))


def _latitude(event: Event, _record: Record) -> Cell:
    point = coordinates(event)
    return point[0] if point else None


def _longitude(event: Event, _record: Record) -> Cell:
    point = coordinates(event)
    return point[1] if point else None


def _counts() -> list[Column]:
    def reader(kind: CountKind, bound: str) -> Callable[[Event, Record], Cell]:
        return lambda event, _record: cast(Cell, getattr(toll(event.counts, kind), bound))

    meanings = {
        "low": "lowest number of people {kind} that the sources allow",
        "best": "best single reading of the number {kind}; empty where the wording gives none",
        "high": "highest number {kind}; empty where the wording has no upper bound",
    }
    return [
        Column(f"{kind}_{bound}", meaning.format(kind=kind), reader(kind, bound))
        for kind in COUNTED
        for bound, meaning in meanings.items()
    ]


COLUMNS: tuple[Column, ...] = (
    Column("event_id", "id of the event, derived from its reports", lambda event, _: event.id),
    Column("event_type", "type in dateline's ontology", lambda event, _: event.type),
    Column("type_label", "the type in words", lambda event, _: type_label(event.type)),
    Column("family", "family of the type", lambda event, _: type_family(event.type)),
    Column("status", "one word derived from the four axes that follow", _of_status("word")),
    Column(
        "reality",
        "occurred, ongoing, attempted, planned, threatened, feared, demanded, hypothetical",
        _of_status("reality"),
    ),
    Column("polarity", "affirmed or denied", _of_status("polarity")),
    Column("certainty", "stated, probable, possible or unconfirmed", _of_status("certainty")),
    Column("currency", "news or background", _of_status("currency")),
    Column(
        "date_start",
        "first day on which it can have begun, ISO 8601; empty: open or unknown",
        _of_time("start"),
    ),
    Column("date_end", "last day, inclusive, ISO 8601; empty: open or unknown", _of_time("end")),
    Column(
        "date_precision",
        "precision of the wording: part_of_day, day, week, month, season, year, range, unknown",
        _of_time("precision"),
    ),
    Column("date_text", "the wording of the time", lambda event, _: _line(event.when.text)),
    Column(
        "date_anchor", "what the reading hangs on: stated, published:DATE or context:DATE", _of_time("anchor")
    ),
    Column("date_basis", "stated in the sentence, inherited from one before, or none", _of_time("basis")),
    Column("date_assumed", "what was assumed, in words", lambda event, _: _line(event.when.assumed)),
    Column(
        "date_lasts",
        "how long it lasted, in the words of the text; empty: not told",
        lambda event, _: _line(event.when.lasts),
    ),
    Column("place", "name of the place", lambda event, _: _line(event.where.name) if event.where else None),
    Column("latitude", "degrees north, WGS 84; empty for an unresolved place", _latitude),
    Column("longitude", "degrees east, WGS 84; empty for an unresolved place", _longitude),
    Column(
        "place_precision",
        "point, town, near, area, admin2, admin1, region, country or unresolved",
        _of_place("precision"),
    ),
    Column(
        "acled_geo_precision",
        "the place's precision in ACLED's code: 1 named place, 2 near one or a small area, 3 larger region",
        lambda event, _: acled_precision(event.where) if event.where else None,
    ),
    Column(
        "ged_where_prec",
        "the place's precision in UCDP GED's code: 1 exact, 2 within 25 km, 3 second-level area, 4 first-level"
        " area, 5 other area, 6 country",
        lambda event, _: ged_precision(event.where) if event.where else None,
    ),
    Column("radius_km", "how far from the point the place may extend, in kilometres", _of_place("radius_km")),
    Column("country", "ISO 3166-1 alpha-2", _of_place("country")),
    Column("admin1", "first-level area", _of_place("admin1")),
    Column(
        "place_kind",
        "settlement, neighbourhood, facility, admin1, admin2, country, region, natural or unknown",
        _of_place("kind"),
    ),
    Column(
        "place_text",
        "the wording of the place",
        lambda event, _: _line(event.where.text) if event.where else None,
    ),
    Column("place_id", "id in the gazetteer", _of_place("gazetteer_id")),
    Column("actors", 'who acted, names joined with "; "', lambda event, _: _names(event.actors)),
    Column(
        "actor_ids",
        'catalogue ids in the order of the names, "-" for a name without one',
        lambda event, _: _ids(event.actors),
    ),
    Column("targets", 'to whom, names joined with "; "', lambda event, _: _names(event.targets)),
    Column(
        "target_ids",
        'catalogue ids in the order of the names, "-" for a name without one',
        lambda event, _: _ids(event.targets),
    ),
    *_counts(),
    Column("plover_type", "PLOVER 2.0 event type", lambda event, _: event.crosswalk.plover.type),
    Column("plover_mode", "PLOVER 2.0 mode", lambda event, _: event.crosswalk.plover.mode),
    Column("acled_event_type", "ACLED event type", lambda event, _: event.crosswalk.acled.event_type),
    Column(
        "acled_sub_event_type", "ACLED sub-event type", lambda event, _: event.crosswalk.acled.sub_event_type
    ),
    Column("cameo", "CAMEO root code, two digits as text", lambda event, _: event.crosswalk.cameo),
    Column(
        "ged",
        "UCDP GED type of violence: 1 state-based, 2 non-state, 3 one-sided",
        lambda event, _: event.crosswalk.ged,
    ),
    Column("articles", "number of articles that report it", lambda event, _: event.articles),
    Column("outlets", "number of outlets", lambda event, _: event.outlets),
    Column(
        "origins",
        "number of independent origins; reprints and quotations count once",
        lambda event, _: event.origins,
    ),
    Column(
        "sources",
        'who says so: chains outlet ← … ← source, joined with "; "',
        lambda event, _: joined([chain_words(said.chain, said.outlet) for said in said_of(event)]),
    ),
    Column(
        "said_start",
        "first day on which a source is told to have said so, ISO 8601; empty: not told",
        lambda event, _: min((when.start for when in said_times(event) if when.start), default=None),
    ),
    Column(
        "said_end",
        "last such day, inclusive; empty: not told",
        lambda event, _: max((when.end for when in said_times(event) if when.end), default=None),
    ),
    Column(
        "said_text",
        'the wordings of when it was said, joined with "; "',
        lambda event, _: joined([when.text for when in said_times(event)]),
    ),
    Column(
        "disagreements",
        "claims that cannot all be right, in words",
        lambda event, _: joined([item.text for item in event.disagreements]),
    ),
    Column(
        "relations",
        'how it stands to other events: kind and the other\'s id, joined with "; "',
        lambda event, _: joined([f"{each.kind} {each.event}" for each in event.relations]),
    ),
    Column("evidence", "first sentence that reports it, at most 300 characters", evidence),
    Column("report_ids", 'ids of the reports, joined with "; "', lambda event, _: joined(event.reports)),
    Column(
        "score",
        "belief that the reports are of one event, 0 to 1; not that it took place",
        lambda event, _: event.score,
    ),
)


def _line(text: str | None) -> str | None:
    return one_line(text) or None if text else None
