"""Linking only what changed gives what linking everything gives, whatever came in which order."""

import os
import re
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link import Facts, copies, link, origins, windows
from dateline.link import block as blocking
from dateline.link.comparing import compare_articles
from dateline.link.forming import form
from dateline.model.article import Article, Origin, Published
from dateline.model.correction import pack
from dateline.model.ids import ActorId, ArticleId, CaptureId, PlaceId, mention_id, report_id, sha256
from dateline.model.report import Report, source_of
from dateline.model.values import HowMany, When, Where, Who, make_status
from dateline.model.verdict import Anchor, Verdict, make_verdict
from dateline.model.wire import encode
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
WORDS = re.compile("attacks?|toll")
TYPES = ("assault", "armed_clash", "bombing", "protest")
# The last is in no gazetteer: the names that its article opens with say where it is.
PLACES: tuple[dict[str, Any], ...] = (
    {"name": "Hawija", "precision": "town", "latitude": 35.3, "longitude": 43.8},
    {"name": "Dibis", "precision": "town", "latitude": 35.6, "longitude": 44.0},
    {"name": "Kirkuk", "precision": "admin1", "latitude": 35.4, "longitude": 44.3},
    {"name": "Tal Ahmar", "precision": "unresolved"},
)
SPANS = (
    ("2016-10-20", "2016-10-20"),
    ("2016-10-21", "2016-10-21"),
    ("2016-10-18", "2016-10-24"),
    ("2016",) * 2,
    None,
)
STATUSES = (
    (),
    ("occurred", "affirmed", "stated", "background"),
    ("planned",),
    ("occurred", "denied"),
    ("planned", "denied"),
)

told = st.tuples(
    st.sampled_from(TYPES),
    st.integers(0, 3),
    st.sampled_from(SPANS),
    st.sampled_from(STATUSES),
    st.sampled_from(SENTENCES),
    st.integers(0, 1),
)
put = st.tuples(st.just("put"), st.integers(0, 7), st.lists(told, max_size=4))
verdict = st.tuples(
    st.sampled_from(
        (
            "merge",
            "split",
            "reject",
            "accept",
            "one_origin",
            "own_origins",
            "retype",
            "misread",
            "dispute",
            "undo",
        )
    ),
    st.integers(0, 40),
    st.integers(0, 40),
)
linked = st.just(("link", 0, 0))
# An article's metadata changes, so that its reports wait to be coded again.
dated = st.tuples(st.just("date"), st.integers(0, 7), st.integers(15, 26))
# Alike in all but days and sentences: blocks are crowded, and summaries hold what stands beside them.
alike = st.tuples(
    st.just("assault"),
    st.sampled_from((0, 0, 3)),
    st.sampled_from((*SPANS[:3], None)),
    st.sampled_from(((), (), STATUSES[1])),
    st.sampled_from(SENTENCES[:2]),
    st.just(0),
)
put_alike = st.tuples(st.just("put"), st.integers(0, 11), st.lists(alike, max_size=2))
crowded = st.lists(st.one_of(put_alike, linked), min_size=16, max_size=40)
steps = st.lists(st.one_of(put, linked, verdict, dated, put, verdict), min_size=8, max_size=30)


