"""The gazetteer: what is found by which name, how it is built, and the user's own places."""

import csv
import json
import multiprocessing
import shutil
import threading
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DataError, GazetteerError, InputError
from dateline.resolve import gazetteer_build, gazetteer_lists
from dateline.resolve.gazetteer import Gazetteer, gazetteer_path, open_gazetteer
from dateline.resolve.gazetteer_lists import load_aliases, load_countries, load_regions
from dateline.resolve.gazetteer_schema import town_radius, usable
from dateline.resolve.gazetteer_sieve import make_sieve, passes
from dateline.resolve.gazetteer_user import add_places, undo_places
from dateline.resolve.names import normalise
from dateline.resolve.place_geometry import box_middle, distance_km, middle, offset, spread_km
from dateline.resolve.place_rank import lies_in
from dateline.resolve.place_words import place_words


@pytest.mark.parametrize(
    ("name", "country", "identity"),
    [
        ("Kirkuk", "IQ", "gn:94787"),
        ("Mosul", None, "gn:99072"),
        ("Hawija", "IQ", "gn:390188"),
        ("Al Hawijah", None, "gn:390188"),
        ("Tuz Khurmatu", None, "gn:90026"),
        ("Salaheddine governorate", "IQ", "gn-a1:IQ.18"),
        ("Salah al-Din province", "IQ", "gn-a1:IQ.18"),
        ("Nineveh", "IQ", "gn-a1:IQ.15"),
        ("Diyala", None, "gn-a1:IQ.10"),
        ("DRC", None, "iso:CD"),
        ("Burma", None, "iso:MM"),
        ("U.K.", None, "iso:GB"),
        ("Sahel", None, "region:sahel"),
        ("Nineveh Plain", None, "region:nineveh-plain"),
        ("Donbass", None, "region:donbas"),
        ("Kiev", "UA", "gn:703448"),
        ("Deir al-Zour", "SY", "gn:170794"),
        ("كركوك", None, "gn:94787"),
    ],
)
def test_finds(gazetteer: Gazetteer, name: str, country: str | None, identity: str) -> None:
    assert identity in [place.id for place in gazetteer.find(name, country=country)][:2]


def test_prominence_comes_first(gazetteer: Gazetteer) -> None:
    assert [place.id for place in gazetteer.find("Paris", limit=1)] == ["gn:2988507"]
    assert gazetteer.find("Paris", country="US")[0].country == "US"
    assert gazetteer.find("Kirkuk", kind="admin1")[0].id == "gn-a1:IQ.13"
    assert gazetteer.find("Georgia")[0].kind == "country"


def test_unknown_names_find_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Xqzzyvar") == ()
    assert gazetteer.find("") == ()
    assert gazetteer.get("gn:0") is None
    assert not gazetteer.is_name(["Mutaibija"], ("IQ",))


def test_is_name_takes_variants_only_in_the_given_countries(gazetteer: Gazetteer) -> None:
    assert gazetteer.is_name(["Tuz", "Khurmatu"])
    assert gazetteer.is_name(["Qayyara"], ("IQ",))
    assert not gazetteer.is_name(["Qayyara"])


def test_get_returns_what_find_found(gazetteer: Gazetteer) -> None:
    for place in gazetteer.find("Erbil"):
        assert gazetteer.get(place.id) == place


def test_an_area_holds_its_towns(gazetteer: Gazetteer) -> None:
    area = gazetteer.get("gn-a1:IQ.13")
    assert area is not None and area.latitude is not None and area.longitude is not None and area.radius_km
    assert area.admin1 == "Kirkuk" and area.country == "IQ"
    for name in ("Kirkuk", "Hawija"):
        town = gazetteer.find(name, country="IQ", kind="settlement")[0]
        assert town.admin1 == "Kirkuk"
        assert town.latitude is not None and town.longitude is not None
        assert distance_km((area.latitude, area.longitude), (town.latitude, town.longitude)) <= area.radius_km


def test_codes_of_airports_and_machine_romanisations_are_no_names(gazetteer: Gazetteer) -> None:
    assert (
        not usable("KIK") and not usable("krkwk") and usable("Karkuk") and usable("كركوك") and usable("'Amara")
    )
    assert "gn:94787" not in [place.id for place in gazetteer.find("KIK")]


def test_threads_may_share_one(gazetteer: Gazetteer) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(gazetteer.find("Mosul")[0].id)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["gn:99072"] * 4


