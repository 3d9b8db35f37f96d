"""Which countries the actors of a text speak for."""

import pytest

from dateline.resolve.actorhints import ACTOR_HINT, countries_of_actors
from dateline.resolve.catalogue import load_catalogue


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The Allied Democratic Forces burned a village. The Allied Democratic Forces fled.", {"CD", "UG"}),
        ("The United Nations and Human Rights Watch were worried.", set()),
        ("Nobody was named.", set()),
    ],
)
def test_a_group_speaks_once_for_each_of_its_countries(text: str, countries: set[str]) -> None:
    found = countries_of_actors(text, load_catalogue())
    assert found == dict.fromkeys(countries, ACTOR_HINT)
