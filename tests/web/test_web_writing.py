"""Reading while another process writes."""

import os
import subprocess
import sys
from pathlib import Path

from fastapi.testclient import TestClient

READS = (
    "info", "events", "facets", "timeline", "map", "claims", "articles", "reports", "search?q=gunmen",
    "events.csv",
)  # fmt: skip
ADDED = 60


def test_reads_answer_while_another_process_adds_and_codes(
    client: TestClient, path: Path, tmp_path: Path, gazetteer_cache: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(ADDED):
        said = f"Kirkuk (Tigris Post) – Gunmen attacked checkpoint {number} on Friday, police said.\n\n"
        (folder / f"{number}.txt").write_text(said * 3, encoding="utf-8")
    command = (sys.executable, "-m", "dateline", "run", str(folder), "-w", str(path))
    environment = {**os.environ, "DATELINE_CACHE": str(gazetteer_cache)}  # noqa: TID251 - a process needs the rest
    before = client.get("/api/v1/info").json()["counts"]["articles"]
    seen: set[int] = set()
    rounds = 0
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=silent, stderr=silent) as writer:
        while writer.poll() is None:
            for read in READS:
                answer = client.get(f"/api/v1/{read}")
                assert answer.status_code == 200, (read, answer.text)
            page = client.get("/api/v1/events?limit=500").json()
            assert len(page["items"]) == page["total"]
            seen.add(page["revision"])
            rounds += 1
    assert writer.returncode == 0
    assert rounds > 1
    assert len(seen) > 1, "nothing was written meanwhile"
    assert client.get("/api/v1/info").json()["counts"]["articles"] == before + ADDED
