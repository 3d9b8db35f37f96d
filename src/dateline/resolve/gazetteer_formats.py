"""The rows of a user's file of places, whatever its format, as named fields and one at a time."""

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from dateline.errors import InputError
from dateline.resolve.gazetteer_osm import json_records, osm_pbf, osm_xml
from dateline.resolve.gazetteer_sheets import sheets
from dateline.resolve.names import normalise

Fields = dict[str, str]

# The heads that a column may have, as keys, the first that is there counts.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "place", "place name", "name en", "settlement", "village", "town", "city", "location name",
        "location",
    ),
    "latitude": ("latitude", "lat", "y", "point y", "lat dd", "gps latitude", "center lat"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "point x", "long dd", "gps longitude", "center lon"),
    "country": (
        "country", "country code", "countrycode", "iso2", "iso3", "iso", "adm0", "admin0", "admin0 pcode",
        "location",
    ),
    "admin1": (
        "admin1", "adm1", "admin1 name", "admin1name", "adm1 en", "adm1 name", "province", "governorate",
        "state", "region",
    ),
    "kind": ("kind", "type", "feature code", "featurecode", "feature class", "admin level", "level"),
    "alternate_names": (
        "alternate names", "alternatenames", "alternate name", "aliases", "other names", "native", "name ar",
    ),
    "population": ("population", "pop"),
    "pcode": ("p code", "pcode"),
    "id": ("id", "p code", "pcode", "geonameid", "code"),
    "parent": ("parent p code", "parent pcode", "parent"),
    "radius_km": ("radius km", "radius"),
}  # fmt: skip
# The columns of GeoNames' files, which have no heads.
DUMP = (
    "id", "name", "ascii", "alternate_names", "latitude", "longitude", "feature class", "kind", "country",
    "cc2", "admin1 code", "admin2 code", "admin3 code", "admin4 code", "population", "elevation", "dem",
    "timezone", "modified",
)  # fmt: skip
_AREA_CODE = re.compile(r"[A-Z]{2}\.[^\t.]+(\.[^\t]+)?\t")
_ALTERNATE = re.compile(r"\d+\t\d+\t[^\t]*\t[^\t]+\t")
_HIERARCHY = re.compile(r"\d+\t\d+(?:\t\w*)?$")
# "ADM2_EN", "admin2Name_en", "ADM1_PCODE", "admin0Pcode": the columns of OCHA's tables of areas.
_OCHA = re.compile(
    r"adm(?:in)?\s*([0-4])\s*(name|pcode|en|ar|fr|es|ref|name en|name ar|name fr|name es|pt|ref name)\Z"
)
_LEVEL_KINDS = ("country", "admin1", "admin2", "admin2", "admin2")
# Names in these languages have a code of their own in GeoNames' file of alternate names but are no names.
_NO_NAMES = frozenset(["link", "post", "wkdt", "iata", "icao", "faac", "unlc", "tcid", "phon", "piny"])


