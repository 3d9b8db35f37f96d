"""A sieve for words that begin no name: for most words of a text no question to the file is needed.

A Bloom filter (Bloom 1970) over the keys of all names and their beginnings, word by word. What it lets through
may be a name; what it holds back is none, and begins none.
"""

import zlib
from collections.abc import Iterable, Iterator

# With ten bits and three places for each key one in sixty words that are none gets through.
BITS_FOR_EACH = 10
PLACES = 3
_SECOND = 0x9E3779B9


def make_sieve(keys: Iterable[str]) -> bytes:
    """Return the sieve of `keys` and of the words that they begin with."""
    beginnings = {beginning for key in keys for beginning in _beginnings(key)}
    sieve = bytearray(len(beginnings) * BITS_FOR_EACH // 8 + 1)
    for beginning in beginnings:
        for bit in _bits(beginning, len(sieve)):
            sieve[bit >> 3] |= 1 << (bit & 7)
    return bytes(sieve)


def passes(sieve: bytes, key: str) -> bool:
    """Tell whether `key` may be a name or the beginning of one; where not, it is sure to be neither."""
    return all(sieve[bit >> 3] & 1 << (bit & 7) for bit in _bits(key, len(sieve)))


def _beginnings(key: str) -> Iterator[str]:
    yield key
    at = key.rfind(" ")
    while at > 0:
        yield key[:at]
        at = key.rfind(" ", 0, at)


def _bits(key: str, size: int) -> tuple[int, ...]:
    data = key.encode("utf-8", "surrogatepass")
    first, second = zlib.crc32(data), zlib.crc32(data, _SECOND)
    return tuple((first + turn * second) % (size * 8) for turn in range(PLACES))
