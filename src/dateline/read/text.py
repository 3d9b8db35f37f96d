"""Plain text files and pages, with what a sidecar file beside them declares."""

import json
from pathlib import Path
from typing import Any

import yaml

from dateline.model.capture import Capture, Declared, make_capture
from dateline.model.rejected import Rejected
from dateline.read.kinds import SIDECAR_SUFFIXES
from dateline.read.options import FIELDS, ReadOptions
from dateline.read.records import field_names, merged, text_capture
from dateline.read.source import refuse

# charset-normalizer's measure of disorder above which its guess is no text at all (its own default).
MAX_CHAOS = 0.2


def sidecar_of(path: Path) -> Path | None:
    """Return the metadata file beside a text ("name.json" or "name.txt.yaml" beside "name.txt")."""
    for stem in (path.with_suffix(""), path):
        for suffix in SIDECAR_SUFFIXES:
            candidate = stem.with_name(stem.name + suffix)
            if candidate.is_file() and candidate != path:
                return candidate
    return None


def decode(content: bytes, locator: str) -> str | Rejected:
    """Return the text of `content`: by its byte order mark, as UTF-8, else as what it looks most like."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(content, locator, error)


def _guess(content: bytes, locator: str, error: UnicodeDecodeError) -> str | Rejected:
    from charset_normalizer import from_bytes

    best = from_bytes(content, threshold=MAX_CHAOS).best()
    if best is None:
        detail = f"not UTF-8 at byte {error.start}, and no other encoding fits"
        return refuse("bad_encoding", locator, detail)
    return str(best)


def read_text(
    content: bytes,
    locator: str,
    options: ReadOptions,
    declared: Declared = Declared(),  # noqa: B008 - frozen
) -> Capture | Rejected:
    """Return the Capture of a plain text."""
    text = decode(content, locator)
    if isinstance(text, Rejected):
        return text
    return text_capture(text, locator, merged(declared, options.declared), markup=False)


def read_page(
    content: bytes,
    locator: str,
    options: ReadOptions,
    declared: Declared = Declared(),  # noqa: B008 - frozen
) -> Capture:
    """Return the Capture of a web page; its bytes stay as they are, the page says how to decode them."""
    return make_capture(content, "text/html", locator, declared=merged(declared, options.declared))


def read_sidecar(path: Path) -> tuple[Declared, list[Rejected]]:
    """Return what a sidecar declares, and a refusal for each part of it that cannot be used."""
    try:
        raw = path.read_text("utf-8-sig")
        record = json.loads(raw) if path.suffix.lower() == ".json" else yaml.safe_load(raw)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, yaml.YAMLError) as error:
        detail = "the sidecar cannot be read: " + " ".join(str(error).split())[:200]
        return Declared(), [refuse("bad_metadata", str(path), detail)]
    if not isinstance(record, dict):
        return Declared(), [refuse("bad_metadata", str(path), "the sidecar holds no mapping of fields")]
    return _declared(record, path)


def _declared(record: dict[str, Any], path: Path) -> tuple[Declared, list[Rejected]]:
    values: dict[str, str] = {}
    refusals: list[Rejected] = []
    for field in FIELDS[1:]:
        for name in (field, *field_names()[field]):
            value = record.get(name)
            if value is None:
                continue
            wording = _simple(value)
            if wording is None:
                detail = f"the field {name!r} is neither text nor a date; it was left out"
                refusals.append(refuse("bad_metadata", str(path), detail))
            else:
                values[field] = wording
            break
    rule = "sidecar" if "published" in values else None
    return Declared(**values, published_rule=rule), refusals


def _simple(value: Any) -> str | None:
    """Return a sidecar's value as text; YAML reads bare dates as dates."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str)) or None
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return value.strip() or None if isinstance(value, str) else None
