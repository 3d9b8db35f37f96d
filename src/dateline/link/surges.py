"""Surges: places and actors with more in a week than their own past explains, given how much was read.

An event counts for the week of its own day, never for that of its publication. For each place and actor two
counts are followed: events, and articles that tell of any. Reading is weighed by outlet: an article of an
outlet that often tells of the place counts for more than one of an outlet that never does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from datetime import date, timedelta

import msgspec

from dateline.errors import InputError
from dateline.link.coverage import Volume
from dateline.link.expected import predict, tally
from dateline.link.horizons import said_of
from dateline.link.profiles import days_of
from dateline.model.event import Event
from dateline.model.ids import ArticleId
from dateline.model.outcome import end_of
from dateline.model.surge import KINDS, Kind, Level, Surge, Surges, Tally

# A year, so that a season is compared with a whole round of seasons.
PAST_WEEKS = 52
# With fewer weeks of reading before it nothing is compared: a rate from less rests on the prior.
MIN_PAST_WEEKS = 8

# A week stands out where its past gives so many or more with this chance at most: with a thousand places and
# actors about one by chance. And fewer than so many are no surge whatever the past.
ALARM = 0.001
MIN_EVENTS = 3
MIN_ARTICLES = 5

# What is first told later than this belongs to no week's news; it would fill weeks that were not read then.
MAX_LAG_DAYS = 14

# Articles of an outlet at which its own share of a place's articles weighs as much as that of all outlets.
OUTLET_PRIOR = 20.0

_FACT = frozenset({"occurred", "ongoing", "attempted"})
# Groups and forces; persons are not followed.
_FOLLOWED = frozenset(
    {
        "armed_group", "military", "police", "militia", "coalition", "government", "party", "intergovernmental",
        "protesters", "tribe",
    }
)  # fmt: skip


class Key(msgspec.Struct, frozen=True, order=True):
    """What is followed: a country, a province or an actor."""

    level: Level
    key: str


class _Series(msgspec.Struct, frozen=True):
    """The events and the articles (with their outlets) of one key by week, and its names as found."""

    events: dict[int, list[Event]]
    articles: dict[int, dict[ArticleId, str]]
    told: dict[int, dict[str, Event]]
    names: Counter[str]


class _Read(msgspec.Struct, frozen=True):
    """How many articles of each outlet were read, by week; weeks count from the year 1."""

    now: int
    past: tuple[int, ...]
    by_outlet: Mapping[int, Counter[str]]

    def articles(self, week: int) -> int:
        return sum(self.by_outlet.get(week, Counter()).values())


def find_surges(events: Iterable[Event], reading: Iterable[Volume], *, week: str | None = None) -> Surges:
    """Return what is unusual in `week` ("2016-W42", or a day of it), without it that of the latest publication.

    `reading` is how much was read. The result does not depend on any order. Raises InputError for a week that
    is none.
    """
    read = _read(reading, week_of(week) if week else None)
    if read is None:
        return Surges(week=None, start=None, end=None, note="no article has a date of publication")
    series, undated = _collect(events, read)
    head = {
        "week": week_name(read.now),
        "start": _monday(read.now).isoformat(),
        "end": (_monday(read.now) + timedelta(days=6)).isoformat(),
        "weeks": len(read.past),
        "articles": read.articles(read.now),
        "usual": round(sum(read.articles(each) for each in read.past) / max(1, len(read.past)), 1),
        "undated": undated,
    }
    if len(read.past) < MIN_PAST_WEEKS:
        note = f"of the weeks before it {len(read.past)} were read, and {MIN_PAST_WEEKS} are needed"
        return msgspec.convert({**head, "note": note}, Surges)
    found = [surge for key in sorted(series) if (surge := _surge(key, series[key], read)) is not None]
    more = {"looked_at": len(series), "by_chance": round(2 * len(series) * ALARM, 3)}
    return msgspec.structs.replace(
        msgspec.convert({**head, **more}, Surges), surges=tuple(sorted(found, key=_rank))
    )


def week_of(text: str) -> int:
    """Return the number of an ISO week ("2016-W42") or of the week of a day; raises InputError for others."""
    try:
        return _week(date.fromisoformat(text).toordinal()) if len(text) == 10 else _named(text)
    except ValueError as error:
        raise InputError(f"{text!r} is no week; write it as 2016-W42, or a day of it as 2016-10-21") from error


def _named(text: str) -> int:
    year, parting, number = text.upper().partition("-W")
    if not parting:
        raise ValueError(text)
    return _week(date.fromisocalendar(int(year), int(number), 1).toordinal())


def week_name(week: int) -> str:
    """Return a week's ISO name, such as "2016-W42"."""
    year, number, _ = _monday(week).isocalendar()
    return f"{year}-W{number:02}"


def _monday(week: int) -> date:
    # Day 1 of the calendar is a Monday.
    return date.fromordinal(week * 7 + 1)


def _week(day: int) -> int:
    return (day - 1) // 7


def _read(reading: Iterable[Volume], week: int | None) -> _Read | None:
    by_outlet: dict[int, Counter[str]] = defaultdict(Counter)
    for outlet, published, count in reading:
        days = days_of(published)
        if days is not None and days[0] == days[1]:
            by_outlet[_week(days[0])][outlet or ""] += count
    now = week if week is not None else max(by_outlet, default=None)
    if now is None:
        return None
    past = tuple(each for each in sorted(by_outlet) if now - PAST_WEEKS <= each < now)
    return _Read(now, past, by_outlet)


