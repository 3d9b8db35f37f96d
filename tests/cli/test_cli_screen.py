"""Tables as a person sees them: nothing wider than the terminal, nothing lost in a narrow one."""

from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from dateline.cli import screen
from dateline.cli.evidence import article_page, event_page
from dateline.model.ids import PlaceId
from dateline.model.values import HowMany, When
from dateline.resolve.gazetteer_places import Place
from dateline.workspace import open_workspace


def drawn(table: Table, width: int) -> list[str]:
    out = Console(width=width, highlight=False, color_system=None)
    with out.capture() as captured:
        out.print(table)
    return captured.get().splitlines()


def day(start: str | None, end: str | None = None, text: str | None = None) -> When:
    return When(start=start, end=end, text=text)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (day("2016-10-21", "2016-10-21"), "2016-10-21"),
        (day("2016-10-21", "2016-10-22"), "2016-10-21…22"),
        (day("2016-10-01", "2016-10-31"), "2016-10"),
        (day("2016-02-01", "2016-02-29"), "2016-02"),
        (day("2017-02-01", "2017-02-27"), "2017-02-01…27"),
        (day("2016-09-28", "2016-10-03"), "2016-09-28…10-03"),
        (day("2016-01-01", "2016-12-31"), "2016"),
        (day("2016-01-01", "2018-12-31"), "2016…2018"),
        (day("2016-12-31", "2017-01-01"), "2016-12-31…2017-01-01"),
        (day("2016-10-21"), "≥ 2016-10-21"),
        (day(None, "2016-10-21"), "≤ 2016-10-21"),
        (day(None, None, "Friday"), "“Friday”"),
        (day(None), "–"),
    ],
)
def test_times_are_short_and_keep_their_precision(when: When, words: str) -> None:
    assert screen.when_short(when) == words


def test_counts_of_one_kind_stand_together() -> None:
    counts = [
        HowMany(0, 2, "12", kind="killed", low=12, best=12, high=12, of="civilian"),
        HowMany(0, 2, "16", kind="killed", low=16, best=16, high=16),
        HowMany(0, 2, "20", kind="injured", low=20, best=None, high=None),
    ]
    assert screen.toll(counts) == "killed 12 civilian, 16, injured at least 20"


@pytest.mark.parametrize("width", [80, 99, 100, 120, 140, 160])
def test_tables_fit_the_terminal_and_lose_no_event(sample: Path, width: int) -> None:
    with open_workspace(sample, create=False) as opened:
        events = list(opened.events())
        lines = drawn(screen.event_table(events, width), width)
        articles = drawn(screen.article_table(opened.articles(), width), width)
        refusals = drawn(screen.rejected_table(opened.rejected()), width)
    assert all(len(line) <= width for line in [*lines, *articles, *refusals])
    text = "\n".join(lines)
    assert all(event.id[:12] in text for event in events)
    # Names break between words: what a fold splits could not be searched for.
    assert "Kirkuk" in text
    assert any(event.disagreements for event in events)
    assert ("disputed" if width < screen.MIDDLE_WIDTH else " !") in text


def test_pages_fit_the_terminal(sample: Path) -> None:
    out = Console(width=80, highlight=False, color_system=None)
    with open_workspace(sample, create=False) as opened:
        best = next(opened.events(sort="origins"))
        article = next(opened.articles())
        with out.capture() as captured:
            for thing in (*event_page(opened.show(best.id)), *article_page(article)):
                out.print(thing)
    assert all(len(line) <= 80 for line in captured.get().splitlines())


def test_places_without_a_point_are_shown(sample: Path) -> None:
    area = Place(
        id=PlaceId("user:1"), name="Upper Valley", latitude=None, longitude=None, kind="admin2", country="IQ"
    )
    text = "\n".join(drawn(screen.place_table([area]), 80))
    assert "Upper Valley, IQ" in text
    assert "user:1" in text
