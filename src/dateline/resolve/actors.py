"""Spans that name an actor become Who values: catalogue, then antecedents, then composition, then as worded."""

import re
from collections.abc import Callable
from datetime import date

import msgspec

from dateline.model.article import Article
from dateline.model.ids import ActorId
from dateline.model.span import Span
from dateline.model.values import ActorKind, Who, WhoBasis
from dateline.resolve.antecedents import antecedent, person_before
from dateline.resolve.catalogue import Catalogue, Cues, decide
from dateline.resolve.compose import Composed, compose
from dateline.resolve.context import ActorContext, Own, opposed, read_context
from dateline.resolve.edges import trim
from dateline.resolve.entries import ActorEntry
from dateline.resolve.members import only_members
from dateline.resolve.nations import load_nations
from dateline.resolve.persons import Person, read_person
from dateline.resolve.posts import is_filled
from dateline.resolve.shortnames import apposed_kind, full_name, proper_kind
from dateline.resolve.wording import keys

# How sure each way of reading is. "article", "catalogue" and "composed": the share of right ids that
# bench/actors.py finds, rounded down with a margin for running text. That data has no ids for the others, which
# are judgements, only good for an order.
SCORES: dict[WhoBasis, float] = {
    "article": 0.95,
    "catalogue": 0.95,
    "office": 0.9,
    "person": 0.8,
    "short": 0.8,
    "described": 0.7,
    "metonym": 0.8,
    "composed": 0.9,
    "worded": 0.0,
}
# A name that several actors share, where country, company or day chose one of them.
SHARED_SCORE = 0.8

_NO_STATE = frozenset({"armed_group", "militia", "party"})
_JOINT = re.compile(r",? and (?:also )?|,? as well as |, (?!(?:a|an|the|who|which|head|chief) )")
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_BRACKETED_END = re.compile(r"(?P<name>.+\S)\s\((?P<country>[^()]+)\)$")
_OWNED = re.compile(r"(?P<owner>[^\W\d_a-zß-ÿ].*?)['’]s?\s+(?P<owned>[a-z].*)")


def read_actor(
    span: Span,
    article: Article,
    context: ActorContext,
    catalogue: Catalogue,
    *,
    on: date | None = None,
    metonyms: bool = True,
) -> Who:
    """Return the actor that `span` of the article names.

    Tried in this order: the post that somebody comes to hold, a name that the article itself explains, the
    catalogue (the whole wording, a person in it, a group inside its modifiers), the short form of a name given
    in full before, a description that can mean only one actor named before, a country or capital that stands
    for its government, composition from words, and at last the bare wording, with the kind that an apposition
    gives or "other". `by` of the result tells which, and `alternatives` who else bears the name. `on` is the
    day of the event or of publication, for holders of offices. The Who lies within `span`; blanks, quotes,
    brackets and a possessive ending at its edges are left out. Without `metonyms` a country or capital stays a
    place ("shelled Kyiv"): give False for targets. Never raises for a span that lies in the article.
    """
    core = trim(span)
    if not core.text:
        return Who(span.start, span.end, span.text, name=span.text.strip() or span.text)
    asked = _Asked(core=core, article=article, context=context, catalogue=catalogue, on=on)
    readers: tuple[Callable[[_Asked], Who | None], ...] = (
        *(_post, _whole, _owned, _person, _inside, _short, _described),
        *((_state,) if metonyms else ()),
        _composed,
    )
    for read in readers:
        who = read(asked)
        if who:
            return _with_others(asked, who)
    name = " ".join(core.text.split())
    kind = apposed_kind(name, article.text) if name[:1].isupper() else None
    return _with_others(asked, asked.named(name, kind or "other", by="worded"))


def _with_others(asked: "_Asked", who: Who) -> Who:
    """Add the other bearers of a shared name; where none was chosen, what they have in common is kept."""
    others = [entry for entry in asked.bearers if entry.id != who.id and entry.office is None]
    if not others or who.by not in ("catalogue", "composed", "worded"):
        return who
    ids = tuple(entry.id for entry in others)
    if who.by == "catalogue":
        return msgspec.structs.replace(who, alternatives=ids, score=SHARED_SCORE)
    kinds, countries = {entry.kind for entry in others}, {entry.country for entry in others}
    kind = kinds.pop() if who.kind == "other" and len(kinds) == 1 else who.kind
    country = countries.pop() if len(countries) == 1 else None
    return msgspec.structs.replace(who, kind=kind, country=who.country or country, alternatives=ids)


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
    if any(only_members(core.text, hit.start, hit.end) for hit in catalogue.scan(core.text)):
        return True
    return compose(core.text) is not None


