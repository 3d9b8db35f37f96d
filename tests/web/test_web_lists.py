"""Lists over HTTP: a page at a time, whole as files, with tags and cursors that hold."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.config import DATA
from dateline.export import disputes, followed, surging
from dateline.export.columns import COLUMNS
from dateline.workspace import Workspace, open_workspace

LISTS = (
    "events", "claims", "articles", "reports", "rejected", "places", "actors", "types", "disagreements",
    "warnings",
)  # fmt: skip
FILES = (*LISTS, "coverage", "surges", "verdicts")
BOM = b"\xef\xbb\xbf"


def got(client: TestClient, address: str, **params: Any) -> Any:
    answer = client.get(f"/api/v1/{address}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def whole(client: TestClient, name: str, limit: int, **params: Any) -> list[Any]:
    """Return a list put together from its pages."""
    items: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        page = got(client, name, limit=limit, **params, **cursor)
        assert len(page["items"]) <= limit
        items += page["items"]
        assert len(items) <= page["total"]
        if page["next"] is None:
            assert len(items) == page["total"]
            return items
        assert len(page["items"]) == limit
        cursor = {"cursor": page["next"]}


@pytest.mark.parametrize("name", LISTS)
def test_pages_put_together_are_the_list(client: TestClient, name: str) -> None:
    items = whole(client, name, 500)
    assert items
    assert whole(client, name, 7) == items


@pytest.mark.parametrize("name", LISTS)
def test_a_cursor_is_of_one_list(client: TestClient, name: str) -> None:
    page = got(client, name, limit=1)
    other = "types" if name == "events" else "events"
    for cursor, listed in ((page["next"], other), ("nonsense", name), ("IiI", name), ("é", name)):
        answer = client.get(f"/api/v1/{listed}", params={"cursor": cursor})
        assert answer.status_code == 400
        assert "cursor" in answer.json()["detail"]


def test_a_cursor_is_of_its_filters_and_its_sort(client: TestClient) -> None:
    cursor = got(client, "events", limit=1, where="IQ")["next"]
    assert got(client, "events", limit=2, where="IQ", cursor=cursor)["items"]
    for params in ({"where": "FR"}, {"where": "IQ", "sort": "-date"}, {}):
        answer = client.get("/api/v1/events", params={**params, "cursor": cursor})
        assert answer.status_code == 400
        assert "other filters or another sort" in answer.json()["detail"]


def test_a_cursor_holds_while_events_are_written(client: TestClient, path: Path) -> None:
    first = got(client, "events", limit=30)
    rest = [each["id"] for each in whole(client, "events", 500)[30:]]
    with open_workspace(path) as workspace:
        workspace.judge("reject", [first["items"][29]["id"]], by="ada", at="2020-06-30", reason="historical")
    second = got(client, "events", limit=500, cursor=first["next"])
    assert [each["id"] for each in second["items"]] == rest
    assert second["total"] == first["total"] - 1
    assert second["revision"] > first["revision"]


@pytest.mark.parametrize("name", [*LISTS, "facets", "timeline", "map", "coverage", "surges"])
def test_what_a_client_has_is_not_sent_again(client: TestClient, name: str) -> None:
    address = f"/api/v1/{name}"
    first = client.get(address)
    tag = first.headers["etag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = client.get(address, headers={"If-None-Match": 'W/"other"'})
    assert other.content == first.content


def test_tags_change_with_the_record_and_with_what_is_asked(client: TestClient, path: Path) -> None:
    tags = {client.get(f"/api/v1/events?{query}").headers["etag"] for query in ("", "limit=1", "where=IQ")}
    with open_workspace(path) as workspace:
        workspace.judge("comment", [got(client, "events")["items"][0]["id"]], by="ada", at="2020", reason="why")
    assert client.get("/api/v1/events").headers["etag"] not in tags
    assert len(tags) == 3


@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
@pytest.mark.parametrize("name", FILES)
def test_every_list_is_a_file_too(client: TestClient, name: str, form: str) -> None:
    answer = client.get(f"/api/v1/{name}.{form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="sample-{name}.{form}"'
    assert (
        client.get(f"/api/v1/{name}.{form}", headers={"If-None-Match": answer.headers["etag"]}).status_code
        == 304
    )
    rows = read(answer.content, form)
    if name in LISTS:
        total = got(client, name)["total"]
        # Disagreements have a row for everyone who says something.
        assert len(rows) >= total if (name, form) == ("disagreements", "csv") else len(rows) == total


def read(content: bytes, form: str) -> list[Any]:
    if form == "csv":
        assert content.startswith(BOM)
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    if form == "jsonl":
        return [json.loads(line) for line in content.decode("utf-8").splitlines()]
    found = json.loads(content)
    assert isinstance(found, list)
    return found


def test_files_hold_what_the_command_line_writes(client: TestClient, path: Path) -> None:
    with open_workspace(path, readonly=True) as workspace:
        for form in ("csv", "jsonl", "geojson"):
            assert client.get(f"/api/v1/events.{form}").content == exported(workspace, form)
        some = client.get("/api/v1/events.csv", params={"where": "IQ", "sort": "-date"}).content
        assert some == exported(workspace, "csv", where="IQ", sort="-date")


def exported(workspace: Workspace, form: str, **filters: Any) -> bytes:
    stream = io.BytesIO()
    workspace.export(form, stream, **filters)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("events", [column.name for column in COLUMNS]),
        ("disagreements", disputes.COLUMNS),
        ("warnings", followed.COLUMNS),
        ("surges", surging.COLUMNS),
    ],
)
def test_tables_have_the_columns_of_the_command_line(
    client: TestClient, name: str, columns: tuple[str, ...]
) -> None:
    head = client.get(f"/api/v1/{name}.csv").content.decode("utf-8-sig").splitlines()[0]
    assert head.split(",") == [*columns]


def test_what_lies_nowhere_is_no_geojson(client: TestClient) -> None:
    answer = client.get("/api/v1/articles.geojson")
    assert answer.status_code == 404
    assert answer.json()["detail"].endswith("there is: .csv, .jsonl, .json")
    assert client.get("/api/v1/events.xls").status_code == 404
    features = json.loads(client.get("/api/v1/places.geojson").content)["features"]
    assert len(features) == got(client, "places")["total"]
    placed = [each for each in features if each["geometry"]]
    assert 0 < len(placed) < len(features)


def test_reports_stand_on_the_map_at_their_first_place(client: TestClient) -> None:
    rows = read(client.get("/api/v1/reports.csv").content, "csv")
    features = json.loads(client.get("/api/v1/reports.geojson").content)["features"]
    assert [each["properties"]["id"] for each in features] == [row["id"] for row in rows]
    placed = [each for each in features if each["geometry"]]
    assert 0 < len(placed) < len(features)
    assert len(placed) == sum(bool(row["latitude"]) for row in rows)


def test_warnings_stand_on_the_map_where_they_warn_of(client: TestClient) -> None:
    rows = {row["warning_id"]: row for row in read(client.get("/api/v1/warnings.csv").content, "csv")}
    features = json.loads(client.get("/api/v1/warnings.geojson").content)["features"]
    assert [each["id"] for each in features] == [*rows]
    assert {each["properties"]["outcome"] for each in features} == {row["outcome"] for row in rows.values()}
    assert any(each["geometry"] for each in features)


def test_ids_of_before_lead_on_and_ids_of_nothing_are_told(client: TestClient, path: Path) -> None:
    ids = [each["id"] for each in got(client, "events", limit=2)["items"]]
    with open_workspace(path, create=False) as workspace:
        workspace.judge("merge", ids, by="ada", at="2026-01-01T00:00:00Z")
    (kept,) = [each["id"] for each in got(client, "events", limit=500)["items"] if each["id"] in ids]
    (gone,) = set(ids) - {kept}
    assert got(client, "reports", event=gone)["items"] == got(client, "reports", event=kept)["items"] != []
    assert got(client, "verdicts", event=gone) == got(client, "verdicts", event=kept)
    for asked in ({"event": "evt_" + "a" * 16}, {"article": "art_" + "a" * 16}):
        for name in ("reports", "reports.csv"):
            answer = client.get(f"/api/v1/{name}", params=asked)
            assert (answer.status_code, "is not the id of" in answer.json()["detail"]) == (404, True), asked


def test_bad_filters_of_a_file_are_a_problem_and_no_file(client: TestClient) -> None:
    for name in ("events", "claims", "disagreements", "warnings"):
        answer = client.get(f"/api/v1/{name}.csv", params={"since": "yesterday"})
        assert answer.status_code == 400, name


def test_claims_say_who_says_what(client: TestClient) -> None:
    event = next(each for each in whole(client, "events", 500) if each["origins"] > 1)
    rows = [each for each in whole(client, "claims", 500) if each["event"] == event["id"]]
    assert {row["field"] for row in rows} >= {"type", "status", "when"}
    assert {row["how"] for row in rows} <= {"says", "denies"}
    types = [row for row in rows if row["field"] == "type"]
    assert len({row["origin"] for row in types}) == event["origins"]
    assert all(row["sentence"] and row["article"] and row["source"] for row in rows)


def test_a_correction_is_a_claim_of_a_person(client: TestClient, path: Path) -> None:
    event = got(client, "events", limit=1)["items"][0]["id"]
    with open_workspace(path) as workspace:
        workspace.judge("correct", [event], by="ada", at="2020-06-30", field="killed", value="12")
    rows = [
        each for each in whole(client, "claims", 500) if each["event"] == event and each["how"] == "corrects"
    ]
    assert [(row["field"], row["value"], row["source"], row["report"]) for row in rows] == [
        ("killed", "12", "ada", None)
    ]
    log = read(client.get("/api/v1/verdicts.csv").content, "csv")
    assert [(row["kind"], row["by"], row["value"], row["stands"]) for row in log] == [
        ("correct", "ada", "12", "1")
    ]
    assert read(client.get("/api/v1/verdicts.csv", params={"by": "bob"}).content, "csv") == []
    assert len(read(client.get("/api/v1/verdicts.csv", params={"event": event}).content, "csv")) == 1


def test_reports_lead_to_their_article_and_their_event(client: TestClient) -> None:
    row = got(client, "reports", limit=1)["items"][0]
    assert row["id"] in {each["id"] for each in whole(client, "reports", 500, article=row["article"])}
    held = whole(client, "reports", 500, event=row["event"])
    assert row["id"] in {each["id"] for each in held}
    assert {each["event"] for each in held} == {row["event"]}
    assert {each["type"] for each in whole(client, "reports", 500, type="assault")} == {"assault"}


def test_articles_by_outlet_date_and_words(client: TestClient) -> None:
    every = whole(client, "articles", 500)
    newest = whole(client, "articles", 500, sort="-date")
    assert sorted(each["id"] for each in every) == sorted(each["id"] for each in newest)
    assert newest[0]["published"] == max(each["published"] for each in every)
    assert {each["outlet"] for each in whole(client, "articles", 5, outlet="tigris post")} == {"Tigris Post"}
    dated = whole(client, "articles", 5, since="2017", until="2018")
    assert {each["published"][:4] for each in dated} <= {"2017", "2018"}
    assert 0 < len(whole(client, "articles", 5, search='"Mosul front"')) < len(every)


def test_refusals_come_with_advice(client: TestClient) -> None:
    rows = whole(client, "rejected", 500)
    assert {row["reason"] for row in rows} == {"not_an_article", "not_english"}
    assert all(row["advice"] for row in rows)
    assert len(whole(client, "rejected", 5, reason="not_english")) == 1
    assert client.get("/api/v1/rejected", params={"stage": "kitchen"}).status_code == 400


def test_names_lead_to_their_events(client: TestClient) -> None:
    for place in got(client, "places", limit=5)["items"]:
        assert got(client, "events", where=place["name"])["total"] >= place["events"]
    for actor in got(client, "actors", limit=5)["items"]:
        assert got(client, "events", actor=f'"{actor["id"]}"')["total"] == actor["events"]
    assert {each["name"] for each in whole(client, "places", 5, q="kirk")} >= {"Kirkuk"}
    assert whole(client, "actors", 5, q="nobody at all") == []
    assert (
        sum(each["events"] for each in whole(client, "types", 500)) == got(client, "info")["counts"]["events"]
    )


def test_coverage_counts_what_was_read(client: TestClient) -> None:
    found = got(client, "coverage")
    counts = got(client, "info")["counts"]
    assert found["total"] == len(found["outlets"]) == counts["outlets"]
    assert sum(each["articles"] for each in found["outlets"]) == counts["articles"]
    for each in found["outlets"]:
        assert got(client, "events", outlet=each["outlet"])["total"] == each["events"]
        assert each["first"] <= each["last"]


def test_search_finds_words_and_names(client: TestClient) -> None:
    found = got(client, "search", q="Kirkuk")
    assert found["events"]
    assert found["articles"]
    for place in found["places"]:
        assert got(client, "events", where=place["value"])["total"] == place["count"]
    [actor] = got(client, "search", q="islamic state")["actors"]
    assert got(client, "events", actor=actor["value"])["total"] == actor["count"]
    nothing = got(client, "search", q="xyzzy")
    assert nothing == {"events": [], "articles": [], "places": [], "actors": []}


def test_search_follows_the_id_of_an_event(client: TestClient, path: Path) -> None:
    one, two = (each["id"] for each in got(client, "events", limit=2)["items"])
    assert [each["id"] for each in got(client, "search", q=one)["events"]] == [one]
    assert [each["id"] for each in got(client, "search", q=one[:14])["events"]] == [one]
    with open_workspace(path) as workspace:
        workspace.judge("merge", [one, two], by="ada", at="2020-06-30")
    assert got(client, "search", q=one)["events"] == got(client, "search", q=two)["events"] != []
    assert got(client, "search", q="evt_aaaaaaaa")["events"] == []


def test_disagreements_show_who_says_what(client: TestClient) -> None:
    rows = whole(client, "disagreements", 500)
    assert [row["weight"] for row in rows] == sorted((row["weight"] for row in rows), reverse=True)
    for row in rows:
        assert got(client, "search", q=row["event"])["events"][0]["disputed"] > 0
        assert all(side["told"][0]["words"] for side in row["sides"])


def test_warnings_show_both_ends(client: TestClient) -> None:
    rows = whole(client, "warnings", 500)
    assert {row["warning"]["status"]["group"] for row in rows} <= {"warning", "other"}
    came = [row for row in rows if row["state"] == "came_about"]
    assert came
    assert all(row["event"]["said"][0]["sentence"] for row in came)
    assert {row["id"] for row in whole(client, "warnings", 5, outcome="came_about")} == {
        row["id"] for row in came
    }
    answer = client.get("/api/v1/warnings", params={"outcome": "maybe"})
    assert answer.status_code == 400


def test_surges_are_of_a_week(client: TestClient) -> None:
    assert got(client, "surges")["week"] == "2020-W23"
    assert got(client, "surges", week="2016-10-21")["week"] == "2016-W42"
    assert client.get("/api/v1/surges", params={"week": "someday"}).status_code == 400


def test_what_was_added_is_seen_at_once(client: TestClient, path: Path, tmp_path: Path) -> None:
    before = got(client, "events")["total"]
    folder = tmp_path / "more"
    shutil.copytree(DATA / "sample" / "dispatches", folder)
    page = folder / "new.txt"
    page.write_text(
        "Kirkuk (Tigris Post) – Gunmen attacked a checkpoint in Daquq on 3 March 2018, police said.\n" * 2
    )
    with open_workspace(path) as workspace:
        workspace.add(page)
        assert got(client, "articles")["total"] == 16
        assert got(client, "events")["total"] == before
        workspace.code()
    assert got(client, "events")["total"] > before
    assert got(client, "facets")["total"] == got(client, "events")["total"]


def test_rates_are_of_all_warnings_that_the_filters_choose(client: TestClient) -> None:
    rates = got(client, "rates")["items"]
    assert {rate["by"] for rate in rates} == {"source", "outlet"}
    counted = ("came_about", "partly", "did_not")
    assert all(rate["settled"] == sum(rate[name] for name in counted) for rate in rates)
    # Too few are settled in the sample, so that no share is told.
    assert {rate["words"] for rate in rates} == {"too few: 10 needed"}
    assert got(client, "rates", outcome="open")["items"] == rates
    mine = got(client, "rates", source="Tigris Post")["items"]
    assert 0 < len(mine) < len(rates)
