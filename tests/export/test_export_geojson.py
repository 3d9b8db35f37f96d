"""GeoJSON follows RFC 7946 and says how sure a place is."""

import io
import json
from types import ModuleType
from typing import Any

import msgspec
import pytest

from dateline.export.columns import COLUMNS
from dateline.export.geojson import GeoJsonExporter


def written(record: Any) -> dict[str, Any]:
    stream = io.BytesIO()
    GeoJsonExporter().write(record, stream)

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    made: dict[str, Any] = json.loads(stream.getvalue().decode("utf-8"), parse_constant=refuse)
    return made


def test_positions_are_longitude_first_and_unresolved_places_have_none(make: ModuleType) -> None:
    collection = written(make.small())
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    first, second = collection["features"]
    assert first["type"] == "Feature"
    assert first["id"].startswith("evt_")
    assert first["geometry"] == {"type": "Point", "coordinates": [44.392, 35.468]}
    assert first["properties"]["radius_km"] == 8.0
    assert first["properties"]["place_precision"] == "town"
    assert first["properties"]["ged_where_prec"] == 1
    assert second["geometry"] is None
    assert second["properties"]["place"] == "Tal Sabit"


def test_properties_are_the_columns_without_id_and_coordinates(make: ModuleType) -> None:
    properties = written(make.small())["features"][0]["properties"]
    left_out = {"event_id", "latitude", "longitude"}
    assert list(properties) == [column.name for column in COLUMNS if column.name not in left_out]
    assert properties["killed_low"] == 12
    assert properties["killed_high"] is None


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_numbers_that_json_does_not_know_never_appear(make: ModuleType, bad: float) -> None:
    event, reports = make.raid()
    where = msgspec.structs.replace(event.where, latitude=bad, radius_km=bad)
    collection = written(make.record([msgspec.structs.replace(event, where=where)], reports))
    assert collection["features"][0]["geometry"] is None
    assert collection["features"][0]["properties"]["radius_km"] is None


def test_an_empty_record_is_an_empty_collection(make: ModuleType) -> None:
    assert written(make.record([], []))["features"] == []
