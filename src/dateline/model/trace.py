"""Trace: what has become of an event id that was shown once."""

from typing import Literal

import msgspec

from dateline.model.ids import EventId

TraceState = Literal["here", "moved", "split", "gone"]


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """Where the reports of the event that was called `asked` are now.

    "here": an event has this id; `events` are others that hold reports which it held once. "moved": all that
    is left of it is in the one event of `events`. "split": it is in several. "gone": none of it is told now,
    for its reports were rejected or their articles are read otherwise. `events` are sorted.
    """

    asked: EventId
    state: TraceState
    events: tuple[EventId, ...] = ()

    @property
    def words(self) -> str | None:
        """What to tell a person of it; None where there is nothing to tell."""
        listed = ", ".join(self.events)
        match self.state:
            case "here":
                return f"reports that {self.asked} held once are now in {listed}" if self.events else None
            case "moved":
                return f"{self.asked} is now part of {listed}"
            case "split":
                return f"{self.asked} was split into {listed}"
            case "gone":
                return f"{self.asked} is gone: its reports were rejected, or are told no more"
