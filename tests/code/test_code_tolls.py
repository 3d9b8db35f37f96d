"""Counts of people: what became of them, and the event that they belong to."""

from collections.abc import Callable

import pytest

from dateline.model.mention import Mention

Reader = Callable[..., tuple[Mention, ...]]
View = Callable[[Mention], dict[str, list[str]]]
TOLLS = ("killed", "injured", "captured", "displaced", "missing", "freed")


def tolls(mentions: tuple[Mention, ...], view: View) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for mention in mentions:
        for role, wordings in view(mention).items():
            if role in TOLLS:
                found.setdefault(role, []).extend(wordings)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A blast in Herat killed at least 12 people and wounded 30.",
            {"killed": ["at least 12 people"], "injured": ["30"]},
        ),
        ("The raid in Nuba killed 12 people, including three children.", {"killed": ["12 people"]}),
        ("The death toll rose to 17 after a bomb blast in Quetta.", {"killed": ["17"]}),
        (
            "12 people were killed and 30 wounded in a market in Marka.",
            {"killed": ["12 people"], "injured": ["30"]},
        ),
        ("Mortar fire hit a school in Taiz, injuring dozens.", {"injured": ["dozens"]}),
        ("Gunmen shot five traders in Zamfara, two of whom later died.", {"killed": ["two"]}),
        (
            "Clashes in Sittwe left ten dead and 20 wounded.",
            {"killed": ["ten dead"], "injured": ["20 wounded"]},
        ),
        ("No one was killed in the attack in Lod.", {"killed": ["No one"]}),
        ("A guard was shot and injured during a raid on a clinic in Bria.", {"injured": ["A guard"]}),
        (
            "A teacher was killed and another injured in Bamenda.",
            {"killed": ["A teacher"], "injured": ["another injured"]},
        ),
        ("A nurse was stabbed to death by a gang in Goma.", {"killed": ["A nurse"]}),
        ("Police arrested 15 people in Minsk.", {"captured": ["15 people"]}),
        (
            "The fighting in Rakhine has so far displaced at least five million people.",
            {"displaced": ["at least five million people"]},
        ),
        ("Insurgents raided Bula, forcing thousands to flee.", {"displaced": ["thousands"]}),
        ("Kidnappers released 27 students in Kagara.", {"freed": ["27 students"]}),
        ("The blast in Herat killed.", {}),
        ("The siege of Taiz lasted two weeks.", {}),
    ],
)
def test_tolls(read: Reader, roles_of: View, text: str, expected: dict[str, list[str]]) -> None:
    assert tolls(read(text), roles_of) == expected


def test_a_list_of_numbers_is_one_toll(read: Reader, roles_of: View) -> None:
    (mention,) = read("Three soldiers and a guide were killed in an ambush near Gao.")
    assert roles_of(mention)["killed"] == ["Three soldiers and a guide"]
    (mention,) = read("An ambush near Gao killed Major Ali Noor and his driver.")
    assert roles_of(mention)["killed"] == ["his driver"]


def test_a_later_figure_is_another_statement(read: Reader, roles_of: View) -> None:
    (mention,) = read("A bomb blast in Jos killed nine people.", "The death toll later rose to 12.")
    assert roles_of(mention)["killed"] == ["nine people", "12"]


def test_a_toll_of_the_next_sentence_belongs_to_the_event(read: Reader, roles_of: View) -> None:
    (mention,) = read("Militants attacked a barracks in Dosso on Friday.", "More than 40 soldiers died.")
    assert roles_of(mention)["killed"] == ["More than 40 soldiers"]


def test_a_feared_event_has_no_part_in_the_dead_of_another(read: Reader, roles_of: View) -> None:
    mentions = read("Police fear that militants may attack the market in Jos where gunmen killed two traders.")
    dead = [mention.status.reality for mention in mentions if mention.spans("killed")]
    assert dead == ["occurred"]


def test_bodies_imply_a_killing(read: Reader, roles_of: View) -> None:
    (mention,) = read("Ten bodies lay by the road to Djibo.")
    assert mention.type == "killing"
    assert mention.score < 0.5
    assert roles_of(mention)["killed"] == ["Ten bodies"]
