"""Whether, how surely and when: the four axes of status."""

from collections.abc import Callable

import pytest

from dateline.model.mention import Mention

Reader = Callable[..., tuple[Mention, ...]]


def first_of(mentions: tuple[Mention, ...], type_: str) -> Mention:
    return next(mention for mention in mentions if mention.type == type_)


@pytest.mark.parametrize(
    ("text", "type_", "reality"),
    [
        ("Rebels stormed the port of Kismayo on Friday.", "assault", "occurred"),
        ("The group plans to storm the port of Kismayo.", "assault", "planned"),
        ("A Kenyan daily paper warned of a plot by the group to storm Mandera.", "assault", "planned"),
        (
            "The army launched a campaign on Tuesday to search villages in Diyala.",
            "military_operation",
            "occurred",
        ),
        ("They used the hill as a starting point for shelling the town.", "shelling", "planned"),
        (
            "The minister announced that forces will launch a large operation in Anbar.",
            "military_operation",
            "planned",
        ),
        ("Officials say recapturing Hawija will be their next step.", "territory_gain", "planned"),
        ("Troops foiled an attempt to storm the jail.", "assault", "attempted"),
        ("Al-Shabaab threatened to attack Kenyan towns.", "assault", "threatened"),
        ("Residents fear that militants may attack polling stations.", "assault", "feared"),
        ('Police in Aden are on guard for possible "imminent" attacks.', "assault", "feared"),
        ("If the rebels attack the port, ships will stop.", "assault", "hypothetical"),
        ("Rebels are shelling the port of Kismayo.", "shelling", "ongoing"),
        ("Two farmers have been killed in Jos.", "killing", "occurred"),
        ("Troops forced the rebels to withdraw from Sake.", "withdrawal", "occurred"),
        ("Guards tried to stop the crowd and arrested two men.", "arrest", "occurred"),
    ],
)
def test_reality(read: Reader, text: str, type_: str, reality: str) -> None:
    assert first_of(read(text), type_).status.reality == reality


@pytest.mark.parametrize(
    ("text", "type_", "polarity"),
    [
        ("Troops did not attack the village, the army said.", "assault", "denied"),
        ("The rebels denied that they had shelled the hospital in Donetsk.", "shelling", "denied"),
        ("The gunmen left without killing anyone.", "killing", "denied"),
        ("No one was killed in the attack, the mayor said.", "assault", "affirmed"),
        ("The group denied responsibility for the attack in Kabul.", "assault", "affirmed"),
        ("The militia not only burned the market but it also killed ten farmers.", "killing", "affirmed"),
    ],
)
def test_polarity(read: Reader, text: str, type_: str, polarity: str) -> None:
    assert first_of(read(text), type_).status.polarity == polarity


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Jets bombed a depot in Sabha, but this could not be confirmed.", "unconfirmed"),
        ("Jets reportedly bombed a depot in Sabha.", "unconfirmed"),
        ("Jets are believed to have bombed a depot in Sabha.", "probable"),
        ("Jets bombed a depot in Sabha.", "stated"),
    ],
)
def test_certainty(read: Reader, text: str, certainty: str) -> None:
    assert read(text)[0].status.certainty == certainty


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("The scale of their attacks should not be overstated.", "background"),
        ("Militant attacks show the army is weak.", "background"),
        ("Militant attacks killed twelve villagers.", "news"),
        ("Militant attacks in Kandahar show the army is weak.", "news"),
        ("Militant attacks on Monday show the army is weak.", "news"),
        ("Militants launched attacks against the army.", "news"),
        ("The attacks show the army is weak.", "news"),
        ("Two attacks show the army is weak.", "news"),
        ("The attack shows the army is weak.", "news"),
        ("Attacks intensified.", "news"),
    ],
)
def test_a_plural_that_names_no_certain_event_is_background(read: Reader, text: str, currency: str) -> None:
    assert first_of(read(text), "assault").status.currency == currency
