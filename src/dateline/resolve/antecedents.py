"""Definite descriptions and pronouns, led back to an actor named before them, where only one can be meant."""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.resolve.compose import compose
from dateline.resolve.context import ActorContext, Named, Own
from dateline.resolve.entries import ActorEntry
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import load_nations
from dateline.resolve.persons import Person
from dateline.resolve.wording import keys, words

# Sentences before a description in which its antecedent is sought first; a pronoun looks back one.
NEAR_SENTENCES = 2
_PRONOUN_KINDS = frozenset({"armed_group", "militia", "military", "coalition", "party", "intergovernmental"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_INDEFINITE = frozenset({"a", "an", "another", "any", "no", "each", "every", "other"})
# What kinds a description of one kind may mean, besides itself.
_WIDER: dict[str, frozenset[str]] = {
    "armed_group": frozenset({"militia"}),
    "intergovernmental": frozenset({"coalition"}),
}


def antecedent(core: Span, article: Article, context: ActorContext) -> ActorEntry | Own | None:
    """Return the one actor that "the group", "the Lebanese militants" or "it" can mean at `core`, or None.

    The actors named in this and the two sentences before are looked at first; if there are none of a fitting
    kind, all before in the article. Two that fit leave it open, also where one of them has no entry.
    """
    meant = _meant(core)
    here = article.sentence_at(core.start)
    if meant is None or here is None:
        return None
    everyone: list[Named | Own] = [*context.named, *context.own]
    fitting = [
        one
        for one in everyone
        if one.end <= core.start and one_of(one).kind in meant.kinds and _at_home(one, meant.countries)
    ]
    fitting = [
        one for one in fitting if not (isinstance(one, Named) and (one.entry.office or one.entry.is_office))
    ]
    near = _since(fitting, article, here - meant.reach)
    if not near and meant.reach == NEAR_SENTENCES:
        near = fitting
    keys_ = {identity(one) for one in near}
    if len(keys_) != 1:
        return None
    last = max(near, key=lambda one: one.start)
    return last.entry if isinstance(last, Named) else last


def one_of(one: Named | Own) -> ActorEntry | Own:
    """Return what has the kind: the entry, or the name without one."""
    return one.entry if isinstance(one, Named) else one


def identity(one: Named | Own) -> str:
    """Return what tells two actors of an article apart: the entry's id, or the name."""
    return f"id:{one.entry.id}" if isinstance(one, Named) else " ".join(keys(one.name))


def _at_home(one: Named | Own, countries: frozenset[str]) -> bool:
    """Tell whether the actor belongs to one of `countries`; where none are asked for, always."""
    if not countries:
        return True
    return isinstance(one, Named) and not countries.isdisjoint((one.entry.country or "", *one.entry.active))


def person_before(core: Span, article: Article, context: ActorContext) -> Person | None:
    """Return the person named before whom a surname or "he" at `core` can only mean, or None."""
    found = [word for word in words(core.text) if word.key]
    if not found:
        return None
    earlier = [person for person in context.persons if person.end <= core.start]
    if load_lexicon().pronouns.get(found[0].key) == "person" and len(found) == 1:
        here = article.sentence_at(core.start)
        if here is None:
            return None
        earliest = article.sentences[max(0, here - 1)][0]
        near = [person for person in earlier if _named_between(article.text, person, earliest, core.start)]
        return near[-1] if len({person.name for person in near}) == 1 else None
    path = [word.key for word in found]
    same = [person for person in earlier if _ends_with(person, path)]
    return same[-1] if len({person.name for person in same}) == 1 else None


def _named_between(text: str, person: Person, start: int, end: int) -> bool:
    """Tell whether the person's last name stands in `text[start:end]`."""
    if person.start >= start:
        return True
    own = [word.text for word in words(person.name) if word.key]
    return any(word.text == own[-1] for word in words(text, start, end))


def _ends_with(person: Person, path: list[str]) -> bool:
    own = [word.key for word in words(person.name) if word.key]
    return len(own) > len(path) and own[-len(path) :] == path


def _since(named: Sequence[Named | Own], article: Article, sentence: int) -> list[Named | Own]:
    earliest = article.sentences[max(0, sentence)][0]
    return [one for one in named if one.start >= earliest]


class _Meant(NamedTuple):
    """Of what kinds and countries a described actor can be, and how many sentences back it is sought."""

    kinds: frozenset[str]
    reach: int
    countries: frozenset[str] = frozenset()


def _meant(core: Span) -> _Meant | None:
    lexicon = load_lexicon()
    found = list(words(core.text))
    if len(found) == 1 and found[0].key in lexicon.pronouns and lexicon.pronouns[found[0].key] != "person":
        return _Meant(_PRONOUN_KINDS, 1)
    if any(word.key == "coalition" for word in found) and found[0].key not in _INDEFINITE:
        made = compose(core.text)
        if made and made.group == "coalition" and made.country is None:
            return _Meant(frozenset({"coalition"}), NEAR_SENTENCES)
    if len(found) < 2 or found[0].text.lower() not in _DEFINITE:
        return None
    rest = [word for word in found[1:] if word.key]
    skip = 0
    countries: set[str] = set()
    while skip < len(rest):
        kinds = lexicon.descriptions.get(tuple(word.key for word in rest[skip:]))
        if kinds:
            wider = frozenset().union(*(_WIDER.get(kind, frozenset()) for kind in kinds))
            return _Meant(frozenset(kinds) | wider, NEAR_SENTENCES, frozenset(countries))
        nation = load_nations().at(rest, skip)
        if nation and (nation[0] >= len(rest) or rest[nation[0]].key not in lexicon.helped):
            codes = {use.nation.country or use.nation.code for use in nation[1]}
            countries |= codes
        elif not nation and rest[skip].key not in lexicon.qualifiers | lexicon.helped:
            return None
        skip = nation[0] if nation else skip + 1
    return None
