"""Tolls of people who were told of before: "they were executed", "two of them", "he later died"."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from dateline.model.article import Article
from dateline.resolve.tollreading import Toll
from dateline.resolve.tollwords import load_toll_words

# So many sentences before a toll tell who is meant.
LED_BACK_SENTENCES = 2
_OF_THEM = re.compile(r"\sof\s+(?:them|the\s+victims|the\s+(?P<noun>\w+))\Z", re.IGNORECASE)


def lead_back(article: Article, tolls: dict[int, tuple[Toll, ...]]) -> None:
    """Give the tolls of `tolls`, by sentence, the number of those told of in the sentences before."""
    for number in sorted(tolls):
        tolls[number] = tuple(
            _as_part(before, _as_many(before, toll))
            for toll in tolls[number]
            for before in (tuple(_before(article, tolls, number, toll)),)
        )


def _before(
    article: Article, tolls: Mapping[int, tuple[Toll, ...]], number: int, toll: Toll
) -> Iterator[tuple[Toll, ...]]:
    """Yield what the sentences before a toll tell in its paragraph, the nearest first."""
    for before in range(number - 1, max(-1, number - 1 - LED_BACK_SENTENCES), -1):
        if "\n\n" in article.text[article.sentences[before][1] : toll.people.start]:
            return
        yield tolls.get(before, ())


def _as_many(before: tuple[tuple[Toll, ...], ...], toll: Toll) -> Toll:
    """Return a toll of "them" with the number of those who were taken, missing or hurt just before."""
    if toll.people.text.lower() not in load_toll_words().again or toll.bounds.best is not None:
        return toll
    for sentence in before:
        told = [one for one in sentence if one.kind != toll.kind and one.bounds.low > 1]
        if told:
            meant = max(told, key=lambda one: one.people.start)
            return msgspec.structs.replace(toll, bounds=meant.bounds, of=meant.of, sex_age=meant.sex_age)
    return toll


def _as_part(before: tuple[tuple[Toll, ...], ...], toll: Toll) -> Toll:
    """Return a toll of "three of them" as a part of the toll of the same kind that was told just before."""
    of = _OF_THEM.search(toll.people.text)
    if of is None:
        return toll
    noun = (of["noun"] or "").lower()
    wider = any(
        one.kind == toll.kind and one.bounds.low > toll.bounds.low and noun in one.people.text.lower()
        for sentence in before
        for one in sentence
    )
    return msgspec.structs.replace(toll, part=True) if wider else toll
