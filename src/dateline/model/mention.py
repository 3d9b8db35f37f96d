"""Mention: one frame in one sentence; spans only, nothing resolved."""

from typing import Literal

import msgspec

from dateline.model.ids import ArticleId, MentionId
from dateline.model.span import Span
from dateline.model.values import Status

Role = Literal[
    "actor", "target", "place", "time", "instrument", "killed", "injured", "captured", "displaced", "missing",
    "freed", "present",
]  # fmt: skip


class Argument(msgspec.Struct, frozen=True):
    """A span that fills a role of a frame; the coder's score for it lies in 0..1."""

    role: Role
    span: Span
    score: float = 1.0


class Attribution(msgspec.Struct, frozen=True):
    """Who is said to have said it: a cue ("said", "according to"), its source and what it covers."""

    cue: Span
    source: Span
    content: Span


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One event frame: a trigger with a type, its arguments, status and attributions (outermost first).

    Arguments may lie in another sentence than the trigger where the coder read on (a toll in the next
    sentence). `sentence` indexes the article's sentences.
    """

    id: MentionId
    article: ArticleId
    sentence: int
    type: str
    trigger: Span
    arguments: tuple[Argument, ...]
    status: Status
    attributions: tuple[Attribution, ...] = ()
    score: float = 1.0

    def spans(self, role: Role) -> tuple[Span, ...]:
        """Return the spans that fill `role`, in the coder's order."""
        return tuple(argument.span for argument in self.arguments if argument.role == role)
