"""Signatures: what is put together comes apart again, and openings are no values."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.model.signature import opening_of, same_opening, sign, similarity, values_of

values = st.lists(st.integers(0, 2**32 - 1), max_size=6).map(tuple)
openings = st.none() | st.integers(1, 2**63 - 1)


@given(values, openings)
def test_a_signature_comes_apart(minhash: tuple[int, ...], opening: int | None) -> None:
    signature = sign(minhash, opening)
    assert tuple(values_of(signature)) == minhash
    assert opening_of(signature) == opening


@given(values, values, openings, openings)
def test_openings_do_not_count_for_similarity(
    a: tuple[int, ...], b: tuple[int, ...], one: int | None, other: int | None
) -> None:
    left, right = sign(a, one), sign(b, other)
    assert similarity(left, right) == similarity(right, left) == similarity(a, b)
    assert 0.0 <= similarity(left, right) <= 1.0
    assert similarity(left, left) == float(bool(a))
    assert same_opening(left, right) == (one is not None and one == other)


def test_signatures_of_other_lengths_are_not_alike() -> None:
    assert similarity((1, 2, 3), (1, 2)) == 0.0
    assert similarity((1, 2), (1, 3)) == 0.5
