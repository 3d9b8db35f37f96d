"""`dateline review` under scripted keys: keys, prompts, what the screen holds and what the log says."""

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.cli.review_keys import load_keys, split_keys
from dateline.cli.review_prompts import Line, Pick
from dateline.cli.review_session import FIELDS, Session
from dateline.cli.review_view import page
from dateline.cli.reviewing import WorkspaceDesk
from dateline.cli.screen import console
from dateline.config import Config
from dateline.errors import InputError
from dateline.model.verdict import standing
from dateline.store.query import EventQuery
from dateline.workspace import Workspace, open_workspace

NAMES = {" ": "space", "\t": "tab", "\r": "enter", "\x1b": "esc"}


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path / "own.dateline"))


@pytest.fixture
def opened(own: Path, gazetteer_cache: Path) -> Iterator[Workspace]:
    config = Config(cache=gazetteer_cache, workspace=own, coder="patterns", workers=1)
    with open_workspace(own, config=config) as workspace:
        yield workspace


def session_of(opened: Workspace, by: str = "Ann", role: Any = "reader") -> Session:
    review = opened.review(by=by, role=role, clock=lambda: f"2026-01-01T{opened.counts().verdicts:06}")
    return Session(WorkspaceDesk(opened, review, EventQuery()), load_keys())


@pytest.fixture
def session(opened: Workspace) -> Session:
    return session_of(opened)


def press(session: Session, *keys: str) -> None:
    for each in keys:
        for key in [each] if len(each) > 1 and each in load_names() else list(each):
            session.press(NAMES.get(key, key))


def load_names() -> set[str]:
    return {
        "space",
        "tab",
        "shift-tab",
        "enter",
        "esc",
        "up",
        "down",
        "backspace",
        "ctrl-k",
        "ctrl-u",
        "ctrl-w",
    }


def text_of(session: Session, height: int = 40, width: int = 100) -> str:
    out = console()
    out.width = width
    with out.capture() as captured:
        for line in page(session, height, width):
            out.print(line)
    return captured.get()


def said(opened: Workspace) -> list[tuple[str, str | None]]:
    return [(each.kind, each.reason) for each in opened.verdicts()]


def test_accept_reject_and_undo(session: Session, opened: Workspace) -> None:
    first = session.matter
    press(session, "a", "x", "4", "x", "9", "rumour", "enter", "x", "esc", " ", "k")
    assert said(opened) == [("accept", None), ("reject", "wrong place"), ("reject", "rumour")]
    press(session, "u", "u", "u", "u")
    assert "nothing to take back" in session.message
    assert session.matter == first
    assert [each.kind for each in standing(opened.verdicts())] == ["undo"] * 3
    press(session, "U", "U")
    assert [each.kind for each in standing(opened.verdicts()) if each.kind in ("accept", "reject")] == [
        "accept",
        "reject",
    ]


def test_fields_are_corrected_where_the_mark_is(session: Session, opened: Workspace) -> None:
    press(session, *["tab"] * FIELDS.index("killed"), "e", "5", "enter", "t", "2016-10", "enter")
    press(session, "shift-tab", "d", "enter", "E", "planned", "enter", "c", "look again", "enter")
    assert [(each.kind, each.field, each.value, each.scope) for each in opened.verdicts()] == [
        ("correct", "killed", "5", "event"),
        ("correct", "when", "2016-10", "event"),
        ("dispute", "status", None, "event"),
        ("correct", "status", "planned affirmed stated news", "report"),
        ("comment", None, None, "event"),
    ]


def test_a_place_is_chosen_among_hints(session: Session, opened: Workspace) -> None:
    press(session, "g", "Hawija")
    assert isinstance(session.prompt, Line)
    assert session.prompt.hints
    assert session.prompt.hints[0].label in text_of(session)
    press(session, "tab", "enter")
    (verdict,) = opened.verdicts()
    assert (verdict.field, "IQ" in (verdict.value or "")) == ("where", True)


