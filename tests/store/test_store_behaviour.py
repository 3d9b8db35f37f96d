"""One behaviour suite for every store, by its plugin name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError, WorkspaceError
from dateline.model.article import Published
from dateline.model.event import Relation
from dateline.model.ids import ReportId
from dateline.model.rejected import Rejected
from dateline.model.verdict import make_verdict
from dateline.plugins import load
from dateline.store.base import PutSummary
from dateline.store.query import EventQuery

# --- articles ----------------------------------------------------------------------------------------------


def test_what_is_put_comes_back_equal(store: Any, make: Any) -> None:
    article = make.article(1, text="“Ça brûle”, he said.\n\nThen: 𝕏 — \u0000 and tabs\t.", byline="A. N.")
    assert store.put_articles([article]) == PutSummary(new=1)
    assert store.article(article.id) == article
    assert list(store.articles()) == [article]


def test_the_same_article_twice_changes_nothing(store: Any, make: Any) -> None:
    article = make.article(1)
    assert store.put_articles([article, article]) == PutSummary(new=1, unchanged=1)
    revision = store.revision()
    assert store.put_articles([article]) == PutSummary(unchanged=1)
    assert store.revision() == revision


def test_a_better_date_updates_and_sends_back_to_coding(store: Any, make: Any) -> None:
    article = make.article(1, published=Published())
    store.put_articles([article])
    store.put_reports(article.id, "patterns/1", [make.report(article)])
    dated = msgspec.structs.replace(
        article, published=Published(date="2016-10-22", precision="day", rule="given")
    )
    assert store.put_articles([dated]) == PutSummary(updated=1)
    assert store.article(article.id).published == dated.published
    assert list(store.reports()) == []
    assert list(store.uncoded("patterns/1")) == [dated]


def test_articles_by_date_unknown_last(store: Any, make: Any) -> None:
    dates = (
        Published(),
        Published(date="2016-10", precision="month"),
        Published(date="2015-01-02", precision="day"),
        Published(date="2016-10-22", precision="day"),
    )
    store.put_articles([make.article(number, published=date) for number, date in enumerate(dates)])
    assert [article.published.date for article in store.articles()] == [
        "2015-01-02",
        "2016-10",
        "2016-10-22",
        None,
    ]


def test_articles_filters(store: Any, make: Any) -> None:
    first = make.article(1, text="A bridge near Sulaymaniyah was closed.", outlet="Zagros Wire")
    second = make.article(2, published=Published(date="2017-05", precision="month"))
    store.put_articles([first, second])
    store.put_reports(first.id, "patterns/1", [])
    assert list(store.articles(ids=[second.id])) == [second]
    assert list(store.articles(ids=[])) == []
    assert list(store.articles(outlet="zagros wire")) == [first]
    assert list(store.articles(since="2017-05-20")) == [second]
    assert list(store.articles(until="2016-10")) == [first]
    assert list(store.articles(since="2016", until="2017")) == [first, second]
    assert list(store.articles(search="bridge sulaymaniyah")) == [first]
    assert list(store.articles(search='"bridge sulaymaniyah"')) == []
    assert list(store.articles(search="sulay*")) == [first]
    assert list(store.articles(coded=True)) == [first]
    assert list(store.articles(coded=False)) == [second]


def test_search_ignores_accents_and_case(store: Any, make: Any) -> None:
    article = make.article(1, text="Des tirs à Ménaka dans la nuit.")
    store.put_articles([article])
    assert list(store.articles(search="MENAKA")) == [article]


def test_facts_are_what_linking_needs(store: Any, make: Any) -> None:
    article = make.article(1, signature=(2**63, 5))
    store.put_articles([article])
    assert list(store.facts()) == [
        (article.id, "Outlet 1", "2016-10-22", None, (2**63, 5), "folder/1.txt", ()),
    ]


def test_volume_counts_what_was_coded(store: Any, make: Any) -> None:
    articles = [make.article(number) for number in range(3)]
    store.put_articles(articles)
    assert list(store.volume()) == []
    for article in articles[:2]:
        store.put_reports(article.id, "patterns/1", [])
    counted: dict[tuple[str | None, str | None], int] = {}
    for article in articles[:2]:
        key = (article.outlet, article.published.date)
        counted[key] = counted.get(key, 0) + 1
    assert {(outlet, published): count for outlet, published, count in store.volume()} == counted


def test_many_articles_stream_in_order(store: Any, make: Any) -> None:
    articles = [make.article(number) for number in range(450)]
    store.put_articles(articles)
    assert [a.id for a in store.articles()] == sorted(a.id for a in articles)


def test_writing_while_reading_is_fine(store: Any, make: Any) -> None:
    store.put_articles([make.article(number) for number in range(250)])
    for article in store.uncoded("patterns/1"):
        store.put_reports(article.id, "patterns/1", [make.report(article)])
    assert store.counts().coded == 250
    assert list(store.uncoded("patterns/1")) == []
    assert len(list(store.uncoded("patterns/2"))) == 250


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("search") / "w.dateline"
    with load("dateline.stores", "sqlite").open(path, create=True) as store:
        yield store


@settings(max_examples=60, deadline=None)
@given(query=st.one_of(st.text(), st.text(alphabet="\"*()-:^{}+AND OR NOT NEAR\x00'\\abc", max_size=20)))
def test_no_search_is_a_syntax_error(empty_store: Any, query: str) -> None:
    assert list(empty_store.articles(search=query)) == []
    assert list(empty_store.events(EventQuery(search=query))) == []


# --- refusals ----------------------------------------------------------------------------------------------


def test_refusals_are_kept_once_and_by_stage(store: Any) -> None:
    short = Rejected(stage="clean", reason="too_short", locator="a.txt", detail="9 words")
    missing = Rejected(stage="read", reason="missing", locator="b.txt")
    assert store.put_rejected([short, missing, short]) == PutSummary(new=2, unchanged=1)
    assert store.put_rejected([short]) == PutSummary(unchanged=1)
    assert list(store.rejected()) == [short, missing]
    assert list(store.rejected("read")) == [missing]
    assert store.counts().rejected == {"clean": {"too_short": 1}, "read": {"missing": 1}}


def test_a_refusal_can_be_forgotten(store: Any) -> None:
    store.put_rejected([Rejected(stage="read", reason="missing", locator="b.txt")])
    assert store.forget_rejected("clean", "b.txt") == 0
    assert store.forget_rejected("read", "b.txt") == 1
    assert list(store.rejected()) == []


# --- reports -----------------------------------------------------------------------------------------------


def test_reports_of_an_article_are_replaced(store: Any, make: Any) -> None:
    article = make.article(1)
    store.put_articles([article])
    first, second = make.report(article, 7), make.report(article, 16)
    store.put_reports(article.id, "patterns/1", [second, first])
    assert list(store.reports()) == [second, first]
    store.put_reports(article.id, "patterns/2", [first])
    assert list(store.reports(article=article.id)) == [first]
    assert list(store.reports(ids=[second.id])) == []
    assert store.report(first.id) == first


def test_reports_need_their_own_article(store: Any, make: Any) -> None:
    here, there = make.article(1), make.article(2)
    store.put_articles([here])
    with pytest.raises(InputError, match="not of article"):
        store.put_reports(here.id, "patterns/1", [make.report(there)])
    with pytest.raises(InputError, match="put it before"):
        store.put_reports(there.id, "patterns/1", [make.report(there)])
    assert list(store.reports()) == []
    assert list(store.uncoded("patterns/1")) == [here]


# --- events ------------------------------------------------------------------------------------------------


def test_events_are_replaced_as_a_whole(store: Any, make: Any) -> None:
    one, two, three = make.event(1), make.event(2), make.event(3)
    assert store.put_events([one, two]) == PutSummary(new=2)
    assert store.put_events([two, one]) == PutSummary(unchanged=2)
    changed = msgspec.structs.replace(two, origins=5)
    assert store.put_events([changed, three]) == PutSummary(new=1, updated=1, removed=1)
    assert {event.id: event for event in store.events()} == {two.id: changed, three.id: three}
    assert list(store.events(EventQuery(search='"checkpoint 1"'))) == []
    assert list(store.events(EventQuery(search='"checkpoint 3"'))) == [three]


def test_a_failing_source_of_events_leaves_the_old_ones(store: Any, make: Any) -> None:
    store.put_events([make.event(1)])

    def broken() -> Any:
        yield make.event(2)
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        store.put_events(broken())
    assert list(store.events()) == [make.event(1)]


def test_needs_linking_follows_what_events_are_made_from(store: Any, make: Any) -> None:
    assert not store.needs_linking()
    article = make.article(1)
    store.put_articles([article])
    assert store.needs_linking()
    store.put_reports(article.id, "patterns/1", [make.report(article)])
    store.put_events([make.event(1)])
    assert not store.needs_linking()
    store.put_reports(article.id, "patterns/2", [make.report(article)])
    assert not store.needs_linking()
    store.add_verdict(make_verdict("reject", (ReportId("rep_1"),), by="r", at="2024-01-01T00:00:00Z"))
    assert store.needs_linking()


def test_what_changed_while_linking_is_linked_again(store: Any, make: Any) -> None:
    seen = store.revision()
    store.put_articles([make.article(1)])
    store.put_events([], revision=seen)
    assert store.needs_linking()


# --- verdicts ----------------------------------------------------------------------------------------------


def test_verdicts_are_appended_in_order(store: Any) -> None:
    late = make_verdict("reject", (ReportId("rep_1"),), by="r", at="2024-02-01T00:00:00Z", reason="sport")
    early = make_verdict("accept", (ReportId("rep_1"),), by="r", at="2024-01-01T00:00:00Z")
    assert store.add_verdict(late)
    assert store.add_verdict(early)
    assert not store.add_verdict(late)
    assert list(store.verdicts()) == [late, early]
    assert store.counts().verdicts == 2


# --- ids ---------------------------------------------------------------------------------------------------


def test_ids_may_be_shortened(store: Any, make: Any) -> None:
    article = make.article(1)
    store.put_articles([article])
    assert store.article(article.id[:12]) == article
    assert store.article(article.id[4:12].upper()) == article
    for wrong, message in (
        ("art_ab", "too short"),
        ("art_zzzzzzzz", "not the id"),
        ("art_%%%%%%%", "not the id"),
    ):
        with pytest.raises(InputError, match=message):
            store.article(wrong)


def test_an_ambiguous_beginning_lists_the_candidates(store: Any, make: Any) -> None:
    events = [msgspec.structs.replace(make.event(number), id=f"evt_abcdef{number:010}") for number in range(12)]
    store.put_events(events)
    with pytest.raises(InputError, match=r"evt_abcdef0000000000, .*\.\.\.; give more"):
        store.event("abcdef")
    assert store.event("evt_abcdef0000000007") == events[7]


# --- opening -----------------------------------------------------------------------------------------------


def test_what_was_written_is_there_when_opened_again(open_store: Any, make: Any) -> None:
    with open_store() as store:
        store.put_articles([make.article(1)])
        before = store.counts()
    with open_store(create=False) as store:
        assert store.counts() == before
        assert list(store.articles(search="checkpoint")) == [make.article(1)]


def test_a_missing_workspace_is_not_made_by_looking(open_store: Any, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="create it with `dateline add`"):
        open_store(create=False)
    with pytest.raises(WorkspaceError, match="no workspace"):
        open_store(create=True, readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_cannot_write(open_store: Any, make: Any) -> None:
    open_store().put_articles([make.article(1)])
    with open_store(create=False, readonly=True) as reader:
        assert list(reader.articles()) == [make.article(1)]
        with pytest.raises(WorkspaceError, match="written"):
            reader.put_articles([make.article(2)])


def test_readers_see_the_last_whole_state_while_one_writes(open_store: Any, make: Any) -> None:
    writer, reader = open_store(), open_store()
    writer.put_articles([make.article(1)])

    def more() -> Any:
        yield make.article(2)
        assert reader.counts().articles == 1
        yield make.article(3)

    writer.put_articles(more())
    assert reader.counts().articles == 3


@settings(max_examples=25, deadline=None)
@given(numbers=st.lists(st.integers(1, 6), max_size=12))
def test_putting_articles_in_any_order_gives_one_state(
    make: Any, tmp_path_factory: Any, numbers: list[int]
) -> None:
    states = []
    for order in (numbers, numbers[::-1]):
        path = tmp_path_factory.mktemp("order") / "w.dateline"
        with load("dateline.stores", "sqlite").open(path, create=True) as store:
            for index, number in enumerate(order):
                store.put_articles([make.article(number % 3, locator=f"{number}.txt")])
                assert store.counts().articles == len({n % 3 for n in order[: index + 1]})
            states.append(list(store.articles()))
    assert states[0] == states[1]


def test_relations_are_followed_from_either_end(store: Any, make: Any) -> None:
    summary, part, other = (make.event(number) for number in range(3))
    why = "its days and its place lie within"
    part = msgspec.structs.replace(
        part,
        relations=(
            Relation(kind="part_of", event=summary.id, why=why),
            Relation(kind="follow_up", event=summary.id, why=why),
            Relation(kind="follow_up", event=other.id, why=why),
        ),
    )
    store.put_events([summary, part, other])
    assert [event.id for event in store.relating(summary.id)] == [part.id]
    assert list(store.relating(part.id)) == []
    store.put_events([summary, msgspec.structs.replace(part, relations=()), other])
    assert list(store.relating(summary.id)) == []


def test_refusals_of_one_place_are_given_alone(store: Any) -> None:
    here = Rejected(stage="clean", reason="too_short", locator="a.txt", detail="12 characters")
    there = Rejected(stage="clean", reason="too_short", locator="b.txt", detail="12 characters")
    store.put_rejected([here, there])
    assert list(store.rejected(locator="a.txt")) == [here]
    assert list(store.rejected("read", locator="a.txt")) == []
