"""Who says so, and what that covers."""

from collections.abc import Callable

import pytest

from dateline.model.mention import Mention

Reader = Callable[..., tuple[Mention, ...]]


def chain(mention: Mention) -> list[tuple[str, str]]:
    return [(item.cue.text, item.source.text) for item in mention.attributions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled Sake, the army said.", [("said", "the army")]),
        ("The army said rebels shelled Sake.", [("said", "The army")]),
        ("Rebels shelled Sake, police and army officers said.", [("said", "police and army officers")]),
        ("Police and residents said that rebels shelled Sake.", [("said", "Police and residents")]),
        ("Rebels shelled Sake, said Colonel Ali Noor, an army spokesman.", [("said", "Colonel Ali Noor")]),
        ("Rebels shelled Sake, according to two local officials.", [("according to", "two local officials")]),
        ("A commander told the Daily Wave on Friday that rebels shelled Sake.", [("told", "A commander")]),
        (
            "The Daily Wave quoted a security source as saying that rebels shelled Sake.",
            [("quoted", "The Daily Wave"), ("quoted", "a security source")],
        ),
        ("A doctor working at the camp said rebels shelled Sake.", [("said", "A doctor")]),
        ("The ministry said on Twitter that rebels shelled Sake.", [("said", "The ministry")]),
        ("Cameras showed that rebels shelled Sake.", [("showed", "Cameras")]),
        ("The shelling of Sake showed a new resolve.", []),
        ("The officer, who said he was ill, shelled Sake.", []),
        ("The group, which declared a caliphate last year, shelled Sake.", []),
        ("Rebels shelled Sake.", []),
    ],
)
def test_chains(read: Reader, text: str, expected: list[tuple[str, str]]) -> None:
    mention = next(mention for mention in read(text) if mention.type == "shelling")
    assert chain(mention) == expected


def test_a_relative_clause_covers_only_itself(read: Reader) -> None:
    text = "The envoy, who said rebels had shelled Sake, was arrested in Goma."
    found = {mention.type: chain(mention) for mention in read(text)}
    assert found == {"shelling": [("said", "The envoy")], "arrest": []}


def test_a_number_or_a_pronoun_of_nobody_is_no_source(read: Reader) -> None:
    assert all(not chain(mention) for mention in read("It said rebels shelled Sake."))


def test_a_quotation_over_several_sentences_has_one_speaker(read: Reader) -> None:
    mentions = read("“Rebels shelled Sake,” Mayor Ada Obi said.", "“They killed nine people.”")
    assert [chain(mention) for mention in mentions] == [[("said", "Mayor Ada Obi")]] * 2


def test_the_speaker_may_follow_the_quotation(read: Reader) -> None:
    mentions = read("“Rebels shelled Sake.", "They killed nine people,” Mayor Ada Obi said.")
    assert [chain(mention) for mention in mentions] == [[("said", "Mayor Ada Obi")]] * 2


def test_another_paragraph_has_no_part_in_the_quotation(read: Reader) -> None:
    mentions = read("Mayor Ada Obi said rebels came.", "“They shelled Sake.”", gap="\n\n")
    assert [chain(mention) for mention in mentions if mention.type == "shelling"] == [[]]