def test_a_closed_one_says_so(gazetteer: Gazetteer, gazetteer_cache: Path) -> None:
    other = open_gazetteer(gazetteer_cache)
    other.close()
    with pytest.raises(GazetteerError, match="closed"):
        other.find("Nowhere Particular")


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_text("nothing of the kind")
    with pytest.raises(GazetteerError, match=r"wrong\.sqlite"):
        Gazetteer([wrong]).find("Mosul")


SMALL = [
    {"geonameid": 1, "name": "Kirkuk", "latitude": 35.5, "longitude": 44.4, "countrycode": "IQ",
     "population": 900_000, "admin1code": "13", "alternatenames": ["Karkuk", "KIK", "krkwk"]},
    {"geonameid": 2, "name": "Al Ḩawījah", "latitude": 35.3, "longitude": 43.8, "countrycode": "IQ",
     "population": 0, "admin1code": "13", "alternatenames": []},
]  # fmt: skip


def _use_few_towns(patch: pytest.MonkeyPatch) -> None:
    """Build from two towns and without the areas that need more."""
    patch.setattr(gazetteer_build, "read_towns", lambda: SMALL)
    patch.setattr(gazetteer_build, "_district_rows", lambda _names: iter(()))
    patch.setattr(gazetteer_build, "load_aliases", lambda: gazetteer_lists.Aliases({}, {}))


@pytest.fixture
def few_towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the gazetteer be built from two towns."""
    _use_few_towns(monkeypatch)


def test_builds_whole_or_not_at_all(few_towns: None, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    target = tmp_path / "deep" / "g.sqlite"
    summary = gazetteer_build.build_gazetteer(target, progress=lambda step, share: told.append((step, share)))
    assert [path.name for path in target.parent.iterdir()] == ["g.sqlite"]
    assert summary.size == target.stat().st_size and summary.places["settlement"] == 2
    assert told[-1] == ("done", 1.0) and [share for _, share in told] == sorted(share for _, share in told)
    with Gazetteer([target]) as small:
        assert [place.id for place in small.find("Karkuk")] == ["gn:1", "gn-a1:IQ.13"]
        assert [place.id for place in small.find("Hawija")] == ["gn:2"]
        assert small.find("Hawija")[0].population == 0


def test_building_twice_gives_the_same_places(few_towns: None, tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        gazetteer_build.build_gazetteer(tmp_path / name)
        with Gazetteer([tmp_path / name]) as built:
            found.append([built.find(word) for word in ("Kirkuk", "Iraq", "Sahel", "Hawija")])
    assert found[0] == found[1]


def test_a_failed_build_leaves_nothing(
    few_towns: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> dict[str, object]:
        raise DataError("countries.yaml: broken")

    monkeypatch.setattr(gazetteer_build, "load_countries", fail)
    with pytest.raises(DataError):
        gazetteer_build.build_gazetteer(tmp_path / "g.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(few_towns: None, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GazetteerError, match="file"):
        gazetteer_build.build_gazetteer(tmp_path / "file" / "g.sqlite")


def _build(path: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        _use_few_towns(patch)
        gazetteer_build.build_gazetteer(Path(path))


def test_two_processes_may_build_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_build, args=(str(tmp_path / "g.sqlite"),)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["g.sqlite"]
    with Gazetteer([tmp_path / "g.sqlite"]) as built:
        assert built.find("Kirkuk")


def test_the_file_name_carries_the_versions(tmp_path: Path) -> None:
    assert gazetteer_path(tmp_path).name == f"gazetteer-{gazetteer_build.gazetteer_version()}.sqlite"


# --- the user's own places


def _csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a gazetteer of two towns, built once."""
    target = tmp_path_factory.mktemp("small") / "g.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        _use_few_towns(patch)
        gazetteer_build.build_gazetteer(target)
    return target


@pytest.fixture
def own(few_towns: None, small_file: Path, tmp_path: Path) -> Path:
    """Return a cache folder with a small gazetteer."""
    shutil.copy(small_file, gazetteer_path(tmp_path))
    return tmp_path


