"""What is served, said in one answer."""

from fastapi.testclient import TestClient


def test_it_says_what_is_served(client: TestClient) -> None:
    told = client.get("/api/v1/info").json()
    assert told["workspace"] == "sample"
    assert told["counts"]["articles"] == 15
    assert told["counts"]["events"] > 10


def test_what_is_not_there_is_a_problem(client: TestClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["instance"] == "/api/v1/nothing"
