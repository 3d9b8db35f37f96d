"""What the work of a workspace gives back."""

from collections.abc import Mapping

import msgspec

from dateline.model.article import Article
from dateline.model.event import Event
from dateline.model.rejected import Rejected
from dateline.model.report import Report
from dateline.model.trace import Trace


class Added(msgspec.Struct, frozen=True):
    """What `add` did, in articles; `rejected` counts refusals, `refusals` holds the first few."""

    new: int
    updated: int
    unchanged: int
    rejected: int
    refusals: tuple[Rejected, ...] = ()

    @property
    def taken(self) -> int:
        """Articles that are now in the workspace, new or not."""
        return self.new + self.updated + self.unchanged


class Coded(msgspec.Struct, frozen=True):
    """What `code` did: articles read now, reports in them, events in the whole workspace.

    `failed` counts articles that a fault of dateline kept from being read; they stay uncoded and are listed
    among the refusals.
    """

    articles: int
    reports: int
    events: int
    failed: int = 0


class Evidence(msgspec.Struct, frozen=True):
    """An event with the reports behind it, earliest published first, and their articles.

    `trace` tells what became of the id that was asked for, where that was an id.
    """

    event: Event
    reports: tuple[Report, ...]
    articles: Mapping[str, Article]
    trace: Trace | None = None


def by_publication(found: Report) -> tuple[str, str, str, int]:
    """Order reports by when and where they were published, and by their place in the article."""
    return (
        found.article.published or "9999",
        found.article.outlet or "",
        found.article.id,
        found.trigger.start,
    )
