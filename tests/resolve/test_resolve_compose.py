"""Composition: actors made from nouns, nations and modifiers, and the names of persons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.resolve import lexicon as lexicon_module
from dateline.resolve.compose import compose
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import FOLDER, count_countries, load_nations, load_yaml
from dateline.resolve.persons import find_persons, read_person
from dateline.resolve.wording import words


@pytest.mark.parametrize(
    ("wording", "name", "made", "kind", "country"),
    [
        ("the Iraqi army", "Iraqi army", "iq/military", "military", "IQ"),
        ("Nigerien police", "Nigerien police", "ne/police", "police", "NE"),
        ("Nigerian police", "Nigerian police", "ng/police", "police", "NG"),
        ("Colombian troops", "Colombian troops", "co/military", "military", "CO"),
        ("four Malian soldiers", "Malian soldiers", "ml/military", "military", "ML"),
        ("members of the Burmese security forces", "Burmese security forces", "mm/security", "military", "MM"),
        ("U.S. special forces", "U.S. special forces", "us/military", "military", "US"),
        ("South Sudanese officials", "South Sudanese officials", "ss/government", "government", "SS"),
        ("Congo's army", "Congo's army", "cd/military", "military", "CD"),  # which Congo is not said
        ("police in Kenya", "police", "ke/police", "police", "KE"),
        ("troops from Chad", "troops", "td/military", "military", "TD"),
        ("villagers", "villagers", None, "civilians", None),
        ("dozens of villagers", "villagers", None, "civilians", None),
        ("40,000 civilians", "civilians", None, "civilians", None),
        ("at least 12 Rohingya refugees", "Rohingya refugees", "rohingya/civilians", "civilians", "MM"),
        ("a 12-year-old boy", "boy", None, "civilians", None),
        ("two Palestinians", "Palestinians", "ps/civilians", "civilians", "PS"),
        ("unidentified gunmen", "unidentified gunmen", None, "unidentified", None),
        ("a group of about 20 masked gunmen", "masked gunmen", None, "unidentified", None),
        ("unknown militants", "unknown militants", None, "unidentified", None),
        ("suspected jihadists", "suspected jihadists", None, "armed_group", None),
        ("Tuareg rebels", "Tuareg rebels", "tuareg/rebels", "armed_group", None),
        ("a Kurdish commander", "Kurdish commander", "kurdish/military", "military", None),
        ("Iran-backed Shi'ite militias", "Iran-backed Shi'ite militias", "shia/militia", "militia", None),
        ("a Saudi-led coalition", "Saudi-led coalition", None, "coalition", None),
        ("local tribal leaders", "local tribal leaders", None, "tribe", None),
        ("the al-Bu Fahad tribe", "al-Bu Fahad tribe", None, "tribe", None),
        ("protesters", "protesters", None, "protesters", None),
        ("aid workers", "aid workers", None, "ngo", None),
        ("journalists", "journalists", None, "media", None),
        ("UN peacekeepers", "UN peacekeepers", None, "intergovernmental", None),
        ("a former army chief", "former army chief", None, "person", None),
        ("Kawthar Liberation Army", "Kawthar Liberation Army", None, "armed_group", None),
        ("Kurdish and Iraqi forces", "Kurdish and Iraqi forces", None, "military", None),
        ("Jamaica Constabulary Force", "Jamaica Constabulary Force", "jm/police", "police", "JM"),
        ("an unidentified armed actor", "unidentified armed actor", None, "unidentified", None),
        ("The Iraqi Ministry of Interior", "Iraqi Ministry of Interior", "iq/government", "government", "IQ"),
        ("herdsmen (Sudan)", "herdsmen", "sd/civilians", "civilians", "SD"),
        ("Danu Front for Freedom", "Danu Front for Freedom", None, "armed_group", None),
    ],
)
def test_worked_examples(wording: str, name: str, made: str | None, kind: str, country: str | None) -> None:
    composed = compose(wording)
    assert composed is not None
    assert (composed.name, composed.id, composed.kind, composed.country) == (name, made, kind, country)


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "the outskirts",
        "police station",
        "Monday",
        "a bridge",
        "us",
        "military action",
        "a major IS attempt",
    ],
)
def test_what_is_no_actor_is_not_composed(wording: str) -> None:
    assert compose(wording) is None


def test_only_forces_of_a_state_take_the_country_of_the_article() -> None:
    forces = compose("government forces", country="NG")
    assert forces is not None
    assert (forces.id, forces.country) == ("ng/military", "NG")
    for wording in ("villagers", "rebels", "foreign troops", "opposition forces", "gunmen"):
        composed = compose(wording, country="NG")
        assert composed is not None
        assert composed.country is None, wording


@pytest.mark.parametrize(
    ("wording", "name", "kind"),
    [
        ("the Army of National Liberation", "Army of National Liberation", "armed_group"),
        ("Interim Government of Danuland", "Interim Government of Danuland", "government"),
        ("the Danu People's Army", "Danu People's Army", "military"),
        ("a liberation army", "liberation army", "armed_group"),
    ],
)
def test_an_army_or_government_of_another_does_not_take_the_country(wording: str, name: str, kind: str) -> None:
    composed = compose(wording, country="CO")
    assert composed is not None
    assert (composed.name, composed.id, composed.kind, composed.country) == (name, None, kind, None)


def test_a_police_is_named_after_its_town() -> None:
    composed = compose("the police of Danu", country="CO")
    assert composed is not None
    assert composed.id == "co/police"


def test_the_words_go_before_the_country_of_the_article() -> None:
    composed = compose("Chadian soldiers", country="NG")
    assert composed is not None
    assert composed.country == "TD"


@pytest.mark.parametrize(
    ("wording", "name", "kind"),
    [
        ("Lieutenant Colonel Anwar Said, head of the security office in Kalar", "Anwar Said", "military"),
        ("Iraqi Army spokesman Brig. Gen. Tariq Nasser", "Tariq Nasser", "military"),
        ("Police Inspector Jane Otieno", "Jane Otieno", "police"),
        ("Sheikh Omar bin Ali al-Harbi", "Omar bin Ali al-Harbi", "person"),
        ("Governor Luis de la Vega", "Luis de la Vega", "government"),
        ("rebel commander Jean-Pierre Mbeki", "Jean-Pierre Mbeki", "armed_group"),
        ("Nadia Karam, a Sunni activist from Anah", "Nadia Karam", "person"),
        ("Peter Lund, a researcher at a think tank", "Peter Lund", "person"),
        ("COL JUAN PERALTA", "JUAN PERALTA", "military"),
    ],
)
def test_persons(wording: str, name: str, kind: str) -> None:
    person = read_person(wording)
    assert person is not None
    assert (person.name, person.kind) == (name, kind)
    assert wording[person.start : person.end] == name


@pytest.mark.parametrize(
    "wording",
    [
        *("the president", "governor of Kirkuk", "Tuz Khurmatu", "PRIVATE PROPERTY", "GENERAL ELECTIONS", ""),
        *("National Front for Freedom", "Liwa al-Sultan Danu", "Martyr Lieutenant Ahmed Danu Brigades"),
    ],
)
def test_what_is_no_person(wording: str) -> None:
    assert read_person(wording) is None


def test_persons_are_found_in_running_text() -> None:
    text = "Col. Amina Diallo spoke first. Later Paul Nkosi, a teacher, and Diallo left the hall."
    assert [person.name for person in find_persons(text)] == ["Amina Diallo", "Paul Nkosi"]


def test_countries_are_counted_by_name_adjective_people_and_case() -> None:
    text = (
        "Turkish jets hit Iraq; Turkey denied it. A turkey crossed the road. The US told us that Iraqis fled."
    )
    assert count_countries(list(words(text))) == (("IQ", 2), ("TR", 2), ("US", 1))


def test_longer_names_of_countries_win() -> None:
    text = "Papua New Guinea, Guinea-Bissau, South Sudanese, Niger, Nigeria and the Republic of Ireland"
    assert dict(count_countries(list(words(text)))) == {"PG": 1, "GW": 1, "SS": 1, "NE": 1, "NG": 1, "IE": 1}


def test_seats_and_countries() -> None:
    nations = load_nations()
    assert nations.seat_of("Ankara") == "TR"
    assert nations.seat_of("the Kremlin") == "RU"
    assert nations.seat_of("Kirkuk") is None
    assert nations.country_of("the United States") == "US"
    assert nations.country_of("Iraqi") is None


def test_a_broken_word_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = load_yaml(FOLDER / "compose.yaml")
    data["counts"] = [*data["counts"], False]
    data["classes"].append({"class": "robots", "kind": "machine", "nouns": ["army"]})
    monkeypatch.setattr(lexicon_module, "load_yaml", lambda path: data)
    with pytest.raises(DataError) as raised:
        load_lexicon.__wrapped__()
    assert "counts: False is not a word" in str(raised.value)
    assert "robots: unknown kind machine" in str(raised.value)
    assert "'army' stands in two classes" in str(raised.value)


PIECES = [
    "two",
    "Iraqi",
    "army",
    "of",
    "the",
    "and",
    "Kurdish",
    "-backed",
    "militia",
    ",",
    "from",
    "Chad",
    "gunmen",
    "Col.",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)))
def test_the_name_is_always_worded(wording: str) -> None:
    composed = compose(wording)
    if composed:
        assert composed.name in wording
    person = read_person(wording)
    if person:
        assert wording[person.start : person.end] == person.name
