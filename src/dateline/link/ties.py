"""How events stand to one another where they are not one: parts of a summary, follow-ups, background.

- **part_of**: a summary ("attacks this week killed 60") and each happening of a related type whose days lie
  within its own, whose actors are not others and whose dead are no more, if it lies in the summary's place or
  is told beside it.
- **follow_up**: the text says in one sentence that one came "after", "following" or "in response to" another,
  and it did not begin before it. "A day after" only dates it.
- **background_of**: an article recalls an older happening beside its news; the first news of the article is
  what it is background of.

An event names what it depends on: the part its summary, the follow-up what came before it, the background the
news that recalls it. Which events are looked at follows from the reports alone: those that share an article
with it, and the summaries that it may be a part of. What of these its relations depend on is their *outlook*;
where that stays the same, so do the relations of others.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from dateline.link.compare import BY_FAMILY, Scorer
from dateline.link.parties import actors_agree
from dateline.link.placekeys import Place, place_of
from dateline.link.placing import places_agree
from dateline.link.profiles import Profile, days_of
from dateline.model.event import Event, Relation
from dateline.model.ids import ArticleId, EventId, ReportId, digest, number_of
from dateline.model.kept import Outlook, Spot
from dateline.model.report import Report
from dateline.model.wire import encode
from dateline.ontology.pairing import load_wordings

# A part lies in the summary's place: the same, or a town in the province that it names (see `features`).
MIN_PLACE = 0.1
# A summary is found by the spans of this many days that it touches; one of more than WIDE_SPANS by all.
SPAN_DAYS = 64
WIDE_SPANS = 8
ALL_SPANS = ""
# A follow-up comes at most this many days after what it follows.
FOLLOW_UP_DAYS = 30
# What is recalled again and again names the articles that did so first.
MAX_RECALLED = 20
# A sentence's "after" stands at most this many characters before what it names.
CAUSE_REACH = 60


# A summary without days of its own ("the killings bring the number to 20") is of the month before it.
UNDATED_SUMMARY_DAYS = 31


class _Known(msgspec.Struct, frozen=True):
    """An event with the profiles of its reports, and the days that its shown time spans, else all of theirs."""

    event: Event
    profiles: tuple[Profile, ...]
    days: tuple[int, int] | None
    places: tuple[Place, ...]

    @property
    def is_summary(self) -> bool:
        return any(profile.narrative == "summary" for profile in self.profiles)

    @property
    def articles(self) -> frozenset[ArticleId]:
        return frozenset(profile.article for profile in self.profiles)

    @property
    def heads(self) -> frozenset[str]:
        """Keys of the names in the heads of its articles, and of those in its sentences."""
        return frozenset().union(*(profile.lead | profile.named for profile in self.profiles))

    @property
    def killed(self) -> int:
        """The most that it is told to have killed, 0 where no figure is told."""
        return max(
            (count.best or count.low for count in self.event.counts if count.kind == "killed"), default=0
        )

    @property
    def last(self) -> int | None:
        """The last day that it can be about: of its own time, else of its latest article."""
        published = (profile.published for profile in self.profiles if profile.published)
        return self.days[1] if self.days else max(published, default=None)

    @property
    def span(self) -> tuple[int, int]:
        """The days that a summary counts: its own, else the month up to its latest article."""
        last = self.last or 0
        return self.days or (last - UNDATED_SUMMARY_DAYS, last)

    @property
    def is_fact(self) -> bool:
        return self.profiles[0].reality == "fact" and self.event.status.polarity == "affirmed"


def with_relations(
    events: Iterable[Event],
    reports: Mapping[ReportId, Report],
    profiles: Mapping[ReportId, Profile],
    scorer: Scorer,
) -> tuple[Event, ...]:
    """Return `events` with their relations to one another; the order of nothing given matters."""
    known = [_known(event, profiles) for event in sorted(events, key=lambda event: event.id)]
    found: dict[EventId, dict[tuple[str, EventId], Relation]] = defaultdict(dict)
    for identity, relation in (
        *_parts(known, scorer),
        *_follow_ups(known, reports),
        *_background(known, profiles),
    ):
        found[identity].setdefault((relation.kind, relation.event), relation)
    return tuple(_related(each.event, found.get(each.event.id, {})) for each in known)


def _related(event: Event, found: Mapping[tuple[str, EventId], Relation]) -> Event:
    if not found:
        return event
    return msgspec.structs.replace(event, relations=tuple(found[key] for key in sorted(found)))


def _known(event: Event, profiles: Mapping[ReportId, Profile]) -> _Known:
    told = tuple(profiles[report] for report in event.reports)
    first, last = days_of(event.when.start), days_of(event.when.end)
    shown = (first[0], last[1]) if first and last else None
    dated = [profile.days for profile in told if profile.days]
    days = shown or ((min(first for first, _ in dated), max(last for _, last in dated)) if dated else None)
    return _Known(event, told, days, (place_of(event.where),) if event.where else ())


# --- parts of a summary


def _parts(known: Sequence[_Known], scorer: Scorer) -> Iterator[tuple[EventId, Relation]]:
    summaries = [each for each in known if each.is_summary and each.is_fact and each.last is not None]
    if not summaries:
        return
    single = [each for each in known if each.is_fact and not each.is_summary and each.days]
    by_place, by_article = _by_place(single), _by_article(single)
    for summary in summaries:
        beside = {each.event.id: each for article in summary.articles for each in by_article.get(article, ())}
        inside = {
            each.event.id
            for each in beside.values()
            if _is_part(each, summary, scorer) and _may_be_there(each, summary)
        }
        first, last = summary.span
        inside |= {
            each.event.id
            for key in sorted(_held_keys(summary))
            for each in _from_to(by_place.get(key, ()), first, last)
            if _is_part(each, summary, scorer) and _is_there(each, summary)
        }
        for identity in sorted(inside):
            why = _part_words(summary, told=identity in beside)
            yield identity, Relation(kind="part_of", event=summary.event.id, why=why)


def _by_place(known: Iterable[_Known]) -> dict[str, list[tuple[int, _Known]]]:
    """Return dated events with their first days, by the keys of their places, in order of days."""
    found: dict[str, list[tuple[int, _Known]]] = defaultdict(list)
    for each in known:
        if each.days:
            for key in _part_keys(each):
                found[key].append((each.days[0], each))
    for members in found.values():
        members.sort(key=lambda entry: (entry[0], entry[1].event.id))
    return found


def _by_article(known: Iterable[_Known]) -> dict[ArticleId, list[_Known]]:
    found: dict[ArticleId, list[_Known]] = defaultdict(list)
    for each in known:
        for article in each.articles:
            found[article].append(each)
    return found


def _from_to(members: Sequence[tuple[int, _Known]], first: int, last: int) -> Iterator[_Known]:
    start = bisect_left(members, first, key=lambda entry: entry[0])
    end = bisect_right(members, last, key=lambda entry: entry[0])
    return (each for _, each in members[start:end])


def _part_keys(each: _Known) -> set[str]:
    """Return the keys of the places that an event lies in.

    What lies in a place that no gazetteer holds stands under the names that its articles open with as well.
    """
    keys = {key for place in each.places for key in _keys(place)}
    return keys if any(place.country for place in each.places) else keys | each.heads


def _keys(place: Place) -> Iterator[str]:
    for key in (*place.keys, place.admin1, place.within, place.country):
        if key:
            yield key


def _held_keys(summary: _Known) -> set[str]:
    """Return the keys of the places of which a summary tells."""
    return {key for place in summary.places for key in (*place.keys, place.country) if key}


def _is_part(each: _Known, summary: _Known, scorer: Scorer) -> bool:
    """Tell whether its type, its days, its actors and its dead may be among those that a summary counts."""
    first, last = summary.span
    if each.days is None or not (first <= each.days[0] and each.days[1] <= last):
        return False
    related = max(scorer.related(a.type, b.type) for a in each.profiles for b in summary.profiles)
    if related <= BY_FAMILY or each.killed > summary.killed > 0:
        return False
    return max(actors_agree(a.actors, b.actors) for a in each.profiles for b in summary.profiles) >= 0


def _may_be_there(each: _Known, summary: _Known) -> bool:
    """Tell whether nothing puts what the summary's article tells beside it into another place."""
    return places_agree(each.places, summary.places) > -1.0


