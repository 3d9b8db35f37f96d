"""Disagreements as a table: one row for everyone who says something, with the weight and its parts."""

from collections.abc import Iterator

from dateline.export.columns import Cell
from dateline.export.wording import day_words
from dateline.model.dispute import Dispute
from dateline.model.event import Told

COLUMNS = (
    "weight", "apart", "origins", "deaths", "event", "type", "date", "place", "field", "answer",
    "independent_origins", "told", "published", "outlet", "source", "report",
)  # fmt: skip


def question(dispute: Dispute) -> str:
    """Return what is in dispute: the field, or for counts whose number ("killed (civilian)")."""
    found = dispute.disagreement
    return found.text.partition(":")[0] if found.field == "counts" else found.field


def voice(told: Told, answer: str) -> str:
    """Return who says it when: "Tigris Post, quoting an officer, 22 October 2016 (“24 to 99”)"."""
    name = told.outlet or "unnamed outlet"
    quoting = f", quoting {told.source}" if told.source else ""
    date = day_words(told.published) if told.published else "date unknown"
    own = "" if told.value == answer else f" (says: {told.value})"
    return f"{name}{quoting}, {date}{own}"


def rows(dispute: Dispute) -> Iterator[tuple[Cell, ...]]:
    """Give the rows of one disagreement, in the order of COLUMNS."""
    found = dispute.disagreement
    parts = {part.name: part.value for part in found.parts}
    head: tuple[Cell, ...] = (
        found.weight, *(parts.get(name, "") for name in COLUMNS[1:4]), dispute.event, dispute.type,
        dispute.when.start or "", dispute.where.name if dispute.where else "", question(dispute),
    )  # fmt: skip
    for side in found.sides:
        for told in side.told:
            yield (
                *head, side.value, side.origins, told.value, told.published or "", told.outlet or "",
                told.source or "", told.report,
            )  # fmt: skip
    if not found.sides:
        yield (*head, found.text, "", "", "", "", "", "")
