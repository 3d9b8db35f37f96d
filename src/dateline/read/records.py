"""One record (a JSON object, a table's row, a feed's entry) becomes a Capture.

The shapes known by their field names: schema.org NewsArticle, ninjs, the output of trafilatura and of
news-please, and plain records with obvious names. A field map overrides them all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import DataError
from dateline.model.capture import Capture, Declared, make_capture
from dateline.model.rejected import Rejected
from dateline.read.options import ReadOptions
from dateline.read.source import refuse

_MARKUP = re.compile(r"<(p|div|br|html|body|article|span|h[1-6])\b[^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@cache
def field_names() -> dict[str, tuple[str, ...]]:
    """Return, for each of our fields, the names that it goes by, the surest first.

    Raises DataError when the package's list of them is damaged.
    """
    path = DATA / "read" / "fields.yaml"
    try:
        return msgspec.convert(yaml.safe_load(path.read_text("utf-8")), dict[str, tuple[str, ...]])
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"data/read/fields.yaml: {error}; repair the file or reinstall dateline") from error


def capture_of(record: Any, locator: str, options: ReadOptions, rule: str) -> Iterator[Capture | Rejected]:
    """Yield the Capture of one record, or why there is none; a bad date is refused beside the kept text.

    `rule` names who declared the metadata ("record", "feed").
    """
    if not isinstance(record, Mapping):
        yield refuse("no_text", locator, f"the record is {_kind_name(record)}, not an object with fields")
        return
    record = _article_in(record)
    text = _field(record, "text", options) or _ninjs_body(record)
    if not text:
        fields = ", ".join(str(key) for key in list(record)[:12]) or "none"
        yield refuse("no_text", locator, f"no field holds text; the fields are: {fields}")
        return
    published, complaint = _date(record, options, locator)
    if complaint is not None:
        yield complaint
    declared = Declared(
        title=_field(record, "title", options) or _ninjs_headline(record),
        outlet=_outlet(record, options),
        byline=_field(record, "byline", options) or _listed(record.get("bylines"), "byline"),
        published=published,
        published_rule=rule if published else None,
        language=_field(record, "language", options),
        url=_address(record, options),
        origin=_field(record, "origin", options) or _listed(record.get("infosources"), "name"),
    )
    yield text_capture(text, locator, merged(declared, options.declared), markup=bool(_MARKUP.search(text)))


def text_capture(text: str, locator: str, declared: Declared, *, markup: bool) -> Capture:
    """Return the Capture of a text that was decoded already."""
    content = text.encode("utf-8", "replace")
    return make_capture(
        content, "text/html" if markup else "text/plain", locator, encoding="utf-8", declared=declared
    )


def merged(found: Declared, given: Declared) -> Declared:
    """Return what was found, overridden by what the user says."""
    values = {name: getattr(given, name) or getattr(found, name) for name in Declared.__struct_fields__}
    if given.published:
        values["published_rule"] = given.published_rule
    return Declared(**values)


def _article_in(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the article inside a JSON-LD "@graph" or the record itself."""
    graph = record.get("@graph")
    if isinstance(graph, list):
        for item in graph:
            if isinstance(item, Mapping) and "articleBody" in item:
                return item
    return record


def _kind_name(value: Any) -> str:
    names = {list: "a list", str: "a string", int: "a number", float: "a number", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "no object")


def _reach(record: Mapping[str, Any], name: str) -> Any:
    """Return the value at a dotted name; a key that holds the dot itself comes first."""
    if name in record:
        return record[name]
    value: Any = record
    for part in name.split("."):
        if isinstance(value, list) and value:
            value = value[0]
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _field(record: Mapping[str, Any], field: str, options: ReadOptions) -> str | None:
    if field in options.field_map:
        return _wording(_reach(record, options.field_map[field]))
    for name in field_names()[field]:
        wording = _wording(_reach(record, name))
        if wording:
            return wording
    return None


def _wording(value: Any) -> str | None:
    """Return text from a string, a {"name": ...} object, or a list of either."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Mapping):
        return _wording(value.get("name") or value.get("@id") or value.get("url"))
    if isinstance(value, Sequence):
        parts = [wording for wording in map(_wording, value) if wording]
        return ", ".join(parts) or None
    return None


def _date(record: Mapping[str, Any], options: ReadOptions, locator: str) -> tuple[str | None, Rejected | None]:
    mapped = options.field_map.get("published")
    for name in (mapped,) if mapped else field_names()["published"]:
        value = _reach(record, name)
        if isinstance(value, str) and value.strip():
            return value.strip(), None
        if value not in (None, "", []):
            detail = f"the field {name!r} holds {_kind_name(value)}, not a date; the text was kept without it"
            return None, refuse("bad_metadata", locator, detail)
    return None, None


def _outlet(record: Mapping[str, Any], options: ReadOptions) -> str | None:
    """Return the outlet; trafilatura writes the page's address into "source", which is none."""
    outlet = _field(record, "outlet", options)
    return None if outlet and _ADDRESS.match(outlet) else outlet


def _address(record: Mapping[str, Any], options: ReadOptions) -> str | None:
    if "url" in options.field_map:
        return _field(record, "url", options)
    found = [_wording(_reach(record, name)) for name in (*field_names()["url"], "source")]
    return next((address for address in found if address and _ADDRESS.match(address)), None)


def _ninjs_body(record: Mapping[str, Any]) -> str | None:
    """Return the longest body of a ninjs 3 item."""
    bodies = record.get("bodies")
    if not isinstance(bodies, list):
        return None
    values = [_wording(body.get("value")) for body in bodies if isinstance(body, Mapping)]
    return max((value for value in values if value), key=len, default=None)


def _ninjs_headline(record: Mapping[str, Any]) -> str | None:
    return _listed(record.get("headlines"), "value")


def _listed(value: Any, name: str) -> str | None:
    if not isinstance(value, list):
        return None
    parts = [_wording(item.get(name)) for item in value if isinstance(item, Mapping)]
    return next((part for part in parts if part), None)
