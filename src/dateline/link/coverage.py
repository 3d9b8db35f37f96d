"""How much was read: articles per outlet and day of publication, and those that report from an area."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from dateline.link.placekeys import Place, place_of
from dateline.link.profiles import days_of
from dateline.model.event import Event, Said
from dateline.model.ids import ArticleId
from dateline.model.outcome import Coverage

# Outlet, date of publication (ISO 8601, cut to its precision), and how many articles of them were read.
Volume = tuple[str | None, str | None, int]
Area = tuple[str, str]


class Reading(msgspec.Struct, frozen=True):
    """What was read: (day, outlet, articles) by day, the days of articles by area, and the last day of all."""

    days: tuple[int, ...]
    rows: tuple[tuple[str, int], ...]
    areas: Mapping[Area, tuple[int, ...]]
    last: int | None

    def between(self, after: int, until: int, places: Sequence[Place]) -> Coverage:
        """Return what was read of the days after `after` up to `until` (ordinals), and of it from `places`."""
        until = max(until, after)  # what was told only afterwards has no days left
        inside = self.rows[bisect_right(self.days, after) : bisect_right(self.days, until)]
        near = [self.areas.get(area, ()) for area in map(area_of, places) if area]
        return Coverage(
            articles=sum(count for _, count in inside),
            outlets=len({outlet for outlet, _ in inside if outlet}),
            near=max((bisect_right(days, until) - bisect_right(days, after) for days in near), default=None),
            last=date.fromordinal(self.last).isoformat() if self.last is not None else None,
        )


def area_of(place: Place) -> Area | None:
    """Return the province that a place lies in, or is, else its country; None where neither is known."""
    if place.country is None:
        return None
    return place.country, place.admin1 or (place.key if place.precision == "admin1" else "")


def read_volume(events: Sequence[Event], reading: Iterable[Volume] | None) -> Reading:
    """Return what was read: as `reading` says, else the articles that `events` name."""
    areas: dict[Area, dict[ArticleId, int]] = defaultdict(dict)
    articles: dict[ArticleId, Said] = {}
    for event in events:
        for claim in event.claims.where:
            area = area_of(place_of(claim.value))
            for one, day in _dated(claim.said):
                if area:
                    areas[area][one.article] = areas[(area[0], "")][one.article] = day
        articles.update((one.article, one) for claim in event.claims.type for one in claim.said)
    volume = reading if reading is not None else [(one.outlet, one.published, 1) for one in articles.values()]
    rows = sorted(
        (days[0], outlet or "", count) for outlet, told, count in volume if (days := days_of(told)) is not None
    )
    return Reading(
        tuple(day for day, _, _ in rows),
        tuple((outlet, count) for _, outlet, count in rows),
        {area: tuple(sorted(days.values())) for area, days in areas.items()},
        rows[-1][0] if rows else None,
    )


def _dated(said: Iterable[Said]) -> Iterator[tuple[Said, int]]:
    for one in said:
        days = days_of(one.published)
        if days is not None:
            yield one, days[0]
