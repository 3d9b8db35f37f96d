"""Warnings and what came of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.config import DATA
from dateline.errors import DataError
from dateline.link.events import link
from dateline.link.horizons import horizon_of, limits_of, load_horizon_words, renewed_horizon
from dateline.link.outcomes import follow_warnings
from dateline.model.outcome import STATES, Outcome
from dateline.model.values import When
from dateline.model.verdict import make_verdict

TOWN = {"place": "Kirkuk", "day": "2016-10-21", "published": "2016-10-22"}
# Articles of the days after the warning, whatever they tell.
READ = [("Tigris Post", "2016-10-15", 1), ("Tigris Post", "2016-11-10", 1)]


def outcome(
    make: Any, types: Any, warning: dict[str, Any], fact: dict[str, Any] | None, **options: Any
) -> Outcome:
    reports = [
        make.report(1, **{"status": ("feared",), "day": None, "published": "2016-10-10", **warning}),
        # What else is read of the province.
        make.report(3, type="protest", place="Hawija", day="2016-10-14", published="2016-10-15", actor=None),
    ]
    if fact is not None:
        reports.append(make.report(2, **{**TOWN, **fact}))
    events = link(reports, [], types)
    (warned,) = (event.id for event in events if "rep_0001" in event.reports)
    return next(each for each in follow_warnings(events, types, **options) if each.warning == warned)


@pytest.mark.parametrize(
    ("warning", "fact", "state"),
    [
        ({}, {}, "came_about"),
        ({"status": ("planned",)}, {"type": "armed_clash"}, "came_about"),
        ({"status": ("demanded",), "type": "protest"}, {"type": "protest"}, "came_about"),
        ({}, {"actor": None}, "came_about"),
        ({"place": None}, {}, "came_about"),
        # Another name of the deed will do where the actor is the same.
        ({"type": "bombing"}, {"type": "killing"}, "came_about"),
        ({"type": "bombing"}, {"type": "killing", "actor": None}, "open"),
        ({"type": "bombing", "actor": None}, {"type": "killing"}, "open"),
        ({"day": "2016-10-12"}, {"day": "2016-10-12", "published": "2016-10-13"}, "came_about"),
        # In all but one aspect: place, actor, time.
        ({}, {"place": "Hawija"}, "elsewhere"),
        ({}, {"actor": "Federal Police"}, "otherwise"),
        ({"day": "2016-10-12"}, {"day": "2016-10-15"}, "otherwise"),
        # Of another type, too far off, in two aspects at once, or with too little said.
        ({}, {"type": "protest"}, "open"),
        ({}, {"place": "Gao"}, "open"),
        ({}, {"place": "Hawija", "actor": "Federal Police"}, "open"),
        ({"day": "2016-10-12"}, {"day": "2016-10-15", "place": "Hawija"}, "did_not"),
        ({"place": None, "actor": None}, {}, "open"),
        ({"actor": None}, {"place": "Hawija"}, "open"),
        ({}, {"status": ("attempted",)}, "foiled"),
        ({}, {"status": ("occurred", "denied")}, "denied"),
        ({}, {"status": ("planned", "denied")}, "denied"),
        ({}, {"status": ("demanded",)}, "open"),
        # It was known before the warning.
        ({}, {"day": "2016-10-09", "published": "2016-10-10"}, "open"),
        ({}, {"day": "2016-10-10", "article": "art_0001"}, "open"),
        ({}, {"day": "2016-10-10"}, "came_about"),
        # After its horizon.
        ({}, {"day": "2017-10-21", "published": "2017-10-22"}, "did_not"),
        ({"published": None}, {}, "unknown"),
    ],
    ids=str,
)
def test_states(make: Any, types: Any, warning: Any, fact: Any, state: str) -> None:
    today = "2017-10-22" if state == "did_not" else "2016-11-10"
    found = outcome(make, types, warning, fact, today=today, reading=READ)
    assert found.state == state
    assert found.state in STATES
    assert (found.event is not None) is (state in ("came_about", "elsewhere", "otherwise", "foiled"))
    assert bool(found.differs) is (state in ("elsewhere", "otherwise"))
    assert bool(found.denials) is (state == "denied")


@pytest.mark.parametrize(
    ("published", "sentence", "state"),
    [
        # While the threat stands, a no denies it; when its time is over, it says that it did not come.
        ("2016-10-11", "There is no threat to the town, the governor said.", "denied"),
        ("2016-10-20", "There was no threat to the town, the governor said.", "did_not"),
        ("2016-10-12", "The attack never took place.", "did_not"),
        ("2016-10-12", "No bomb has gone off.", "did_not"),
        # What an outlet tells in the past has not come so far, what it tells of the days ahead is ruled out.
        ("2016-10-12", "No grenade was thrown at anyone, and the shops stayed open.", "did_not"),
        ("2016-10-12", "The attack on the town is off.", "denied"),
        # That it was called off can be told at any time.
        ("2016-10-20", "The raid was called off on the eve.", "denied"),
    ],
)
def test_what_did_not_come_is_no_denial(
    make: Any, types: Any, published: str, sentence: str, state: str
) -> None:
    warned = make.report(1, status=("feared",), day="2016-10-12", published="2016-10-10")
    no = ("feared", "denied")
    told = make.report(2, status=no, day="2016-10-12", published=published, sentence=sentence)
    events = link([warned, told], [], types)
    found = {each.warning: each for each in follow_warnings(events, types, today="2017-06-01", reading=READ)}
    (event,) = (event for event in events if "rep_0001" in event.reports)
    assert found[event.id].state == state
    assert bool(found[event.id].denials) is (state == "denied")


def test_the_default_horizon_is_told_and_today_decides(make: Any, types: Any) -> None:
    found = outcome(make, types, {}, None, today="2016-11-01")
    assert found.horizon is not None
    assert (found.state, found.horizon.end, found.horizon.basis) == ("open", "2017-01-08", "default")
    assert "90 days" in (found.horizon.assumed or "")
    assert outcome(make, types, {}, None, today="2017-01-08").state == "open"
    assert outcome(make, types, {}, None, today="2017-01-09").state == "did_not"


def test_where_nothing_was_read_nothing_is_concluded(make: Any, types: Any) -> None:
    warned = make.report(1, status=("feared",), day=None, published="2016-10-10")
    (found,) = follow_warnings(link([warned], [], types), types, today="2017-06-01")
    assert found.state == "unknown"
    assert found.coverage is not None
    assert found.coverage.articles == 0


def test_of_a_warning_that_names_neither_place_nor_actor_nothing_is_concluded(make: Any, types: Any) -> None:
    vague = {"place": None, "actor": None}
    assert outcome(make, types, vague, {}, today="2016-11-10").state == "open"
    found = outcome(make, types, vague, {}, today="2017-11-10")
    assert found.state == "unknown"
    assert "neither a place nor an actor" in found.why


def test_what_was_read_of_its_days_is_said(make: Any, types: Any) -> None:
    reports = [
        make.report(1, status=("feared",), day=None, published="2016-10-10"),
        make.report(2, type="protest", place="Hawija", day="2016-10-20", published="2016-10-21"),
        make.report(3, type="protest", place="Gao", day="2016-10-20", published="2016-10-21"),
    ]
    reading = [("A", "2016-10-10", 5), ("A", "2016-10-21", 1), ("B", "2016-10-21", 1), ("B", "2017-05-01", 9)]
    (found,) = follow_warnings(link(reports, [], types), types, reading=reading)
    assert found.state == "did_not"
    assert found.coverage is not None
    # Two articles on the 21st, one of them from Kirkuk province; what came out later is outside the horizon.
    assert (found.coverage.articles, found.coverage.outlets, found.coverage.near) == (2, 2, 1)
    assert found.coverage.last == "2017-05-01"
    assert (
        "as far as the articles read tell (2 articles from within it, 1 with reports from its area)"
        in found.why
    )
    # Of two articles about another country nothing follows.
    (found,) = follow_warnings(link([reports[0], reports[2]], [], types), types, reading=reading)
    assert found.state == "unknown"
    assert found.coverage is not None
    assert (found.coverage.articles, found.coverage.near) == (2, 0)


def test_a_warning_told_after_its_own_time_is_marked(make: Any, types: Any) -> None:
    found = outcome(make, types, {"day": "2016-10-05"}, {"day": "2016-10-05"})
    assert (found.state, found.afterwards) == ("came_about", True)
    assert not outcome(make, types, {}, {}).afterwards


def test_what_came_elsewhere_was_done_by_someone_named(make: Any, types: Any) -> None:
    rebels = make.actor("rebels", id=None)
    found = outcome(
        make, types, {"actors": (rebels,)}, {"actors": (rebels,), "place": "Hawija"}, today="2016-11-10"
    )
    assert found.state == "open"


def test_what_is_told_only_afterwards_leaves_no_days_to_read(make: Any, types: Any) -> None:
    """Articles of the province between the warning's own time and its telling do not count below zero."""
    warned = {"day": "2016-10-12", "published": "2016-10-20"}
    found = outcome(make, types, warned, {"published": "2016-10-13", "type": "protest"}, today="2017-01-01")
    assert found.coverage is not None
    assert (found.coverage.articles, found.coverage.near) == (0, 0)


