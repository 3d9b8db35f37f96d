"""What worlds teach: their marks as they stand, from the dev part alone, and not from all of it."""

from pathlib import Path

import msgspec
import pytest
import yaml

from dateline.evaluate.teaching import teaches, world_examples
from dateline.evaluate.worldfiles import load_worlds, read_world
from dateline.evaluate.worlds import World
from dateline.train.examples import faults_of

CORPUS = Path(__file__).parents[2] / "corpus" / "incidents"


@pytest.fixture(scope="module")
def tara() -> World:
    """Return the small world of the tests."""
    world = read_world(yaml.safe_load((Path(__file__).parent / "tara.yaml").read_text("utf-8")), [])
    assert world is not None
    return world


def test_only_the_dev_part_teaches_and_some_of_it_does_not() -> None:
    worlds = load_worlds(CORPUS)
    teaching = {world.id for world in worlds if teaches(world)}
    dev = {world.id for world in worlds if world.part == "dev"}
    assert teaching < dev
    assert len(dev) // 2 < len(teaching)


def test_marks_are_those_of_the_anchors(tara: World) -> None:
    first = tara.dispatches[0]
    example = next(iter(world_examples([tara])))
    assert (example.id, example.text, example.sentences) == (
        first.id,
        first.article.text,
        first.article.sentences,
    )
    assert [frame.trigger for frame in example.frames] == sorted(each.frame.trigger for each in first.anchors)
    assert {frame.type for frame in example.frames} == {"bombing", "assault"}
    assert faults_of(example) == []


def test_of_status_only_what_anchors_tell_is_told(tara: World) -> None:
    for example in world_examples([tara]):
        assert all(frame.status.keys() == {"reality", "polarity"} for frame in example.frames)
        assert example.complete == {"fillers"}
        assert example.roles == frozenset()


def test_copies_teach_nothing_twice(tara: World) -> None:
    told = [example.id for example in world_examples([tara])]
    assert told == [each.id for each in tara.dispatches if each.copy_of is None]
    assert len(told) < len(tara.dispatches)
    test = msgspec.structs.replace(tara, part="test")
    assert not teaches(test)
