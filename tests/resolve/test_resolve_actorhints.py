"""Which countries the actors of a text speak for."""

import pytest

from dateline.resolve.actorhints import ABROAD_HINT, ACTOR_HINT, countries_of_actors
from dateline.resolve.catalogue import load_catalogue


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        (
            "The Allied Democratic Forces burned a village. The Allied Democratic Forces fled.",
            {"CD": ABROAD_HINT, "UG": ABROAD_HINT},
        ),
        ("The Taliban burned a village.", {"AF": ACTOR_HINT, "PK": ABROAD_HINT}),
        ("The United Nations and Human Rights Watch were worried.", {}),
        ("Nobody was named.", {}),
    ],
)
def test_a_group_speaks_once_for_each_of_its_countries(text: str, countries: dict[str, float]) -> None:
    assert countries_of_actors(text, load_catalogue()) == countries
