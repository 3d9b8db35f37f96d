"""The queue with its reasons, how far the review is, and what merging or splitting would give."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.web.guard import API
from dateline.workspace import open_workspace

Opens = Callable[..., TestClient]


@pytest.fixture
def desk(opens: Opens) -> TestClient:
    return opens()


def queue(desk: TestClient, **asked: Any) -> list[dict[str, Any]]:
    answer = desk.get(f"{API}/review/queue", params={"by": "A. Reader", **asked})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def judge(desk: TestClient, **said: Any) -> None:
    assert desk.post(f"{API}/verdicts", json={"by": "A. Reader", **said}).status_code == 201


def test_the_most_valuable_comes_first_with_its_reasons(desk: TestClient) -> None:
    items = queue(desk)
    values = [each["value"] for each in items]
    assert values == sorted(values, reverse=True)
    for each in items:
        assert each["value"] == pytest.approx(each["doubt"] * each["weight"] * each["news"], abs=1e-5)
        assert [part["name"] for part in each["parts"]][-1] == "unread"
        assert all(part["why"] for part in each["parts"])


def test_the_queue_takes_filters_and_a_limit(desk: TestClient) -> None:
    assert len(queue(desk, limit=3)) == 3
    assert queue(desk, limit=3) == queue(desk)[:3]
    disputed = queue(desk, disputed=True)
    assert disputed
    assert all(each["event"]["disputed"] for each in disputed)
    assert len(disputed) < len(queue(desk, limit=500))
    other = {"role": "second", "status": "nosuch"}
    for wrong in ({"since": "yesterday"}, {"wher": "Kirkuk"}, other, {"role": "second", "since": "yesterday"}):
        assert desk.get(f"{API}/review/queue", params={"by": "A", **wrong}).status_code == 400


def test_the_tag_is_that_of_the_event(desk: TestClient) -> None:
    event = queue(desk)[0]
    told = desk.get(f"{API}/events/{event['event']['id']}")
    assert told.headers["etag"] == event["tag"]


def test_progress_counts_people_and_their_pace(desk: TestClient, clock: Any) -> None:
    assert desk.get(f"{API}/review/progress").json() == {"agreement": [], "cases": {}, "people": []}
    for _ in range(4):
        judge(desk, kind="accept", ids=[queue(desk)[0]["event"]["id"]])
        clock.wait(seconds=60)
    desk.post(f"{API}/verdicts/undo", json={"by": "A. Reader"})
    told = desk.get(f"{API}/review/progress").json()
    (person,) = told["people"]
    assert (person["by"], person["verdicts"], person["standing"], person["taken_back"]) == (
        "A. Reader",
        4,
        3,
        1,
    )
    assert person["per_hour"] == pytest.approx(4 / person["hours"], rel=0.01)
    assert 4 * 60 < person["hours"] * 3600 < 5 * 60 + 60
    assert told["cases"] == {"read once": 3}


def test_a_merge_is_shown_before_it_is_made(desk: TestClient, path: Any, config: Any) -> None:
    first, second = (each["event"] for each in queue(desk)[:2])
    asked = {"kind": "merge", "ids": [first["id"], second["id"]]}
    (shown,) = desk.post(f"{API}/preview", json=asked).json()["events"]
    assert shown["articles"] >= max(first["articles"], second["articles"])
    assert desk.get(f"{API}/verdicts").json()["total"] == 0, "nothing is written"
    judge(desk, **asked)
    with open_workspace(path, create=False, config=config) as workspace:
        workspace.link()
        made = workspace.show(shown["id"]).event
    assert (made.articles, made.origins) == (shown["articles"], shown["origins"])


def test_a_split_is_shown_before_it_is_made(desk: TestClient, path: Any, config: Any) -> None:
    with open_workspace(path, create=False, readonly=True, config=config) as workspace:
        event = next(each for each in workspace.events() if len(each.reports) > 2)
    one, rest = event.reports[0], event.reports[1:]
    asked = {"kind": "split", "ids": [one], "others": list(rest)}
    shown = desk.post(f"{API}/preview", json=asked).json()["events"]
    assert len(shown) == 2
    judge(desk, **asked)
    with open_workspace(path, create=False, config=config) as workspace:
        workspace.link()
        made = {each.id for report in event.reports for each in workspace.events() if report in each.reports}
    assert made == {each["id"] for each in shown}


def test_what_changes_beside_what_was_chosen_is_shown_too(desk: TestClient, path: Any, config: Any) -> None:
    with open_workspace(path, create=False, config=config) as workspace:
        workspace.link()
        several = [each for each in workspace.events() if len(each.reports) > 1]
    beside = []
    for event in several:
        asked = {"kind": "split", "ids": event.reports[:1], "others": event.reports[1:]}
        told = desk.post(f"{API}/preview", json=asked).json()
        others = {each["id"] for each in told["others"]}
        assert event.id not in others
        beside.append(bool(others))
    assert any(beside), "no part is like another event"
    assert not all(beside)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"kind": "merge", "ids": ["evt_" + "a" * 16]}, 404),
        ({"kind": "accept", "ids": ["evt_a"]}, 422),
        ({"kind": "merge", "ids": []}, 422),
    ],
)
def test_a_preview_of_nothing_is_told(desk: TestClient, asked: dict[str, Any], status: int) -> None:
    assert desk.post(f"{API}/preview", json=asked).status_code == status


def test_a_preview_needs_no_name_and_is_no_write(desk: TestClient) -> None:
    events = [each["event"]["id"] for each in queue(desk)[:2]]
    assert desk.post(f"{API}/preview", json={"kind": "merge", "ids": events}).status_code == 200
    alone = desk.post(f"{API}/preview", json={"kind": "merge", "ids": [events[0][:9]], "others": []})
    assert alone.status_code in (200, 400)
