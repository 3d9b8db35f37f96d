"""A Reading: what somebody (a coder, an annotator) marked in a text, in the form in which it is compared."""

import msgspec

from dateline.code.base import Coder, SayingReader
from dateline.model.article import Article
from dateline.model.mention import Attribution, Mention
from dateline.train.examples import AXES, Bounds, Example, Filler, Frame, Saying

Chain = tuple[Bounds, ...]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Event frames with the chain of sources of each, and attribution frames (None: not offered)."""

    frames: tuple[Frame, ...]
    chains: tuple[Chain, ...]
    sayings: tuple[Saying, ...] | None


def reading_of(coder: Coder, article: Article) -> Reading:
    """Return what `coder` marks in `article`."""
    mentions = coder.code(article)
    sayings = None
    if isinstance(coder, SayingReader):
        sayings = tuple(saying_of(each) for each in coder.attributions(article))
    return Reading(
        frames=tuple(_frame_of(mention) for mention in mentions),
        chains=tuple(_chain_of(mention) for mention in mentions),
        sayings=sayings,
    )


def marked_in(example: Example) -> Reading:
    """Return what is marked in an annotated example.

    A frame's chain are the sources of the attributions whose content holds its trigger, outermost first;
    an attribution without a source adds none.
    """
    return Reading(
        frames=example.frames,
        chains=tuple(_covering(example, frame) for frame in example.frames),
        sayings=example.sayings,
    )


def saying_of(attribution: Attribution) -> Saying:
    """Return the attribution as an annotator would mark it."""
    return Saying(
        cue=(attribution.cue.start, attribution.cue.end),
        source=(attribution.source.start, attribution.source.end),
        content=(attribution.content.start, attribution.content.end),
    )


def _frame_of(mention: Mention) -> Frame:
    fillers = {Filler(each.role, each.span.start, each.span.end) for each in mention.arguments}
    return Frame(
        trigger=(mention.trigger.start, mention.trigger.end),
        type=mention.type,
        fillers=tuple(sorted(fillers)),
        status={axis: getattr(mention.status, axis) for axis in AXES},
    )


def _chain_of(mention: Mention) -> Chain:
    return tuple((each.source.start, each.source.end) for each in mention.attributions)


def _covering(example: Example, frame: Frame) -> Chain:
    start, end = frame.trigger
    covering = [
        (saying.content[0] - saying.content[1], saying.cue, saying.source)
        for saying in example.sayings
        if saying.content is not None and saying.content[0] <= start and end <= saying.content[1]
    ]
    return tuple(source for _, _, source in sorted(covering, key=lambda each: each[:2]) if source is not None)
