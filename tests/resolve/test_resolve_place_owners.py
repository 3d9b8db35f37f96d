"""Places told of by what owns or describes them, as wire copy does in every other sentence."""

import pytest

from dateline.model.values import Where
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.place_capitals import capital_meant
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_groups import read_group
from dateline.resolve.place_owners import with_held, with_owned
from dateline.resolve.places import read_place_context
from tests.resolve.articles import make_article


def read(gazetteer: Gazetteer, place: str, *spans: str) -> list[Where]:
    """Read the spans of a sentence about a killing in `place`."""
    article = make_article(f"Gunmen killed five people in {place} on Friday.")
    context: PlaceContext = read_place_context(article, gazetteer)
    starts = [(article.text.index(span), span) for span in spans or (place,)]
    marked = [article.span(start, start + len(span)) for start, span in starts]
    return list(read_group(marked, article, context, gazetteer))


@pytest.mark.parametrize(
    ("place", "spans", "names", "precision", "country"),
    [
        ("Nigeria's Borno state", ["Nigeria's", "Borno state"], ["Borno"], "admin1", "NG"),
        ("Congo's Ituri province", [], ["Ituri"], "region", "CD"),
        ("Myanmar’s Rakhine state", ["Myanmar’s", "Rakhine state"], ["Rakhine"], "admin1", "MM"),
        ("Baghdad's Sadr City", ["Baghdad's", "Sadr City"], ["Sadr City"], "town", "IQ"),
        ("Pakistan's southwestern Balochistan province", [], ["Balochistan"], "admin1", "PK"),
        ("southern Thailand's Pattani province", [], ["Pattani"], "admin1", "TH"),
        ("Syria's rebel-held Idlib province", ["Syria", "Idlib province"], ["Idlib"], "admin1", "SY"),
        ("Kenya's coastal town of Lamu", ["Kenya's", "coastal town of Lamu"], ["Lamu"], "town", "KE"),
        ("Nigeria's northeast", ["Nigeria's", "northeast"], ["Nigeria's northeast"], "area", "NG"),
        ("Congo's volatile east", ["Congo"], ["Congo's volatile east"], "area", "CD"),
        ("Nigeria's capital", ["Nigeria"], ["Abuja"], "town", "NG"),
        ("the Afghan capital", [], ["Kabul"], "town", "AF"),
        ("the northern city of Mosul", [], ["Mosul"], "town", "IQ"),
        ("the northern Iraqi city of Mosul", [], ["Mosul"], "town", "IQ"),
        ("the southwestern province of Balochistan", [], ["Balochistan"], "admin1", "PK"),
        ("the southern Gaza Strip city of Rafah", [], ["Rafaḩ"], "town", "PS"),
        ("eastern Congo", [], ["eastern Congo"], "area", "CD"),
    ],
)
def test_what_owns_or_describes_a_place_is_no_place_beside_it(
    gazetteer: Gazetteer, place: str, spans: list[str], names: list[str], precision: str, country: str
) -> None:
    found = read(gazetteer, place, *spans)
    assert [where.name for where in found] == names
    assert [(where.precision, where.country) for where in found] == [(precision, country)]


def test_the_part_towards_a_side_stays_a_part(gazetteer: Gazetteer) -> None:
    (where,) = read(gazetteer, "northeastern Borno state")
    assert (where.precision, where.within) == ("area", "Borno")


def test_the_border_of_two_lies_between_them(gazetteer: Gazetteer) -> None:
    (where,) = read(
        gazetteer,
        "villages near Mali's border with Niger",
        "near Mali's border with",
        "Niger",
    )
    assert where.text == "near Mali's border with Niger"
    assert where.latitude is not None and 10 < where.latitude < 25


@pytest.mark.parametrize("name", ["St. John's", "Coeur d'Alene"])
def test_a_name_with_a_possessive_in_it_stays_whole(gazetteer: Gazetteer, name: str) -> None:
    article = make_article(f"A boat sank near {name} on Friday.")
    start = article.text.index(name)
    span = article.span(start, start + len(name))
    assert with_owned([span], article, gazetteer) == (span,)


def test_no_capital_is_meant_without_a_country(gazetteer: Gazetteer) -> None:
    assert capital_meant("the provincial capital", gazetteer) is None
    assert capital_meant("Venture capital", gazetteer) is None


def test_the_name_before_its_country_is_read_with_it(gazetteer: Gazetteer) -> None:
    article = make_article("Jets hit a depot near Raqqa, Syria, on Friday.")
    start = article.text.index("Syria")
    spans = with_held([article.span(start, start + 5)], article)
    assert [span.text for span in spans] == ["Raqqa", "Syria"]
    assert with_held(spans, article) == spans


@pytest.mark.parametrize(
    ("place", "name", "within"),
    [
        ("key towns in Northern Iraq including Zumar", "Zumar", "Iraq"),
        ("Urem al-Kubra, northern Syria,", "Urem al-Kubra", "Syria"),
        ("Lahore's Old City", "Old City", "Lahore"),
        ("the Kandahar province town of Dabanga", "Dabanga", "Kandahar"),
    ],
)
def test_an_unknown_place_lies_where_the_words_put_it(
    gazetteer: Gazetteer, place: str, name: str, within: str
) -> None:
    (where,) = read(gazetteer, place, name)
    assert (where.name, where.within, where.precision) == (name, within, "unresolved")
    assert where.country is not None


def test_an_area_does_not_lie_in_what_is_called_of_it(gazetteer: Gazetteer) -> None:
    found = read(gazetteer, "the Punjab province of Pakistan", "Pakistan")
    assert [(where.country, where.within) for where in found] == [("PK", None)]
