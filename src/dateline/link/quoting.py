"""Quotations that two articles of an event share."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dateline.link.facts import Facts
from dateline.link.profiles import refers_back
from dateline.link.words import fold
from dateline.model.ids import ArticleId
from dateline.model.quotations import SHORTEST_WORDS, Quotation
from dateline.model.report import Report

# Kinds of source that put out statements, which many print.
BODIES = frozenset({"military", "police", "armed_group", "organisation", "official"})

# A paragraph rests on what it quotes where that is this share of it (in characters); one that has less tells of
# its own beside it. On the worlds those that only print a statement have 0.27 and more, two that know more
# 0.21 and 0.23.
RESTING_SHARE = 0.25

# Words of a shared quotation that are shown.
SHOWN_WORDS = 16

Run = tuple[str, ...]


def shared_quotes(
    told: Mapping[ArticleId, Sequence[Report]], facts: Mapping[ArticleId, Facts]
) -> Iterator[tuple[ArticleId, ArticleId, str]]:
    """Give the pairs of articles that quote the same words, and the first of these words, sorted.

    At least SHORTEST_WORDS words in a row must agree, and in both articles the paragraph in which they stand
    must rest on its quotations and hold what is told of the event, but for what is credited to a body that
    speaks for itself and what only refers back: who tells it elsewhere too has an account of its own, and
    what is quoted on another matter says nothing about this one. Of many that share one quotation each is
    paired with the first.
    """
    holders: dict[Run, dict[ArticleId, str]] = defaultdict(dict)
    for article in sorted(told):
        for quote in _near(told[article], facts[article].quotes):
            words = fold(quote.text).split()
            shown = " ".join(quote.text.split()[:SHOWN_WORDS])
            more = "…" if len(quote.text.split()) > SHOWN_WORDS else ""
            for start in range(len(words) - SHORTEST_WORDS + 1):
                holders[tuple(words[start : start + SHORTEST_WORDS])].setdefault(article, shown + more)
    found: dict[tuple[ArticleId, ArticleId], str] = {}
    for run in sorted(holders):
        first, *others = holders[run]
        for other in others:
            found.setdefault((first, other), holders[run][other])
    yield from sorted((left, right, words) for (left, right), words in found.items())


def _near(reports: Sequence[Report], quotes: Sequence[Quotation]) -> Iterator[Quotation]:
    quoted: dict[int, int] = defaultdict(int)
    for quote in quotes:
        quoted[quote.start] += len(quote.text)
    telling = [report for report in reports if not refers_back(report)] or reports
    for quote in quotes:
        if quoted[quote.start] < RESTING_SHARE * (quote.end - quote.start):
            continue
        inside = [quote.start <= report.trigger.start < quote.end for report in telling]
        if all(held or _is_credited(report) for held, report in zip(inside, telling, strict=True)):
            yield quote


def _is_credited(report: Report) -> bool:
    """Tell whether the article has it from a force, a ministry, a group: from one that puts out statements."""
    return any(link.kind in BODIES for link in report.chain)
