"""Which names of an article are read as places."""

from dateline.model.article import Article
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.names import type_words
from dateline.resolve.place_candidates import Candidate, candidates_of, see
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_scan import Known, Name, scan
from dateline.resolve.place_signs import signs
from dateline.resolve.place_weights import recognition_weights
from dateline.resolve.place_words import PlaceWords, place_words

NEVER = -9.0
# A name that no gazetteer holds is a place when words around it say so: these kinds are said of places only.
SAID_KINDS = frozenset({"settlement", "admin1", "admin2", "neighbourhood"})


def accept(candidate: Candidate, context: PlaceContext) -> bool:
    """Tell whether the name is meant as a place where it stands."""
    return evidence(candidate, context) >= 0.0


def evidence(candidate: Candidate, context: PlaceContext) -> float:
    """Return the log-odds that the name is meant as a place; what plainly is none has NEVER."""
    words = place_words()
    if never(candidate.name) or (candidate.clue.kind is None and _is_bare_word(candidate.name.key, words)):
        return NEVER
    said = _said(candidate, words)
    if not candidate.matches:
        return max(said, 0.0 if _was_said(candidate.name, context, words) else NEVER)
    weights = recognition_weights()
    found = signs(candidate, context)
    return max(said, weights["bias"] + sum(weights[sign] * value for sign, value in found.items()))


def never(name: Name) -> bool:
    """Tell whether the name by itself is none of a place: part of an adjective, a people's, or an owner's."""
    return name.attributive or name.owner or name.key in place_words().demonyms


def part_counts(candidate: Candidate, context: PlaceContext) -> bool:
    """Tell whether a name inside an organisation's is that of a place: the body after it speaks for it."""
    if not candidate.matches or candidate.name.key in place_words().demonyms:
        return False
    weights = recognition_weights()
    found = signs(candidate, context) | {"dwellers": 1.0}
    return weights["bias"] + sum(weights[sign] * value for sign, value in found.items()) >= 0.0


def _is_bare_word(key: str, words: PlaceWords) -> bool:
    types = type_words()
    if key in words.calendar or key in words.numbers:
        return True
    return key in words.bearings or key in types.after or key in types.before


def _said(candidate: Candidate, words: PlaceWords) -> float:
    """Return the evidence that a name is a place, known or not, that is said right around it."""
    name, kind = candidate.name, candidate.clue.kind
    said = kind in SAID_KINDS or (kind is not None and name.typed)
    led = name.lead in words.strong_leads or name.lead == "the" or not name.typed
    if (
        not (said and led)
        or name.acronym
        or name.key in words.ordinary
        or name.key.split(" ")[0] in words.titles
    ):
        return NEVER
    return 0.0


def _was_said(name: Name, context: PlaceContext, words: PlaceWords) -> bool:
    """Tell whether a name that no gazetteer holds is called a place elsewhere in the article, and none here."""
    if name.key not in context.said or name.key in words.ordinary or name.key in context.persons:
        return False
    return not (name.acronym or name.lead in words.titles or name.follow in words.person_verbs)


def accepted(
    article: Article, context: PlaceContext, gazetteer: Gazetteer, start: int, end: int
) -> tuple[Candidate, ...]:
    """Return the names in `article.text[start:end]` that are read as places, in order."""
    known = Known(gazetteer, context.main_countries())
    if end <= context.read_to:
        names = tuple(name for name in context.names if start <= name.start and name.end <= end)
    else:
        names = scan(article.text, start, end, known, all_caps=context.capitals).names
    candidates = candidates_of(article, see(article, names, known), context, gazetteer)
    return tuple(candidate for candidate in candidates if accept(candidate, context))
