"""The places of a whole mention, and places told of before without a name of their own."""

import pytest

from dateline.model.values import Where
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.place_geometry import distance_km
from dateline.resolve.place_groups import joined, read_group
from dateline.resolve.place_spans import read_places
from dateline.resolve.places import read_place_context
from tests.resolve.articles import make_article


def group(gazetteer: Gazetteer, text: str, *wordings: str) -> tuple[Where, ...]:
    article = make_article(text)
    context = read_place_context(article, gazetteer)
    starts = [(article.text.rindex(wording), len(wording)) for wording in wordings]
    spans = [article.span(start, start + length) for start, length in starts]
    return read_group(spans, article, context, gazetteer)


def read(gazetteer: Gazetteer, text: str, wording: str) -> tuple[Where, ...]:
    article = make_article(text)
    context = read_place_context(article, gazetteer)
    start = article.text.rindex(wording)
    return read_places(article.span(start, start + len(wording)), article, context, gazetteer)


# --- spans of one mention


@pytest.mark.parametrize(
    ("text", "wordings", "whole"),
    [
        ("Troops hold the border with the Diyala province.", ["border with", "Diyala province"], 1),
        (
            "They dug in at other nearby areas in southeast Diyala.",
            ["other nearby areas", "southeast Diyala"],
            1,
        ),
        ("They held a school in Tikrit and Baiji.", ["a school", "Tikrit", "Baiji"], 2),
        ("They fled in the north and west of Iraq.", ["north", "west of Iraq"], 2),
        ("Men from Tikrit fired on Baiji.", ["Tikrit", "Baiji"], 2),
    ],
)
def test_a_common_noun_is_joined_with_what_hangs_on_it(text: str, wordings: list[str], whole: int) -> None:
    article = make_article(text)
    starts = [(article.text.index(wording), len(wording)) for wording in wordings]
    spans = joined([article.span(start, start + length) for start, length in starts], article)
    assert len(spans) == whole
    assert all(article.text[span.start : span.end] == span.text for span in spans)


def test_what_is_excepted_is_no_place_of_it(gazetteer: Gazetteer) -> None:
    text = "With the exception of the town of Baiji, north of Tikrit, troops retook Diyala province of Iraq."
    found = group(gazetteer, text, "Baiji", "north of Tikrit", "Diyala province")
    assert [where.name for where in found] == ["Diyala"]


def test_words_that_tell_where_a_known_place_lies_are_no_second_one(gazetteer: Gazetteer) -> None:
    text = "Iraqi troops retook Baiji, north of Tikrit, on Monday."
    assert [where.name for where in group(gazetteer, text, "Baiji", "north of Tikrit")] == ["Bayjī"]
    unknown = group(
        gazetteer, "Iraqi troops retook Zorwela, north of Tikrit, on Monday.", "Zorwela", "north of Tikrit"
    )
    assert [where.precision for where in unknown] == ["unresolved", "near"]


# --- borders


def test_a_border_of_which_one_side_is_named_lies_between_both(gazetteer: Gazetteer) -> None:
    text = "Troops were sent to Diyala and its border with the Kirkuk governorate in Iraq."
    (border,) = group(gazetteer, text, "border with", "Kirkuk governorate")
    assert (border.precision, border.country, border.gazetteer_id) == ("area", "IQ", None)
    for name in ("Diyala", "Kirkuk"):
        side = gazetteer.find(name, country="IQ", kind="admin1")[0]
        assert None not in (side.latitude, side.longitude, border.latitude, border.longitude, border.radius_km)
        apart = distance_km((side.latitude, side.longitude), (border.latitude, border.longitude))  # type: ignore[arg-type]
        assert apart <= (border.radius_km or 0) + 0.1


def test_the_border_with_a_country_is_that_of_the_article_s(gazetteer: Gazetteer) -> None:
    text = "Jordanian soldiers fired. Jordanian jets watched the border with Syria near Mafraq, Jordan."
    (border,) = read(gazetteer, text, "the border with Syria")
    assert (border.precision, border.country) == ("area", None)
    assert border.latitude is not None and 31 < border.latitude < 35
    (alone,) = read(gazetteer, "Men met at the border with Syria.", "the border with Syria")
    assert alone.country == "SY"


# --- what was told of before


def test_those_areas_are_the_ones_told_of_last(gazetteer: Gazetteer) -> None:
    text = "The eastern areas of Diyala in Iraq are quiet. Yet the group has fighters in those areas."
    (where,) = read(gazetteer, text, "those areas")
    assert (where.text, where.basis, where.precision) == ("eastern areas of Diyala", "inherited", "area")


def test_those_villages_are_all_of_the_sentence_before(gazetteer: Gazetteer) -> None:
    text = (
        "Iraqi gunmen raided the villages of Xanbela and Zorwela in Diyala. Troops now search those villages."
    )
    assert [where.name for where in read(gazetteer, text, "those villages")] == ["Xanbela", "Zorwela"]


def test_a_triangle_is_the_one_that_was_described(gazetteer: Gazetteer) -> None:
    text = (
        "Iraqi troops patrol the triangle where the borders of Kirkuk, Diyala and Salahuddin meet. "
        "A colonel spoke on Sunday. It was hot. They foiled an attempt to take the strategic border triangle."
    )
    (where,) = read(gazetteer, text, "the strategic border triangle")
    assert where.precision == "area" and where.text.startswith("the triangle where")


def test_hills_are_those_of_that_name(gazetteer: Gazetteer) -> None:
    text = (
        "Iraqi jets struck the Hamrin hills, an officer in Tikrit said. Ground troops then entered the hills."
    )
    assert [where.gazetteer_id for where in read(gazetteer, text, "the hills")] == ["region:hamrin"]
    assert read(gazetteer, "Iraqi troops left Tikrit and entered the hills.", "the hills") == ()


