"""One number from all that the mentions of a text say of the people killed, injured and so on.

How spans are added:

- Spans that overlap are one; the longer is kept. What stands behind "including" is part of the number before.
- Within a sentence the numbers are added ("two nurses and a driver").
- The first sentence with a number gives the answer. Later ones mostly count the same people again, or a part of
  them ("two of them", an update of what became of the three). On the training part of the incidents this was
  right a little oftener than adding all sentences, or taking the largest or the last.
- Mentions that are denied, or that did not take place (planned, feared ...), give none.
- A wording without a number ("several teachers") gives none; where no wording has a number the answer is 0.
"""

import re
from collections.abc import Iterable, Sequence

from dateline.model.article import Article
from dateline.model.mention import Mention, Role
from dateline.model.span import Span
from dateline.model.values import CountKind
from dateline.resolve.quantities import read_count

_HAPPENED = frozenset({"occurred", "ongoing"})
_PART = re.compile(r"\b(?:including|among them|of whom|one of|two of them)\b[^.;]{0,60}$", re.IGNORECASE)


def number_told(article: Article, mentions: Iterable[Mention], role: Role) -> int:
    """Return the number of people in `role` that the mentions tell of together; 0 where they tell of none."""
    kind: CountKind = role  # type: ignore[assignment]  # only the roles that count people are asked
    text = article.text
    spans = [
        (article.sentence_at(span.start) or 0, span)
        for mention in mentions
        if mention.status.reality in _HAPPENED and mention.status.polarity == "affirmed"
        for span in mention.spans(role)
    ]
    for sentence in _by_sentence(spans):
        values = [
            found.best
            for span in apart(sentence)
            if not _PART.search(text[max(0, span.start - 60) : span.start])
            and (found := read_count(span, text, kind=kind)) is not None
            and found.best is not None
        ]
        if values:
            return sum(values)
    return 0


def numbers_told(article: Article, mentions: Iterable[Mention], role: Role) -> frozenset[int]:
    """Return all numbers that single spans of the mentions say, whatever their status."""
    kind: CountKind = role  # type: ignore[assignment]  # only the roles that count people are asked
    spans = {span for mention in mentions for span in mention.spans(role)}
    found = (read_count(span, article.text, kind=kind) for span in spans)
    return frozenset(each.best for each in found if each is not None and each.best is not None)


def _by_sentence(spans: Sequence[tuple[int, Span]]) -> list[list[Span]]:
    found: dict[int, list[Span]] = {}
    for sentence, span in sorted(spans):
        found.setdefault(sentence, []).append(span)
    return [found[sentence] for sentence in sorted(found)]


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return spans that do not overlap, in text order, the longest first to be kept."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda each: (each.start - each.end, each.start)):
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept)
