"""What a span of the coder names: one place, several, one named before, or none."""

import pytest

from dateline.model.values import Where
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.place_spans import is_bordered, places_about, read_places
from dateline.resolve.places import find_places, read_place_context
from tests.resolve.articles import make_article


def read(gazetteer: Gazetteer, text: str, wording: str) -> tuple[Where, ...]:
    article = make_article(text)
    context = read_place_context(article, gazetteer)
    start = article.text.rindex(wording)
    found = read_places(article.span(start, start + len(wording)), article, context, gazetteer)
    assert all(article.text[where.start : where.end] == where.text for where in found)
    return found


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Police near Berlin stopped a train on Monday.", "train"),
        ("The gunmen hid in a forest in northern Nigeria.", "forest"),
        ("Two farmers from Nigeria died on the road to remote areas.", "remote areas"),
        ("Nigerian rebels lost ground in the south-west.", "south-west"),
        ("Nigerian rebels lost that to the army.", "that"),
    ],
)
def test_common_words_are_no_places(gazetteer: Gazetteer, text: str, wording: str) -> None:
    assert read(gazetteer, text, wording) == ()


def test_a_text_without_capitals_may_name_places(gazetteer: Gazetteer) -> None:
    (where,) = read(gazetteer, "gunmen in nigeria attacked maiduguri on monday.", "maiduguri")
    assert where.country == "NG"


@pytest.mark.parametrize(
    ("text", "wording", "name", "basis"),
    [
        ("Rebels shelled Mosul on Monday. Ten people fled the city.", "city", "Mosul", "inherited"),
        ("Iraqi troops left Mosul and then retook the city.", "the city", "Mosul", "stated"),
        ("Officials in Diyala asked for troops in the province.", "the province", "Diyala", "stated"),
    ],
)
def test_a_common_noun_is_the_place_named_before(
    gazetteer: Gazetteer, text: str, wording: str, name: str, basis: str
) -> None:
    (where,) = read(gazetteer, text, wording)
    assert (where.name, where.basis) == (name, basis)


def test_a_city_far_behind_its_name_is_the_only_one_named(gazetteer: Gazetteer) -> None:
    between = " He said so. They heard him. It was late. All slept."
    one = f"Gunmen came to Mosul.{between} Shots were heard in the city."
    assert [where.name for where in read(gazetteer, one, "city")] == ["Mosul"]
    two = f"Gunmen came from Tikrit to Mosul.{between} Shots were heard in the city."
    assert read(gazetteer, two, "city") == ()


def test_a_city_is_not_the_country_named_before(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "The army of Iraq said it had entered the city.", "the city") == ()


def test_parts_of_the_province_named_before_lie_towards_their_directions(gazetteer: Gazetteer) -> None:
    text = "Officials in Diyala asked for more troops in the north and west of the province."
    (where,) = read(gazetteer, text, "west of the province")
    assert where.text == "the north and west of the province"
    assert (where.precision, where.within, where.country) == ("area", "Diyala", "IQ")
    (whole,) = read(gazetteer, text, "Diyala")
    assert where.latitude is not None and whole.latitude is not None and where.latitude > whole.latitude
    assert where.longitude is not None and whole.longitude is not None and where.longitude < whole.longitude


def test_a_nation_before_the_type_word_is_no_part_of_the_name(gazetteer: Gazetteer) -> None:
    (kunduz,) = read(gazetteer, "A blast shook the Afghan city of Kunduz.", "the Afghan city of Kunduz")
    assert (kunduz.name, kunduz.country) == ("Kunduz", "AF")
    (town,) = read(gazetteer, "Men died near the Iraqi town of Zorwela.", "near the Iraqi town of Zorwela")
    assert "Zorwela" in town.name and town.precision == "unresolved"
    (old,) = read(
        gazetteer, "They shelled the besieged Syrian city of Homs.", "the besieged Syrian city of Homs"
    )
    assert old.country == "SY" and old.precision == "town"


@pytest.mark.parametrize(
    ("text", "wording", "names"),
    [
        ("They swept through southern and eastern Iraq.", "and eastern Iraq", ["eastern Iraq"]),
        ("Iraqi men died in Zorwela and Bel Tamu.", "Zorwela and Bel Tamu", ["Zorwela", "Bel Tamu"]),
        ("Iraqi men died in Zorwela and Bel Tamu.", "Zorwela and", ["Zorwela"]),
        ("They took Tikrit, the group's capital in Iraq.", "the group's capital in Iraq", ["Iraq"]),
    ],
)
def test_clumsy_cuts_and_lists_are_read_by_their_names(
    gazetteer: Gazetteer, text: str, wording: str, names: list[str]
) -> None:
    assert [where.name for where in read(gazetteer, text, wording)] == names


def test_a_common_noun_gives_the_examples_behind_it(gazetteer: Gazetteer) -> None:
    text = "Many fled to neighbouring states, including Jordan, Turkey and Lebanon, aides in Paris said."
    assert [where.name for where in read(gazetteer, text, "neighbouring states")] == [
        "Jordan",
        "Turkey",
        "Lebanon",
    ]


