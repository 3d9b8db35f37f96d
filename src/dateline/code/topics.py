"""Whether a text is of another world that borrows the words of war: sport, markets, films."""

from collections.abc import Iterable, Mapping

import msgspec

from dateline.code.cues import Topics

CONFLICT = "conflict"
# So many words of another world turn a sentence of an article about conflict; one is not enough ("goal").
FEW = 2
# So many words of a mild world are more than a mention in passing; set on general news and on short stories of
# diplomacy: with 4, four in ten mentions of the former go, and one story in a hundred loses its type.
MANY = 4


class TopicIndex(msgspec.Struct, frozen=True):
    """Words and stems of each world; `conflict` is one of them."""

    exact: Mapping[str, tuple[str, ...]]
    stems: tuple[tuple[str, str], ...]
    prefixes: tuple[str, ...]


def index_topics(topics: Topics) -> TopicIndex:
    """Return the word lists arranged for look-up."""
    exact: dict[str, tuple[str, ...]] = {}
    stems: list[tuple[str, str]] = []
    worlds = (*topics.other.items(), *topics.mild.items(), (CONFLICT, topics.conflict))
    for world, patterns in worlds:
        for pattern in patterns:
            if pattern.endswith("*"):
                stems.append((pattern[:-1], world))
            else:
                exact[pattern] = (*exact.get(pattern, ()), world)
    return TopicIndex(exact, tuple(stems), tuple(sorted({stem for stem, _ in stems})))


def count_worlds(words: Iterable[str], index: TopicIndex) -> dict[str, int]:
    """Return how many of `words` (lower case) belong to each world."""
    counts: dict[str, int] = {}
    for word in words:
        worlds = index.exact.get(word, ())
        if word.startswith(index.prefixes):
            worlds += tuple(world for stem, world in index.stems if word.startswith(stem))
        for world in worlds:
            counts[world] = counts.get(world, 0) + 1
    return counts


def is_mild(counts: Mapping[str, int], topics: Topics) -> bool:
    """Tell whether an article has several words of one mild world, and more of them than of conflict."""
    mild = max((counts.get(world, 0) for world in topics.mild), default=0)
    return mild >= MANY and mild > counts.get(CONFLICT, 0)


def is_elsewhere(
    counts: Mapping[str, int], topics: Topics, *, article: Mapping[str, int] | None = None
) -> bool:
    """Tell whether a text belongs to another world than conflict.

    It does when one other world has more words in it than conflict has. A sentence, whose `article` is given,
    needs two such words, or an article without a word of conflict.
    """
    other = max((counts.get(world, 0) for world in topics.other), default=0)
    if not other or other <= counts.get(CONFLICT, 0):
        return False
    return article is None or other >= FEW or not article.get(CONFLICT, 0)
