"""Linking only what changed gives what linking everything gives, whatever came in which order."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link import Facts, link
from dateline.link import block as blocking
from dateline.link.incremental import relink
from dateline.model.article import Article, Published
from dateline.model.correction import pack
from dateline.model.ids import ActorId, ArticleId, CaptureId, PlaceId, mention_id, report_id, sha256
from dateline.model.report import Report, source_of
from dateline.model.values import HowMany, When, Where, Who, make_status
from dateline.model.verdict import Anchor, Verdict, make_verdict
from dateline.ontology import load_ontology
from dateline.store.embedded import EmbeddedStore
from dateline.workspace import linking
from dateline.workspace.linking import update

SENTENCES = (
    "The attack left three dead.",
    "Five attacks this week killed sixty.",
    "The attack came after an attack on the town.",
    "The toll rose after the attack.",
)
TYPES = ("assault", "armed_clash", "bombing", "protest")
PLACES: tuple[tuple[str, Any, float, float], ...] = (
    ("Hawija", "town", 35.3, 43.8),
    ("Dibis", "town", 35.6, 44.0),
    ("Kirkuk", "admin1", 35.4, 44.3),
)
SPANS = (
    ("2016-10-20", "2016-10-20"),
    ("2016-10-21", "2016-10-21"),
    ("2016-10-18", "2016-10-24"),
    ("2016",) * 2,
    None,
)
STATUSES = ((), ("occurred", "affirmed", "stated", "background"), ("planned",))

told = st.tuples(
    st.sampled_from(TYPES),
    st.integers(0, 2),
    st.sampled_from(SPANS),
    st.sampled_from(STATUSES),
    st.sampled_from(SENTENCES),
    st.integers(0, 1),
)
put = st.tuples(st.just("put"), st.integers(0, 7), st.lists(told, max_size=4))
verdict = st.tuples(
    st.sampled_from(
        ("merge", "split", "reject", "accept", "one_origin", "own_origins", "retype", "misread", "undo")
    ),
    st.integers(0, 40),
    st.integers(0, 40),
)
linked = st.just(("link", 0, 0))
# Alike in all but days and sentences: blocks are crowded, and summaries hold what stands beside them.
alike = st.tuples(
    st.just("assault"),
    st.just(0),
    st.sampled_from(SPANS[:3]),
    st.just(()),
    st.sampled_from(SENTENCES[:2]),
    st.just(0),
)
put_alike = st.tuples(st.just("put"), st.integers(0, 11), st.lists(alike, max_size=2))
crowded = st.lists(st.one_of(put_alike, linked), min_size=16, max_size=40)
steps = st.lists(st.one_of(put, linked, verdict, linked), min_size=8, max_size=30)


def an_article(number: int) -> Article:
    text = " ".join(f"{sentence} {number}" for sentence in SENTENCES * 2)
    outlet = f"Outlet {number % 5}"
    return Article(
        id=ArticleId(f"art_{number:016}"), capture=CaptureId("cap_1"), locator=f"{number}.txt", url=None,
        title=None, byline=None, outlet=outlet, language="en", dateline=None, origin=None, text=text,
        published=Published(date=f"2016-10-{20 + number % 4}", precision="day", rule="given", text=""),
        text_sha256=sha256(text), sentences=((0, len(text)),), signature=(number % 3,) * 6,
    )  # fmt: skip


def reports_of(article: Article, drawn: Sequence[Any]) -> list[Report]:
    found: dict[str, Report] = {}
    for position, (type_, place, span, status, sentence, actor) in enumerate(drawn):
        start = article.text.index(sentence)
        trigger = article.span(start + 4 + position % 2, start + 10)
        name, precision, latitude, longitude = PLACES[place]
        where = Where(
            0, 1, "x", name=name, gazetteer_id=PlaceId(f"geo:{name}"), precision=precision, country="IQ",
            latitude=latitude, longitude=longitude, admin1="Kirkuk", radius_km=5.0,
        )  # fmt: skip
        who = Who(0, 1, "x", name=f"Group {actor}", id=ActorId(f"grp:{actor}"), kind="armed_group")
        when = When(start=span[0], end=span[1], precision="day", basis="stated") if span else When()
        report = Report(
            id=report_id(mention_id(article.id, type_, trigger.start, trigger.end)),
            article=source_of(article), type=type_, trigger=trigger, actors=(who,), when=when, where=(where,),
            sentence=article.span(start, start + len(sentence)), status=make_status(*status),
            counts=(HowMany(0, 1, "3", kind="killed", low=3, best=3, high=3),),
            crosswalk=load_ontology().crosswalk_for(type_, "armed_group", harmed=True),
        )  # fmt: skip
        found[report.id] = report
    return sorted(found.values(), key=lambda report: (report.trigger.start, report.id))


def a_verdict(store: EmbeddedStore, kind: str, left: int, right: int, clock: Iterator[int]) -> Verdict | None:
    reports = sorted(store.reports(), key=lambda report: report.id)
    given: dict[str, Any] = {"by": "A", "at": f"2026-01-01T00:{next(clock):04}"}
    if kind == "undo":
        log = list(store.verdicts())
        return make_verdict("undo", (), supersedes=log[left % len(log)].id, **given) if log else None
    if not reports:
        return None
    one, two = reports[left % len(reports)], reports[right % len(reports)]
    if kind in ("reject", "accept"):
        return make_verdict(kind, (one.id,), anchors=(anchor(one),), **given)  # type: ignore[arg-type]
    if kind in ("retype", "misread"):
        correction = {"field": "type", "value": "bombing", "data": pack("bombing")}
        scope = "report" if kind == "misread" else "event"
        return make_verdict(
            "correct", (one.id, two.id), scope=scope, anchors=(anchor(one), anchor(two)), **correction, **given
        )
    if one.id == two.id:
        return None
    parted = kind in ("split", "own_origins")
    return make_verdict(
        kind,  # type: ignore[arg-type]
        (one.id,) if parted else (one.id, two.id),
        others=(two.id,) if parted else (),
        anchors=(anchor(one), anchor(two)),
        **given,
    )


def anchor(report: Report) -> Anchor:
    return Anchor(report.id, report.article.id, report.trigger.start, report.trigger.end)


def whole(store: EmbeddedStore) -> dict[str, Any]:
    facts = [Facts(*row) for row in store.facts()]
    events = link(list(store.reports()), facts, load_ontology(), list(store.verdicts()))
    return {event.id: event for event in events}


def kept(store: EmbeddedStore) -> list[Any]:
    return [
        store._all(f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in ("link_blocks", "link_edges", "link_origins")
    ]


@settings(max_examples=60, deadline=None)
@given(steps, st.sampled_from([1, 40]))
def test_linking_what_changed_gives_what_linking_all_gives(drawn: list[Any], reach: int) -> None:
    check(drawn, reach)


@settings(max_examples=60, deadline=None)
@given(crowded, st.sampled_from([1, 2, 40]))
def test_crowded_blocks_and_summaries_give_what_linking_all_gives(drawn: list[Any], reach: int) -> None:
    check(drawn, reach)


NEWS = ("assault", 0, SPANS[1], (), SENTENCES[0], 0)
OLD = ("bombing", 0, SPANS[3], STATUSES[1], SENTENCES[1], 1)
SUMMARY = ("assault", 0, SPANS[2], (), SENTENCES[1], 0)
LINK = ("link", 0, 0)


@pytest.mark.parametrize(
    "drawn",
    [
        # An older report gives the news another id; what is recalled beside it names it by that.
        [("put", 1, [NEWS, OLD]), LINK, ("put", 4, [NEWS]), LINK, ("put", 4, []), LINK],
        # A summary comes after its part, its part after it, and it goes again.
        [("put", 1, [NEWS]), LINK, ("put", 2, [SUMMARY]), LINK, ("put", 2, []), LINK],
        [("put", 2, [SUMMARY]), LINK, ("put", 1, [NEWS]), LINK],
    ],
)
def test_relations_follow_events_that_are_not_linked_again(drawn: list[Any]) -> None:
    check(drawn, 40)


def check(drawn: list[Any], reach: int) -> None:
    clock = count()
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # Blocks that leave pairs out need many reports; with a short reach they need few.
        patch.setattr(blocking, "REACH", reach)
        patch.setattr(blocking, "SCAN", 2 * reach)
        with EmbeddedStore.open(Path(folder) / "w.dateline", create=True) as store:
            for kind, left, right in [*drawn, ("link", 0, 0)]:
                if kind == "put":
                    article = an_article(left)
                    store.put_articles([article])
                    store.put_reports(article.id, "coder/1", reports_of(article, right))
                elif kind == "link":
                    update(store, load_ontology())
                    assert {event.id: event for event in store.events()} == whole(store)
                    assert not store.needs_linking()
                elif (given_ := a_verdict(store, kind, left, right, clock)) is not None:
                    store.add_verdict(given_)
            grown = kept(store)
            store.forget_links()
            assert store.needs_linking()
            update(store, load_ontology())
            assert kept(store) == grown
            assert {event.id: event for event in store.events()} == whole(store)


KILLED = """
import sys
from pathlib import Path
from dateline.ontology import load_ontology
from dateline.store import events, linking
from dateline.store.embedded import EmbeddedStore
from dateline.workspace import linking as updating

