"""The features by which two mentions of one article are compared, as those of `features`."""

import re

from dateline.link.features import days_between, figure_conflict, stale, time_agreement
from dateline.link.placing import other_town, place_agreement
from dateline.link.profiles import Profile
from dateline.ontology.pairing import load_wordings


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

    It does so by "another" or the like, by days that do not meet, by places that exclude each other, or where
    one is said to follow the other or alone has a time that is counted from another ("three nights later"):
    within one text these are no disagreement between sources. 0 for the news beside what lies far back,
    for what is recalled with a date beside what has none, and for what was at a time of its own.
    """
    if a.article != b.article or ((a.background or b.background) and bool(a.days) != bool(b.days)):
        return 0.0
    if stale(a, b) <= -1 or (time_agreement(a, b) <= -1 and not (a.days and b.days)):
        return 0.0
    if a.elsewhen != b.elsewhen:
        return 0.0
    later = a if a.start > b.start else b
    days_apart = a.days is not None and b.days is not None and days_between(a.days, b.days) > 0
    told = any(not place.assumed for place in a.places) and any(not place.assumed for place in b.places)
    elsewhere = told and (place_agreement(a, b) < 0 or other_town(a, b) < 0)
    if days_apart or elsewhere or later.another or follows(a, b) or _told_as_two(a, b):
        return -1.0
    if a.text == b.text and a.type == b.type:
        return ONE_SENTENCE
    return BARE if _is_bare(a) and _is_bare(b) else 1.0


def _told_as_two(a: Profile, b: Profile) -> bool:
    """Tell whether only one of two mentions in a sentence is "another", or at a time counted from another."""
    # "It was the second such attack: on Tuesday a guard was killed": the other way round.
    again = a.sentence == b.sentence and a.another != b.another
    return again or (a.text == b.text and a.stepped != b.stepped)


# Who tells one happening seldom names it twice in a sentence: of 178 pairs of one type in a sentence of the dev
# worlds 82 are one, of 505 in two sentences that follow 331.
ONE_SENTENCE = 0.5
# Two mentions that both say neither when nor where: an article on many attacks holds many of them.
BARE = 0.5


def _is_bare(profile: Profile) -> bool:
    return profile.days is None and not profile.places


# "Two days after", "hours after": what stands before it and behind it are two things.
_COUNTED = re.compile(
    r"\b(?:minutes?|hours?|days?|nights?|weeks?|months?|years?)\s+(?:after|before)\b", re.IGNORECASE
)


def follows(a: Profile, b: Profile) -> bool:
    """Tell whether one sentence says that one came after the other, or recalls it.

    A bare "after" says nothing: "killed after gunmen opened fire" is one happening.
    """
    if a.text != b.text or a.at == b.at:
        return False
    first, second = (a, b) if a.at < b.at else (b, a)
    between = a.text[first.at[1] : second.at[0]]
    words = load_wordings().consequence.finditer(between)
    return _COUNTED.search(between) is not None or any(word.group().lower() != "after" for word in words)


def clash(a: Profile, b: Profile) -> float:
    """As `figure_conflict`, for one article: an outlet seldom gives two tolls of one happening."""
    return figure_conflict(a, b) if a.article == b.article else 0.0
