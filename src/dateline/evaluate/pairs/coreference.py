"""The scores of a partition against a gold one: MUC, B³, CEAFe and their mean, CoNLL.

MUC: M. Vilain et al. (1995); B³: A. Bagga and B. Baldwin (1998); CEAF: X. Luo (2005), with φ4; CoNLL:
S. Pradhan et al. (2012). Partitions may cover different items: one on a single side only counts against it.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

Clusters = Sequence[frozenset[Hashable]]


class Part(NamedTuple):
    """Recall and precision as fractions, so that the parts of several topics can be added up."""

    found: float = 0.0
    gold: float = 0.0
    right: float = 0.0
    told: float = 0.0

    def plus(self, other: "Part") -> "Part":
        """Return the sum of both, part by part."""
        return Part(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        """Found of gold, 0..1; 0 where there is no gold."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        """Right of told, 0..1; 0 where nothing is told."""
        return self.right / self.told if self.told else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of recall and precision."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def clusters_of(labels: Mapping[Hashable, Hashable]) -> list[frozenset[Hashable]]:
    """Return the clusters of items that have the same label."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for item, label in labels.items():
        found[label].add(item)
    return [frozenset(items) for items in found.values()]


def muc(gold: Clusters, told: Clusters) -> Part:
    """Count links: of each cluster, those that the other side keeps."""
    return Part(*_links(gold, told), *_links(told, gold))


def _links(clusters: Clusters, other: Clusters) -> tuple[float, float]:
    of = _places(other)
    kept = every = 0
    for cluster in clusters:
        pieces = {of[item] for item in cluster if item in of}
        alone = sum(item not in of for item in cluster)
        kept += len(cluster) - len(pieces) - alone
        every += len(cluster) - 1
    return kept, every


def b_cubed(gold: Clusters, told: Clusters) -> Part:
    """Average over items the share of their cluster that the other side puts with them."""
    return Part(*_shares(gold, told), *_shares(told, gold))


def _shares(clusters: Clusters, other: Clusters) -> tuple[float, float]:
    of = _places(other)
    share = items = 0.0
    for cluster in clusters:
        counts: dict[int, int] = defaultdict(int)
        for item in cluster:
            if item in of:
                counts[of[item]] += 1
        share += sum(count * count for count in counts.values()) / len(cluster)
        items += len(cluster)
    return share, items


def ceaf_e(gold: Clusters, told: Clusters) -> Part:
    """Align clusters one to one so that their overlap (twice the common of both sizes) is greatest."""
    of = _places(told)
    overlaps: dict[tuple[int, int], int] = defaultdict(int)
    for number, cluster in enumerate(gold):
        for item in cluster:
            if item in of:
                overlaps[number, of[item]] += 1
    weights = {
        (left, right): 2 * common / (len(gold[left]) + len(told[right]))
        for (left, right), common in overlaps.items()
    }
    best = sum(assignment(part) for part in _connected(weights))
    return Part(best, len(gold), best, len(told))


def conll(parts: Iterable[Part]) -> float:
    """Return the mean of the F1 of MUC, B³ and CEAFe."""
    values = [part.f1 for part in parts]
    return sum(values) / len(values) if values else 0.0


def _places(clusters: Clusters) -> dict[Hashable, int]:
    return {item: number for number, cluster in enumerate(clusters) for item in cluster}


def _connected(weights: Mapping[tuple[int, int], float]) -> list[dict[tuple[int, int], float]]:
    """Split the overlaps into parts that share no cluster: they are aligned by themselves."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(item: tuple[str, int]) -> tuple[str, int]:
        root.setdefault(item, item)
        while root[item] != item:
            root[item] = item = root[root[item]]
        return item

    for left, right in weights:
        root[find(("gold", left))] = find(("told", right))
    parts: dict[tuple[str, int], dict[tuple[int, int], float]] = defaultdict(dict)
    for (left, right), weight in weights.items():
        parts[find(("gold", left))][left, right] = weight
    return list(parts.values())


def assignment(weights: Mapping[tuple[int, int], float]) -> float:
    """Return the greatest sum of weights when each left and each right is used at most once.

    The Hungarian method with potentials (H. Kuhn, 1955; J. Munkres, 1957), on costs that are negative weights.
    """
    lefts, rights = sorted({left for left, _ in weights}), sorted({right for _, right in weights})
    if len(lefts) > len(rights):
        return assignment({(right, left): weight for (left, right), weight in weights.items()})
    costs = [[-weights.get((left, right), 0.0) for right in rights] for left in lefts]
    return -_least_cost(costs, len(rights))


def _least_cost(costs: Sequence[Sequence[float]], width: int) -> float:
    of_row, of_column = [0.0] * (len(costs) + 1), [0.0] * (width + 1)
    matched = [0] * (width + 1)
    for row in range(1, len(costs) + 1):
        matched[0] = row
        column = 0
        least, came, used = [math.inf] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        while matched[column]:
            used[column] = True
            here, step, target = matched[column], math.inf, 0
            for other in range(1, width + 1):
                if used[other]:
                    continue
                reduced = costs[here - 1][other - 1] - of_row[here] - of_column[other]
                if reduced < least[other]:
                    least[other], came[other] = reduced, column
                if least[other] < step:
                    step, target = least[other], other
            for other in range(width + 1):
                if used[other]:
                    of_row[matched[other]] += step
                    of_column[other] -= step
                else:
                    least[other] -= step
            column = target
        while column:
            matched[column] = matched[came[column]]
            column = came[column]
    return sum(costs[matched[column] - 1][column - 1] for column in range(1, width + 1) if matched[column])
