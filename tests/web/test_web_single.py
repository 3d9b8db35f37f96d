"""One event and one article over HTTP: found by a beginning, led on, gone, refused, and never out of date."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.config import Config
from dateline.workspace import open_workspace

EVENTS, ARTICLES = "/api/v1/events", "/api/v1/articles"
BY: dict[str, Any] = {"by": "A. Reader", "at": "2026-01-02T00:00:00Z"}


def disputed_of(client: TestClient) -> list[dict[str, Any]]:
    found = client.get(EVENTS, params={"disputed": "true", "min_origins": 2}).json()
    items: list[dict[str, Any]] = found["items"]
    return items


def test_an_event_comes_with_all_that_speaks_for_it(client: TestClient) -> None:
    row = disputed_of(client)[0]
    answer = client.get(f"{EVENTS}/{row['id']}")
    found = answer.json()
    parts = {"event", "view", "reports", "articles", "trace", "trace_words", "etag", "linked", "revision"}
    assert set(found) == parts
    assert answer.headers["etag"] == found["etag"]
    assert found["event"]["id"] == row["id"]
    assert {report["id"] for report in found["reports"]} == set(found["event"]["reports"])
    assert {report["article"]["id"] for report in found["reports"]} == {
        each["id"] for each in found["articles"]
    }
    assert all("text" not in each for each in found["articles"])
    assert found["view"]["disagreements"]
    assert found["trace"] == {"asked": row["id"], "state": "here", "events": []}
    assert found["trace_words"] is None


def test_sentences_are_whole_and_stand_in_their_articles(client: TestClient) -> None:
    found = client.get(f"{EVENTS}/{disputed_of(client)[0]['id']}").json()
    quotes = [quote for column in found["view"]["matrix"]["columns"] for quote in column["quotes"]]
    assert quotes
    for quote in quotes:
        words = "".join(segment["text"] for segment in quote["segments"])
        for printed in (quote["citation"], *quote["copies"]):
            text = client.get(f"{ARTICLES}/{printed['article']}").json()["article"]["text"]
            assert text[printed["start"] : printed["start"] + len(words)] == words


def test_the_beginning_of_an_id_will_do(client: TestClient) -> None:
    identity = disputed_of(client)[0]["id"]
    for given in (identity[:12], identity.removeprefix("evt_")[:8], identity.upper()):
        assert client.get(f"{EVENTS}/{given}").json()["event"]["id"] == identity


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        (f"{EVENTS}/evt_zzzzzzzz", 404, "is not the id of an event"),
        (f"{EVENTS}/evt_a", 400, "too short"),
        (f"{EVENTS}/evt_!!!!!!!!", 400, "ids look like"),
        (f"{ARTICLES}/art_zzzzzzzz", 404, "is not the id of an article"),
        (f"{ARTICLES}/%ff%fe%00%0a", 400, "too short"),
        (f"{EVENTS}/evt_zzzzzzzz?colour=red", 400, "has no parameter called 'colour'"),
    ],
)
def test_what_is_not_there_says_so(client: TestClient, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


def test_a_merged_id_leads_on_and_a_split_one_names_its_parts(
    client: TestClient, path: Path, config: Config
) -> None:
    with open_workspace(path, config=config) as workspace:
        one, two = [each for each in workspace.events(min_origins=2) if each.articles == 2][:2]
        merge = workspace.judge("merge", (one.id, two.id), **BY)
        whole = workspace.trace(two.id)
        old = two.id if whole.state == "moved" else one.id
        asked = client.get(f"{EVENTS}/{old}")
        now = asked.json()["event"]["id"]
        assert asked.status_code == 200
        assert asked.headers["content-location"] == f"{EVENTS}/{now}"
        assert asked.json()["trace_words"] == f"{old} is now part of {now}"
        workspace.judge("undo", (merge.id,), **BY)
        assert client.get(f"{EVENTS}/{old}").json()["trace"]["state"] == "here"


def test_an_id_of_which_nothing_is_left_is_gone(client: TestClient, path: Path, config: Config) -> None:
    with open_workspace(path, config=config) as workspace:
        event = next(each for each in workspace.events() if len(each.reports) == 1)
        workspace.judge("reject", (event.id,), reason="not conflict", **BY)
    gone = client.get(f"{EVENTS}/{event.id}")
    assert gone.status_code == 410
    assert gone.json()["now"] == {"asked": event.id, "state": "gone", "events": []}
    assert "is gone" in gone.json()["detail"]


def test_a_split_id_that_nothing_has_any_more_is_gone_and_names_its_parts(
    client: TestClient, path: Path, config: Config
) -> None:
    with open_workspace(path, config=config) as workspace:
        event = max(workspace.events(), key=lambda each: len(each.reports))
        first = workspace.show(event.id).reports[0]
        rest = [each for each in event.reports if each != first.id]
        # The oldest report gives an event its id: without it, what is left is called otherwise.
        workspace.judge("split", rest, **BY)
        workspace.judge("reject", (first.id,), reason="duplicate", **BY)
        trace = workspace.trace(event.id)
    assert trace.state == "split"
    answer = client.get(f"{EVENTS}/{event.id}")
    assert answer.status_code == 410
    problem = answer.json()
    assert problem["now"]["events"] == list(trace.events)
    assert all(part in problem["detail"] for part in trace.events)
    page = client.get(f"/event/{event.id}", headers={"accept": "text/html"})
    assert page.status_code == 410
    assert all(f'href="/event/{part}"' in page.text for part in trace.events)


def test_the_etag_of_an_event_changes_with_a_verdict_before_it_is_linked(
    client: TestClient, path: Path, config: Config
) -> None:
    identity = disputed_of(client)[0]["id"]
    before = client.get(f"{EVENTS}/{identity}")
    with open_workspace(path, config=config) as workspace:
        workspace.judge("comment", (identity,), reason="seen", rebuild=False, **BY)
    after = client.get(f"{EVENTS}/{identity}")
    assert after.headers["etag"] != before.headers["etag"]
    (decided,) = after.json()["view"]["decided"]
    assert (decided["by"], decided["words"]) == ("A. Reader", "comment (seen)")


def test_an_article_comes_with_its_text_and_how_it_was_taken_in(client: TestClient) -> None:
    row = disputed_of(client)[0]
    cited = client.get(f"{EVENTS}/{row['id']}").json()["articles"][0]["id"]
    found = client.get(f"{ARTICLES}/{cited[:12]}").json()
    article, view = found["article"], found["view"]
    shown = ["".join(s["text"] for p in block["pieces"] for s in p["segments"]) for block in view["blocks"]]
    assert "\n\n".join(shown) == article["text"]
    assert row["id"] in [told["event"]["id"] for told in view["events"]]
    for overlay in view["overlays"]:
        assert 0 <= overlay["start"] < overlay["end"] <= len(article["text"])
    for band in view["bands"]:
        assert article["sentences"][band["sentence"]] == [band["start"], band["end"]]
    published = next(meta for meta in view["meta"] if meta["label"] == "Published")
    assert published["found"]
    assert view["removed"] == article["removed"]


def test_an_article_that_the_client_has_is_not_sent_again(client: TestClient) -> None:
    row = disputed_of(client)[0]
    cited = client.get(f"{EVENTS}/{row['id']}").json()["articles"][0]["id"]
    first = client.get(f"{ARTICLES}/{cited}")
    again = client.get(f"{ARTICLES}/{cited}", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_reprint_names_the_article_that_it_is_one_with(client: TestClient) -> None:
    found = client.get(EVENTS, params={"limit": 500}).json()["items"]
    views = (client.get(f"{EVENTS}/{row['id']}").json() for row in found if row["articles"] > row["origins"])
    tie = next(tie for one in views for tie in one["event"]["ties"] if tie["kind"] == "reprint")
    tied = client.get(f"{ARTICLES}/{tie['left']}").json()["view"]["tied"]
    assert tie["right"] in [each["article"]["id"] for each in tied]


def test_what_was_refused_of_an_article_stands_with_it(client: TestClient, path: Path, config: Config) -> None:
    with open_workspace(path, config=config) as workspace:
        article = next(iter(workspace.articles()))
        (path.parent / "a.jsonl").write_text(
            json.dumps({"text": f"{article.text} Police said so.", "date": 20200502}), "utf-8"
        )
        workspace.add(path.parent / "a.jsonl")
        (refused,) = [each for each in workspace.rejected() if "a.jsonl" in each.locator]
        added = next(each for each in workspace.articles() if each.locator == refused.locator)
    (shown,) = client.get(f"{ARTICLES}/{added.id}").json()["view"]["refusals"]
    assert shown["reason"] == "bad_metadata"
    assert shown["advice"]


def test_hostile_text_comes_as_it_is(hostile_client: TestClient, hostile: Any) -> None:
    for name, identity in hostile.articles.items():
        answer = hostile_client.get(f"{ARTICLES}/{identity}")
        assert answer.status_code == 200, name
        assert answer.headers["content-type"] == "application/json"
        answer.json()
    text = hostile_client.get(f"{ARTICLES}/{hostile.articles['markup']}").json()["article"]["text"]
    assert "<script>window.hit=1</script>" in text
    title = hostile_client.get(f"{ARTICLES}/{hostile.articles['turned']}").json()["view"]["link"]["title"]
    assert "\u202e" in title
    assert hostile.events
    for identity in hostile.events:
        assert hostile_client.get(f"{EVENTS}/{identity}").status_code == 200
