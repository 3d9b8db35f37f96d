"""Old ids of events: merged, split, renamed, gone and told otherwise; a link that is killed half-way."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dateline.errors import InputError
from dateline.model.event import Claim, Event
from dateline.model.ids import event_id
from dateline.store.embedded import EmbeddedStore


def joined(*parts: Event) -> Event:
    """Return one event of the reports of all `parts`, called as the first of them."""
    said = tuple(one for part in parts for one in part.claims.type[0].said)
    claims = msgspec.structs.replace(parts[0].claims, type=(Claim(value="assault", said=said, origins=1),))
    reports = tuple(sorted(report for part in parts for report in part.reports))
    return msgspec.structs.replace(parts[0], reports=reports, claims=claims)


def filled(store: Any, make: Any, count: int) -> list[Event]:
    """Put articles with one report each, and return the events of single reports."""
    events = []
    for number in range(count):
        article = make.article(number)
        report = make.report(article)
        store.put_articles([article])
        store.put_reports(article.id, "coder/1", [report])
        sentence = report.sentence.text
        events.append(make.event(number, report=report.id, article=article.id, sentence=sentence))
    store.put_events(events)
    return events


def test_merged_split_and_back(store: Any, make: Any) -> None:
    one, two, three = filled(store, make, 3)
    all_of_it = joined(one, two, three)
    assert store.put_events([all_of_it]).removed == 2
    assert store.trace(two.id).state == "moved"
    assert store.trace(two.id[:12]).events == (one.id,)
    assert store.trace(two.id).words == f"{two.id} is now part of {one.id}"
    assert store.trace(one.id).words is None
    # The part that keeps the id says where the others went; an id that all have left says so, too.
    store.put_events([one, two, three])
    assert store.trace(one.id).state == "here"
    assert store.trace(one.id).events == tuple(sorted((two.id, three.id)))
    assert store.trace(two.id).words is None
    store.put_events([joined(two, one), three])
    assert store.trace(one.id).events == tuple(sorted((two.id, three.id)))
    assert store.trace(one.id).state == "split"
    store.put_events([])
    assert store.trace(one.id).state == "gone"
    with pytest.raises(InputError, match="not the id of an event"):
        store.trace("evt_zzzzzzzz")


def test_only_what_is_named_is_replaced(store: Any, make: Any) -> None:
    one, two, three = filled(store, make, 3)
    done = store.put_events([joined(one, two)], among=[one.id, two.id])
    assert (done.new, done.updated, done.removed) == (0, 1, 1)
    assert {event.id for event in store.events()} == {one.id, three.id}


def test_a_report_that_is_coded_otherwise_is_followed_to_its_sentence(store: Any, make: Any) -> None:
    one, _ = filled(store, make, 2)
    article = make.article(0)
    other = make.report(article, start=0)
    store.put_reports(article.id, "coder/2", [other])
    renamed = make.event(0, report=other.id, article=article.id, sentence=other.sentence.text)
    store.put_events([renamed])
    assert store.trace(one.id).events == (renamed.id,)
    assert event_id([other.id]) == renamed.id


KILLED = """
import sys
from pathlib import Path
from dateline.store.embedded import EmbeddedStore

store = EmbeddedStore.open(Path(sys.argv[1]), create=True)

def half():
    yield from list(store.events())[:1]
    print("ready", flush=True)
    sys.stdin.read()

store.put_events(half())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process without warning")
def test_a_killed_link_leaves_the_events_that_were(tmp_path: Path, make: Any) -> None:
    path = tmp_path / "w.dateline"
    with EmbeddedStore.open(path, create=True) as store:
        events = filled(store, make, 3)
        store.put_articles([make.article(9)])
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with EmbeddedStore.open(path, create=False) as store:
        assert {event.id for event in store.events()} == {event.id for event in events}
        assert store.needs_linking()
        assert [store.trace(event.id).words for event in events] == [None] * 3