def _is_there(each: _Known, summary: _Known) -> bool:
    agree = places_agree(each.places, summary.places)
    if agree >= MIN_PLACE:
        return True
    keys = {key for place in summary.places for key in place.keys}
    return agree > OTHER_PLACE and bool(keys & each.heads)


# From here on down two places exclude each other, whatever the head of an article names.
OTHER_PLACE = -0.5


def _part_words(summary: _Known, *, told: bool) -> str:
    when, where = summary.event.when, summary.event.where
    if told or not (when.start and where):
        return "told beside a summary that counts it by its days"
    return f"within the days ({when.start} to {when.end}) and the place ({where.name}) of a summary"


# --- follow-ups


def _follow_ups(
    known: Sequence[_Known], reports: Mapping[ReportId, Report]
) -> Iterator[tuple[EventId, Relation]]:
    by_sentence: dict[tuple[ArticleId, int], list[tuple[int, Report, _Known]]] = defaultdict(list)
    for each in known:
        if each.event.status.polarity == "affirmed":
            for identity in each.event.reports:
                report = reports[identity]
                place = (report.article.id, report.sentence.start)
                by_sentence[place].append((report.trigger.start, report, each))
    for place in sorted(by_sentence):
        told = sorted(by_sentence[place], key=lambda entry: (entry[0], entry[1].id))
        for (_, result, later), (_, cause, earlier) in pairwise(told):
            word = _consequence(result, cause)
            # What was threatened or planned may be what it follows, and never follows by itself.
            if word and later is not earlier and later.is_fact and _in_order(earlier, later):
                why = f"“{word}” in {result.article.outlet or result.article.locator}"
                yield later.event.id, Relation(kind="follow_up", event=earlier.event.id, why=why)


