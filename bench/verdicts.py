"""How quickly review is answered over many events: verdicts, undo, the queue, previews.

python bench/verdicts.py [--events N] [--verdicts K] [--keep FILE]

Makes a workspace of N invented events (bench/crowd.py) in a temporary folder, or at FILE, where it is used
again; serves it in this process and judges as a browser would, K verdicts with the ETags of what was seen. Told
is the time to the answer, and the processor's time in it, which a busy machine does not change. Linking, which
no answer waits for, is left out. A verdict has to be answered within 50 ms.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from crowd import crowded
from dateline.cli.judging import now
from dateline.config import load_config
from dateline.web import Served, create_app
from dateline.workspace import open_workspace
from dateline.workspace.valuing import keep_worth

API = "/api/v1"
LIMIT = 0.050
# The queue is looked at after so many verdicts.
LOOK_EVERY = 20
KINDS: tuple[dict[str, str], ...] = (
    {"kind": "accept"},
    {"kind": "correct", "field": "killed", "value": "3"},
    {"kind": "comment", "reason": "seen"},
    {"kind": "reject", "reason": "duplicate"},
)


class Times:
    """How long answers of one sort took: by the clock, and of the processor."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.walls: list[float] = []
        self.busy: list[float] = []

    def take(self, ask: Callable[[], Any]) -> Any:
        """Ask, note how long it took, and return the answer."""
        wall, busy = time.perf_counter(), time.process_time()
        answer = ask()
        self.walls.append(time.perf_counter() - wall)
        self.busy.append(time.process_time() - busy)
        assert answer.status_code < 300, answer.text
        return answer

    def tell(self) -> float:
        """Print the times and return the processor's at the 95th of a hundred."""
        shown = [_at(values, share) for values in (self.walls, self.busy) for share in (0.5, 0.95)]
        words = "  ".join(f"{each * 1000:8.1f}" for each in shown)
        print(f"{self.name:<22}{len(self.walls):>6}  {words}")
        return shown[3]


def _at(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def judge(client: TestClient, verdicts: int) -> bool:
    """Judge, and tell the times; return whether verdicts were answered in time."""
    client.headers["X-CSRF-Token"] = client.get(f"{API}/session").json()["csrf"]
    print(f"{'milliseconds':<22}{'asked':>6}  {'p50':>8}  {'p95':>8}  {'p50 cpu':>8}  {'p95 cpu':>8}")
    queue, said, last, undo = Times("queue"), Times("verdict"), Times("the last tenth"), Times("undo")
    first = Times("the first queue")

    def look() -> Any:
        return client.get(f"{API}/review/queue", params={"by": "A", "limit": 50})

    first.take(look)
    events = [each["id"] for each in client.get(f"{API}/events", params={"limit": 500}).json()["items"]]
    for number in range(verdicts):
        event = events[number % len(events)]
        tag = client.get(f"{API}/events/{event}").headers["etag"]
        body = {"ids": [event], "by": "A", **KINDS[number % len(KINDS)]}
        times = (said, last) if number >= verdicts * 0.9 else (said,)
        answer = times[-1].take(partial(client.post, f"{API}/verdicts", json=body, headers={"If-Match": tag}))
        assert answer.json()["events"] == [event]
        if number % LOOK_EVERY == 0:
            queue.take(look)
    said.walls += last.walls
    said.busy += last.busy
    for _ in range(min(50, verdicts // 2)):
        undo.take(lambda: client.post(f"{API}/verdicts/undo", json={"by": "A"}))
    preview = Times("preview of a merge")
    for one, two in zip(events[:20], events[20:40], strict=True):
        body = {"kind": "merge", "ids": [one, two]}
        preview.take(partial(client.post, f"{API}/preview", json=body))
    progress = Times("progress")
    progress.take(lambda: client.get(f"{API}/review/progress"))
    slow = said.tell() > LIMIT
    for other in (last, undo, first, queue, preview, progress):
        other.tell()
    return not slow


def main() -> None:
    """Make the workspace, serve it, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--verdicts", type=int, default=1_000)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "crowd.dateline"
        if not path.exists():
            crowded(path, given.events)
        config = load_config()
        with open_workspace(path, config=config) as workspace:
            keep_worth(workspace._store)
        app = create_app(Served(path=path, config=config, clock=now))
        with TestClient(app, base_url="http://localhost") as client:
            app.state.linking.want = lambda: None
            app.state.rates.take = lambda *_: None
            if not judge(client, given.verdicts):
                sys.exit(f"verdicts take more than {LIMIT * 1000:.0f} ms")


if __name__ == "__main__":
    main()