def an_article(number: int, day: int | None = None) -> Article:
    text = " ".join(f"{sentence} {number}" for sentence in SENTENCES * 2)
    outlet = f"Outlet {number % 5}"
    # Of three in a row the first is a copy of both others, which are none of one another but for a credit. An
    # article that is taken in again has the signature of another and may credit an outlet: of two values the
    # first in the order of letters is kept.
    sign = (number + 7) % 12 if day and day % 2 else number
    signature = tuple(part for part in (sign // 2, sign // 3, sign % 2, sign // 4, sign) for _ in range(3))
    credits = number in (4, 8) or (day is not None and day % 4 == 0)
    credited = Origin(name=f"Outlet {number % 4}", kind="credit") if credits else None
    return Article(
        id=ArticleId(f"art_{number:016}"), capture=CaptureId("cap_1"), locator=f"{number}.txt", url=None,
        title=f"Near {('Hawija', 'Dibis')[number % 2]}", byline=None, outlet=outlet, language="en",
        dateline=None, origin=credited, text=text,
        published=Published(
            date=f"2016-10-{day or 20 + number % 4}", precision="day", rule="given" if day else "feed", text=""
        ),
        text_sha256=sha256(text), sentences=((0, len(text)),), signature=signature,
    )  # fmt: skip


def reports_of(article: Article, drawn: Sequence[Any]) -> list[Report]:
    found: dict[str, Report] = {}
    for position, (type_, place, span, status, sentence, actor) in enumerate(drawn):
        start = article.text.index(sentence)
        words = list(WORDS.finditer(sentence))
        word = words[position % len(words)]
        # Of two mentions by one word the second takes the space before it as well.
        trigger = article.span(start + word.start() - position // len(words) % 2, start + word.end())
        where = Where(0, 1, "x", **PLACES[place])
        if where.precision != "unresolved":
            known = {"gazetteer_id": PlaceId(f"geo:{where.name}"), "country": "IQ", "admin1": "Kirkuk"}
            where = msgspec.structs.replace(where, radius_km=5.0, **known)
        who = Who(0, 1, "x", name=f"Group {actor}", id=ActorId(f"grp:{actor}"), kind="armed_group")
        killed = (3, 30)[int(article.id[4:]) // 2 % 2]
        when = When(start=span[0], end=span[1], precision="day", basis="stated") if span else When()
        report = Report(
            id=report_id(mention_id(article.id, type_, trigger.start, trigger.end)),
            article=source_of(article), type=type_, trigger=trigger, actors=(who,), when=when, where=(where,),
            sentence=article.span(start, start + len(sentence)), status=make_status(*status),
            counts=(HowMany(0, 1, "x", kind="killed", low=killed, best=killed, high=killed),),
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
    both = (anchor(one), anchor(two))
    if kind == "dispute":
        return make_verdict("dispute", (one.id, two.id), field="when", anchors=both, **given)
    if kind in ("retype", "misread"):
        correction = {"field": "type", "value": "bombing", "data": pack("bombing")}
        scope = "report" if kind == "misread" else "event"
        return make_verdict("correct", (one.id, two.id), scope=scope, anchors=both, **correction, **given)
    if one.id == two.id:
        return None
    parted = kind in ("split", "own_origins")
    return make_verdict(
        kind,  # type: ignore[arg-type]
        (one.id,) if parted else (one.id, two.id),
        others=(two.id,) if parted else (),
        anchors=both,
        **given,
    )


def anchor(report: Report) -> Anchor:
    return Anchor(report.id, report.article.id, report.trigger.start, report.trigger.end)


def whole(store: EmbeddedStore) -> dict[str, bytes]:
    """Return what linking all gives."""
    facts = [Facts(*row) for row in store.facts()]
    events = link(list(store.reports()), facts, load_ontology(), list(store.verdicts()))
    return {event.id: encode(event) for event in events}


def stored(store: EmbeddedStore) -> dict[str, bytes]:
    """Return the events as they are kept."""
    return {event: payload.encode() for event, payload in store._all("SELECT id, payload FROM events")}


def kept(store: EmbeddedStore) -> list[Any]:
    """Return what is kept beside the events, by ids that do not depend on the order of coming."""
    queues = ("link_waiting", "link_fresh", "link_open", "link_untold")
    assert not any(store._all(f"SELECT * FROM {queue}") for queue in queues)
    return [
        store._all(
            "SELECT b.block, b.manner, b.last, b.first, b.rank, r.report FROM link_blocks b "
            "JOIN link_reports r ON r.member = b.member ORDER BY 1, 2, 3, 4, 5, 6"
        ),
        store._all(
            "SELECT a.report, b.report, e.score, e.within, e.used FROM link_edges e "
            "JOIN link_reports a ON a.member = e.one JOIN link_reports b ON b.member = e.two ORDER BY 1, 2"
        ),
        *(
            store._all(f"SELECT * FROM {table} ORDER BY 1, 2")
            for table in ("link_copies", "link_outlooks", "link_judged")
        ),
        store._all("SELECT bucket, article FROM link_buckets ORDER BY 1, 2"),
        *(store._all(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4") for table in ("link_spots", "link_names")),
    ]


@settings(max_examples=60, deadline=None)
@given(steps, st.sampled_from([1, 40]), st.sampled_from([1, 3, 1000]))
def test_linking_what_changed_gives_what_linking_all_gives(drawn: list[Any], reach: int, at_once: int) -> None:
    check(drawn, reach, at_once)


@settings(max_examples=60, deadline=None)
@given(crowded, st.sampled_from([1, 2, 40]), st.sampled_from([1, 3, 1000]))
def test_crowded_blocks_and_summaries_give_what_linking_all_gives(
    drawn: list[Any], reach: int, at_once: int
) -> None:
    check(drawn, reach, at_once)


NEWS = ("assault", 0, SPANS[1], (), SENTENCES[0], 0)
OLD = ("bombing", 0, SPANS[3], STATUSES[1], SENTENCES[1], 1)
SUMMARY = ("assault", 0, SPANS[2], (), SENTENCES[1], 0)
NOWHERE = ("assault", 3, SPANS[1], (), SENTENCES[0], 0)
FOLLOWS = ("protest", 0, SPANS[1], (), SENTENCES[2], 0)
DENIED = ("bombing", 0, SPANS[1], STATUSES[4], SENTENCES[2], 0)
PLANNED = ("bombing", 0, SPANS[1], STATUSES[2], SENTENCES[0], 0)
LINK = ("link", 0, 0)


@pytest.mark.parametrize(
    "drawn",
    [
        # An older report gives the news another id; what is recalled beside it names it by that.
        [("put", 1, [NEWS, OLD]), LINK, ("put", 4, [NEWS]), LINK, ("put", 4, []), LINK],
        # A summary comes after its part, its part after it, and it goes again.
        [("put", 1, [NEWS]), LINK, ("put", 2, [SUMMARY]), LINK, ("put", 2, []), LINK],
        [("put", 2, [SUMMARY]), LINK, ("put", 1, [NEWS]), LINK],
        # A part that only its article's head puts into the place of the summary.
        [("put", 4, [NOWHERE]), LINK, ("put", 2, [SUMMARY]), LINK],
        # A summary counts more dead with a second report of it, and then fewer.
        [("put", 2, [NEWS]), ("put", 4, [SUMMARY]), LINK, ("put", 6, [SUMMARY]), LINK, ("put", 6, []), LINK],
        # What another article affirms may be what it was said to follow.
        [("put", 1, [FOLLOWS, DENIED]), LINK, ("put", 2, [PLANNED]), LINK],
    ],
)
def test_relations_follow_events_that_are_not_linked_again(drawn: list[Any]) -> None:
    assert len(set(check(drawn, 40, 1000))) > 1


def test_a_full_block_gives_up_a_pair_that_another_report_comes_between() -> None:
    for last in range(2, 9):
        others = [("put", number, [NEWS]) for number in range(1, 9) if number != last]
        check([*others, LINK, ("put", last, [NEWS]), LINK], 1, 1000)


def check(drawn: list[Any], reach: int, at_once: int) -> list[frozenset[tuple[str, str]]]:
    """Compare with linking all after each link; return the relations that there were then."""
    clock = count()
    relations: list[frozenset[tuple[str, str]]] = []
    held: dict[str, set[str]] = defaultdict(set)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # Blocks that leave pairs out need many reports; with a short reach they need few.
        looks = tuple(look._replace(reach=min(look.reach, reach)) for look in blocking.LOOKS)
        for module in (blocking, windows):
            patch.setattr(module, "LOOKS", looks)
            patch.setattr(module, "SCAN", 2 * reach)
        patch.setattr(windows, "CHUNK", 4 * reach)
        for copying in (origins, copies):
            patch.setattr(copying, "FULL_BUCKET", min(reach + 1, origins.FULL_BUCKET))
            patch.setattr(copying, "NEXT_IN_BUCKET", min(reach, origins.NEXT_IN_BUCKET))
        for limit in ("COPIES_AT_ONCE", "ARTICLES_AT_ONCE", "REPORTS_AT_ONCE", "EVENTS_AT_ONCE"):
            patch.setattr(linking, limit, at_once)
        with EmbeddedStore.open(Path(folder) / "w.dateline", create=True) as store:
            for kind, left, right in [*drawn, LINK]:
                if kind == "put":
                    article = an_article(left)
                    store.put_articles([article])
                    article = store.article(article.id)
                    store.put_reports(article.id, "coder/1", reports_of(article, right))
                elif kind == "date":
                    store.put_articles([an_article(left, right)])
                elif kind == "link":
                    update(store)
                    assert stored(store) == whole(store)
                    assert {event.id: encode(event) for event in store.events()} == stored(store)
                    assert not store.needs_linking()
                    follow(store, held)
                    told_ = ((each.kind, each.event) for event in store.events() for each in event.relations)
                    relations.append(frozenset(told_))
                elif (given_ := a_verdict(store, kind, left, right, clock)) is not None:
                    store.add_verdict(given_)
            grown, events = kept(store), stored(store)
            update(store, anew=True)
            assert kept(store) == grown
            assert stored(store) == events
    return relations


def follow(store: EmbeddedStore, held: dict[str, set[str]]) -> None:
    """Check that ids of events of any link before lead to those of their reports, and note those of now."""
    now: dict[str, str] = {report: event.id for event in store.events() for report in event.reports}
    for report, event in now.items():
        held[event].add(report)
    for identity, reports in held.items():
        found = store.trace(identity)
        events = {now[report] for report in reports if report in now} - {identity}
        assert (found.state == "here") == (identity in now.values())
        assert events <= set(found.events)


# A link that stops before, within or after the writing of the first step of a kind.
KILLED = """
import sys
from pathlib import Path
from dateline.store import embedded, keeping
from dateline.store.embedded import EmbeddedStore
from dateline.workspace import linking

kind, moment = sys.argv[2:]
keep = keeping.keep

def waits():
    print("ready", flush=True)
    sys.stdin.read()

def kept(connection, step, seen):
    met = type(step).__name__ == kind
    if met and moment == "before":
        waits()
    done = keep(connection, step, seen)
    if met and moment == "within":
        waits()
    return done

def stepped(self, step, seen):
    done = put(self, step, seen)
    if type(step).__name__ == kind and moment == "after":
        waits()
    return done

put = EmbeddedStore.keep
keeping.keep = kept
EmbeddedStore.keep = stepped
with EmbeddedStore.open(Path(sys.argv[1]), create=False) as store:
    if kind == "forget":
        store.forget_links()
        waits()
    linking.update(store)
"""
KINDS = ("Judged", "Copied", "Compared", "Formed", "Related", "Done")


def filled(store: EmbeddedStore) -> None:
    """Put reports and verdicts, some of them linked already, so that every kind of step is still to be made."""
    clock = count()
    for number in range(6):
        article = an_article(number)
        store.put_articles([article])
        store.put_reports(article.id, "coder/1", reports_of(article, [NEWS, OLD, SUMMARY][: 1 + number % 3]))
        if number == 2:
            update(store)
    given_ = a_verdict(store, "merge", 0, 3, clock)
    assert given_ is not None
    store.add_verdict(given_)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process without warning")
@pytest.mark.parametrize(
    ("kind", "moment"),
    [
        ("forget", ""),
        *((kind, "within") for kind in KINDS),
        ("Compared", "before"),
        ("Compared", "after"),
        ("Formed", "after"),
        ("Done", "after"),
    ],
)
def test_a_link_that_is_killed_is_taken_up_again(kind: str, moment: str, tmp_path: Path) -> None:
    path = tmp_path / "w.dateline"
    with EmbeddedStore.open(path, create=True) as store:
        filled(store)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), kind, moment],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with EmbeddedStore.open(path, create=False) as store:
        assert store.needs_linking() == ((kind, moment) != ("Done", "after"))
        # Whatever was made of a report, it is in no event twice.
        held = [report for event in store.events() for report in event.reports]
        assert len(held) == len(set(held))
        update(store)
        assert stored(store) == whole(store)
        grown = kept(store)
        update(store, anew=True)
        assert kept(store) == grown


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_links_at_once_one_makes_each_step(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "w.dateline"
    with EmbeddedStore.open(path, create=True) as store, EmbeddedStore.open(path, create=True) as other:
        filled(store)
        refused: list[str] = []

        def beside(self: EmbeddedStore, step: Any, seen: Any) -> bool:
            name = type(step).__name__
            if self is store and name == kind and not refused:
                refused.append(name)
                update(other)
                assert not keep(self, step, seen)
                return False
            return keep(self, step, seen)

        keep = EmbeddedStore.keep
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(EmbeddedStore, "keep", beside)
            update(store)
        assert refused == [kind]
        assert stored(store) == whole(store)
        assert not store.needs_linking()


def test_two_processes_link_one_workspace(tmp_path: Path) -> None:
    path = tmp_path / "w.dateline"
    with EmbeddedStore.open(path, create=True) as store:
        filled(store)
    code = (
        "import sys; from pathlib import Path\n"
        "from dateline.store.embedded import EmbeddedStore\nfrom dateline.workspace import linking\n"
        "linking.REPORTS_AT_ONCE = linking.ARTICLES_AT_ONCE = linking.EVENTS_AT_ONCE = 1\n"
        "linking.COPIES_AT_ONCE = 1\n"
        "with EmbeddedStore.open(Path(sys.argv[1]), create=False) as store: linking.update(store)"
    )
    started = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]
    with EmbeddedStore.open(path, create=False) as store:
        assert stored(store) == whole(store)
        assert not store.needs_linking()


def test_only_what_changed_is_compared(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path / "w.dateline", create=True) as store:
        filled(store)
        judged = {report for verdict in store.verdicts() for report in verdict.reports}
        changed = {report.article.id for report in store.reports() if report.id in judged}
        changed |= {an_article(number).id for number in (3, 4, 5)}
        compared: list[int] = []

        def counted(kept_: Any, desk: Any, articles: Any, scorer: Any) -> Any:
            compared.append(len(articles))
            return compare_articles(kept_, desk, articles, scorer)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(linking, "compare_articles", counted)
            update(store)
            assert sum(compared) == len(changed)
            compared.clear()
            article = an_article(7)
            store.put_articles([article])
            store.put_reports(article.id, "coder/1", reports_of(article, [NEWS]))
            update(store)
            assert compared == [1]
            compared.clear()
            patch.setattr(linking, "_rules", lambda: "others")
            store.put_articles([an_article(8)])
            update(store)
            assert compared == [7]
        assert stored(store) == whole(store)


def test_a_new_report_tells_no_more_events_anew_than_it_bears_on(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path / "w.dateline", create=True) as store:
        for number in range(8):
            article = an_article(number)
            store.put_articles([article])
            told_ = (TYPES[number % 4], number % 2, SPANS[number % 2], (), SENTENCES[0], number % 2)
            store.put_reports(article.id, "coder/1", reports_of(article, [told_]))
        update(store)
        formed: list[int] = []

        def counted(*given_: Any) -> Any:
            found = form(*given_)
            formed.append(len(found.events))
            return found

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(linking, "form", counted)
            article = an_article(9)
            store.put_articles([article])
            store.put_reports(article.id, "coder/1", reports_of(article, [NEWS]))
            update(store)
        assert len(formed) == 1
        assert 0 < formed[0] < store.counts().events
