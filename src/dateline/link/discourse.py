"""The features by which two mentions of one article are compared, as those of `features`."""

from dateline.link.features import days_between, stale
from dateline.link.placing import other_town, place_agreement
from dateline.link.profiles import Profile


def reference(a: Profile, b: Profile) -> float:
    """How the later of two mentions in one article refers: 1 for "the attack", -1 for undated "attacks"."""
    if a.article != b.article:
        return 0.0
    later, earlier = (a, b) if a.start > b.start else (b, a)
    if later.definite and not later.plural:
        return 1.0
    generic = (later.plural and later.days is None) or (earlier.plural and earlier.days is None)
    return -1.0 if generic and later.plural != earlier.plural else 0.0


def same_article(a: Profile, b: Profile) -> float:
    """1 for two mentions in one article, which mostly return to one happening; -1 if it tells them apart.

    It does so by "another" or the like, by days that do not meet, or by places that exclude each other:
    within one text these are no disagreement between sources. 0 for the news beside what lies far back, and
    for what is recalled with a date beside what has none.
    """
    if a.article != b.article or ((a.background or b.background) and bool(a.days) != bool(b.days)):
        return 0.0
    if stale(a, b) <= -1:
        return 0.0
    later = a if a.start > b.start else b
    days_apart = a.days is not None and b.days is not None and days_between(a.days, b.days) > 0
    told = any(not place.assumed for place in a.places) and any(not place.assumed for place in b.places)
    elsewhere = told and (place_agreement(a, b) < 0 or other_town(a, b) < 0)
    return -1.0 if later.another or days_apart or elsewhere else 1.0
