"""Entries of the actor catalogue, read from rows of YAML and checked."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from dateline.model.ids import ActorId
from dateline.model.values import ActorKind
from dateline.resolve.nations import Nation, load_nations
from dateline.resolve.wording import keys, words

# Until when the holders of offices were reviewed: who was in office then is not taken to be so for ever.
REVIEWED = date(2025, 3, 31)
# Acronyms of so few letters have other meanings elsewhere ("STC", "NDA"), so they count near home only.
SHORT_ACRONYM = 3
# A name of one word with fewer letters is too easily another word, unless its case is fixed.
MIN_NAME = 4

# YAML gives a year as a number, a day as a date and a month as text.
DateText = Any
Reach = Literal["world", "near", "local", "title"]


class Term(msgspec.Struct, frozen=True):
    """A time from `start` to `end`, ISO dates cut to what is known; None is open. `office` is what was held."""

    start: str | None = None
    end: str | None = None
    office: str | None = None

    def may_hold(self, on: date) -> bool:
        """Tell whether the day `on` may lie in it."""
        if self.start is not None and on < bounds(self.start)[0]:
            return False
        return self.end is None or on <= bounds(self.end)[1]

    def surely_holds(self, on: date) -> bool:
        """Tell whether the day `on` lies in it without doubt; an open end is believed until REVIEWED."""
        if self.start is None or on < bounds(self.start)[1]:
            return False
        return on <= (REVIEWED if self.end is None else bounds(self.end)[0])


class ActorEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of the catalogue.

    `country` is ISO 3166-1 alpha-2 or None for a transnational actor; `active` lists more countries where it
    acts. `side` and `parents` are ids of entries. `plover` is a PLOVER sector, `acled` ACLED's actor type.
    `start` and `end` are ISO dates cut to what is known: of existence, or of office for a person, whose
    `office` is then the id of the first office held; `terms` are all the terms, in that and in others. An entry
    with `is_office` is an office, `titles` are its.
    `covers` names the composed classes that it is in its country: the army that "iq/military" means.
    """

    id: ActorId
    name: str
    kind: ActorKind
    country: str | None = None
    active: tuple[str, ...] = ()
    side: str | None = None
    parents: tuple[str, ...] = ()
    plover: str
    acled: str
    start: str | None = None
    end: str | None = None
    office: str | None = None
    is_office: bool = False
    titles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    covers: tuple[str, ...] = ()

    def born_by(self, on: date) -> bool:
        """Tell whether it may have existed on the day `on` or before."""
        return self.start is None or bounds(self.start)[0] <= on

    def alive(self, on: date) -> bool:
        """Tell whether it may have existed (or been in office) on the day `on`."""
        return any(term.may_hold(on) for term in self.terms or (Term(self.start, self.end),))

    def may_hold(self, office: str, on: date) -> bool:
        """Tell whether it may have held `office` on the day `on`."""
        return any(term.office == office and term.may_hold(on) for term in self.terms)

    def surely_holds(self, office: str, on: date) -> bool:
        """Tell whether the dates leave no doubt that it held `office` on the day `on`."""
        return any(term.office == office and term.surely_holds(on) for term in self.terms)


class Name(msgspec.Struct, frozen=True):
    """One name of one entry.

    `exact` is the only spelling allowed (acronyms), or None; `caps_safe` tells that it can be believed in text
    set in capitals. `reach`: a "local" name counts only where the article's leading countries are the entry's,
    a "near" one not where the article names countries and none of them is.
    """

    entry: ActorEntry
    path: tuple[str, ...]
    text: str
    exact: str | None = None
    caps_safe: bool = True
    reach: Reach = "world"
    article: Literal["", "the", "al"] = ""


class _Term(msgspec.Struct, forbid_unknown_fields=True):
    start: DateText = None
    end: DateText = None


