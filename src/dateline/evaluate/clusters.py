"""How well two groupings of the same things agree: B³ (A. Bagga and B. Baldwin, 1998)."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from dateline.evaluate.suite import Score

Item = TypeVar("Item", bound=Hashable)


def b_cubed(gold: Mapping[Item, Hashable], found: Mapping[Item, Hashable]) -> tuple[float, float]:
    """Return the summed precision and the summed recall of the items of `gold`, each 0..1 an item.

    Raises KeyError where `found` lacks an item of `gold`.
    """
    right = Counter((group, found[item]) for item, group in gold.items())
    wanted = Counter(gold.values())
    given = Counter(found[item] for item in gold)
    precision = sum(right[group, found[item]] / given[found[item]] for item, group in gold.items())
    recall = sum(right[group, found[item]] / wanted[group] for item, group in gold.items())
    return precision, recall


def b_cubed_score(
    label: str, gold: Mapping[Item, Hashable], found: Mapping[Item, Hashable], *, table: str = ""
) -> Score:
    """Return B³ as a score: `gold` counts the items, and `predicted` is such that precision comes out."""
    precision, recall = b_cubed(gold, found)
    predicted = recall * len(gold) / precision if precision else 0.0
    return Score(label=label, correct=recall, predicted=predicted, gold=len(gold), table=table)


def pairs_of(groups: Mapping[Item, Hashable]) -> frozenset[tuple[Item, Item]]:
    """Return the pairs of items that share a group, each pair in the order of `groups`."""
    members: dict[Hashable, list[Item]] = {}
    for item, group in groups.items():
        members.setdefault(group, []).append(item)
    return frozenset(pair for own in members.values() for pair in _pairs(own))


def _pairs(items: Sequence[Item]) -> list[tuple[Item, Item]]:
    return [(one, other) for place, one in enumerate(items) for other in items[place + 1 :]]
