"""What the page of an event says is what the record holds: who says what, who agrees, who does not."""

import importlib.util
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from dateline.export.base import Record
from dateline.model.event import (
    Claim,
    Corrected,
    Disagreement,
    Estimate,
    Event,
    Figure,
    Relation,
    Side,
    Tie,
    Told,
    ToldFigure,
)
from dateline.model.ids import ActorId, ArticleId, OriginId, ReportId, VerdictId
from dateline.model.report import Report
from dateline.model.verdict import Verdicts, make_verdict
from dateline.web.etags import event_etag, matches
from dateline.web.views_event import EventView, event_view
from dateline.web.views_evidence import Row
from dateline.web.views_figures import figure_views


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """Give the factories of records that the exporters use, too."""
    path = Path(__file__).parents[1] / "export" / "export_factories.py"
    spec = importlib.util.spec_from_file_location("export_factories", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def raid(make: ModuleType) -> tuple[Event, Record]:
    """Give a raid told by two origins, of which one is reprinted; they disagree on the dead."""
    event, (one, copy, two) = make.raid()
    sides = tuple(
        Side(value=value, told=(told(report, value),), origins=1)
        for report, value in ((one, "12"), (two, "at least 17"))
    )
    dispute = Disagreement(field="counts", text="killed (combatant): 12 or at least 17", sides=sides)
    tie = Tie(kind="reprint", left=one.article.id, right=copy.article.id, why="100% alike")
    speakers = event.claims.type[0].said
    actors = (
        Claim(value=one.actors[0], said=speakers[:2], origins=1),
        Claim(value=two.actors[0], said=speakers[2:], origins=1),
    )
    where = (Claim(value=one.where[0], said=speakers, origins=2),)
    killed, injured, _, _, more = event.claims.counts
    counts = (
        msgspec.structs.replace(killed, said=speakers[:2]),
        msgspec.structs.replace(injured, said=speakers[:2]),
        more,
    )
    claims = msgspec.structs.replace(event.claims, actors=actors, where=where, counts=counts)
    event = msgspec.structs.replace(event, disagreements=(dispute,), ties=(tie,), claims=claims)
    return event, make.record([event], [one, copy, two])


def told(report: Report, value: str) -> Told:
    return Told(
        value=value,
        published=report.article.published,
        outlet=report.article.outlet,
        source="police source",
        report=report.id,
        article=report.article.id,
        origin=OriginId("org_x"),
    )


def rows_of(view: EventView) -> dict[str, Row]:
    return {row.field: row for row in view.matrix.rows}


def test_copies_stand_in_one_column_with_the_reason(raid: tuple[Event, Record]) -> None:
    columns = event_view(*raid).matrix.columns
    assert [[each.outlet for each in column.articles] for column in columns] == [
        ["Zagros Wire", "Two Rivers Bulletin"],
        ["Tigris Post"],
    ]
    (tie,) = columns[0].ties
    assert tie.between == ("Zagros Wire", "Two Rivers Bulletin")
    assert (tie.words, tie.why) == ("copies of one text", "100% alike")
    assert columns[1].ties == ()


def test_a_row_says_whether_all_agree(raid: tuple[Event, Record]) -> None:
    rows = rows_of(event_view(*raid))
    assert {field: row.state for field, row in rows.items()} == {
        "type": "agreed",
        "when": "agreed",
        "where": "agreed",
        "actors": "differs",
        "killed": "disputed",
        "injured": "single",
    }
    assert rows["where"].summary == "Kirkuk, Iraq"
    assert rows["injured"].cells[1] == ()


def test_a_disputed_row_shows_the_sides(raid: tuple[Event, Record]) -> None:
    killed = rows_of(event_view(*raid))["killed"]
    assert [[(each.words, each.sides) for each in cell] for cell in killed.cells] == [
        [("12 combatants", ("0.0",))],
        [("at least 17 combatants", ("0.1",))],
    ]
    (dispute,) = killed.disputes
    assert [(side.value, side.origins) for side in dispute.sides] == [
        ("12", "1 independent origin"),
        ("at least 17", "1 independent origin"),
    ]
    assert dispute.sides[0].said[0].words == "Zagros Wire, quoting police source"


def test_a_cell_says_who_in_which_words_and_copies_speak_with_one_voice(raid: tuple[Event, Record]) -> None:
    event, record = raid
    cell = rows_of(event_view(event, record))["actors"].cells[0]
    assert [(each.words, each.worded) for each in cell] == [("Islamic State", ("Islamic State fighters",))]
    (voice,) = cell[0].voices
    assert (voice.words, voice.through) == ("police source", "Zagros Wire, Two Rivers Bulletin")
    assert voice.published == "22 October 2016"
    assert set(voice.reports) <= set(event.reports)


def test_every_report_can_be_gone_to(raid: tuple[Event, Record]) -> None:
    event, record = raid
    view = event_view(event, record)
    quoted = [
        report
        for column in view.matrix.columns
        for quote in column.quotes
        for printed in (quote.citation, *quote.copies)
        for report in printed.reports
    ]
    assert sorted(quoted) == sorted(event.reports)
    voices = {
        report
        for row in view.matrix.rows
        for cell in row.cells
        for value in cell
        for voice in value.voices
        for report in voice.reports
    }
    assert voices <= set(quoted)


def test_a_denied_value_is_shown_as_denied(raid: tuple[Event, Record], make: ModuleType) -> None:
    event, record = raid
    claim = event.claims.actors[0]
    denied = msgspec.structs.replace(claim, denied=event.claims.actors[1].said)
    claims = msgspec.structs.replace(event.claims, actors=(denied,))
    row = rows_of(event_view(msgspec.structs.replace(event, claims=claims), record))["actors"]
    assert [[(each.words, each.denied) for each in cell] for cell in row.cells] == [
        [("Islamic State", False)],
        [("Islamic State", True)],
    ]
    assert row.state == "differs"


def test_what_readers_put_right_is_told_beside_the_sources(raid: tuple[Event, Record]) -> None:
    event, record = raid
    who = msgspec.structs.replace(event.actors[0], name="somebody else", id=ActorId("x"))
    by = Claim(value=who, said=(), origins=0, by="A. Reader", verdict=VerdictId("ver_1"))
    claims = msgspec.structs.replace(event.claims, actors=(*event.claims.actors, by))
    note = Corrected(
        field="actors", value="somebody else", by="A. Reader", at="2026-01-02T00:00:00Z", scope="event",
        verdict=VerdictId("ver_1"),
    )  # fmt: skip
    view = event_view(msgspec.structs.replace(event, claims=claims, corrected=(note,)), record)
    assert rows_of(view)["actors"].by_readers == ("somebody else (corrected by A. Reader)",)
    assert view.corrected == ("actors: somebody else (A. Reader, 2026-01-02)",)


def test_relations_are_told_from_both_ends(raid: tuple[Event, Record], make: ModuleType) -> None:
    event, record = raid
    summary, _ = make.warning()
    part = msgspec.structs.replace(
        event, relations=(Relation(kind="part_of", event=summary.id, why="its days lie within"),)
    )
    ours = event_view(part, record, named=[summary]).relations
    assert [(each.words, each.event and each.event.id) for each in ours] == [("part of", summary.id)]
    theirs = event_view(summary, make.record([summary], []), naming=[part]).relations
    assert [(each.words, each.event and each.event.id) for each in theirs] == [("its parts", part.id)]
    gone = event_view(part, record).relations
    assert [each.event for each in gone] == [None]


def test_facts_say_what_was_assumed(raid: tuple[Event, Record]) -> None:
    event, record = raid
    when = msgspec.structs.replace(event.when, assumed="the last one up to the publication")
    view = event_view(msgspec.structs.replace(event, when=when), record)
    facts = {fact.field: fact for fact in view.facts}
    assert "assumed: the last one up to the publication" in facts["when"].values[0].notes
    assert "worded “on Friday”" in facts["when"].values[0].notes
    assert facts["where"].values[0].words == "Kirkuk, Iraq"
    assert [value.words for value in facts["killed"].values] == ["at least 12"]
    assert view.title == f"{view.label}, Kirkuk, 21 October 2016"


def test_an_event_without_its_reports_is_a_page_too(make: ModuleType) -> None:
    event, _ = make.raid()
    view = event_view(msgspec.structs.replace(event, where=None), make.record([event], []))
    assert view.matrix.columns == ()
    assert {fact.field: fact.values for fact in view.facts}["where"] == ()


def figure(*told_figures: tuple[str, int, int | None, int | None]) -> Figure:
    history = tuple(
        ToldFigure(
            value=str(low),
            published=day,
            outlet="Tigris Post",
            source=None,
            report=ReportId("rep_1"),
            article=ArticleId("art_1"),
            origin=OriginId("org_1"),
            low=low,
            best=best,
            high=high,
            text=f"{low} people",
        )
        for day, low, best, high in told_figures
    )
    low = min(each.low for each in history)
    bounds = Estimate(low=low, best=None, high=None)
    return Figure(kind="killed", of="civilian", ucdp=bounds, lowest_credible=low, claims=(), history=history)


def test_figures_are_drawn_on_one_scale_that_holds_them(raid: tuple[Event, Record]) -> None:
    told_figures = (("2016-10-23", 40, None, None), ("2016-10-21", 12, 12, 12), ("2016-10-22", 10, 14, 20))
    (view,) = figure_views(msgspec.structs.replace(raid[0], figures=(figure(*told_figures),)))
    assert [telling.published for telling in view.tellings] == [
        "21 October 2016",
        "22 October 2016",
        "23 October 2016",
    ]
    assert view.scale == (0, 50, 100)
    assert view.told_again
    for telling in view.tellings:
        assert 0 <= telling.reach.low <= telling.reach.high <= 100
    assert view.tellings[-1].reach.open
    assert view.tellings[0].reach.best == view.tellings[0].reach.low == 12
    assert view.label == "Killed (civilians)"
    assert view.shown == "low 10, no best reading, not bounded above"


def test_a_denied_figure_is_marked_and_one_telling_is_no_history(raid: tuple[Event, Record]) -> None:
    one = figure(("2016-10-21", 12, 12, 12))
    (view,) = figure_views(msgspec.structs.replace(raid[0], figures=(one,)))
    assert not view.told_again
    denied = msgspec.structs.replace(one, denied=one.history)
    (view,) = figure_views(msgspec.structs.replace(raid[0], figures=(denied,)))
    assert [telling.denied for telling in view.tellings] == [False, True]
    assert view.told_again


def test_the_etag_changes_with_the_event_and_with_what_is_decided_on_it(raid: tuple[Event, Record]) -> None:
    event, _ = raid
    seen = event_etag(event, Verdicts())
    assert seen == event_etag(event, Verdicts())
    assert seen != event_etag(msgspec.structs.replace(event, score=0.1), Verdicts())
    said = {"by": "A", "at": "2026-01-02T00:00:00Z"}
    comment = make_verdict("comment", event.reports[:1], **said)
    other = make_verdict("comment", ("rep_other",), **said)  # type: ignore[arg-type]
    assert event_etag(event, Verdicts([other])) == seen
    assert event_etag(event, Verdicts([other, comment])) != seen
    undo = make_verdict("undo", comment.reports, supersedes=comment.id, **said)
    assert event_etag(event, Verdicts([comment, undo])) == seen


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", "abc"', True),
        ("*", True),
        ('"x"', False),
        (None, False),
        ("", False),
    ],
)
def test_conditions_name_etags(condition: str | None, holds: bool) -> None:  # noqa: FBT001 - a column of the table
    assert matches(condition, '"abc"') is holds