def records(path: Path) -> Iterator[tuple[int, Fields]]:
    """Yield the line number and the known fields of each row of `path`.

    Raises InputError, on the first row at the latest, when the file is none of the formats or has no column for
    the name, and at any row when its encoding is broken.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        yield from _workbook(path)
    elif suffix in (".osm", ".xml"):
        yield from osm_xml(path)
    elif suffix == ".pbf":
        yield from osm_pbf(path)
    elif suffix in (".json", ".geojson", ".geojsonl", ".geojsonseq", ".ndjson", ".jsonl"):
        for number, item in json_records(path):
            keys = [key for key, value in item.items() if isinstance(value, str | int | float)]
            heads = _heads(path, keys)
            yield number, {field: str(item[keys[at]]).strip() for field, at in heads.items()}
    else:
        try:
            with _opened(path) as lines:
                yield from _text(path, lines)
        except (OSError, zipfile.BadZipFile) as error:
            raise InputError(f"{path} cannot be read ({error})") from error
        except UnicodeError as error:
            raise InputError(f"{path} is not written in UTF-8 ({error}); save it as UTF-8 CSV") from error
        except csv.Error as error:
            raise InputError(f"{path} is no CSV ({error})") from error


def _opened(path: Path) -> TextIO:
    """Open a text file, or the one text file of a zip as GeoNames gives it."""
    if path.suffix.lower() == ".zip":
        book = zipfile.ZipFile(path)
        inner = [
            name for name in book.namelist() if name.endswith((".txt", ".csv")) and "readme" not in name.lower()
        ]
        if len(inner) != 1:
            raise InputError(f"{path} holds {len(inner)} lists; unpack it and add the one that you mean")
        return io.TextIOWrapper(book.open(inner[0]), encoding="utf-8-sig", newline="")
    with path.open("rb") as stream:
        start = stream.read(2)
    encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return path.open(encoding=encoding, newline="")


def _text(path: Path, lines: TextIO) -> Iterator[tuple[int, Fields]]:
    first = lines.readline()
    all_lines = itertools.chain([first], lines)
    bare = first.rstrip("\r\n")
    if bare.count("\t") == len(DUMP) - 1 and bare.split("\t")[0].isdigit():
        yield from _dump(all_lines)
    elif _AREA_CODE.match(bare):
        yield from _area_codes(all_lines)
    elif _HIERARCHY.match(bare):
        yield from _hierarchy(all_lines)
    elif _ALTERNATE.match(bare):
        yield from _alternates(all_lines)
    else:
        delimiter = max(",;\t", key=first.count)
        rows = csv.reader(all_lines, delimiter=delimiter)
        yield from _table(path, rows)


def _dump(lines: Iterable[str]) -> Iterator[tuple[int, Fields]]:
    for number, line in enumerate(lines, start=1):
        fields = dict(zip(DUMP, line.rstrip("\r\n").split("\t"), strict=False))
        fields["alternate_names"] = fields.get("alternate_names", "").replace(",", ";")
        yield number, fields


def _area_codes(lines: Iterable[str]) -> Iterator[tuple[int, Fields]]:
    """Yield the areas of admin1CodesASCII.txt and admin2Codes.txt."""
    for number, line in enumerate(lines, start=1):
        code, name, plain, *rest = [*line.rstrip("\r\n").split("\t"), "", ""]
        parts = code.split(".")
        kind = "admin1" if len(parts) == 2 else "admin2"
        fields = {"name": name, "alternate_names": plain, "kind": kind, "country": parts[0], "id": rest[0]}
        yield number, fields | {"admin1 code": parts[1] if len(parts) > 1 else ""}


def _alternates(lines: Iterable[str]) -> Iterator[tuple[int, Fields]]:
    """Yield the names of alternateNamesV2.txt, each with the GeoNames id that it belongs to."""
    for number, line in enumerate(lines, start=1):
        cells = [*line.rstrip("\r\n").split("\t"), "", "", "", ""]
        if cells[2] not in _NO_NAMES:
            yield number, {"of": f"gn:{cells[1]}", "name": cells[3]}


def _hierarchy(lines: Iterable[str]) -> Iterator[tuple[int, Fields]]:
    """Yield the pairs of hierarchy.txt: the numbers of a place and of the place that holds it."""
    for number, line in enumerate(lines, start=1):
        holder, held, *_ = [*line.rstrip("\r\n").split("\t"), "", ""]
        yield number, {"holder": holder, "held": held}


def _workbook(path: Path) -> Iterator[tuple[int, Fields]]:
    """Yield the rows of all sheets that have a column for the name; one at least must."""
    faults: list[InputError] = []
    found = False
    for rows in sheets(path):
        try:
            for item in _table(path, rows):
                found = True
                yield item
        except InputError as error:
            faults.append(error)
    if faults and not found:
        raise faults[0]


def _table(path: Path, rows: Iterable[list[str]]) -> Iterator[tuple[int, Fields]]:
    """Yield the rows of a table with a head."""
    numbered = iter(enumerate(rows, start=1))
    head = next((cells for _, cells in numbered if any(cell.strip() for cell in cells)), [])
    levels = _levels(head)
    heads = {} if levels else _heads(path, head)
    plain = _known(head) if levels else heads
    for number, cells in numbered:
        if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
            fields = {field: cells[at].strip() for field, at in plain.items() if at < len(cells)}
            yield number, _leveled(cells, levels, fields) if levels else fields


def _levels(head: list[str]) -> dict[tuple[int, str], int]:
    """Return the columns of an OCHA table by level and part ("name", "pcode" or a language)."""
    found: dict[tuple[int, str], int] = {}
    for at, cell in enumerate(head):
        match = _OCHA.match(normalise(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", cell)).replace("p code", "pcode"))
        if match:
            part = (
                "pcode" if match[2] == "pcode" else "name" if match[2] in ("name", "en", "name en") else "other"
            )
            found.setdefault((int(match[1]), part), at)
    return found if any(part == "pcode" for level, part in found if level > 0) else {}


def _leveled(cells: list[str], levels: dict[tuple[int, str], int], fields: Fields) -> Fields:
    """Return the fields of the deepest area of a row of an OCHA table."""

    def at(level: int, part: str) -> str:
        index = levels.get((level, part))
        return cells[index].strip() if index is not None and index < len(cells) else ""

    deepest = max((level for level in range(5) if at(level, "pcode")), default=0)
    pcode = at(deepest, "pcode")
    return {
        **{key: fields[key] for key in ("latitude", "longitude", "population") if key in fields},
        "name": at(deepest, "name") or at(deepest, "other"),
        "alternate_names": at(deepest, "other"),
        "kind": _LEVEL_KINDS[deepest],
        "country": at(0, "pcode")[:2] or at(0, "name") or pcode[:2],
        "admin1": at(1, "name") or at(1, "other"),
        "id": pcode,
        "pcode": pcode,
        "parent": at(deepest - 1, "pcode") if deepest > 1 else "",
    }


def _known(cells: list[Any]) -> dict[str, int]:
    """Return the index of each known column."""
    keys = [normalise(str(cell)) for cell in cells]
    heads: dict[str, int] = {}
    for field, names in COLUMNS.items():
        at = next((keys.index(name) for name in names if name in keys), None)
        if at is not None and (at not in heads.values() or field == "id"):
            heads[field] = at
    return heads


def _heads(path: Path, cells: list[Any]) -> dict[str, int]:
    heads = _known(cells)
    if "name" not in heads:
        shown = ", ".join(str(cell) for cell in cells[:8])[:120]
        raise InputError(
            f"{path} has no column for the name (found: {shown or 'nothing'}); give one of: "
            f"{', '.join(COLUMNS['name'])}"
        )
    return heads