def _collect(events: Iterable[Event], read: _Read) -> tuple[dict[Key, _Series], int]:
    """Return the series of all keys in the weeks of `read`, and how many events of now have no week."""
    series: dict[Key, _Series] = defaultdict(lambda: _Series({}, {}, {}, Counter()))
    weeks = frozenset((*read.past, read.now))
    undated = 0
    for event in sorted(events, key=lambda event: event.id):
        if event.status.reality not in _FACT or event.status.polarity != "affirmed":
            continue
        told = [
            (_week(days[0]), days[0], one)
            for one in said_of(event)
            if (days := days_of(one.published)) is not None and days[0] == days[1]
        ]
        first = min((day for _, day, _ in told), default=None)
        happened = _week_of_event(event, first)
        if happened is None and any(week == read.now for week, _, _ in told):
            undated += event.when.start is None and event.when.end is None
        for key, name in keys_of(event):
            one_series = series[key] if (happened in weeks or any(w in weeks for w, _, _ in told)) else None
            if one_series is None:
                continue
            one_series.names[name] += 1
            if happened is not None and happened in weeks:
                one_series.events.setdefault(happened, []).append(event)
            for week, _, one in told:
                if week in weeks:
                    one_series.articles.setdefault(week, {})[one.article] = one.outlet or ""
                    one_series.told.setdefault(week, {})[event.id] = event
    return series, undated


def _week_of_event(event: Event, first_told: int | None) -> int | None:
    """Return the week of the event's own days, None where they span more or it was first told long after."""
    start, end = days_of(event.when.start), days_of(event.when.end)
    if start is None or end is None or end[1] - start[0] > 6 or first_told is None:
        return None
    return _week(start[0]) if first_told - start[0] <= MAX_LAG_DAYS else None


def keys_of(event: Event) -> Iterator[tuple[Key, str]]:
    """Give what `event` counts for, each once, with its name: its country, its province and its actors."""
    if event.where and event.where.country:
        yield Key("country", event.where.country), event.where.country
        admin1 = event.where.admin1 or (event.where.name if event.where.precision == "admin1" else None)
        if admin1:
            yield Key("admin1", f"{event.where.country}/{admin1}"), f"{admin1}, {event.where.country}"
    for identity, name in {who.id: who.name for who in event.actors if who.kind in _FOLLOWED}.items():
        if identity is not None:
            yield Key("actor", identity), name


def _surge(key: Key, series: _Series, read: _Read) -> Surge | None:
    now = read.now
    happened, written = series.events.get(now, []), series.articles.get(now, {})
    if len(happened) < MIN_EVENTS and len(written) < MIN_ARTICLES:
        return None
    whole, others = _exposures(series, read)
    events = _against(len(happened), series.events, read, whole)
    kind: Kind | None = "events" if len(happened) >= MIN_EVENTS and events.tail <= ALARM else None
    if kind is None and len(happened) >= MIN_EVENTS:
        apart = _against(len(happened), series.events, read, others)
        if apart.tail <= ALARM:
            kind, events = "unclear", apart
    articles = _against(len(written), series.articles, read, whole)
    if kind is None and len(written) >= MIN_ARTICLES and articles.tail <= ALARM:
        kind = "articles"
    if kind is None:
        return None
    seen = [event for _, event in sorted(series.told.get(now, {}).items())] if kind == "articles" else happened
    return Surge(
        kind=kind,
        level=key.level,
        key=key.key,
        name=min(series.names, key=lambda name: (-series.names[name], name)),
        events=events,
        articles=articles,
        read=round(whole[-1] * len(read.past) / sum(whole[:-1]), 2),
        seen=tuple(end_of(event) for event in seen),
    )


def _against(found: int, counted: Mapping[int, Sized], read: _Read, exposures: Sequence[float]) -> Tally:
    """Return `found` beside what the past weeks' counts and these exposures, the last of now, make expected."""
    past = [len(counted.get(week, ())) for week in read.past]
    return tally(found, predict(past, exposures[:-1], exposures[-1]))


def _exposures(series: _Series, read: _Read) -> tuple[list[float], list[float]]:
    """Return how much of the series could be seen in each past week and, last, now.

    Articles are weighed by outlet: by the share of its past articles that tell of the series, drawn to the
    share of all. First by all that was read; then with the week's articles that tell of the series replaced by
    as many as usual, for a collection made for a subject grows by itself when more happens.
    """
    told: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for week in read.past:
        told.update(series.articles.get(week, {}).values())
        every.update(read.by_outlet[week])
    share = (sum(told.values()) + 0.5) / (sum(every.values()) + 1.0)

    def weigh(articles: Counter[str]) -> float:
        return sum(
            count * (told[outlet] + OUTLET_PRIOR * share) / (every[outlet] + OUTLET_PRIOR)
            for outlet, count in sorted(articles.items())
        )

    usual = weigh(told) / len(read.past)
    weeks = [(read.by_outlet.get(week, Counter()), week) for week in (*read.past, read.now)]
    whole = [weigh(articles) for articles, _ in weeks]
    others = [
        weigh(articles - Counter(series.articles.get(week, {}).values())) + usual for articles, week in weeks
    ]
    return whole, others


def _rank(surge: Surge) -> tuple[int, float, Level, str]:
    tail = surge.articles.tail if surge.kind == "articles" else surge.events.tail
    return KINDS.index(surge.kind), tail, surge.level, surge.key
