"""JSON lines: one whole Event per line, nothing left out."""

from typing import BinaryIO

from dateline.export.base import Record
from dateline.model.wire import encode


class JsonlExporter:
    """Writes each event as one line of UTF-8 JSON, described by the published event schema."""

    name = "jsonl"
    suffix = ".jsonl"
    media_type = "application/x-ndjson"

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write one line per event, in the record's order."""
        for event in record.events:
            stream.write(encode(event) + b"\n")
