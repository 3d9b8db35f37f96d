"""JSON lines hold the whole event and fit the published schema."""

import io
import json
from types import ModuleType

from jsonschema import Draft202012Validator

from dateline.export.jsonl import JsonlExporter
from dateline.model.event import Event
from dateline.model.wire import decode, json_schema


def test_each_line_is_one_whole_event(make: ModuleType) -> None:
    record = make.small()
    stream = io.BytesIO()
    JsonlExporter().write(record, stream)
    lines = stream.getvalue().splitlines()
    assert tuple(decode(line, Event) for line in lines) == record.events
    validator = Draft202012Validator(json_schema("event"))
    for line in lines:
        validator.validate(json.loads(line))


def test_the_same_record_gives_the_same_bytes(make: ModuleType) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    JsonlExporter().write(make.small(), first)
    JsonlExporter().write(make.small(), second)
    assert first.getvalue() == second.getvalue()