def test_places_can_be_added(own: Path) -> None:
    rows = [
        {
            "Village": "Mutaibija",
            "Lat": "34.3",
            "Lon": "44.2",
            "ISO3": "IRQ",
            "Governorate": "Diyala",
            "aliases": "Mtebija; Mutaybijah",
        },
        {
            "Village": "Qara Tapa",
            "Lat": "34,4",
            "Lon": "44,9",
            "ISO3": "IRQ",
            "Governorate": "Diyala",
            "aliases": "",
        },
    ]
    summary = add_places(own, _csv(own / "mine.csv", rows))
    assert (summary.added, summary.unchanged, summary.replaced, summary.refused) == (2, 0, 0, ())
    with open_gazetteer(own) as opened:
        for name in ("Mutaibija", "Mtebija", "Mutaybijah"):
            place = opened.find(name)[0]
            assert (place.name, place.country, place.admin1, place.admin1_code) == (
                "Mutaibija",
                "IQ",
                "Diyala",
                "10",
            )
            assert place.id.startswith("user:")
        assert opened.find("Qarah Tappah", country="IQ")[0].latitude == 34.4


def test_adding_again_changes_nothing_and_rebuilding_loses_nothing(own: Path) -> None:
    path = _csv(own / "mine.csv", [{"id": "X1", "name": "Mutaibija", "latitude": "34.3", "longitude": "44.2"}])
    add_places(own, path)
    before = (own / "places.sqlite").read_bytes()
    again = add_places(own, path)
    assert (again.added, again.unchanged) == (0, 1)
    gazetteer_path(own).unlink()
    gazetteer_build.build_gazetteer(gazetteer_path(own))
    assert (own / "places.sqlite").read_bytes() == before
    with open_gazetteer(own) as opened:
        assert [place.id for place in opened.find("Mutaibija")] == ["user:X1"]


