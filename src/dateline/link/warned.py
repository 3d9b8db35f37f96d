"""The features of two warnings, with values in 0..1 as those of `features`."""

from dateline.link.features import NEAR_WARNED_DAYS, days_between
from dateline.link.parties import actors_agree
from dateline.link.placing import place_in_lead, place_named, places_agree
from dateline.link.profiles import Profile

# What was warned of without a date has come or passed by then: twice as long as a threat stays open.
SETTLED_DAYS = 180


def both_ahead(a: Profile, b: Profile) -> float:
    """1 where two articles plan, threaten or fear the same type of act: far less is warned of than happens.

    Of the pairs on the dev worlds that have no place in common, 339 of 513 are one.
    """
    ahead = a.reality == b.reality == "prospect"
    return 1.0 if ahead and a.article != b.article and a.type == b.type and _of_one_time(a, b) else 0.0


def far_apart(a: Profile, b: Profile) -> bool:
    """Tell whether two articles warn so far from one another that it is of two things.

    That is more than SETTLED_DAYS apart, unless one looks back or both give days.
    """
    if not a.reality == b.reality == "prospect" or a.background or b.background or (a.days and b.days):
        return False
    return a.published is not None and b.published is not None and abs(a.published - b.published) > SETTLED_DAYS


def _of_one_time(a: Profile, b: Profile) -> bool:
    """Tell whether both are known to have come out within NEAR_WARNED_DAYS."""
    return (
        a.published is not None
        and b.published is not None
        and abs(a.published - b.published) <= NEAR_WARNED_DAYS
    )


def warned_alike(a: Profile, b: Profile) -> float:
    """1 where two articles warn within NEAR_WARNED_DAYS by one actor or of one place: few things are warned of.

    A warning mostly names neither day nor town, so that its other features hardly tell that two are one.
    """
    if a.article == b.article or not a.reality == b.reality == "prospect":
        return 0.0
    if not _of_one_time(a, b) or (a.days and b.days and days_between(a.days, b.days)):
        return 0.0
    actors, places = actors_agree(a.actors, b.actors), places_agree(a.places, b.places)
    if min(actors, places) < 0:
        return 0.0
    tied = max(actors, places, place_named(a, b), place_in_lead(a, b)) > 0
    return 1.0 if tied else 0.0
