"""Definite descriptions and pronouns, led back to an actor named before them, where only one can be meant."""

from collections.abc import Sequence

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.resolve.context import ActorContext, Named
from dateline.resolve.entries import ActorEntry
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.persons import Person
from dateline.resolve.wording import words

# Sentences before a description in which its antecedent is sought first; a pronoun looks back one.
NEAR_SENTENCES = 2
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
# What kinds a description of one kind may mean, besides itself.
_WIDER: dict[str, frozenset[str]] = {
    "armed_group": frozenset({"militia"}),
    "intergovernmental": frozenset({"coalition"}),
}


def antecedent(core: Span, article: Article, context: ActorContext) -> ActorEntry | None:
    """Return the one actor that "the group", "the militants" or "it" can mean at `core`, or None.

    The actors named in this and the two sentences before are looked at first; if there are none of a fitting
    kind, all before in the article. Two that fit leave it open.
    """
    kinds, reach = _meant(core)
    if not kinds:
        return None
    fitting = [one for one in context.named if one.end <= core.start and one.entry.kind in kinds]
    fitting = [one for one in fitting if not (one.entry.office or one.entry.is_office)]
    here = article.sentence_at(core.start)
    if here is None:
        return None
    near = _since(fitting, article, here - reach)
    ids = {one.entry.id for one in near}
    if not ids and reach == NEAR_SENTENCES:
        near, ids = fitting, {one.entry.id for one in fitting}
    return near[-1].entry if len(ids) == 1 else None


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


def _since(named: Sequence[Named], article: Article, sentence: int) -> list[Named]:
    earliest = article.sentences[max(0, sentence)][0]
    return [one for one in named if one.start >= earliest]


def _meant(core: Span) -> tuple[frozenset[str], int]:
    """Return the kinds that the description can mean and how many sentences it looks back."""
    lexicon = load_lexicon()
    found = list(words(core.text))
    if len(found) == 1 and found[0].key in lexicon.pronouns and lexicon.pronouns[found[0].key] != "person":
        return frozenset({"armed_group", "militia", "military", "coalition", "party", "intergovernmental"}), 1
    if len(found) < 2 or found[0].text.lower() not in _DEFINITE:
        return frozenset(), 0
    path = [word.key for word in found[1:] if word.key]
    skip = 0
    while skip < len(path):
        kinds = lexicon.descriptions.get(tuple(path[skip:]))
        if kinds:
            wider = frozenset().union(*(_WIDER.get(kind, frozenset()) for kind in kinds))
            return frozenset(kinds) | wider, NEAR_SENTENCES
        if path[skip] not in lexicon.qualifiers:
            break
        skip += 1
    return frozenset(), 0