class _Holder(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str = ""
    again: bool = False
    aliases: list[str] = []
    local: list[str] = []
    start: DateText = None
    end: DateText = None
    terms: list[_Term] = []


class _Row(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str
    kind: ActorKind
    plover: str
    acled: str
    aliases: list[str] = []
    acronyms: list[str] = []
    not_in_caps: list[str] = []
    local: list[str] = []
    country: str | None = None
    active: list[str] = []
    side: str | None = None
    parents: list[str] = []
    start: DateText = None
    end: DateText = None
    covers: list[str] = []
    titles: list[str] = []
    anywhere: list[str] = []
    holders: list[_Holder] = []


class _More(msgspec.Struct, forbid_unknown_fields=True):
    """What a user's file changes in an actor that is there."""

    id: str
    extend: Literal[True]
    aliases: list[str] = []
    acronyms: list[str] = []
    not_in_caps: list[str] = []
    anywhere: list[str] = []
    local: list[str] = []
    active: list[str] = []
    parents: list[str] = []
    side: str | None = None
    plover: str | None = None
    acled: str | None = None
    start: DateText = None
    end: DateText = None


_ADDED = ("aliases", "acronyms", "not_in_caps", "anywhere", "local", "active", "parents")
_REPLACED = ("side", "plover", "acled", "start", "end")


def bounds(text: str) -> tuple[date, date]:
    """Return the first and last day of an ISO date cut to year, month or day; raises ValueError."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], calendar.monthrange(*parts)[1])
    day = date(parts[0], parts[1], parts[2])
    return day, day


def read_entries(
    rows: Iterable[tuple[str, object]],
) -> tuple[tuple[ActorEntry, ...], tuple[Name, ...], tuple[str, ...]]:
    """Return (entries, names, faults) of `rows`, which are (file name, row) pairs.

    The faults are those of form; `entryfaults.check_entries` tells the others.
    """
    faults: list[str] = []
    read: dict[str, _Row] = {}
    more: list[_More] = []
    for file, raw in rows:
        row = _read_row(file, raw, faults)
        if isinstance(row, _More):
            more.append(row)
        elif row and row.id in read:
            faults.append(f"{file}: {row.id}: the id is given twice")
        elif row:
            read[row.id] = row
    for extension in more:
        target = read.get(extension.id)
        if target is None:
            faults.append(f"{extension.id}: nothing by this id to extend")
            continue
        _extend(target, extension)
    offices = {row.id: _entry(row) for row in read.values()}
    names = [name for row in read.values() for name in _names(offices[row.id], row, faults)]
    held = [(offices[row.id], holder) for row in read.values() for holder in row.holders]
    people = _people(held, set(offices), faults)
    for _, holder in held:
        if not holder.again and holder.id in people:
            names.extend(_holder_names(people[holder.id], holder, faults))
    return (*offices.values(), *people.values()), tuple(names), tuple(faults)


def _extend(row: _Row, more: _More) -> None:
    for field in _ADDED:
        setattr(row, field, [*getattr(row, field), *getattr(more, field)])
    for field in _REPLACED:
        if getattr(more, field) is not None:
            setattr(row, field, getattr(more, field))


def _people(
    held: Sequence[tuple[ActorEntry, _Holder]], taken: set[str], faults: list[str]
) -> dict[str, ActorEntry]:
    """Return the holders of offices by id; one who held two has the terms of both."""
    people: dict[str, ActorEntry] = {}
    for office, holder in held:
        if holder.again:
            continue
        if holder.id in people or holder.id in taken:
            faults.append(
                f"{holder.id}: the id is given twice; write `again: true` for another office of one person"
            )
        elif not holder.name:
            faults.append(f"{holder.id}: has no name")
        else:
            people[holder.id] = _holder_entry(office, holder)
    for office, holder in held:
        if not holder.again:
            continue
        if holder.id not in people:
            faults.append(f"{office.id}: {holder.id} holds it again, but holds no other office")
        else:
            person = people[holder.id]
            terms = (*person.terms, *_terms(office, holder))
            people[holder.id] = msgspec.structs.replace(person, terms=terms)
    return people


def _terms(office: ActorEntry, holder: _Holder) -> tuple[Term, ...]:
    given = holder.terms or [_Term(holder.start, holder.end)]
    return tuple(Term(_text(term.start), _text(term.end), office.id) for term in given)


def _read_row(file: str, raw: object, faults: list[str]) -> _Row | _More | None:
    label = str(raw.get("id", "?")) if isinstance(raw, dict) else "?"
    kind: Any = _More if isinstance(raw, dict) and "extend" in raw else _Row
    try:
        row: _Row | _More = msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        faults.append(f"{file}: {label}: {error}")
        return None
    return row


def _text(value: DateText) -> str | None:
    return None if value is None else str(value)


def _entry(row: _Row) -> ActorEntry:
    return ActorEntry(
        id=ActorId(row.id),
        name=row.name,
        kind=row.kind,
        country=row.country,
        active=tuple(row.active),
        side=row.side,
        parents=tuple(row.parents),
        plover=row.plover,
        acled=row.acled,
        start=_text(row.start),
        end=_text(row.end),
        is_office=bool(row.holders),
        titles=tuple(row.titles),
        covers=tuple(row.covers),
        aliases=(*row.aliases, *row.acronyms, *row.local),
    )


def _holder_entry(office: ActorEntry, holder: _Holder) -> ActorEntry:
    terms = _terms(office, holder)
    return ActorEntry(
        id=ActorId(holder.id),
        name=holder.name,
        kind=office.kind,
        country=office.country,
        active=office.active,
        side=office.side,
        parents=office.parents,
        plover=office.plover,
        acled=office.acled,
        start=terms[0].start,
        end=terms[-1].end,
        terms=terms,
        office=office.id,
        aliases=(*holder.aliases, *holder.local),
    )


def _names(entry: ActorEntry, row: _Row, faults: list[str]) -> Iterator[Name]:
    plain = [text for text in (row.name, *row.aliases) if text not in row.acronyms]
    yield from _plain(entry, [*plain, *_full_titles(entry)], faults)
    yield from _plain(entry, row.local, faults, reach="local")
    yield from _plain(entry, row.titles, faults, reach="title")
    for acronym in row.acronyms:
        exact = "".join(word.text for word in words(acronym)).replace(".", "")
        if not exact:
            faults.append(f"{entry.id}: the acronym {acronym!r} has no letters")
            continue
        short = len(exact) <= SHORT_ACRONYM and acronym not in row.anywhere and _at_home(entry)
        yield Name(
            entry,
            keys(acronym),
            acronym,
            exact=exact,
            caps_safe=acronym not in row.not_in_caps,
            reach="near" if short else "world",
        )
    faults.extend(
        f"{entry.id}: {name!r} is marked but not among its acronyms"
        for name in (*row.not_in_caps, *row.anywhere)
        if name not in row.acronyms
    )


def _at_home(entry: ActorEntry) -> bool:
    """Tell whether it is named in few countries only; media and world bodies are quoted everywhere."""
    return bool(entry.country or entry.active) and entry.kind not in ("media", "ngo", "intergovernmental")


def _holder_names(entry: ActorEntry, holder: _Holder, faults: list[str]) -> Iterator[Name]:
    yield from _plain(entry, [holder.name, *holder.aliases], faults)
    yield from _plain(entry, holder.local, faults, reach="local")


def _plain(
    entry: ActorEntry, given: Sequence[str], faults: list[str], *, reach: Reach = "world"
) -> Iterator[Name]:
    seen: set[tuple[str, ...]] = set()
    for text in given:
        path = keys(text)
        if path in seen:
            continue
        seen.add(path)
        if not path or (len(path) == 1 and len(path[0]) < MIN_NAME):
            faults.append(f"{entry.id}: the name {text!r} is too short; give it under `acronyms`")
            continue
        # outlets are called by common words; their article is what makes them a name
        needed = _article_of(text) if entry.kind == "media" and len(path) == 1 else ""
        yield Name(entry, path, text, reach=reach, article=needed)


def _article_of(text: str) -> Literal["", "the", "al"]:
    """Return the article that `text` begins with."""
    first = next(words(text))
    if first.key:
        return ""
    return "the" if first.text.lower() == "the" else "al"


def _full_titles(office: ActorEntry) -> Iterator[str]:
    nation = load_nations().by_code.get(office.country or "")
    for title in office.titles if nation else ():
        yield from _with_country(title, nation)


def _with_country(title: str, nation: Nation | None) -> Iterator[str]:
    if nation is None:
        return
    for adjective in nation.adjectives:
        yield f"{adjective} {title}"
    yield f"{nation.name} {title}"
    yield f"{title} of {nation.name}"