def test_an_id_that_is_there_is_replaced(own: Path) -> None:
    row = {"id": "X1", "name": "Mutaibija", "latitude": "34.3", "longitude": "44.2"}
    add_places(own, _csv(own / "mine.csv", [row]))
    summary = add_places(own, _csv(own / "mine.csv", [row | {"name": "Zurmatiya", "latitude": "34.35"}]))
    assert (summary.added, summary.replaced) == (0, 1)
    with open_gazetteer(own) as opened:
        assert opened.find("Mutaibija") == ()
        assert opened.find("Zurmatiya")[0].latitude == 34.35


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"latitude": "north"}, "no number"),
        ({"latitude": "134.3"}, "outside"),
        ({"longitude": ""}, "no latitude and longitude"),
        ({"latitude": "0", "longitude": "0"}, "both 0"),
        ({"name": " "}, "no name"),
        ({"country": "Ruritania"}, "Ruritania"),
        ({"kind": "nonsense"}, "nonsense"),
        ({"population": "many"}, "population"),
        ({"radius_km": "-3"}, "radius_km"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_rest_is_added(
    own: Path, changed: dict[str, str], reason: str
) -> None:
    good = {
        "name": "Mutaibija", "latitude": "34.3", "longitude": "44.2", "country": "Iraq", "kind": "village",
        "population": "1,200", "radius_km": "2",
    }  # fmt: skip
    summary = add_places(own, _csv(own / "mine.csv", [good | changed, good]))
    assert summary.added == 1
    assert [row.line for row in summary.refused] == [2]
    assert reason in summary.refused[0].reason


def test_a_file_without_names_is_refused(own: Path) -> None:
    (own / "bad.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="column for the name"):
        add_places(own, own / "bad.csv")
    with pytest.raises(InputError, match=r"missing\.csv"):
        add_places(own, own / "missing.csv")


def test_a_geonames_dump_is_read(own: Path) -> None:
    fields = [
        "90001",
        "Mutaibija",
        "Mutaibija",
        "Mtebija,Mutaybijah",
        "34.3",
        "44.2",
        "P",
        "PPL",
        "IQ",
        "",
        "10",
    ]
    fields += ["", "", "", "250", "", "60", "Asia/Baghdad", "2020-01-01"]
    (own / "IQ.txt").write_text("\t".join(fields) + "\n", encoding="utf-8")
    assert add_places(own, own / "IQ.txt").added == 1
    with open_gazetteer(own) as opened:
        place = opened.find("Mtebija")[0]
        assert (place.kind, place.population, place.country) == ("settlement", 250, "IQ")


def test_p_codes_may_lack_coordinates(own: Path) -> None:
    rows = [
        {"Location": "IRQ", "Admin Level": "1", "P-Code": "IQG10", "Name": "Diyala", "Parent P-Code": "IRQ"},
        {
            "Location": "IRQ",
            "Admin Level": "2",
            "P-Code": "IQG10Q03",
            "Name": "Kifri",
            "Parent P-Code": "IQG10",
        },
    ]
    summary = add_places(own, _csv(own / "pcodes.csv", rows))
    assert (summary.added, summary.refused) == (2, ())
    with open_gazetteer(own) as opened:
        place = opened.find("Kifri")[0]
        assert (place.id, place.kind, place.admin1, place.latitude) == (
            "user:IQG10Q03",
            "admin2",
            "Diyala",
            None,
        )


def test_a_json_list_is_read(own: Path) -> None:
    (own / "towns.json").write_text(
        '[{"name": "Mutaibija", "latitude": "34.3", "longitude": 44.2,'
        ' "country_code": "IQ", "native": "مطيبيجة"}]',
        encoding="utf-8",
    )
    assert add_places(own, own / "towns.json").added == 1
    with open_gazetteer(own) as opened:
        assert opened.find("مطيبيجة")[0].name == "Mutaibija"
    (own / "towns.json").write_text("{")
    with pytest.raises(InputError, match="JSON"):
        add_places(own, own / "towns.json")


# --- dateline's own lists


def test_the_lists_keep_their_rules(gazetteer: Gazetteer) -> None:
    assert len(load_countries()) >= 245
    assert load_aliases().names
    assert not {place_words().demonyms.get(word) for word in ("philippines", "iraq", "niger")} - {None}
    for region in load_regions():
        assert gazetteer.get(region.id) is not None, region.id


def test_centres_of_countries_lie_among_their_towns(gazetteer: Gazetteer) -> None:
    for code in ("IQ", "SY", "NG", "UA", "ML", "FJ", "US", "CL"):
        country = gazetteer.get(f"iso:{code}")
        assert country is not None and country.latitude is not None and country.longitude is not None
        assert gazetteer.find(country.name)[0].id == f"iso:{code}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("x: {name: X, centre: [99, 0], radius_km: 1, countries: []}", "latitude"),
        ("x: {name: X, centre: [9, 0], radius_km: 0, countries: []}", "radius_km"),
        ("x: {name: X, centre: [9, 0], radius_km: 1, countries: [QQ]}", "QQ"),
        ("x: {name: X, centre: [9, 0], radius_km: 1, countries: [], colour: red}", "colour"),
        ("[1, 2]", "no table"),
        ("x: {", "cannot be read"),
    ],
)
def test_a_broken_list_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    path = tmp_path / "regions.yaml"
    path.write_text(content)
    monkeypatch.setattr(gazetteer_lists, "REGIONS_FILE", path)
    gazetteer_lists.load_regions.cache_clear()
    with pytest.raises(DataError, match=message):
        gazetteer_lists.load_regions()
    monkeypatch.undo()
    gazetteer_lists.load_regions.cache_clear()


# --- points

latitudes = st.floats(-80, 80)
longitudes = st.floats(-180, 180)


def test_known_distances() -> None:
    # Kirkuk to Mosul is about 150 km by air; a degree of latitude is 111.2 km.
    assert distance_km((35.468, 44.392), (36.335, 43.119)) == pytest.approx(150, abs=3)
    assert distance_km((0, 0), (1, 0)) == pytest.approx(111.2, abs=0.1)
    assert distance_km((10, 179.5), (10, -179.5)) == pytest.approx(109.5, abs=0.2)


@given(latitudes, longitudes, st.floats(0, 360), st.floats(0.5, 1000))
def test_an_offset_lies_at_its_distance(
    latitude: float, longitude: float, bearing: float, distance: float
) -> None:
    there = offset((latitude, longitude), bearing, distance)
    assert distance_km((latitude, longitude), there) == pytest.approx(distance, abs=0.05)
    assert -180 <= there[1] <= 180


@given(latitudes, longitudes)
def test_the_middle_of_one_point_is_the_point(latitude: float, longitude: float) -> None:
    for centre in (middle([(latitude, longitude)]), box_middle([(latitude, longitude)])):
        assert distance_km(centre, (latitude, longitude)) < 0.01


