"""Untold words: what the network sees nothing in is nothing; what it sees and nobody marked stays untold."""

from collections.abc import Callable

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from dateline.clean.sentences import split  # noqa: E402
from dateline.code.windows import WindowMaker  # noqa: E402
from dateline.train.examples import Example, Frame  # noqa: E402
from dateline.train.network import STATUS_VALUES, Network  # noqa: E402
from dateline.train.targets import UNTOLD, Lesson, lessons_of  # noqa: E402
from dateline.train.untold import with_nothing  # noqa: E402

NetworkOf = Callable[..., Network]
TEXT = "Gunmen killed six. Police said so."
MARKED = 1  # "killed"


@pytest.fixture
def lesson(maker: WindowMaker, types: tuple[str, ...]) -> Lesson:
    """Return a lesson in which one trigger is marked, as a fact, and nothing is complete."""
    frame = Frame(trigger=(7, 13), type="killing", status={"reality": "occurred", "polarity": "affirmed"})
    example = Example(id="made", source="made", text=TEXT, sentences=split(TEXT), frames=(frame,))
    (made,) = lessons_of(example, maker, types)
    return made


def seeing(network: Network, *, events: float, cues: float = -9.0, status: str = "occurred") -> Network:
    """Return the network with the chance of events and cues, and the status, that it sees everywhere."""
    with torch.no_grad():
        for head in (network.reader.triggers[3], network.filling.status[3]):
            head.weight.zero_()
            head.bias.zero_()
        network.reader.lexicon.zero_()
        network.reader.triggers[3].bias[0] = -events
        network.reader.triggers[3].bias[len(network.shape.types) + 2] = cues
        network.filling.status[3].bias[STATUS_VALUES.index(("reality", status))] = 9.0
    return network


def test_what_is_seen_as_nothing_is_nothing(network_of: NetworkOf, lesson: Lesson) -> None:
    (found,) = with_nothing(seeing(network_of(), events=-9.0), [lesson])
    assert set(lesson.types) == {UNTOLD, lesson.types[MARKED]}
    assert found.types == tuple(
        lesson.types[MARKED] if word == MARKED else 0 for word in range(len(found.types))
    )
    assert set(found.cues) == {0}


def test_what_is_seen_and_not_marked_stays_untold(network_of: NetworkOf, lesson: Lesson) -> None:
    (found,) = with_nothing(seeing(network_of(), events=9.0, cues=9.0), [lesson])
    assert found == lesson


def test_a_fact_that_seems_to_go_on_gets_no_reality(network_of: NetworkOf, lesson: Lesson) -> None:
    (found,) = with_nothing(seeing(network_of(), events=9.0, cues=9.0, status="ongoing"), [lesson])
    assert found.queries[0].status == (UNTOLD, *lesson.queries[0].status[1:])


def test_the_network_goes_on_learning(network_of: NetworkOf, lesson: Lesson) -> None:
    network = network_of()
    network.train()
    with_nothing(network, [lesson])
    assert network.training
