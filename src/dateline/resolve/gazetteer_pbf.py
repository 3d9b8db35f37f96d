"""Named places among the nodes of an OpenStreetMap extract in its binary form (.osm.pbf).

The form is a row of blocks, each a protobuf message of up to 32 MiB, mostly packed with zlib; one block is held
at a time. Blocks whose strings hold no tag of a place are passed over unread: most of a country is roads and
houses. Ways and relations have no point of their own and are left out, as in the XML form.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dateline.errors import InputError

# The largest sizes that the form allows, in bytes.
MOST_HEADER, MOST_BLOCK = 64 * 1024, 32 * 1024 * 1024
# What a reader must know to read a block; other features would change its meaning.
_FEATURES = frozenset({b"OsmSchema-V0.6", b"DenseNodes", b"HistoricalInformation"})
# Keys of tags that can make a node a place; a block without any of them has none.
_KEYS = (b"place", b"boundary", b"natural", b"waterway")
_PACKINGS = {4: "lzma", 5: "bzip2", 6: "lz4", 7: "zstd"}
# Degrees of a unit of the coordinates, where a block does not say another granularity.
_NANODEGREE, _GRANULARITY = 1e-9, 100

Node = tuple[int, float, float, dict[str, str]]


class _BrokenError(ValueError):
    """Why a file is not in this form."""


def pbf_nodes(path: Path) -> Iterator[Node]:
    """Yield id, latitude, longitude (degrees) and tags of the nodes of `path` that have tags of a place.

    Raises InputError when the file cannot be read, is no such extract, or is packed in a way that Python's
    own library cannot undo.
    """
    try:
        with path.open("rb") as stream:
            for kind, block in _blocks(stream):
                if kind == b"OSMHeader":
                    _check(block)
                elif kind == b"OSMData":
                    yield from _nodes(block)
    except (OSError, _BrokenError, IndexError, UnicodeDecodeError, zlib.error) as error:
        raise InputError(
            f"{path} is no readable OpenStreetMap extract ({error}); fetch it again, or convert it to .osm"
        ) from error


def _blocks(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the unpacked content of each block."""
    while size := stream.read(4):
        length = int.from_bytes(size, "big")
        if len(size) < 4 or not 0 < length <= MOST_HEADER:
            raise _BrokenError("no block begins where one should")
        kind, data_size = b"", -1
        for number, value in _message(_exactly(stream, length)):
            if number == 1 and isinstance(value, bytes):
                kind = value
            elif number == 3 and isinstance(value, int):
                data_size = value
        if not 0 <= data_size <= MOST_BLOCK:
            raise _BrokenError("a block is larger than the form allows")
        yield kind, _unpacked(_exactly(stream, data_size))


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise _BrokenError("it breaks off in the middle of a block")
    return data


def _unpacked(blob: bytes) -> bytes:
    for number, value in _message(blob):
        if not isinstance(value, bytes):
            continue
        if number == 1:
            return value
        if number == 3:
            unpacker = zlib.decompressobj()
            content = unpacker.decompress(value, MOST_BLOCK)
            if unpacker.unconsumed_tail:
                raise _BrokenError("a block is larger than the form allows")
            return content
        if number in _PACKINGS:
            raise _BrokenError(f"it is packed with {_PACKINGS[number]}, not with zlib")
    raise _BrokenError("a block has no content")


def _check(block: bytes) -> None:
    needed = [value for number, value in _message(block) if number == 4 and isinstance(value, bytes)]
    unknown = [value.decode("utf-8", "replace") for value in needed if value not in _FEATURES]
    if unknown:
        raise _BrokenError(f"it needs {', '.join(unknown)}")


