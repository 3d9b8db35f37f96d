"""A server over the bundled sample."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient

from dateline.config import DATA, Config, load_config
from dateline.web import Served, create_app
from dateline.workspace import open_workspace
from dateline.workspace.accounts import Accounts

CLOCK = "2020-06-30T12:00:00+00:00"
PASSWORD = "three plain words"  # noqa: S105 - of the tests


@pytest.fixture(scope="session")
def config(gazetteer_cache: Path) -> Config:
    """Give the settings of every server here."""
    return load_config({"DATELINE_CACHE": str(gazetteer_cache)})


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, config: Config) -> Path:
    """Give the bundled dispatches, read once; never written to."""
    path = tmp_path_factory.mktemp("web") / "sample.dateline"
    with open_workspace(path, config=config) as workspace:
        workspace.add(DATA / "sample" / "dispatches")
        workspace.code()
    return path


@pytest.fixture
def path(sample: Path, tmp_path: Path) -> Path:
    """Give a copy of the sample for one test, which may write to it."""
    return Path(shutil.copy(sample, tmp_path / "sample.dateline"))


@pytest.fixture
def client(path: Path, config: Config) -> Iterator[TestClient]:
    """Give a client of a server over a copy of the sample."""
    served = Served(path=path, config=config, clock=lambda: CLOCK)
    with TestClient(create_app(served), base_url="http://localhost", raise_server_exceptions=False) as opened:
        yield opened


class Clock:
    """A clock that goes on by a second each time it is looked at, or by as much as it is told."""

    def __init__(self) -> None:
        self.at = datetime.fromisoformat(CLOCK)

    def __call__(self) -> str:
        self.at += timedelta(seconds=1)
        return self.at.isoformat(timespec="microseconds")

    def wait(self, **lengths: float) -> None:
        self.at += timedelta(**lengths)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opens(path: Path, config: Config, clock: Clock) -> Iterator[Callable[..., TestClient]]:
    """Give a function that opens a client of a server over the copy of the sample, ready to write.

    Its arguments are those of Served; several servers may run on one file.
    """
    running: list[TestClient] = []

    def opening(**given: Any) -> TestClient:
        served = Served(**{"path": path, "config": config, "clock": clock, **given})
        client = TestClient(
            create_app(served),
            base_url="http://localhost",
            raise_server_exceptions=False,
            follow_redirects=False,
        )
        client.__enter__()
        running.append(client)
        client.headers["X-CSRF-Token"] = client.get("/api/v1/session").json()["csrf"]
        return client

    yield opening
    for client in running:
        client.__exit__(None, None, None)


@pytest.fixture
def accounts(path: Path) -> Iterator[Accounts]:
    """Give the accounts of the copy: one of each role, called by it, all with the password PASSWORD."""
    opened = Accounts.open(path)
    for role in ("reader", "reviewer", "admin"):
        opened.add(f"{role.capitalize()} One", role, PASSWORD, at=CLOCK)
    yield opened
    opened.close()


@pytest.fixture
def signs_in(opens: Callable[..., TestClient], accounts: Accounts) -> Callable[..., TestClient]:
    """Give a function that signs somebody in, on a server of their own."""

    def signing(name: str, **given: Any) -> TestClient:
        client = opens(**given)
        answer = client.post("/api/v1/session", json={"name": name, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return client

    return signing


# What an article may hold that must stay text: markup, quotes, script addresses, and what ends an element.
MARKUP = '<script>window.hit=1</script><img src=x onerror="window.hit=1"> & "\'` </p></main></title>{{7*7}}'
TURNED = "\u202eesrever\u202c and \u2067isolated\u2069"
ARABIC = "قال مسؤول إن مسلحين هاجموا كركوك يوم الجمعة."


class Hostile(msgspec.Struct, frozen=True):
    """A workspace of articles that mean harm, and the ids of its articles by what is wrong with them."""

    path: Path
    articles: Mapping[str, str]
    events: tuple[str, ...]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, config: Config) -> Hostile:
    """Give a workspace whose articles hold markup, turning characters, broken bytes, Arabic and a long line."""
    folder = tmp_path_factory.mktemp("hostile")
    told = "Gunmen attacked the town of Hawija in Kirkuk province on Friday, killing 12 officers, police said. "
    rows = {
        "markup": {
            "title": MARKUP,
            "outlet": f"Desk {MARKUP}",
            "url": 'javascript:alert("1")',
            "text": f"{told}Two men {MARKUP} were killed by a {MARKUP} bomb in Kirkuk on Friday.\n\n{MARKUP}",
        },
        "turned": {
            "title": TURNED,
            "outlet": "Turned Post",
            "text": f"{TURNED} {told}\n\n{TURNED} A bomb killed 3.",
        },
        "arabic": {
            "title": ARABIC,
            "outlet": "Arabic Post",
            "text": f"{told * 15}\n\n{ARABIC} {ARABIC}\n\n{told}",
        },
    }
    lines = [json.dumps({"published": "2016-10-22", **row}) for row in rows.values()]
    (folder / "rows.jsonl").write_text("\n".join(lines), "utf-8")
    broken = f"{told}Then he said: ".encode() + b"\xff\xfe caf\xe9 \xc3\x28 \x80 end. " + told.encode()
    (folder / "broken.txt").write_bytes(broken)
    path = folder / "hostile.dateline"
    with open_workspace(path, config=config) as workspace:
        workspace.add(folder / "rows.jsonl", folder / "broken.txt")
        workspace.code()
        outlets = {"Turned Post": "turned", "Arabic Post": "arabic", None: "broken"}
        found = {outlets.get(each.outlet, "markup"): each.id for each in workspace.articles()}
        # Added and left uncoded: two megabytes in one paragraph.
        (folder / "long.txt").write_text(told * (2_000_000 // len(told)), "utf-8")
        workspace.add(folder / "long.txt", outlet="Long Post")
        found["long"] = next(each.id for each in workspace.articles(outlet="Long Post"))
        events = tuple(event.id for event in workspace.events())
    return Hostile(path, found, events)


@pytest.fixture
def hostile_client(hostile: Hostile, config: Config) -> Iterator[TestClient]:
    """Give a client of a server over the hostile workspace, which is only read."""
    served = Served(path=hostile.path, config=config, clock=lambda: CLOCK)
    with TestClient(create_app(served), base_url="http://localhost", raise_server_exceptions=False) as opened:
        yield opened
