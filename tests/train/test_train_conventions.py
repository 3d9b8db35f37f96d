"""Other corpora's marks, drawn as our scheme draws them."""

import pytest

from dateline.train.conventions import cue_words, noun_phrase, quoted_words, speaker
from dateline.train.examples import Bounds


def marked(text: str) -> tuple[str, Bounds]:
    """Return a text without its square brackets and the bounds between them."""
    start, end = text.index("["), text.index("]")
    return text.replace("[", "").replace("]", ""), (start, end - 1)


def drawn(function: object, text: str) -> str | None:
    plain, bounds = marked(text)
    found = function(plain, bounds)  # type: ignore[operator]
    return None if found is None else plain[slice(*found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[the Zarun police], they said", "Zarun police"),
        ("[their own guards] fled", "own guards"),
        ("[a guard] fled", "a guard"),
        ("[at least 12 men,] all told", "at least 12 men"),
        ("[“The Front”] said", "Front"),
        ("the po[lice of] Zarun", "police of"),
        ("a [--] dash", None),
    ],
)
def test_noun_phrases_lose_the_article_and_the_marks(text: str, expected: str | None) -> None:
    assert drawn(noun_phrase, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Amina Sule, 41, a teacher,] said", "Amina Sule"),
        ("[Amina Sule, head of the clinic,] said", "Amina Sule"),
        ("[the governor, who lives in Zarun,] said", "governor"),
        ("[a driver who saw it] said", "a driver"),
        ("[Amina Sule, Omar Diallo and Ines Roca] said", "Amina Sule, Omar Diallo and Ines Roca"),
        ("[But the governor] said", "governor"),
        ("[a group of clerks, including a priest,] said", "a group of clerks"),
    ],
)
def test_speakers_lose_what_is_told_of_them(text: str, expected: str) -> None:
    assert drawn(speaker, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("he [has repeatedly denied] it", "denied"),
        ("he [said in a letter] it", "said"),
        ("they['ve long warned:] it", "warned"),
        ("[according to] them", "according to"),
        ("she [would not say] more", "say"),
    ],
)
def test_cues_lose_auxiliaries_and_circumstances(text: str, expected: str) -> None:
    assert drawn(cue_words, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("he said [that the road was shut.]", "the road was shut"),
        ("[“The road is shut,”] he said", "The road is shut"),
        ('["The road is shut,"] he said', "The road is shut"),
        ("he called it [a “closed road”]", "a “closed road”"),
        ("he said [the mayor’s men had gone home.’]", "the mayor’s men had gone home"),
    ],
)
def test_contents_run_from_the_first_word_to_the_last(text: str, expected: str) -> None:
    assert drawn(quoted_words, text) == expected
