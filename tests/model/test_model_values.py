"""Spans, statuses, refusals, verdicts, and the way to JSON and back."""

from itertools import product
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model.article import Article, Published
from dateline.model.ids import ActorId, ArticleId, CaptureId, PlaceId, ReportId, sha256
from dateline.model.rejected import REASONS, Rejected
from dateline.model.report import Acled, Crosswalk, Plover, Report, source_of
from dateline.model.span import Span, span_of
from dateline.model.values import (
    ActorKind,
    Certainty,
    CountKind,
    Currency,
    HowMany,
    Link,
    Polarity,
    Reality,
    SourceKind,
    Status,
    When,
    WhenPrecision,
    Where,
    WherePrecision,
    Who,
    make_status,
)
from dateline.model.verdict import make_verdict
from dateline.model.wire import PUBLISHED_SCHEMAS, decode, encode, json_schema

TEXT = "In Kirkuk – كركوك – gunmen 🙂 killed three.\n\nTwo fled."
# msgspec refuses lone surrogates, as JSON must.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
OFFSETS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


@given(OFFSETS, OFFSETS)
def test_spans_agree_with_sets_of_characters(one: list[int], other: list[int]) -> None:
    left, right = span_of(TEXT, *one), span_of(TEXT, *other)
    assert TEXT[left.start : left.end] == left.text
    inside, others = set(range(*one)), set(range(*other))
    if inside and others:
        assert left.overlaps(right) == bool(inside & others)
        assert left.contains(right) == (others <= inside)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, len(TEXT) + 1)])
def test_a_span_outside_its_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"{start}:{end}"):
        span_of(TEXT, start, end)


def an_article(sentences: tuple[tuple[int, int], ...] = ((0, 42), (44, len(TEXT)))) -> Article:
    return Article(
        id=ArticleId("art_1"),
        capture=CaptureId("cap_1"),
        locator="a.txt",
        url=None,
        title=None,
        outlet="Tigris Post",
        byline=None,
        published=Published(date="2016-10", precision="month", rule="given"),
        language="en",
        dateline=None,
        origin=None,
        text=TEXT,
        text_sha256=sha256(TEXT),
        sentences=sentences,
    )


@given(st.lists(st.integers(0, len(TEXT)), max_size=8, unique=True).map(sorted), st.integers(-5, len(TEXT) + 5))
def test_the_sentence_of_an_offset_is_the_one_that_holds_it(edges: list[int], offset: int) -> None:
    sentences = tuple(zip(edges[::2], edges[1::2], strict=False))
    expected = [index for index, (start, end) in enumerate(sentences) if start <= offset < end]
    assert an_article(sentences).sentence_at(offset) == (expected[0] if expected else None)


# The display word by the four axes; any value where a part is None. The first row that fits holds.
STATUS_TABLE: tuple[tuple[str | None, str | None, str | None, str | None, str], ...] = (
    (None, "denied", None, None, "denied"),
    ("attempted", None, None, None, "attempted"),
    ("planned", None, None, None, "planned"),
    ("threatened", None, None, None, "threatened"),
    ("feared", None, None, None, "feared"),
    ("demanded", None, None, None, "demanded"),
    ("hypothetical", None, None, None, "hypothetical"),
    (None, None, "unconfirmed", None, "unconfirmed"),
    (None, None, None, "background", "background"),
    (None, None, "probable", None, "probable"),
    (None, None, "possible", None, "possible"),
    ("ongoing", None, None, None, "ongoing"),
    ("occurred", None, None, None, "happened"),
)


def test_every_combination_of_axes_has_the_word_of_the_table() -> None:
    for axes in product(get_args(Reality), get_args(Polarity), get_args(Certainty), get_args(Currency)):
        expected = next(
            row[4]
            for row in STATUS_TABLE
            if all(wanted in (None, given) for wanted, given in zip(row[:4], axes, strict=True))
        )
        status = make_status(*axes)
        assert status.word == expected, axes
        assert (status.reality, status.polarity, status.certainty, status.currency) == axes
    assert Status() == make_status()


def test_a_refusal_needs_a_known_reason_and_brings_advice() -> None:
    for reason, advice in REASONS.items():
        assert Rejected(stage="read", reason=reason, locator="a.txt").advice == advice
        assert advice.endswith(".")
        assert "\n" not in advice
    with pytest.raises(ValueError, match="unknown reason 'dull'"):
        Rejected(stage="read", reason="dull", locator="a.txt")


