"""Weekly counts against their own past: the model by hand, and a made world with a planted surge."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.link.events import link
from dateline.link.expected import Prediction, predict
from dateline.link.surges import ALARM, MIN_EVENTS, MIN_PAST_WEEKS, find_surges, week_name, week_of
from dateline.model.event import Event
from dateline.model.surge import Surges

# Monday of 2016-W42.
NOW = date(2016, 10, 17)
Volume = list[tuple[str | None, str | None, int]]


def test_the_posterior_by_hand() -> None:
    # Ten weeks of one event each, read alike: the rate is Gamma(10.5, 10), so that the next week is negative
    # binomial with mean 1.05 and shape 10.5, and P(0) = (10/11)^10.5 = 0.3676.
    found = predict([1] * 10, [3.0] * 10, 3.0)
    assert (found.mean, found.shape) == pytest.approx((1.05, 10.5))
    assert found.tail(0) == 1.0
    assert found.tail(1) == pytest.approx(1 - (10 / 11) ** 10.5)
    # P(1) = P(0) * 10.5 / 11.
    assert found.tail(2) == pytest.approx(1 - (10 / 11) ** 10.5 * (1 + 10.5 / 11))
    assert (found.quantile(0.05), found.quantile(0.95)) == (0, 3)


def test_reading_twice_as_much_doubles_what_is_expected_and_half_as_much_does_not_halve_it() -> None:
    usual = predict([1] * 10, [3.0] * 10, 3.0)
    assert predict([1] * 10, [3.0] * 10, 6.0).mean == pytest.approx(2 * usual.mean)
    assert predict([1] * 10, [3.0] * 10, 1.5) == usual


def test_counts_that_come_in_bursts_are_given_more_room() -> None:
    # Mean 2, variance 40/9 = 4.44: spread 2.22; prediction mean 2.05, variance 2.22 * 2.05 + 2.05²/20.5 = 4.76.
    found = predict([0, 4] * 5, [1.0] * 10, 1.0)
    assert found.mean + found.mean**2 / found.shape == pytest.approx(20 / 9 * 2.05 + 2.05**2 / 20.5)
    assert found.tail(6) > predict([2] * 10, [1.0] * 10, 1.0).tail(6)


@given(st.floats(0.01, 60), st.floats(0.1, 200))
def test_masses_are_chances(mean: float, shape: float) -> None:
    found = Prediction(mean, shape)
    tails = [found.tail(count) for count in range(12)]
    assert all(0 <= later <= earlier <= 1 for earlier, later in pairwise(tails))
    assert found.quantile(0.05) <= found.quantile(0.95)


@pytest.mark.parametrize("text", ["2016-W42", "2016-w42", "2016-10-17", "2016-10-23"])
def test_a_week_by_name_or_day(text: str) -> None:
    assert week_name(week_of(text)) == "2016-W42"


@pytest.mark.parametrize("text", ["2016", "2016-W60", "2016-13-01", "next week", ""])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no week"):
        week_of(text)


class World:
    """Sixty weeks of Kirkuk and Gao, read in two outlets; the last week is as `last` says."""

    def __init__(self, make: Any, types: Any, *, last: int, copies: int = 1, read: int = 1) -> None:
        self.make, self.types = make, types
        self.number = 0
        self.events: list[Event] = []
        self.reading: Volume = []
        for back in range(60, -1, -1):
            monday = NOW - timedelta(weeks=back)
            times = read if back == 0 else 1
            self.reading += [("A", monday.isoformat(), 10 * times), ("B", monday.isoformat(), 4 * times)]
            for place, most in (("Kirkuk", 4), ("Gao", 2)):
                planted = back == 0 and place == "Kirkuk"
                for _ in range(last if planted else (back * back * 7 + back * 3 + most) % (most + 1)):
                    self.add(place, monday, copies if planted else 1)

    def add(self, place: str, monday: date, copies: int = 1) -> None:
        day = monday + timedelta(days=self.number % 7)
        numbers = range(self.number + 1, self.number + 1 + copies)
        self.number += copies
        reports = [
            self.make.report(
                number, place=place, day=day.isoformat(), published=day.isoformat(), sentence="One attack.",
                actor="Islamic State" if place == "Kirkuk" else "Ansar Dine", outlet="A" if number % 3 else "B",
            )
            for number in numbers
        ]  # fmt: skip
        self.events += link(reports, [], self.types)

    def find(self, **options: Any) -> Surges:
        return find_surges(self.events, self.reading, **options)


@pytest.fixture(scope="module")
def world(make: Any, types: Any) -> Callable[..., World]:
    return lambda **options: World(make, types, **options)


def keys(found: Surges, kind: str) -> set[str]:
    return {surge.key for surge in found.surges if surge.kind == kind}


KIRKUK = {"IQ", "IQ/Kirkuk", "islamic state"}


def test_the_planted_surge_is_found_and_nothing_else(world: Callable[..., World]) -> None:
    made = world(last=11)
    found = made.find()
    assert (found.week, found.start, found.end) == ("2016-W42", "2016-10-17", "2016-10-23")
    assert (found.weeks, found.articles, found.usual) == (52, 14, 14.0)
    assert keys(found, "events") == KIRKUK
    assert found.by_chance < 0.1
    country = next(surge for surge in found.surges if surge.key == "IQ")
    assert country.events.found == 11
    assert country.events.tail <= ALARM
    assert country.events.low <= country.events.expected <= country.events.high < 11
    assert country.read == 1.0
    assert {end.id for end in country.seen} <= {event.id for event in made.events}
    assert all(end.said for end in country.seen)


def test_ordinary_weeks_hold_no_surge(world: Callable[..., World]) -> None:
    made = world(last=2)
    for back in range(10):
        assert made.find(week=(NOW - timedelta(weeks=back)).isoformat()).surges == ()


def test_more_articles_of_the_same_events_are_told_as_that(world: Callable[..., World]) -> None:
    found = world(last=3, copies=7).find()
    assert keys(found, "events") == set()
    assert keys(found, "articles") == KIRKUK
    country = next(surge for surge in found.surges if surge.key == "IQ")
    assert (country.events.found, country.articles.found) == (3, 21)


def test_reading_more_explains_more(world: Callable[..., World]) -> None:
    assert keys(world(last=11).find(), "events") == KIRKUK
    assert world(last=11, read=5).find().surges == ()


def test_a_collection_that_grows_with_what_happens_is_told_as_that(world: Callable[..., World]) -> None:
    made = world(last=16)
    # Every article tells of an attack, and nothing else was read.
    told = [one for event in made.events for claim in event.claims.type for one in claim.said]
    made.reading = [(one.outlet, one.published, 1) for one in told]
    found = made.find()
    assert keys(found, "events") == set()
    assert keys(found, "unclear") == KIRKUK


def test_an_outlet_that_never_tells_of_a_place_explains_nothing(world: Callable[..., World]) -> None:
    made = world(last=11)
    past = [("C", (NOW - timedelta(weeks=back)).isoformat(), 20) for back in range(1, 53)]
    made.reading += [*past, ("C", NOW.isoformat(), 200)]
    assert keys(made.find(), "events") == KIRKUK


def test_any_order_gives_the_same(world: Callable[..., World]) -> None:
    made = world(last=11)
    found = made.find()
    made.events = made.events[::-3] + made.events[-2::-3] + made.events[-3::-3]
    made.reading.reverse()
    assert made.find() == found


@pytest.mark.parametrize("last", [3, 5, 7, 9, 12])
@settings(max_examples=25, deadline=None)
@given(more=st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 60), st.integers(1, 200)), max_size=20))
def test_more_articles_never_make_a_surge_of_events(
    world: Callable[..., World], last: int, more: list[tuple[str, int, int]]
) -> None:
    made = cached(world, last)
    plain = keys(find_surges(made.events, alike(made.reading)), "events")
    extra = [(outlet, (NOW - timedelta(weeks=back)).isoformat(), count) for outlet, back, count in more]
    found = find_surges(made.events, [*made.reading, *extra])
    assert keys(found, "events") | keys(found, "unclear") <= plain


WORLDS: dict[int, World] = {}


def cached(world: Callable[..., World], last: int) -> World:
    if last not in WORLDS:
        WORLDS[last] = world(last=last)
    return WORLDS[last]


def alike(reading: Volume) -> Volume:
    """Return as many articles in every week, so that only events can differ."""
    return [("A", published, 1) for _, published, _ in reading]


def test_too_short_a_past_says_so(world: Callable[..., World]) -> None:
    made = world(last=11)
    recent = (NOW - timedelta(weeks=MIN_PAST_WEEKS - 1)).isoformat()
    made.reading = [row for row in made.reading if (row[1] or "") >= recent]
    found = made.find()
    assert found.surges == ()
    assert (
        found.note == f"of the weeks before it {MIN_PAST_WEEKS - 1} were read, and {MIN_PAST_WEEKS} are needed"
    )
    assert find_surges(made.events, []).note == "no article has a date of publication"


def test_what_has_no_week_is_left_out_and_counted(make: Any, types: Any) -> None:
    reports = [
        make.report(1, day=None, published=NOW.isoformat()),
        make.report(2, day="2014-06-10", published=NOW.isoformat()),
        make.report(3, status=("feared",), day=NOW.isoformat(), published=NOW.isoformat()),
        make.report(
            4, status=("occurred", "denied"), place="Gao", day=NOW.isoformat(), published=NOW.isoformat()
        ),
    ]
    reading = [("A", (NOW - timedelta(weeks=back)).isoformat(), 5) for back in range(20)]
    found = find_surges(link(reports, [], types), reading)
    assert (found.undated, found.surges) == (1, ())
    assert MIN_EVENTS > 1


def test_persons_are_not_followed(make: Any, types: Any) -> None:
    day = NOW.isoformat()
    person = make.actor("Ahmed Ali", kind="person")
    reports = [
        make.report(number, place=place, day=day, published=day, actor=None, actors=(person,))
        for number, place in enumerate(("Kirkuk", "Hawija", "Mosul", "Gao"))
    ]
    reading = [("A", (NOW - timedelta(weeks=back)).isoformat(), 5) for back in range(20)]
    found = find_surges(link(reports, [], types), reading)
    assert {surge.level for surge in found.surges} == {"country"}
