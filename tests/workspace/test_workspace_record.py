"""The workspace: adding, coding, looking and judging, as a Python user meets them."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import dateline
from dateline import pipeline
from dateline.code.base import Coder
from dateline.config import Config
from dateline.errors import DataError, DatelineError, GazetteerError, InputError, PluginError
from dateline.link.comparing import compare_articles
from dateline.model.article import Article
from dateline.model.mention import Mention
from dateline.store.query import EventQuery
from dateline.workspace import Workspace, linking

Make = Callable[..., Workspace]

ATTACK = (
    "Gunmen attacked a police checkpoint near Hawija on Friday and killed three policemen, an officer said.\n\n"
    "The army arrested two suspects in Kirkuk on Saturday, he said.\n"
)
CURFEW = (
    "The governor imposed a curfew in Mosul on Monday after a car bomb killed nine people in a market, his "
    "office said.\n\nHundreds of families fled from the city on Tuesday, an aid worker said.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "attack.txt").write_text(ATTACK, "utf-8")
    (folder / "curfew.txt").write_text(CURFEW, "utf-8")
    return folder


@pytest.fixture
def filled(make: Make, folder: Path) -> Workspace:
    opened = make()
    opened.add(folder, published="2016-10-26", outlet="Tigris Post")
    opened.code()
    return opened


def test_adding_counts_articles_and_ticks(make: Make, folder: Path) -> None:
    (folder / "empty.txt").touch()
    ticks: list[None] = []
    added = make().add(folder, tick=lambda: ticks.append(None))
    assert (added.new, added.updated, added.unchanged, added.rejected, added.taken) == (2, 0, 0, 1, 2)
    assert len(ticks) == 3
    assert make().add(str(folder)).unchanged == 2


def test_a_date_learned_later_updates_and_is_coded_again(make: Make, folder: Path) -> None:
    opened = make()
    opened.add(folder)
    assert opened.code().articles == 2
    assert opened.add(folder, published="2016-10-26").updated == 2
    assert opened.uncoded() == 2
    opened.code()
    dates = {event.when.start for event in opened.events(where="Hawija")}
    assert "2016-10-21" in dates


def test_filters_as_keywords_say_the_same_as_a_query(filled: Workspace) -> None:
    kind = next(filled.events(where="Mosul", since="2016-10")).type
    query = EventQuery(where="Mosul", since="2016-10", type=(kind,))
    by_query = list(filled.events(query))
    assert by_query
    assert list(filled.events(where="Mosul", since="2016-10", type=kind)) == by_query
    assert list(filled.events(where="Mosul", since="2016-10", type=[kind])) == by_query
    assert list(filled.events(EventQuery(where="Mosul"), since="2016-10", type=kind)) == by_query
    assert filled.count_events(query) == filled.count_events(query, limit=0) == len(by_query)
    assert list(filled.events(ids=by_query[0].id)) == by_query[:1]
    assert filled.count_events() == len(list(filled.events())) > len(by_query)


def test_a_filter_that_is_none_is_refused(filled: Workspace) -> None:
    with pytest.raises(TypeError, match="colour"):
        filled.events(colour="red")  # type: ignore[call-arg]
    with pytest.raises(InputError, match="yesterday"):
        list(filled.events(since="yesterday"))


def test_evidence_comes_earliest_published_first(make: Make, tmp_path: Path) -> None:
    opened = make()
    for day in ("2016-10-24", "2016-10-22", "2016-10-23"):
        path = tmp_path / f"{day}.txt"
        path.write_text(ATTACK.replace("an officer said", f"an officer of unit {day[-2:]} said"), "utf-8")
        opened.add(path, published=day, outlet=f"Outlet of {day}")
    opened.code()
    best = next(opened.events(sort="articles"))
    evidence = opened.show(best.id[:12])
    days = [report.article.published for report in evidence.reports]
    assert len(set(days)) > 1
    assert days == sorted(days)  # type: ignore[type-var]
    assert set(evidence.articles) == {report.article.id for report in evidence.reports}


def test_what_another_process_adds_while_linking_is_linked_too(
    make: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, other = make(), make()
    opened.add(folder / "attack.txt", published="2016-10-26")

    def compare_while_another_codes(*given: Any) -> Any:
        monkeypatch.undo()
        other.add(folder / "curfew.txt", published="2016-10-26")
        for article, found in other._reports_of(other._store.uncoded("patterns/other")):
            if article.title is None and "curfew" in article.text:
                assert isinstance(found, tuple)
                other._store.put_reports(article.id, "patterns/other", found)
        return compare_articles(*given)

    monkeypatch.setattr(linking, "compare_articles", compare_while_another_codes)
    opened.code()
    assert opened.count_events(where="Mosul") > 0
    assert not opened._store.needs_linking()


def test_verdicts_outlive_new_coding(filled: Workspace) -> None:
    event = next(filled.events(where="Hawija"))
    filled.judge("reject", event.reports, by="A. Reader", at="2026-01-01T00:00:00+00:00", reason="a rumour")
    assert event.id not in {each.id for each in filled.events()}
    filled.code(again=True)
    assert event.id not in {each.id for each in filled.events()}
    assert filled.counts().verdicts == 1


class Faulty:
    """A coder that stumbles over one article, as a fault of ours would make it."""

    name = "patterns"
    version = "faulty"

    def __init__(self, coder: Coder) -> None:
        self.coder = coder

    def code(self, article: Article) -> tuple[Mention, ...]:
        if "curfew" in article.text:
            raise ZeroDivisionError("division\nby zero")
        return self.coder.code(article)


def test_a_fault_in_one_article_costs_no_other_and_is_listed(
    make: Make, folder: Path, settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = make()
    opened.add(folder, published="2016-10-26")
    reading = pipeline.open_reading(settings.coder, settings.cache)
    whole = reading.coder
    monkeypatch.setattr(reading, "coder", Faulty(whole))
    coded = opened.code()
    assert (coded.articles, coded.failed) == (1, 1)
    assert opened.count_events(where="Hawija") > 0
    refusals = list(opened.rejected("code"))
    assert [(item.reason, item.detail) for item in refusals] == [
        ("failed", "ZeroDivisionError: division by zero")
    ]
    assert refusals[0].locator == str(folder / "curfew.txt")
    assert opened.uncoded() == 1
    monkeypatch.setattr(reading, "coder", whole)
    assert opened.code().articles == 1
    assert list(opened.rejected()) == []


def test_faults_of_the_installation_are_not_blamed_on_articles(
    make: Make, folder: Path, settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = make()
    opened.add(folder)
    reading = pipeline.open_reading(settings.coder, settings.cache)

    def broken(*_: object) -> tuple[Mention, ...]:
        raise GazetteerError("the gazetteer was taken away")

    monkeypatch.setattr(reading.resolver, "resolve", broken)
    with pytest.raises(GazetteerError):
        opened.code()
    assert opened.uncoded() == 2


def test_exports_take_titles_options_and_filters(filled: Workspace) -> None:
    def written(format_: str, **given: object) -> bytes:
        stream = io.BytesIO()
        filled.export(format_, stream, **given)  # type: ignore[arg-type]
        return stream.getvalue()

    assert written("csv") == b"\xef\xbb\xbf" + written("csv", options={"bom": False})
    assert b"A quiet week" in written("html", title="A quiet week")
    assert len(written("jsonl", where="Mosul").splitlines()) == filled.count_events(where="Mosul")
    with pytest.raises(InputError, match="jsonl has no option bom"):
        written("jsonl", options={"bom": False})
    with pytest.raises(PluginError, match="csv, geojson"):
        written("xls")


def test_parse_reads_a_text_without_a_workspace(settings: Config) -> None:
    reports = dateline.parse(ATTACK, published="2016-10-22", outlet="Tigris Post", config=settings)
    assert reports
    for report in reports:
        span = report.trigger
        assert ATTACK[span.start : span.end] == span.text
        assert report.article.outlet == "Tigris Post"
    page = f"<!DOCTYPE html><html><body><article><p>{ATTACK.strip()}</p></article></body></html>"
    assert dateline.parse(page, published="2016-10-22", config=settings)


def test_actors_of_ones_own_are_read(settings: Config, tmp_path: Path) -> None:
    own = tmp_path / "actors.yaml"
    own.write_text(
        "- {id: harbour-guard, name: Harbour Guard, kind: militia, plover: PRM, acled: Political militia}\n",
        "utf-8",
    )
    text = f"The Harbour Guard attacked a checkpoint near Hawija and killed three policemen.\n\n{CURFEW}"
    for actors, known in ((own, True), (None, False)):
        config = msgspec.structs.replace(settings, actors=actors)
        reports = dateline.parse(text, published="2016-10-22", config=config)
        assert any(who.id == "harbour-guard" for report in reports for who in report.actors) == known
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("- {id: one}\n- {id: two, extend: true}\n", "utf-8")
    with pytest.raises(DataError, match="2 faults"):
        dateline.parse(text, config=msgspec.structs.replace(settings, actors=faulty))


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [("", None, "empty|no_body|too_short"), (ATTACK, "the 32nd", "not a date")],
)
def test_parse_says_why_it_does_not_read(
    settings: Config, text: str, published: str | None, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        dateline.parse(text, published=published, config=settings)


def test_an_unknown_coder_is_refused_with_the_known_ones(make: Make, settings: Config) -> None:
    strange = make("strange", msgspec.structs.replace(settings, coder="oracle"))
    with pytest.raises(DatelineError, match=r"oracle.*patterns"):
        strange.code()
