"""Training: stages of passes over the lessons, resumable, with fixed seeds."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader, Dataset

from dateline.train.losses import Batch, losses, make_batch, total
from dateline.train.masking import mask_triggers
from dateline.train.network import Network
from dateline.train.targets import Lesson
from dateline.train.untold import with_nothing

# Word pieces of a batch, padding included: eight full windows, as in the first trial.
BATCH_PIECES = 8 * 192
# Lessons are sorted by length within pools of this many, so that batches hold little padding.
POOL = 256
CLIP = 20.0
WEIGHT_DECAY = 0.01
# Steps between checkpoints: about five minutes on two cores.
CHECKPOINT_STEPS = 250
SEED = 20
# The id of [MASK] in the vocabulary of the first weights (that of BERT, uncased).
MASK_PIECE = 103
# Where the processor multiplies in bfloat16, a step takes half the time. Runs on other processors end a little
# differently, as they do for other reasons anyway.
HALVES = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
# A GPU is done with a batch before the next one is made by one process.
WORKERS = 8


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """One stage: how often each source is passed over (a fraction takes that share), and the top rates.

    Rates rise over the first `warm` share of the steps and fall linearly to a tenth. `masked` is the share of
    triggers whose words are hidden. With `averaged` the stage ends with the running mean of its weights, that
    much of which is kept at each step. Words of the sources in `settles` of which nothing is told are nothing
    where the network sees nothing in them when the stage begins (`train.untold`).
    """

    name: str
    passes: Mapping[str, float]
    encoder_rate: float
    head_rate: float
    warm: float = 0.06
    masked: float = 0.0
    averaged: float = 0.0
    settles: tuple[str, ...] = ()


class Progress(msgspec.Struct, frozen=True):
    """What a step did: its stage, its number of so many, and the loss of each head."""

    stage: str
    step: int
    steps: int
    losses: Mapping[str, float]


Watch = Callable[[Progress], None]


def schedule(lessons: Mapping[str, Sequence[Lesson]], stage: Stage, seed: int) -> list[tuple[Lesson, ...]]:
    """Return the batches of a stage in their order; the same lessons and seed give the same batches."""
    generator = torch.Generator().manual_seed(seed)
    chosen: list[Lesson] = []
    for name in sorted(stage.passes):
        own = lessons.get(name, ())
        wanted = round(stage.passes[name] * len(own))
        while wanted > 0 and own:
            order = torch.randperm(len(own), generator=generator)[:wanted].tolist()
            chosen += [own[number] for number in order]
            wanted -= len(order)
    order = torch.randperm(len(chosen), generator=generator).tolist()
    batches: list[tuple[Lesson, ...]] = []
    for start in range(0, len(order), POOL):
        pool = sorted(
            (chosen[number] for number in order[start : start + POOL]),
            key=lambda lesson: len(lesson.window.ids),
        )
        batches += _batches(pool)
    return [batches[number] for number in torch.randperm(len(batches), generator=generator).tolist()]


def _batches(pool: Sequence[Lesson]) -> Iterator[tuple[Lesson, ...]]:
    held: list[Lesson] = []
    for lesson in pool:
        if held and (len(held) + 1) * len(lesson.window.ids) > BATCH_PIECES:
            yield tuple(held)
            held = []
        held.append(lesson)
    if held:
        yield tuple(held)


def train(
    network: Network,
    lessons: Mapping[str, Sequence[Lesson]],
    stages: Sequence[Stage],
    folder: Path,
    watch: Watch,
    *,
    seed: int = SEED,
) -> None:
    """Train `network` in place through the stages, with checkpoints in `folder`.

    It is trained where its weights are. A run that was cut off goes on from its last checkpoint and ends as an
    unbroken run would.
    """
    done = _restore(network, folder)
    for number, stage in enumerate(stages):
        if number < done.stage:
            continue
        begun = number == done.stage and done.optimizer is not None
        batches = schedule(_settled(network, lessons, stage, folder, begun=begun), stage, seed + number)
        optimizer = _optimizer(network, stage)
        mean = _mean_of(network, stage)
        first = 0
        if begun and done.optimizer is not None:
            optimizer.load_state_dict(done.optimizer)
            if mean is not None and done.mean is not None:
                mean.load_state_dict(done.mean)
            first = done.step
        _run_stage(_Learner(network, optimizer, mean), batches, _Run(stage, number, first, folder, watch, seed))
        if mean is not None:
            network.load_state_dict(mean.module.state_dict())
        _save(_Learner(network, None, None), folder, stage=number + 1, step=0)


def _settled(
    network: Network, lessons: Mapping[str, Sequence[Lesson]], stage: Stage, folder: Path, *, begun: bool
) -> Mapping[str, Sequence[Lesson]]:
    """Return the lessons, those that the stage settles as the network saw them when it began."""
    if not stage.settles:
        return lessons
    path, before = folder / f"before-{stage.name}.pt", copy.deepcopy(network)
    if begun:
        before.load_state_dict(torch.load(path, weights_only=True))
    else:
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(before.state_dict(), path)
    return {**lessons, **{name: with_nothing(before, lessons.get(name, ())) for name in stage.settles}}


class _Learner(NamedTuple):
    """What a step changes: the network, its optimizer and the running mean of its weights."""

    network: Network
    optimizer: torch.optim.Optimizer | None
    mean: AveragedModel | None


class _Run(msgspec.Struct, frozen=True):
    stage: Stage
    number: int
    first: int
    folder: Path
    watch: Watch
    seed: int


class _Steps(Dataset[Batch]):
    """The batches of a stage as tensors, by the number of their step."""

    def __init__(self, batches: Sequence[tuple[Lesson, ...]], run: _Run, types: int) -> None:
        self._batches = batches
        self._run = run
        self._types = types

    def __len__(self) -> int:
        return len(self._batches)

    def __getitem__(self, step: int) -> Batch:
        lessons, masked = self._batches[step], self._run.stage.masked
        if masked:
            torch.manual_seed(_seed(self._run, step))
            lessons = tuple(mask_triggers(lesson, masked, MASK_PIECE) for lesson in lessons)
        return make_batch(lessons, self._types)


def _seed(run: _Run, step: int) -> int:
    """Return the seed of a step: each has its own, wherever a run was cut off."""
    return run.seed * 1_000_003 + run.number * 100_003 + step


def _run_stage(learner: _Learner, batches: Sequence[tuple[Lesson, ...]], run: _Run) -> None:
    network, optimizer, mean = learner
    assert optimizer is not None  # noqa: S101 - a stage that runs has one
    network.train()
    device = network.device
    on_cpu = device.type == "cpu"
    steps = DataLoader(
        _Steps(batches, run, len(network.shape.types)),
        batch_size=None,
        sampler=range(run.first, len(batches)),
        num_workers=0 if on_cpu else WORKERS,
    )
    for step, batch in enumerate(steps, start=run.first):
        torch.manual_seed(_seed(run, step))
        for group, top in zip(
            optimizer.param_groups, (run.stage.encoder_rate, run.stage.head_rate), strict=True
        ):
            group["lr"] = top * _rate(step, len(batches), run.stage.warm)
        with torch.autocast(device.type, torch.bfloat16, enabled=HALVES or not on_cpu):
            parts = losses(network, batch.to(device))
        optimizer.zero_grad()
        total(parts).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
        optimizer.step()
        if mean is not None:
            mean.update_parameters(network)
        run.watch(
            Progress(run.stage.name, step + 1, len(batches), {k: float(v.detach()) for k, v in parts.items()})
        )
        if (step + 1) % CHECKPOINT_STEPS == 0:
            _save(learner, run.folder, stage=run.number, step=step + 1)


def _rate(step: int, steps: int, warm: float) -> float:
    """Return the share of the top rate at a step: up linearly, then down to a tenth."""
    rise = max(1, round(steps * warm))
    if step < rise:
        return (step + 1) / rise
    return 1.0 - 0.9 * (step - rise) / max(1, steps - rise)


def _optimizer(network: Network, stage: Stage) -> torch.optim.Optimizer:
    encoder = [p for p in network.reader.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in network.reader.encoder.parameters()}
    heads = [p for p in network.parameters() if id(p) not in inside]
    return torch.optim.AdamW(
        [{"params": encoder, "lr": stage.encoder_rate}, {"params": heads, "lr": stage.head_rate}],
        weight_decay=WEIGHT_DECAY,
    )


def _mean_of(network: Network, stage: Stage) -> AveragedModel | None:
    if not stage.averaged:
        return None
    kept = get_ema_multi_avg_fn(stage.averaged)  # type: ignore[no-untyped-call]
    return AveragedModel(network, multi_avg_fn=kept)


class _Done(msgspec.Struct, frozen=True):
    stage: int
    step: int
    optimizer: dict[str, object] | None
    mean: dict[str, object] | None = None


def _save(learner: _Learner, folder: Path, *, stage: int, step: int) -> None:
    network, optimizer, mean = learner
    folder.mkdir(parents=True, exist_ok=True)
    state = {
        "network": network.state_dict(),
        "optimizer": None if optimizer is None else optimizer.state_dict(),
        "mean": None if mean is None else mean.state_dict(),
        "stage": stage,
        "step": step,
    }
    part = folder / "checkpoint.part"
    torch.save(state, part)
    part.replace(folder / "checkpoint.pt")
    if optimizer is None:
        torch.save({"network": network.state_dict()}, folder / f"stage-{stage}.pt")


def _restore(network: Network, folder: Path) -> _Done:
    path = folder / "checkpoint.pt"
    if not path.exists():
        return _Done(0, 0, None)
    state = torch.load(path, weights_only=True, map_location=network.device)
    network.load_state_dict(state["network"])
    return _Done(int(state["stage"]), int(state["step"]), state["optimizer"], state.get("mean"))