def split_actors(span: Span, article: Article, context: ActorContext, catalogue: Catalogue) -> tuple[Span, ...]:
    """Return the spans of the actors that `span` joins ("the police and Boko Haram"), or `span` alone.

    It is parted at "and", "as well as" and commas, but only where each part by itself names an actor, and never
    inside a name of the catalogue or inside brackets.
    """
    shut = [(hit.start, hit.end) for hit in context.within(span.start, span.end)]
    shut += [(span.start + m.start(), span.start + m.end()) for m in _BRACKETS.finditer(span.text)]
    cuts = [
        (span.start + m.start(), span.start + m.end())
        for m in _JOINT.finditer(span.text)
        if not any(start < span.start + m.end() and span.start + m.start() < end for start, end in shut)
    ]
    edges = [span.start, *(edge for cut in cuts for edge in cut), span.end]
    parts = [article.span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    if len(parts) < 2 or not all(looks_like_actor(part.text, catalogue) for part in parts):
        return (span,)
    return tuple(parts)


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of each way of reading: the trimmed span and all that may help to read it."""

    core: Span
    article: Article
    context: ActorContext
    catalogue: Catalogue
    on: date | None

    @property
    def bearers(self) -> tuple[ActorEntry, ...]:
        """Return all entries that can bear the whole wording."""
        return self.bearers_of(self.core.text)

    def bearers_of(self, wording: str) -> tuple[ActorEntry, ...]:
        """Return all entries that can bear the name `wording` here."""
        return self.catalogue.bearers(wording, cues=self.context.cues, all_caps=self.context.all_caps)

    def find(self, wording: str) -> ActorEntry | None:
        """Look `wording` up in the catalogue with the cues of the article."""
        return self.catalogue.weigh(self.bearers_of(wording), on=self.on, cues=self.context.cues)

    def who(self, entry: ActorEntry, by: WhoBasis) -> Who:
        """Return the span as `entry`."""
        return self.named(entry.name, entry.kind, id_=entry.id, country=entry.country, by=by)

    def named(
        self,
        name: str,
        kind: ActorKind,
        *,
        by: WhoBasis,
        id_: ActorId | None = None,
        country: str | None = None,
    ) -> Who:
        """Return the span as the actor called `name`."""
        core = self.core
        return Who(
            core.start,
            core.end,
            core.text,
            name=name,
            id=id_,
            kind=kind,
            country=country,
            by=by,
            score=SCORES[by],
        )


def _post(asked: _Asked) -> Who | None:
    """Read the post that somebody comes to hold ("was named prime minister") as worded, not as its holder."""
    core = asked.core
    if not is_filled(asked.article.text, core.start):
        return None
    entry = asked.find(core.text)
    if entry is None or not (entry.office or entry.is_office) or keys(entry.name)[-1] in keys(core.text):
        return None
    return asked.named(" ".join(core.text.split()), entry.kind, country=entry.country, by="worded")


def _whole(asked: _Asked) -> Who | None:
    """Read the whole wording as a name of the article's own or of the catalogue."""
    path = keys(asked.core.text)
    for alias in asked.context.aliases:
        if alias.path == path and alias.start <= asked.core.start and alias.spelled(asked.core.text):
            if alias.entry:
                return asked.who(alias.entry, "article")
            return _own_name(asked, alias.name, alias.kind, "article")
    entry = asked.find(asked.core.text) or _of_bracketed_country(asked)
    return asked.who(entry, "office" if entry.office or entry.is_office else "catalogue") if entry else None


def _own_name(asked: _Asked, name: str, kind: ActorKind, by: WhoBasis) -> Who:
    """Return the span as an actor that has a name in the article, but no entry."""
    made = compose(name, country=asked.context.country)
    told = proper_kind(name) if kind == "other" else kind
    return asked.named(name, told, country=made.country if made else None, by=by)


def _of_bracketed_country(asked: _Asked) -> ActorEntry | None:
    """Return the entry that "National Salvation Front (South Sudan)" names."""
    parted = _BRACKETED_END.match(asked.core.text)
    country = load_nations().country_of(parted["country"]) if parted else None
    if parted is None or country is None:
        return None
    return asked.catalogue.find(parted["name"], on=asked.on, cues=Cues((country,), (country,)))


def _owned(asked: _Asked) -> Who | None:
    """Read what a person owns or leads ("Col Gaddafi's forces"): they are of that person's country."""
    parted = _OWNED.fullmatch(asked.core.text)
    if parted is None or load_nations().country_of(parted["owner"]):
        return None
    entry = asked.find(parted["owner"])
    if entry is None:
        person = read_person(parted["owner"])
        if person is None:
            return None
        entry = _holder(asked, person)
    elif entry.office is None:
        return None
    if asked.find(parted["owned"]) is not None:
        return None
    made = compose(parted["owned"], country=entry.country if entry else None)
    if made is None:
        return asked.named(asked.core.text, "other", by="worded")
    return _as_made(asked, made, asked.core.text)


def _person(asked: _Asked) -> Who | None:
    """Read a person with a title or description, or one named in full before."""
    core = asked.core
    person = read_person(core.text)
    if person:
        entry = _holder(asked, person)
        if entry:
            return asked.who(entry, "office")
        fuller = person_before(Span(core.start, core.start, person.name), asked.article, asked.context)
        known = fuller or person
        return asked.named(known.name, known.kind, by="person")
    earlier = person_before(core, asked.article, asked.context)
    if earlier is None:
        return None
    entry = asked.find(earlier.name)
    if entry and entry.office:
        return asked.who(entry, "office")
    return asked.named(earlier.name, earlier.kind, by="person")


def _holder(asked: _Asked, person: Person) -> ActorEntry | None:
    """Return the office-holder that "Iraqi Prime Minister (Haider) al-Abadi" means, or None."""
    entry = asked.find(person.name)
    if entry and entry.office:
        return entry
    title = asked.core.text[: person.start]
    if not title.strip():
        return None
    holder = asked.find(title)
    if holder is None or not holder.office:
        return asked.catalogue.titled(title, person.name, on=asked.on)
    own, given = keys(holder.name), keys(person.name)
    return holder if own[-len(given) :] == given else None


def _inside(asked: _Asked) -> Who | None:
    """Read a group inside its modifiers: "suspected Boko Haram fighters", "Islamic State (IS) militants"."""
    core, context = asked.core, asked.context
    hits = [
        (
            hit.start - core.start,
            hit.end - core.start,
            hit.entry or decide(hit.candidates, on=asked.on, cues=context.cues),
        )
        for hit in context.within(core.start, core.end)
    ]
    hits += [
        (one.start - core.start, one.end - core.start, one.entry)
        for one in context.named
        if core.start <= one.start and one.end <= core.end
    ]
    entries = {entry.id: entry for _, _, entry in hits if entry}
    if not hits:
        return _inside_own(asked)
    if len(entries) != 1 or any(entry is None for _, _, entry in hits):
        return None
    entry = next(iter(entries.values()))
    start, end = min(hit[0] for hit in hits), max(hit[1] for hit in hits)
    if entry.office or entry.is_office or opposed(core.text, start):
        return None
    return asked.who(entry, "catalogue") if only_members(core.text, start, end) else None


def _inside_own(asked: _Asked) -> Who | None:
    """Read a group without an entry inside its modifiers ("KLF men")."""
    core = asked.core
    own = [one for one in asked.context.own if core.start <= one.start and one.end <= core.end]
    if len({one.name for one in own}) != 1:
        return None
    start, end = own[0].start - core.start, own[-1].end - core.start
    if opposed(core.text, start) or not only_members(core.text, start, end):
        return None
    given = any(alias.name == own[0].name for alias in asked.context.aliases)
    return asked.named(own[0].name, own[0].kind, by="article" if given else "composed")


def _short(asked: _Asked) -> Who | None:
    """Read the short form of a name that the article gave in full before."""
    name = None if asked.context.all_caps else full_name(asked.core, asked.article.text)
    if name is None:
        return None
    entry = asked.find(name)
    if entry and not entry.office:
        return asked.who(entry, "short")
    made = _own_name(asked, name, "other", "short")
    return made if made.kind != "other" else None


def _described(asked: _Asked) -> Who | None:
    """Read a description or pronoun that only one actor named before can be meant by."""
    found = antecedent(asked.core, asked.article, asked.context)
    if isinstance(found, Own):
        return asked.named(found.name, found.kind, by="described")
    return asked.who(found, "described") if found else None


def _state(asked: _Asked) -> Who | None:
    """Read a country or a capital as its government."""
    nations = load_nations()
    code = nations.country_of(asked.core.text) or nations.seat_of(asked.core.text)
    if code is None:
        return None
    return as_state(asked.core, code)


def as_state(span: Span, code: str) -> Who:
    """Return `span` as the government of the country with this ISO code."""
    return Who(
        span.start,
        span.end,
        span.text,
        name=f"Government of {load_nations().by_code[code].name}",
        id=ActorId(f"{code.lower()}/government"),
        kind="government",
        country=code,
        by="metonym",
        score=SCORES["metonym"],
    )


def _composed(asked: _Asked) -> Who | None:
    """Compose the actor from the words, or take the one that a composed class of a country means."""
    hits = asked.context.within(asked.core.start, asked.core.end)
    # "Boko Haram security forces" are not those of the article's country
    foreign = any(entry.kind in _NO_STATE for hit in hits for entry in hit.candidates)
    made = compose(asked.core.text, country=None if foreign else asked.context.country)
    if made is None:
        return None
    return _as_made(asked, made, made.name)


def _as_made(asked: _Asked, made: Composed, name: str) -> Who:
    """Return the actor that a composed class of a country means, else the composed one under `name`."""
    entry = asked.catalogue.covering(made.id, asked.on) if made.id else None
    if entry:
        return asked.who(entry, "composed")
    return asked.named(name, made.kind, id_=made.id, country=made.country, by="composed")


__all__ = ["ActorContext", "looks_like_actor", "read_actor", "read_context", "split_actors"]