def test_the_middle_over_the_date_line_lies_on_it() -> None:
    for centre in (middle([(0, 179), (0, -179)]), box_middle([(0, 179), (0, -179)])):
        assert distance_km(centre, (0, 180)) < 1
    assert spread_km((0, 180), [(0, 179), (0, -179)]) == pytest.approx(111.2, abs=0.1)
    assert spread_km((0, 0), []) == 0.0


@given(st.integers(0, 40_000_000), st.integers(0, 40_000_000))
def test_larger_towns_reach_no_less_far(one: int, other: int) -> None:
    if 0 < one <= other:
        assert town_radius(one) <= town_radius(other)
    assert 1.0 <= town_radius(one) <= 40.0


# --- other formats, undoing, whole or not at all


def test_the_last_file_can_be_undone(own: Path) -> None:
    row = {"id": "X1", "name": "Mutaibija", "latitude": "34.3", "longitude": "44.2"}
    add_places(own, _csv(own / "one.csv", [row]))
    add_places(own, _csv(own / "two.csv", [row | {"name": "Zurmatiya"}, row | {"id": "X2", "name": "Xanbela"}]))
    undone = undo_places(own)
    assert undone is not None
    assert (undone.path.name, undone.removed, undone.restored) == ("two.csv", 1, 1)
    with open_gazetteer(own) as opened:
        assert [place.name for place in opened.find("Mutaibija")] == ["Mutaibija"]
        assert opened.find("Zurmatiya") == opened.find("Xanbela") == ()
    assert undo_places(own) is not None
    assert undo_places(own) is None


