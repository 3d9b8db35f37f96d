"""Each feature alone: worked values, bounds, symmetry."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link import discourse, features, parties, placing, warned
from dateline.link.compare import TABLE, Scorer, logistic
from dateline.link.profiles import OPEN_DAYS, days_of, profile_of
from dateline.model.span import Span
from dateline.model.values import When


def profiles(make: Any, first: dict[str, Any], second: dict[str, Any]) -> tuple[Any, Any]:
    return profile_of(make.report(1, **first)), profile_of(make.report(2, **second))


@pytest.mark.parametrize(
    ("text", "days"),
    [("2016-10-21", 1), ("2016-02", 29), ("2015", 365), ("2016-10-21T10:00:00Z", 1), ("soon", 0),
     ("2016-13", 0), ("", 0), (None, 0), ("0000", 0), ("2016-10-", 0)],
)  # fmt: skip
def test_days_of_a_cut_date(text: str | None, days: int) -> None:
    found = days_of(text)
    assert (found[1] - found[0] + 1 if found else 0) == days


WEEK = When(start="2016-10-17", end="2016-10-23", precision="week", basis="stated")
MONTH = When(start="2016-10-01", end="2016-10-31", precision="month", basis="stated")


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ({}, {}, 1, 1),
        ({}, {"when": WEEK}, 0.4, 0.6),
        ({}, {"when": MONTH}, 0.1, 0.3),
        ({}, {"day": "2016-10-22"}, 0, 0),
        ({}, {"day": "2016-10-24"}, -0.6, -0.3),
        ({}, {"day": None}, 0.4, 0.4),
        ({}, {"day": None, "published": "2016-10-26"}, 0.1, 0.1),
        ({}, {"day": None, "published": None}, 0, 0),
        ({"day": None, "article": "art_x"}, {"day": None, "article": "art_x"}, 0, 0),
        ({"day": None}, {"day": None}, 0.1, 0.3),
        ({"day": None}, {"day": None, "published": "2017-05-01"}, 0, 0),
        ({}, {"day": None, "published": "2016-10-18"}, -1, -1),
        ({}, {"day": None, "published": "2016-10-20"}, -1, -0.1),
    ],
    ids=str,
)
def test_time(make: Any, first: Any, second: Any, low: float, high: float) -> None:
    assert low <= features.time_agreement(*profiles(make, first, second)) <= high


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ({}, {}, 0, 0),
        ({}, {"day": None}, 0, 0),
        ({}, {"day": None, "published": "2016-10-30"}, 0, 0),
        ({}, {"day": None, "published": "2016-11-10"}, -0.7, -0.3),
        ({}, {"day": None, "published": "2017-05-01"}, -1, -1),
        ({"day": None}, {"day": None, "published": "2017-05-01"}, -1, -1),
        ({}, {"day": None, "published": "2016-10-18"}, 0, 0),
        ({"day": None}, {"day": None, "status": ("feared",), "published": "2016-11-10"}, -1, -0.1),
        (
            {"day": None, "status": ("feared",)},
            {"day": None, "status": ("feared",), "published": "2016-11-10"},
            0,
            0,
        ),
    ],
    ids=str,
)
def test_an_undated_mention_grows_stale(make: Any, first: Any, second: Any, low: float, high: float) -> None:
    assert low <= features.stale(*profiles(make, first, second)) <= high


def test_an_open_time_reaches_to_its_publication(make: Any) -> None:
    since = When(start="2016-10-01", precision="day", basis="stated")
    assert profile_of(make.report(1, when=since)).days == (days_of("2016-10-01")[0], days_of("2016-10-22")[1])  # type: ignore[index]
    undated = profile_of(make.report(1, when=since, published=None)).days
    assert undated == (days_of("2016-10-01")[0], days_of("2016-10-01")[0] + OPEN_DAYS)  # type: ignore[index]
    until = When(end="2016-12-31", precision="range", basis="stated")
    assert profile_of(make.report(1, when=until)).days == (days_of("2016-10-22")[0], days_of("2016-12-31")[1])  # type: ignore[index]


@pytest.mark.parametrize(
    ("words", "trigger", "dated"),
    [
        ("A guard died in hospital on Friday", "died", 0),
        ("The third victim succumbed on Friday", "succumbed", 0),
        ("Two bodies were found on Friday", "bodies", 0),
        ("Gunmen killed a guard on Friday", "killed", 1),
        (
            "Gunmen killed a guard on Friday, and nobody in the whole town could say if others died later",
            "killed",
            1,
        ),
    ],
)
def test_the_day_of_a_later_death_is_not_the_day_of_the_happening(
    make: Any, words: str, trigger: str, dated: int
) -> None:
    at = words.index(trigger)
    span = Span(at, at + len(trigger), trigger)
    late = profile_of(make.report(1, type="killing", sentence=words, trigger=span))
    assert (late.days is not None) == bool(dated)
    happened = profile_of(make.report(2, type="killing", day="2016-10-18"))
    assert (features.time_agreement(late, happened) < 0) == bool(dated)


LATER = When(start="2016-10-21", end="2016-10-21", precision="day", basis="stated", text="three nights later")


@pytest.mark.parametrize(
    ("second", "value"),
    [
        ({"sentence": "Shells fell again.", "start": 40}, 1.0),
        # Named twice in one sentence it is as often another one.
        ({"start": 20}, discourse.ONE_SENTENCE),
        ({"type": "armed_clash", "start": 20}, 1.0),
        # A time that is counted from another belongs to another.
        ({"start": 20, "when": LATER}, -1.0),
        ({"sentence": "Shells fell again.", "start": 40, "when": LATER}, 1.0),
        ({"article": "art_x"}, 0.0),
    ],
    ids=str,
)
def test_two_mentions_of_one_article_are_mostly_one(make: Any, second: Any, value: float) -> None:
    told = {"article": "art_0001", "sentence": "An attack on the post and a raid on the depot."}
    left, right = profiles(make, told, {**told, **second})
    assert discourse.same_article(left, right) == discourse.same_article(right, left) == value


def test_an_area_that_no_gazetteer_holds_excludes_no_town(make: Any) -> None:
    zone = (make.place("Kelem zone", kind="admin2"),)
    village = (make.place("Hawa"),)
    inside = (make.place("Hawa", within="Kelem zone"),)
    left, right = profiles(make, {"where": zone}, {"where": village})
    assert placing.places_agree(left.places, right.places) == 0
    assert placing.other_town(left, right) == 0
    left, right = profiles(make, {"where": zone}, {"where": inside})
    assert placing.containment(left, right) > 0
    left, right = profiles(make, {"where": (make.place("Tole"),)}, {"where": village})
    assert placing.other_town(left, right) == -1


def test_places(make: Any) -> None:
    def agreement(a: Any, b: Any) -> float:
        left, right = profiles(make, {"where": a}, {"where": b})
        assert placing.places_agree(left.places, right.places) == placing.places_agree(
            right.places, left.places
        )
        apart = placing.place_agreement(left, right), placing.containment(left, right)
        assert 0.0 in apart
        assert sum(apart) == placing.places_agree(left.places, right.places)
        return sum(apart)

    kirkuk, hawija, gao = ((make.place(name),) for name in ("Kirkuk", "Hawija", "Gao"))
    province = (make.place("Kirkuk", precision="admin1", gazetteer_id="geo:p", radius_km=80.0),)
    country = (make.place("Iraq", precision="country", gazetteer_id="geo:IQ", admin1=None, radius_km=500.0),)
    country = (make.place("Iraq", precision="country", gazetteer_id="geo:IQ", country="IQ"),)
    suburb = (make.place("Kirkuk", gazetteer_id="geo:suburb", admin1="Kirkuk East", latitude=35.5),)
    quarter = (make.place("Qadisiya", within="Kirkuk"),)
    assert agreement(kirkuk, kirkuk) == 1
    assert agreement(kirkuk, hawija) < 0
    assert agreement(kirkuk, gao) == -1
    assert agreement(kirkuk, suburb) == pytest.approx(0.66, abs=0.01)
    assert agreement(hawija, province) == 0.35
    assert agreement((make.place("Mosul"),), province) < 0
    assert 0 < agreement(kirkuk, country) < agreement(hawija, province)
    assert agreement(quarter, kirkuk) == 0.3
    assert agreement(quarter, (make.place("Aruba", within="Kirkuk"),)) == 0.1
    assert agreement(quarter, ()) == 0
    assert agreement((*kirkuk, *gao), gao) == 1


def test_kilometres(make: Any) -> None:
    one, two = (profile_of(make.report(1, place=name)).places[0] for name in ("Kirkuk", "Mosul"))
    assert placing.kilometres(one, two) == pytest.approx(150, abs=5)


def test_actors_and_targets_may_change_places(make: Any) -> None:
    army, group = make.actor("Iraqi army", kind="military", country="IQ"), make.actor("Islamic State")
    one, other = {"actors": (army,), "targets": (group,)}, {"actors": (group,), "targets": (army,)}
    left, right = profiles(make, one, other)
    assert parties.actor_agreement(left, right) == parties.SWAPPED_ROLE
    assert parties.target_agreement(left, right) == parties.SWAPPED_ROLE
    left, right = profiles(make, one, one)
    assert parties.actor_agreement(left, right) == 1


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    [
        ("Islamic State", {}, 1),
        ("Federal Police", {"kind": "police"}, parties.OPPOSED),
        ("Army of Naqshbandi", {}, -0.6),
        ("gunmen", {"id": None, "kind": "unidentified"}, 0),
        ("militants", {"id": None}, parties.SAME_KIND),
    ],
)
def test_actor_pairs(make: Any, name: str, changes: Any, expected: float) -> None:
    left, right = profiles(make, {}, {"actors": (make.actor(name, **changes),)})
    assert parties.actor_agreement(left, right) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"low": 12}, {"low": 12}, 1),
        ({"low": 1}, {"low": 1}, 0.5),
        ({"low": 10, "high": None}, {"low": 12}, 0.5),
        ({"low": 12}, {"low": 17}, 0.1),
        ({"low": 2}, {"low": 17}, -0.5),
        ({"low": 12}, {"low": 12, "kind": "injured"}, 0),
        (
            {"low": 12, "of": "civilian", "kind": "injured"},
            {"low": 12, "of": "combatant", "kind": "injured"},
            0,
        ),
        ({"low": 0}, {"low": 0}, 0.5),
    ],
    ids=str,
)
def test_figures(make: Any, first: Any, second: Any, expected: float) -> None:
    left, right = profiles(make, {"counts": (make.count(**first),)}, {"counts": (make.count(**second),)})
    assert (
        features.figure_agreement(left, right) == features.figure_agreement(right, left) == max(0.0, expected)
    )
    assert (
        features.figure_conflict(left, right) == features.figure_conflict(right, left) == (expected < 0) * -1.0
    )


def test_dead_of_two_kinds_tell_two_happenings_apart(make: Any) -> None:
    """Twelve attackers were killed, and twelve workers."""

    def conflict(first: str, second: str, kind: str = "killed") -> float:
        counts = (make.count(low=12, of=each, kind=kind) for each in (first, second))
        return features.figure_conflict(*profiles(make, *({"counts": (count,)} for count in counts)))

    assert conflict("combatant", "civilian") == features.OTHER_DEAD
    assert conflict("combatant", "combatant") == conflict("unknown", "civilian") == 0
    assert conflict("combatant", "civilian", "injured") == 0


def test_a_day_taken_over_says_less_than_one_told(make: Any) -> None:
    taken = When(start="2016-10-21", end="2016-10-21", precision="day", basis="inherited")
    for other, told in (("2016-10-21", 1.0), ("2016-10-28", -1.0)):
        assert features.time_agreement(*profiles(make, {}, {"day": other})) == told
        left, right = profiles(make, {"when": taken}, {"day": other})
        assert features.time_agreement(left, right) == features.time_agreement(right, left)
        assert features.time_agreement(left, right) == told * features.TAKEN_DAY


def test_a_day_counted_from_another_parts_less_than_one_told(make: Any) -> None:
    day = "2016-10-24"
    leaning = When(start=day, end=day, precision="day", basis="stated", anchor="context:2016-10-22")
    assert features.other_day(*profiles(make, {}, {"day": "2016-10-24"})) == -1
    assert features.other_day(*profiles(make, {}, {"when": leaning})) == -features.TAKEN_DAY


def test_two_places_part_by_how_surely_they_were_read(make: Any) -> None:
    def apart(score: float) -> float:
        return placing.place_agreement(*profiles(make, {}, {"where": (make.place("Mosul", score=score),)}))

    assert -1 <= apart(0.9) < apart(0.5) < 0
    assert apart(0.5) == pytest.approx(0.5 * apart(0.9))


def test_what_lies_in_a_named_province_is_called_by_its_own_name(make: Any) -> None:
    held = {"where": (make.place("Salahuddin's Mutaibija"),)}
    assert placing.place_agreement(*profiles(make, {"place": "Mutaibija"}, held)) > 0.8


def test_a_truce_needs_no_town(make: Any) -> None:
    assert placing.unplaced(*profiles(make, {"place": None}, {})) == -1
    truces = {"type": "ceasefire", "place": None}, {"type": "ceasefire"}
    assert placing.unplaced(*profiles(make, *truces)) == -0.5


@pytest.mark.parametrize(
    ("second", "alike"),
    [
        ({}, 1),
        ({"place": None}, 1),
        ({"place": "Gao"}, 0),
        ({"published": "2017-03-01"}, 0),
        ({"place": None, "actor": None}, 0),
        ({"status": ("occurred",)}, 0),
    ],
    ids=str,
)
def test_warnings_by_one_actor_or_of_one_place(make: Any, second: Any, alike: float) -> None:
    first = {"day": None, "status": ("threatened",)}
    assert warned.warned_alike(*profiles(make, first, first | second)) == alike


@pytest.mark.parametrize(
    ("second", "alike"),
    [
        ({}, 1.0),
        ({"status": ("feared",), "place": "Gao"}, 1.0),
        ({"type": "bombing"}, 0.0),
        ({"status": ()}, 0.0),
        ({"status": ("demanded",)}, 0.0),
        ({"article": "art_1"}, 0.0),
        ({"published": "2017-01-05"}, 0.0),
        ({"published": None}, 0.0),
    ],
    ids=str,
)
def test_two_warnings_of_one_type(make: Any, second: Any, alike: float) -> None:
    first = {"day": None, "status": ("threatened",), "article": "art_1"}
    left, right = profiles(make, first, first | {"article": "art_2"} | second)
    assert warned.both_ahead(left, right) == warned.both_ahead(right, left) == alike


@pytest.mark.parametrize(
    ("second", "apart"),
    [
        ({}, False),
        ({"published": "2017-04-10"}, False),
        ({"published": "2017-06-26"}, True),
        ({"published": "2017-06-26", "status": ("threatened", "affirmed", "stated", "background")}, False),
        ({"published": "2017-06-26", "status": ()}, False),
        ({"published": None}, False),
    ],
    ids=str,
)
def test_warnings_of_two_half_years_are_two(make: Any, second: Any, *, apart: bool) -> None:
    first = {"day": None, "status": ("threatened",), "article": "art_1"}
    left, right = profiles(make, first, first | {"article": "art_2"} | second)
    assert warned.far_apart(left, right) == warned.far_apart(right, left) == apart


def test_days_of_what_goes_on_part_nothing(make: Any) -> None:
    def parted(kind: str, day: str) -> tuple[bool, bool, float]:
        pair = profiles(make, {"type": kind}, {"type": kind, "day": day})
        return features.far_apart(*pair), features.other_day(*pair) < 0, features.time_agreement(*pair)

    assert parted("curfew", "2016-10-27") == (False, False, 0.0)
    assert parted("assault", "2016-10-27")[:2] == (False, True)
    far, other, agreement = parted("curfew", "2016-11-21")
    assert far
    assert other
    assert agreement == -1.0


@pytest.mark.parametrize(
    ("given", "narrative"),
    [
        ({}, "summary"),
        ({"type": "displacement"}, "plain"),
        ({"counts": (1,)}, "plain"),
        ({"sentence": "It was the worst attack on the town this month."}, "plain"),
        ({"place": "Kablewa", "sentence": "They struck at a well in May.", "text": "May"}, "plain"),
        ({"place": "Kablewa", "sentence": "They struck at a well this month.", "text": "this month"}, "plain"),
        ({"place": "Kablewa", "text": "October"}, "summary"),
    ],
    ids=str,
)
def test_a_wide_time_is_no_summary_of_what_was_one(make: Any, given: Any, narrative: str) -> None:
    fields = {"when": MONTH, "place": None, "sentence": "They struck again and again this month."} | given
    fields["counts"] = tuple(map(make.count, fields.get("counts", ())))
    if text := fields.pop("text", None):
        fields["when"] = msgspec.structs.replace(MONTH, text=text)
    at = fields["sentence"].find("attack")
    fields["trigger"] = Span(max(at, 0), max(at, 0) + 6, "attack" if at >= 0 else "struck")
    assert profile_of(make.report(1, **fields)).narrative == narrative


def test_wording_and_instruments(make: Any) -> None:
    told = "Gunmen in Zarqa burned three granaries belonging to the Halabi brothers."
    left, right = profiles(make, {"sentence": told}, {"sentence": told.upper()})
    assert features.wording_agreement(left, right) > 0.4
    left, right = profiles(make, {"sentence": told}, {"sentence": "A truce was signed."})
    assert features.wording_agreement(left, right) == 0
    same: dict[str, Any] = {"sentence": told, "article": "art_x"}
    left, right = profiles(make, same, same)
    assert features.wording_agreement(left, right) == 0
    knife = (Span(0, 9, "car bombs"),)
    left, right = profiles(make, {"instruments": knife}, {"instruments": (Span(0, 9, "two car bombs"),)})
    assert features.instrument_agreement(left, right) == pytest.approx(2 / 3)


def test_status_and_currency(make: Any) -> None:
    status = ("occurred", "denied", "stated", "background")
    left, right = profiles(make, {}, {"status": status, "day": None})
    assert features.status_difference(left, right) == -1
    assert features.currency_difference(left, right) == -0.5
    left, right = profiles(make, {"article": "art_x"}, {"article": "art_x", "day": None, "status": status})
    assert features.currency_difference(left, right) == -1
    left, right = profiles(make, {}, {"status": ("occurred", "affirmed", "stated", "background")})
    assert features.currency_difference(left, right) == 0


VARIANTS = st.fixed_dictionaries(
    {},
    optional={
        "day": st.sampled_from([None, "2016-10-20", "2016-12-01"]),
        "published": st.sampled_from([None, "2016", "2017-01-01"]),
        "place": st.sampled_from([None, "Hawija", "Gao", "Qasr Tepe"]),
        "actor": st.sampled_from([None, "Federal Police"]),
        "article": st.just("art_x"),
        "status": st.sampled_from(
            [("feared",), ("occurred", "denied"), ("occurred", "affirmed", "stated", "background")]
        ),
    },
)


@given(first=VARIANTS, second=VARIANTS)
def test_features_are_bounded_and_symmetric(make: Any, types: Any, first: Any, second: Any) -> None:
    left, right = profiles(make, first, second)
    for entry in TABLE:
        value = entry.compare(left, right)
        assert -1 <= value <= 1
        assert value == entry.compare(right, left)
    scorer = Scorer(types)
    assert scorer.score(left, right) == scorer.score(right, left)
    assert scorer.comparable(left, right) == scorer.comparable(right, left)
    join = scorer.join(left, right)
    assert logistic(sum(feature.weight for feature in join.features)) == pytest.approx(join.score, abs=1e-3)


def test_the_logistic_does_not_overflow() -> None:
    assert logistic(-1000) == 0
    assert logistic(1000) == 1
    assert logistic(0) == 0.5
