"""All that an article names of places: places, peoples, and the places inside names of organisations.

Only the first may be where something happened. Researchers who ask what a text refers to, and sets of gold
names that count all three, get them here.
"""

import re
from typing import Literal

import msgspec

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.names import normalise
from dateline.resolve.place_candidates import candidates_of, see
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_evidence import accepted, part_counts
from dateline.resolve.place_scan import Known, scan
from dateline.resolve.place_words import place_words

Role = Literal["place", "people", "part"]

# "Kirkuk-based" tells of the place as the first word of an organisation's name does.
_COMPOUND = re.compile(
    r"(?<![\w.-])([A-ZÀ-Þ][^\W\d_]+(?: [A-ZÀ-Þ][^\W\d_]+){0,2})"
    r"-(?:based|area|born|bound|held|controlled|wide)(?!\w)"
)
_WORD = re.compile(r"[A-ZÀ-Þ][^\W\d_]+")


class Reference(msgspec.Struct, frozen=True):
    """A name `span` and what it is: a place, a "people" ("Syrian", "US" before a noun), or a "part".

    Parts are names of places inside those of organisations and in compounds ("Kirkuk Police Department",
    "Kirkuk-based").
    """

    span: Span
    role: Role


def find_references(article: Article, context: PlaceContext, gazetteer: Gazetteer) -> tuple[Reference, ...]:
    """Return the names in `article`, in order, not overlapping; type words are left out of spans."""
    end = len(article.text)
    found = {
        (candidate.name.start, candidate.name.end): Reference(
            article.span(candidate.name.start, candidate.name.end), "place"
        )
        for candidate in accepted(article, context, gazetteer, 0, end)
    }
    known = Known(gazetteer, context.main_countries())
    everything = scan(article.text, 0, end, known, all_caps=context.capitals)
    for candidate in candidates_of(article, see(article, everything.parts, known), context, gazetteer):
        if part_counts(candidate, context):
            bounds = candidate.name.start, candidate.name.end
            found.setdefault(bounds, Reference(article.span(*bounds), "part"))
    for compound in _COMPOUND.finditer(article.text):
        if known.is_name(compound[1].lower().split(" ")):
            found.setdefault(compound.span(1), Reference(article.span(*compound.span(1)), "part"))
    taken = sorted(found)
    adjectives = [
        (name.start, name.end)
        for name in everything.names
        if name.acronym and any(match.place.kind == "country" for match in gazetteer.match(name.key))
    ]
    for start, stop in (*adjectives, *_peoples(article.text)):
        if not any(begin < stop and start < until for begin, until in taken):
            found[start, stop] = Reference(article.span(start, stop), "people")
    return tuple(found[bounds] for bounds in sorted(found))


def _peoples(text: str) -> list[tuple[int, int]]:
    """Return where names of peoples stand, two words before one ("South Korean")."""
    demonyms = place_words().demonyms
    words = [found.span() for found in _WORD.finditer(text)]
    bounds: list[tuple[int, int]] = []
    for (start, end), (_, after) in zip(words, [*words[1:], (0, 0)], strict=True):
        if bounds and start < bounds[-1][1]:
            continue
        if text[end : end + 1] == " " and normalise(text[start:after]) in demonyms:
            bounds.append((start, after))
        elif normalise(text[start:end]) in demonyms:
            bounds.append((start, end))
    return bounds
