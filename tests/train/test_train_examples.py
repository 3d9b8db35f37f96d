"""Examples: what is wrong with one is said, and what is right is let through."""

from typing import get_args

import msgspec
import pytest

from dateline.model.mention import Role
from dateline.train.examples import (
    AXES,
    DEFAULT_STATUS,
    ROLES,
    Bounds,
    Example,
    Filler,
    Frame,
    Saying,
    faults_of,
)

TEXT = "Rebels shelled the port, dockers said."
GOOD = Example(
    id="made-1",
    source="made",
    text=TEXT,
    sentences=((0, len(TEXT)),),
    frames=(Frame(trigger=(7, 14), type="shelling", fillers=(Filler("actor", 0, 6),), status=DEFAULT_STATUS),),
    sayings=(Saying(cue=(33, 37), source=(25, 32), content=(0, 23)),),
    scene=(Filler("target", 15, 23),),
)


def changed(place: str, mark: Bounds) -> Example:
    """Return the good example with one of its marks replaced."""
    frame, saying = GOOD.frames[0], GOOD.sayings[0]
    if place == "trigger":
        return msgspec.structs.replace(GOOD, frames=(msgspec.structs.replace(frame, trigger=mark),))
    if place == "filler":
        fillers = (Filler("actor", *mark),)
        return msgspec.structs.replace(GOOD, frames=(msgspec.structs.replace(frame, fillers=fillers),))
    if place == "scene":
        return msgspec.structs.replace(GOOD, scene=(Filler("target", *mark),))
    return msgspec.structs.replace(GOOD, sayings=(msgspec.structs.replace(saying, **{place: mark}),))


PLACES = ("trigger", "filler", "scene", "cue", "source", "content")


def test_a_good_example_has_no_faults() -> None:
    assert faults_of(GOOD) == []
    assert faults_of(msgspec.structs.replace(GOOD, sayings=(Saying(cue=(33, 37)),))) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mark", [(-1, 3), (0, len(TEXT) + 1), (5, 5), (9, 7)])
def test_a_mark_outside_the_text_is_a_fault_wherever_it_stands(place: str, mark: Bounds) -> None:
    assert faults_of(changed(place, mark)) == [f"made-1: a mark lies outside the text: {mark[0]}..{mark[1]}"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mark", [(6, 14), (7, 15)])
def test_white_space_at_the_end_of_a_mark_is_a_fault(place: str, mark: Bounds) -> None:
    (fault,) = faults_of(changed(place, mark))
    assert fault == f"made-1: a mark begins or ends with white space: {mark[0]}..{mark[1]}"


@pytest.mark.parametrize("status", [{"mood": "sad"}, {"reality": "denied"}, {"polarity": ""}])
def test_an_unknown_status_is_a_fault(status: dict[str, str]) -> None:
    frame = msgspec.structs.replace(GOOD.frames[0], status=status)
    (fault,) = faults_of(msgspec.structs.replace(GOOD, frames=(frame,)))
    assert fault.startswith("made-1: no such status")


def test_the_roles_and_axes_are_those_of_the_model() -> None:
    assert get_args(Role) == ROLES
    assert {axis: values[0] for axis, values in AXES.items()} == DEFAULT_STATUS
    values = [value for own in AXES.values() for value in own]
    assert len(values) == len(set(values))  # a value names its axis
