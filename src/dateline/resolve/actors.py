"""Spans that name an actor become Who values: catalogue first, then antecedents, then composition, then as worded."""

import re
from datetime import date

from dateline.model.article import Article
from dateline.model.ids import ActorId
from dateline.model.span import Span
from dateline.model.values import ActorKind, Who
from dateline.resolve.antecedents import antecedent, person_before
from dateline.resolve.catalogue import ActorEntry, Catalogue, decide
from dateline.resolve.compose import compose
from dateline.resolve.context import ActorContext, opposed, read_context
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import load_nations
from dateline.resolve.persons import Person, read_person
from dateline.resolve.wording import Word, keys, words

# What may be cut from the edges of a span: blanks, quotation marks, brackets and stops.
_EDGE = " \t\r\n\u00a0\"“”„«»‘’'`´()[]{},;:.!?–—-"
_POSSESSIVE = re.compile(r"['’ʼ‘`´](?:s|S)?$")


def read_actor(
    span: Span,
    article: Article,
    context: ActorContext,
    catalogue: Catalogue,
    *,
    on: date | None = None,
) -> Who:
    """Return the actor that `span` of the article names.

    Tried in this order: a name that the article itself explains, the catalogue (the whole wording, a person in
    it, a group inside its modifiers), a description that only one actor named before can be meant by, a country
    or capital that stands for its government, composition from words, and at last the bare wording with kind
    "other". `on` is the day of the event or of publication, for holders of offices. The Who lies within `span`;
    blanks, quotes, brackets and a possessive ending at its edges are left out. Never raises for a span that
    lies in the article.
    """
    core = trim(span)
    if not core.text:
        return Who(span.start, span.end, span.text, name=span.text.strip() or span.text)
    for read in (_whole, _person, _inside, _described, _state):
        who = read(core, article, context, catalogue, on)
        if who:
            return who
    made = compose(core.text, country=context.country)
    if made:
        return Who(
            core.start, core.end, core.text, name=made.name, id=made.id, kind=made.kind, country=made.country
        )
    return Who(core.start, core.end, core.text, name=" ".join(core.text.split()))


def looks_like_actor(wording: str, catalogue: Catalogue) -> bool:
    """Tell whether `wording` by itself names an actor, not a place or a thing.

    Names of the catalogue, persons with a title and composed actors do; names of countries and capitals, which
    are places first, do not.
    """
    core = trim(Span(0, len(wording), wording))
    if not core.text or load_nations().country_of(core.text) or load_nations().seat_of(core.text):
        return False
    if catalogue.find(core.text) or read_person(core.text):
        return True
    found = [word for word in words(core.text) if word.key]
    for hit in catalogue.scan(core.text):
        if _only_members(core.text, found, hit.start, hit.end):
            return True
    return compose(core.text) is not None


def trim(span: Span) -> Span:
    """Return `span` without blanks, quotes, brackets, stops and a possessive ending at its edges."""
    text, start = span.text, span.start
    kept = text.lstrip(_EDGE)
    start += len(text) - len(kept)
    kept = kept.rstrip(_EDGE)
    kept = _POSSESSIVE.sub("", kept) if len(kept) > 3 else kept
    return Span(start, start + len(kept), kept)


def _who(core: Span, entry: ActorEntry) -> Who:
    return Who(
        core.start, core.end, core.text, name=entry.name, id=entry.id, kind=entry.kind, country=entry.country
    )


def _whole(
    core: Span, article: Article, context: ActorContext, catalogue: Catalogue, on: date | None
) -> Who | None:
    path = keys(core.text)
    for alias in context.aliases:
        if alias.path == path and alias.start <= core.start:
            if alias.entry:
                return _who(core, alias.entry)
            made = compose(alias.name, country=context.country)
            kind: ActorKind = made.kind if made else "other"
            return Who(
                core.start,
                core.end,
                core.text,
                name=alias.name,
                kind=kind,
                country=made.country if made else None,
            )
    entry = catalogue.find(core.text, on=on, countries=context.main, all_caps=context.all_caps)
    return _who(core, entry) if entry else None


def _person(
    core: Span, article: Article, context: ActorContext, catalogue: Catalogue, on: date | None
) -> Who | None:
    person = read_person(core.text)
    if person:
        entry = _holder(core.text, person, context, catalogue, on)
        if entry:
            return _who(core, entry)
        fuller = person_before(Span(core.start, core.start, person.name), article, context)
        name, kind = (fuller.name, fuller.kind) if fuller else (person.name, person.kind)
        return Who(core.start, core.end, core.text, name=name, kind=kind)
    earlier = person_before(core, article, context)
    if earlier is None:
        return None
    entry = catalogue.find(earlier.name, on=on, countries=context.main)
    if entry and entry.office:
        return _who(core, entry)
    return Who(core.start, core.end, core.text, name=earlier.name, kind=earlier.kind)


