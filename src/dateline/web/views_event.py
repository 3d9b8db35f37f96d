"""One event as a person reads it: its fields with how each was read, and what speaks for and beside it."""

from collections.abc import Iterable, Iterator

import msgspec

from dateline.export.base import Record
from dateline.export.cards import when_notes, where_notes
from dateline.export.meanings import ACTOR_BASES, RELATIONS
from dateline.export.wording import (
    COUNT_WORDS,
    corrected_words,
    corroboration_words,
    count_words,
    country_name,
    is_warning,
    type_family,
    type_label,
    verdict_words,
    when_words,
    where_words,
    whose_words,
)
from dateline.model.event import Event
from dateline.model.ids import VerdictId
from dateline.model.report import Crosswalk
from dateline.model.values import HowMany, PlaceOption, Status, When, Where, Who
from dateline.model.verdict import Verdict
from dateline.ontology import load_ontology
from dateline.web.event_rows import EventRow, StatusWords, event_row, told_status
from dateline.web.views import LEGEND, RoleView
from dateline.web.views_evidence import Matrix, matrix_of
from dateline.web.views_figures import FigureView, figure_views

# Other places that a name may mean, named in a note.
MOST_ALTERNATIVES = 3


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One value in words, what is said beside it, and how it was read."""

    words: str
    beside: str = ""
    notes: tuple[str, ...] = ()


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One field of the event; without values nothing is said of it."""

    field: str
    label: str
    values: tuple[Value, ...]


