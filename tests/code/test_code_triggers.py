"""Triggers of the lexicon are found where they mean what they announce, with their use."""

from collections.abc import Callable

import pytest

from dateline.code.cues import Cues
from dateline.code.phrases import Parsed
from dateline.code.triggers import find_triggers
from dateline.model.mention import Mention
from dateline.ontology import load_ontology

Parser = Callable[[str], Parsed]
Reader = Callable[..., tuple[Mention, ...]]


@pytest.mark.parametrize(
    ("text", "type_", "use"),
    [
        ("Gunmen ambushed a patrol near Gao.", "assault", "active"),
        ("A patrol was ambushed near Gao.", "assault", "passive"),
        ("A patrol ambushed by gunmen returned fire.", "assault", "passive"),
        ("The group seeks to storm Kirkuk.", "assault", "infinitive"),
        ("They aim to raid the port and storm the jail.", "assault", "infinitive"),
        ("The ambush near Gao failed.", "assault", "noun"),
        ("Three people injured in a knife attack were treated.", "killing", "passive"),
    ],
)
def test_use(parsed_of: Parser, cues: Cues, text: str, type_: str, use: str) -> None:
    hits = find_triggers(parsed_of(text), text, load_ontology(), cues.roles)
    assert (type_, use) in [(hit.trigger.type, hit.use) for hit in hits]


@pytest.mark.parametrize(
    "text",
    [
        "Two attack helicopters stood on the field.",
        "He suffered a heart attack at home.",
        "The parade was a demonstration of strength.",
        "The ambushed patrol rested.",
    ],
)
def test_words_that_only_look_like_events(read: Reader, text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Coalition airstrikes hit militant positions in Tal Afar.", ["air_strike"]),
        ("A car bomb struck a bus in Baidoa, killing 3 people and wounding 5 others.", ["bombing"]),
        ("Gunmen killed two farmers and wounded three others in Plateau state.", ["killing"]),
        ("The army said its forces killed 14 fighters in air strikes in North Kivu.", ["air_strike"]),
        ("Two shepherds died when a landmine exploded near Sebha.", ["bombing"]),
        ("Fighters raided Bula, forcing hundreds of families to flee.", ["assault", "displacement"]),
        ("The two sides agreed a ceasefire in Juba.", ["ceasefire"]),
        ("Soldiers repelled an attack by rebels on Bunia on Saturday.", ["assault"]),
        ("Three officers were wounded and one killed when their patrol was ambushed in Nimroz.", ["assault"]),
        ("Soldiers killed a herder in Gao and rebels killed two traders in Kidal.", ["killing", "killing"]),
    ],
)
def test_one_happening_is_one_mention(read: Reader, text: str, types: list[str]) -> None:
    assert [mention.type for mention in read(text)] == types


def test_an_absorbed_verb_gives_its_roles(
    read: Reader, roles_of: Callable[[Mention], dict[str, list[str]]]
) -> None:
    (mention,) = read("The army said its forces killed 14 fighters in air strikes in North Kivu.")
    roles = roles_of(mention)
    assert roles["actor"] == ["its forces"]
    assert roles["target"] == roles["killed"] == ["14 fighters"]
