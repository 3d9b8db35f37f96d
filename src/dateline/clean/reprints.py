"""Reprints: the signature of a text, by which copies of it are found."""

import re

from dateline.model.ids import number_of
from dateline.model.signature import Signature, sign

# Goes into the seed, so that signatures made in another way never look alike by accident. Raise it
# whenever the words, the shingles or the permutations below change; stored signatures are then remade.
SIGNATURE_VERSION = 1
PERMUTATIONS = 128  # standard error of the estimate is about 1/sqrt(128) = 0.09 at worst
SHINGLE_WORDS = 4  # two texts on one happening share names and stock phrases, seldom four words in a row
# Under this many words a text has too few shingles: a single stock sentence would make two briefs alike.
SHORTEST = 16

# A newspaper often prints the first sentence of a wire story alone. Datelines and credits stand at its front,
# so its end is looked at; of fourteen words in a row no two desks choose the same.
OPENING_WORDS = 18
OPENING_END = 14

_SEED = 0x6461_7465 + SIGNATURE_VERSION
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile('["“”„«»]')
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")


def signature(text: str, opening: str = "") -> Signature:
    """Return the MinHash of the word shingles of `text`: 128 numbers of 32 bits, or () for a short text.

    Where its first sentence `opening` has at least OPENING_WORDS words and quotes nobody, it is kept as well,
    by its last OPENING_END words: a statement is printed by many who copy nothing.

    Case, punctuation, apostrophes and white space do not count; a text of fewer than 16 words has no
    signature. The same text gives the same numbers on every machine.

    Broder, "On the resemblance and containment of documents" (1997).
    """
    words = _words(text)
    if len(words) < SHORTEST:
        return ()
    import rensa

    columns = (words[offset:] for offset in range(SHINGLE_WORDS))
    shingles = [" ".join(shingle) for shingle in zip(*columns, strict=False)]
    sketch = rensa.RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update(shingles)
    first = [] if _QUOTED.search(opening) else _words(opening)
    return sign(sketch.digest(), number_of(*first[-OPENING_END:]) if len(first) >= OPENING_WORDS else None)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().translate(_APOSTROPHES))