def test_the_best_agreeing_event_meets_it(make: Any, types: Any) -> None:
    province = make.place("Kirkuk", precision="admin1", gazetteer_id="geo:p", radius_km=80.0)
    reports = [
        make.report(1, status=("feared",), day=None, published="2016-10-10"),
        make.report(2, where=(province,), day="2016-10-12"),
        make.report(3, **TOWN),
    ]
    events = link(reports, [], types)
    (found,) = follow_warnings(events, types)
    (met,) = (event for event in events if event.id == found.event)
    assert met.reports == ("rep_0003",)
    assert follow_warnings(events[::-1], types) == (found,)


def test_things_that_happened_are_no_warnings(make: Any, types: Any) -> None:
    assert follow_warnings(link([make.report(1)], [], types), types) == ()


# 2016-10-12 is a Wednesday.
@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        ("They will attack within 48 hours, he said.", ["2016-10-14"]),
        ("The offensive would begin within days.", ["2016-10-22"]),
        ("Troops will leave in the coming weeks.", ["2016-11-23"]),
        ("More raids are planned over the next two months.", ["2016-12-12"]),
        ("They threatened to strike within a week.", ["2016-10-19"]),
        ("An assault is imminent.", ["2016-10-26"]),
        ("A march is planned for next week.", ["2016-10-23"]),
        ("Protests are planned this week.", ["2016-10-16"]),
        ("Police will return by the end of the month.", ["2016-10-31"]),
        ("A vote will be held next month.", ["2016-11-30"]),
        ("He warned of unrest before the election in May.", ["2017-05-31"]),
        ("He warned of unrest before the elections in May 2018.", ["2018-05-31"]),
        ("They will burn fields before the end of the harvest.", [None]),
        ("They were in the coming.", []),
        ("He spoke of hours and of weeks.", []),
        ("The weeks before were calm.", []),
    ],
)
def test_how_soon_a_sentence_says(sentence: str, ends: list[str | None]) -> None:
    limits = list(limits_of(sentence, date(2016, 10, 12).toordinal()))
    assert [date.fromordinal(each.last).isoformat() if each.last else None for each in limits] == ends
    assert all(each.text in sentence for each in limits)


