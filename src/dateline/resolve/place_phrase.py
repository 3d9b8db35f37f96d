"""Take a wording apart: which places it names and how the meant place lies to them."""

import cmath
import math
import re
from functools import lru_cache
from typing import Literal

import msgspec

from dateline.resolve.names import TypedName, normalise, strip_type, type_words
from dateline.resolve.place_words import compass_words, place_words

Relation = Literal["at", "offset", "direction", "near", "part", "between", "border"]

KM_PER_MILE = 1.609344

_NUMBER = (
    r"(?P<number>\d{1,4}(?:[.,]\d+)?)(?:\s*-\s*|\s*)"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi|met(?:er|re)s?|m)\b"
)
_ABOUT = r"(?:about|some|around|roughly|nearly|almost|approximately|just|over|up to|more than|less than)"
_AWAY = r"(?:(?:away\s+)?from|outside(?:\s+of)?)"
_OUTSKIRTS = r"(?:outskirts|edges?|vicinity|suburbs?|environs|perimeter|surroundings|countryside|hinterland)"
_PARTS = (
    r"(?:areas?|parts?|regions?|districts?|sections?|sectors?|neighbou?rhoods?|suburbs|countryside|outskirts|corner"
    r"|provinces?|villages|towns|plains|rim|belt)"
)
_PLAIN_PARTS = r"(?:areas?|parts?|regions?|villages|towns|territory|territories)"
_BORDERS = (
    r"(?:(?:joint|shared|common)\s+)?(?:borders?|boundary|boundaries|frontiers?)"
    r"(?:\s*(?:area|region|strip|line|triangle)s?)?\s+(?:between|of|separating)"
)
_WHERE = r"(?:border\s+)?(?:triangle|point|area|region|place)\s+where\s+(?:the\s+)?"
_NEAR = r"(?:near(?:by)?|outside(?:\s+of)?|close\s+to|not\s+far\s+from|around|surrounding|next\s+to)"
# "The villages around X", "farmland near X".
_LAND = (
    r"(?:villages|hamlets|towns|areas?|districts?|farms|farmland|fields|orchards|hills|plains|roads?|suburbs)"
)
# "Its border with X": what it belongs to stands before it.
_BORDER_WITH = (
    r"(?:(?:the|its|their|his|her)\s+)?(?:[\w-]+\s+)?(?:borders?|boundary|boundaries|frontiers?)\s+"
    r"(?:(?:area|region|strip|line)s?\s+)?with"
)

