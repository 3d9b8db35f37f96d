"""The suite of incidents: B³, matching reports with anchors, and what is counted as right."""

from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.evaluate import incidents
from dateline.evaluate.clusters import b_cubed, b_cubed_score, pairs_of
from dateline.evaluate.given import GivenMentions
from dateline.evaluate.groupings import by_day_place_type, by_text
from dateline.evaluate.suite import Task
from dateline.evaluate.worldfiles import read_world
from dateline.evaluate.worlds import World
from dateline.model.event import Relation
from dateline.ontology import load_ontology
from dateline.resolve import Resolver
from dateline.resolve.catalogue import load_catalogue
from dateline.resolve.gazetteer import Gazetteer

WORLD = (Path(__file__).parent / "tara.yaml").read_text("utf-8")


@pytest.fixture
def world() -> World:
    found = read_world(yaml.safe_load(WORLD), [])
    assert found is not None
    return found


@pytest.fixture
def resolver(gazetteer: Gazetteer) -> Resolver:
    return Resolver(gazetteer, load_catalogue(), load_ontology())


class Silent:
    name = "silent"
    version = "1"

    def code(self, article: object) -> tuple[()]:
        return ()


def test_b_cubed_of_a_worked_example() -> None:
    gold = dict(zip("abcdefg", "1111122", strict=True))
    found = dict(zip("abcdefg", "xxyyyyy", strict=True))
    precision, recall = b_cubed(gold, found)
    # a, b: 2 of 2 right; c, d, e: 3 of 5; f, g: 2 of 5
    assert precision == pytest.approx(2 + 3 * 3 / 5 + 2 * 2 / 5)
    # a, b: 2 of 5; c, d, e: 3 of 5; f, g: 2 of 2
    assert recall == pytest.approx(2 * 2 / 5 + 3 * 3 / 5 + 2)
    score = b_cubed_score("b", gold, found)
    assert score.precision == pytest.approx(precision / 7)
    assert score.recall == pytest.approx(recall / 7)


@given(st.dictionaries(st.integers(0, 30), st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1))
def test_b_cubed_is_one_for_the_same_groups_and_turns_with_its_sides(
    made: dict[int, tuple[int, int]],
) -> None:
    gold = {item: sides[0] for item, sides in made.items()}
    found = {item: sides[1] for item, sides in made.items()}
    assert b_cubed_score("same", gold, gold).f1 == pytest.approx(1)
    assert b_cubed(gold, found) == pytest.approx(b_cubed(found, gold)[::-1])
    alone = b_cubed_score("alone", gold, {item: item for item in gold})
    assert alone.precision == pytest.approx(1)
    assert alone.f1 <= 1 + 1e-9


def test_nothing_to_group_scores_nothing() -> None:
    assert b_cubed_score("none", {}, {}).f1 == 0
    assert pairs_of({"a": 1, "b": 2}) == frozenset()
    assert pairs_of({"a": 1, "b": 2, "c": 1}) == {("a", "c")}


def test_given_mentions_are_all_read_and_linked(world: World, resolver: Resolver) -> None:
    found = incidents.linked(GivenMentions([world]), [world], resolver)
    assert len(found.matched) == len(found.gold) == sum(len(each.anchors) for each in world.dispatches)
    scores = {score.label: score for score in incidents.main_scores(found)}
    assert scores[incidents.READ].value == 1
    # the warning is never one with what happened
    assert scores[incidents.FOUND].precision == 1
    assert scores[incidents.OUTCOMES].gold == 1
    own = incidents.event_of_incident(found)
    assert own["sela-warning"].status.reality == "threatened"
    assert own["tara-bomb"].type == "bombing"


def test_an_unread_anchor_is_no_found_report_and_else_an_event_of_its_own(
    world: World, resolver: Resolver
) -> None:
    found = incidents.linked(Silent(), [world], resolver)
    scores = {score.label: score for score in incidents.main_scores(found)}
    assert scores[incidents.FOUND].gold == 0
    assert scores[incidents.ALL].precision == 1
    # 2 groups: each anchor alone gives as much recall as there are groups
    assert scores[incidents.ALL].correct == pytest.approx(2)
    assert scores[incidents.READ].value == 0
    assert scores[incidents.ORIGINS].correct == 0
    assert scores[incidents.OUTCOMES].correct == 0


def test_relations_are_scored_between_the_events_of_incidents(world: World, resolver: Resolver) -> None:
    threatened = msgspec.structs.replace(world.incidents[1], follow_up=("tara-bomb",))
    world = msgspec.structs.replace(world, incidents=(world.incidents[0], threatened))
    found = incidents.linked(GivenMentions([world]), [world], resolver)
    own = incidents.event_of_incident(found)
    scores = {score.label: score for score in incidents.relations(found, own)}
    assert [(each.correct, each.predicted, each.gold) for each in scores.values()] == [
        (0, 0, 0), (0, 0, 1), (0, 0, 0),
    ]  # fmt: skip
    bomb = own["tara-bomb"]
    own["sela-warning"] = msgspec.structs.replace(
        own["sela-warning"], relations=(Relation(kind="follow_up", event=bomb.id, why="after"),)
    )
    scores = {score.label: score for score in incidents.relations(found, own)}
    assert scores["follow-ups"].f1 == 1


def test_the_plain_groupings(world: World, resolver: Resolver) -> None:
    found = incidents.linked(GivenMentions([world]), [world], resolver)
    groups = by_day_place_type(found.reports)
    assert set(groups) == {report.id for report in found.reports}
    similar = by_text(found.reports, 0.99)
    apart = {similar[report.id] for report in found.reports if report.article.outlet == "Local Leaf"}
    assert not apart & {similar[report.id] for report in found.reports if report.article.outlet == "Ruhan Wire"}
    assert len(set(by_text(found.reports, 0.0).values())) == 1


def test_the_suite_wants_worlds_of_the_part(tmp_path: Path) -> None:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "tara.yaml").write_text(WORLD, "utf-8")
    with pytest.raises(InputError, match="'test'"):
        incidents.run(Silent(), Task(data=tmp_path, corpus=tmp_path))


def test_the_suite_gives_both_ways_and_the_tables(world: World, resolver: Resolver, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    task = Task(data=tmp_path, corpus=tmp_path, part="dev", progress=lambda done, of: seen.append((done, of)))
    result = incidents.measure(Silent(), [world], resolver, task)
    assert result.headline in {score.label for score in result.scores}
    assert result.score(incidents.GIVEN + incidents.FOUND).gold == 8
    assert result.score(incidents.GIVEN + world.id, incidents.WORLDS).gold == 8
    assert result.score(incidents.BY_DAY, incidents.BESIDE).gold == 0
    assert seen[-1] == (5, 5)
