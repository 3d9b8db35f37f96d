"""Clustering and blocking against slow references, and the bound on pairs."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link.block import REACH, candidate_pairs, components
from dateline.link.cluster import AVERAGE_SCORE, Constraints, Edge, cluster
from dateline.link.compare import Scorer
from dateline.link.decisions import read_decisions
from dateline.link.events import cluster_reports
from dateline.link.features import FAR_DAYS
from dateline.link.profiles import profile_of
from dateline.model.values import When

JOIN_SCORE = 0.7


def unconstrained(count: int, **given_: Any) -> Constraints:
    fields: dict[str, Any] = {"days": [None] * count, "comparable": lambda a, b: True}
    return Constraints(**{**fields, **given_})


def clustered(count: int, scores: dict[tuple[int, int], float], **given_: Any) -> Any:
    edges = [Edge(*pair, score) for pair, score in scores.items() if score >= JOIN_SCORE]
    groups, _ = cluster(edges, unconstrained(count, **given_), lambda a, b: scores.get((a, b), 0.0))
    return groups


def test_a_pair_joins() -> None:
    assert clustered(3, {(0, 2): 0.9}) == ((0, 2), (1,))


def test_a_bridge_does_not_chain_two_groups() -> None:
    scores = {(0, 1): 0.95, (2, 3): 0.95, (1, 2): 0.8}
    assert clustered(4, scores) == ((0, 1), (2, 3))


def test_a_terse_report_joins_the_group_that_it_fits_on_average() -> None:
    scores = {(0, 1): 0.95, (0, 2): 0.8, (1, 2): 0.4}
    assert clustered(3, scores) == ((0, 1, 2),)


def test_a_text_agrees_as_well_as_its_best_mention() -> None:
    """What a long telling adds beside what another repeats says nothing against the two being one."""
    scores = {(0, 1): 0.95, (0, 2): 0.95, (1, 2): 0.95, (0, 3): 0.9, (1, 3): 0.1, (2, 3): 0.1}
    assert clustered(4, scores) == ((0, 1, 2), (3,))
    assert clustered(4, scores, texts=["a", "a", "a", "b"]) == ((0, 1, 2, 3),)


def test_days_keep_groups_apart() -> None:
    days = [(10, 10), (10 + FAR_DAYS, 10 + FAR_DAYS), (10, 20)]
    scores = {(0, 1): 0.99, (0, 2): 0.9, (1, 2): 0.9}
    assert clustered(3, scores, days=days) == ((0, 2), (1,))


def test_verdicts_come_before_scores() -> None:
    scores = {(0, 1): 0.99, (1, 2): 0.1}
    parted = {0: frozenset({1}), 1: frozenset({0})}
    assert clustered(3, scores, must=[(1, 2)], cannot=parted) == ((0,), (1, 2))


def test_the_edges_that_joined_are_told() -> None:
    edges = [Edge(0, 1, 0.9), Edge(1, 2, 0.8), Edge(0, 2, 0.75)]
    groups, used = cluster(edges, unconstrained(3), lambda a, b: 0.9)
    assert groups == ((0, 1, 2),)
    assert used == (edges[0], edges[1])


ALONE = {(0, 1): 0.95, (0, 2): 0.8, (1, 2): 0.1, (0, 3): 0.95, (1, 3): 0.95, (2, 3): 0.1}


def test_what_a_text_tells_alone_is_looked_at_once_more() -> None:
    """A third of the texts that it is measured against is enough for one that nothing else took up."""
    assert clustered(4, ALONE) == ((0, 1, 3), (2,))
    assert clustered(4, ALONE, texts=list("abcd")) == ((0, 1, 2, 3),)


def test_what_stands_in_two_texts_is_not_looked_at_again() -> None:
    scores = {**ALONE, (2, 4): 0.95, (0, 4): 0.1, (1, 4): 0.1, (3, 4): 0.1}
    assert clustered(5, scores, texts=list("abcde")) == ((0, 1, 3), (2, 4))


def test_no_second_look_joins_what_is_forbidden_or_agrees_too_little() -> None:
    texts = list("abcd")
    parted = {1: frozenset({2}), 2: frozenset({1})}
    assert clustered(4, ALONE, texts=texts, cannot=parted) == ((0, 1, 3), (2,))
    poor = {**ALONE, (0, 2): 0.7, (1, 2): -0.25, (2, 3): -0.25}
    assert clustered(4, poor, texts=texts) == ((0, 1, 3), (2,))


def test_the_second_look_takes_the_group_that_fits_best() -> None:
    first = {(0, 1): 0.95, (2, 3): 0.95}
    apart = {(0, 2): 0.0, (0, 3): 0.0, (1, 2): 0.0, (1, 3): 0.0}
    offers = {(0, 4): 0.72, (1, 4): 0.0, (2, 4): 0.71, (3, 4): 0.02}
    scores = {**first, **apart, **offers}
    assert clustered(5, scores) == ((0, 1), (2, 3), (4,))
    assert clustered(5, scores, texts=list("abcde")) == ((0, 1), (2, 3, 4))


def test_what_tells_day_and_place_is_not_looked_at_again() -> None:
    texts = list("abcd")
    assert clustered(4, ALONE, texts=texts, terse=[False, False, True, False]) == ((0, 1, 2, 3),)
    assert clustered(4, ALONE, texts=texts, terse=[True, True, False, True]) == ((0, 1, 3), (2,))


def test_edges_of_the_second_look_are_marked() -> None:
    edges = [Edge(*pair, score) for pair, score in ALONE.items() if score >= JOIN_SCORE]
    known = unconstrained(4, texts=list("abcd"))
    _, used = cluster(edges, known, lambda a, b: ALONE[a, b])
    assert [(edge.left, edge.right) for edge in used if edge.late] == [(0, 2)]


def reference(
    count: int, scores: dict[tuple[int, int], float], forbidden: set[tuple[int, int]]
) -> tuple[tuple[int, ...], ...]:
    """Group as `cluster` promises, by looking at everything again at every step."""
    groups = [{position} for position in range(count)]
    for left, right in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        one = next(group for group in groups if left in group)
        two = next(group for group in groups if right in group)
        between = [(min(a, b), max(a, b)) for a in one for b in two]
        if one is two or scores[(left, right)] < JOIN_SCORE or any(pair in forbidden for pair in between):
            continue
        if sum(scores[pair] for pair in between) / len(between) >= AVERAGE_SCORE:
            one |= two
            groups.remove(two)
    return tuple(sorted(tuple(sorted(group)) for group in groups))


def drawn_scores(data: st.DataObject, count: int) -> dict[tuple[int, int], float]:
    """Draw a score for each pair of positions: eighths add up exactly, in whatever order."""
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count)]
    eighths = data.draw(st.lists(st.integers(0, 8), min_size=len(pairs), max_size=len(pairs)))
    return {pair: value / 8 for pair, value in zip(pairs, eighths, strict=True)}


@settings(max_examples=150, deadline=None)
@given(data=st.data(), count=st.integers(1, 7))
def test_against_the_reference(data: st.DataObject, count: int) -> None:
    scores = drawn_scores(data, count)
    pairs = list(scores)
    starts = data.draw(st.lists(st.none() | st.integers(0, 30), min_size=count, max_size=count))
    days = [None if start is None else (start, start) for start in starts]
    parted = data.draw(st.sets(st.sampled_from(pairs), max_size=3)) if pairs else set()
    banned = data.draw(st.sets(st.sampled_from(pairs), max_size=3)) if pairs else set()
    dated = {position: start for position, start in enumerate(starts) if start is not None}
    far = {(a, b) for a, b in pairs if {a, b} <= dated.keys() and abs(dated[a] - dated[b]) >= FAR_DAYS}
    cannot = {
        position: frozenset({a + b - position for a, b in parted if position in (a, b)})
        for position in range(count)
    }
    found = clustered(
        count, scores, days=days, cannot=cannot, comparable=lambda a, b: (min(a, b), max(a, b)) not in banned
    )
    assert found == reference(count, scores, far | parted | banned)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), count=st.integers(2, 7))
def test_the_second_look_only_adds_texts_that_stood_alone(data: st.DataObject, count: int) -> None:
    """Whatever stood together stays so, no group comes to another, and names of texts decide nothing."""
    scores = drawn_scores(data, count)
    names = data.draw(st.permutations("abcdefg"))[:count]
    before, after = clustered(count, scores), clustered(count, scores, texts=names)
    assert after == clustered(count, scores, texts=list("abcdefg")[:count])
    assert sorted(member for group in after for member in group) == list(range(count))
    for group in after:
        parts = [part for part in before if set(part) & set(group)]
        assert {member for part in parts for member in part} == set(group)
        assert sum(len(part) > 1 for part in parts) <= 1


# --- blocks ------------------------------------------------------------------------------------------------

TOLD = st.tuples(
    st.sampled_from(["assault", "armed_clash", "bombing", "protest"]),
    st.sampled_from(["2016-10-20", "2016-10-21", "2016-11-21", None]),
    st.sampled_from(["Kirkuk", "Hawija", "Gao", "Qasr Tepe"]),
    st.sampled_from(["occurred", "feared"]),
    st.integers(1, 3),
)


@settings(max_examples=80, deadline=None)
@given(told=st.lists(TOLD, max_size=8))
def test_blocks_hold_every_pair_that_could_join(make: Any, types: Any, told: list[Any]) -> None:
    """Comparing all pairs finds no join among placed reports that blocking does not find."""
    profiles = [
        profile_of(
            make.report(
                number, type=type_, day=day, place=place, status=(reality,), article=f"art_{article}",
                start=number * 10,
            )
        )
        for number, (type_, day, place, reality, article) in enumerate(told, 1)
    ]  # fmt: skip
    scorer = Scorer(types)
    found = list(candidate_pairs(profiles, scorer))
    assert found == sorted(set(found))
    for a, left in enumerate(profiles):
        for b in range(a + 1, len(profiles)):
            right = profiles[b]
            if (a, b) in found:
                assert scorer.comparable(left, right)
            elif scorer.comparable(left, right):
                assert scorer.score(left, right) < scorer.join_score


def test_pairs_stay_in_proportion_when_all_meet_in_one_town_and_day(make: Any, types: Any) -> None:
    profiles = [profile_of(make.report(number)) for number in range(400)]
    pairs = list(candidate_pairs(profiles, Scorer(types)))
    blocks_of_a_report = 6
    assert len(profiles) <= len(pairs) <= len(profiles) * REACH * blocks_of_a_report


def test_an_open_ended_report_meets_a_later_one(make: Any, types: Any) -> None:
    since = When(start="2016-10-01", precision="day", basis="stated")
    profiles = [profile_of(make.report(1, when=since)), profile_of(make.report(2))]
    assert list(candidate_pairs(profiles, Scorer(types))) == [(0, 1)]


def test_a_report_without_place_is_found_by_its_actor(make: Any, types: Any) -> None:
    profiles = [profile_of(make.report(1, place=None)), profile_of(make.report(2))]
    assert list(candidate_pairs(profiles, Scorer(types))) == [(0, 1)]


def test_components_are_what_pairs_connect() -> None:
    assert components(5, [(3, 1), (1, 4)]) == ((0,), (1, 3, 4), (2,))
    assert components(0, []) == ()


@settings(max_examples=80, deadline=None)
@given(told=st.lists(TOLD, max_size=8))
def test_each_component_is_decided_by_itself(make: Any, types: Any, told: list[Any]) -> None:
    reports = [
        make.report(
            number, type=type_, day=day, place=place, status=(reality,), article=f"art_{article}",
            start=number * 10,
        )
        for number, (type_, day, place, reality, article) in enumerate(told, 1)
    ]  # fmt: skip
    profiles, scorer, none = [profile_of(report) for report in reports], Scorer(types), read_decisions(())
    whole, _ = cluster_reports(profiles, scorer, none)
    parts = []
    for component in components(len(profiles), candidate_pairs(profiles, scorer)):
        groups, _ = cluster_reports([profiles[position] for position in component], scorer, none)
        parts += [tuple(component[position] for position in group) for group in groups]
    assert tuple(sorted(parts)) == whole
