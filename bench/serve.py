"""How quickly the server answers over many events: the first view, then every list under random filters.

python bench/serve.py [--events N] [--rounds R] [--keep FILE] [--while-writing]

Makes a workspace of N invented events (bench/crowd.py) in a temporary folder, or at FILE, where it is used
again; serves it in this process and asks it as a browser would. "first view" is what the workbench asks for
when it opens, one after another, with nothing in memory; the others are asked R times each, under filters drawn
anew each time (by a brush of the timeline, place, type, actor, status, outlet, words, one to three at once).
With --while-writing another process adds articles meanwhile; any answer that is no 200 ends the run.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from fastapi.testclient import TestClient

from crowd import WORDS, crowded
from dateline.config import load_config
from dateline.web import Served, create_app

Filters = list[tuple[str, str | int | float | bool | None]]
FIRST_VIEW = ("info", "events", "facets", "timeline", "map")
FIRST_VIEW_LIMIT, ANSWER_LIMIT = 2.0, 0.150
SEED = 7


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

    def box(self) -> Filters:
        """Return what a map shows at some zoom."""
        zoom = self.random.uniform(1, 9)
        width = 720 / 2**zoom
        west, south = self.random.uniform(-20, 60), self.random.uniform(-10, 35)
        box = (west, south, min(180, west + width), min(85, south + width / 2))
        return [("bbox", ",".join(f"{side:.4f}" for side in box)), ("zoom", f"{zoom:.2f}")]


FACETS = (
    ("family", "type"),
    ("type", "type"),
    ("country", "where"),
    ("admin1", "where"),
    ("status", "status"),
    ("actor", "actor"),
    ("outlet", "outlet"),
)


def paths(asking: Asking) -> dict[str, Callable[[], tuple[str, Filters]]]:
    """Return what is asked, by name."""
    sorts = ("date", "-date", "origins", "articles")
    return {
        "events": lambda: ("events", [*asking.draw(), ("sort", asking.random.choice(sorts))]),
        "facets": lambda: ("facets", asking.draw()),
        "timeline": lambda: ("timeline", asking.draw()),
        "map": lambda: ("map", [*asking.draw(), *asking.box()]),
    }


def ask(client: TestClient, path: str, filters: Filters) -> float:
    """Return how long the answer took in seconds; ends the run where it is an error."""
    began = time.perf_counter()
    answer = client.get(f"/api/v1/{path}", params=filters)
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        sys.exit(f"{answer.url}: {answer.status_code} {answer.text[:300]}")
    return seconds


def share(values: list[float], part: float) -> float:
    """Return the value below which `part` of all lie."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def served(path: Path) -> TestClient:
    """Return a client of a server over the workspace."""
    return TestClient(
        create_app(Served(path=path, config=load_config(), clock=lambda: "2025-01-01T00:00:00+00:00")),
        base_url="http://localhost",
    )


def measure(path: Path, rounds: int) -> bool:
    """Print what was measured; return whether all of it is within its limits."""
    with served(path) as client:
        each = [(name, ask(client, name, [])) for name in FIRST_VIEW]
        whole = sum(seconds for _, seconds in each)
        parts = ", ".join(f"{name} {1000 * seconds:.0f}" for name, seconds in each)
        print(f"first view {1000 * whole:.0f} ms ({parts}); limit {1000 * FIRST_VIEW_LIMIT:.0f}")
        good = whole <= FIRST_VIEW_LIMIT
        asking = Asking(client)
        for name, drawing in paths(asking).items():
            taken = [ask(client, *drawing()) for _ in range(rounds)]
            told = " ".join(f"{word} {1000 * share(taken, part):6.1f}" for word, part in SHARES)
            print(f"{name:<14} {told} ms over {rounds}")
            good = good and share(taken, 0.95) <= ANSWER_LIMIT
    return good


SHARES = (("p50", 0.5), ("p95", 0.95), ("most", 1.0))


def adding(path: Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Let another process add and read articles one by one until the block ends."""
    folder.mkdir(exist_ok=True)
    for number in range(3000):
        text = (
            f"Gunmen attacked checkpoint {number} near Kirkuk on Friday, killing three soldiers, police said. "
            * 3
        )
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    command = (sys.executable, "-m", "dateline", "add", str(folder), "-w", str(path))
    yield subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Make the workspace, serve it, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="where the workspace lies, made where there is none")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "crowd.dateline"
        if not path.exists():
            began = time.perf_counter()
            crowded(path, given.events)
            print(f"{given.events:,} events made in {time.perf_counter() - began:.0f} s")
        sys.exit(0 if measure(path, given.rounds) else 1)


if __name__ == "__main__":
    main()
