"""The network: a small encoder and its heads.

- *Triggers*: each word gets a type or none; the lexicon's types of the word enter beside the encoder.
- *Cues* of attribution: each word, yes or no. Both have a flag that says whether a word goes on the one before.
- *Fillers*: for a query (an event trigger, a cue, or the window as a whole: the scene) each word is scored for
  each role, inside and beginning. Roles of events and the source and content of cues share this mechanism.
- *Status*: four axes for a trigger.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import torch
from torch import Tensor, nn

from dateline.code.windows import SHAPES
from dateline.train.examples import AXES, ROLES

SLOTS: tuple[str, ...] = (*ROLES, "source", "content")
STATUS_VALUES: tuple[tuple[str, str], ...] = tuple(
    (axis, value) for axis, values in AXES.items() for value in values
)
QUERY_KINDS = ("event", "cue", "scene")
# Distances between query and word in words, in buckets whose edges double.
DISTANCES = (-64, -32, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 64)

# Most words are nothing: the first logits say so.
RARE = -4.0


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """The sizes of the network; `types` are the event types in the order of the trigger head."""

    types: tuple[str, ...]
    hidden: int = 384
    trigger_hidden: int = 256
    pair_hidden: int = 256
    status_hidden: int = 192
    dropout: float = 0.1

    @property
    def features(self) -> int:
        """The number of features of a word."""
        return len(self.types) + len(SHAPES)


class Reader(nn.Module):
    """The encoder with the word-level heads: what is run once for each window."""

    def __init__(self, encoder: nn.Module, shape: Shape) -> None:
        super().__init__()
        kinds = len(shape.types) + 1
        self.encoder = encoder
        self.shape = shape
        self.features = nn.Linear(shape.features, shape.hidden)
        self.drop = nn.Dropout(shape.dropout)
        self.triggers = nn.Sequential(
            nn.Linear(shape.hidden + shape.features, shape.trigger_hidden),
            nn.GELU(),
            nn.Dropout(shape.dropout),
            nn.Linear(shape.trigger_hidden, kinds + 3),
        )
        # How much the lexicon's word for a type counts, for each type.
        self.lexicon = nn.Parameter(torch.full((len(shape.types),), 4.0))
        nn.init.zeros_(self.features.weight)
        nn.init.zeros_(self.features.bias)
        with torch.no_grad():
            self.triggers[3].bias[0] = -RARE
            self.triggers[3].bias[kinds:] = RARE / 2

    def forward(
        self, ids: Tensor, mask: Tensor, firsts: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return words [B, W, H], scene [B, H], type logits [B, W, 1 + types] and flag logits [B, W, 3].

        The flags are: goes on a trigger, is a cue, goes on a cue.
        """
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        index = firsts.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        plain = torch.gather(hidden, 1, index)
        words = self.drop(plain + self.features(features))
        scores = self.triggers(torch.cat([self.drop(plain), features], dim=-1))
        kinds = len(self.shape.types) + 1
        offered = features[..., : kinds - 1] * self.lexicon
        types = scores[..., :kinds] + nn.functional.pad(offered, (1, 0))
        return words, hidden[:, 0], types, scores[..., kinds:]


class Asked(NamedTuple):
    """Queries to windows, as tensors.

    `owners` [Q] the row of each query's window, `query` [Q, H] its vector, `kind` [Q] its index in QUERY_KINDS,
    `types` [Q, 1 + types] its type as one-hot, `distance` and `same` [Q, W] the bucket of each word's distance
    and whether the word stands in the query's sentence.
    """

    owners: Tensor
    query: Tensor
    kind: Tensor
    types: Tensor
    distance: Tensor
    same: Tensor


class Filling(nn.Module):
    """Scores every word for every slot of a query, and the status of event queries."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        hidden, pair = shape.hidden, shape.pair_hidden
        self.word = nn.Linear(hidden, pair)
        self.query = nn.Linear(hidden, pair)
        self.word_gate = nn.Linear(hidden, pair)
        self.query_gate = nn.Linear(hidden, pair)
        self.distance = nn.Embedding(len(DISTANCES) + 1, pair)
        self.same = nn.Embedding(2, pair)
        self.kind = nn.Embedding(len(QUERY_KINDS), pair)
        self.type_in = nn.Linear(len(shape.types) + 1, pair, bias=False)
        self.drop = nn.Dropout(shape.dropout)
        self.out = nn.Sequential(nn.LayerNorm(pair), nn.GELU(), nn.Linear(pair, 2 * len(SLOTS)))
        self.status = nn.Sequential(
            nn.Linear(2 * hidden + len(shape.types) + 1, shape.status_hidden),
            nn.GELU(),
            nn.Dropout(shape.dropout),
            nn.Linear(shape.status_hidden, len(STATUS_VALUES)),
        )
        nn.init.normal_(self.distance.weight, std=0.1)
        nn.init.normal_(self.same.weight, std=0.1)
        nn.init.normal_(self.kind.weight, std=0.1)
        nn.init.constant_(self.out[2].bias[: len(SLOTS)], RARE)

    def forward(self, words: Tensor, scene: Tensor, asked: Asked) -> tuple[Tensor, Tensor]:
        """Return slot logits [Q, W, 2 * slots] (inside, then beginning) and status logits [Q, values].

        `words` [B, W, H] and `scene` [B, H] are what Reader gave for the windows.
        """
        rows = asked.owners
        query = asked.query
        about = self.query(query) + self.kind(asked.kind) + self.type_in(asked.types)
        mixed = (
            self.word(words)[rows] + about.unsqueeze(1) + self.distance(asked.distance) + self.same(asked.same)
        )
        mixed = mixed + self.word_gate(words)[rows] * self.query_gate(query).unsqueeze(1)
        slots = self.out(self.drop(mixed))
        return slots, self.status(torch.cat([query, scene[rows], asked.types], dim=-1))


class Network(nn.Module):
    """Reader and Filling together."""

    def __init__(self, encoder: nn.Module, shape: Shape) -> None:
        super().__init__()
        self.reader = Reader(encoder, shape)
        self.filling = Filling(shape)
        self.shape = shape

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return self.reader.lexicon.device


def bucket(distance: int) -> int:
    """Return the bucket of a distance in words."""
    for number, edge in enumerate(DISTANCES):
        if distance <= edge:
            return number
    return len(DISTANCES)


def load_encoder(folder: str, *, frozen_embeddings: bool = True, attention: str = "sdpa") -> nn.Module:
    """Load the encoder from a folder with its configuration and weights, offline.

    Attention is not dropped out: that would keep torch from its fused attention and double the time of a step.
    """
    from transformers import BertModel

    encoder: nn.Module = BertModel.from_pretrained(
        folder,
        add_pooling_layer=False,
        attn_implementation=attention,
        attention_probs_dropout_prob=0.0,
        local_files_only=True,
    )
    if frozen_embeddings:
        for parameter in encoder.embeddings.parameters():  # type: ignore[union-attr]
            parameter.requires_grad = False
    return encoder


def features_of(
    hits: Sequence[Sequence[int]], shapes: Sequence[Sequence[int]], types: int
) -> list[tuple[int, int]]:
    """Return the (word, feature) pairs that hold."""
    pairs = [(word, hit) for word, own in enumerate(hits) for hit in own]
    pairs += [(word, types + shape) for word, own in enumerate(shapes) for shape in own]
    return pairs
