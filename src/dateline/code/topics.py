"""Whether a text is of another world that borrows the words of war: sport, markets, films."""

from collections.abc import Collection, Iterable

from dateline.code.cues import Topics


def _count(words: Iterable[str], patterns: Collection[str]) -> int:
    exact = {pattern for pattern in patterns if not pattern.endswith("*")}
    stems = tuple(pattern[:-1] for pattern in patterns if pattern.endswith("*"))
    return sum(1 for word in words if word in exact or word.startswith(stems))


def is_elsewhere(words: Collection[str], topics: Topics) -> bool:
    """Tell whether `words` (lower case, of a sentence or an article) belong to another world than conflict.

    They do when one other world has more of them than conflict has.
    """
    other = max((_count(words, patterns) for patterns in topics.other.values()), default=0)
    return other > 0 and other > _count(words, topics.conflict)
