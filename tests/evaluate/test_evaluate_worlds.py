"""Worlds of made-up incidents: what the files say is what is loaded, and every fault is named."""

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from dateline.errors import DataError
from dateline.evaluate.retelling import retell
from dateline.evaluate.worldfiles import load_worlds, read_world
from dateline.evaluate.worlds import State, World, roots_of

WORLD = (Path(__file__).parent / "tara.yaml").read_text("utf-8")


def compiled(text: str = WORLD) -> tuple[World | None, list[str]]:
    faults: list[str] = []
    return read_world(yaml.safe_load(text), faults), faults


def changed(change: dict[str, Any], *path: Any) -> list[str]:
    """Return the faults after `change` was laid over what stands at `path`."""
    raw = yaml.safe_load(WORLD)
    place = raw
    for key in path:
        place = place[key]
    place.update(change)
    faults: list[str] = []
    read_world(raw, faults)
    return faults


def test_a_world_is_loaded_with_its_anchors() -> None:
    world, faults = compiled()
    assert faults == []
    assert world is not None
    first = world.dispatches[0]
    text = first.article.text
    told = [(each.incident, text[slice(*each.frame.trigger)], each.frame.type) for each in first.anchors]
    assert told == [
        ("tara-bomb", "bomb", "bombing"),
        ("tara-bomb", "bomb", "bombing"),
        ("sela-warning", "attack", "assault"),
    ]
    assert first.anchors[0].frame.trigger[0] < first.anchors[1].frame.trigger[0]
    assert first.anchors[2].frame.status["reality"] == "threatened"
    assert first.article.published.date == "2020-05-04"
    assert "\n\nNobody slept" in text


def test_a_dispatch_may_be_undated() -> None:
    raw = yaml.safe_load(WORLD)
    raw["dispatches"][2]["published"] = None
    faults: list[str] = []
    world = read_world(raw, faults)
    assert faults == []
    assert world is not None
    assert world.dispatches[2].article.published.date is None


def test_a_copy_takes_the_anchors_of_the_words_that_it_takes() -> None:
    world, _ = compiled()
    assert world is not None
    copy = world.dispatches[1]
    text = copy.article.text
    assert text.startswith("Grief in Tara. killed four people")
    assert text.endswith("\n\nThe post has asked for news.")
    # the first bomb stands before the stretch, the second inside
    assert [(each.incident, text[slice(*each.frame.trigger)]) for each in copy.anchors] == [
        ("tara-bomb", "bomb"),
        ("sela-warning", "attack"),
    ]


def test_origins_are_outlets_or_sources_and_copies_and_citations_have_none_of_their_own() -> None:
    world, _ = compiled()
    assert world is not None
    assert roots_of(world, "tara-bomb") == ("Local Leaf", "Ruhan Wire", "army")
    assert roots_of(world, "sela-warning") == ("Ruhan Wire",)


def test_what_a_reprint_adds_is_its_own() -> None:
    raw = yaml.safe_load(WORLD)
    raw["dispatches"][1]["tail"] = "Rebels have struck Uru, we learn."
    raw["incidents"].append({"id": "uru", "what": "A raid on Uru.", "type": "assault", "origins": 1})
    raw["dispatches"][1]["tells"] = {"uru": "struck"}
    faults: list[str] = []
    world = read_world(raw, faults)
    assert faults == []
    assert world is not None
    assert roots_of(world, "uru") == ("Sela Post",)