def test_a_file_that_breaks_off_adds_nothing(own: Path) -> None:
    good = "name,latitude,longitude\n" + "Mutaibija,34.3,44.2\n" * 3
    (own / "broken.csv").write_bytes(good.encode() + "Tal Sabá,35,44\n".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        add_places(own, own / "broken.csv")
    with open_gazetteer(own) as opened:
        assert opened.find("Mutaibija") == ()


def test_a_table_of_something_else_is_refused_early(own: Path) -> None:
    (own / "other.csv").write_text("name,lat,lon\n" + "x,,\n" * 1_000_0, encoding="utf-8")
    with pytest.raises(InputError, match="none of the first"):
        add_places(own, own / "other.csv")


def test_utf_16_is_read(own: Path) -> None:
    (own / "wide.csv").write_text("name\tlat\tlon\nMutaibija\t34.3\t44.2\n", encoding="utf-16")
    assert add_places(own, own / "wide.csv").added == 1


def test_further_names_go_to_the_places_that_are_there(own: Path) -> None:
    with open_gazetteer(own) as opened:
        town = opened.find("Kirkuk", kind="settlement")[0]
    number = town.id.removeprefix("gn:")
    (own / "alternateNamesV2.txt").write_text(
        f"1\t{number}\ten\tOilville\t\t\t\t\n"
        f"2\t{number}\tlink\thttps://example.org\t\t\t\t\n3\t99999999\ten\tNowhere\t\t\t\t\n",
        encoding="utf-8",
    )
    summary = add_places(own, own / "alternateNamesV2.txt")
    assert (summary.named, summary.added, summary.refusals, summary.passed) == (1, 0, 0, 1)
    with open_gazetteer(own) as opened:
        assert [place.id for place in opened.find("Oilville")] == [town.id]


def test_names_of_places_that_are_not_held_are_no_reason_to_refuse_the_file(own: Path) -> None:
    with open_gazetteer(own) as opened:
        number = opened.find("Kirkuk", kind="settlement")[0].id.removeprefix("gn:")
    others = "".join(f"{row}\t{90_000_000 + row}\ten\tNowhere {row}\t\t\t\t\n" for row in range(1_500))
    (own / "names.txt").write_text(f"{others}9\t{number}\ten\tOilville\t\t\t\t\n", encoding="utf-8")
    summary = add_places(own, own / "names.txt")
    assert (summary.named, summary.passed, summary.refusals) == (1, 1_500, 0)


def test_geonames_area_codes_are_read(own: Path) -> None:
    (own / "admin1CodesASCII.txt").write_text(
        "IQ.13\tMuḩāfaz̧at Kirkūk\tMuhafazat Kirkuk\t94788\n", encoding="utf-8"
    )
    assert add_places(own, own / "admin1CodesASCII.txt").kinds == {"admin1": 1}


def _dumped(number: int, name: str, *, kind: str = "P.PPL", area: str = "13") -> str:
    """Return a line of a GeoNames dump of Iraq."""
    feature = kind.split(".")
    cells = [
        str(number),
        name,
        name,
        "",
        "35.3",
        "43.8",
        *feature,
        "IQ",
        "",
        area,
        "",
        "",
        "",
        "0",
        "",
        "",
        "",
        "",
    ]
    return "\t".join(cells) + "\n"


def test_geonames_hierarchy_says_which_place_holds_which(own: Path) -> None:
    (own / "IQ.txt").write_text(
        _dumped(90001, "Zomiz")
        + _dumped(90002, "Xanbela", kind="A.ADM2")
        + _dumped(90003, "Hall", kind="S.BLDG"),
        encoding="utf-8",
    )
    add_places(own, own / "IQ.txt")
    pairs = "90002\t90001\tADM\n90001\t90003\n6295630\t6255147\tADM\n90003\t90002\n"
    (own / "hierarchy.txt").write_text(pairs, encoding="utf-8")
    summary = add_places(own, own / "hierarchy.txt")
    assert (summary.linked, summary.passed, summary.refusals) == (3, 1, 0)
    with open_gazetteer(own) as opened:
        hall, district = opened.find("Hall", country="IQ")[0], opened.find("Xanbela")[0]
        assert set(hall.parents) == {"user:iq:90001", "user:iq:90002"}  # a circle ends
        assert lies_in(hall, district)
        assert (hall.kind, hall.admin1, hall.admin1_code) == ("facility", "Kirkuk", "13")
    again = add_places(own, own / "hierarchy.txt")
    assert (again.linked, again.unchanged) == (0, 3)
    undone = undo_places(own)
    assert undone is not None and undone.path.name == "hierarchy.txt"
    with open_gazetteer(own) as opened:
        assert opened.find("Hall", country="IQ")[0].parents == ()
        assert opened.find("Zomiz")[0].id == "user:iq:90001"


def test_parent_p_codes_say_which_area_holds_which(own: Path) -> None:
    rows = ["Location,Admin Level,P-Code,Name,Parent P-Code", "IRQ,1,IQG77,Zurmat,IRQ"]
    rows += ["IRQ,2,IQG77Q01,Xanbela,IQG77"]
    (own / "codes.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    add_places(own, own / "codes.csv")
    with open_gazetteer(own) as opened:
        assert "user:IQG77" in opened.find("Xanbela", country="IQ")[0].parents


def _workbook(path: Path, rows: list[list[str]]) -> Path:
    cells = "".join(
        "<row>"
        + "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for at, text in enumerate(row)
            if text
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>',
        )
    return path


def test_an_ocha_workbook_is_read_with_its_p_codes(own: Path) -> None:
    head = ["ADM0_EN", "ADM0_PCODE", "ADM1_EN", "ADM1_PCODE", "ADM2_EN", "ADM2_PCODE"]
    rows = [
        head,
        ["Iraq", "IQ", "Diyala", "IQG10", "Kifri", "IQG10Q03"],
        ["Iraq", "IQ", "Wasit", "IQG17", "", ""],
    ]
    summary = add_places(own, _workbook(own / "areas.xlsx", rows))
    assert (summary.kinds, summary.refused) == ({"admin1": 1, "admin2": 1}, ())
    with open_gazetteer(own) as opened:
        place = opened.find("Kifri")[0]
        assert (place.pcode, place.kind, place.admin1, place.country) == ("IQG10Q03", "admin2", "Diyala", "IQ")


def test_a_file_that_only_claims_to_be_a_workbook_is_refused(own: Path) -> None:
    (own / "bad.xlsx").write_text("name,lat,lon\n")
    with pytest.raises(InputError, match="workbook"):
        add_places(own, own / "bad.xlsx")


def test_openstreetmap_is_read_in_three_forms(own: Path) -> None:
    (own / "a.osm").write_text(
        '<osm><node id="1" lat="34.3" lon="44.2"><tag k="name" v="مطيبيجة"/><tag k="name:en" v="Mutaibija"/>'
        '<tag k="place" v="village"/></node>'
        '<node id="2" lat="1" lon="1"><tag k="shop" v="books"/></node></osm>',
        encoding="utf-8",
    )
    (own / "b.geojson").write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "id": "node/3",
                        "properties": {"name": "Xanbela", "place": "hamlet"},
                        "geometry": {"type": "Point", "coordinates": [44.3, 34.4]},
                    }
                ],
            }
        )
    )
    (own / "c.json").write_text(
        json.dumps(
            {
                "elements": [
                    {
                        "type": "node",
                        "id": 4,
                        "lat": 34.5,
                        "lon": 44.4,
                        "tags": {"name": "Zur", "place": "suburb"},
                    }
                ]
            }
        )
    )
    for name in ("a.osm", "b.geojson", "c.json"):
        assert add_places(own, own / name).added == 1
    with open_gazetteer(own) as opened:
        assert [opened.find(name)[0].kind for name in ("Mutaibija", "Xanbela", "Zur")] == [
            "settlement",
            "settlement",
            "neighbourhood",
        ]
        assert opened.find("مطيبيجة")[0].id == "user:osm-n1"