def test_neighbouring_provinces_lie_around_the_one_told_of(gazetteer: Gazetteer) -> None:
    text = "Officials in Diyala province of Iraq are calm. The group hits neighbouring provinces."
    (where,) = read(gazetteer, text, "neighbouring provinces")
    area = gazetteer.find("Diyala", country="IQ", kind="admin1")[0]
    assert (where.precision, where.gazetteer_id, where.country) == ("area", None, "IQ")
    assert where.radius_km is not None and area.radius_km is not None and where.radius_km > 2 * area.radius_km
    (near,) = read(gazetteer, "Iraqi troops are in Tikrit. They searched nearby villages.", "nearby villages")
    assert (near.precision, near.basis) == ("near", "inherited")


@pytest.mark.parametrize(
    ("wording", "name"),
    [("a hotel in the city's old centre", "Tikrit"), ("the city's southern outskirts", "Tikrit")],
)
def test_what_a_town_has_of_its_own_lies_in_it(gazetteer: Gazetteer, wording: str, name: str) -> None:
    (where,) = read(gazetteer, f"Iraqi police hold Tikrit. Gunmen took {wording}.", wording)
    assert (where.precision, where.gazetteer_id, where.name) == ("area", "gn:90150", wording)


@pytest.mark.parametrize(
    ("text", "wording", "named"),
    [
        (
            "A bomb hit Baiji, Iraq. Forty have died in the province since.",
            "province",
            ("Salah ad Din", "admin1"),
        ),
        (
            "A bomb hit Baiji. Forty have died in the whole country since.",
            "the whole country",
            ("Iraq", "country"),
        ),
        (
            "Men raided Baiji in Iraq. It was the tenth raid in this province.",
            "this province",
            ("Salah", "admin1"),
        ),
    ],
)
def test_the_province_is_that_of_the_town_told_of(
    gazetteer: Gazetteer, text: str, wording: str, named: tuple[str, str]
) -> None:
    (where,) = read(gazetteer, text, wording)
    assert where.name.startswith(named[0].split()[0])
    assert (where.precision, where.country, where.basis) == (named[1], "IQ", "inherited")


def test_a_province_after_no_town_is_nowhere(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "Forty people have died in the province this month.", "the province") == ()
    assert read(gazetteer, "A bomb hit Baiji, Iraq. Two provinces voted.", "Two provinces") == ()


def test_a_cut_through_a_name_gives_the_whole_name(gazetteer: Gazetteer) -> None:
    (where,) = read(gazetteer, "Iraqi families returned to the Nineveh Plain.", "Plain")
    assert (where.text, where.gazetteer_id) == ("Nineveh Plain", "region:nineveh-plain")


def test_a_district_that_no_list_holds_lies_in_the_province_of_the_town_told_of(gazetteer: Gazetteer) -> None:
    text = "Iraqi police in Tikrit were on alert. A shell fell near the Zorwela district."
    (where,) = read(gazetteer, text, "near the Zorwela district")
    assert (where.precision, where.country, where.admin1, where.within) == (
        "unresolved",
        "IQ",
        "Salah ad Din",
        None,
    )


@pytest.mark.parametrize(
    ("text", "wording", "identity", "basis"),
    [
        ("Iraqi police in Tikrit searched southeastern areas.", "southeastern areas", "gn:90150", "stated"),
        ("Iraqi police hold Diyala. Southern areas are calm.", "Southern areas", "gn-a1:IQ.10", "inherited"),
    ],
)
def test_areas_towards_a_side_are_those_of_the_place_told_of(
    gazetteer: Gazetteer, text: str, wording: str, identity: str, basis: str
) -> None:
    (where,) = read(gazetteer, text, wording)
    middle = gazetteer.get(identity)
    assert middle is not None and middle.latitude is not None
    assert (where.precision, where.admin1, where.basis) == ("area", middle.admin1, basis)
    assert where.latitude is not None and where.latitude < middle.latitude


def test_a_wording_is_common_at_the_start_of_a_sentence_too(gazetteer: Gazetteer) -> None:
    text = (
        "Iraqi troops patrol the triangle where the borders of Kirkuk, Diyala and Salahuddin meet. "
        "The border triangle is quiet."
    )
    (where,) = read(gazetteer, text, "The border triangle")
    assert where.country == "IQ" and where.text.startswith("the triangle where")
    (near,) = read(gazetteer, "Iraqi troops are in Tikrit. Nearby villages were shelled.", "Nearby villages")
    assert (near.precision, near.country) == ("near", "IQ")


@pytest.mark.parametrize(
    ("text", "wording", "town", "basis"),
    [
        ("Iraqi gunmen entered Tikrit. Police stormed the hotel.", "the hotel", "gn:90150", "inherited"),
        ("Iraqi men left Mosul. A police station in Tikrit was hit.", "A police station", "gn:90150", "stated"),
    ],
)
def test_a_facility_stands_in_the_town_told_of(
    gazetteer: Gazetteer, text: str, wording: str, town: str, basis: str
) -> None:
    (where,) = read(gazetteer, text, wording)
    assert (where.kind, where.name, where.gazetteer_id) == ("facility", wording, town)
    assert (where.precision, where.basis) == ("town", basis)


def test_a_facility_without_a_town_is_nowhere(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "Gunmen took hostages. Police stormed the hotel.", "the hotel") == ()
    text = "Iraqi gunmen entered Tikrit. Buses were stopped on a highway."
    assert read(gazetteer, text, "a highway") == ()
