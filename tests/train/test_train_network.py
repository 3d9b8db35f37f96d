"""The network and its losses: batches do not mix, and what is untold gives no gradient."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

torch = pytest.importorskip("torch")

import msgspec  # noqa: E402
import numpy as np  # noqa: E402

from dateline.clean.sentences import split  # noqa: E402
from dateline.code.windows import SHAPES, WindowMaker  # noqa: E402
from dateline.train.examples import AXES, DEFAULT_STATUS, ROLES, Example, Filler, Frame, Saying  # noqa: E402
from dateline.train.losses import WEIGHTS, Batch, losses, make_batch, total  # noqa: E402
from dateline.train.network import (  # noqa: E402
    DISTANCES,
    SLOTS,
    STATUS_VALUES,
    Asked,
    Network,
    bucket,
    features_of,
    load_encoder,
)
from dateline.train.targets import UNTOLD, Lesson, lessons_of  # noqa: E402

NetworkOf = Callable[..., Network]
TYPES = ("abduction", "bombing", "killing")
SHORT = "Gunmen killed six."
LONG = "Police said that rebels blew up the port of Tara. Nobody was hurt there."


def lesson_of(maker: WindowMaker, text: str, **marks: Any) -> Lesson:
    (lesson,) = lessons_of(Example(id="m", source="m", text=text, sentences=split(text), **marks), maker, TYPES)
    return lesson


def told(maker: WindowMaker, text: str = SHORT) -> Lesson:
    """Return a lesson that tells everything."""
    frame = Frame(trigger=(7, 13), type="killing", fillers=(Filler("killed", 14, 17),), status=DEFAULT_STATUS)
    saying = Saying(cue=(0, 6), source=(14, 17))
    complete = frozenset({"triggers", "sayings"})
    return lesson_of(maker, text, frames=(frame,), sayings=(saying,), complete=complete, roles=frozenset(ROLES))


def test_distances_in_training_are_those_in_use() -> None:
    far = range(-200, 201)
    assert [bucket(distance) for distance in far] == np.searchsorted(DISTANCES, list(far), side="left").tolist()


def test_features_are_types_first_and_shapes_behind() -> None:
    assert features_of([(2,), (), (0, 1)], [(), (1, 5), (3,)], 3) == [
        (0, 2),
        (2, 0),
        (2, 1),
        (1, 4),
        (1, 8),
        (2, 6),
    ]


def test_a_new_network_says_nothing(network_of: NetworkOf, maker: WindowMaker) -> None:
    network = network_of().eval()
    text = "The old man sat in his garden and read."  # no word of the lexicon
    batch = make_batch([lesson_of(maker, text)], len(TYPES))
    with torch.no_grad():
        _, _, types, flags = network.reader(batch.ids, batch.mask, batch.firsts, batch.features)
    assert types.softmax(-1)[..., 0].min() > 0.8
    assert flags.sigmoid().max() < 0.4


def test_the_lexicon_lifts_the_types_it_offers(network_of: NetworkOf, maker: WindowMaker) -> None:
    reader = network_of().eval().reader
    batch = make_batch([lesson_of(maker, SHORT)], len(TYPES))
    assert batch.features[0, 1, TYPES.index("killing")] == 1
    with torch.no_grad():
        before = reader(batch.ids, batch.mask, batch.firsts, batch.features)[2]
        reader.lexicon += 1.0
        after = reader(batch.ids, batch.mask, batch.firsts, batch.features)[2]
    expected = torch.nn.functional.pad(batch.features[..., : len(TYPES)], (1, 0))
    assert torch.allclose(after - before, expected, atol=1e-5)


def asked_of(network: Network, batch: Batch) -> tuple[Any, ...]:
    """Return everything that the network says of a batch, its queries asked without their types."""
    words, scene, types, flags = network.reader(batch.ids, batch.mask, batch.firsts, batch.features)
    rows = batch.owners
    query = torch.stack(
        [
            scene[row] if q.word is None else words[row, q.word]
            for row, q in zip(rows.tolist(), batch.queries, strict=True)
        ]
    )
    kind = torch.tensor([q.kind for q in batch.queries])
    none = torch.zeros(len(kind), len(TYPES) + 1)
    slots, status = network.filling(words, scene, Asked(rows, query, kind, none, batch.distance, batch.same))
    return types, flags, slots, status


def test_what_is_said_of_a_window_does_not_depend_on_its_batch(
    network_of: NetworkOf, maker: WindowMaker
) -> None:
    network = network_of().eval()
    lesson, other = told(maker), lesson_of(maker, LONG, scene_roles=frozenset({"killed"}))
    size = len(lesson.window.bounds)
    with torch.no_grad():
        alone = asked_of(network, make_batch([lesson], len(TYPES)))
        padded = asked_of(network, make_batch([other, lesson], len(TYPES)))
    for one, many in zip(alone[:2], padded[:2], strict=True):
        assert torch.allclose(one[0], many[1, :size], atol=1e-5)
    assert torch.allclose(alone[2], padded[2][1:, :size], atol=1e-5)
    assert torch.allclose(alone[3], padded[3][1:], atol=1e-5)


def test_a_batch_holds_every_lesson(maker: WindowMaker) -> None:
    lesson, other = told(maker), lesson_of(maker, LONG, scene_roles=frozenset({"killed"}))
    batch = make_batch([other, lesson], len(TYPES))
    size = len(lesson.window.bounds)
    assert batch.mask.sum(1).tolist() == [len(other.window.ids), len(lesson.window.ids)]
    assert batch.words.sum(1).tolist() == [len(other.window.bounds), size]
    assert tuple(batch.types[1, :size].tolist()) == lesson.types
    assert set(batch.types[1, size:].tolist()) == set(batch.cues[1, size:].tolist()) == {UNTOLD}
    assert batch.owners.tolist() == [0, 1, 1]
    assert batch.queries == (*other.queries, *lesson.queries)
    assert batch.same[0].tolist() == [0] * len(batch.same[0])  # a scene has no sentence
    assert batch.same[1].tolist() == [1] * size + [0] * (len(batch.same[1]) - size)
    assert batch.features.shape[-1] == len(TYPES) + len(SHAPES)


class Open:
    """A network whose answers are free variables, so that gradients show what the losses look at."""

    def __init__(self, batch: Batch) -> None:
        generator = torch.Generator().manual_seed(3)

        def free(*sizes: int) -> Any:
            return torch.randn(*sizes, generator=generator).requires_grad_()

        count, width = batch.words.shape
        self.shape = SimpleNamespace(types=TYPES)
        self.words, self.scene = free(count, width, 4), free(count, 4)
        self.types, self.flags = free(count, width, len(TYPES) + 1), free(count, width, 3)
        self.slots = free(len(batch.queries), width, 2 * len(SLOTS))
        self.status = free(len(batch.queries), len(STATUS_VALUES))
        self.asked: Asked | None = None

    def reader(self, *_: Any) -> tuple[Any, ...]:
        return self.words, self.scene, self.types, self.flags

    def filling(self, _words: Any, _scene: Any, asked: Asked) -> tuple[Any, ...]:
        self.asked = asked
        return self.slots, self.status

    def looked_at(self, batch: Batch) -> dict[str, Any]:
        """Return for each of the answers where the losses have a gradient."""
        total(losses(self, batch)).backward()  # type: ignore[arg-type]
        found = {}
        for name in ("types", "flags", "slots", "status"):
            gradient = getattr(self, name).grad
            found[name] = torch.zeros_like(getattr(self, name)) if gradient is None else gradient
        return {name: gradient != 0 for name, gradient in found.items()}


def test_what_is_untold_gives_no_gradient(maker: WindowMaker) -> None:
    status = {"reality": "planned"}
    frame = Frame(trigger=(24, 31), fillers=(Filler("target", 32, 40),), status=status)  # blew up … the port
    lesson = lesson_of(maker, LONG, frames=(frame,), sayings=(Saying(cue=(7, 11), source=(0, 6)),))
    padded = lesson_of(maker, SHORT)
    batch = make_batch([lesson, padded], len(TYPES))
    seen = Open(batch).looked_at(batch)
    assert not seen["types"].any()  # the one trigger has no type
    flags = seen["flags"].nonzero().tolist()
    assert flags == [[0, 1, 1], [0, 1, 2]]  # the cue, and that it goes on none
    words = [LONG[start:end] for start, end in lesson.window.bounds]
    slots = {(query, slot, words[word]) for query, word, slot in seen["slots"].nonzero().tolist()}
    target, source, begins = SLOTS.index("target"), SLOTS.index("source"), len(SLOTS)
    # A mark teaches its words and the words at its edges; where it begins is taught inside it alone.
    assert slots == {
        *((0, target, word) for word in ("up", "the", "port", "of")),
        *((0, begins + target, word) for word in ("the", "port")),
        *((1, source, word) for word in ("Police", "said")),
        (1, begins + source, "Police"),
    }
    axes = [
        axis for (axis, _), any_seen in zip(STATUS_VALUES, seen["status"][0].tolist(), strict=True) if any_seen
    ]
    assert axes == ["reality"] * len(AXES["reality"])
    assert not seen["status"][1].any()


def test_what_is_told_gives_a_gradient_and_padding_none(maker: WindowMaker) -> None:
    batch = make_batch([told(maker), lesson_of(maker, LONG)], len(TYPES))
    seen = Open(batch).looked_at(batch)
    size = len(told(maker).window.bounds)
    assert seen["types"][0, :size].all()
    assert seen["flags"][0, :size, 1].all()
    assert seen["flags"][0, 1, 0]
    assert seen["slots"][0, :size, : len(ROLES)].all()  # absence teaches where the roles are complete
    assert seen["slots"][1, :size, len(ROLES) : len(SLOTS)].all()
    assert not seen["slots"][1, :, : len(ROLES)].any()
    assert seen["status"][0].all()
    assert not seen["types"][0, size:].any()
    assert not seen["types"][1].any()
    assert not seen["flags"][1].any()
    assert not seen["slots"][:, size:].any()


def test_nothing_told_is_no_loss(network_of: NetworkOf, maker: WindowMaker) -> None:
    network = network_of()
    parts = losses(network, make_batch([lesson_of(maker, LONG)], len(TYPES)))
    assert {name: float(loss.detach()) for name, loss in parts.items()} == dict.fromkeys(parts, 0.0)
    total(parts).backward()
    assert all(p.grad is None or not p.grad.any() for p in network.parameters())


def test_one_of_several_types_somewhere_is_learned(maker: WindowMaker) -> None:
    batch = make_batch([lesson_of(maker, LONG, kinds=(("bombing", "killing"),))], len(TYPES))
    network = Open(batch)
    with torch.no_grad():
        network.types.zero_()[..., 0] = 6.0
        none = float(losses(network, batch)["kinds"])  # type: ignore[arg-type]
        network.types[0, 5, 1] = 12.0  # abduction, which is not asked for
        other = float(losses(network, batch)["kinds"])  # type: ignore[arg-type]
        network.types[0, 8, 2] = 12.0
        found = float(losses(network, batch)["kinds"])  # type: ignore[arg-type]
    assert found < 0.01 < 1.0 < none
    assert other == pytest.approx(none, rel=0.2)


@pytest.mark.parametrize(("hidden", "shown"), [(0.0, [0, 0, 0, 1]), (1.0, [0, 0, 0, 0])])
def test_the_type_of_a_trigger_can_be_hidden(maker: WindowMaker, hidden: float, shown: list[int]) -> None:
    batch = make_batch([told(maker)], len(TYPES))
    network = Open(batch)
    losses(network, batch, hidden_type=hidden)  # type: ignore[arg-type]
    assert network.asked is not None
    assert network.asked.types.tolist() == [shown, [0, 0, 0, 0]]
    assert network.asked.query.tolist() == [network.words[0, word].tolist() for word in (1, 0)]


def test_right_answers_cost_little(maker: WindowMaker) -> None:
    batch = make_batch([told(maker)], len(TYPES))
    network, (event, cue) = Open(batch), batch.queries
    with torch.no_grad():
        network.types.copy_(20.0 * torch.nn.functional.one_hot(batch.types, len(TYPES) + 1))
        network.flags.fill_(-20.0)[0, 0, 1] = 20.0
        network.slots.fill_(-20.0)
        for number, query in enumerate((event, cue)):
            for slot, start, end in query.runs:
                network.slots[number, start:end, slot] = 20.0
                network.slots[number, start, len(SLOTS) + slot] = 20.0
        network.status.fill_(-20.0)[0, [STATUS_VALUES.index(pair) for pair in DEFAULT_STATUS.items()]] = 20.0
    parts = losses(network, batch)  # type: ignore[arg-type]
    assert set(parts) == set(WEIGHTS)
    assert float(total(parts).detach()) < 1e-4


def test_the_first_weights_are_loaded_with_their_embeddings_frozen(
    network_of: NetworkOf, tmp_path: Path
) -> None:
    encoder: Any = network_of().reader.encoder
    encoder.save_pretrained(tmp_path)
    loaded: Any = load_encoder(str(tmp_path))
    state = loaded.state_dict()
    assert all(torch.equal(value, state[name]) for name, value in encoder.state_dict().items())
    frozen = {name.split(".")[0] for name, value in loaded.named_parameters() if not value.requires_grad}
    free = {name.split(".")[0] for name, value in loaded.named_parameters() if value.requires_grad}
    assert (frozen, free) == ({"embeddings"}, {"encoder"})
    assert all(
        value.requires_grad for value in load_encoder(str(tmp_path), frozen_embeddings=False).parameters()
    )


def test_a_lesson_can_be_kept(maker: WindowMaker) -> None:
    lesson = told(maker)
    assert msgspec.json.decode(msgspec.json.encode(lesson), type=Lesson) == lesson
