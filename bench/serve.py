"""How quickly the server answers over many events: the first view, then every list under random filters.

python bench/serve.py [--events N] [--rounds R] [--keep FILE] [--while-adding] [--slow]

Makes a workspace of N invented events (bench/crowd.py) in a temporary folder, or at FILE, where it is used
again; serves it in this process and asks it as a browser would. "first view" is what the workbench asks for
when it opens, one after another, with nothing in memory; the others are asked R times each, under filters drawn
anew each time (by a brush of the timeline, place, type, actor, status, outlet, words, one to three at once).
Beside the time on the clock stands the processor time of client and server, which other work on the machine
touches less; the limits are held against the clock. With --while-adding `dateline add` takes articles into the
same workspace meanwhile. --slow asks also for what is made over all events at once. An answer that is no 200
ends the run.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from random import Random

import msgspec
from fastapi.testclient import TestClient

from crowd import WORDS, crowded
from dateline.config import load_config
from dateline.web import Served, create_app

Filters = list[tuple[str, str | int | float | bool | None]]
FIRST_VIEW = ("info", "events", "facets", "timeline", "map")
SLOW = ("disagreements", "warnings", "surges", "events.csv")
FIRST_VIEW_LIMIT, ANSWER_LIMIT = 2.0, 0.150
ADDED = 3000
SHARES = (("p50", 0.5), ("p95", 0.95), ("most", 1.0))
SORTS = ("date", "-date", "origins", "articles")
SEED = 7
FACETS = (
    ("family", "type"),
    ("type", "type"),
    ("country", "where"),
    ("admin1", "where"),
    ("status", "status"),
    ("actor", "actor"),
    ("outlet", "outlet"),
)


class Taken(msgspec.Struct, frozen=True):
    """Seconds on the clock and of the processor that an answer took."""

    clock: float
    processor: float


class Asking:
    """Random filters out of the values that the facets of all events show."""

    def __init__(self, client: TestClient) -> None:
        self.random = Random(SEED)  # noqa: S311 - nothing is kept secret by it
        self.facets = client.get("/api/v1/facets").json()
        self.kinds: tuple[Callable[[], Filters], ...] = (
            self.brush,
            self.words,
            *(self._facet(facet, name) for facet, name in FACETS),
        )

    def _facet(self, facet: str, name: str) -> Callable[[], Filters]:
        return lambda: [(name, self.random.choice(self.facets[facet])["value"])]

    def brush(self) -> Filters:
        """Return a stretch of time from a week to some years."""
        days = int(7 * 300 ** self.random.random())
        first = date(2024, 12, 31) - timedelta(days=days + self.random.randint(0, 4000))
        return [("since", first.isoformat()), ("until", (first + timedelta(days=days)).isoformat())]

    def words(self) -> Filters:
        """Return one or two words, which nearly all or some events hold."""
        return [("search", " ".join(self.random.sample(WORDS, self.random.randint(1, 2))))]

    def draw(self) -> Filters:
        """Return one to three filters of different kinds."""
        kinds = self.random.sample(self.kinds, self.random.choice((1, 1, 2, 3)))
        given: dict[str, Filters] = {}
        for kind in kinds:
            found = kind()
            given[found[0][0]] = found
        return [each for found in given.values() for each in found]

    def sort(self) -> Filters:
        """Return an order."""
        return [("sort", self.random.choice(SORTS))]

    def box(self) -> Filters:
        """Return what a map shows at some zoom."""
        zoom = self.random.uniform(1, 9)
        width = 720 / 2**zoom
        west, south = self.random.uniform(-20, 60), self.random.uniform(-10, 35)
        box = (west, south, min(180, west + width), min(85, south + width / 2))
        return [("bbox", ",".join(f"{side:.4f}" for side in box)), ("zoom", f"{zoom:.2f}")]


def drawings(asking: Asking) -> dict[str, Callable[[], Filters]]:
    """Return what is asked for, each with its filters."""
    return {
        "events": lambda: [*asking.draw(), *asking.sort()],
        "facets": asking.draw,
        "timeline": asking.draw,
        "map": lambda: [*asking.draw(), *asking.box()],
        "claims": asking.draw,
        "search": lambda: [("q", str(asking.words()[0][1]))],
        "articles": lambda: [*asking.words(), ("sort", asking.random.choice(SORTS[:2]))],
        "reports": list,
        "places": list,
        "actors": list,
        "coverage": list,
    }


def ask(client: TestClient, path: str, filters: Filters) -> Taken:
    """Return how long the answer took; ends the run where it is an error."""
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(f"/api/v1/{path}", params=filters)
    taken = Taken(time.perf_counter() - began, time.process_time() - worked)
    if answer.status_code != 200:
        sys.exit(f"{answer.url}: {answer.status_code} {answer.text[:300]}")
    return taken


def share(values: list[float], part: float) -> float:
    """Return the value below which `part` of all lie, in milliseconds."""
    return 1000 * sorted(values)[min(len(values) - 1, int(part * len(values)))]


def served(path: Path) -> TestClient:
    """Return a client of a server over the workspace."""
    return TestClient(
        create_app(Served(path=path, config=load_config(), clock=lambda: "2025-01-01T00:00:00+00:00")),
        base_url="http://localhost",
    )


def first_view(client: TestClient) -> bool:
    """Ask for what the workbench opens with; return whether it came in time."""
    each = [(name, ask(client, name, [])) for name in FIRST_VIEW]
    clock, processor = sum(taken.clock for _, taken in each), sum(taken.processor for _, taken in each)
    parts = ", ".join(f"{name} {1000 * taken.clock:.0f}" for name, taken in each)
    print(f"first view {1000 * clock:.0f} ms ({parts}), processor {1000 * processor:.0f} ms")
    return clock <= FIRST_VIEW_LIMIT


def measure(client: TestClient, asking: Asking, rounds: int) -> bool:
    """Ask under random filters and print; return whether all answers came in time."""
    good = True
    for name, drawing in drawings(asking).items():
        taken = [ask(client, name, drawing()) for _ in range(rounds)]
        clock, processor = [each.clock for each in taken], [each.processor for each in taken]
        told = " ".join(f"{word} {share(clock, part):6.1f}" for word, part in SHARES)
        worked = " ".join(f"{word} {share(processor, part):6.1f}" for word, part in SHARES)
        print(f"{name:<10} {told} ms; processor {worked} ms; over {rounds}", flush=True)
        good = good and share(clock, 0.95) <= 1000 * ANSWER_LIMIT
    return good


@contextmanager
def adding(path: Path, folder: Path) -> Iterator[None]:
    """Let another process take articles into the workspace during the block, until it ends."""
    folder.mkdir()
    for number in range(ADDED):
        sentence = f"Gunmen attacked checkpoint {number} near Kirkuk on Friday, killing two, police said. "
        (folder / f"{number}.txt").write_text(sentence * 4, encoding="utf-8")
    command = (sys.executable, "-m", "dateline", "add", str(folder), "-w", str(path))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield
        running = process.poll() is None
        process.terminate()
    print(f"`dateline add` {'was still adding' if running else f'ended with {process.returncode}'} at the end")


def main() -> None:
    """Make the workspace, serve it, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="where the workspace lies, made where there is none")
    parser.add_argument("--while-adding", action="store_true", help="while `dateline add` writes")
    parser.add_argument("--slow", action="store_true", help="also what is made over all events at once")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = given.keep or folder / "crowd.dateline"
        if not path.exists():
            began = time.perf_counter()
            crowded(path, given.events)
            print(f"{given.events:,} events made in {time.perf_counter() - began:.0f} s")
        if given.while_adding:  # what is kept stays as it is
            path = Path(shutil.copy(path, folder / "added.dateline"))
        with adding(path, folder / "news") if given.while_adding else nullcontext(), served(path) as client:
            good = first_view(client)
            good = measure(client, Asking(client), given.rounds) and good
            for slow in SLOW if given.slow else ():
                taken = [ask(client, slow, []) for _ in range(2)]
                print(f"{slow:<14} first {taken[0].clock:.2f} s, then {taken[1].clock:.2f} s")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
