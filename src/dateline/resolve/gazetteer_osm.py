"""Places of OpenStreetMap extracts: .osm XML, .osm.pbf, Overpass JSON, GeoJSON (whole or by lines)."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dateline.errors import InputError
from dateline.resolve.gazetteer_pbf import pbf_nodes

Fields = dict[str, str]

# A JSON document is held in memory as a whole; larger ones come one feature per line, or as CSV.
MOST_BYTES = 300_000_000
# What the tag `place` of OpenStreetMap says, in the words of types.yaml or kinds.
_PLACES = {
    "city": "settlement", "town": "settlement", "village": "settlement", "hamlet": "settlement",
    "isolated_dwelling": "settlement", "locality": "settlement", "suburb": "neighbourhood",
    "neighbourhood": "neighbourhood", "quarter": "neighbourhood", "borough": "neighbourhood",
    "state": "admin1", "province": "admin1", "county": "admin2", "district": "admin2", "municipality": "admin2",
    "region": "region", "island": "natural", "islet": "natural", "country": "country",
}  # fmt: skip
_LEVELS = {"2": "country", "4": "admin1", "5": "admin2", "6": "admin2"}
_NATURAL = frozenset({"peak", "river", "water", "valley", "bay", "spring", "ridge", "mountain_range"})
_OTHER_NAMES = ("name", "int_name", "alt_name", "old_name", "official_name", "short_name", "loc_name")


def osm_xml(path: Path) -> Iterator[tuple[int, Fields]]:
    """Yield the named places among the nodes of an .osm file, numbered; nothing else is held in memory."""
    try:
        with path.open("rb") as stream:
            parser = iter(ElementTree.iterparse(stream, events=("start", "end")))  # noqa: S314 - a local file
            _, root = next(parser)
            number = 0
            for event, node in parser:
                if event != "end" or node.tag not in ("node", "way", "relation"):
                    continue
                tags = {tag.get("k") or "": tag.get("v") or "" for tag in node.iter("tag")}
                point = node.get("lat"), node.get("lon")
                if node.tag == "node" and tags.get("name"):
                    fields = _fields(tags, f"osm-n{node.get('id')}", point[0], point[1])
                    if fields is not None:
                        number += 1
                        yield number, fields
                root.clear()
    except (OSError, ElementTree.ParseError) as error:
        raise InputError(f"{path} cannot be read as OpenStreetMap XML ({error})") from error


def osm_pbf(path: Path) -> Iterator[tuple[int, Fields]]:
    """Yield the named places among the nodes of an .osm.pbf file, numbered."""
    number = 0
    for identity, latitude, longitude, tags in pbf_nodes(path):
        fields = _fields(tags, f"osm-n{identity}", str(latitude), str(longitude))
        if fields is not None:
            number += 1
            yield number, fields


def json_records(path: Path) -> Iterator[tuple[int, Fields | dict[str, Any]]]:
    """Yield the places of a JSON file: a list, GeoJSON, Overpass, or one object per line."""
    if path.suffix.lower() in (".geojsonl", ".geojsonseq", ".ndjson", ".jsonl"):
        yield from _lines(path)
        return
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path} is too large to be read whole; give one object per line (.geojsonl)")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error})") from error
    except ValueError as error:
        raise InputError(f"{path} is no JSON ({error}); repair it or save it as CSV") from error
    items = content
    if isinstance(content, dict):
        items = content.get("features") or content.get("elements")
    if not (isinstance(items, list) and items and all(isinstance(item, dict) for item in items)):
        raise InputError(
            f"{path} holds no list of places; write a list of objects with name, latitude, longitude"
        )
    for number, item in enumerate(items, start=1):
        found = _item(item)
        if found is not None:
            yield number, found


def _lines(path: Path) -> Iterator[tuple[int, Fields | dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                bare = line.strip("\x1e \n\r")
                found = _item(json.loads(bare)) if bare else None
                if found is not None:
                    yield number, found
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(f"{path} is not one JSON object per line ({error})") from error


def _item(item: dict[str, Any]) -> Fields | dict[str, Any] | None:
    """Return the fields of a feature, an element of Overpass or a plain object; None for what is no place."""
    if item.get("type") == "Feature":
        tags = {
            str(key): str(value) for key, value in (item.get("properties") or {}).items() if value is not None
        }
        point = _point(item.get("geometry") or {})
        latitude, longitude = (str(point[1]), str(point[0])) if point else (None, None)
        identity = str(item.get("id") or tags.get("@id") or tags.get("osm_id") or "")
        known = _fields(tags, f"osm-{identity.replace('/', '')}" if identity else "", latitude, longitude)
        return known or (tags | {"latitude": latitude or "", "longitude": longitude or ""})
    if "tags" in item and item.get("type") in ("node", "way", "relation"):
        centre = item.get("center") or item
        if not item["tags"].get("name"):
            return None
        identity = f"osm-{item['type'][0]}{item.get('id')}"
        return _fields(item["tags"], identity, str(centre.get("lat") or ""), str(centre.get("lon") or ""))
    return item


def _point(geometry: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return longitude and latitude of a point, or of the middle of a shape's box."""
    flat: list[tuple[float, float]] = []

    def walk(part: Any) -> None:
        if isinstance(part, list) and len(part) >= 2 and all(isinstance(x, int | float) for x in part[:2]):
            flat.append((part[0], part[1]))
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(geometry.get("coordinates"))
    if not flat:
        return None
    along, up = [x for x, _ in flat], [y for _, y in flat]
    return (min(along) + max(along)) / 2, (min(up) + max(up)) / 2


def _fields(
    tags: Mapping[str, str], identity: str, latitude: str | None, longitude: str | None
) -> Fields | None:
    """Return the fields of tags of OpenStreetMap; None where they name no place."""
    kind = _PLACES.get(tags.get("place", ""))
    if kind is None and tags.get("boundary") == "administrative":
        kind = _LEVELS.get(tags.get("admin_level", ""))
    if kind is None and (tags.get("natural") in _NATURAL or "waterway" in tags):
        kind = "natural"
    name = tags.get("name:en") or tags.get("int_name") or tags.get("name")
    if kind is None or not name:
        return None
    others = [tags[key] for key in _OTHER_NAMES if tags.get(key)]
    others += [value for key, value in sorted(tags.items()) if key.startswith("name:")]
    return {
        "name": name, "kind": kind, "latitude": latitude or "", "longitude": longitude or "", "id": identity,
        "alternate_names": ";".join(dict.fromkeys(other for other in others if other != name)),
        "population": tags.get("population", "") if tags.get("population", "").isdigit() else "",
        "pcode": tags.get("ref:pcode") or tags.get("pcode") or "",
        "country": tags.get("is_in:country_code") or tags.get("addr:country") or "",
    }  # fmt: skip
