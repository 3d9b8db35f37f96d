"""The API keeps to its own OpenAPI document, whatever it is asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from dateline.config import load_config
from dateline.web import Served, create_app

# What is right by its schema may still be refused: a name that nothing bears, a date that no month has.
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
)
# Enough to meet every parameter with good and bad values; all routes together take half a minute.
EXAMPLES = 12
# Streams of events end when the client leaves.
ENDLESS = ("/stream", "/progress")


def served(path: Path) -> Served:
    # The name under which schemathesis asks.
    return Served(
        path=path,
        config=load_config(),
        clock=lambda: "2020-06-30T12:00:00+00:00",
        names=("testserver",),
    )


def paths() -> list[str]:
    """Return the paths that can be read; the document is made without a workspace."""
    document = create_app(served(Path("nowhere"))).openapi()
    found = [path for path, methods in document["paths"].items() if "get" in methods]
    return [path for path in found if not path.endswith(ENDLESS)]


@pytest.fixture(scope="module")
def api(sample: Path) -> Iterator[Any]:
    app = create_app(served(sample))
    with TestClient(app):  # begins and ends what the application lives by
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", paths())
def test_every_answer_is_as_it_is_described(api: Any, path: str, mode: GenerationMode) -> None:
    operation = api[path]["GET"]

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    try:
        asked()
    except Unsatisfiable:  # a route whose requests cannot be wrong
        assert mode is GenerationMode.NEGATIVE
