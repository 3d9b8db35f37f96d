"""Ids of events over time: they stay as reports join, and lead on where they do not."""

from collections.abc import Callable

import pytest

from dateline.config import DATA
from dateline.errors import InputError
from dateline.workspace import Workspace

AT = "2026-01-01T00:00:00+00:00"


def test_an_id_leads_through_merge_split_and_rejection(make: Callable[..., Workspace]) -> None:
    opened = make("traced")
    opened.add(DATA / "sample" / "dispatches")
    opened.code()
    one, two = sorted(opened.events(), key=lambda event: event.id)[:2]
    merge = opened.judge("merge", [one.id, two.id], by="A", at=AT)
    left = [event.id for event in opened.events() if set(one.reports) <= set(event.reports)]
    assert len(left) == 1
    gone = two.id if left[0] == one.id else one.id
    shown = opened.show(gone)
    assert shown.event.id == left[0]
    assert shown.trace
    assert shown.trace.words == f"{gone} is now part of {left[0]}"
    opened.judge("undo", [merge.id], by="A", at=AT)
    assert opened.show(gone).event.id == gone
    opened.judge("reject", list(two.reports), by="A", at=AT, reason="not an event")
    with pytest.raises(InputError, match="is gone"):
        opened.show(two.id)
