"""Batches of lessons as tensors, and the loss: the sum of what each head is told, per window."""

from collections.abc import Sequence

import msgspec
import torch
from torch import Tensor
from torch.nn import functional

from dateline.code.windows import SHAPES
from dateline.train.examples import AXES
from dateline.train.network import SLOTS, Asked, Network, bucket, features_of
from dateline.train.targets import UNTOLD, Lesson, Query

# Weights of the heads, set once so that their losses are of one order on the first batches.
WEIGHTS = {"types": 1.0, "goes_on": 0.3, "cues": 0.6, "slots": 0.5, "begins": 0.2, "status": 1.5, "kinds": 0.5}
# The first value of an axis is nearly always right; the others count for more, so that they are learned.
USUAL, UNUSUAL = 0.7, 1.5
# In training the type of a trigger is hidden this often, so that fillers do not hang on it.
HIDDEN_TYPE = 0.2


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Tensors of several lessons; `owners` gives the window of each query."""

    ids: Tensor
    mask: Tensor
    firsts: Tensor
    features: Tensor
    words: Tensor
    types: Tensor
    goes_on: Tensor
    cues: Tensor
    owners: Tensor
    queries: tuple[Query, ...]
    kinds: tuple[tuple[int, tuple[int, ...]], ...]
    distance: Tensor
    same: Tensor


def make_batch(lessons: Sequence[Lesson], types: int) -> Batch:
    """Pad lessons into one batch."""
    count = len(lessons)
    length = max(len(lesson.window.ids) for lesson in lessons)
    width = max(len(lesson.window.bounds) for lesson in lessons)
    ids = torch.zeros(count, length, dtype=torch.long)
    mask = torch.zeros(count, length, dtype=torch.long)
    firsts = torch.zeros(count, width, dtype=torch.long)
    features = torch.zeros(count, width, types + len(SHAPES))
    words = torch.zeros(count, width, dtype=torch.bool)
    kinds, goes_on, cues = (torch.full((count, width), UNTOLD) for _ in range(3))
    owners: list[int] = []
    queries: list[Query] = []
    distances: list[list[int]] = []
    sames: list[list[int]] = []
    alternatives: list[tuple[int, tuple[int, ...]]] = []
    for row, lesson in enumerate(lessons):
        window = lesson.window
        size = len(window.bounds)
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
        firsts[row, :size] = torch.tensor(window.firsts)
        words[row, :size] = True
        for word, feature in features_of(window.hits, window.shapes, types):
            features[row, word, feature] = 1.0
        kinds[row, :size] = torch.tensor(lesson.types)
        goes_on[row, :size] = torch.tensor(lesson.goes_on)
        cues[row, :size] = torch.tensor(lesson.cues)
        alternatives += [(row, entry) for entry in lesson.kinds if entry]
        for query in lesson.queries:
            owners.append(row)
            queries.append(query)
            distances.append([0 if query.word is None else bucket(word - query.word) for word in range(width)])
            home = None if query.word is None else window.sentences[query.word]
            sames.append([int(word < size and window.sentences[word] == home) for word in range(width)])
    return Batch(
        ids=ids,
        mask=mask,
        firsts=firsts,
        features=features,
        words=words,
        types=kinds,
        goes_on=goes_on,
        cues=cues,
        owners=torch.tensor(owners, dtype=torch.long),
        queries=tuple(queries),
        kinds=tuple(alternatives),
        distance=torch.tensor(distances, dtype=torch.long).reshape(len(queries), width),
        same=torch.tensor(sames, dtype=torch.long).reshape(len(queries), width),
    )


def losses(network: Network, batch: Batch, *, hidden_type: float = HIDDEN_TYPE) -> dict[str, Tensor]:
    """Return the loss of each head, summed over what is told and divided by the windows."""
    windows = len(batch.ids)
    words, scene, types, flags = network.reader(batch.ids, batch.mask, batch.firsts, batch.features)
    out = {
        "types": functional.cross_entropy(
            types.flatten(0, 1), batch.types.flatten(), ignore_index=UNTOLD, reduction="sum"
        )
        / windows,
        "goes_on": _flag(flags[..., 0], batch.goes_on, batch.goes_on != UNTOLD) / windows,
        "cues": (
            _flag(flags[..., 1], batch.cues > 0, batch.cues != UNTOLD)
            + _flag(flags[..., 2], batch.cues == 2, batch.cues > 0)
        )
        / windows,
        "kinds": _kinds(types, batch) / windows,
    }
    if batch.queries:
        slots, begins, status = _fillers(network, batch, words, scene, hidden_type)
        out |= {"slots": slots / windows, "begins": begins / windows, "status": status / windows}
    return out


def total(parts: dict[str, Tensor]) -> Tensor:
    """Return the weighted sum of the heads' losses."""
    return torch.stack([WEIGHTS[name] * loss for name, loss in parts.items()]).sum()


