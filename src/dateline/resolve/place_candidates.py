"""Names of an article with what the words around them say and the places that bear them."""

from collections.abc import Iterable, Sequence

import msgspec

from dateline.model.article import Article
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_places import Match, Place
from dateline.resolve.place_clues import Around, Container, abbreviated, is_explicit, is_narrow, look_around
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_phrase import widen
from dateline.resolve.place_rank import Clue, lies_in, rank
from dateline.resolve.place_scan import Known, Name
from dateline.resolve.place_words import place_words

# What is too well known to be taken for a person's name at once.
LARGE = frozenset({"country", "admin1", "region"})
LARGE_TOWN = 100_000
# A name of a place that fits so well is its own or one of its other names, no spelling variant.
FIRM = 0.9
MOST_CONTAINERS = 3


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A name with what the words around it say and the places that bear it."""

    name: Name
    around: Around
    clue: Clue
    contains: bool = False
    relative: bool = False
    part: bool = False
    matches: tuple[Match, ...]


class Seen(msgspec.Struct, frozen=True):
    """A name with what stands around it; `relative` tells that words before it say how a place lies to it.

    `area` is the area that it stands for, where it is the abbreviation of one ("Conn.").
    """

    name: Name
    around: Around
    relative: bool
    area: str | None


def see(article: Article, names: Iterable[Name], known: Known) -> list[Seen]:
    """Return the names with their surroundings read."""
    text = article.text
    return [
        Seen(name, look_around(text, name, known), widen(text, name.start) < name.start, _area(text, name))
        for name in names
    ]


def _candidate(
    article: Article, seen: Seen, held: tuple[Place, ...], context: PlaceContext, gazetteer: Gazetteer
) -> Candidate:
    """Return a name with its clues; `held` is what the name before it may mean, which the text puts into it."""
    name, around = seen.name, seen.around
    if seen.area is not None:
        areas = tuple(match for match in gazetteer.match(seen.area) if match.place.kind in LARGE)
        return Candidate(name=name, around=around, clue=Clue(kind="admin1"), matches=areas)
    wording = article.text[name.core_start : name.core_end]
    # Ordinary words are spelled like some village everywhere.
    is_word = name.key in place_words().ordinary and not name.typed
    matches = gazetteer.match(name.key) if is_word else gazetteer.fitting(wording, context.main_countries())
    clue = Clue(
        kind=name.kind or around.kind,
        inside=contain(around.container, matches, context, gazetteer),
        strict=around.container is None or around.container.strict,
        explicit=is_explicit(around.container),
        narrow=is_narrow(article.text, name.core_end),
        holds=held,
        governed=name.follow in place_words().governments,
        beside=seen.relative,
    )
    return Candidate(name=name, around=around, clue=clue, relative=seen.relative, matches=matches)


def _area(text: str, name: Name) -> str | None:
    """Return the area that an abbreviation stands for: with its full stop, or after a comma ("Dublin, OH")."""
    area = abbreviated(text, name.core_start, name.core_end)
    if area is None:
        return None
    before = text[max(0, name.core_start - 3) : name.core_start]
    meant = "." in text[name.core_start : name.core_end + 1] or before.rstrip().endswith(",")
    return area if meant else None


def candidates_of(
    article: Article, names: Iterable[Seen], context: PlaceContext, gazetteer: Gazetteer, *, part: bool = False
) -> list[Candidate]:
    """Return the names as candidates, each told whether it is the container of one before it.

    `part` tells that they stand inside names of organisations.
    """
    candidates: list[Candidate] = []
    ends: dict[int, tuple[Place, ...]] = {}
    for seen in names:
        name = seen.name
        contains = name.end in ends or name.core_end in ends
        held = ends.get(name.end) or ends.get(name.core_end) or ()
        candidate = _candidate(article, seen, held, context, gazetteer)
        if part or contains:
            candidate = msgspec.structs.replace(candidate, contains=contains, part=part)
        container = candidate.around.container
        if container is not None and candidate.matches and holds(candidate):
            ends[container.end] = firm(candidate.matches) if container.strict else ()
        candidates.append(candidate)
    return candidates


def firm(matches: Iterable[Match]) -> tuple[Place, ...]:
    """Return the places that bear a name as their own or another one, no variant of it."""
    return tuple(match.place for match in matches if match.exactness >= FIRM)


def holds(candidate: Candidate) -> bool:
    """Tell whether the container that the text gives holds a place of the name."""
    return any(lies_in(match.place, outer) for match in candidate.matches for outer in candidate.clue.inside)


def contain(
    container: Container | None, matches: Sequence[Match], context: PlaceContext, gazetteer: Gazetteer
) -> tuple[Place, ...]:
    """Return the places that the container's name may mean: those that hold a bearer of the name, if any does.

    "Savannah, Georgia" and "Batumi, Georgia" tell which Georgia is meant as well as which Savannah.
    """
    if container is None:
        return ()
    clue = Clue(kind=container.kind)
    outer = [item.place for item in rank(container.names[0], clue, context, gazetteer)]
    for inner in (firm(matches), [match.place for match in matches]):
        holding = [place for place in outer if any(lies_in(bearer, place) for bearer in inner)]
        if holding:
            return tuple(holding[:MOST_CONTAINERS])
    return tuple(outer[:1])
