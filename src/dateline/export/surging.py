"""Surges in words, and as a table: one row for each place or actor that stands out."""

from dateline.export.columns import Cell
from dateline.export.wording import country_name
from dateline.model.surge import Surge, Surges, Tally

KIND_WORDS = {
    "events": "more events",
    "unclear": "more events seen, but more was read too",
    "articles": "more articles, not more events",
}
COLUMNS = (
    "week", "start", "end", "kind", "level", "key", "name", "events", "events_expected", "events_low",
    "events_high", "events_chance", "articles", "articles_expected", "articles_low", "articles_high",
    "articles_chance", "read", "weeks", "event_ids",
)  # fmt: skip


def surge_name(surge: Surge) -> str:
    """Return the name of the place or actor."""
    if surge.level == "actor":
        return surge.name
    country, _, admin1 = surge.key.partition("/")
    return ", ".join(part for part in (admin1, country_name(country) or country) if part)


def tally_words(tally: Tally) -> str:
    """Return what is usual: "usual 2–7"."""
    return f"usual {tally.low}–{tally.high}"


def row(found: Surges, surge: Surge) -> tuple[Cell, ...]:
    """Return one surge of `found` as a row, in the order of COLUMNS."""
    return (
        found.week, found.start, found.end, surge.kind, surge.level, surge.key, surge_name(surge),
        *_tally_cells(surge.events), *_tally_cells(surge.articles),
        surge.read, found.weeks, "; ".join(end.id for end in surge.seen),
    )  # fmt: skip


def _tally_cells(tally: Tally) -> tuple[int | float, ...]:
    return tally.found, tally.expected, tally.low, tally.high, tally.tail
