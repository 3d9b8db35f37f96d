"""Whatever is written to the API: no fault of the server comes of it. What is read is held by the contract."""

import shutil
from collections.abc import Callable
from typing import Any

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from dateline.web.guard import API
from dateline.web.people import CSRF_COOKIE

# Requests to each operation; the bench of the API asks more.
ASKED = 20
TOKEN = "abcdefghijklmnopqrstuvwxyz"  # noqa: S105 - what a write repeats


def test_nothing_that_is_sent_ends_in_a_fault(opens: Callable[..., TestClient]) -> None:
    app: Any = opens(names=("testserver",)).app
    app.state.rates.take = lambda *_: None  # as often as one likes
    schema = schemathesis.openapi.from_asgi(f"{API}/openapi.json", app).include(method=["POST", "DELETE"])
    found: list[Any] = list(schema.get_all_operations())
    operations = [each.ok() for each in found]
    assert len(operations) > 7
    try:
        for operation in operations:
            _ask(operation)
    finally:
        # What it uploaded is not to be read.
        app.state.jobs.close()
        shutil.rmtree(app.state.jobs.folder, ignore_errors=True)


def _ask(operation: Any) -> None:
    headers = {"X-CSRF-Token": TOKEN, "Cookie": f"{CSRF_COOKIE}={TOKEN}"}

    @settings(max_examples=ASKED, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        answer = case.call(headers=headers)
        assert answer.status_code < 500, (case.as_curl_command(), answer.text)

    ask()
