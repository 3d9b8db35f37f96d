"""The scores of partitions against a published worked example and against brute force."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluate.pairs.coreference import assignment, b_cubed, ceaf_e, clusters_of, conll, muc

# The example of S. Pradhan et al., "Scoring Coreference Partitions of Predicted Mentions" (ACL 2014).
GOLD = [frozenset("abc"), frozenset("defg")]
TOLD = [frozenset("ab"), frozenset("cd"), frozenset("fghi")]


@pytest.mark.parametrize(
    ("score", "recall", "precision", "f1"),
    [(muc, 0.40, 0.40, 0.40), (b_cubed, 0.42, 0.50, 0.46), (ceaf_e, 0.65, 0.43, 0.52)],
)
def test_the_published_example(score: object, recall: float, precision: float, f1: float) -> None:
    part = score(GOLD, TOLD)  # type: ignore[operator]
    assert (part.recall, part.precision, part.f1) == pytest.approx((recall, precision, f1), abs=0.006)


LABELS = st.dictionaries(st.integers(0, 9), st.integers(0, 4), min_size=2, max_size=8)


@given(labels=LABELS)
def test_a_partition_agrees_with_itself(labels: dict[int, int]) -> None:
    clusters = clusters_of(dict(labels.items()))
    assert b_cubed(clusters, clusters).f1 == pytest.approx(1)
    assert ceaf_e(clusters, clusters).f1 == pytest.approx(1)
    linked = any(len(cluster) > 1 for cluster in clusters)
    assert muc(clusters, clusters).f1 == (1 if linked else 0)


WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(0, 8).map(float), max_size=10
)


@given(weights=WEIGHTS)
def test_assignment_against_every_permutation(weights: dict[tuple[int, int], float]) -> None:
    best = max(
        sum(weights.get((left, right), 0.0) for left, right in enumerate(order))
        for order in permutations(range(4))
    )
    assert assignment(weights) == pytest.approx(best)


def test_topics_add_up() -> None:
    one = muc(GOLD, TOLD)
    assert one.plus(one).f1 == pytest.approx(one.f1)
    assert conll([one, one]) == pytest.approx(one.f1)
