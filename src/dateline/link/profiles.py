"""Profile: a report made ready to be compared many times; days as ordinals, names as keys."""

import re
from calendar import monthrange
from datetime import date
from typing import Literal

import msgspec

from dateline.link.actorkeys import Actor, actor_of
from dateline.link.placekeys import FINE, Place, place_of
from dateline.link.words import fold, plain_sentence, skeleton, telling_words
from dateline.model.ids import ArticleId, ReportId
from dateline.model.report import Report
from dateline.model.values import HowMany, When
from dateline.ontology.pairing import load_wordings

# A happening that is told without a date is looked for in the days up to its publication. Most is of the
# last few (see `features.stale`); reviews of a half-year and columns return to what is older. At 30 days B³
# recall on eleven dev worlds was 0.901, at 100 and at 200 it is 0.913.
UNDATED_LOOKBACK_DAYS = 100

# Realities that may be one happening; a warning is never the thing that it warns of.
_REALITY_GROUPS = {
    "occurred": "fact",
    "ongoing": "fact",
    "attempted": "fact",
    "planned": "prospect",
    "threatened": "prospect",
    "feared": "prospect",
    "demanded": "demand",
    "hypothetical": "thought",
}

# Words said of the trigger stand at most this many characters before it.
_REACH = 60

# What is planned, threatened or feared without a date is looked for so long after the article that says so.
# As long as `link.horizons` keeps a threat open.
UNDATED_AHEAD_DAYS = 90

# An undated piece of background lies at least this many days before the article that recalls it.
BACKGROUND_DAYS = 2
# A time of which only the beginning is known lasts so long in an article without a date, which may be old.
OPEN_DAYS = 3650
# The first day of a time of which only the end is known.
BEGINNING = 1

# A sentence that counts several happenings together tells of at least this many days.
SUMMARY_DAYS = 3

# Types of what is over within a day, so that it takes several to fill a week.
MOMENTARY = frozenset({
    "air_strike", "assassination", "bombing", "drone_strike", "execution", "grenade_attack", "killing",
    "shelling",
    "suicide_bombing",
})  # fmt: skip

# Types of what goes on for days and weeks and is one happening.
LASTING = frozenset({
    "base_established", "ceasefire", "censorship", "curfew", "deployment", "displacement", "military_operation",
    "negotiation", "road_blockade", "sanction", "siege", "strike", "trial",
})  # fmt: skip
# "The deadliest attack this year" is one, and the year is not its time.
_STANDING_OUT = re.compile(
    r"\b(?:\w+iest|worst|first|largest|biggest|most\s+\w+|latest)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE
)

# Words that count a time from another one.
_OFF = "before|earlier|previous|later|next|following|after"
_ELSEWHEN = re.compile(rf"\b(?:{_OFF}|ago)\b", re.IGNORECASE)
_STEP = re.compile(rf"\b(?:{_OFF}|afterwards|morrow|eve)\b", re.IGNORECASE)
_FROM_TO = re.compile(r"\b(?:between|from|to|through|until|and|since)\b|\d\s?[-–]\s?\d", re.IGNORECASE)

