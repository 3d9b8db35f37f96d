"""What a mention takes from the others of its article, and what it keeps."""

from typing import Any

from dateline.link.profiles import profile_of
from dateline.link.tellings import completed
from dateline.model.values import When

ARTICLE: dict[str, Any] = {"article": "art_x", "outlet": "Desk"}
MONTH = When(start="2016-10-01", end="2016-10-31", precision="month", basis="stated")


def two(make: Any, **second: Any) -> Any:
    """Return the full telling of an attack and a second mention, completed by it."""
    told = [profile_of(make.report(1, **ARTICLE)), profile_of(make.report(2, start=400, **ARTICLE, **second))]
    assert completed(told, [(0,), (1,)]) == told
    return completed(told, [(0, 1)])


def test_a_bare_mention_takes_day_place_and_actor(make: Any) -> None:
    full, bare = two(make, day=None, place=None, actor=None, counts=(make.count(3),))
    assert (bare.days, bare.window, bare.places, bare.actors) == (
        full.days, full.days, full.places, full.actors,
    )  # fmt: skip
    assert full.counts == bare.counts


def test_what_it_says_itself_stays(make: Any) -> None:
    full, other = two(make, day="2016-10-22", place="Hawija")
    assert other.days != full.days
    assert [place.key for place in other.places] == ["hj"]


def test_the_day_is_taken_for_its_month_and_the_town_for_its_province(make: Any) -> None:
    province = make.place("Kirkuk", precision="admin1", gazetteer_id="geo:province", radius_km=80.0)
    full, vague = two(make, when=MONTH, where=(province,))
    assert (vague.days, vague.places) == (full.days, full.places)
    gao = make.place("Gao", precision="admin1", gazetteer_id="geo:g", country="ML", admin1=None, radius_km=80.0)
    assert two(make, where=(gao,))[1].places[0].country == "ML"


def test_a_bare_mention_of_one_article_does_not_keep_it_from_another(make: Any, linked: Any) -> None:
    bare = make.report(2, start=400, day=None, place=None, actor=None, **ARTICLE)
    again = make.report(3, start=800, day=None, place=None, actor=None, **ARTICLE)
    assert linked(make.report(1, **ARTICLE), bare, again, make.report(4)) == {frozenset("1234")}


def test_a_place_only_named_in_the_sentence_is_found(make: Any, linked: Any) -> None:
    named = make.report(2, place=None, actor=None, sentence="The northern city of Kirkuk came under attack.")
    unnamed = make.report(2, place=None, actor=None, sentence="The northern city came under attack.")
    first = make.report(1)
    assert linked(first, named) == {frozenset("12")}
    assert linked(first, unnamed) == {frozenset("1"), frozenset("2")}
