"""Where "there" is: the place that was named last before it."""

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.model.values import Where
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_definite import REACH_SENTENCES
from dateline.resolve.place_evidence import accepted, never
from dateline.resolve.place_where import Basis
from dateline.resolve.place_words import place_words
from dateline.resolve.places import read_place

_POINTING = frozenset({"there", "here"})


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
    named = max((*sure, *led), key=lambda name: name.start, default=None)
    if named is None:
        return None
    same = article.sentence_at(named.start) == here
    basis: Basis = "stated" if same else "inherited"
    return read_place(article.span(named.start, named.end), article, context, gazetteer, basis=basis)