def _nodes(block: bytes) -> Iterator[Node]:
    """Yield the nodes of a block that have tags of a place."""
    strings: list[bytes] = []
    groups: list[bytes] = []
    scale = {17: _GRANULARITY, 19: 0, 20: 0}
    for number, value in _message(block):
        if number == 1 and isinstance(value, bytes):
            strings = [text for _, text in _message(value) if isinstance(text, bytes)]
            if b"name" not in strings or not any(key in strings for key in _KEYS):
                return
        elif number == 2 and isinstance(value, bytes):
            groups.append(value)
        elif number in scale and isinstance(value, int):
            scale[number] = value if value < 1 << 63 else value - (1 << 64)
    wanted = {index for index, text in enumerate(strings) if text in _KEYS}
    for identity, up, along, tags in (node for group in groups for node in _raw(group, wanted)):
        latitude = (scale[19] + scale[17] * up) * _NANODEGREE
        longitude = (scale[20] + scale[17] * along) * _NANODEGREE
        named = {strings[key].decode(): strings[word].decode() for key, word in tags.items()}
        yield identity, round(latitude, 7), round(longitude, 7), named


_Raw = tuple[int, int, int, dict[int, int]]


def _raw(group: bytes, wanted: set[int]) -> Iterator[_Raw]:
    """Yield the nodes of a group that have a wanted tag, alone or in dense form."""
    for number, value in _message(group):
        if number == 1 and isinstance(value, bytes):
            node = _single(value)
            if not wanted.isdisjoint(node[3]):
                yield node
        elif number == 2 and isinstance(value, bytes):
            yield from _dense(value, wanted)


def _single(node: bytes) -> _Raw:
    """Return a node that stands alone: its id, coordinates in units, and tags as numbers of strings."""
    numbers = {1: 0, 8: 0, 9: 0}
    keys: list[int] = []
    words: list[int] = []
    for number, value in _message(node):
        if number in numbers and isinstance(value, int):
            numbers[number] = _signed(value)
        elif number == 2 and isinstance(value, bytes):
            keys = _varints(value)
        elif number == 3 and isinstance(value, bytes):
            words = _varints(value)
    return numbers[1], numbers[8], numbers[9], dict(zip(keys, words, strict=False))


def _dense(nodes: bytes, wanted: set[int]) -> Iterator[_Raw]:
    """Yield the nodes of a dense group that have a wanted tag; each number is the difference to the last."""
    parts = {number: value for number, value in _message(nodes) if isinstance(value, bytes)}
    tagged = _tagged(_varints(parts.get(10, b"")), wanted)
    if not tagged:
        return
    columns = [_varints(parts.get(number, b"")) for number in (1, 8, 9)]
    identity = up = along = 0
    for number, (first, second, third) in enumerate(zip(*columns, strict=False)):
        identity, up, along = identity + _signed(first), up + _signed(second), along + _signed(third)
        if number in tagged:
            yield identity, up, along, tagged[number]


def _tagged(row: list[int], wanted: set[int]) -> dict[int, dict[int, int]]:
    """Return the tags of the nodes that have a wanted one, by the node's index; a 0 ends those of a node."""
    found: dict[int, dict[int, int]] = {}
    index = at = 0
    begun = 0
    while at < len(row):
        if row[at]:
            at += 2
            continue
        keys = row[begun:at:2]
        if not wanted.isdisjoint(keys):
            found[index] = dict(zip(keys, row[begun + 1 : at : 2], strict=False))
        index, at = index + 1, at + 1
        begun = at
    return found


def _signed(value: int) -> int:
    """Undo the zigzag form of a signed number."""
    return (value >> 1) ^ -(value & 1)


def _varints(data: bytes) -> list[int]:
    """Return the numbers of a packed row."""
    found: list[int] = []
    number = shift = 0
    for byte in data:
        if byte < 128:
            found.append(number | byte << shift)
            number = shift = 0
        else:
            number |= (byte & 127) << shift
            shift += 7
    return found


def _message(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield number and value of each field of a protobuf message: an int, or the bytes of what is longer."""
    at, end = 0, len(data)
    while at < end:
        key, at = _varint(data, at)
        number, form = key >> 3, key & 7
        if form == 0:
            value, at = _varint(data, at)
            yield number, value
            continue
        if form == 2:
            length, at = _varint(data, at)
        elif form in (1, 5):
            length = 8 if form == 1 else 4
        else:
            raise _BrokenError("a block holds no protobuf message")
        if at + length > end:
            raise _BrokenError("a block breaks off")
        yield number, data[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, at
        shift += 7
        if shift > 63:
            raise _BrokenError("a block holds no protobuf message")