OWNS = r"['’]s?"
# What a place has on one side: "Mali's northern areas".
OWNED_PARTS = r"(?:areas?|parts?|regions?|countryside|suburbs|outskirts|borders?|districts|provinces|states)"
_OWNED = re.compile(rf"{OWNS}\s")


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A wording taken apart. `names` lie in the wording at their offsets.

    `relation` tells how the meant place lies to the names: "at" (it is the name), "offset" (`distance_km`
    towards `bearing`), "direction" (towards `bearing`, how far is not said), "near", "part" (within it, towards
    `bearing` if one is given), "between" or "border" of several. `wide` tells that the words speak of areas of
    a place, not of the place ("southwestern areas of Kirkuk").
    """

    relation: Relation
    names: tuple[TypedName, ...]
    bearing: float | None = None
    distance_km: float | None = None
    wide: bool = False


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Relation, re.Pattern[str]], ...]:
    """Return the patterns of whole wordings; the first that fits counts."""
    compass = rf"(?P<compass>(?:{compass_words()})(?:(?:\s*,\s*|\s+and\s+)(?:{compass_words()}))*)"
    lead = r"(?:(?:in|at|to|from|into|on|along|across|around|inside|towards?)\s+)?(?:the\s+)?"
    away = rf"(?:{compass}\s*(?:of|from)|(?:away\s+)?from|outside(?:\s+of)?|off)"
    name = r"(?P<name>.+)"
    sources: tuple[tuple[Relation, str], ...] = (
        ("offset", rf"{lead}{_ABOUT}?\s*{_NUMBER}\s+(?:to the\s+)?{away}\s+{name}"),
        ("border", rf"{lead}(?:[\w-]+\s+)?(?:{_WHERE})?{_BORDERS}\s+(?P<name>.+?)(?:\s+(?:meet|converge))?"),
        ("border", rf"{lead}(?:[\w-]+\s+)?{_WHERE}(?P<name>.+?)(?:\s+(?:meet|converge|join|touch))?"),
        (
            "border",
            rf"{lead}(?P<name>\S.+?)[-–](?P<other>[A-Z].+?)\s+(?:border|frontier)(?:\s+(?:area|zone)s?)?",
        ),
        (
            "border",
            rf"(?:(?:near|along|at|on)\s+)?(?P<name>[A-Z].*?){OWNS}\s+{_BORDER_WITH}\s+(?:the\s+)?(?P<other>[A-Z].+)",
        ),
        ("border", rf"{lead}{_BORDER_WITH}\s+(?:the\s+)?{name}"),
        ("border", rf"{lead}(?:border(?:s|ing)?|boundary|frontier)\s+(?:the\s+)?(?P<name>[A-Z].+)"),
        ("between", rf"{lead}(?:(?:area|road|highway)\s+)?between\s+{name}"),
        ("near", rf"{lead}(?:[\w-]+\s+){{0,2}}?{_LAND}\s+{_NEAR}\s+{name}"),
        ("part", rf"{lead}{compass}\s+(?:\w+\s+)?{_PARTS}\s+(?:of|in)\s+{name}"),
        (
            "part",
            rf"{lead}(?:[\w-]+\s+){{0,2}}?{_PARTS}\s+(?:of|in|across)\s+(?:the\s+)?{compass}(?:\s+of)?\s+{name}",
        ),
        ("part", rf"(?:(?:in|at|to|from|across)\s+)?the\s+(?:far\s+)?{compass}\s+of\s+{name}"),
        ("near", rf"{lead}(?:[\w-]+\s+)?{_OUTSKIRTS}\s+of\s+{name}"),
        ("part", rf"{lead}{_PLAIN_PARTS}\s+(?:of|in|within|across)\s+{name}"),
        (
            "part",
            rf"{lead}(?P<name>[A-Z].*?){OWNS}\s+(?:[a-z-]+\s+){{0,3}}?(?:far\s+)?{compass}"
            rf"(?:\s+{OWNED_PARTS})?",
        ),
        ("direction", rf"{lead}{compass}\s+(?:of|from)\s+{name}"),
        ("near", rf"(?:just\s+)?(?:{_NEAR}|on the way to|off)\s+{name}"),
        ("part", rf"{lead}{compass}\s+{name}"),
    )
    return tuple((relation, re.compile(pattern + r"\Z", re.IGNORECASE)) for relation, pattern in sources)


_WIDE = re.compile(_PARTS, re.IGNORECASE)
_LEAD = re.compile(
    r"(?:in|at|to|from|into|inside|of|within|towards?|across|on|through|throughout)\s+(?=\S)", re.IGNORECASE
)
_SPLIT = re.compile(r"\s*(?:,\s*and\s+|,\s*|\s+and\s+|\s+&\s+|\s+to\s+)(?=(?:the\s+)?[A-ZÀ-Þ]|al-|el-)")
# Opposite directions leave no bearing: the mean of their unit vectors is about nought.
_LEAST_LEAN = 0.1
# A wording longer than this is no name of a place.
LONGEST_WORDING = 200
# So far before a name its relation is looked for, in characters.
WIDEST = 60
# One wording is read several times in an article, and many come again in others.
REMEMBERED = 10_000


@lru_cache(maxsize=REMEMBERED)
def read_phrase(wording: str) -> Phrase:
    """Take `wording` apart; one that fits no pattern is a name."""
    if len(wording) > LONGEST_WORDING:
        return Phrase(relation="at", names=(TypedName(wording, 0, len(wording)),))
    described = _described().match(wording)
    if described is not None:
        start = described.end()
        return Phrase(relation="at", names=(_shift(strip_type(wording[start:]), start),))
    for relation, pattern in _patterns():
        found = pattern.match(wording)
        if found is None:
            continue
        groups = found.groupdict()
        names = _names(
            wording, found.start("name"), found.end("name"), several=relation in ("border", "between")
        )
        if groups.get("other"):
            names += _names(wording, found.start("other"), found.end("other"), several=False)
        compass = groups.get("compass")
        if relation == "part" and compass is not None and not _is_plain_part(wording, names):
            continue
        return Phrase(
            relation=relation,
            names=names,
            bearing=bearing_of(compass) if compass else None,
            distance_km=_kilometres(groups["number"], groups["unit"]) if groups.get("number") else None,
            wide=relation == "part" and _WIDE.search(wording, 0, names[0].start) is not None,
        )
    found = _LEAD.match(wording)
    start = found.end() if found else 0
    return Phrase(relation="at", names=(_shift(_stripped(wording[start:]), start),))


@lru_cache(maxsize=1)
def _described() -> re.Pattern[str]:
    """Return the pattern of what describes a name before its type word ("the northern [city of Mosul]")."""
    before = type_words().before
    towns, areas = (
        "|".join(sorted((word for word, kind in before.items() if kind in kinds), key=lambda word: -len(word)))
        for kinds in (("settlement",), ("admin1", "admin2"))
    )
    titled = r"[^\W\d_a-zß-ÿ][\w’'-]*"
    lead = r"(?:(?:[Ii]n|[Aa]t|[Tt]o|[Ff]rom|[Ii]nto|[Ii]nside)\s+)?(?:[Tt]he\s+|[Aa]n?\s+)?"
    like = r"(?:[a-z-]+\s+){0,2}?"
    name = rf"\s+of\s+(?:[Tt]he\s+)?{titled}"
    return re.compile(
        rf"{lead}(?:(?:{compass_words()})\s+(?:{titled}\s+){{0,4}}{like}(?=(?:{towns}|{areas}){name})"
        rf"|(?:{titled}\s+){{1,4}}{like}(?=(?:{towns}){name}))"
    )


def bearing_of(directions: str) -> float | None:
    """Return the middle of the directions named, in degrees from north ("south and west": 225).

    None where they have none ("central") or lie opposite each other ("the north and south").
    """
    bearings = place_words().bearings
    named = [bearings.get(word) for word in re.findall(r"[\w-]+", directions.lower()) if word in bearings]
    lean = sum((cmath.rect(1.0, math.radians(one)) for one in named if one is not None), 0j)
    return round(math.degrees(cmath.phase(lean)) % 360, 1) % 360 if abs(lean) > _LEAST_LEAN else None


def _is_plain_part(wording: str, names: tuple[TypedName, ...]) -> bool:
    """Refuse "South Sudan": a capitalised compass word belongs to the name, unless it ends in "-ern"."""
    if names and names[-1].end < len(wording) and _OWNED.match(wording, names[-1].end) is not None:
        return True  # "Nigeria's northeast"
    head = wording.removeprefix("the ").split(" ", 1)[0]
    return head[:1].islower() or (head.lower().endswith("ern") and bool(names))


def _names(wording: str, start: int, end: int, *, several: bool) -> tuple[TypedName, ...]:
    if not several:
        return (_shift(_stripped(wording[start:end]), start),)
    parts: list[TypedName] = []
    at = start
    for split in _SPLIT.finditer(wording, start, end):
        parts.append(_shift(_stripped(wording[at : split.start()]), at))
        at = split.end()
    parts.append(_shift(_stripped(wording[at:end]), at))
    kind = parts[-1].kind
    if kind is not None:
        parts = [
            part if part.kind else TypedName(part.core, part.start, part.end, kind, parts[-1].word)
            for part in parts
        ]
    return tuple(part for part in parts if part.core.strip())


@lru_cache(maxsize=1)
def _of_a_nation() -> re.Pattern[str]:
    """Return the pattern of what may stand before a type word with "of": "the Afghan [city of ...]"."""
    kinds = "|".join(sorted(type_words().before, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?:the\s+)?(?P<nation>[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ]\w+)?)\s+(?=(?:[a-z-]+\s+)*?(?:{kinds})\s+of\s)"
    )


def _stripped(wording: str) -> TypedName:
    """Part a name from its type word and from the nation before that ("the Iraqi town of Taza")."""
    found = _of_a_nation().match(wording)
    if found is None or normalise(found["nation"]) not in place_words().demonyms:
        return strip_type(wording)
    return _shift(strip_type(wording[found.end() :]), found.end())


def _shift(name: TypedName, by: int) -> TypedName:
    return TypedName(name.core, name.start + by, name.end + by, name.kind, name.word)


def _kilometres(number: str, unit: str) -> float:
    value = float(number.replace(",", "."))
    if unit.lower().startswith(("mi",)):
        return value * KM_PER_MILE
    if unit.lower().startswith("m"):
        return value / 1000
    return value


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    """Return the pattern of what may stand before a name to tell how a place lies to it."""
    compass = f"(?:{compass_words()})"
    ways = (
        rf"(?:{_ABOUT}\s+)?{_NUMBER}\s+(?:to the\s+)?(?:{compass}\s+(?:of|from)|{_AWAY})",
        rf"{compass}\s+(?:\w+\s+)?{_PARTS}\s+(?:of|in)",
        rf"{_LAND}\s+{_NEAR}",
        _BORDER_WITH,
        r"(?:areas?|parts?|regions?)\s+of|(?:villages|towns|areas|districts)\s+(?:of|in)",
        rf"(?:[\w-]+\s+)?{_OUTSKIRTS}\s+of",
        rf"(?:the\s+)?{compass}\s+of",
        _NEAR,
        compass,
    )
    kind = r"(?:the\s+)?(?:(?:city|town|village|province|governorate)\s+of\s+)?"
    return re.compile(rf"\b(?:{'|'.join(ways)})\s+{kind}\Z", re.IGNORECASE)


_JOINT = re.compile(
    rf"\b(?:(?:the\s+)?{_WHERE}|(?:(?:the\s+)?{_WHERE})?(?:the\s+)?(?:{_BORDERS}|(?:(?:area|road|highway)\s+)?between)\s+)(?:the\s+)?\Z",
    re.IGNORECASE,
)


# The words that these patterns may end with: looking for one is far quicker than searching.
_JOINT_ENDS = frozenset(["between", "of", "separating", "the", "where"])
_BEFORE_ENDS = ("of", "from", "in", "the", "near", "nearby", "outside", "to", "around", "surrounding", "with")


@lru_cache(maxsize=1)
def _before_ends() -> frozenset[str]:
    return frozenset([*_BEFORE_ENDS, *place_words().bearings])


def _word_before(text: str, start: int) -> str:
    """Return the word that ends before `start`, in lower case."""
    words = text[max(0, start - WIDEST) : start].rsplit(None, 1)
    return words[-1].lower() if words else ""


def joint_start(text: str, start: int) -> int | None:
    """Return where "the borders of" or "between" begins before a list of names at `start`, else None."""
    floor = max(0, start - WIDEST)
    if _word_before(text, start) not in _JOINT_ENDS:
        return None
    found = _JOINT.search(text[floor:start])
    return None if found is None else floor + found.start()


def widen(text: str, start: int) -> int:
    """Return where the words begin that tell how a place lies to the name at `start`, else `start`."""
    if _word_before(text, start) not in _before_ends():
        return start
    floor = max(0, start - WIDEST)
    begin = _begin_in(text[floor:start])
    return start if begin is None else floor + begin


_WORDS = re.compile(r"[a-z]+")
# One of these, a compass word or a number is among all words that tell how a place lies to another.
_TELLING = frozenset(
    [
        *(
            "area",
            "areas",
            "part",
            "parts",
            "region",
            "regions",
            "district",
            "districts",
            "section",
            "sections",
        ),
        *("sector", "sectors", "neighbourhood", "neighborhood", "neighbourhoods", "neighborhoods", "suburb"),
        *("suburbs", "countryside", "outskirts", "corner", "province", "provinces", "villages", "hamlets"),
        *(
            "towns",
            "plains",
            "rim",
            "belt",
            "farms",
            "farmland",
            "fields",
            "orchards",
            "hills",
            "road",
            "roads",
        ),
        *("edge", "edges", "vicinity", "environs", "perimeter", "surroundings", "hinterland", "near", "nearby"),
        *("outside", "close", "far", "around", "surrounding", "next", "border", "borders", "boundary"),
        *("boundaries", "frontier", "frontiers"),
    ]
)


@lru_cache(maxsize=1)
def _hints() -> frozenset[str]:
    return _TELLING | place_words().bearings.keys()


@lru_cache(maxsize=REMEMBERED)
def _begin_in(before: str) -> int | None:
    """Return where in the words before a name those begin that tell how a place lies to it."""
    words = _WORDS.findall(before.lower())
    if _hints().isdisjoint(words) and not any(map(str.isdigit, before)):
        return None  # quicker than the search, for most names
    found = _before().search(before)
    return None if found is None else found.start()