@pytest.mark.parametrize(
    ("change", "path", "fault"),
    [
        ({"part": "train"}, (), "part 'train' is not dev, test or held"),
        ({"today": "June"}, (), "today 'June' is no ISO day"),
        ({"origins": 9}, ("incidents", 0), "9 origins are stated, but there are: Local Leaf, Ruhan Wire, army"),
        ({"type": "bang"}, ("incidents", 0), "no such type: bang"),
        ({"when": ["2020-05-04", "2020-05-01"]}, ("incidents", 0), "the wrong way round"),
        ({"figures": {"eaten": 3}}, ("incidents", 0), "figures are kinds of count"),
        ({"part_of": ["nothing"]}, ("incidents", 0), "part_of nothing is no other incident"),
        ({"status": ["planned"]}, ("incidents", 0), "a warning needs an outcome"),
        ({"status": ["soon"]}, ("incidents", 0), "no such status: soon"),
        ({"outcome": "perhaps"}, ("incidents", 1), "no such outcome: perhaps"),
        ({"outcome": "came_about"}, ("incidents", 1), "needs the incident that shows it"),
        ({"outcome": {"open": "tara-bomb"}}, ("incidents", 1), "has no incident that shows it"),
        ({"outcome": {"foiled": "x"}}, ("incidents", 1), "outcome x is no other incident"),
        ({"colour": "red"}, ("dispatches", 0), "unknown key colour"),
        ({"takes": "Nobody … here"}, ("dispatches", 1), "is not in tara-1"),
        ({"copy_of": "tara-9"}, ("dispatches", 1), "copy_of tara-9 is no dispatch that stands before it"),
        ({"tells": {"tara-fire": "blast"}}, ("dispatches", 2), "which is no incident of this world"),
        ({"tells": {"tara-bomb": "explosion"}}, ("dispatches", 2), "trigger 'explosion' is not in the text"),
        ({"cites": "navy"}, ("dispatches", 2), "cites navy, which is no other dispatch and no source"),
        ({"cites": {"sela-warning": "army"}}, ("dispatches", 2), "of which it does not tell"),
        ({"text": "Blast."}, ("dispatches", 2), "its text is no article"),
        ({"tells": {}}, ("dispatches", 4), "tells of no incident"),
    ],
)
def test_every_fault_is_named(change: dict[str, Any], path: tuple[Any, ...], fault: str) -> None:
    assert any(fault in each for each in changed(change, *path))


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(WORLD.replace("origins: 3", "origins: 4"), "utf-8")
    (tmp_path / "b.yaml").write_text(WORLD.replace("type: bombing", "type: bang"), "utf-8")
    (tmp_path / "c.yaml").write_text("just words", "utf-8")
    (tmp_path / "d.yaml").write_text("a: [", "utf-8")
    with pytest.raises(DataError) as raised:
        load_worlds(tmp_path)
    told = str(raised.value)
    for fault in ("4 origins", "no such type: bang", "c.yaml: a world needs", "d.yaml: cannot be read as YAML"):
        assert fault in told
    assert "tara-bomb: two of the incidents have this id" in told
    assert "tara-1: two of the dispatches have this id" in told


@pytest.mark.parametrize(
    ("takes", "text"),
    [
        ("", "Head. One two three. Four five."),
        ("two … Four", "Head. two three. Four"),
        ("three.", "Head. three."),
    ],
)
def test_a_stretch_is_given_by_its_ends(takes: str, text: str) -> None:
    told = retell("One two three. Four five.", takes, "Head.", "")
    assert told is not None
    assert told.text == text


def test_a_head_of_its_own_paragraph_and_a_stretch_that_is_not_there() -> None:
    told = retell("One two three.", "two … three", "Head.\n\n", "Tail.")
    assert told is not None
    assert told.text == "Head.\n\ntwo three\n\nTail."
    assert retell("One two three.", "three … two", "", "") is None


def test_our_own_worlds_can_be_read() -> None:
    worlds = load_worlds(Path(__file__).parents[2] / "corpus" / "incidents")
    incidents = [incident for world in worlds for incident in world.incidents]
    assert len(incidents) >= 40
    assert {world.part for world in worlds} == {"dev", "test", "held"}
    dispatches = [dispatch for world in worlds for dispatch in world.dispatches]
    assert len(dispatches) >= 200


def test_the_held_part_is_large_and_has_every_outcome() -> None:
    folder = Path(__file__).parents[2] / "corpus" / "incidents"
    held = [world for world in load_worlds(folder) if world.part == "held"]
    incidents = [incident for world in held for incident in world.incidents]
    assert len(held) >= 8
    assert len(incidents) >= 60
    assert sum(len(world.dispatches) for world in held) >= 180
    assert {each.outcome.state for each in incidents if each.outcome} == set(get_args(State))