# How a sentence tells of a happening: as such, counted with others, recalled later, brought up to date.
Narrative = Literal["plain", "summary", "anniversary", "follow_up"]


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared of a report.

    `sure` (0..1) is how sure the coder was. `days` are the first and last day (proleptic ordinals) that its own
    words allow, None when they give no date; `window` is where it is looked for: `days`, or the days up to its
    publication, or for background any day before; `borrowed` says that they were taken over from a sentence
    before. `reality` is the group that may be one happening, `told_as` what the report says. `parties` are the
    keys of all who are named for good, in either role; `names` the capitalised words and figures of the
    sentence, `named` the keys of those in it or the article's title that may be places, `lead` those of the
    article's head.
    `trigger` is its wording as in `sentence`, `at` where it stands in `text`, the sentence as written.
    `elsewhen` says that its own words put it at another time, which has no date, `stepped` that they count from
    another ("three nights later"). `definite` is the trigger's "the" or "this", `plural` its plural
    without one.
    """

    id: ReportId
    article: ArticleId
    type: str
    sure: float
    reality: str
    told_as: str
    polarity: str
    background: bool
    narrative: Narrative
    days: tuple[int, int] | None
    window: tuple[int, int] | None
    borrowed: bool
    elsewhen: bool
    stepped: bool
    published: int | None
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    counts: tuple[HowMany, ...]
    parties: frozenset[str]
    instruments: frozenset[str]
    words: dict[str, float]
    names: frozenset[str]
    named: frozenset[str]
    lead: frozenset[str]
    sentence: str
    trigger: str
    text: str
    at: tuple[int, int]
    start: int
    another: bool
    definite: bool
    plural: bool


def profile_of(report: Report) -> Profile:
    """Return the profile of `report`."""
    published = days_of(report.article.published)
    told = _event_days(report, published)
    days = None if _died_later(report) else told
    narrative = _narrative(report, days)
    background = report.status.currency == "background" or narrative == "anniversary"
    actors, targets = tuple(map(actor_of, report.actors)), tuple(map(actor_of, report.targets))
    words = telling_words(report.sentence.text)
    before = _before_trigger(report)
    names = frozenset(word for word, weight in words.items() if weight > 1)
    return Profile(
        id=report.id,
        article=report.article.id,
        type=report.type,
        sure=report.score,
        reality=_REALITY_GROUPS[report.status.reality],
        told_as=report.status.reality,
        polarity=report.status.polarity,
        background=background,
        narrative=narrative,
        days=days,
        window=days or _likely_window(told or published, background=background, ahead=_is_ahead(report)),
        borrowed=report.when.basis == "inherited" or _leans(report.when),
        elsewhen=days is None and _ELSEWHEN.search(report.when.text or "") is not None,
        stepped=report.when.basis == "stated" and _STEP.search(report.when.text or "") is not None,
        published=published[0] if published else None,
        places=tuple(place_of(where) for where in report.where),
        actors=actors,
        targets=targets,
        counts=tuple(count for count in report.counts if not count.part),
        parties=frozenset(actor.key for actor in (*actors, *targets) if actor.named and not actor.vague),
        instruments=frozenset(word for span in report.instruments for word in fold(span.text).split()),
        words=words,
        names=names,
        named=_named(names, report.article.title),
        lead=frozenset(map(skeleton, report.article.names)),
        sentence=plain_sentence(report.sentence.text),
        trigger=fold(report.trigger.text),
        text=report.sentence.text,
        at=(report.trigger.start - report.sentence.start, report.trigger.end - report.sentence.start),
        start=report.trigger.start,
        another=load_wordings().another.search(before) is not None,
        definite=_is_definite(before),
        plural=_is_plural(report.trigger.text) and not _is_definite(before),
    )


def _named(names: frozenset[str], title: str | None) -> frozenset[str]:
    in_title = telling_words(f"on {title}") if title else {}
    words = names | {word for word, weight in in_title.items() if weight > 1}
    return frozenset(skeleton(word) for word in words if not word[0].isdigit())


def days_of(text: str | None) -> tuple[int, int] | None:
    """Return the first and last day (ordinals) of an ISO date cut to year, month or day; None if it is none."""
    if not text:
        return None
    parts = text[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return date(numbers[0], 1, 1).toordinal(), date(numbers[0], 12, 31).toordinal()
        if len(numbers) == 2:
            first = date(numbers[0], numbers[1], 1)
            return first.toordinal(), first.toordinal() + monthrange(first.year, first.month)[1] - 1
        day = date(*numbers).toordinal()
    except (ValueError, TypeError):
        return None
    return day, day


def _event_days(report: Report, published: tuple[int, int] | None) -> tuple[int, int] | None:
    first, last = days_of(report.when.start), days_of(report.when.end)
    if first and last:
        slack = _slack(report.when)
        return min(first[0], last[1]) - slack, max(first[0], last[1]) + slack
    if first:  # "since October": it reaches at least to the day of the report, which may be unknown
        return first[0], max(first[0], published[1]) if published else first[0] + OPEN_DAYS
    if last and published:
        lasts = report.status.reality == "ongoing" or last[1] > published[1]
        if lasts or _is_ahead(report):  # "by 15 February": from now until then
            return min(published[0], last[0]), last[1]
    return last


def _died_later(report: Report) -> bool:
    """Tell whether its day is that on which a victim died or was found: it happened then or before."""
    if report.type != "killing":
        return False
    at, end = report.trigger.start - report.sentence.start, report.trigger.end - report.sentence.start
    words = load_wordings().died_later.search(report.sentence.text, max(0, at - _REACH), end + _REACH)
    return words is not None


def _leans(when: When) -> bool:
    """Tell whether a time was counted from another of its text: "two days later", "the night before"."""
    return (when.anchor or "").startswith("context:") and when.basis == "stated"


def _slack(when: When) -> int:
    """Return by how many days "four weeks ago" may miss: half its unit; calendar weeks and months are exact."""
    words = (when.text or "").lower().split()
    counted = "ago" in words or words[-1:] == ["since"]
    return HALF_UNITS.get(when.precision, 0) if counted else 0


HALF_UNITS = {"week": 3, "month": 15, "year": 182}


def _is_ahead(report: Report) -> bool:
    return _REALITY_GROUPS[report.status.reality] != "fact"


def _likely_window(
    published: tuple[int, int] | None, *, background: bool, ahead: bool
) -> tuple[int, int] | None:
    if published is None:
        return None
    if background:
        return BEGINNING, published[0] - BACKGROUND_DAYS
    if ahead:
        return published[0] - BACKGROUND_DAYS, published[1] + UNDATED_AHEAD_DAYS
    return published[0] - UNDATED_LOOKBACK_DAYS, published[1]


def _narrative(report: Report, days: tuple[int, int] | None) -> Narrative:
    """Return how the sentence tells of it.

    A summary counts people over a period or says so, and needs several days, or a plural where it gives none.
    """
    wordings, sentence = load_wordings(), report.sentence.text
    if wordings.anniversary.search(sentence):
        return "anniversary"
    if _is_ahead(report):
        return "plain"
    told_over = days is not None and days[1] - days[0] + 1 >= SUMMARY_DAYS and not _slack(report.when)
    plural = _is_plural(report.trigger.text)
    recalled, one = report.status.currency == "background", _is_of_one(report)
    undated = days is None or report.when.basis == "inherited"
    several = (told_over and (plural or not (recalled or one))) or (undated and plural)
    counted = any(count.scope == "period" for count in report.counts)
    # What is done in a moment and yet went on "between 15 and 22 August" was done several times.
    bounded = report.when.precision == "range" and _FROM_TO.search(report.when.text or "") is not None
    repeated = told_over and bounded and report.type in MOMENTARY and not (recalled or one)
    if repeated or (several and (counted or wordings.summary.search(sentence))):
        return "summary"
    return "follow_up" if wordings.follow_up.search(sentence) else "plain"


def _is_of_one(report: Report) -> bool:
    """Tell whether what is told with days that are wide is one happening all the same.

    It lasts as long by its nature, befell one person, was in one town, or is "the worst attack" of its time.
    """
    if report.type in LASTING or _STANDING_OUT.search(_before_trigger(report)):
        return True
    fine = any(
        where.basis == "stated" and (where.precision in FINE or where.precision == "unresolved")
        for where in report.where
    )
    people = [count.best or count.low for count in report.counts]
    alone = bool(people) and set(people) == {1}
    sentence, own = report.sentence.text, report.when.text
    # "Seized this month": its time sums up nothing.
    beside = sentence.replace(own, " ", 1) if own else sentence
    return alone or (fine and not load_wordings().summary.search(beside))


def _before_trigger(report: Report) -> str:
    at = report.trigger.start - report.sentence.start
    return report.sentence.text[max(0, at - _REACH) : at] if at > 0 else ""


def refers_back(report: Report) -> bool:
    """Tell whether a report only takes up what its article told ("the shooting"), and gives no figure to it."""
    return not report.counts and _is_definite(_before_trigger(report))


def _is_definite(before: str) -> bool:
    """Tell whether the trigger is a noun phrase's head with "the" or "this" at most two words before."""
    return any(load_wordings().definite.fullmatch(word) for word in before.split()[-3:])


def _is_plural(trigger: str) -> bool:
    last = fold(trigger).rpartition(" ")[2]
    return last.endswith("s") and not last.endswith("ss")