def test_what_was_typed_wrongly_stays_to_be_mended(session: Session, opened: Workspace) -> None:
    press(session, "t", "sooon", "enter")
    assert "is not a date" in session.message
    assert isinstance(session.prompt, Line)
    assert session.prompt.text == "sooon"
    press(session, "ctrl-u", "2017", "enter")
    assert [each.value for each in opened.verdicts()] == ["2017"]


def test_merge_split_and_origins(session: Session, opened: Workspace) -> None:
    matter = session.matter
    assert matter is not None
    press(session, "m", "tab", "enter")
    press(session, "k", "s", "space", "enter", "k", "o", "space", "space", "enter", "2")
    kinds = [each.kind for each in opened.verdicts()]
    assert kinds == ["merge", "split", "own_origins"]
    merge, split, origins = opened.verdicts()
    assert set(matter.event.reports) < set(merge.reports)
    assert split.subject == set(matter.event.reports)
    assert len(split.reports) == 1
    assert len(origins.reports) == 2
    press(session, "s", "esc", "o", "enter")
    assert opened.counts().verdicts == 3


def test_walking_changes_nothing(session: Session, opened: Workspace) -> None:
    for key in ("j", "k", "k", "n", "p", "]", "[", "tab", "shift-tab", "space", "?", "z", "é", "ctrl-k", "esc"):
        press(session, key)
        assert text_of(session)
    press(session, "ctrl-k", "leave", "enter")
    assert session.finished
    assert opened.counts().verdicts == 0


def test_search_bounds_the_queue(session: Session) -> None:
    whole = len(session.matters)
    press(session, "/", "Hawija", "enter")
    assert 0 < len(session.matters) < whole
    press(session, "/", "xyzzyx", "enter", "a")
    assert "queue is empty" in session.message
    assert "Nothing is left" in text_of(session)
    press(session, "/", "enter")
    assert len(session.matters) == whole


def test_rebuilding_shows_what_was_decided(session: Session) -> None:
    before = session.matters[0]
    press(session, "x", "1", "R")
    assert before.event.id not in {each.event.id for each in session.matters}


@pytest.mark.parametrize(("height", "width"), [(24, 80), (12, 60), (50, 160)])
def test_the_screen_fits_and_holds_the_evidence(session: Session, height: int, width: int) -> None:
    for key in ("", "n", "j", "m", "esc", "x", "esc", "s", "space", "esc", "e"):
        press(session, key) if key else None
        lines = text_of(session, height, width).splitlines()
        if height >= 24:
            assert len(lines) <= height
            assert "quit" in lines[-1] or width < 100
            assert any(line.lstrip(" *").startswith(("1/", "2/", "3/")) for line in lines)
        assert max(len(line) for line in lines) <= width


def test_a_second_reader_and_an_adjudicator_at_the_screen(opened: Workspace) -> None:
    first = session_of(opened)
    press(first, "x", "7")
    second = session_of(opened, "Bo", "second")
    assert "Ann" not in text_of(second)
    assert "duplicate" not in text_of(second)
    press(second, "a")
    assert len(session_of(opened, "Bo", "second").matters) == 0
    third = session_of(opened, "Cy", "adjudicator")
    shown = text_of(third)
    assert "they differ on: event" in shown
    assert not {"Ann", "Bo"} & set(shown.split())
    press(third, "a")
    assert [case.state for case in opened.cases()] == ["adjudicated"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    keys=st.lists(
        st.sampled_from([*"jkax149uUeEgtnp[]msodc/R?q ", "tab", "enter", "esc", "ctrl-k"]), max_size=25
    )
)
def test_no_keys_break_the_review(opened: Workspace, keys: list[str]) -> None:
    session = session_of(opened)
    for key in keys:
        session.press(NAMES.get(key, key))
        assert text_of(session)
    assert opened.audit().broken is None


# --- keys --------------------------------------------------------------------------------------------------


def test_keys_are_told_from_what_a_terminal_sends() -> None:
    sent = "aé \t\r\x7f\x1b[A\x1b[Z\x1bOB\x0b\x1b[15~x\x1b"
    names = ["a", "é", "space", "tab", "enter", "backspace", "up", "shift-tab", "down", "ctrl-k", "x", "esc"]
    assert list(split_keys(sent)) == names