def _holder(
    text: str, person: Person, context: ActorContext, catalogue: Catalogue, on: date | None
) -> ActorEntry | None:
    """Return the office-holder that "Iraqi Prime Minister (Haider) al-Abadi" means, or None."""
    entry = catalogue.find(person.name, on=on, countries=context.main)
    if entry and entry.office:
        return entry
    title = text[: person.start]
    holder = catalogue.find(title, on=on, countries=context.main) if title.strip() else None
    if holder is None or not holder.office:
        return None
    own = keys(holder.name)
    given = keys(person.name)
    return holder if own[-len(given) :] == given else None


def _inside(
    core: Span, article: Article, context: ActorContext, catalogue: Catalogue, on: date | None
) -> Who | None:
    """Read a group inside its modifiers: "suspected Boko Haram fighters", "Islamic State (IS) militants"."""
    hits = [
        (hit.start, hit.end, hit.entry or decide(hit.candidates, on=on, countries=context.main))
        for hit in catalogue.scan(core.text, countries=context.main)
    ]
    hits += [
        (one.start - core.start, one.end - core.start, one.entry)
        for one in context.named
        if core.start <= one.start and one.end <= core.end
    ]
    entries = {entry.id: entry for _, _, entry in hits if entry}
    if len(entries) != 1 or any(entry is None for _, _, entry in hits):
        return None
    entry = next(iter(entries.values()))
    start, end = min(hit[0] for hit in hits), max(hit[1] for hit in hits)
    found = [word for word in words(core.text) if word.key]
    if opposed(core.text, start) or entry.office or not _only_members(core.text, found, start, end):
        return None
    return _who(core, entry)


def _only_members(text: str, found: list[Word], start: int, end: int) -> bool:
    """Tell whether the words around `text[start:end]` only say that its people are meant."""
    lexicon = load_lexicon()
    before = [word for word in found if word.end <= start]
    after = [word for word in found if word.start >= end]
    if after and text[end : end + 1] in "-‑" and after[0].key in lexicon.helped:
        return False
    light = lexicon.counts | lexicon.collectives | lexicon.determiners | lexicon.qualifiers | lexicon.links
    light |= lexicon.unknown
    light -= lexicon.former
    index = 0
    while index < len(before):
        step = _member_length(before, index) or _nation_length(before, index)
        if step == 0 and before[index].key not in light and not before[index].key.isdigit():
            return False
        index += step or 1
    index = 0
    while index < len(after):
        step = _member_length(after, index)
        if step == 0 and not (after[index].key in lexicon.qualifiers and index + 1 < len(after)):
            return text[end : after[index].start].strip(" )”\"’'").startswith(",") or _place_follows(
                after, index
            )
        index += step or 1
    return True


def _member_length(found: list[Word], index: int) -> int:
    hit = next(load_lexicon().members.starts(found, index), None)
    return hit[0] - index if hit else 0


def _nation_length(found: list[Word], index: int) -> int:
    hit = load_nations().at(found, index)
    return hit[0] - index if hit else 0


def _place_follows(after: list[Word], index: int) -> bool:
    """Tell whether the group's people are only placed by what follows ("IS fighters in Mosul")."""
    return after[index].key in (
        "in",
        "from",
        "near",
        "at",
        "inside",
        "around",
        "who",
        "that",
        "which",
        "on",
        "across",
    )


def _described(
    core: Span, article: Article, context: ActorContext, catalogue: Catalogue, on: date | None
) -> Who | None:
    entry = antecedent(core, article, context)
    return _who(core, entry) if entry else None


def _state(
    core: Span, article: Article, context: ActorContext, catalogue: Catalogue, on: date | None
) -> Who | None:
    nations = load_nations()
    code = nations.country_of(core.text) or nations.seat_of(core.text)
    if code is None:
        return None
    name = f"Government of {nations.by_code[code].name}"
    made = ActorId(f"{code.lower()}/government")
    return Who(core.start, core.end, core.text, name=name, id=made, kind="government", country=code)


__all__ = ["ActorContext", "looks_like_actor", "read_actor", "read_context", "trim"]
