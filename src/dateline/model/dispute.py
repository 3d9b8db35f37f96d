"""Dispute: a disagreement with the event that it is about."""

import msgspec

from dateline.model.event import Disagreement
from dateline.model.ids import EventId
from dateline.model.values import When, Where


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """A disagreement and the event that it is about, by its shown type, time and place."""

    event: EventId
    type: str
    when: When
    where: Where | None
    disagreement: Disagreement
