"""When two spans are the same: bare wordings, shared words, and pairing one to one."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from dateline.train.examples import Bounds

G = TypeVar("G")
P = TypeVar("P")

# Two spans match in part when they share at least this share of the words of the longer one, which is to
# say of both. One word of a long one is no match, and neither is a paragraph around one word.
SHARED = 0.5

_LEADING = re.compile(
    r"(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your)\s+(?=\S)", re.IGNORECASE
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def bare(text: str, bounds: Bounds) -> Bounds:
    """Return the bounds without white space, marks and quotation marks at the ends and without a determiner."""
    start, end = trimmed(text, bounds)
    leading = _LEADING.match(text, start, end)
    return (leading.end(), end) if leading else (start, end)


def trimmed(text: str, bounds: Bounds) -> Bounds:
    """Return the bounds from the first letter or digit to the last; as given where there is none."""
    start, end = bounds
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end else bounds


def overlap(one: Bounds, other: Bounds) -> bool:
    """Tell whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def shared(text: str, one: Bounds, other: Bounds) -> float:
    """Return how much of the words of the longer span the two share, 0..1."""
    if not overlap(one, other):
        return 0.0
    longer = max(_words(text, one), _words(text, other))
    common = _words(text, (max(one[0], other[0]), min(one[1], other[1])))
    return common / longer if longer else 0.0


def _words(text: str, bounds: Bounds) -> int:
    return sum(1 for _ in _WORD.finditer(text, *bounds))


def pair(
    gold: Sequence[G], predicted: Sequence[P], fit: Callable[[G, P], float]
) -> tuple[tuple[int, int], ...]:
    """Pair each of `gold` with at most one of `predicted`, the best fit first; a fit of 0 is none.

    Greedy: of equal fits the earlier wins. Returned are pairs of positions in the order of `gold`.
    """
    fits = sorted(
        (-value, here, there)
        for here, one in enumerate(gold)
        for there, other in enumerate(predicted)
        if (value := fit(one, other)) > 0
    )
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, here, there in fits:
        if here not in paired and there not in taken:
            paired[here] = there
            taken.add(there)
    return tuple(sorted(paired.items()))
