"""What leaves dateline is what the published schemas describe."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dateline.config import DATA, Config
from dateline.model.wire import PUBLISHED_SCHEMAS, decode, encode
from dateline.workspace import Workspace

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def validator(name: str) -> Any:
    schema = json.loads((REFERENCE / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.fixture
def sample(make: Callable[..., Workspace], settings: Config) -> Workspace:
    opened = make("sample")
    opened.add(DATA / "sample" / "dispatches")
    opened.code()
    return opened


def test_verdicts_are_valid_and_come_back(sample: Workspace) -> None:
    event = next(each for each in sample.events() if len(each.reports) > 1)
    at = "2026-01-01T00:00:00Z"
    sample.judge("correct", event.reports, by="A", at=at, field="killed", value="3", rebuild=False)
    sample.judge("split", event.reports[:1], by="A", at=at, others=event.reports[1:], rebuild=False)
    checks = validator("verdict")
    for verdict in sample.verdicts():
        raw = encode(verdict)
        checks.validate(json.loads(raw))
        assert decode(raw, type(verdict)) == verdict


def test_every_record_of_the_sample_is_valid_and_comes_back(sample: Workspace) -> None:
    streams: dict[str, list[Any]] = {
        "article": list(sample.articles()),
        "report": list(sample.reports()),
        "event": list(sample.events()),
    }
    for name, records in streams.items():
        checks = validator(name)
        assert len(records) > 10
        for record in records:
            line = encode(record)
            assert b"\n" not in line
            checks.validate(json.loads(line))
            assert decode(line, PUBLISHED_SCHEMAS[name]) == record


@pytest.mark.parametrize("name", sorted(PUBLISHED_SCHEMAS))
def test_the_schemas_refuse_what_is_no_record(name: str) -> None:
    checks = validator(name)
    wrongs: tuple[Any, ...] = ({}, {"id": 5}, [], "text")
    for wrong in wrongs:
        assert not checks.is_valid(wrong)


def test_spans_hold_the_characters_that_they_point_to(sample: Workspace) -> None:
    texts = {article.id: article.text for article in sample.articles()}
    for report in sample.reports():
        text = texts[report.article.id]
        spans = [
            report.trigger,
            report.sentence,
            *report.actors,
            *report.targets,
            *report.where,
            *report.counts,
        ]
        spans += [*report.instruments, *([report.when.span] if report.when.span else [])]
        for span in spans:
            assert text[span.start : span.end] == span.text
        for link in report.chain:
            if link.start is not None:
                assert text[link.start : link.end] == link.text
