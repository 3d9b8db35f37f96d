"""GeoJSON (RFC 7946): one Feature per event, with how sure its place is."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from dateline.export.base import Record
from dateline.export.columns import Cell, coordinates, row
from dateline.model.event import Event


def feature(event: Event, record: Record) -> dict[str, Any]:
    """Return the event as a Feature: position [longitude, latitude], or no geometry where it is unresolved.

    The properties are the columns of the CSV without the coordinates. Nothing is moved or blurred: how
    far the point may be off is `radius_km` and `place_precision`.
    """
    point = coordinates(event)
    properties = row(event, record)
    identity = properties.pop("event_id")
    del properties["latitude"], properties["longitude"]
    return point_feature(properties, point, identity)


def point_feature(
    properties: dict[str, Any], point: tuple[float, float] | None, identity: Cell = None
) -> dict[str, Any]:
    """Return a Feature at a point, given as latitude and longitude; without one it has no geometry."""
    return {
        "type": "Feature",
        **({"id": identity} if identity is not None else {}),
        "geometry": {"type": "Point", "coordinates": [point[1], point[0]]} if point else None,
        "properties": properties,
    }


class GeoJsonExporter:
    """Writes a FeatureCollection in WGS 84, one Feature per line, which any GIS opens."""

    name = "geojson"
    suffix = ".geojson"
    media_type = "application/geo+json"

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write the collection, in the record's order."""
        stream.writelines(self.parts(record))

    def parts(self, record: Record) -> Iterator[bytes]:
        """Give the head, the features one by one, and the end."""
        return collection_parts((feature(event, record) for event in record.events), record.title)


def collection_parts(features: Iterable[dict[str, Any]], title: str) -> Iterator[bytes]:
    """Give features as a FeatureCollection called `title`, one on a line."""
    # Plain JSON encoding keeps the columns in their order; a NaN becomes null, as RFC 8259 demands.
    encode = msgspec.json.encode
    yield b'{"type":"FeatureCollection","name":' + encode(title) + b',"features":['
    parting = b"\n"
    for each in features:
        yield parting + encode(each)
        parting = b",\n"
    yield b"\n]}\n"
