"""How each number of an event was told over time: a row for each telling, drawn on one scale."""

import msgspec

from dateline.export.wording import COUNT_WORDS, OF_WORDS
from dateline.model.event import Event, Figure, ToldFigure
from dateline.model.ids import ArticleId, ReportId
from dateline.web.views import published_words

# How far a figure without an upper bound is drawn beyond its lowest reading, as a share of the scale.
OPEN_SHARE = 0.12


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Where a figure lies on its scale, in percent of the width; `open`: nothing bounds it above."""

    low: float
    high: float
    best: float | None
    open: bool


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One figure as it was told, when, by whom, and in which words; `denied`: somebody denies it."""

    published: str
    outlet: str
    source: str | None
    words: str
    text: str
    denied: bool
    reach: Reach
    report: ReportId
    article: ArticleId


class FigureView(msgspec.Struct, frozen=True, kw_only=True):
    """One number: what is shown of it, every telling by date, and the scale on which they are drawn.

    `told_again`: there is a history, for it was told more than once or is denied.
    """

    kind: str
    label: str
    shown: str
    shown_reach: Reach
    lowest_credible: str
    part: bool
    told_again: bool
    scale: tuple[int, ...]
    tellings: tuple[Telling, ...]


def figure_views(event: Event) -> tuple[FigureView, ...]:
    """Return the numbers of `event`, each with its history."""
    return tuple(_view(figure) for figure in event.figures)


def _view(figure: Figure) -> FigureView:
    top = _top(figure)
    told = [*((one, False) for one in figure.history), *((one, True) for one in figure.denied)]
    told.sort(key=lambda each: (each[0].published or "9999", each[1]))
    whose = [word for word in (OF_WORDS.get(figure.of), figure.sex_age) if word]
    return FigureView(
        kind=figure.kind,
        label=" ".join([COUNT_WORDS[figure.kind].capitalize(), *([f"({', '.join(whose)})"] if whose else [])]),
        shown=_shown(figure),
        shown_reach=_reach(figure.ucdp.low, figure.ucdp.best, figure.ucdp.high, top),
        lowest_credible=f"{figure.lowest_credible:,}",
        part=figure.part,
        told_again=len(told) > 1,
        scale=_ticks(top),
        tellings=tuple(_telling(one, top, denied=denied) for one, denied in told),
    )


def _shown(figure: Figure) -> str:
    estimate = figure.ucdp
    best = "no best reading" if estimate.best is None else f"best {estimate.best:,}"
    high = "not bounded above" if estimate.high is None else f"high {estimate.high:,}"
    return f"low {estimate.low:,}, {best}, {high}"


def _telling(told: ToldFigure, top: int, *, denied: bool) -> Telling:
    return Telling(
        published=published_words(told.published),
        outlet=told.outlet or "outlet unknown",
        source=told.source,
        words=told.value,
        text=told.text,
        denied=denied,
        reach=_reach(told.low, told.best, told.high, top),
        report=told.report,
        article=told.article,
    )


def _top(figure: Figure) -> int:
    """Return the end of the scale: the largest number told, with room for what is open above, rounded up."""
    told = (*figure.history, *figure.denied)
    numbers = [number for one in told for number in (one.low, one.best, one.high) if number is not None]
    most = max([*numbers, figure.ucdp.low, figure.ucdp.best or 0, figure.ucdp.high or 0, 1])
    is_open = figure.ucdp.high is None or any(one.high is None for one in told)
    return _rounded(round(most * (1 + 2 * OPEN_SHARE)) if is_open else most)


def _rounded(number: int) -> int:
    """Return the first of 4, 10, 20, 40, 100, ... that is not below `number`; the half of each is whole."""
    size = 1
    while True:
        for step in (4, 10, 20):
            if step * size >= number:
                return step * size
        size *= 10


def _ticks(top: int) -> tuple[int, ...]:
    return (0, top // 2, top)


def _reach(low: int, best: int | None, high: int | None, top: int) -> Reach:
    end = low + OPEN_SHARE * top if high is None else high
    return Reach(
        low=_percent(low, top),
        high=_percent(min(end, top), top),
        best=None if best is None else _percent(best, top),
        open=high is None,
    )


def _percent(number: float, top: int) -> float:
    return round(100 * number / top, 2)