# --- OpenStreetMap's binary form


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else -number * 2 - 1


def _block(kind: bytes, content: bytes, *, packing: int = 3) -> bytes:
    packed = zlib.compress(content) if packing == 3 else content
    blob = _field(2, len(content)) + _field(packing, packed)
    header = _field(1, kind) + _field(3, len(blob))
    return len(header).to_bytes(4, "big") + header + blob


def _extract() -> bytes:
    """Return an extract with two nodes in dense form and one that stands alone; the first is no place."""
    words = [b"", b"name", b"place", b"village", b"Xanbela", b"suburb", b"Zomiz", b"highway", b"crossing"]
    strings = b"".join(_field(1, word) for word in words)

    def row(*numbers: int) -> bytes:
        return b"".join(_varint(_zigzag(number)) for number in numbers)

    dense = _field(1, row(5, 2)) + _field(8, row(353000000, -10000000)) + _field(9, row(438000000, 5000000))
    dense += _field(10, bytes([7, 8, 0, 1, 4, 2, 3, 0]))
    alone = _field(1, _zigzag(11)) + _field(2, bytes([1, 2])) + _field(3, bytes([6, 5]))
    alone += _field(8, _zigzag(354000000)) + _field(9, _zigzag(-1))
    block = _field(1, strings) + _field(2, _field(2, dense)) + _field(2, _field(1, alone) + _field(3, b""))
    header = _field(4, b"OsmSchema-V0.6") + _field(4, b"DenseNodes")
    return _block(b"OSMHeader", header, packing=1) + _block(b"OSMData", block)


def test_a_binary_extract_is_read(own: Path) -> None:
    (own / "part.osm.pbf").write_bytes(_extract())
    summary = add_places(own, own / "part.osm.pbf", country="IQ")
    assert (summary.added, summary.kinds) == (2, {"neighbourhood": 1, "settlement": 1})
    with open_gazetteer(own) as opened:
        village, suburb = opened.find("Xanbela")[0], opened.find("Zomiz")[0]
        assert (village.id, village.latitude, village.longitude) == ("user:osm-n7", 34.3, 44.3)
        assert (suburb.id, suburb.latitude, suburb.longitude) == ("user:osm-n11", 35.4, -1e-7)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name,lat,lon\n", "no block begins"),
        (_extract()[:-9], "breaks off"),
        (_block(b"OSMData", b"xx", packing=7), "zstd"),
        (_block(b"OSMHeader", _field(4, b"LocationsOnOtherWays"), packing=1), "LocationsOnOtherWays"),
        (_block(b"OSMData", b"\x0a\xff\xff\xff", packing=1), "OpenStreetMap extract"),
    ],
)
def test_a_broken_extract_adds_nothing_and_says_why(own: Path, content: bytes, said: str) -> None:
    (own / "part.osm.pbf").write_bytes(content)
    with pytest.raises(InputError, match=said):
        add_places(own, own / "part.osm.pbf")
    assert undo_places(own) is None


@given(st.sets(st.text(alphabet="abcd ", min_size=1, max_size=12).map(normalise).filter(bool), max_size=40))
def test_a_sieve_holds_back_no_name_and_no_beginning_of_one(keys: set[str]) -> None:
    sieve = make_sieve(keys)
    for key in keys:
        words = key.split(" ")
        assert all(passes(sieve, " ".join(words[:width])) for width in range(1, len(words) + 1))


def test_a_sieve_holds_back_most_words_that_are_no_names() -> None:
    sieve = make_sieve(f"town {number}" for number in range(2_000))
    assert sum(passes(sieve, f"word {number}") for number in range(2_000)) < 200
