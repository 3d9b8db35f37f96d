"""Places read from text: what is one, which one is meant, and how exact the words are."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.clean import article_of
from dateline.model.article import Article, Dateline
from dateline.model.precision import acled_precision, ged_precision
from dateline.model.values import Where, WherePrecision
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.place_coordinates import find_coordinates
from dateline.resolve.place_geometry import distance_km
from dateline.resolve.place_phrase import read_phrase
from dateline.resolve.place_rank import Clue, rank
from dateline.resolve.place_references import find_references
from dateline.resolve.place_weights import ranking_weights
from dateline.resolve.places import PlaceContext, find_places, read_place, read_place_context


def make_article(
    text: str, *, title: str | None = None, place: str | None = None, url: str | None = None
) -> Article:
    article = msgspec.structs.replace(article_of(text, title=title, sentences=[(0, len(text))]), url=url)
    if place is None:
        return article
    start = text.index(place)
    named = Dateline(place=article.span(start, start + len(place)))
    return msgspec.structs.replace(article, dateline=named)


def found(gazetteer: Gazetteer, text: str, **details: str) -> list[str]:
    article = make_article(text, **details)
    context = read_place_context(article, gazetteer)
    spans = find_places(article, context, gazetteer, 0, len(text))
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert list(spans) == sorted(spans)
    return [span.text for span in spans]


def read(gazetteer: Gazetteer, text: str, wording: str, **details: str) -> Where | None:
    article = make_article(text, **details)
    start = text.index(wording)
    span = article.span(start, start + len(wording))
    where = read_place(span, article, read_place_context(article, gazetteer), gazetteer)
    if where is not None:
        assert (where.start, where.end, where.text) == (start, start + len(wording), wording)
    return where


def read_one(gazetteer: Gazetteer, text: str, wording: str, **details: str) -> Where:
    where = read(gazetteer, text, wording, **details)
    assert where is not None
    return where


# --- what is a place


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Gunmen killed two soldiers in Mosul on Friday.", ["Mosul"]),
        ("Clashes went on in Tikrit, Iraq, and in Raqqa in Syria.", ["Tikrit", "Iraq", "Raqqa", "Syria"]),
        ("Iraqi troops entered Hawija, officials in Iraq said.", ["Hawija", "Iraq"]),
        ("Paris Hilton said she had never been to Mosul.", ["Mosul"]),
        ("Omar Kirkuk, an analyst at the Washington Institute, spoke to Mosul Today News.", []),
        ("He told Asharq al-Awsat and the Baghdad Post that it was over.", []),
        ("The Kirkuk Joint Operation Command sent men to Hawija in Iraq.", ["Hawija", "Iraq"]),
        ("A graduate of the University of Mosul was shot in Erbil.", ["Erbil"]),
        ("In March, most of the same people read nice books.", []),
        ("Reading is fun. Most will say Same here. Nice! Mobile phones. Of course.", []),
        ("President Georgia Jackson met Mr. Paris and Gen. Aleppo.", []),
        ("The U.S.-led coalition and U.S. aircraft struck Raqqa, Syria.", ["Raqqa", "Syria"]),
        ("He works in the US and has a house in the UK.", ["US", "UK"]),
        ("The Baghdad-based group denied it.", []),
        ("Ships left the Gulf of Aden for Bosnia and Herzegovina.", ["Gulf of Aden", "Bosnia and Herzegovina"]),
        ("Shells fell on Kharkiv's suburbs in Ukraine.", ["Kharkiv", "Ukraine"]),
        ("Mosul fell in June 2014.", ["Mosul"]),
        ("MOSUL — Troops rested. Mosul residents are back.", ["MOSUL", "Mosul"]),
        ("The motion was made by Albert R. T. Tikrit. Motion was denied.", []),
        ("He went to St. Mary's Hospital before the St. Patrick's Day parade.", []),
        ("Ten people died in Iraq. Two men fled.", ["Iraq"]),
    ],
)
def test_finds_places_and_nothing_else(gazetteer: Gazetteer, text: str, places: list[str]) -> None:
    assert found(gazetteer, text) == places


def test_finds_places_in_text_written_in_capitals(gazetteer: Gazetteer) -> None:
    text = (
        "SAN SALVADOR, 3 JAN 90 -- GUERRILLAS ATTACKED A POWER STATION IN THE CITY OF SANTA ANA IN WESTERN EL "
        "SALVADOR THIS MORNING, AND MOST OF THE PEOPLE LEFT THE CITY FOR GUATEMALA."
    )
    assert found(gazetteer, text) == ["SAN SALVADOR", "SANTA ANA", "WESTERN EL SALVADOR", "GUATEMALA"]


def test_a_person_stays_a_person_through_the_article(gazetteer: Gazetteer) -> None:
    text = (
        "Ranj Washington is a judge. Washington was hurt when a bomb went off in Kirkuk. Washington left Iraq."
    )
    assert found(gazetteer, text) == ["Kirkuk", "Iraq"]


def test_finds_places_that_no_gazetteer_holds_when_the_words_say_so(gazetteer: Gazetteer) -> None:
    text = "Iraqi police searched Xanbela village and reached Zurmatiya, a small town in eastern Diyala."
    assert found(gazetteer, text) == ["Xanbela", "Zurmatiya", "eastern Diyala"]


def test_finds_whole_phrases(gazetteer: Gazetteer) -> None:
    text = (
        "Iraqi jets hit cars 20 km south of Mosul, the southwestern areas of Kirkuk, the outskirts of Tikrit "
        "and the border between Diyala and Salahuddin."
    )
    assert found(gazetteer, text) == [
        "20 km south of Mosul",
        "southwestern areas of Kirkuk",
        "the outskirts of Tikrit",
        "the border between Diyala and Salahuddin",
    ]


def test_only_the_given_stretch_is_searched(gazetteer: Gazetteer) -> None:
    article = make_article("Bombs in Mosul. Bombs in Erbil. Bombs in Iraq.")
    context = read_place_context(article, gazetteer)
    spans = find_places(article, context, gazetteer, 16, 31)
    assert [(span.start, span.text) for span in spans] == [(25, "Erbil")]


# --- which place is meant


@pytest.mark.parametrize(
    ("text", "wording", "identity"),
    [
        ("A court in Paris, Texas, heard him.", "Paris", "gn:4717560"),
        ("A court in Paris heard him.", "Paris", "gn:2988507"),
        ("Syrian rebels shelled Tripoli, Lebanon.", "Tripoli", "gn:266826"),
        ("Libyan militias fought in Tripoli.", "Tripoli", "gn:2210247"),
        ("The Georgian army left Tbilisi; Georgia is calm.", "Georgia", "iso:GE"),
        ("Police in Atlanta and Savannah, Georgia, said so.", "Georgia", "gn-a1:US.GA"),
        ("Iraqi troops left Salaheddine governorate.", "Salaheddine governorate", "gn-a1:IQ.18"),
        ("The Iraqi province of Nineveh is calm.", "Nineveh", "gn-a1:IQ.15"),
        ("Militants in Iraq hold the Nineveh Plain.", "Nineveh Plain", "region:nineveh-plain"),
        ("Iraqi men left Kirkuk province.", "Kirkuk", "gn-a1:IQ.13"),
        ("Iraqi men left the city of Kirkuk.", "Kirkuk", "gn:94787"),
        ("Nigerian soldiers fought in Borno State.", "Borno State", "gn-a1:NG.27"),
        ("Congolese rebels took Goma in the DRC.", "DRC", "iso:CD"),
        ("A man in Alexandria, La., was fined.", "Alexandria", "gn:4314550"),
        ("Iraqi forces reached Tal Afar.", "Tal Afar", "gn:90393"),
    ],
)
def test_reads_the_place_that_is_meant(gazetteer: Gazetteer, text: str, wording: str, identity: str) -> None:
    assert read_one(gazetteer, text, wording).gazetteer_id == identity


def test_the_dateline_is_a_cue(gazetteer: Gazetteer) -> None:
    text = "Alexandria – A bridge fell near Springfield on Friday."
    assert read_one(gazetteer, text, "Springfield").country == "US"
    text = "Tripoli – Shells fell on the town near Misrata on Friday."
    assert read_one(gazetteer, text, "Tripoli", place="Tripoli").country == "LY"


def test_the_web_address_is_a_cue(gazetteer: Gazetteer) -> None:
    text = "A bridge fell in Cordoba."
    plain = read_one(gazetteer, text, "Cordoba")
    assert plain.country != "ES"
    assert read_one(gazetteer, text, "Cordoba", url="https://news.example.es/1").country == "ES"
    assert read_one(gazetteer, text, "Cordoba", url="https://news.example.co/1") == plain


def test_kirkuk_province_does_not_make_every_kirkuk_the_province(gazetteer: Gazetteer) -> None:
    text = "Kirkuk province is calm. Iraqi police closed a road in Kirkuk."
    article = make_article(text)
    context = read_place_context(article, gazetteer)
    spans = find_places(article, context, gazetteer, 0, len(text))
    kinds = [where.kind for span in spans if (where := read_place(span, article, context, gazetteer))]
    assert kinds == ["admin1", "settlement"]


def test_a_list_shares_its_type_word(gazetteer: Gazetteer) -> None:
    text = "Attacks rose in Kirkuk, Diyala and Salahuddin provinces of Iraq."
    for wording in ("Kirkuk", "Diyala", "Salahuddin"):
        assert read_one(gazetteer, text, wording).precision == "admin1"


def test_ambiguous_names_score_low(gazetteer: Gazetteer) -> None:
    sure = read_one(gazetteer, "Iraqi troops are in Mosul.", "Mosul")
    unsure = read_one(gazetteer, "Two men met in Springfield.", "Springfield")
    assert sure.score > 0.9
    assert unsure.score < 0.6


def test_a_spelling_variant_scores_less_than_the_name(gazetteer: Gazetteer) -> None:
    text = "Iraqi forces are in Tikrit and in Teekreet."
    assert (
        read_one(gazetteer, text, "Teekreet").gazetteer_id == read_one(gazetteer, text, "Tikrit").gazetteer_id
    )
    assert read_one(gazetteer, text, "Teekreet").score < read_one(gazetteer, text, "Tikrit").score


def test_without_a_country_there_are_no_variants(gazetteer: Gazetteer) -> None:
    assert read_one(gazetteer, "Two men left Teekreet.", "Teekreet").precision == "unresolved"


def test_shares_sum_to_one_and_carry_their_features(gazetteer: Gazetteer) -> None:
    ranked = rank("Tripoli", Clue(), PlaceContext(countries=(("LB", 0.8),)), gazetteer)
    assert sum(item.share for item in ranked) == pytest.approx(1, abs=0.01)
    assert [item.share for item in ranked] == sorted((item.share for item in ranked), reverse=True)
    assert all(set(item.features) <= set(ranking_weights()) for item in ranked)
    assert rank("Xqzzyvar", Clue(), PlaceContext(), gazetteer) == ()


# --- how exact the words are


def test_kinds_give_their_precision_and_reach(gazetteer: Gazetteer) -> None:
    text = "Iraq said that Mosul in Nineveh and the Sahel are far apart."
    expected = {"Iraq": "country", "Mosul": "town", "Nineveh": "admin1", "Sahel": "region"}
    for wording, precision in expected.items():
        where = read_one(gazetteer, text, wording)
        assert where.precision == precision
        assert where.radius_km is not None and where.radius_km > 0


@pytest.mark.parametrize(
    ("text", "wording", "within"),
    [
        ("Iraqi police sealed off Xanbela village in Diyala.", "Xanbela village", "Diyala"),
        (
            "Iraqi troops fled to Zurmatiya, a region on the borders between Diyala and Salahuddin.",
            "Zurmatiya",
            "Diyala and Salahuddin",
        ),
        ("Iraqi fighters drove into Xara Tuba town, north of Diyala.", "Xara Tuba town", "Diyala"),
        ("Gunmen hold Kirkuk's Zomiz neighbourhood, Iraqi police said.", "Zomiz neighbourhood", "Kirkuk"),
        ("Gunmen hold the Zomiz neighbourhood in Kirkuk, Iraq.", "Zomiz neighbourhood in Kirkuk", "Kirkuk"),
        ("Iraqi gunmen hold Zomiz.", "Zomiz", None),
        ("Men on the outskirts of Zomiz Bek, a town in eastern Diyala, fled Iraq.", "Zomiz Bek", "Diyala"),
    ],
)
def test_unknown_names_stay_unresolved_with_their_container(
    gazetteer: Gazetteer, text: str, wording: str, within: str | None
) -> None:
    where = read_one(gazetteer, text, wording)
    assert (where.precision, where.within) == ("unresolved", within)
    assert (
        where.gazetteer_id is None
        and where.latitude is None
        and where.longitude is None
        and where.radius_km is None
    )
    assert where.name in wording and where.score == 0


def test_a_district_that_is_called_like_a_country_is_not_the_country(gazetteer: Gazetteer) -> None:
    text = "Iraqi police surrounded Aruba District in Kirkuk. Men in Aruba fired back."
    article = make_article(text)
    context = read_place_context(article, gazetteer)
    for start in (text.index("Aruba"), text.rindex("Aruba")):
        where = read_place(article.span(start, start + 5), article, context, gazetteer)
        assert where is not None and where.precision == "unresolved"


@pytest.mark.parametrize(
    ("wording", "precision", "near", "least", "most"),
    [
        ("20 km south of Mosul", "near", "Mosul", 17, 23),
        ("about 20 kilometers south of Mosul", "near", "Mosul", 17, 23),
        ("12 miles west of Mosul", "near", "Mosul", 17, 23),
        ("near Mosul", "near", "Mosul", 0, 1),
        ("the outskirts of Mosul", "near", "Mosul", 0, 1),
        ("outside Mosul", "near", "Mosul", 0, 1),
        ("south of Mosul", "near", "Mosul", 15, 45),
        ("southern Mosul", "area", "Mosul", 3, 16),
    ],
)
def test_relative_places(
    gazetteer: Gazetteer, wording: str, precision: str, near: str, least: float, most: float
) -> None:
    where = read_one(gazetteer, f"Iraqi jets hit a convoy moving {wording} on Friday.", wording)
    town = gazetteer.find(near)[0]
    assert town.latitude is not None and town.longitude is not None and town.radius_km is not None
    assert where.latitude is not None and where.longitude is not None and where.radius_km is not None
    assert where.precision == precision
    apart = distance_km((where.latitude, where.longitude), (town.latitude, town.longitude))
    assert least <= apart <= most
    # never sharpened: the circle is no smaller than the town's, but for a part of the town itself
    assert where.radius_km >= town.radius_km * (0.85 if precision == "area" else 1.0)


def test_bearings_point_the_right_way(gazetteer: Gazetteer) -> None:
    town = gazetteer.find("Mosul")[0]
    assert town.latitude is not None and town.longitude is not None
    for compass, up, right in (("north", 1, 0), ("south", -1, 0), ("east", 0, 1), ("northwest", 1, -1)):
        where = read_one(
            gazetteer, f"Iraqi cars stopped 40 km {compass} of Mosul.", f"40 km {compass} of Mosul"
        )
        assert where.latitude is not None and where.longitude is not None
        assert up * (where.latitude - town.latitude) >= 0.1 * abs(up)
        assert right * (where.longitude - town.longitude) >= 0.1 * abs(right)


def test_the_span_need_not_hold_the_relation(gazetteer: Gazetteer) -> None:
    text = "Iraqi jets hit a convoy 20 km south of Mosul on Friday."
    inner, whole = read_one(gazetteer, text, "Mosul"), read_one(gazetteer, text, "20 km south of Mosul")
    assert (inner.latitude, inner.precision, inner.radius_km) == (
        whole.latitude,
        whole.precision,
        whole.radius_km,
    )
    assert inner.text == "Mosul"


def test_areas_of_a_province_are_not_parts_of_its_city(gazetteer: Gazetteer) -> None:
    text = "Iraqi forces searched the southwestern areas of Kirkuk."
    where = read_one(gazetteer, text, "southwestern areas of Kirkuk")
    assert (where.precision, where.gazetteer_id, where.within) == ("area", "gn-a1:IQ.13", "Kirkuk")
    assert where.radius_km is not None and where.radius_km > 25


def test_a_border_covers_what_it_parts(gazetteer: Gazetteer) -> None:
    text = "Iraqi troops hold the border between Diyala and Salahuddin."
    where = read_one(gazetteer, text, "the border between Diyala and Salahuddin")
    assert (where.precision, where.country, where.gazetteer_id) == ("area", "IQ", None)
    assert where.latitude is not None and where.longitude is not None and where.radius_km is not None
    for name in ("Diyala", "Salahuddin"):
        place = gazetteer.find(name, country="IQ", kind="admin1")[0]
        assert place.latitude is not None and place.longitude is not None
        apart = distance_km((where.latitude, where.longitude), (place.latitude, place.longitude))
        assert apart <= where.radius_km + 0.1


def test_a_triangle_has_three_corners(gazetteer: Gazetteer) -> None:
    wording = "the triangle where the borders of Kirkuk, Diyala and Salahuddin meet"
    where = read_one(gazetteer, f"Iraqi troops hold {wording}.", wording)
    assert where.precision == "area" and where.radius_km is not None and where.radius_km > 40


def test_facilities_and_districts_are_less_exact_than_their_town(gazetteer: Gazetteer) -> None:
    text = "Iraqi troops held Tikrit airport, the Hawija district and the Haditha desert."
    airport, district, desert = (
        read_one(gazetteer, text, wording)
        for wording in ("Tikrit airport", "Hawija district", "Haditha desert")
    )
    assert (airport.kind, airport.precision) == ("facility", "near")
    assert (district.kind, district.precision) == ("admin2", "admin2")
    assert (desert.kind, desert.precision) == ("natural", "area")
    for where in (airport, district, desert):
        assert where.radius_km is not None and where.radius_km >= 15


def test_the_next_of_a_list_is_no_apposition(gazetteer: Gazetteer) -> None:
    where = read_one(gazetteer, "Iraqi troops hold Diyala, the Tikrit desert and Hawija.", "Diyala")
    assert (where.precision, where.kind) == ("admin1", "admin1")


def test_words_before_the_name_do_not_matter(gazetteer: Gazetteer) -> None:
    text = "Iraqi police closed a crowded market in Tikrit."
    assert read_one(gazetteer, text, "a crowded market in Tikrit").gazetteer_id == "gn:90150"


@pytest.mark.parametrize(
    "wording", ["Friday", "Iraqi", "March", "Iraqis", "President Salih", "the Washington Institute"]
)
def test_what_is_plainly_no_place_is_none(gazetteer: Gazetteer, wording: str) -> None:
    assert read(gazetteer, f"Men came from Mosul; {wording} was named.", wording) is None


# --- phrases


@pytest.mark.parametrize(
    ("wording", "relation", "names", "bearing", "distance"),
    [
        ("Mosul", "at", ["Mosul"], None, None),
        ("villages around Mosul", "near", ["Mosul"], None, None),
        ("its border with the Diyala province", "border", ["Diyala"], None, None),
        ("other areas in southwest Diyala", "part", ["Diyala"], 225, None),
        ("in the city of Mosul", "at", ["Mosul"], None, None),
        ("South Sudan", "at", ["South Sudan"], None, None),
        ("southern Sudan", "part", ["Sudan"], 180, None),
        ("the north of Iraq", "part", ["Iraq"], 0, None),
        ("north of Tikrit", "direction", ["Tikrit"], 0, None),
        ("25 km north-east of Tikrit", "offset", ["Tikrit"], 45, 25),
        ("10 miles from Tikrit", "offset", ["Tikrit"], None, 16.09344),
        ("800 metres east of Tikrit", "offset", ["Tikrit"], 90, 0.8),
        ("between Tikrit and Mosul", "between", ["Tikrit", "Mosul"], None, None),
        ("the Syria-Turkey border", "border", ["Syria", "Turkey"], None, None),
        ("the western countryside of Aleppo", "part", ["Aleppo"], 270, None),
        ("villages in Diyala province", "part", ["Diyala"], None, None),
    ],
)
def test_phrases(
    wording: str, relation: str, names: list[str], bearing: float | None, distance: float | None
) -> None:
    phrase = read_phrase(wording)
    assert (phrase.relation, [name.core for name in phrase.names], phrase.bearing) == (relation, names, bearing)
    assert phrase.distance_km == (None if distance is None else pytest.approx(distance))


@given(st.text(max_size=80))
def test_names_of_a_phrase_lie_in_it(wording: str) -> None:
    for name in read_phrase(wording).names:
        assert wording[name.start : name.end] == name.core


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("aA. ,’-"), max_size=60),
    st.sampled_from(["Mosul", "20 km south of Kirkuk", "US", ""]),
)
def test_any_text_can_be_read(gazetteer: Gazetteer, noise: str, name: str) -> None:
    text = f"{noise}{name}{noise} in Iraq"
    article = make_article(text)
    context = read_place_context(article, gazetteer)
    for span in find_places(article, context, gazetteer, 0, len(text)):
        assert text[span.start : span.end] == span.text
        read_place(span, article, context, gazetteer)


def test_reading_is_deterministic(gazetteer: Gazetteer) -> None:
    text = "Iraqi troops left Mosul, Hawija and Tikrit for Springfield and Alexandria."
    article = make_article(text)
    contexts = [read_place_context(article, gazetteer) for _ in range(2)]
    assert contexts[0] == contexts[1]


@pytest.mark.parametrize(
    "piece", ["Mosul and ", "A B ", "aaaa", "In Mosul, ", "the border between Diyala and ", "1.1 "]
)
def test_a_hostile_paragraph_is_read(gazetteer: Gazetteer, piece: str) -> None:
    text = piece * (60_000 // len(piece))
    article = make_article(text)
    context = read_place_context(article, gazetteer)
    for found in find_places(article, context, gazetteer, 0, 5_000):
        assert text[found.start : found.end] == found.text
    read_place(article.span(0, len(text)), article, context, gazetteer)


# --- faults that users met


@pytest.mark.parametrize(
    ("text", "wording", "country"),
    [
        ("Gunmen attacked Hawija and Taza, south of Kirkuk, in Iraq on Friday.", "Taza", "IQ"),
        ("Troops searched the villages around Riyadh. Shots fell near Hawija in Iraq.", "Riyadh", "IQ"),
        ("The Saudi king met Iraqi ministers in Riyadh; later they flew home to Baghdad.", "Riyadh", "SA"),
        ("Iraqi police found two bodies in Riyadh, near Hawija in Kirkuk province.", "Riyadh", "IQ"),
        ("Shells fell on Russia's Belgorod region on Monday.", "Belgorod", "RU"),
    ],
)
def test_towns_at_home_win_over_known_ones_abroad(
    gazetteer: Gazetteer, text: str, wording: str, country: str
) -> None:
    assert read_one(gazetteer, text, wording).country == country


def test_an_unresolved_place_has_the_country_of_its_container(gazetteer: Gazetteer) -> None:
    where = read_one(gazetteer, "Police searched Xanbela village in Diyala province.", "Xanbela village")
    assert (where.precision, where.country, where.admin1, where.latitude) == (
        "unresolved",
        "IQ",
        "Diyala",
        None,
    )


def test_ambiguity_is_kept_as_alternatives(gazetteer: Gazetteer) -> None:
    where = read_one(gazetteer, "Two men met in Tripoli.", "Tripoli")
    assert {option.country for option in where.alternatives} & {"LB", "LY"}


def test_coordinates_in_text_are_places(gazetteer: Gazetteer) -> None:
    text = "The convoy was hit at 35.47N 44.39E, near Kirkuk."
    assert found(gazetteer, text) == ["35.47N 44.39E", "near Kirkuk"]
    where = read_one(gazetteer, text, "35.47N 44.39E")
    assert (where.latitude, where.longitude, where.precision) == (35.47, 44.39, "point")
    bare = make_article("The convoy was hit at 35.47, 44.39 on Friday.")
    part = read_place(bare.span(22, 27), bare, read_place_context(bare, gazetteer), gazetteer)
    assert part is not None
    assert (part.text, part.latitude, part.longitude) == ("35.47, 44.39", 35.47, 44.39)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("at 35°28′N, 44°23′E", [(35.466667, 44.383333)]),
        ("at 12.5S 3W", [(-12.5, -3.0)]),
        ("(35.4681, 44.3922)", [(35.4681, 44.3922)]),
        ("1.5, 2.5 and 95.000, 200.000 and 99N 10E", []),
        ("hit at 35.47, 44.39 on Friday", [(35.47, 44.39)]),
        ("at coordinates (-3.15, 29.36)", [(-3.15, 29.36)]),
        ("scores of 0.55, 1.52, at 95.20, 200.10", []),
    ],
)
def test_coordinates(text: str, points: list[tuple[float, float]]) -> None:
    assert [item.point for item in find_coordinates(text, 0, len(text))] == points


def test_a_triangle_in_running_text_is_one_place(gazetteer: Gazetteer) -> None:
    text = "Iraqi jets struck the triangle where Diyala, Salahuddin and Kirkuk meet."
    assert found(gazetteer, text) == ["the triangle where Diyala, Salahuddin and Kirkuk"]


@pytest.mark.parametrize(
    ("precision", "radius", "acled", "ged"),
    [
        ("point", 0.1, 1, 1), ("town", 8.0, 1, 1), ("near", 20.0, 2, 2), ("near", 60.0, 2, 5),
        ("admin2", 30.0, 2, 3), ("admin1", 90.0, 3, 4), ("region", 300.0, 3, 5), ("country", 500.0, None, 6),
        ("unresolved", None, None, None),
    ],
)  # fmt: skip
def test_codes_of_precision(
    precision: WherePrecision, radius: float | None, acled: int | None, ged: int | None
) -> None:
    where = Where(0, 1, "X", name="X", latitude=1.0, longitude=1.0, precision=precision, radius_km=radius)
    assert (acled_precision(where), ged_precision(where)) == (acled, ged)
    assert acled_precision(Where(0, 1, "X", name="X", precision=precision)) is None


# --- areas and the units of groups


def test_a_state_where_there_are_none_is_the_unit_of_a_group(gazetteer: Gazetteer) -> None:
    text = "The group closed offices of its “Diyala State” in Tikrit, Iraq."
    assert read(gazetteer, text, "Diyala State") is None
    article = make_article(text)
    context = read_place_context(article, gazetteer)
    spans = find_places(article, context, gazetteer, 0, len(article.text))
    assert [span.text for span in spans] == ["Tikrit", "Iraq"]
    assert read_one(gazetteer, "Gunmen raided Borno State in Nigeria.", "Borno State").precision == "admin1"


def test_a_district_is_no_province_of_that_name(gazetteer: Gazetteer) -> None:
    text = "Guards in Kirkuk, Iraq, shot at a man in the Qadisiyah district."
    assert read_one(gazetteer, text, "Qadisiyah district").precision == "unresolved"
    assert read_one(gazetteer, "Men died in Haifa District, Israel.", "Haifa District").precision == "admin1"


def test_an_area_does_not_lie_within_another(gazetteer: Gazetteer) -> None:
    text = "Police closed a road in the Qadisiyah quarter of Kirkuk, Iraq."
    where = read_one(gazetteer, text, "Qadisiyah")
    assert (where.precision, where.within) == ("unresolved", "Kirkuk")


def test_what_follows_tells_the_area_from_its_city(gazetteer: Gazetteer) -> None:
    assert read_one(gazetteer, "Iraqi aides saw the Kirkuk governor.", "Kirkuk").kind == "admin1"
    where = read_one(gazetteer, "He was born in Buffalo, New York, in the United States.", "New York")
    assert where.gazetteer_id == "gn-a1:US.NY"
    (mexico,) = (read_one(gazetteer, "Mexico City is calm, and so is all of Mexico.", "Mexico"),)
    assert mexico.precision == "country"


def test_a_possessor_before_a_preposition_holds_nothing(gazetteer: Gazetteer) -> None:
    text = "Troops took Tikrit, Baghdad's last goal in Iraq."
    assert read_one(gazetteer, text, "Iraq").within is None


@pytest.mark.parametrize(
    ("text", "wording", "identity"),
    [
        ("Iraqi officials in Mosul said that Washington would send arms.", "Washington", "gn:4140963"),
        ("The fire in Spokane, Washington, reached Yakima and Tacoma.", "Washington", "gn-a1:US.WA"),
        ("The EU will send aid to Syria, said an envoy in Brussels.", "EU", "region:european-union"),
    ],
)
def test_a_state_is_known_by_its_capital(gazetteer: Gazetteer, text: str, wording: str, identity: str) -> None:
    assert read_one(gazetteer, text, wording).gazetteer_id == identity


def test_what_lies_around_a_place_shows_what_else_the_name_may_mean(gazetteer: Gazetteer) -> None:
    text = "Troops swept villages around Riyadh. Kirkuk province saw three attacks, the Iraqi army said."
    where = read_one(gazetteer, text, "villages around Riyadh")
    assert (where.country, where.precision) == ("IQ", "near")
    assert [other.country for other in where.alternatives] == ["SA"] and where.score < 0.8


def test_all_that_is_referred_to_is_told_with_its_role(gazetteer: Gazetteer) -> None:
    text = "A Kirkuk-based group met the Sri Lankan army and two Czechs in Mosul, Iraq."
    article = make_article(text)
    found = find_references(article, read_place_context(article, gazetteer), gazetteer)
    assert [(one.span.text, one.role) for one in found] == [
        ("Kirkuk", "part"),
        ("Sri Lankan", "people"),
        ("Czechs", "people"),
        ("Mosul", "place"),
        ("Iraq", "place"),
    ]


# --- namesakes abroad

KENYA = "Kenya said that gunmen from Wajir and Garissa had attacked "


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        (f"{KENYA}Burgum.", "Burgum", None),
        ("The Netherlands said that gunmen had attacked Burgum.", "Burgum", "NL"),
        ("Gunmen attacked Burgum.", "Burgum", "NL"),
        (f"{KENYA}Burgum in the Netherlands.", "Burgum", "NL"),
        ("Gunmen attacked al-Burgum.", "al-Burgum", None),
        ("Gunmen attacked al-Mosul.", "al-Mosul", "IQ"),
        (f"{KENYA}Leipzig.", "Leipzig", "DE"),
        (f"{KENYA}Raqqa.", "Raqqa", "SY"),
        (f"{KENYA}Riga.", "Riga", "LV"),
        ("Congo said that gunmen from Bunia and Beni had attacked Kilo.", "Kilo", None),
        ("Germany said that gunmen from Hamburg had attacked Kilo.", "Kilo", "DE"),
        ("Chad said that people from Adre had reached Zalingei.", "Zalingei", "SD"),
        ("Somalia said that gunmen from Kismayo and Gedo had attacked Mandera county.", "Mandera county", "KE"),
    ],
)
def test_a_small_place_abroad_is_no_more_than_a_namesake(
    gazetteer: Gazetteer, text: str, name: str, country: str | None
) -> None:
    where = read_one(gazetteer, text, name)
    assert (where.country, where.precision == "unresolved") == (country, country is None)


@pytest.mark.parametrize("state", ["Chhattisgarh", "Karnataka"])
def test_a_district_lies_in_the_state_that_is_told_with_it(gazetteer: Gazetteer, state: str) -> None:
    where = read_one(gazetteer, f"Rebels attacked a base in Bijapur district in {state}.", "Bijapur district")
    assert (where.admin1, where.precision) == (state, "admin2")


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Nine dead this time in Kirkuk.", "Nine"),
        ("Four more dead in Kirkuk.", "Four"),
        ("Seven of those died in Kirkuk.", "Seven of those"),
    ],
)
def test_a_number_at_the_head_of_a_sentence_is_no_town(gazetteer: Gazetteer, text: str, wording: str) -> None:
    assert found(gazetteer, text) == ["Kirkuk"]
    assert read(gazetteer, text, wording) is None


def test_an_alias_is_a_person(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "The bomb was the work of alias Medina, police in Kirkuk said.") == ["Kirkuk"]


@pytest.mark.parametrize("name", ["July 23 Street", "6 October Bridge", "May 1 Square"])
def test_what_is_called_after_a_day_lies_in_its_town(gazetteer: Gazetteer, name: str) -> None:
    assert read_one(gazetteer, f"Clashes broke out at {name} in Cairo.", name).kind == "facility"
