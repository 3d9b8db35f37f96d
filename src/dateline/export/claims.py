"""Claims as a table: one row for everyone who gives, denies or corrects a value of a field."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from dateline.export.columns import one_line
from dateline.export.wording import (
    COUNT_WORDS,
    chain_words,
    people_words,
    status_words,
    times_of,
    type_label,
    when_words,
    where_words,
)
from dateline.model.event import Event, Telling, tellings

_WORDS: dict[str, Callable[[Any], str]] = {
    "type": type_label,
    "status": status_words,
    "when": when_words,
    "where": where_words,
    "counts": people_words,
}


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one field of an event, and one who says so.

    `field` is type, status, when, where, actors, targets, or what was counted; `how` is "says", "denies" or
    "corrects" (a person, who is `source`; there is no article then). `source` names outlet and whom it quotes.
    `said_start` to `said_end` are the days, ISO 8601 and inclusive, on which the innermost source whose time is
    told said it, `said_text` the words for that; `lasts` is how long it lasted, as worded, for `when`.
    """

    event: str
    field: str
    value: str
    how: str
    source: str
    outlet: str | None
    published: str | None
    said_start: str | None
    said_end: str | None
    said_text: str | None
    lasts: str | None
    article: str | None
    report: str | None
    origin: str | None
    sentence: str | None


def claim_rows(event: Event) -> Iterator[ClaimRow]:
    """Give the claims of an event, field by field."""
    return (_row(event, telling) for telling in tellings(event))


def _row(event: Event, telling: Telling) -> ClaimRow:
    said, value = telling.said, telling.value
    times = times_of(said.chain) if said else []
    told = times[-1] if times else None
    worded = _WORDS.get(telling.field, lambda who: str(who.name))
    return ClaimRow(
        event=event.id,
        field=COUNT_WORDS[value.kind] if telling.field == "counts" else telling.field,
        value=one_line(worded(value)),
        how=telling.how,
        source=chain_words(said.chain, said.outlet) if said else telling.by or "",
        outlet=said.outlet if said else None,
        published=said.published if said else None,
        said_start=told.start if told else None,
        said_end=told.end if told else None,
        said_text=one_line(told.text) if told and told.text else None,
        lasts=one_line(value.lasts) if telling.field == "when" and value.lasts else None,
        article=said.article if said else None,
        report=said.report if said else None,
        origin=said.origin if said else None,
        sentence=one_line(said.sentence.text) if said else None,
    )
