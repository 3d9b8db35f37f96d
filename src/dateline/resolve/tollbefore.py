"""Tolls of people who were told of before: "they were executed", "two of them", "he later died"."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from dateline.model.article import Article
from dateline.resolve.countgrammar import Bounds
from dateline.resolve.people import PRONOUNS
from dateline.resolve.quantities import find_counts
from dateline.resolve.tollreading import Toll
from dateline.resolve.tollwords import load_toll_words

# So many sentences before a toll tell who is meant.
LED_BACK_SENTENCES = 2
_OF_THEM = re.compile(r"\sof\s+(?:them|the\s+victims|the\s+(?P<noun>\w+))\Z", re.IGNORECASE)
# "The two paramedics", "the student": people told of again by their noun.
_THE = re.compile(
    r"(?:the|both|all\s+the|all\s+of\s+the)\s+(?:[\w-]+\s+){0,3}?(?P<noun>[\w-]+)\Z", re.IGNORECASE
)


def lead_back(article: Article, tolls: dict[int, tuple[Toll, ...]]) -> None:
    """Tie the tolls of `tolls`, by sentence, to those told of in the sentences before.

    "They" are as many as were told of; "two of them" a part; and who was hurt and is told of as dead further on
    is no longer told of as hurt.
    """
    for number in sorted(tolls):
        for toll in tolls[number]:
            before = _sentences_before(article, number, toll)
            told = [one for sentence in before for one in reversed(tolls.get(sentence, ()))]
            hurt = dead_of(toll, told)
            if hurt is not None:
                again = _led_to(toll, hurt)
                for sentence in before:
                    _exchange(tolls, sentence, hurt, msgspec.structs.replace(hurt, died=True))
            else:
                again = _as_part(told, _as_many(article, before, told, toll))
            _exchange(tolls, number, toll, again)


def _exchange(tolls: dict[int, tuple[Toll, ...]], sentence: int, old: Toll, new: Toll) -> None:
    tolls[sentence] = tuple(new if one is old else one for one in tolls.get(sentence, ()))


def dead_of(toll: Toll, told: Sequence[Toll]) -> Toll | None:
    """Return whom of the hurt a toll tells dead ("he later died"); `told` has the nearest first."""
    if toll.kind != "killed" or toll.part or toll.further:
        return None
    hurt = (one for one in told if one.kind in ("injured", "harmed") and not one.died)
    return next((one for one in hurt if _is_same(toll, one, alone=len(told) == 1)), None)


def _is_same(toll: Toll, before: Toll, *, alone: bool) -> bool:
    """Tell whether the words of a toll name all the people of an earlier one, the only one where `alone`."""
    said = _said(toll)
    if said in PRONOUNS or said in load_toll_words().again:
        # one person may be "they" where nobody else is told of
        return (before.bounds.high == 1) == (toll.bounds.high == 1) or (said == "they" and alone)
    the = _THE.fullmatch(said)
    fits = toll.bounds.best is None or toll.bounds.best == before.bounds.best
    return the is not None and fits and _names(before, the["noun"])


def _said(toll: Toll) -> str:
    return " ".join(toll.people.text.lower().split())


def _led_to(toll: Toll, before: Toll) -> Toll:
    """Return a toll of people told of again with their number, where its own words give none."""
    toll = msgspec.structs.replace(toll, before=before.people)
    if toll.bounds.best is not None:
        return toll
    return msgspec.structs.replace(toll, bounds=before.bounds, of=before.of, sex_age=before.sex_age)


def _names(toll: Toll, noun: str) -> bool:
    if noun in ("victim", "victims"):
        return True
    return re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", toll.people.text, re.IGNORECASE) is not None


def _sentences_before(article: Article, number: int, toll: Toll) -> tuple[int, ...]:
    """Return the sentences before a toll in its paragraph, the nearest first."""
    found: list[int] = []
    for before in range(number - 1, max(-1, number - 1 - LED_BACK_SENTENCES), -1):
        if "\n\n" in article.text[article.sentences[before][1] : toll.people.start]:
            break
        found.append(before)
    return tuple(found)


def _as_many(article: Article, before: Sequence[int], told: Sequence[Toll], toll: Toll) -> Toll:
    """Return a toll of "them" or "the guards" with the number of those who were told of just before.

    Best are those who were taken, missing or hurt; else the only people who are counted in a sentence.
    """
    said = _said(toll)
    again, the = said in load_toll_words().again, _THE.fullmatch(said)
    if toll.bounds.best is not None or not (again or the):
        return toll
    noun = None if again or the is None else the["noun"]
    for one in told:
        if one.kind != toll.kind and one.bounds.low > 1 and (noun is None or _names(one, noun)):
            return _led_to(toll, one)
    for sentence in before:
        counted = [one for one in find_counts(article.text, *article.sentences[sentence]) if one.low > 1]
        if noun is not None:
            counted = [one for one in counted if one.noun is not None and one.noun.text.lower() == noun]
        if len(counted) == 1:
            bounds = Bounds(counted[0].low, counted[0].best, counted[0].high)
            return msgspec.structs.replace(toll, bounds=bounds, of=counted[0].of)
    return toll


def _as_part(told: Iterable[Toll], toll: Toll) -> Toll:
    """Return a toll of "three of them" as a part of the toll of the same kind that was told just before."""
    of = _OF_THEM.search(toll.people.text)
    if of is None:
        return toll
    wider = any(
        one.kind == toll.kind
        and one.bounds.low > toll.bounds.low
        and (not of["noun"] or _names(one, of["noun"]))
        for one in told
    )
    return msgspec.structs.replace(toll, part=True) if wider else toll
