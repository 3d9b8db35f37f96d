"""What stands before every request: names, origins, repeats, sizes, rates, and headers on every answer."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.web.bodies import LARGEST_BODY
from dateline.web.guard import API
from dateline.web.people import CSRF_COOKIE
from dateline.web.rates import WRITES, Rate, Rates

Opens = Callable[..., TestClient]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def desk(opens: Opens) -> TestClient:
    return opens()


def undo(desk: TestClient, **headers: str) -> Any:
    """Ask for a harmless write."""
    return desk.post(f"{API}/verdicts/undo", json={"by": "A. Reader"}, headers=headers)


@pytest.mark.parametrize(
    "address",
    ["/", "/explore", f"{API}/info", f"{API}/events", f"{API}/nothing", "/nothing", f"{API}/openapi.json"],
)
def test_every_answer_has_the_headers(desk: TestClient, address: str) -> None:
    told = desk.get(address).headers
    assert told["content-security-policy"] == POLICY
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "same-origin"
    assert told["cross-origin-opener-policy"] == told["cross-origin-resource-policy"] == "same-origin"
    assert {"private", "no-store"} & {part.strip() for part in told["cache-control"].split(",")}


def test_a_fault_is_a_problem_with_the_headers_too(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("dateline.web.review.progress", broken)
    told = desk.get(f"{API}/review/progress")
    assert told.status_code == 500
    assert told.headers["content-type"] == "application/problem+json"
    assert told.headers["content-security-policy"] == POLICY
    assert "secret" not in told.text


@pytest.mark.parametrize("host", ["localhost:8210", "127.0.0.1:9000", "[::1]:8210", "192.168.1.7", "LOCALHOST"])
def test_its_own_names_and_addresses_are_answered(desk: TestClient, host: str) -> None:
    assert desk.get(f"{API}/info", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""])
def test_names_that_lead_here_from_elsewhere_are_not(desk: TestClient, host: str) -> None:
    told = desk.get(f"{API}/info", headers={"host": host})
    assert told.status_code == 421
    assert "--name" in told.json()["detail"]


def test_a_name_that_was_given_is_answered(opens: Opens) -> None:
    desk = opens(names=("desk.example",))
    assert desk.get(f"{API}/info", headers={"host": "Desk.example:443"}).status_code == 200


def test_a_write_must_repeat_the_cookie(desk: TestClient) -> None:
    assert undo(desk).status_code == 409
    for given in ("", "something", desk.cookies[CSRF_COOKIE][:-1]):
        told = undo(desk, **{"X-CSRF-Token": given})
        assert told.status_code == 403
        assert "X-CSRF-Token" in told.json()["detail"]
    desk.cookies.delete(CSRF_COOKIE)
    assert undo(desk).status_code == 403, "without the cookie the header proves nothing"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:9999"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://localhost"},
    ],
)
def test_pages_of_others_change_nothing(desk: TestClient, headers: dict[str, str]) -> None:
    told = undo(desk, **headers)
    assert told.status_code == 403
    assert "nothing was done" in told.json()["detail"]


def test_our_own_pages_may_write(desk: TestClient) -> None:
    assert undo(desk, origin="http://localhost", **{"sec-fetch-site": "same-origin"}).status_code == 409


def test_the_cookie_for_writes_is_given_once_and_stays_with_the_site(opens: Opens) -> None:
    desk = opens()
    desk.cookies.clear()
    told = desk.get("/").headers["set-cookie"]
    assert told.startswith(f"{CSRF_COOKIE}=")
    assert "SameSite=Strict" in told
    assert "HttpOnly" not in told, "our pages have to read it"
    assert "set-cookie" not in desk.get("/").headers


def test_requests_have_a_largest_size(desk: TestClient) -> None:
    told = desk.post(f"{API}/verdicts", content=b"x" * (LARGEST_BODY + 1))
    assert told.status_code == 413
    assert f"{LARGEST_BODY:,}" in told.json()["detail"]

    def drop_by_drop() -> Any:
        for _ in range(LARGEST_BODY // 100_000 + 1):
            yield b" " * 100_000

    told = desk.post(f"{API}/verdicts", content=drop_by_drop(), headers={"content-type": "application/json"})
    assert told.status_code == 413


def test_who_writes_too_often_has_to_wait(desk: TestClient) -> None:
    rates: Rates = desk.app.state.rates  # type: ignore[attr-defined]
    rates._clock = lambda: 0.0
    codes = [undo(desk).status_code for _ in range(WRITES.tries + 1)]
    assert set(codes[:-1]) == {409}
    told = undo(desk)
    assert (codes[-1], told.status_code) == (429, 429)
    assert int(told.headers["retry-after"]) >= 1
    assert desk.get(f"{API}/info").status_code == 200, "reading goes on"


def test_a_bucket_fills_again_with_time() -> None:
    now = 0.0
    rates = Rates(lambda: now)
    rate = Rate(2, 10.0)
    rates.take("try", "a", rate)
    rates.take("try", "a", rate)
    with pytest.raises(Exception, match="10 seconds"):
        rates.take("try", "a", rate)
    rates.take("try", "b", rate)
    now = 10.0
    rates.take("try", "a", rate)
    with pytest.raises(Exception, match="seconds"):
        rates.take("try", "a", rate)


def test_where_the_server_keeps_its_files_is_not_told(desk: TestClient, path: Any) -> None:
    told = desk.post(f"{API}/verdicts", json={"kind": "accept", "ids": ["rep_nothing"], "by": "A"})
    assert told.status_code == 404
    assert str(path.parent) not in told.text
