"""The features by which two reports are compared: each a function of two profiles with a value in -1..1.

0 always means "tells nothing", so that a thing unsaid never counts for or against.
"""

from dateline.link.profiles import BEGINNING, LASTING, Profile
from dateline.model.values import HowMany

# Days that tellings of one night may differ by, or an attack and the next one.
SLACK_DAYS = 1
# Days within which most news is told.
SOON_DAYS = 2
# From this many days between them on, two dated reports are never one happening.
FAR_DAYS = 8
# Two undated reports published this close together may tell of one happening.
NEAR_PUBLISHED_DAYS = 3
# News that is told without a date is taken to be of these days.
FRESH_DAYS = 10
# News is mostly retold without its date within this time, as "the massacre"; later it takes a date to be
# understood.
STALE_DAYS = 60
# A threat or a plan without a date is spoken of for so long: two thirds of the time that it stays open.
NEAR_WARNED_DAYS = 60

# What goes on for days is told with the day on which it began, was met or was over; such days are no two
# happenings when they lie so close together. With 7 three more origins of 596 are right on 54 dev worlds, and
# B³ F1 rises by .002; with 21 nothing more.
LASTING_DAYS = 7

# A day that was taken over from a sentence before says this much of what a told one does: the text may have
# gone on to something else. On dev worlds left out, B³ F1 was 0.901 at 1, 0.902 at 0.6, 0.900 at 0.4.
TAKEN_DAY = 0.6

# Dead of two kinds, and of none in common: fighters in one account, bystanders in the other.
OTHER_DEAD = -0.5
# Figures whose smaller is at least this share of the larger are taken as one count on different days.
GROWING_TOLL = 0.6
# Below this share they are not two early counts of one toll.
FAR_TOLL = 0.34
# A figure this large is seldom met twice by chance.
TELLING_FIGURE = 3


