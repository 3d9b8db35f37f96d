"""Tellings: the mentions of one article that go back to one happening, and what they know together.

An article gives day and place once and then says "the blast". Compared with other articles by itself, such a
mention tells nothing; so linking first groups the mentions of each article, and a mention takes what it does
not say itself from the others of its telling. What it says itself is never overridden, but for a place that
was only assumed from the head of the dispatch, a province where the telling names the town, a span of
days where it names the day, and a day that it took over from a sentence before.
"""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from dateline.link.actorkeys import Actor
from dateline.link.placekeys import Place
from dateline.link.profiles import Profile

# A mention dated no wider than this keeps its own days.
CLOSE_DAYS = 2


def completed(profiles: Sequence[Profile], groups: Iterable[Sequence[int]]) -> list[Profile]:
    """Return `profiles` (positions as in `groups`), each with what its telling adds to it."""
    found = list(profiles)
    for group in groups:
        if len(group) > 1:
            members = sorted((profiles[position] for position in group), key=lambda each: (each.start, each.id))
            for position in group:
                found[position] = _complete(profiles[position], members)
    return found


def _complete(profile: Profile, members: Sequence[Profile]) -> Profile:
    told = _days(profile, members)
    days = told or profile.days
    figures = {count for member in members for count in member.counts}
    return msgspec.structs.replace(
        profile,
        days=days,
        window=days or profile.window,
        borrowed=profile.borrowed and told is None,
        places=_places(profile, members),
        actors=profile.actors or _first(members, lambda each: each.actors),
        targets=profile.targets or _first(members, lambda each: each.targets),
        named=frozenset().union(*(each.named for each in members)),
        names=frozenset().union(*(each.names for each in members)),
        counts=tuple(sorted(figures, key=lambda count: (count.kind, count.low, count.start, count.text))),
    )


def _days(profile: Profile, members: Sequence[Profile]) -> tuple[int, int] | None:
    """Return its own days, or the narrowest of the telling that lie within them; none that were taken over."""
    own = None if profile.borrowed else profile.days
    if own and own[1] - own[0] < CLOSE_DAYS:
        return own
    inside = [
        each.days
        for each in members
        if each.days
        and not each.borrowed
        and (own is None or (own[0] <= each.days[0] and each.days[1] <= own[1]))
    ]
    return min(inside, key=lambda days: days[1] - days[0], default=own)


def _places(profile: Profile, members: Sequence[Profile]) -> tuple[Place, ...]:
    if any(not (place.assumed or place.coarse) for place in profile.places):
        return profile.places
    said = [place for place in profile.places if not place.assumed]
    wanted = [each.places for each in members if any(_is_said(place, said) for place in each.places)]
    return wanted[0] if wanted else profile.places


def _is_said(place: Place, coarse: Sequence[Place]) -> bool:
    """Tell whether a place is told, and lies in what is known coarsely."""
    if place.assumed or (place.coarse and coarse):
        return False
    return not coarse or any(_holds(each, place) for each in coarse)


def _holds(coarse: Place, place: Place) -> bool:
    if coarse.key and coarse.key in (place.admin1, place.within):
        return True
    if not coarse.country or coarse.country != place.country:
        return False
    return coarse.precision != "admin1" or not place.admin1


def _first(members: Sequence[Profile], part: Callable[[Profile], tuple[Actor, ...]]) -> tuple[Actor, ...]:
    return next((part(each) for each in members if part(each)), ())