def _flag(logits: Tensor, target: Tensor, told: Tensor) -> Tensor:
    if not bool(told.any()):
        return logits.sum() * 0.0
    return functional.binary_cross_entropy_with_logits(logits[told], target[told].float(), reduction="sum")


def _kinds(types: Tensor, batch: Batch) -> Tensor:
    """Return the loss of "one of these types stands somewhere": a noisy or over the words."""
    if not batch.kinds:
        return types.sum() * 0.0
    chances = types.softmax(-1)
    parts = []
    for row, entry in batch.kinds:
        own = chances[row][batch.words[row]][:, list(entry)].sum(-1).clamp(max=1 - 1e-6)
        none = torch.log1p(-own).sum()
        parts.append(-torch.log((1 - torch.exp(none)).clamp(min=1e-6)))
    return torch.stack(parts).sum()


def ask(network: Network, batch: Batch, words: Tensor, scene: Tensor, hide: Sequence[bool]) -> Asked:
    """Return the queries of a batch, of which the reader gave `words` and `scene`; `hide` hides their types."""
    query = torch.stack(
        [
            scene[row] if q.word is None else words[row, q.word]
            for row, q in zip(batch.owners.tolist(), batch.queries, strict=True)
        ]
    )
    types = torch.zeros(len(batch.queries), len(network.shape.types) + 1)
    for number, q in enumerate(batch.queries):
        if q.type and not hide[number]:
            types[number, q.type] = 1.0
    kind = torch.tensor([q.kind for q in batch.queries])
    return Asked(batch.owners, query, kind, types, batch.distance, batch.same)


def _fillers(
    network: Network, batch: Batch, words: Tensor, scene: Tensor, hidden_type: float
) -> tuple[Tensor, Tensor, Tensor]:
    count, width = len(batch.queries), words.shape[1]
    hide = (torch.rand(count) < hidden_type).tolist()
    logits, status = network.filling(words, scene, ask(network, batch, words, scene, hide))
    inside, begin, told, within = _slot_targets(batch, count, width)
    slots = functional.binary_cross_entropy_with_logits(
        logits[..., : len(SLOTS)][told], inside[told], reduction="sum"
    )
    begins = functional.binary_cross_entropy_with_logits(
        logits[..., len(SLOTS) :][within], begin[within], reduction="sum"
    )
    return slots, begins, _status_loss(status, batch.queries)


def _slot_targets(batch: Batch, count: int, width: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    inside = torch.zeros(count, width, len(SLOTS))
    begin = torch.zeros(count, width, len(SLOTS))
    told = torch.zeros(count, width, len(SLOTS), dtype=torch.bool)
    for number, query in enumerate(batch.queries):
        row = int(batch.owners[number])
        told[number][:, list(query.told)] = batch.words[row].unsqueeze(-1)
        for slot, start, end in query.runs:
            inside[number, start:end, slot] = 1.0
            begin[number, start, slot] = 1.0
            told[number, max(0, start - 1) : end + 1, slot] = True
        told[number] &= batch.words[row].unsqueeze(-1)
    return inside, begin, told, inside.bool()


def _status_loss(status: Tensor, queries: Sequence[Query]) -> Tensor:
    start, parts = 0, []
    for axis, values in enumerate(AXES.values()):
        target = torch.tensor([query.status[axis] for query in queries])
        weight = torch.tensor([USUAL] + [UNUSUAL] * (len(values) - 1))
        own = status[:, start : start + len(values)]
        parts.append(functional.cross_entropy(own, target, weight=weight, ignore_index=UNTOLD, reduction="sum"))
        start += len(values)
    return torch.stack(parts).sum()