def test_own_dates_go_before_words_and_words_before_the_default(make: Any, types: Any) -> None:
    def horizon(**fields: Any) -> tuple[str, str, str]:
        given_fields = {"status": ("planned",), "day": None, "published": "2016-10-12", **fields}
        (event,) = link([make.report(1, **given_fields)], [], types)
        found = horizon_of(event)
        assert found is not None
        return found.start, found.end, found.basis

    soon = "They want to attack within 48 hours."
    assert horizon(day="2016-10-20", sentence=soon) == ("2016-10-12", "2016-10-20", "dates")
    assert horizon(sentence=soon) == ("2016-10-12", "2016-10-14", "words")
    assert horizon() == ("2016-10-12", "2016-12-11", "default")
    since = When(start="2016-10-01", precision="month", text="since October", basis="stated")
    assert horizon(when=since) == ("2016-10-01", "2016-12-11", "default")


@pytest.mark.parametrize(("without", "basis"), [(2, "dates"), (3, "dates"), (4, "default")])
def test_days_bound_a_warning_that_nearly_all_tell_without_them(
    make: Any, types: Any, without: int, basis: str
) -> None:
    fields: dict[str, Any] = {"status": ("feared",), "published": "2016-10-12"}
    reports = [make.report(1, **fields, day="2016-10-20")]
    reports += [make.report(number, **fields, day=None) for number in range(2, 2 + without)]
    verdict = make_verdict("merge", tuple(one.id for one in reports), by="A", at="2024-01-01T00:00:00Z")
    (event,) = link(reports, [], types, [verdict])
    found = horizon_of(event)
    assert found is not None
    assert found.basis == basis


