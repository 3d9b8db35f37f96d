"""Answers: what the network says in torch on a few sentences, kept beside the exported model.

With them the exported int8 model can be held against the network it came from where torch is not installed.
"""

from pathlib import Path

import msgspec
import torch

from dateline.code.windows import WindowMaker
from dateline.train.losses import make_batch
from dateline.train.network import Network
from dateline.train.targets import UNTOLD, Lesson

ANSWERS = "answers.json"
SENTENCES = (
    "Gunmen on motorbikes killed six farmers near Jos on Friday, police said.",
    "The army denied that its aircraft had bombed the market in Alamata.",
    "TWO CAR BOMBS EXPLODED OUTSIDE THE MINISTRY, INJURING AT LEAST 12 PEOPLE.",
    "The union called off its strike after talks with the governor, and the team won the cup.",
)


class Answer(msgspec.Struct, frozen=True):
    """What the network says of a sentence: chances of the types (none first) and the three flags by word."""

    text: str
    types: list[list[float]]
    flags: list[list[float]]


def record_answers(network: Network, maker: WindowMaker, folder: Path) -> None:
    """Write the network's answers on the sentences to `folder`."""
    network.eval()
    answers = []
    for text in SENTENCES:
        window = maker.windows(text, ((0, len(text)),))[0]
        blank = (UNTOLD,) * len(window.bounds)
        lesson = Lesson(source="", window=window, types=blank, goes_on=blank, cues=blank, queries=(), kinds=())
        batch = make_batch([lesson], len(network.shape.types))
        with torch.no_grad():
            _, _, types, flags = network.reader(batch.ids, batch.mask, batch.firsts, batch.features)
        answers.append(Answer(text, _rounded(types[0].softmax(-1)), _rounded(flags[0].sigmoid())))
    (folder / ANSWERS).write_bytes(msgspec.json.encode(answers) + b"\n")


def _rounded(values: torch.Tensor) -> list[list[float]]:
    return [[round(value, 4) for value in row] for row in values.tolist()]
