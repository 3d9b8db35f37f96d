"""Language: English in any case and length is let in; other languages are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.clean.language import FUNCTION_SHARE, read_language

ENGLISH = [
    "Gunmen killed four people at a checkpoint near the town on Friday, police said.",
    "THE REBELS ATTACKED THE BARRACKS AT DAWN AND WITHDREW TO THE HILLS, THE MINISTRY SAID.",
    "Hashd al-Shaabi fighters in Tuz Khurmatu, Qara Tapa and Sulaiman Bek said they were shelled.",
    "Two dead in Gao. The governor of the region said that the two were found by a patrol.",
]
OTHER = [
    ("fr", "Des hommes armés ont tué quatre personnes à un poste de contrôle vendredi, selon la police."),
    ("es", "Hombres armados mataron a cuatro personas cerca de la ciudad el viernes, dijo la policía."),
    ("de", "Bewaffnete haben am Freitag nahe der Stadt vier Menschen getötet, teilte die Polizei mit."),
    ("ar", "قتل مسلحون أربعة أشخاص عند نقطة تفتيش قرب المدينة يوم الجمعة بحسب ما قالت الشرطة المحلية في بيان."),
    ("nl", "Gewapende mannen hebben vrijdag in de buurt van de stad vier mensen gedood, zei de politie."),
]  # fmt: skip


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_english_in_any_case_and_length(text: str) -> None:
    found = read_language(text)
    assert found.code == "en"
    assert found.function_share >= FUNCTION_SHARE
    assert read_language(text.upper()) == found


@pytest.mark.parametrize(("code", "text"), OTHER)
@pytest.mark.parametrize("times", [1, 6])
def test_other_languages_are_named(code: str, text: str, times: int) -> None:
    assert read_language(" ".join([text] * times)).code == code


def test_a_text_without_letters_has_no_english_words() -> None:
    assert read_language("12 345 ... 7").function_share == 0.0


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    found = read_language(text)
    assert found.code
    assert 0.0 <= found.function_share <= 1.0
