"""Who may come in and do what: accounts, sessions, the token, and the pages to sign in without scripts."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.web.guard import API
from dateline.web.people import CSRF_COOKIE
from dateline.web.rates import SIGN_IN_NAME
from dateline.workspace.accounts import IDLE_SECONDS, LONGEST_SECONDS, Accounts, accounts_path

Opens = Callable[..., TestClient]
PASSWORD = "three plain words"  # noqa: S105 - of the tests
TOKEN = "a-token-that-nobody-guesses"  # noqa: S105 - of the tests
SESSION = f"{API}/session"


def accept(desk: TestClient, **headers: str) -> Any:
    event = desk.get(f"{API}/events", params={"limit": 1}, headers=headers).json()["items"][0]["id"]
    return desk.post(
        f"{API}/verdicts", json={"kind": "accept", "ids": [event], "by": "Somebody Else"}, headers=headers
    )


def test_without_accounts_nobody_signs_in_on_this_machine(opens: Opens) -> None:
    desk = opens()
    told = desk.get(SESSION).json()
    assert told["person"] == {"name": None, "role": "admin"}
    assert not told["closed"]
    assert accept(desk).json()["verdict"]["by"] == "Somebody Else"
    answer = desk.post(SESSION, json={"name": "x", "password": "y"})
    assert answer.status_code == 409


def test_a_write_without_a_name_says_what_is_missing(opens: Opens) -> None:
    told = opens().post(f"{API}/verdicts/undo", json={})
    assert told.status_code == 400
    assert "by whom" in told.json()["detail"]


def test_with_accounts_one_signs_in_first(opens: Opens, accounts: Accounts) -> None:
    desk = opens()
    for path in ("info", "events", "verdicts", "openapi.json", "stream"):
        told = desk.get(f"{API}/{path}")
        assert told.status_code == 401, path
        assert "Sign in" in told.json()["detail"]
    assert accept_nothing(desk).status_code == 401
    assert desk.get(SESSION).json()["person"] is None


def accept_nothing(desk: TestClient) -> Any:
    return desk.post(f"{API}/verdicts", json={"kind": "accept", "ids": ["evt_aaaa"], "by": "X"})


def test_an_account_that_is_added_while_it_runs_closes_the_door(opens: Opens, path: Path) -> None:
    desk = opens()
    assert desk.get(f"{API}/info").status_code == 200
    made = Accounts.open(path)
    made.add("Late One", "admin", PASSWORD, at="2020-06-30T12:00:00+00:00")
    made.close()
    assert desk.get(f"{API}/info").status_code == 401


def test_the_name_of_the_account_is_believed_and_nothing_else(signs_in: Opens) -> None:
    desk = signs_in("reviewer one")
    told = accept(desk)
    assert told.status_code == 201
    assert told.json()["verdict"]["by"] == "Reviewer One"
    assert desk.get(SESSION).json()["person"] == {"name": "Reviewer One", "role": "reviewer"}


def test_readers_read_and_no_more(signs_in: Opens) -> None:
    desk = signs_in("Reader One")
    assert desk.get(f"{API}/events").status_code == 200
    for answer in (
        accept(desk),
        desk.post(f"{API}/verdicts/undo", json={}),
        desk.get(f"{API}/review/queue"),
        desk.post(f"{API}/uploads", files=[("files", ("a.txt", b"text", "text/plain"))]),
        desk.post(f"{API}/jobs"),
        desk.post(f"{API}/preview", json={"kind": "merge", "ids": ["evt_a"]}),
    ):
        assert answer.status_code == 403
        assert "role" in answer.json()["detail"]


def test_signing_out_ends_the_session_on_the_server(signs_in: Opens) -> None:
    desk = signs_in("Reviewer One")
    held = dict(desk.cookies)
    assert desk.delete(SESSION).status_code == 204
    assert desk.get(f"{API}/info").status_code == 401
    desk.cookies.update(held)
    assert desk.get(f"{API}/info").status_code == 401


def test_the_sessions_cookie_is_out_of_reach_of_pages(opens: Opens, accounts: Accounts) -> None:
    desk = opens()
    told = desk.post(SESSION, json={"name": "Admin One", "password": PASSWORD}).headers.get_list("set-cookie")
    session = next(each for each in told if not each.startswith(CSRF_COOKIE))
    assert "HttpOnly" in session
    assert "SameSite=Strict" in session
    assert "Secure" not in session
    desk.base_url = "https://localhost"
    desk.cookies.clear()
    csrf = desk.get(SESSION).json()["csrf"]
    told = desk.post(
        SESSION, json={"name": "Admin One", "password": PASSWORD}, headers={"X-CSRF-Token": csrf}
    ).headers.get_list("set-cookie")
    assert all("Secure" in each for each in told)


def test_a_session_does_not_repeat_anothers_token(signs_in: Opens) -> None:
    one, other = signs_in("Reviewer One"), signs_in("Admin One")
    told = one.post(f"{API}/verdicts/undo", json={}, headers={"X-CSRF-Token": other.headers["X-CSRF-Token"]})
    assert told.status_code == 403


@pytest.mark.parametrize("length", [{"seconds": IDLE_SECONDS}, {"seconds": LONGEST_SECONDS}])
def test_a_session_ends_and_says_so(signs_in: Opens, clock: Any, length: dict[str, float]) -> None:
    desk = signs_in("Reviewer One")
    clock.wait(**length)
    told = desk.post(f"{API}/verdicts", json={"kind": "accept", "ids": ["evt_aaaa"]})
    assert told.status_code == 401
    assert "session has ended" in told.json()["detail"]
    assert "save once more" in told.json()["detail"]


def test_a_session_that_is_used_ends_after_a_month_all_the_same(signs_in: Opens, clock: Any) -> None:
    desk = signs_in("Reviewer One")
    hours = 0
    while desk.get(f"{API}/info").status_code == 200:
        clock.wait(hours=6)
        hours += 6
        assert hours < 10_000
    assert hours * 3600 == pytest.approx(LONGEST_SECONDS, rel=0.05)


def test_unknown_names_and_wrong_passwords_get_one_answer(opens: Opens, accounts: Accounts) -> None:
    desk = opens()
    told = [
        desk.post(SESSION, json={"name": name, "password": password})
        for name, password in (("Nobody", PASSWORD), ("Admin One", "another password"), ("Admin One", ""))
    ]
    assert [each.status_code for each in told] == [401, 401, 401]
    assert len({each.json()["detail"] for each in told}) == 1


def test_guessing_is_slowed_down(opens: Opens, accounts: Accounts, clock: Any) -> None:
    desk = opens()
    desk.app.state.rates._clock = lambda: 0.0  # type: ignore[attr-defined]
    for _ in range(SIGN_IN_NAME.tries):
        assert desk.post(SESSION, json={"name": "Admin One", "password": "guess"}).status_code == 401
    told = desk.post(SESSION, json={"name": "admin  ONE", "password": PASSWORD})
    assert told.status_code == 429
    assert int(told.headers["retry-after"]) > 0
    assert desk.post(SESSION, json={"name": "Reader One", "password": PASSWORD}).status_code == 201


def test_a_new_password_or_a_removal_ends_sessions(signs_in: Opens, accounts: Accounts) -> None:
    one, other = signs_in("Reviewer One"), signs_in("Reader One")
    accounts.set_password("Reviewer One", "quite another password")
    accounts.remove("Reader One")
    assert one.get(f"{API}/info").status_code == 401
    assert other.get(f"{API}/info").status_code == 401


def test_a_role_that_is_taken_away_is_gone_at_once(signs_in: Opens, accounts: Accounts) -> None:
    desk = signs_in("Reviewer One")
    accounts.set_role("Reviewer One", "reader")
    assert accept(desk).status_code == 403


def test_programs_come_in_with_the_token(opens: Opens) -> None:
    desk = opens(token=TOKEN)
    del desk.headers["X-CSRF-Token"]
    assert desk.get(f"{API}/info").status_code == 401
    assert desk.get(f"{API}/info", headers={"Authorization": "Bearer wrong"}).status_code == 401
    told = accept(desk, Authorization=f"Bearer {TOKEN}")
    assert told.status_code == 201
    assert told.json()["verdict"]["by"] == "Somebody Else"


def test_the_token_poses_as_no_account(opens: Opens, accounts: Accounts) -> None:
    desk = opens(token=TOKEN)
    told = desk.post(
        f"{API}/verdicts/undo", json={"by": "reviewer ONE"}, headers={"Authorization": f"Bearer {TOKEN}"}
    )
    assert told.status_code == 403


def test_people_may_sign_in_with_the_token_too(opens: Opens) -> None:
    desk = opens(token=TOKEN)
    assert desk.post(SESSION, json={"token": "wrong"}).status_code == 401
    told = desk.post(SESSION, json={"token": TOKEN})
    assert told.status_code == 201
    desk.headers["X-CSRF-Token"] = told.json()["csrf"]
    assert accept(desk).json()["verdict"]["by"] == "Somebody Else"


def test_a_server_for_others_lets_nobody_in_without_accounts_or_token(opens: Opens) -> None:
    desk = opens(public=True)
    assert desk.get(f"{API}/info").status_code == 401
    assert desk.post(SESSION, json={"name": "", "password": ""}).status_code == 401
    assert "dateline users add" in desk.get("/sign-in").text


# pages


def field(page: str, name: str, between: str = "") -> str:
    found = re.search(rf'name="{name}" {between}value="([^"]*)"', page)
    assert found
    return found[1]


def test_one_signs_in_and_out_without_scripts(opens: Opens, accounts: Accounts) -> None:
    desk = opens()
    del desk.headers["X-CSRF-Token"]
    led = desk.get("/explore?where=Kirkuk")
    assert led.status_code == 303
    page = desk.get(led.headers["location"])
    assert "<script" not in page.text
    form = {"csrf": field(page.text, "csrf"), "next": field(page.text, "next").replace("&amp;", "&")}
    wrong = desk.post("/sign-in", data={**form, "name": "Admin One", "password": "wrong"})
    assert wrong.status_code == 401
    assert "not right" in wrong.text
    assert field(wrong.text, "name", 'autocomplete="username" required maxlength="100" ') == "Admin One"
    come = desk.post("/sign-in", data={**form, "name": "Admin One", "password": PASSWORD})
    assert (come.status_code, come.headers["location"]) == (303, "/explore?where=Kirkuk")
    assert 'href="/sign-out"' in desk.get("/").text
    out = desk.get("/sign-out")
    assert "Admin One" in out.text
    assert desk.post("/sign-out", data={"csrf": "wrong"}).status_code == 403
    left = desk.post("/sign-out", data={"csrf": field(out.text, "csrf")})
    assert (left.status_code, left.headers["location"]) == (303, "/sign-in")
    assert desk.get("/").status_code == 303


@pytest.mark.parametrize(
    "goal", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "/sign-in"]
)
def test_signing_in_leads_nowhere_else(opens: Opens, accounts: Accounts, goal: str) -> None:
    desk = opens()
    page = desk.get("/sign-in", params={"next": goal})
    form = {"csrf": field(page.text, "csrf"), "next": goal, "name": "Admin One", "password": PASSWORD}
    assert desk.post("/sign-in", data=form).headers["location"] == "/"


def test_a_form_must_repeat_what_the_page_told(opens: Opens, accounts: Accounts) -> None:
    desk = opens()
    form = {"csrf": "x" * 32, "name": "Admin One", "password": PASSWORD}
    assert desk.post("/sign-in", data=form).status_code == 403
    assert desk.post("/sign-in", data=form, headers={"origin": "https://evil.example"}).status_code == 403


def test_a_link_from_elsewhere_finds_who_is_signed_in(signs_in: Opens) -> None:
    """Strict cookies are not sent where another site leads here: the page asks again by itself."""
    desk = signs_in("Reader One")
    held = dict(desk.cookies)
    desk.cookies.clear()
    told = desk.get("/event/evt_1;x", headers={"sec-fetch-site": "cross-site"})
    assert told.status_code == 200
    assert told.headers["refresh"] == "0; url=/event/evt_1%3Bx"
    desk.cookies.update(held)
    assert desk.get("/", headers={"sec-fetch-site": "same-origin"}).status_code == 200


def test_hostile_words_on_the_sign_in_page_stay_words(opens: Opens, accounts: Accounts) -> None:
    desk = opens()
    page = desk.get("/sign-in", params={"next": '/"><script>alert(1)</script>'})
    assert "<script" not in page.text


def test_the_accounts_are_not_in_the_workspace_and_for_nobody_else(path: Path, accounts: Accounts) -> None:
    file = accounts_path(path)
    assert file.parent == path.parent
    assert file.stat().st_mode & 0o777 == 0o600
    assert PASSWORD.encode() not in file.read_bytes()
    assert b"Reviewer One" not in path.read_bytes()


def test_tokens_of_sessions_are_kept_hashed(signs_in: Opens, path: Path) -> None:
    desk = signs_in("Reviewer One")
    token = next(value for name, value in desk.cookies.items() if name != CSRF_COOKIE)
    assert token.encode() not in accounts_path(path).read_bytes()
