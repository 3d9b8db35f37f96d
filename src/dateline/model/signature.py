"""Signatures of texts: a MinHash, and behind it a negative number that stands for a long first sentence.

Either may be missing. Two texts are compared by the values of their MinHash (A. Broder, 1997, "On the
resemblance and containment of documents"), and by their openings.
"""

from collections.abc import Sequence

Signature = tuple[int, ...]


def sign(values: Sequence[int], opening: int | None) -> Signature:
    """Return the signature of MinHash `values` (0 or more) and the number (over 0) of an opening, if any."""
    return (*values, *(() if opening is None else (-opening,)))


def opening_of(signature: Sequence[int]) -> int | None:
    """Return the number of the first sentence, None where none is kept."""
    return -signature[-1] if signature and signature[-1] < 0 else None


def values_of(signature: Sequence[int]) -> Sequence[int]:
    """Return the MinHash alone."""
    return signature if opening_of(signature) is None else signature[:-1]


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """Return the estimated Jaccard similarity (0..1) of two texts; 0 where signatures cannot be compared."""
    left, right = values_of(a), values_of(b)
    if not left or len(left) != len(right):
        return 0.0
    return sum(map(int.__eq__, left, right)) / len(left)


def same_opening(a: Sequence[int], b: Sequence[int]) -> bool:
    """Tell whether two texts begin with one sentence, dateline and credit aside."""
    opening = opening_of(a)
    return opening is not None and opening == opening_of(b)
