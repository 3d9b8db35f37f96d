"""Actors as keys: by what two actors, or two targets, are compared."""

import msgspec

from dateline.link.words import fold, stem
from dateline.model.values import Who

# Kinds of actor that say little about who it was.
VAGUE_KINDS = frozenset({"unidentified", "other", "person", "civilians"})

# Words that tell nothing of who or what it is.
_EMPTY_TEXT = (
    "the and for with from that this those these who whom which their his her its our one two three four "
    "five six seven eight nine ten eleven twelve several some many dozens hundreds scores another other "
    "others least most men man people person persons group groups member members next last first second "
    "held aged old young civilians civilian villagers residents victims gunmen militants soldiers "
    "fighters attackers assailants police officers officer women children girls boys dead wounded injured "
    "killed bodies troops forces"
)
_EMPTY = frozenset(_EMPTY_TEXT.split())
# Shorter words are articles and prepositions.
SHORTEST = 3


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A Who as a key: the catalogue's id where there is one, else the folded name.

    `named` says that the catalogue knows it under a name of its own and it was not composed of common words;
    `proper` that its wording holds a proper name. `words` are the stems of its telling words.
    """

    key: str
    known: bool
    named: bool
    proper: bool
    vague: bool
    kind: str
    country: str | None
    words: frozenset[str]


def actor_of(who: Who) -> Actor:
    """Return the key of an actor."""
    return Actor(
        key=who.id or fold(who.name),
        known=who.id is not None,
        named=who.id is not None and who.by != "composed",
        proper=any(word[:1].isupper() for word in who.name.split()[1:]) or who.id is not None,
        vague=who.kind in VAGUE_KINDS,
        kind=who.kind,
        country=who.country,
        words=frozenset(
            stem(word)
            for word in fold(who.name).split()
            if len(word) >= SHORTEST and word not in _EMPTY and not word.isdigit()
        ),
    )
