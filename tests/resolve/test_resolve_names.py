"""Names as keys: spelling variants by rule, type words, and what must hold for any name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.resolve.names import (
    fold,
    normalise,
    similarity,
    skeleton,
    strip_type,
    type_words,
    without_article,
)

names = st.text(max_size=40)
words = st.text(alphabet="abcdefghijklmnopqrstuvwxyz '-", max_size=30)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Al Ḩawījah", "al hawijah"),
        ("al-Hawija", "al hawija"),
        ("Tall ‘Afar", "tall afar"),
        ("Ma'rib", "marib"),
        ("Dayr az-Zawr", "dayr az zawr"),
        ("U.S.", "us"),
        ("St. Marc", "saint marc"),
        ("Mt. Sinjar", "mount sinjar"),
        ("Łódź", "lodz"),
        ("  Kirkuk\u00a0 City ", "kirkuk city"),
        ("الموصل", "الموصل"),
        ("", ""),
        ("…", ""),
    ],
)
def test_keys(written: str, key: str) -> None:
    assert normalise(written) == key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Hawija", "Hawijah", "Al Hawijah", "Al Ḩawījah", "Hawije"),
        ("Tal Afar", "Tall Afar", "Tall ‘Afar"),
        ("Sulaymaniyah", "Sulaimaniya", "Suleimaniya", "As Sulaymānīyah"),
        ("Deir ez-Zor", "Dayr az Zawr", "Deir al-Zour"),
        ("Diwaniya", "Ad Dīwānīyah", "Diwaniyah"),
        ("Raqqa", "Ar-Raqqah", "Rakka"),
        ("Hodeidah", "Al Hudaydah", "Hudaida"),
        ("Mosul", "Mossoul", "Mousul"),
        ("Taiz", "Ta'izz", "Taizz"),
        ("Maiduguri", "Maidugouri"),
    ],
)
def test_transliterations_fold_to_one_form(spellings: tuple[str, ...]) -> None:
    assert len({fold(normalise(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ("Salahuddin", "Salaheddine", "Salah al-Din", "Şalāḩ ad Dīn"),
        ("Erbil", "Arbil"),
        ("Homs", "Hims"),
        ("Sweida", "As-Suwayda", "Suweida"),
        ("Sharqat", "Shirqat", "Ash Sharqāţ"),
        ("Qara Tapa", "Qarah Tappah", "Kara Tepe"),
        ("Nineveh", "Nīnawá"),
    ],
)
def test_variants_with_other_vowels_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(normalise(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Kirkuk", "Karbala"), ("Mosul", "Manbij"), ("Homs", "Hama"), ("Kabul", "Kandahar")]
)
def test_different_towns_stay_apart(one: str, other: str) -> None:
    assert skeleton(normalise(one)) != skeleton(normalise(other))


def test_a_spelling_variant_is_nearer_than_another_name() -> None:
    salahuddin = fold(normalise("Salahuddin"))
    assert similarity(salahuddin, fold(normalise("Salah ad Din"))) > 0.7
    assert similarity(salahuddin, fold(normalise("Sulaymaniyah"))) < 0.6


@pytest.mark.parametrize(
    ("key", "bare"),
    [
        ("al hawijah", "hawijah"),
        ("ad diwaniyah", "diwaniyah"),
        ("ash sharqat", "sharqat"),
        ("aleppo", "aleppo"),
        ("an", "an"),
        ("ad hoc", "ad hoc"),
    ],
)
def test_leading_articles(key: str, bare: str) -> None:
    assert without_article(key) == bare


@pytest.mark.parametrize(
    ("wording", "core", "kind", "word"),
    [
        ("Kirkuk province", "Kirkuk", "admin1", "province"),
        ("Salaheddine governorate", "Salaheddine", "admin1", "governorate"),
        ("city of Mosul", "Mosul", "settlement", "city"),
        ("the village of Kawuri", "Kawuri", "settlement", "village"),
        ("Hawija district", "Hawija", "admin2", "district"),
        ("Domiz refugee camp", "Domiz", "facility", "refugee camp"),
        ("River Tigris", "Tigris", "natural", "River"),
        ("Baghdad airport", "Baghdad", "facility", "airport"),
        ("the Sinjar Mountains", "Sinjar", "natural", "Mountains"),
        ("Mosul", "Mosul", None, None),
        ("the province", "province", None, None),
        ("Newcastle", "Newcastle", None, None),
    ],
)
def test_type_words(wording: str, core: str, kind: str | None, word: str | None) -> None:
    typed = strip_type(wording)
    assert (typed.core, typed.kind, typed.word) == (core, kind, word)


def test_words_that_set_a_name_apart_are_type_words() -> None:
    assert "river" in type_words().apart
    assert type_words().apart <= {*type_words().after, *type_words().before}


@given(names)
def test_normalising_twice_changes_nothing(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)


@given(words)
def test_case_hyphens_and_apostrophes_do_not_matter(name: str) -> None:
    assert normalise(name.upper()) == normalise(name) == normalise(name.replace("-", " ").replace("'", ""))


@given(words)
def test_forms_hold_no_spaces_and_skeletons_no_inner_vowels(name: str) -> None:
    key = normalise(name)
    assert " " not in fold(key)
    assert not set(skeleton(key)[1:]) & set("aeiou")


@given(words, words)
def test_similarity_is_symmetrical_and_bounded(one: str, other: str) -> None:
    left, right = fold(normalise(one)), fold(normalise(other))
    if left or right:
        assert 0.0 <= similarity(left, right) == similarity(right, left) <= 1.0
    assert similarity(left, left) == 1.0


@given(names)
def test_the_core_lies_in_the_wording(wording: str) -> None:
    typed = strip_type(wording)
    assert wording[typed.start : typed.end] == typed.core


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("Nashabiyeh", "An Nashābīyah", True),
        ("Salaheddine", "Salah ad Din", True),
        ("Deir Ezzor", "Dayr az Zawr", True),
        ("Taldou", "Talldaww", True),
        ("Salma", "As Salamīyah", False),
        ("Darayya", "Daraa", False),
        ("Barek", "Al Bāriqīyah", False),
        ("Zakah", "Zākīyah", False),
        ("Karabilah", "Karbalā’", False),
    ],
)
def test_names_that_end_otherwise_are_others(left: str, right: str, *, alike: bool) -> None:
    assert (similarity(fold(normalise(left)), fold(normalise(right))) > 0.0) is alike