def _consequence(result: Report, cause: Report) -> str | None:
    """Return the word that says that `result` came after `cause`, which stands behind it in the sentence."""
    base = result.sentence.start
    between = result.sentence.text[result.trigger.end - base : cause.trigger.start - base][-CAUSE_REACH:]
    words = list(load_wordings().consequence.finditer(between))
    if not words or _COUNTED.search(between, 0, words[-1].start()):
        return None
    return words[-1].group()


# "Two days after the raid" tells when, not why.
_COUNTED = re.compile(r"\b(?:minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?)\s*\Z", re.IGNORECASE)


def _in_order(earlier: _Known, later: _Known) -> bool:
    if earlier.days is None or later.days is None:
        return True
    return later.days[1] - earlier.days[0] >= -1 and later.days[0] - earlier.days[1] <= FOLLOW_UP_DAYS


# --- background


def _background(
    known: Sequence[_Known], profiles: Mapping[ReportId, Profile]
) -> Iterator[tuple[EventId, Relation]]:
    of = {report: each for each in known for report in each.event.reports}
    lead: dict[ArticleId, Profile] = {}
    for profile in profiles.values():
        if profile.background or profile.reality != "fact" or profile.narrative == "summary":
            continue
        held = lead.get(profile.article)
        if held is None or (profile.start, profile.id) < (held.start, held.id):
            lead[profile.article] = profile
    for each in known:
        if not each.is_fact:
            continue
        recalling = sorted({profile.article for profile in each.profiles if profile.background})
        told_by: dict[EventId, int] = defaultdict(int)
        for article in recalling:
            news = of[lead[article].id] if article in lead else None
            if news is not None and news is not each and _lies_before(each, news):
                told_by[news.event.id] += 1
        for identity in sorted(told_by)[:MAX_RECALLED]:
            count = told_by[identity]
            why = f"recalled as background in {count} article{'s' if count > 1 else ''} on it"
            yield each.event.id, Relation(kind="background_of", event=identity, why=why)


def _lies_before(old: _Known, news: _Known) -> bool:
    return old.days is None or news.days is None or old.days[0] < news.days[0]


# --- what relations of other events depend on


def outlook_of(event: Event, profiles: Mapping[ReportId, Profile]) -> Outlook:
    """Return what the relations of other events may depend on, and where they find `event`."""
    known = _known(event, profiles)
    told: Iterable[str] = ()
    shown: tuple[Any, ...] = ()
    if known.is_summary:
        told = {encode((profile.type, profile.actors)).decode() for profile in known.profiles}
        shown = event.when, event.where, known.span, known.killed
    kind = event.status.polarity, known.is_fact, known.is_summary
    face = encode((kind, known.days, shown, sorted(told)))
    return Outlook(digest(face), tuple(sorted(_spots(known))), tuple(sorted(_inside(known))))


def held_at(outlook: Outlook) -> Iterator[Spot]:
    """Give where the summaries are found that the event of this outlook may be a part of."""
    if not outlook.inside:
        for spot in outlook.spots:
            for span in (str(spot.first // SPAN_DAYS), ALL_SPANS):
                yield Spot(_summaries_of(spot.key, span), spot.first, spot.last)


def _spots(known: _Known) -> Iterator[Spot]:
    if not known.is_fact or known.last is None:
        return
    if not known.is_summary:
        for key in _part_keys(known) if known.days else ():
            yield Spot(_parts_at(key), known.span[0], known.span[0])
        return
    first, last = known.span
    spans = [str(span) for span in range(first // SPAN_DAYS, last // SPAN_DAYS + 1)]
    for key in _held_keys(known):
        for span in spans if len(spans) <= WIDE_SPANS else [ALL_SPANS]:
            yield Spot(_summaries_of(_parts_at(key), span), first, last)


def _inside(known: _Known) -> Iterator[Spot]:
    if known.is_fact and known.is_summary and known.last is not None:
        for key in _held_keys(known):
            yield Spot(_parts_at(key), *known.span)


def _parts_at(place: str) -> int:
    return number_of("part", place)


def _summaries_of(parts: int, span: str) -> int:
    return number_of("summary", str(parts), span)
