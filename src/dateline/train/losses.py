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
# Stands for the word of a query that asks about the scene.
SCENE = -1
# In training the type of a trigger is hidden this often, so that fillers do not hang on it.
HIDDEN_TYPE = 0.2


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Tensors of several lessons.

    `owners` [Q] gives the window of each query, `at` the word that it asks about (SCENE: none),
    `asked_kind` and `asked_type` what it is, `status` [Q, axes] what is told of it. `inside` and `begins` are
    what fills its slots [Q, W, slots], `told` where that is known.
    """

    ids: Tensor
    mask: Tensor
    firsts: Tensor
    features: Tensor
    words: Tensor
    types: Tensor
    goes_on: Tensor
    cues: Tensor
    owners: Tensor
    at: Tensor
    asked_kind: Tensor
    asked_type: Tensor
    status: Tensor
    inside: Tensor
    begins: Tensor
    told: Tensor
    queries: tuple[Query, ...]
    kinds: tuple[tuple[int, tuple[int, ...]], ...]
    distance: Tensor
    same: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return the batch with its tensors on `device`."""
        moved = {
            name: value.to(device, non_blocking=True)
            for name in self.__struct_fields__
            if isinstance(value := getattr(self, name), Tensor)
        }
        return msgspec.structs.replace(self, **moved)


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
    inside, begins, told = _slot_targets(queries, owners, words)
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
        at=torch.tensor([SCENE if query.word is None else query.word for query in queries], dtype=torch.long),
        asked_kind=torch.tensor([query.kind for query in queries], dtype=torch.long),
        asked_type=torch.tensor([query.type for query in queries], dtype=torch.long),
        status=torch.tensor([query.status for query in queries], dtype=torch.long).reshape(-1, len(AXES)),
        inside=inside,
        begins=begins,
        told=told,
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
    return _over_told(logits, target.float(), told)


def _over_told(logits: Tensor, target: Tensor, told: Tensor) -> Tensor:
    """Return the loss of yes or no, summed over what is told."""
    return functional.binary_cross_entropy_with_logits(logits, target, weight=told.float(), reduction="sum")


def _kinds(types: Tensor, batch: Batch) -> Tensor:
    """Return the loss of "one of these types stands somewhere": a noisy or over the words."""
    if not batch.kinds:
        return types.sum() * 0.0
    chances = types.softmax(-1)
    parts = []
    for row, entry in batch.kinds:
        own = (chances[row][:, list(entry)].sum(-1) * batch.words[row]).clamp(max=1 - 1e-6)
        none = torch.log1p(-own).sum()
        parts.append(-torch.log((1 - torch.exp(none)).clamp(min=1e-6)))
    return torch.stack(parts).sum()


def ask(network: Network, batch: Batch, words: Tensor, scene: Tensor, hide: Tensor | None = None) -> Asked:
    """Return the queries of a batch, of which the reader gave `words` and `scene`.

    `hide` [Q] says of which of them the type is hidden; None: of none.
    """
    about = words[batch.owners, batch.at.clamp(min=0)]
    query = torch.where((batch.at == SCENE).unsqueeze(-1), scene[batch.owners], about)
    kinds = batch.asked_type if hide is None else batch.asked_type * ~hide
    types = functional.one_hot(kinds, len(network.shape.types) + 1).float()
    types[:, 0] = 0.0
    return Asked(batch.owners, query, batch.asked_kind, types, batch.distance, batch.same)


def _fillers(
    network: Network, batch: Batch, words: Tensor, scene: Tensor, hidden_type: float
) -> tuple[Tensor, Tensor, Tensor]:
    # Drawn where all other chance is drawn, so that a run on another device sees the same types.
    hide = (torch.rand(len(batch.queries)) < hidden_type).to(words.device)
    logits, status = network.filling(words, scene, ask(network, batch, words, scene, hide))
    slots = _over_told(logits[..., : len(SLOTS)], batch.inside, batch.told)
    begins = _over_told(logits[..., len(SLOTS) :], batch.begins, batch.inside)
    return slots, begins, _status_loss(status, batch.status)


def _slot_targets(
    queries: Sequence[Query], owners: Sequence[int], words: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    size = len(queries), words.shape[1], len(SLOTS)
    inside, begins, told = torch.zeros(size), torch.zeros(size), torch.zeros(size, dtype=torch.bool)
    for number, (query, row) in enumerate(zip(queries, owners, strict=True)):
        told[number][:, list(query.told)] = True
        for slot, start, end in query.runs:
            inside[number, start:end, slot] = 1.0
            begins[number, start, slot] = 1.0
            told[number, max(0, start - 1) : end + 1, slot] = True
        told[number] &= words[row].unsqueeze(-1)
    return inside, begins, told


def _status_loss(status: Tensor, targets: Tensor) -> Tensor:
    start, parts = 0, []
    for axis, values in enumerate(AXES.values()):
        weight = torch.tensor([USUAL] + [UNUSUAL] * (len(values) - 1), device=status.device)
        own = status[:, start : start + len(values)]
        parts.append(
            functional.cross_entropy(own, targets[:, axis], weight=weight, ignore_index=UNTOLD, reduction="sum")
        )
        start += len(values)
    return torch.stack(parts).sum()
