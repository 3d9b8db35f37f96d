"""One record (a JSON object, a table's row, a sidecar) becomes a Capture or its declared metadata.

The shapes known by their field names: schema.org NewsArticle, ninjs, JSON Feed, the output of trafilatura
and of news-please, and plain records with obvious names. A field map overrides them all.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dateline.model.capture import Capture, Declared, MediaType, make_capture
from dateline.model.rejected import Rejected
from dateline.read.fields import (
    Record,
    address,
    field_names,
    kind_of_value,
    make_record,
    running_text,
    wording,
)
from dateline.read.options import ReadOptions
from dateline.read.source import refuse

# An attribute ends before the next "<", so that text full of open tags costs no more than other text.
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|(?:html|body|article|section|main|div|span|p|br|h[1-6]|ul|ol|table|blockquote|figure)"
    r"(?:[\s/][^<>]{0,2000})?|a\s+href=[^<>]{1,2000})>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{1,2000}>")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
# ninjs 3 gives a headline or a body a role; these are an article's own.
_MAIN_ROLES = ("main", "maintext", "body", "headline", "title")
_SHOWN_FIELDS = 12


def capture_of(value: Any, locator: str, options: ReadOptions, rule: str) -> Iterator[Capture | Rejected]:
    """Yield the Capture of one record, or why there is none; a bad date is refused beside the kept text.

    `rule` names who declared the metadata ("record").
    """
    if not isinstance(value, Mapping):
        yield refuse("no_text", locator, f"the record is {kind_of_value(value)}, not an object with fields")
        return
    record = make_record(_article_in(value))
    text = text_of(record, options.field_map)
    if text is None:
        shown = ", ".join(str(name)[:40] for name in list(record.fields)[:_SHOWN_FIELDS]) or "none"
        mapped = options.field_map.get("text")
        wanted = "no field holds text" if mapped is None else f"the field {mapped!r} holds no text"
        yield refuse("no_text", locator, f"{wanted}; the fields are: {shown}")
        return
    declared, complaints = declared_of(record, locator, options.field_map, rule=rule)
    yield from complaints
    markup = bool(_MARKUP.search(text))
    yield text_capture(text, locator, merged(declared, options.declared), markup=markup)


def text_of(record: Record, mapped: Mapping[str, str]) -> str | None:
    """Return the article's text that a record holds, or None."""
    texts = (running_text(value) for _, value in record.candidates("text", mapped))
    found = next((text for text in texts if text), None)
    return found if found or "text" in mapped else _by_role(record.reach("bodies"))


def declared_of(
    record: Record, locator: str, mapped: Mapping[str, str], *, rule: str, strict: bool = False
) -> tuple[Declared, list[Rejected]]:
    """Return what a record declares, and a refusal for a date that is none.

    `strict` complains of every field whose value cannot be used: a sidecar was written for us.
    """
    values: dict[str, str | None] = {}
    complaints: list[Rejected] = []
    for field in ("title", "outlet", "byline", "published", "language", "url", "origin"):
        value, unusable = _first(record, field, mapped)
        values[field] = value
        if value is None and unusable is not None and (strict or field == "published"):
            name, wrong = unusable
            wanted = "a date in words or digits" if field == "published" else "text"
            detail = f"the field {name!r} holds {kind_of_value(wrong)}, not {wanted}; it was left out"
            complaints.append(refuse("bad_metadata", locator, detail))
    values["title"] = values["title"] or ("title" not in mapped and _by_role(record.reach("headlines"))) or None
    values["byline"] = values["byline"] or ("byline" not in mapped and _bylines(record)) or None
    return Declared(**values, published_rule=rule if values["published"] else None), complaints


def text_capture(text: str, locator: str, declared: Declared, *, markup: bool) -> Capture:
    """Return the Capture of a text that was decoded already."""
    media: MediaType = "text/html" if markup else "text/plain"
    return make_capture(text.encode("utf-8"), media, locator, encoding="utf-8", declared=declared)


def merged(found: Declared, given: Declared) -> Declared:
    """Return what was found, overridden by what the user says."""
    values = {name: getattr(given, name) or getattr(found, name) for name in Declared.__struct_fields__}
    if given.published:
        values["published_rule"] = given.published_rule or "given"
    return Declared(**values)


def _first(record: Record, field: str, mapped: Mapping[str, str]) -> tuple[str | None, tuple[str, Any] | None]:
    """Return the first usable value of `field`, and the first unusable one with its name."""
    unusable: tuple[str, Any] | None = None
    for name, value in record.candidates(field, mapped):
        text = _usable(field, value)
        if text is not None:
            return text, unusable
        if not isinstance(value, str) and unusable is None:
            unusable = (name, value)
    return None, unusable


def _usable(field: str, value: Any) -> str | None:
    if field == "url":
        return address(value)
    if field == "published" and isinstance(value, list):
        value = value[0]
    text = wording(value)
    # trafilatura writes the page's address into "source", which is no outlet.
    return None if field == "outlet" and text and _ADDRESS.match(text) else text


def _article_in(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the article inside a JSON-LD "@graph", or the record itself."""
    graph = value.get("@graph")
    if isinstance(graph, list):
        for item in graph:
            if isinstance(item, Mapping) and item.get("articleBody"):
                return item
    return value


def wrapped_records(value: Any, mapped: Mapping[str, str]) -> list[Any] | None:
    """Return the records that a JSON object wraps ("articles": [...]), or None where it is a record itself."""
    if not isinstance(value, Mapping) or "@graph" in value or text_of(make_record(value), mapped) is not None:
        return None
    for name in field_names()["records"]:
        found = value.get(name)
        if isinstance(found, list) and any(isinstance(item, Mapping) for item in found):
            return found
    return None


def _by_role(values: Any) -> str | None:
    """Return the main one of ninjs 3 "bodies" or "headlines": by its role, else the one that says most."""
    if not isinstance(values, list):
        return None
    best: tuple[bool, int, str] | None = None
    for item in values:
        text = running_text(item.get("value")) if isinstance(item, Mapping) else None
        if text is not None:
            said = len(text) if text.find("<") < 0 else len(_TAG.sub("", text))
            rank = (str(item.get("role", "")).casefold() in _MAIN_ROLES, said, text)
            best = rank if best is None or rank[:2] > best[:2] else best
    return None if best is None else best[2]


def _bylines(record: Record) -> str | None:
    values = record.reach("bylines")
    if not isinstance(values, list):
        return None
    return wording([item.get("byline") or item for item in values if isinstance(item, Mapping)])