def test_a_neighbourhood_lies_in_the_town_told_of(gazetteer: Gazetteer) -> None:
    text = "Iraqi police hold most of Tikrit. Gunmen are trapped in Zorwela and Bel Tamu. "
    (where,) = read(gazetteer, text + "Troops are clearing those neighborhoods.", "Bel Tamu")
    assert (where.precision, where.kind, where.within, where.country) == (
        "unresolved",
        "neighbourhood",
        "Tikrīt",
        "IQ",
    )
    (unknown,) = read(gazetteer, text + "Troops are clearing those villages.", "Bel Tamu")
    assert (unknown.within, unknown.country) == (None, None)
    called = "Iraqi men fired in Tikrit. Gunmen hold Zorwela. The Zorwela neighbourhood burns."
    (named,) = read(gazetteer, called, "Zorwela neighbourhood")
    assert (named.name, named.within) == ("Zorwela", "Tikrīt")


def about(gazetteer: Gazetteer, text: str, word: str, *others: str, people: tuple[str, ...] = ()) -> list[str]:
    article = make_article(text)
    context = read_place_context(article, gazetteer)
    named = find_places(article, context, gazetteer, 0, len(article.text))

    def span(wording: str) -> tuple[int, int]:
        start = article.text.index(wording)
        return start, start + len(wording)

    kept = places_about(
        named,
        article.span(*span(word)),
        [article.span(*span(other)) for other in others],
        article,
        [article.span(*span(each)) for each in people],
    )
    return [one.text for one in kept]


def test_a_name_before_a_happening_is_its_place_and_no_other_ones(gazetteer: Gazetteer) -> None:
    text = "The raid in Tikrit was meant to disturb the Mosul offensive, Iraqi police said."
    assert about(gazetteer, text, "offensive", "raid") == ["Mosul"]
    assert about(gazetteer, text, "raid", "offensive") == ["Tikrit"]


def test_where_people_fled_from_is_no_place_of_an_attack(gazetteer: Gazetteer) -> None:
    text = "Police in Tikrit reported attacks by Iraqi gunmen fleeing Mosul."
    assert about(gazetteer, text, "attacks", "fleeing") == ["Tikrit"]
    assert about(gazetteer, text, "fleeing", "attacks") == ["Tikrit", "Mosul"]


def test_what_a_place_only_borders_on_is_none(gazetteer: Gazetteer) -> None:
    article = make_article("They searched fields bordering Tikrit and hills near Mosul.")
    bordered, led, near = article.span(31, 37), article.span(21, 37), article.span(53, 58)
    assert (bordered.text, led.text, near.text) == ("Tikrit", "bordering Tikrit", "Mosul")
    assert is_bordered(article.text, bordered)
    assert is_bordered(article.text, led)
    assert not is_bordered(article.text, near)


def test_what_a_reason_tells_of_is_no_place_of_an_attack(gazetteer: Gazetteer) -> None:
    text = "This was revenge in an attack by Iraqi gunmen because they are losing Mosul."
    assert about(gazetteer, text, "attack") == []


def test_where_a_speaker_is_from_counts_only_where_nothing_else_is_named(gazetteer: Gazetteer) -> None:
    who = "an officer in Tikrit, Iraq"
    alone = about(gazetteer, f"Three men died in an attack, {who} said.", "attack", people=(who,))
    assert alone == ["Tikrit"]
    both = about(gazetteer, f"Three men died in an attack at Mosul, {who} said.", "attack", people=(who,))
    assert both == ["Mosul"]


def test_a_country_that_speaks_is_no_place(gazetteer: Gazetteer) -> None:
    assert about(gazetteer, "Iraq had warned of an attack.", "attack", people=("Iraq",)) == []


def test_a_building_keeps_the_word_for_it(gazetteer: Gazetteer) -> None:
    (church,) = read(gazetteer, "Iraqi men fired outside a Chaldean church.", "outside a Chaldean church")
    assert (church.name, church.kind, church.precision) == ("Chaldean church", "facility", "unresolved")


def test_several_places_are_those_that_a_sentence_before_names_as_many_of(gazetteer: Gazetteer) -> None:
    text = (
        "Diyala, Kirkuk and Anbar provinces in Iraq are calm. Police hold Tikrit. "
        "Gunmen had moved into the three provinces in May. Nobody lives in the two towns."
    )
    named = read(gazetteer, text, "three provinces")
    assert [(where.kind, where.country, where.basis) for where in named] == [("admin1", "IQ", "inherited")] * 3
    assert read(gazetteer, text, "two towns") == ()


def test_a_place_between_two_unknown_ones_is_neither(gazetteer: Gazetteer) -> None:
    (where,) = read(gazetteer, "Iraqi men died between Zorwela and Tikrit.", "between Zorwela and Tikrit")
    assert where.precision == "unresolved" and where.text == "between Zorwela and Tikrit"


def test_two_directions_mean_the_part_between_them(gazetteer: Gazetteer) -> None:
    (both,) = read(gazetteer, "They swept across northern and western Iraq.", "northern and western Iraq")
    assert (both.precision, both.within) == ("area", "Iraq")
    (whole,) = read(gazetteer, "They swept across Iraq.", "Iraq")
    assert both.latitude is not None and whole.latitude is not None and both.latitude > whole.latitude
    assert both.longitude is not None and whole.longitude is not None and both.longitude < whole.longitude
