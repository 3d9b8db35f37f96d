"""Where the wounded were brought is told from where they were hit."""

import pytest

from dateline.resolve.place_care import is_where_brought
from tests.resolve.articles import make_article


def brought(text: str, trigger: str, place: str) -> bool:
    article = make_article(text)
    first, second = article.text.index(trigger), article.text.index(place)
    return is_where_brought(
        article.span(second, second + len(place)), article.span(first, first + len(trigger)), article
    )


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A soldier died in a hospital in Tikrit on Monday.", "died"),
        ("The sergeant died on Monday in the military hospital of Tikrit.", "died"),
        ("A soldier died in a Tikrit hospital on Monday.", "died"),
        ("Two more passengers are in the hospital of Tikrit with bullet wounds.", "bullet wounds"),
        ("The boy, who was hit in the leg, lies in the medical college at Tikrit.", "hit"),
        ("Two of the men who were shot have been flown to Tikrit.", "shot"),
        ("The guard succumbed this morning in Tikrit.", "succumbed"),
        ("Four of the wounded died in Tikrit.", "died"),
        ("The driver, who was hit in the neck, died in Tikrit on Monday.", "died"),
        ("A miner died of his wounds in Tikrit.", "died"),
    ],
)
def test_a_hospital_or_a_town_to_which_people_are_brought(text: str, trigger: str) -> None:
    assert brought(text, trigger, "Tikrit")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Three people died in Tikrit on Monday.", "died"),
        ("Shells hit a hospital in Tikrit on Monday.", "hit"),
        ("Gunmen shot a nurse in the hospital of Tikrit.", "shot"),
        ("A nurse was shot in the hospital of Tikrit.", "shot"),
        ("Three patients were killed in an attack on a hospital in Tikrit.", "killed"),
        ("A guard has died of the wounds that he received at Tikrit.", "died"),
        ("Two men died in Tikrit and ten of the injured were taken to Samarra.", "died"),
        ("Militants were shelled when they came to Tikrit.", "shelled"),
    ],
)
def test_what_was_attacked_is_where_it_happened(text: str, trigger: str) -> None:
    assert not brought(text, trigger, "Tikrit")