@given(st.text(max_size=30))
def test_nothing_sent_is_more_than_ignored(text: str) -> None:
    assert all(split_keys(text))


def test_keys_can_be_changed_and_faults_are_all_named(tmp_path: Path) -> None:
    file = tmp_path / "keys.yaml"
    file.write_text("accept: y\nreject: ctrl-x\n")
    keys = load_keys(file)
    assert (keys["accept"].key, keys["reject"].key, keys["skip"].key) == ("y", "ctrl-x", "space")
    file.write_text("praise: y\naccept: x\nskip: hello\nundo: enter\n")
    with pytest.raises(InputError) as caught:
        load_keys(file)
    for fault in ("'praise'", "'x' is the key of accept and reject", "'hello' is no key", "'enter' is no key"):
        assert fault in str(caught.value)
    for text in ("- a", "accept: [a]", ":\n:", "accept: {"):
        file.write_text(text)
        with pytest.raises(InputError, match="no list of keys"):
            load_keys(file)


def test_a_choice_takes_its_digits_alone() -> None:
    chosen: list[int] = []
    pick = Pick("which", ("a", "b"), chosen.append)
    assert [pick.press(key) for key in ("3", "12", "x", "2")] == [False, False, False, True]
    assert chosen == [1]


# --- the command -------------------------------------------------------------------------------------------


def test_the_command_takes_keys_from_a_pipe(run: Any, own: Path) -> None:
    result = run("review", "-w", own, "--by", "Ann", stdin=b"ax1q")
    assert result.exit_code == 0, result.output
    assert "2 verdicts recorded" in result.stderr
    log = [json.loads(line) for line in run("audit", "-w", own, "--log", "-f", "jsonl").stdout.splitlines()]
    assert [each["kind"] for each in log] == ["accept", "reject"]
    assert run("review", "-w", own, "--by", " ", stdin=b"").exit_code == 2


def test_what_a_session_that_was_cut_off_left_is_built_in(run: Any, own: Path, opened: Workspace) -> None:
    event = next(opened.events())
    opened.judge("reject", event.reports, by="Ann", at="2026-01-01", reason="duplicate", rebuild=False)
    assert event.id not in run("review", "-w", own, "--by", "Bo", "--queue", "-f", "json").stdout
    assert event.id not in {each.id for each in opened.events()}


def test_the_queue_is_listed_with_its_reasons(run: Any, own: Path) -> None:
    assert "reports not judged" in run("review", "-w", own, "--by", "Ann", "--queue").stdout
    rows = json.loads(
        run("review", "-w", own, "--by", "Ann", "--queue", "-f", "json", "--where", "Hawija").stdout
    )
    assert [row["value"] for row in rows] == sorted((row["value"] for row in rows), reverse=True)
    for row in rows:
        assert row["value"] == pytest.approx(row["doubt"] * row["weight"] * row["unread"], abs=1e-6)


def test_it_works_in_a_real_terminal(own: Path, settings_of: dict[str, str]) -> None:
    leader, follower = pty.openpty()
    command = (sys.executable, "-m", "dateline", "review", "-w", own, "--by", "Ann")
    environment = {**settings_of, "PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm"}
    shown = b""
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=environment
    ) as process:
        os.close(follower)
        for keys, wanted in (
            (b"", b"? help"),
            (b"\x1b[Za", b"recorded as"),
            (b"q", b"1 verdict recorded"),
        ):
            os.write(leader, keys)
            end = time.monotonic() + 90
            while wanted not in shown and time.monotonic() < end:
                if not select.select([leader], [], [], 1.0)[0]:
                    continue
                try:
                    shown += os.read(leader, 65536)
                except OSError:
                    break
            assert wanted in shown
        assert process.wait(60) == 0
    os.close(leader)
    assert shown.count(b"\x1b[?1049h") == shown.count(b"\x1b[?1049l") == 1


@pytest.fixture
def settings_of(gazetteer_cache: Path) -> dict[str, str]:
    return {"DATELINE_CACHE": str(gazetteer_cache), "DATELINE_CODER": "patterns", "DATELINE_WORKERS": "1"}
