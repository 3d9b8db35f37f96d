"""What linking keeps between two links, so that the second touches only what changed.

A report *stands* in blocks, where those that may tell of its happening can be found. An *edge* is between two
reports whose score is high enough to join them. An event has an *outlook*: what the relations of others depend
on.
"""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, ReportId

# The number of a block, and how a report stands in it (`link.block`).
Block = int
Manner = int

Pair = tuple[ReportId, ReportId]


class Stand(NamedTuple):
    """A report as it stands in its blocks; the order of a block is that of these tuples.

    `last` and `first` are the days (ordinals) between which it happened, `rank` its place among those of the
    same days.
    """

    last: int
    first: int
    rank: int
    report: ReportId
    type: str


# A place in the order of a block: that of a stand, or that before all whose window ends on a day.
Order = Stand | tuple[int]


class Standing(msgspec.Struct, frozen=True):
    """A report with all blocks that it stands in."""

    stand: Stand
    article: ArticleId
    blocks: Mapping[Block, Manner]


class ReportEdge(msgspec.Struct, frozen=True, order=True):
    """Two reports, the smaller id first, and the score by which they may be joined.

    `within` is true for mentions of one article, which are kept only where they were joined; `used` where it
    joined two groups when events were made last, `late` where it did so at the second look (`link.cluster`).
    """

    one: ReportId
    two: ReportId
    score: float
    within: bool = False
    used: bool = False
    late: bool = False


class Spot(msgspec.Struct, frozen=True, order=True):
    """A number under which an event is found by its days (ordinals)."""

    key: int
    first: int
    last: int


class Outlook(msgspec.Struct, frozen=True):
    """What the relations of other events may depend on, as a digest, and where they find this one.

    `inside` is where a summary finds the events that may be parts of it.
    """

    face: str
    spots: tuple[Spot, ...] = ()
    inside: tuple[Spot, ...] = ()


class Name(NamedTuple):
    """The key of an outlet that an article is by or `credits`, and whether it stands in buckets of that key."""

    key: str
    credits: bool
    stands: bool


class Fresh(NamedTuple):
    """An article that waits for its buckets: by which signature it stands, and whether its facts are new."""

    signature: tuple[int, ...]
    told: bool


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """Articles that were fresh, with the signatures by which they are `placed` in buckets now, and their names.

    `turned` are the keys of outlets that articles credit now and none did before, or the other way round: what
    stands otherwise under these is fresh. `left` and `entered` are the buckets that articles leave and come
    into. `alike` and `unlike` are pairs of articles that are copies now and that are none any more, `touched`
    the articles whose origin may be another.
    """

    placed: Mapping[ArticleId, tuple[int, ...]]
    names: Mapping[ArticleId, tuple[Name, ...]]
    turned: tuple[str, ...]
    left: tuple[tuple[int, ArticleId], ...]
    entered: tuple[tuple[int, ArticleId], ...]
    alike: tuple[tuple[ArticleId, ArticleId], ...]
    unlike: tuple[tuple[ArticleId, ArticleId], ...]
    touched: tuple[ArticleId, ...]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Reports of some articles compared anew: what takes the place of all that was kept of these articles.

    `parted` are edges between other reports that are none any more. `opened` are the reports whose events are
    to be made anew, and whether they are compared otherwise than before.
    """

    articles: tuple[ArticleId, ...]
    standings: tuple[Standing, ...]
    edges: tuple[ReportEdge, ...]
    parted: tuple[Pair, ...]
    opened: Mapping[ReportId, bool]


class Formed(msgspec.Struct, frozen=True, kw_only=True):
    """Events made anew of `reports`, in the place of those called `replaced`; relations are told later.

    `untold` are the events whose relations may be others now, `joined` and `parted` the edges that are used now
    and that are not any more; `late` are those of `joined` that are used at the second look.
    """

    reports: tuple[ReportId, ...]
    events: tuple[Event, ...]
    replaced: tuple[EventId, ...]
    outlooks: Mapping[EventId, Outlook]
    untold: tuple[EventId, ...]
    joined: tuple[Pair, ...]
    late: tuple[Pair, ...]
    parted: tuple[Pair, ...]


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """The relations of `told` events, told anew: `events` are those of which they are others now."""

    told: tuple[EventId, ...]
    events: tuple[Event, ...]


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What people decided of reports, as digests: `marks` are new or others, `forgotten` are none any more."""

    marks: Mapping[ReportId, str]
    forgotten: tuple[ReportId, ...]


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing waits any more of what stood at `revision`; all is linked by `rules`."""

    revision: int
    rules: str


class Seen(msgspec.Struct, frozen=True):
    """What a step was found from: how many steps were made, and the last numbers of what waited."""

    step: int
    waiting: int
    fresh: int


# One step of a link.
Step = Judged | Copied | Compared | Formed | Related | Done