def test_who_looks_back_on_a_warning_gives_none_anew(make: Any, types: Any) -> None:
    def renewed(sentence: str) -> bool:
        first = make.report(1, status=("threatened",), published="2016-10-12", day="2016-10-20")
        later = make.report(2, status=("threatened",), published="2016-10-22", day=None, sentence=sentence)
        (event,) = link([first, later], [], types)
        passed = horizon_of(event)
        assert passed is not None
        return renewed_horizon(event, passed) is not None

    assert renewed("They still mean to attack the town soon.")
    assert not renewed("The town, which they had vowed to attack, voted in peace.")


def test_who_says_no_gives_no_warning_anew(make: Any, types: Any) -> None:
    first = make.report(1, status=("threatened",), published="2016-10-12", day="2016-10-20")
    later = make.report(2, status=("threatened", "denied"), published="2016-10-22", day="2016-10-20")
    (event,) = link([first, later], [], types)
    passed = horizon_of(event)
    assert passed is not None
    assert renewed_horizon(event, passed) is None


def test_what_has_not_come_so_far_is_open_until_its_time_is_over(make: Any, types: Any) -> None:
    warned = make.report(1, status=("feared",), day=None, published="2016-10-10")
    sentence = "No grenade was thrown at anyone."
    told = make.report(2, status=("feared", "denied"), day=None, published="2016-10-12", sentence=sentence)
    events = link([warned, told], [], types)
    (event,) = (event for event in events if "rep_0001" in event.reports)
    states = [
        {each.warning: each for each in follow_warnings(events, types, today=today, reading=READ)}[
            event.id
        ].state
        for today in ("2016-10-20", "2017-06-01")
    ]
    assert states == ["open", "did_not"]


@pytest.mark.parametrize("place", ["Hawija", "Kirkuk"])
def test_an_event_is_where_as_many_put_it(make: Any, types: Any, place: str) -> None:
    warned = make.report(1, status=("feared",), place=place, day=None, published="2016-10-10", actor=None)
    told = [
        make.report(number, place=town, day="2016-10-21", published="2016-10-22", actor=None)
        for number, town in ((2, "Kirkuk"), (3, "Hawija"))
    ]
    verdict = make_verdict("merge", ("rep_0002", "rep_0003"), by="A", at="2024-01-01T00:00:00Z")  # type: ignore[arg-type]
    events = link([warned, *told], [], types, [verdict])
    (event,) = (event for event in events if "rep_0001" in event.reports)
    found = {each.warning: each for each in follow_warnings(events, types, today="2016-11-10", reading=READ)}
    assert found[event.id].state == "came_about"


def test_the_words_of_horizons_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (DATA / "link" / "horizons.yaml").read_text("utf-8")
    assert load_horizon_words().grace == 7
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "horizons.yaml").write_text(text.replace("demanded: 180", "asked: 180"), "utf-8")
    monkeypatch.setattr("dateline.link.horizons.DATA", tmp_path)
    with pytest.raises(DataError, match=r"horizons\.yaml: demanded has no default"):
        load_horizon_words.__wrapped__()


REALITIES = st.sampled_from(["occurred", "attempted", "planned", "feared", "demanded", "threatened"])
REPORTS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.tuples(REALITIES, st.sampled_from(["affirmed", "affirmed", "denied"])),
            "type": st.sampled_from(["assault", "armed_clash", "bombing", "protest"]),
            "place": st.sampled_from(["Kirkuk", "Hawija", "Mosul", "Gao", None]),
            "actor": st.sampled_from(["Islamic State", "Federal Police", None]),
            "day": st.sampled_from([None, "2016-10-05", "2016-10-21", "2016-11-20", "2017-06-01"]),
            "published": st.sampled_from([None, "2016-10-10", "2016-10-22", "2016-11-21", "2017-06-02"]),
        }
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(REPORTS, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_and_every_state_is_kept(
    make: Any, types: Any, given_: Any, chance: Any
) -> None:
    events = list(link([make.report(number, **fields) for number, fields in enumerate(given_)], [], types))
    found = follow_warnings(events, types)
    chance.shuffle(events)
    assert follow_warnings(events, types) == found
    known = {event.id: event for event in events}
    for each in found:
        assert each.state in STATES
        if each.event is not None and each.horizon is not None:
            start = known[each.event].when.start
            assert start is not None
            assert each.horizon.start <= start
            assert "time" in each.differs or start <= each.horizon.end
