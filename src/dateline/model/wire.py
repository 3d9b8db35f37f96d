"""The nouns as JSON, and the JSON Schemas that describe them."""

from inspect import cleandoc
from typing import Any, TypeVar

import msgspec

from dateline.model.article import Article
from dateline.model.event import Event
from dateline.model.outcome import Followed
from dateline.model.report import Report
from dateline.model.surge import Surges
from dateline.model.verdict import Verdict

T = TypeVar("T")

PUBLISHED_SCHEMAS: dict[str, type] = {
    "article": Article,
    "report": Report,
    "event": Event,
    "verdict": Verdict,
    "warning": Followed,
    "surges": Surges,
}

_encoder = msgspec.json.Encoder(order="deterministic")


def encode(value: Any) -> bytes:
    """Return `value` as one line of JSON: field order fixed, the same bytes for equal values."""
    return _encoder.encode(value)


def decode(raw: bytes | str, kind: type[T]) -> T:
    """Read `raw` as a `kind`; raises msgspec.ValidationError or msgspec.DecodeError where it is not one."""
    return msgspec.json.decode(raw, type=kind)


def tidy(value: Any) -> Any:
    """Return `value` with the docstrings in it without their indents, which differ by Python's version."""
    if isinstance(value, dict):
        return {
            key: cleandoc(item) if key == "description" and isinstance(item, str) else tidy(item)
            for key, item in value.items()
        }
    return [tidy(item) for item in value] if isinstance(value, list) else value


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a published noun, such as "article"."""
    schema = tidy(msgspec.json.schema(PUBLISHED_SCHEMAS[name]))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"dateline {name}",
        **schema,
    }