def days_between(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Return how many days part two intervals; 0 where they touch or overlap."""
    return max(0, b[0] - a[1], a[0] - b[1])


def far_apart(a: Profile, b: Profile) -> bool:
    """Tell whether both give days of their own, and FAR_DAYS or more lie between."""
    return not (a.borrowed or b.borrowed) and _apart(a, b) >= FAR_DAYS


def _apart(a: Profile, b: Profile) -> int:
    """Return how many days part the days of two dated reports; 0 also for days of one thing that goes on."""
    apart = days_between(a.days, b.days) if a.days and b.days else 0
    return 0 if _goes_on(a, b) and apart <= LASTING_DAYS else apart


def _goes_on(a: Profile, b: Profile) -> bool:
    return a.type in LASTING and b.type in LASTING and "fact" in (a.reality, b.reality)


def time_agreement(a: Profile, b: Profile) -> float:
    """1 for the same day, less the wider the intervals; negative where dates differ by more than a day.

    A day that was taken over from a sentence before counts by TAKEN_DAY. When a side is undated: a little where
    the other lies in the days before its publication, and -1 where that had not happened yet.
    """
    if a.days and b.days:
        parted = days_between(a.days, b.days) > 0
        agree = _days_differ(_apart(a, b)) if parted else _days_agree(a.days, b.days)
        return agree * (TAKEN_DAY if a.borrowed or b.borrowed else 1.0)
    early = max(_early(a, b), _early(b, a))
    if early:
        return -1.0 if early > SLACK_DAYS else -0.3
    if _parted(a, b) != 0 or a.window is None or b.window is None:
        return 0.0
    return 0.0 if BEGINNING in (a.window[0], b.window[0]) else _soon(a, b)


def _days_differ(apart: int) -> float:
    return 0.0 if apart <= SLACK_DAYS else -min(1.0, apart / (FAR_DAYS - 1))


def _days_agree(a: tuple[int, int], b: tuple[int, int]) -> float:
    return 1.0 / (1.0 + 0.15 * max(a[1] - a[0], b[1] - b[0]))


def stale(a: Profile, b: Profile) -> float:
    """Negative where one is undated and its article came out long after the other; -1 from a quarter on.

    What is recalled without a date and lies not far enough back is -1.
    """
    apart = _parted(a, b)
    if not apart or _early(a, b) or _early(b, a):
        return 0.0
    return -1.0 if a.background or b.background else -min(1.0, 0.2 + apart / STALE_DAYS)


def _early(told: Profile, dated: Profile) -> int:
    """Return by how many days an undated fact was published before the other happened; 0 where it was not."""
    if told.days is not None or dated.days is None or told.published is None or told.reality != "fact":
        return 0
    return max(0, dated.days[0] - told.published)


def _parted(a: Profile, b: Profile) -> int | None:
    """Return the days between where two are looked for, one of which is undated; None for two dates."""
    if (a.days and b.days) or a.window is None or b.window is None:
        return None
    if a.article == b.article and not a.days and not b.days:
        return None
    recalled = a.background or b.background
    if not recalled and not a.days and not b.days and a.published is not None and b.published is not None:
        near = NEAR_PUBLISHED_DAYS if "fact" in (a.reality, b.reality) else NEAR_WARNED_DAYS
        return max(0, abs(a.published - b.published) - near)
    dated, undated = (a, b) if a.days else (b, a)
    if recalled or dated.days is None or undated.published is None or undated.reality != "fact":
        return days_between(a.window, b.window)
    return max(0, undated.published - FRESH_DAYS - dated.days[1])


def _soon(a: Profile, b: Profile) -> float:
    """Return how well an undated telling fits: news is mostly told within SOON_DAYS of what it tells of."""
    dated, undated = (a, b) if a.days else (b, a)
    if dated.days is None or undated.published is None:
        return 0.2
    return 0.4 if undated.published - dated.days[1] <= SOON_DAYS else 0.1


def other_day(a: Profile, b: Profile) -> float:
    """-1 where both are dated and their days do not meet; TAKEN_DAY of it for days that were taken over."""
    if not _apart(a, b):
        return 0.0
    return -TAKEN_DAY if a.borrowed or b.borrowed else -1.0


def untimed(a: Profile, b: Profile) -> float:
    """-1 where one of two articles recalls without a date: nothing says that they tell of one time."""
    if a.article == b.article or (a.days and b.days) or dateless(a, b):
        return 0.0
    return -1.0 if any(each.days is None and each.background for each in (a, b)) else 0.0


def dateless(a: Profile, b: Profile) -> float:
    """-1 where one has no date and stands in an article without a day of publication: it may be of any year."""
    return -1.0 if a.article != b.article and (a.window is None or b.window is None) else 0.0


def figure_agreement(a: Profile, b: Profile) -> float:
    """1 where both give the same telling figure, 0.5 where figures may both be right; never negative."""
    return max(0.0, _best_figures(a, b))


def figure_conflict(a: Profile, b: Profile) -> float:
    """-1 where no figure of one can be the other's, nor has grown from it; half where they are not far.

    OTHER_DEAD where both count the dead, and each those of another kind of people.
    """
    return min(0.0, _best_figures(a, b))


def _best_figures(a: Profile, b: Profile) -> float:
    values = [
        _figure_pair(left, right)
        for left in a.counts
        for right in b.counts
        if left.kind == right.kind and (left.of == right.of or "unknown" in (left.of, right.of))
    ]
    if not values and _count_dead(a) and _count_dead(b):
        return OTHER_DEAD
    # One agreeing figure says more than several that differ: parts and totals stand side by side.
    return max(values, default=0.0)


def _count_dead(profile: Profile) -> bool:
    return any(count.kind == "killed" for count in profile.counts)


def _figure_pair(a: HowMany, b: HowMany) -> float:
    if (a.low, a.best, a.high) == (b.low, b.best, b.high):
        return 1.0 if a.low >= TELLING_FIGURE else 0.5
    if overlapping(a, b):
        return 0.5
    low, high = sorted((a.best or a.low, b.best or b.low))
    share = low / high if high else 1.0
    return 0.1 if share >= GROWING_TOLL else -0.5 if share >= FAR_TOLL else -1.0


def overlapping(a: HowMany, b: HowMany) -> bool:
    """Tell whether one number can satisfy both counts."""
    return (a.high is None or b.low <= a.high) and (b.high is None or a.low <= b.high)


def instrument_agreement(a: Profile, b: Profile) -> float:
    """Words that the means named in both have in common, as a share of all; never negative."""
    if not a.instruments or not b.instruments:
        return 0.0
    return len(a.instruments & b.instruments) / len(a.instruments | b.instruments)


def wording_agreement(a: Profile, b: Profile) -> float:
    """Telling words in common as a share of all (weighted Jaccard), 1 for a copied sentence.

    Two mentions in one sentence share its words whatever they mean, and so do two in a sentence and its copy:
    that tells nothing.
    """
    if not a.words or not b.words or _in_one_sentence(a, b):
        return 0.0
    small, large = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    both = sum(sorted(weight for word, weight in small.items() if word in large))
    every = sum(a.words.values()) + sum(b.words.values()) - both
    return min(1.0, both / every) if every > 0 else 0.0


def _in_one_sentence(a: Profile, b: Profile) -> bool:
    """Tell whether they are two triggers of one sentence, or of a sentence and its copy."""
    if a.article == b.article and a.sentence == b.sentence:
        return True
    if a.trigger == b.trigger:
        return False
    return f" {a.trigger} " in f" {b.sentence} " and f" {b.trigger} " in f" {a.sentence} "


# This many names and figures in common are as much as can be asked for.
FULL_NAMES = 4


def name_agreement(a: Profile, b: Profile) -> float:
    """Names and figures in both sentences, of FULL_NAMES; never negative. One sentence tells nothing."""
    if _in_one_sentence(a, b):
        return 0.0
    return min(1.0, len(a.names & b.names) / FULL_NAMES)


def follow_up(a: Profile, b: Profile) -> float:
    """1 where one brings up to date what the other tells of; -1 where it was published before that happened."""
    if "follow_up" not in (a.narrative, b.narrative) or a.article == b.article:
        return 0.0
    later, earlier = (a, b) if a.narrative == "follow_up" else (b, a)
    if later.published is None or earlier.days is None:
        return 0.0
    if later.published < earlier.days[0]:
        return -1.0
    return 1.0 if later.published - earlier.days[1] <= FOLLOW_UP_DAYS else 0.0


# A toll is mostly brought up to date within this time.
FOLLOW_UP_DAYS = 10


def summed_up(a: Profile, b: Profile) -> float:
    """-1 where one counts several happenings together and the other does not say that it does."""
    return -1.0 if (a.narrative == "summary") != (b.narrative == "summary") else 0.0


def recalled_alike(a: Profile, b: Profile) -> float:
    """1 where two articles recall it as lying back and their days may meet: few things are recalled again."""
    if a.article == b.article or not (a.background and b.background) or dateless(a, b):
        return 0.0
    return 0.0 if a.days and b.days and days_between(a.days, b.days) else 1.0


def status_difference(a: Profile, b: Profile) -> float:
    """-1 where one affirms what the other denies: one happening perhaps, but rather told of apart."""
    return 0.0 if a.polarity == b.polarity else -1.0


def reality_difference(a: Profile, b: Profile) -> float:
    """-1 where one tells of a failed attempt and the other of the deed; a little for done beside going on."""
    if a.told_as == b.told_as:
        return 0.0
    return -1.0 if "attempted" in (a.told_as, b.told_as) else -GOING_ON


# "Fighting goes on" beside "an attack": perhaps a part of it, perhaps the campaign around it.
GOING_ON = 0.4


def currency_difference(a: Profile, b: Profile) -> float:
    """-1 where news meets background and dates do not join them; half of it where only one is dated."""
    if a.background == b.background or (a.days and b.days and not days_between(a.days, b.days)):
        return 0.0
    recalled = a if a.background else b
    return -1.0 if recalled.days is None and a.article == b.article else -0.5
