"""What the words right around a name say about it: its kind of place and the place that contains it."""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer_lists import load_aliases
from dateline.resolve.names import type_words
from dateline.resolve.place_scan import Known, Name, first_names
from dateline.resolve.place_words import place_words

# How much of the text after a name is read for its container.
LOOK_AHEAD = 120
NAME_LENGTH = 60
TYPE_BEFORE = 120

_LIST_GOES_ON = re.compile(r"(?:\s*,\s*(?:the\s+)?[A-ZÀ-Þ][^,.;()]{1,30})*\s*,?\s+(?:and|or|&)\s")
_AND = re.compile(r"\s+and\s+(?=[A-ZÀ-Þ])")


class Container(msgspec.Struct, frozen=True):
    """The container that the text gives for a name: its wording, where it ends, and how strictly it contains.

    `strict` is False where the text only says on which side it lies ("north of Diyala"). `kind` is what a type
    word says of it ("Kirkuk province"). `doubtful`: only a comma or a
    possessive leads to it, and it may be the next of a list, or own what the name belongs to.
    """

    names: tuple[str, ...]
    text: str
    end: int
    strict: bool = True
    kind: PlaceKind | None = None
    doubtful: bool = False


def is_explicit(container: Container | None) -> bool:
    """Tell whether words say that a name lies in the container ("X in Kirkuk"), not just a comma."""
    return container is not None and container.strict and not container.doubtful


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """The kind that a type word near the name says, and the name's container."""

    kind: PlaceKind | None = None
    container: Container | None = None


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns of what stands before and after a name."""
    compass, listed = _any(place_words().bearings), _any(plurals())
    befores, kinds = _any(type_words().before), _any({*type_words().after, *type_words().before})
    about = r"(?:just |about |some )?"
    beside = (
        r"on the (?:\w+ )?(?:borders?|boundary|edge|outskirts) (?:between|of|with)|near|outside"
        rf"|{about}(?:[\d.,]+ ?\w+ )?(?:to the )?(?:{compass})\s+(?:of|from)|{about}[\d.,]+ ?\w+ (?:away )?from"
    )
    adjectives = rf"(?:(?:{compass}|city|town|province|district|governorate|state|country)\s+(?:of\s+)?)*"
    outer = rf"(?:(?P<strict>in|of|within)|(?P<loose>{beside}))\s+(?:the\s+)?{adjectives}(?=[A-ZÀ-Þ])"
    item = r"(?!and\b)[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,3}"
    goes_on = rf"in|on|at|near|outside|of|about|some|just|located|situated|where|which|that|with|home|{compass}"
    return {
        "after": re.compile(
            rf"\s(?:(?P<part>{_any(_parts_of_towns())})\b|(?P<kind>{kinds})\b(?!\s+of\b(?!\s+(?:the\s+)?[A-ZÀ-Þ])))"
        ),
        "before": re.compile(
            rf"\b(?:(?P<kind>{befores})\s+of\s+(?:the\s+)?|(?P<plural>{listed})\s+of\s+(?:the\s+)?"
            r"(?:[A-ZÀ-Þ][\w’' -]{0,40}?(?:,\s+(?:and\s+)?|\s+and\s+)){0,6})\Z"
        ),
        "listed": re.compile(
            rf"(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*/\s*){item}){{1,8}}\s(?P<kind>{listed})\b"
        ),
        "comma": re.compile(rf"\s*,\s*(?:(?:the\s+)?(?:far\s+)?(?:{compass})\s+)?(?=[A-ZÀ-Þ])"),
        "including": re.compile(
            rf"(?<!\w)in\s+(?:the\s+)?(?:(?i:{compass})\s+)?(?P<outer>{item})\s*,?\s+(?:including|such\s+as|among\s+them)\s+"
            rf"(?:{item}(?:\s*,\s*(?:and\s+)?|\s+and\s+)){{0,5}}\Z"
        ),
        "direct": re.compile(rf"\s*,?\s+{outer}"),
        "apposed": re.compile(
            rf"\s*,\s*(?:(?:an?|another)\s+(?:[\w’'-]+\s+){{0,4}}?|the\s+(?:[a-z][\w’'-]*\s+){{0,4}}?)(?P<kind>{kinds})"
            rf"(?=\s*[,.;)]|\s+(?:{goes_on})\b|\s+\d)"
            rf"(?:\s*,?\s*(?:(?:located|situated|lying|about|some|just)\s+)?{outer})?"
        ),
    }


def _parts_of_towns() -> list[str]:
    """Return the type words that go on with "of" and a town ("the Domiz neighbourhood of Kirkuk")."""
    return [word for word, kind in type_words().after.items() if kind == "neighbourhood"]


@lru_cache(maxsize=1)
def plurals() -> dict[str, PlaceKind]:
    """Return the type words that follow a list of names ("Diyala and Kirkuk provinces"), in the plural."""
    kinds: dict[str, PlaceKind] = {}
    for word, kind in sorted(type_words().after.items()):
        if kind in ("admin1", "admin2", "settlement", "neighbourhood"):
            kinds[f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"] = kind
    return kinds


def look_around(text: str, name: Name, known: Known) -> Around:
    """Return what the words around `name` in `text` say about it."""
    patterns = _patterns()
    kind, at = _kind_after(text, name.end)
    if kind is None:
        listed = patterns["listed"].match(text, name.end, name.end + LOOK_AHEAD)
        kind = plurals()[listed["kind"]] if listed else None
    if kind is None:
        kind = _kind_before(text, name.start)
    apposed = patterns["apposed"].match(text, at, at + LOOK_AHEAD)
    if apposed is not None:
        words = type_words()
        kind = kind or words.after.get(apposed["kind"]) or words.before.get(apposed["kind"])
        if apposed["strict"] or apposed["loose"]:
            container = _container(text, apposed.end(), known, strict=bool(apposed["strict"]))
            return Around(kind=kind, container=container)
    container = _following(text, at, known) or _possessor(text, name, known) or _before(text, name, known)
    return Around(kind=kind, container=container)


# "The Gaza Strip [city of] Rafah".
_OF = re.compile(
    r"(?P<outer>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,3})\s+(?:[a-z]+\s+)?(?P<kind>[a-z]+)\s+of\s+\Z"
)


def _before(text: str, name: Name, known: Known) -> Container | None:
    """Return the container named before: "towns in Iraq including Zumar", "the Gaza Strip city of Rafah"."""
    before = text[max(0, name.start - TYPE_BEFORE) : name.start]
    found = _OF.search(before) if before.endswith(" of ") else None
    if found is not None and type_words().before.get(found["kind"]) != "settlement":
        found = None  # "the Punjab province of Pakistan" lies the other way round
    if found is None and (" including " in before or " such as " in before or " among them " in before):
        found = _patterns()["including"].search(before)
    if found is None or not known.is_name(found["outer"].split(" ")):
        return None
    outer = found["outer"].removesuffix("'s").removesuffix("’s")
    return Container((outer,), outer, name.start)


def _kind_after(text: str, end: int) -> tuple[PlaceKind | None, int]:
    """Return the kind that the word behind `end` says of a name that ends there, and where that word ends."""
    after = _patterns()["after"].match(text, end, end + 30)
    return (type_words().after.get(after["part"] or after["kind"]), after.end()) if after else (None, end)


def is_narrow(text: str, end: int) -> bool:
    """Tell whether the word behind a name that ends at `end` is said of less than a first-level area."""
    after = _patterns()["after"].match(text, end, end + 30)
    return after is not None and after["kind"] in type_words().narrow


def _kind_before(text: str, start: int) -> PlaceKind | None:
    """Return the kind in "the village of X", "the villages of X, Y and Z"."""
    if " of " not in text[max(0, start - TYPE_BEFORE) : start]:
        return None
    found = _patterns()["before"].search(text[max(0, start - TYPE_BEFORE) : start])
    if found is None:
        return None
    kind = type_words().before[found["kind"]] if found["kind"] else plurals()[found["plural"]]
    # "The outskirts of X", "areas of X" tell how the place lies to X, not what X is.
    return None if kind == "region" else kind


def _following(text: str, at: int, known: Known) -> Container | None:
    comma = _patterns()["comma"].match(text, at, at + LOOK_AHEAD)
    if comma is not None:
        container = _container(text, comma.end(), known, strict=True)
        if container is None or _LIST_GOES_ON.match(
            text, comma.end() + len(container.text), comma.end() + LOOK_AHEAD
        ):
            return None
        return msgspec.structs.replace(container, doubtful=True)
    direct = _patterns()["direct"].match(text, at, at + LOOK_AHEAD)
    if direct is None:
        return None
    return _container(text, direct.end(), known, strict=bool(direct["strict"]))


def _container(text: str, at: int, known: Known, *, strict: bool) -> Container | None:
    """Return the name, or the names joined by "and", that stand at `at`."""
    short = _abbreviation(text, at) if strict else None
    if short is not None:
        return short
    first = _name_at(text, at, known)
    if first is None:
        return None
    second = _AND.match(text, first.end, first.end + 10)
    if not strict and second is not None:
        other = _name_at(text, second.end(), known)
        if other is not None:
            return Container(
                (text[first.core_start : first.core_end], text[other.core_start : other.core_end]),
                text[first.core_start : other.core_end],
                other.end,
                strict,
            )
    core = text[first.core_start : first.core_end]
    return Container((core,), core, first.end, strict, first.kind or _kind_after(text, first.end)[0])


@lru_cache(maxsize=1)
def _no_containers() -> frozenset[str]:
    words = place_words()
    return words.calendar | words.demonyms.keys()


def _name_at(text: str, at: int, known: Known) -> Name | None:
    """Return the known name at `at`; letters that only may be a place's ("IS", "UN") do not count."""
    for name in first_names(text, at, min(len(text), at + NAME_LENGTH), known):
        if name.start == at and name.known and not name.attributive and name.key not in _no_containers():
            country = any(match.place.kind == "country" for match in known.gazetteer.match(name.key))
            is_word = name.key in place_words().ordinary and not name.typed
            return name if country or not (name.acronym or is_word) else None
    return None


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {short: name for name, shorts in load_aliases().abbreviations.items() for short in shorts}
    ordered = sorted(table, key=lambda short: (-len(short), short))
    return re.compile(rf"({'|'.join(re.escape(short) for short in ordered)})(?![\w])"), table


