"""JSON and JSON lines: whole values, nothing left out."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from dateline.export.base import Record
from dateline.model.wire import encode


class JsonlExporter:
    """Writes each event as one line of UTF-8 JSON, described by the published event schema."""

    name = "jsonl"
    suffix = ".jsonl"
    media_type = "application/x-ndjson"

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write one line per event, in the record's order."""
        stream.writelines(self.parts(record))

    def parts(self, record: Record) -> Iterator[bytes]:
        """Give the lines one by one."""
        return jsonl_parts(record.events)


def jsonl_parts(values: Iterable[Any]) -> Iterator[bytes]:
    """Give each value as one line of JSON."""
    return (encode(value) + b"\n" for value in values)


def json_parts(values: Iterable[Any]) -> Iterator[bytes]:
    """Give the values as one JSON array, a value on a line."""
    yield b"["
    for number, value in enumerate(values):
        yield (b",\n" if number else b"\n") + encode(value)
    yield b"\n]\n"
