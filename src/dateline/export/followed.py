"""Warnings with their outcomes in words, and as a table: one row for each warning."""

from collections.abc import Iterator
from typing import Any

from dateline.export.columns import Cell
from dateline.export.geojson import point_feature
from dateline.export.wording import chain_words, who_words
from dateline.model.event import Said
from dateline.model.outcome import End, Followed, HitRate, Horizon
from dateline.model.precision import point_of

STATE_WORDS = {
    "came_about": "came about",
    "elsewhere": "came about elsewhere",
    "otherwise": "came about otherwise",
    "foiled": "was tried and failed",
    "denied": "was denied",
    "did_not": "did not come about",
    "open": "still open",
    "unknown": "cannot be told",
}
_END = ("type", "date_start", "date_end", "place", "admin1", "country", "actors", "source", "sentence")
COLUMNS = (
    "warning_id", "given", "reality", *_END,
    "horizon_start", "horizon_end", "horizon_basis", "horizon_text",
    "outcome", "why", "differs", "told_afterwards", "event_id", *(f"event_{name}" for name in _END),
    "denials", "read_articles", "read_outlets", "read_near",
)  # fmt: skip


def horizon_words(horizon: Horizon) -> str:
    """Return until when a warning may come about, and what says so."""
    wording = f"“{horizon.text}”" if horizon.text else ""
    notes = "; ".join(part for part in (wording, horizon.assumed or "") if part)
    return f"until {horizon.end}" + (f" ({notes})" if notes else "")


def share_words(rate: HitRate, least: int) -> str:
    """Return "5 of 12: between 19 and 68 of a hundred", or that fewer than `least` are settled."""
    if rate.low is None or rate.high is None:
        return f"too few: {least} needed"
    low, high = round(100 * rate.low), round(100 * rate.high)
    return f"{rate.came_about} of {rate.settled}: between {low} and {high} of a hundred"


def teller(one: Said) -> str:
    """Return who says it and when."""
    date = f", {one.published}" if one.published else ""
    return chain_words(one.chain, one.outlet) + date


def plain(one: Said) -> str:
    """Return the sentence on one line."""
    return " ".join(one.sentence.text.split())


def row(each: Followed) -> tuple[Cell, ...]:
    """Return one warning as a row, in the order of COLUMNS."""
    return tuple(_cells(each))


def feature(each: Followed) -> dict[str, Any]:
    """Return a warning as a GeoJSON Feature where it is warned of; no geometry where that is on no map."""
    properties = dict(zip(COLUMNS, row(each), strict=True))
    identity = properties.pop("warning_id")
    return point_feature(properties, point_of(each.warning.where), identity)


def _cells(each: Followed) -> Iterator[Cell]:
    outcome, horizon, read = each.outcome, each.outcome.horizon, each.outcome.coverage
    yield from (each.warning.id, outcome.given, each.warning.reality, *_end_cells(each.warning))
    yield from (horizon.start, horizon.end, horizon.basis, horizon.text) if horizon else (None,) * 4
    yield from (outcome.state, outcome.why, "; ".join(outcome.differs), int(outcome.afterwards))
    yield outcome.event
    yield from _end_cells(each.event) if each.event else (None,) * len(_END)
    yield "; ".join(outcome.denials)
    yield from (read.articles, read.outlets, read.near) if read else (None,) * 3


def _end_cells(end: End) -> Iterator[Cell]:
    first = end.said[0] if end.said else None
    yield from (end.type, end.when.start, end.when.end)
    yield from (end.where.name, end.where.admin1, end.where.country) if end.where else (None,) * 3
    yield who_words(end.actors)
    yield from (teller(first), plain(first)) if first else (None, None)