def test_a_verdict_is_identified_by_all_that_it_says() -> None:
    given: dict[str, Any] = {"by": "A. Reader", "at": "2026-01-01T00:00:00+00:00"}
    reports = (ReportId("rep_1"), ReportId("rep_2"))
    first = make_verdict("merge", reports, **given)
    assert make_verdict("merge", reports[::-1], **given).id == first.id
    others = [
        make_verdict("split", reports, **given),
        make_verdict("merge", reports[:1], **given),
        make_verdict("merge", reports, **given, reason="same day"),
        make_verdict("merge", reports, **given, field="when"),
        make_verdict("merge", reports, by="B. Reader", at=given["at"]),
        make_verdict("merge", reports, **given, supersedes=first.id),
    ]
    assert len({first.id, *(other.id for other in others)}) == len(others) + 1


SPANS = st.builds(Span, st.integers(0, 99), st.integers(0, 99), WORDS)
NUMBERS = st.integers(0, 10**6)
WHENS = st.builds(
    When,
    start=st.none() | st.dates().map(str),
    end=st.none() | st.dates().map(str),
    precision=st.sampled_from(get_args(WhenPrecision)),
    text=st.none() | WORDS,
    span=st.none() | SPANS,
)
WHERES = st.builds(
    Where,
    NUMBERS,
    NUMBERS,
    WORDS,
    name=WORDS,
    gazetteer_id=st.none() | WORDS.map(PlaceId),
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
    precision=st.sampled_from(get_args(WherePrecision)),
)
WHOS = st.builds(
    Who,
    NUMBERS,
    NUMBERS,
    WORDS,
    name=WORDS,
    id=st.none() | WORDS.map(ActorId),
    kind=st.sampled_from(get_args(ActorKind)),
)
COUNTS = st.builds(
    HowMany,
    NUMBERS,
    NUMBERS,
    WORDS,
    kind=st.sampled_from(get_args(CountKind)),
    low=NUMBERS,
    best=st.none() | NUMBERS,
    high=st.none() | NUMBERS,
)
LINKS = st.builds(Link, name=WORDS, kind=st.sampled_from(get_args(SourceKind)), text=st.none() | WORDS)
STATUSES = st.builds(
    make_status,
    st.sampled_from(get_args(Reality)),
    st.sampled_from(get_args(Polarity)),
    st.sampled_from(get_args(Certainty)),
    st.sampled_from(get_args(Currency)),
)


def few(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3).map(tuple)


REPORTS = st.builds(
    Report,
    id=WORDS.map(ReportId),
    article=st.just(source_of(an_article())),
    type=WORDS,
    trigger=SPANS,
    sentence=SPANS,
    actors=few(WHOS),
    targets=few(WHOS),
    where=few(WHERES),
    when=WHENS,
    counts=few(COUNTS),
    instruments=few(SPANS),
    status=STATUSES,
    chain=few(LINKS),
    crosswalk=st.just(Crosswalk(plover=Plover("ASSAULT"), acled=Acled("Battles"))),
    score=st.floats(0, 1),
)


@given(REPORTS)
def test_reports_come_back_from_the_wire_as_they_went(report: Report) -> None:
    line = encode(report)
    assert b"\n" not in line
    assert decode(line, Report) == report
    assert encode(decode(line, Report)) == line


def test_the_wire_refuses_what_is_no_record() -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(b'{"id": 5}', Report)
    with pytest.raises(msgspec.DecodeError):
        decode(b"{", Report)


def test_a_source_carries_the_article_without_its_text() -> None:
    source = source_of(an_article())
    assert (source.published, source.published_rule, source.origin) == ("2016-10", "given", None)
    assert "text" not in msgspec.structs.asdict(source)


def test_records_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        an_article().text = "other"  # type: ignore[misc]


def plainly(value: Any) -> Any:
    """Return JSON with the blanks of descriptions evened out: newer Pythons cut the indents of docstrings."""
    if isinstance(value, list | tuple):
        return [plainly(item) for item in value]
    if isinstance(value, dict):
        return {key: plainly(item) for key, item in value.items()}
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("name", sorted(PUBLISHED_SCHEMAS))
def test_the_published_schema_files_are_fresh(name: str) -> None:
    path = Path(__file__).parents[2] / "docs" / "reference" / f"{name}.schema.json"
    assert plainly(msgspec.json.decode(path.read_bytes())) == plainly(json_schema(name))