def _abbreviation(text: str, at: int) -> Container | None:
    """Return the container of "Alexandria, La."."""
    pattern, table = _abbreviations()
    found = pattern.match(text, at)
    return None if found is None else Container((table[found[1]],), found[1], found.end())


def abbreviated(text: str, start: int, end: int) -> str | None:
    """Return the name that an abbreviation of an area at `start:end` stands for ("Conn.", "N.D."), or None."""
    pattern, table = _abbreviations()
    found = pattern.match(text, start)
    return table[found[1]] if found and end - start <= len(found[1]) <= end - start + 1 else None


@lru_cache(maxsize=1)
def _possessors() -> re.Pattern[str]:
    """Return the pattern of "Kirkuk's southern", before "Domiz district".

    What stands behind a preposition is not the possessor's, nor what somebody of its own does something to:
    "Israel's army shelled" holds two words, of which the last is no direction.
    """
    way = rf"(?:far\s+)?(?:{_any(place_words().bearings)})\s+"
    one = r"(?!(?:in|at|on|of|from|to|near|with|by|for|into|over)\s)[a-z-]+\s+"
    return re.compile(rf"([A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){{0,3}})[’']s?\s+(?:(?:{one})?{way}|{one})?\Z")


def _possessor(text: str, name: Name, known: Known) -> Container | None:
    """Return the container of "Kirkuk's Domiz district"."""
    before = text[max(0, name.start - 60) : name.start]
    if "'" not in before and "’" not in before:
        return None
    found = _possessors().search(text, max(0, name.start - 60), name.start)
    if found is None or not known.is_name(found[1].split(" ")):
        return None
    return Container((found[1],), found[1], name.start, doubtful=True)
