"""Where "there" is: the place that was named last before it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.model.values import Where
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.names import type_words
from dateline.resolve.nations import load_nations
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_definite import REACH_SENTENCES
from dateline.resolve.place_evidence import accepted, never
from dateline.resolve.place_where import Basis
from dateline.resolve.place_words import place_words
from dateline.resolve.places import read_place

_POINTING = frozenset({"there", "here"})
# "There were", "were there any": these say that something is, and not where.
_IS = (
    r"(?:\w+ly\s+|also\s+|still\s+)?(?:is|are|was|were|be|been|has|have|had|will|would|may|might|can|could|should|"
    r"must|seems?|remains?|exists?)"
)
_THERE = re.compile(rf"(?<!\w)there(?!\w)(?!['’])(?!\s+(?:any|no|enough|more|{_IS})(?!\w))", re.IGNORECASE)
_LED = r"(?:in|inside|outside|near|across|around|throughout|within|at|on|over|into)"


@lru_cache(maxsize=1)
def _definite() -> re.Pattern[str]:
    kinds = ("settlement", "admin1", "admin2", "neighbourhood", "facility")
    nouns = sorted({*(word for word, kind in type_words().after.items() if kind in kinds), "area"})
    return re.compile(
        rf"(?<!\w){_LED}\s+(?P<place>(?:the\s+same|this|that|the)\s+(?:{'|'.join(nouns)}))(?!\w)"
        rf"(?!\s+of\s)",
        re.IGNORECASE,
    )


def find_pointing(sentence: Span, trigger: Span, others: Sequence[Span], article: Article) -> tuple[Span, ...]:
    """Return the words of a sentence that only point at where `trigger` was: "there", "in the same town".

    None where one of `others`, the triggers of the article, stands between: it was that which was there.
    """
    spans = (article.span(*bounds) for bounds in _pointing(article.text, sentence))
    return tuple(span for span in spans if not any(_parts(other, trigger, span) for other in others))


def _pointing(text: str, sentence: Span) -> Iterator[tuple[int, int]]:
    for found in _THERE.finditer(text, sentence.start, sentence.end):
        yield found.span()
    for found in _definite().finditer(text, sentence.start, sentence.end):
        yield found.span("place")


def _parts(other: Span, trigger: Span, span: Span) -> bool:
    """Tell whether `other` stands between a trigger and words that point."""
    first, second = sorted((trigger, span), key=lambda one: one.start)
    return other != trigger and first.end <= other.start and other.end <= second.start


def is_pointing(span: Span) -> bool:
    """Tell whether the words only point at a place named before."""
    return span.text.strip().lower() in _POINTING


def read_there(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> Where | None:
    """Return the place that "there" in `span` means: the last name before it, in a few sentences.

    A name that no gazetteer holds counts where it is led as places are ("at Kangarwa").
    """
    here = article.sentence_at(span.start)
    if here is None:
        return None
    start = article.sentences[max(0, here - REACH_SENTENCES)][0]
    sure = [each.name for each in accepted(article, context, gazetteer, start, span.start)]
    leads = place_words().strong_leads
    led = [
        name
        for name in context.names
        if start <= name.start and name.end <= span.start and name.lead in leads and not never(name)
    ]
    for named in sorted((*sure, *led), key=lambda name: -name.start):
        same = article.sentence_at(named.start) == here
        basis: Basis = "stated" if same else "inherited"
        name = article.span(named.start, named.end)
        where = (
            None
            if load_nations().is_adjective(name.text)
            else read_place(name, article, context, gazetteer, basis=basis)
        )
        if where is not None:
            return where
    return None