def waits(*_, **__):
    print("ready", flush=True)
    sys.stdin.read()

moments = {"read": (updating, "relink"), "kept": (events, "put"), "forgotten": (updating, "update")}
module, name = moments[sys.argv[2]]
with EmbeddedStore.open(Path(sys.argv[1]), create=False) as store:
    if sys.argv[2] == "forgotten":
        store.forget_links()
    setattr(module, name, waits)
    updating.update(store, load_ontology())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process without warning")
@pytest.mark.parametrize("moment", ["read", "kept", "forgotten"])
def test_a_link_that_is_killed_leaves_nothing_half_done(moment: str, tmp_path: Path) -> None:
    path, drawn = tmp_path / "w.dateline", ("assault", 0, SPANS[0], (), SENTENCES[0], 0)
    with EmbeddedStore.open(path, create=True) as store:
        for number in range(3):
            article = an_article(number)
            store.put_articles([article])
            store.put_reports(article.id, "coder/1", reports_of(article, [drawn]))
            if number == 1:
                update(store, load_ontology())
        before = list(store.events())
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), moment],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with EmbeddedStore.open(path, create=False) as store:
        assert list(store.events()) == before
        assert store.needs_linking()
        update(store, load_ontology())
        assert {event.id: event for event in store.events()} == whole(store)
        assert sum(len(event.reports) for event in store.events()) == 3