class RelationView(msgspec.Struct, frozen=True, kw_only=True):
    """How another event stands to this one, and why; `event` is None where it is no longer there."""

    kind: str
    words: str
    why: str
    event: EventRow | None


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided of the event's reports."""

    verdict: VerdictId
    by: str
    role: str
    at: str
    words: str


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the page of an event shows, in words.

    `title` names the event in a line and `citation` in a sentence that the address of the page completes;
    `definition` is that of its type. `walk` is the type in other ontologies, a name and a value each.
    """

    title: str
    label: str
    family: str | None
    definition: str
    status: StatusWords
    warning: bool
    facts: tuple[Fact, ...]
    corroboration: str
    disagreements: tuple[str, ...]
    matrix: Matrix
    figures: tuple[FigureView, ...]
    relations: tuple[RelationView, ...]
    decided: tuple[Decided, ...]
    corrected: tuple[str, ...]
    walk: tuple[tuple[str, str], ...]
    legend: tuple[RoleView, ...]
    citation: str


def event_view(
    event: Event,
    record: Record,
    *,
    decided: Iterable[Verdict] = (),
    named: Iterable[Event] = (),
    naming: Iterable[Event] = (),
) -> EventView:
    """Return `event` as its page shows it.

    `record` holds its reports and cards of their articles, `decided` are the verdicts on it, `named` the events
    that it names in its relations and `naming` those that name it.
    """
    known = load_ontology().types.get(event.type)
    return EventView(
        title=title_of(event),
        label=type_label(event.type),
        family=_spaced(type_family(event.type)),
        definition=known.definition if known else "",
        status=told_status(event.status),
        warning=is_warning(event.status),
        facts=tuple(_facts(event)),
        corroboration=corroboration_words(event),
        disagreements=tuple(each.text for each in event.disagreements),
        matrix=matrix_of(event, record),
        figures=figure_views(event),
        relations=tuple(_relations(event, named, naming)),
        decided=tuple(_decided(each) for each in decided),
        corrected=tuple(corrected_words(each) for each in event.corrected),
        walk=tuple(_walk(event.crosswalk)),
        legend=LEGEND,
        citation=_citation(event, record),
    )


def title_of(event: Event) -> str:
    """Return the event in a line: "Suicide bombing, Kirkuk, 5 November 2017"."""
    parts = [type_label(event.type)]
    parts += [event.where.name] if event.where else []
    parts += [when_words(event.when)] if event.when.start or event.when.end else []
    return ", ".join(parts)


def _spaced(name: str | None) -> str | None:
    return name.replace("_", " ") if name else None


# fields


def _facts(event: Event) -> Iterator[Fact]:
    when, where = event.when, event.where
    yield Fact(field="when", label="When", values=(_when(when),))
    yield Fact(field="where", label="Where", values=(_where(where),) if where else ())
    yield Fact(field="actors", label="Who", values=tuple(_who(each) for each in event.actors))
    yield Fact(field="targets", label="To whom", values=tuple(_who(each) for each in event.targets))
    for kind in dict.fromkeys(count.kind for count in event.counts):
        values = tuple(_count(count) for count in event.counts if count.kind == kind)
        yield Fact(field=kind, label=COUNT_WORDS[kind].capitalize(), values=values)
    yield Fact(field="status", label="Status", values=(_status(event.status),))


def _status(status: Status) -> Value:
    axes = (status.reality, status.polarity, status.certainty, status.currency)
    notes = (*axes, "contested") if status.contested else axes
    return Value(words=status.word, beside=told_status(status).meaning, notes=notes)


def _when(when: When) -> Value:
    return Value(words=when_words(when), notes=when_notes(when))


def _where(where: Where) -> Value:
    notes = list(where_notes(where))
    if where.latitude is not None and where.longitude is not None:
        notes.append(f"{where.latitude:.4f}, {where.longitude:.4f}")
    others = [_option(each) for each in where.alternatives]
    if others:
        more = len(others) - MOST_ALTERNATIVES
        listed = "; ".join(others[:MOST_ALTERNATIVES]) + (f"; {more} more" if more > 0 else "")
        notes.append(f"may also be {listed}")
    return Value(words=where_words(where), notes=tuple(notes))


def _option(place: PlaceOption) -> str:
    return ", ".join(filter(None, (place.name, place.admin1, country_name(place.country))))


def _who(who: Who) -> Value:
    notes = [f"worded “{who.text}”"] if who.text and who.text.casefold() != who.name.casefold() else []
    notes.append(ACTOR_BASES[who.by])
    kind = who.kind.replace("_", " ") if who.kind != "other" else ""
    return Value(words=who.name, beside=kind, notes=tuple(notes))


def _count(count: HowMany) -> Value:
    notes = [f"worded “{count.text}”"] if count.text else []
    if count.claimant:
        notes.append(f"as {count.claimant.name} says")
    return Value(words=count_words(count), beside=whose_words(count), notes=tuple(notes))


def _walk(walk: Crosswalk) -> Iterator[tuple[str, str]]:
    yield "PLOVER", " ".join(filter(None, (walk.plover.type, walk.plover.mode))) or "–"
    yield "ACLED", " / ".join(filter(None, (walk.acled.event_type, walk.acled.sub_event_type))) or "–"
    yield "CAMEO", walk.cameo or "–"
    yield "UCDP GED", str(walk.ged) if walk.ged else "–"


# beside it


def _relations(event: Event, named: Iterable[Event], naming: Iterable[Event]) -> Iterator[RelationView]:
    """Give what the event is to others, then what others are to it."""
    known = {each.id: each for each in named}
    for relation in event.relations:
        other = known.get(relation.event)
        words = RELATIONS[relation.kind][0]
        row = event_row(other) if other else None
        yield RelationView(kind=relation.kind, words=words, why=relation.why, event=row)
    for other in naming:
        for relation in other.relations:
            if relation.event == event.id:
                words = RELATIONS[relation.kind][1]
                yield RelationView(kind=relation.kind, words=words, why=relation.why, event=event_row(other))


def _decided(verdict: Verdict) -> Decided:
    return Decided(
        verdict=verdict.id,
        by=verdict.by,
        role=verdict.role,
        at=verdict.at[:16].replace("T", " "),
        words=verdict_words(verdict),
    )


def _citation(event: Event, record: Record) -> str:
    reports = [record.reports[each] for each in event.reports if each in record.reports]
    outlets = dict.fromkeys(each.article.outlet or "outlet unknown" for each in reports)
    said = f", as told by {', '.join(outlets)}" if outlets else ""
    where = f", {where_words(event.where)}" if event.where else ""
    what = f"{type_label(event.type)} ({event.status.word})"
    return f"{what}{where}, {when_words(event.when)}{said}. Event {event.id}"
