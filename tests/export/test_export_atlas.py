"""The map moves nothing, loses nothing and draws how far a place may be off."""

from itertools import pairwise
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.config import DATA
from dateline.errors import DataError
from dateline.export import atlas
from dateline.export.atlas import HEIGHT, KM_PER_DEGREE, WIDTH, View, lay_out, load_outline
from dateline.model.event import Event


def placed(event: Event, number: int, latitude: float, longitude: float, **changes: object) -> Event:
    assert event.where is not None
    where = msgspec.structs.replace(event.where, latitude=latitude, longitude=longitude, **changes)
    return msgspec.structs.replace(event, id=f"evt_{number}", where=where)


def test_events_at_one_place_share_a_marker_and_others_do_not(make: ModuleType) -> None:
    event, _ = make.raid()
    events = [
        placed(event, 1, 35.468, 44.392),
        placed(event, 2, 35.468, 44.392),
        placed(event, 3, 36.34, 43.13, name="Mosul"),
    ]
    drawn = lay_out(events)
    assert drawn is not None
    assert sorted(len(marker.events) for marker in drawn.markers) == [1, 2]
    assert drawn.unplaced == drawn.beyond == ()


@settings(deadline=None, max_examples=50)  # the machine may be busy
@given(st.lists(st.tuples(st.floats(-89, 89), st.floats(-180, 180)), min_size=1, max_size=12))
def test_every_event_is_on_the_map_or_listed(make: ModuleType, points: list[tuple[float, float]]) -> None:
    event, _ = make.raid()
    events = [placed(event, number, *point) for number, point in enumerate(points)]
    drawn = lay_out(events)
    assert drawn is not None
    shown = [one.id for marker in drawn.markers for one in marker.events] + [one.id for one in drawn.beyond]
    assert sorted(shown) == sorted(one.id for one in events)
    assert drawn.markers
    assert all(0 <= marker.x <= WIDTH and 0 <= marker.y <= HEIGHT for marker in drawn.markers)


def test_one_far_report_does_not_shrink_the_rest(make: ModuleType) -> None:
    event, _ = make.raid()
    near = [placed(event, number, 35 + number / 10, 44 + number / 10) for number in range(12)]
    drawn = lay_out([*near, placed(event, 99, 48.85, 2.35)])
    assert drawn is not None
    assert [one.id for one in drawn.beyond] == ["evt_99"]


def test_two_regions_are_both_shown(make: ModuleType) -> None:
    event, _ = make.raid()
    iraq = [placed(event, number, 35 + number / 10, 44 + number / 10) for number in range(14)]
    nigeria = [placed(event, 50 + number, 11 + number / 10, 13 + number / 10) for number in range(6)]
    drawn = lay_out([*iraq, *nigeria])
    assert drawn is not None
    assert drawn.beyond == ()


def test_names_of_countries_meet_neither_each_other_nor_a_marker(make: ModuleType) -> None:
    event, _ = make.raid()
    drawn = lay_out([placed(event, 1, 35.0, 44.0), placed(event, 2, 48.0, 2.0), placed(event, 3, 5.0, -2.0)])
    assert drawn is not None
    assert len(drawn.names) > 10
    boxes = [
        (name.x - len(name.text) * 5, name.y - 12, name.x + len(name.text) * 5, name.y) for name in drawn.names
    ]
    for index, (left, top, right, bottom) in enumerate(boxes):
        assert not any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in boxes[:index])
        assert not any(left < marker.x < right and top < marker.y < bottom for marker in drawn.markers)


def test_coarse_places_do_not_widen_the_map(make: ModuleType) -> None:
    event, _ = make.raid()
    town = placed(event, 1, 35.468, 44.392)
    country = placed(event, 2, 33.0, 43.0, precision="country", radius_km=450.0)
    alone, both = lay_out([town]), lay_out([town, country])
    assert alone is not None
    assert both is not None
    assert alone.scale == both.scale
    only = lay_out([country])
    assert only is not None
    assert only.markers[0].coarse


def test_radius_is_drawn_to_scale(make: ModuleType) -> None:
    event, _ = make.raid()
    drawn = lay_out([placed(event, 1, 35.468, 44.392, radius_km=40.0)])
    assert drawn is not None
    units, km = drawn.scale
    assert drawn.markers[0].reach == pytest.approx(40 * units / km, rel=0.01)


def test_the_projection_is_true_to_scale_along_the_middle() -> None:
    view = View(44.0, 35.0, 100.0)
    assert view.project(35.0, 44.0) == (WIDTH / 2, HEIGHT / 2)
    assert view.project(36.0, 44.0)[1] == HEIGHT / 2 - 100
    assert view.project(35.0, 45.0)[0] == pytest.approx(WIDTH / 2 + 81.9, abs=0.1)


def test_the_date_line_does_not_tear_the_map(make: ModuleType) -> None:
    event, _ = make.raid()
    drawn = lay_out([placed(event, 1, -17.5, 179.5), placed(event, 2, -17.0, -179.5)])
    assert drawn is not None
    assert drawn.beyond == ()
    west, east = sorted(drawn.markers, key=lambda marker: marker.x)
    assert west.events[0].id == "evt_1"
    assert east.x - west.x < WIDTH / 2


def test_events_without_coordinates_are_listed(make: ModuleType) -> None:
    event, _ = make.raid()
    warning, _ = make.warning()
    drawn = lay_out([event, warning])
    assert drawn is not None
    assert drawn.unplaced == (warning,)
    assert lay_out([warning]) is None


def test_the_outline_is_whole_and_small() -> None:
    outline = load_outline()
    names = {name for name, _ in outline.names}
    assert {"Iraq", "Nigeria", "Ukraine", "Colombia", "Myanmar"} <= names
    assert all(len(places) >= 2 and len(places) % 2 == 0 for _, places in outline.names)
    for line in outline.lines:
        longitude = sum(line[::2][:1]) / outline.grid
        assert -181 <= longitude <= 181
    assert (DATA / "export" / "outline.json").stat().st_size < 125_000


def test_a_border_is_where_it_should_be(make: ModuleType) -> None:
    """The Iraqi-Iranian border crosses 35.5 degrees north between 45.9 and 46.4 degrees east."""
    found = []
    outline = load_outline()
    for line in outline.lines:
        x = y = 0.0
        points = []
        for step_x, step_y in zip(line[::2], line[1::2], strict=True):
            x, y = x + step_x / outline.grid, y + step_y / outline.grid
            points.append((x, y))
        for (ax, ay), (bx, by) in pairwise(points):
            if (ay > 35.5) != (by > 35.5):
                crossing = ax + (35.5 - ay) / (by - ay) * (bx - ax)
                found.append(crossing)
    assert any(45.8 <= crossing <= 46.4 for crossing in found)


def test_a_damaged_outline_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    load_outline.cache_clear()
    monkeypatch.setattr(atlas, "DATA", tmp_path)
    with pytest.raises(DataError, match=r"outline\.json"):
        load_outline()
    monkeypatch.undo()
    load_outline.cache_clear()
    assert load_outline().lines


def test_kilometres_per_degree_is_that_of_the_mean_sphere() -> None:
    assert pytest.approx(2 * 3.14159265 * 6371.0088 / 360, abs=0.05) == KM_PER_DEGREE