def test_a_link_beside_another_is_done_again(tmp_path: Path) -> None:
    path, drawn = tmp_path / "w.dateline", ("assault", 0, SPANS[0], (), SENTENCES[0], 0)
    with EmbeddedStore.open(path, create=True) as store, EmbeddedStore.open(path, create=True) as other:
        for number in range(3):
            article = an_article(number)
            other.put_articles([article])
            other.put_reports(article.id, "coder/1", reports_of(article, [drawn]))
        between = iter([True])

        def beside(*given: Any) -> Any:
            if next(between, False):
                update(other, load_ontology())
            return relink(*given)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(linking, "relink", beside)
            update(store, load_ontology())
        assert next(between, None) is None
        assert {event.id: event for event in store.events()} == whole(store)
        assert not store.needs_linking()


def test_other_rules_link_all(tmp_path: Path) -> None:
    drawn = ("assault", 0, SPANS[0], (), SENTENCES[0], 0)
    with EmbeddedStore.open(tmp_path / "w.dateline", create=True) as store:
        for number in range(2):
            article = an_article(number)
            store.put_articles([article])
            store.put_reports(article.id, "coder/1", reports_of(article, [drawn]))
            update(store, load_ontology())
        seen: list[int] = []

        def counted(state: Any, dirty: Any, *given: Any) -> Any:
            seen.append(len(dirty))
            return relink(state, dirty, *given)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(linking, "relink", counted)
            store.put_articles([an_article(2)])
            update(store, load_ontology())
            patch.setattr(linking, "_rules", lambda: "others")
            store.put_articles([an_article(3)])
            update(store, load_ontology())
        assert seen == [0, 2]


def test_a_full_block_gives_up_a_pair_that_another_report_comes_between() -> None:
    for last in range(2, 9):
        others = [("put", number, [NEWS]) for number in range(1, 9) if number != last]
        check([*others, LINK, ("put", last, [NEWS]), LINK], 1)
