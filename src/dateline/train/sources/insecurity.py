"""Insecurity Insight: one-sentence descriptions of incidents, beside what was coded of them (CC BY)."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from dateline.train.corpus import part_of

# The columns under which the files keep the incident's number.
_IDS = ("SiND Event ID", "SIND Event ID", "Event ID", "SiND ID")
_ROLES = (("killed", "killed"), ("injured", "injured"), ("kidnapped", "captured"), ("arrested", "captured"))
# Columns that count a part of what another column counts.
_PARTS = ("international", "national", "female", "male", "aid health")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One description of an incident, with its row.

    `id` is the incident's number, with "/2" ... behind it where files describe it in other words; `event` is
    the number alone, which decides the part. `counts` are the coded numbers of people by column ("Educators
    Killed"); null columns are left out, columns that count a part of another's people as well.
    """

    id: str
    event: str
    text: str
    counts: Mapping[str, int]
    row: Mapping[str, Any]

    @property
    def part(self) -> str:
        """Return "train", "dev" or "test"."""
        return part_of(self.event)

    def numbers(self, role: str) -> tuple[int, ...]:
        """Return the coded numbers of people for a role, one for each column that tells one."""
        endings = tuple(ending for ending, name in _ROLES if name == role)
        return tuple(count for column, count in self.counts.items() if column.lower().endswith(endings))

    def value(self, *columns: str) -> str | None:
        """Return the first of `columns` that says something."""
        for column in columns:
            value = str(self.row.get(column) or "").strip()
            if value and value.lower().replace(" ", "") not in _NOTHING:
                return value
        return None


_NOTHING = frozenset({"noinformation", "notapplicable", "none", "nothing", "other", "recodeindb"})


def read_records(folder: Path) -> Iterator[Record]:
    """Yield the records with a description in the file's order; a description that comes twice, once."""
    seen: dict[str, set[str]] = {}
    texts: dict[str, str] = {}
    for line in (folder / "incidents.jsonl").read_text("utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        text = " ".join(str(row.get("Event Description") or row.get("Event description") or "").split())
        event = next((str(int(float(row[column]))) for column in _IDS if row.get(column) is not None), None)
        if event is None or not text:
            continue
        # The same words under two numbers would put one text into two parts.
        event = texts.setdefault(text, event)
        known = seen.setdefault(event, set())
        if text in known:
            continue
        known.add(text)
        name = event if len(known) == 1 else f"{event}/{len(known)}"
        yield Record(id=name, event=event, text=text, counts=_counts(row), row=row)


def _counts(row: Mapping[str, Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for column, value in row.items():
        lower = column.lower()
        if not lower.endswith(tuple(ending for ending, _ in _ROLES)) or lower.startswith(_PARTS):
            continue
        if value is not None and re.fullmatch(r"\d+(?:\.0)?", str(value).strip()):
            counts[column] = int(float(value))
    return counts
