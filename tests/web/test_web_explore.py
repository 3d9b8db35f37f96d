"""Facets, timeline and map over HTTP: the values that filters take, in words, out of the sample."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.export.wording import STATUS_MEANINGS

FILTERS = {
    "family": "type",
    "type": "type",
    "country": "where",
    "admin1": "where",
    "status": "status",
    "actor": "actor",
    "outlet": "outlet",
}


def got(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("facet", FILTERS)
def test_choosing_a_value_gives_as_many_events_as_were_counted(client: TestClient, facet: str) -> None:
    values = got(client, "facets")[facet]
    assert values
    assert [each["count"] for each in values] == sorted((each["count"] for each in values), reverse=True) or (
        facet == "status"
    )
    for value in values[:5]:
        found = got(client, "events", **{FILTERS[facet]: value["value"]}, limit=1)
        assert found["total"] == value["count"], value


def test_values_are_told_in_words(client: TestClient) -> None:
    facets = got(client, "facets")
    labels = {name: {each["value"]: each["label"] for each in facets[name]} for name in FILTERS}
    assert labels["country"]["IQ"] == "Iraq"
    assert labels["admin1"]["IQ/kirkuk"] == "Kirkuk, Iraq"
    assert labels["type"]["assault"] == "Armed attack"
    assert labels["family"]["combat"] == "Combat"
    assert labels["actor"]['"islamic-state"'] == "Islamic State"
    assert list(labels["status"]) == [word for word in STATUS_MEANINGS if word in labels["status"]]


def test_facets_count_under_the_other_filters(client: TestClient) -> None:
    whole, some = got(client, "facets"), got(client, "facets", outlet="Tigris Post")
    assert some["total"] < whole["total"]
    assert some["outlet"] == whole["outlet"]
    assert sum(each["count"] for each in some["type"]) == some["total"]


def test_a_timeline_is_that_of_the_filters(client: TestClient) -> None:
    whole = got(client, "timeline")
    october = got(client, "timeline", since="2016-10", until="2016-10")
    assert whole["unit"] == "month"
    assert october["unit"] == "day"
    assert october["bins"][0]["start"] >= "2016-10-01"
    assert october["bins"][-1]["end"] <= "2016-10-31"
    total = got(client, "events", since="2016-10", until="2016-10")["total"]
    assert sum(each["count"] for each in october["bins"]) == total
    assert october["undated"] == whole["undated"] == got(client, "facets")["undated"]


def test_everything_is_on_the_map_or_listed(client: TestClient) -> None:
    for zoom in (0, 6, 14):
        marks = got(client, "map", zoom=zoom)
        shown = len(marks["points"]) + sum(each["count"] for each in marks["clusters"])
        total = got(client, "facets")["total"]
        assert shown + marks["unresolved_total"] + marks["placeless"] == total
        assert marks["unresolved_total"] == sum(each["count"] for each in marks["unresolved"])
    assert got(client, "events", unresolved="true")["total"] == marks["unresolved_total"]


def test_a_point_says_what_it_is(client: TestClient) -> None:
    marks = got(client, "map", zoom=12)
    point = marks["points"][0]
    row = got(client, "search", q=point["id"])["events"][0]
    assert (point["longitude"], point["latitude"]) == (row["where"]["longitude"], row["where"]["latitude"])
    assert (point["label"], point["family"]) == (row["label"], row["family"])
    assert (point["group"], point["precision"]) == (row["status"]["group"], row["where"]["precision"])


def test_the_box_of_the_map_leaves_out_what_lies_elsewhere(client: TestClient) -> None:
    whole = got(client, "map", zoom=10)
    here = next(each for each in whole["clusters"] if each["same_place"])
    west, south = here["longitude"] - 0.5, here["latitude"] - 0.5
    bbox = f"{west},{south},{west + 1},{south + 1}"
    box = got(client, "map", zoom=10, bbox=bbox)
    assert here["count"] in [each["count"] for each in box["clusters"] if each["same_place"]]
    assert len(box["clusters"]) + len(box["points"]) < len(whole["clusters"]) + len(whole["points"])
    for each in (*box["clusters"], *box["points"]):
        assert west <= each["longitude"] <= west + 1
        assert south <= each["latitude"] <= south + 1
    assert box["unresolved"] == whole["unresolved"]
    assert got(client, "events", where=bbox)["total"] >= here["count"]


@pytest.mark.parametrize(
    ("route", "params", "sentence"),
    [
        ("events", {"since": "yesterday"}, "write YYYY-MM-DD"),
        ("events", {"since": "2017", "until": "2016"}, "swap them"),
        ("facets", {"type": "picnic"}, "no event type or family is called 'picnic'"),
        ("timeline", {"status": "maybe"}, "there is: happened"),
        ("map", {"where": " "}, "give a name"),
        ("map", {"bbox": "1,2,3"}, "west,south,east,north"),
        ("map", {"bbox": "1,2,3,400"}, "west,south,east,north"),
        ("events", {"sort": "colour"}, "cannot sort by 'colour'"),
        ("events", {"typ": "protest"}, "no parameter called 'typ'; there is: actor,"),
    ],
    ids=str,
)
def test_what_cannot_be_understood_is_said(
    client: TestClient, route: str, params: dict[str, str], sentence: str
) -> None:
    answer = client.get(f"/api/v1/{route}", params=params)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert sentence in answer.json()["detail"]


@pytest.mark.parametrize(
    "params", [{"limit": 0}, {"limit": 501}, {"limit": "many"}, {"min_origins": -1}], ids=str
)
def test_what_is_out_of_bounds_is_said(client: TestClient, params: dict[str, Any]) -> None:
    answer = client.get("/api/v1/events", params=params)
    assert answer.status_code == 422
    assert next(iter(params)) in answer.json()["detail"]


def test_several_places_must_all_hold(client: TestClient) -> None:
    both = client.get("/api/v1/events", params=[("where", "IQ"), ("where", "44,35,45,36")]).json()
    assert 0 < both["total"] < got(client, "events", where="IQ")["total"]
