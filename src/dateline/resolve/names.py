"""Names of places as keys: spelling variants and transliterations by rule, never by list.

Three forms of a name, each looser than the one before:

- `normalise`: case, diacritics, apostrophes, hyphens and full stops do not matter;
- `fold`: nor do articles, doubled letters and the usual ways to write one Arabic or Cyrillic sound in Latin
  letters ("Al Hawijah", "Hawija"; "Tall Afar", "Tal Afar"; "Sulaymaniyah", "Suleimaniya");
- `skeleton`: nor do vowels ("Salah ad Din", "Salaheddine"); only for finding candidates, which `similarity`
  of the folded forms then orders.

A place is looked up by the strictest form that finds it.
"""

import re
import unicodedata
from functools import lru_cache
from typing import cast, get_args

import msgspec

from dateline.config import DATA
from dateline.errors import DataError
from dateline.model.values import PlaceKind
from dateline.resolve.place_files import read_table

# The words of an article come again and again; so many keys are kept.
REMEMBERED = 20_000

TYPES_FILE = DATA / "gazetteer" / "types.yaml"

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "ı": "i", "ə": "a", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
        "ħ": "h", "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y",
    }
)  # fmt: skip
_APOSTROPHES = re.compile("['’‘ʿʾ`ʻʼ´′ʹ.\u0640\u200b-\u200f]")
_SHORTENED = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_ASCII_GAPS = re.compile("[^a-z0-9]+")
_GAPS = re.compile(r"[\W_]+")

ARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "il",
        "ad",
        "ed",
        "ud",
        "ash",
        "esh",
        "ush",
        "as",
        "es",
        "us",
        "ar",
        "er",
        "ur",
        "an",
        "en",
        "un",
        "at",
        "et",
        "ut",
        "az",
        "ez",
        "uz",
        "adh",
        "edh",
        "ath",
        "eth",
    ]
)
_ARTICLE_START = re.compile(
    r"(?:al|el) (?=\S{3})|(ad d|ash sh|as s|ar r|an n|at t|az z|adh dh|ath th|ed d|es s|ez z)"
)

# In order; each pair is one way of writing a sound and the letter that stands for it here.
_CONSONANTS: tuple[tuple[str, str], ...] = (
    ("tch", "%"), ("tsh", "%"), ("sch", "$"), ("sh", "$"), ("ch", "%"), ("dzh", "j"), ("dj", "j"), ("zh", "j"),
    ("kh", "h"), ("gh", "g"), ("dh", "z"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("c", "k"),
    ("x", "ks"), ("v", "w"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
# Glides: "iya" is "ia", "ay" before a consonant "e", "aw" before a consonant "o".
_GLIDES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("iy+(?=[aeiou])"), "i"),
    (re.compile("[aei]+y(?=[aeiou])"), "ay"),
    (re.compile("[ae]y"), "e"),
    (re.compile("[ao]w(?![aeiou])"), "o"),
    (re.compile("y(?![aeiou])"), "i"),
)
_VOWEL_PAIRS: tuple[tuple[str, str], ...] = (
    ("ai", "e"), ("ei", "e"), ("ae", "e"), ("au", "o"), ("ou", "u"), ("ie", "i"), ("o", "u"), ("e", "i")
)  # fmt: skip
_LAST_VOWELS = re.compile("(?<=.{3})(?<![ai])[ai]$")
# "-iyah", "-iyeh" and "-iye" are one ending, and another than "-ah".
_LAST_PAIR = re.compile("(?<=.)(?:iy*[ae]|i[ai]|ai)$")
# The French "Salaheddine".
_MUTE = re.compile("dine$")
_FINAL_H = re.compile("(?<=.[aeiou])h$")
# Left out of skeletons: vowels, and h, which many spellings drop ("Qarah Tappah", "Qara Tapa").
_VOWELS = re.compile("[aeiouh]+")
_VOWEL_RUNS = re.compile("[aeiou]+")
_END = re.compile("ia$|[aeiou]$|$")
# Where one form has a vowel more, they must be this alike: "salahudin" and "salahdin" (0.89) are one name,
# "karabila" and "karbala" (0.75) two. Set on the places of UCDP GED in Syria, see bench/places.py.
ALIKE_WITH_VOWEL = 0.8


@lru_cache(maxsize=REMEMBERED)
def normalise(name: str) -> str:
    """Return the key under which `name` is looked up: words of letters and digits, parted by one space.

    Idempotent. Scripts other than Latin stay as they are, without their diacritics.
    """
    if name.isascii():
        bare = name.lower().replace("'", "").replace("`", "").replace(".", "")
        return _spelled_out(_ASCII_GAPS.sub(" ", bare).strip())
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    once = _GAPS.sub(" ", _APOSTROPHES.sub("", bare.casefold().translate(_LETTERS))).strip()
    return _spelled_out(unicodedata.normalize("NFC", once))


def _spelled_out(key: str) -> str:
    """Write out the first word of "St. Marc", "Ft. Hood", "Mt. Sinjar"."""
    head, gap, rest = key.partition(" ")
    return f"{_SHORTENED[head]} {rest}" if gap and head in _SHORTENED else key


def without_article(key: str) -> str:
    """Return `key` without a leading Arabic article ("al hawijah" → "hawijah"), else `key` itself."""
    found = _ARTICLE_START.match(key)
    if found is None:
        return key
    return key[key.index(" ") + 1 :]


@lru_cache(maxsize=REMEMBERED)
def fold(key: str) -> str:
    """Return the form of a normalised `key` that transliterations share; it holds no spaces."""
    words = key.split(" ")
    kept = [word for word in words if word not in ARTICLES] or words
    form = _FINAL_H.sub("", "".join(kept))
    for written, letter in _CONSONANTS:
        form = form.replace(written, letter)
    form = _LAST_PAIR.sub("ia", _MUTE.sub("din", _DOUBLED.sub(r"\1", form)))
    if "y" in form or "w" in form:
        for pattern, letter in _GLIDES:
            form = pattern.sub(letter, form)
    for written, letter in _VOWEL_PAIRS:
        form = form.replace(written, letter)
    return _LAST_VOWELS.sub("a", _DOUBLED.sub(r"\1", form))


def skeleton_of(form: str) -> str:
    """Return the consonants of a folded `form` but for h, with "a" for a vowel at the start."""
    head, tail = form[:1], form[1:]
    return ("a" if head in "aeiou" else head) + _VOWELS.sub("", tail) if form else ""


def skeleton(key: str) -> str:
    """Return the skeleton of a normalised `key`; see `skeleton_of`."""
    return skeleton_of(fold(key))


def similarity(left: str, right: str) -> float:
    """Return how alike two folded forms are: 1 − edits / length of the longer, in 0..1.

    Two that end otherwise are two names ("Salma", "Salamiyah"; "Barik", "Barikiya"): 0. So are those with other
    numbers of vowels, unless they are nearly alike.
    """
    if left == right:
        return 1.0
    if _ending(left) != _ending(right):
        return 0.0
    alike = 1.0 - _edits(left, right) / max(len(left), len(right))
    more = abs(len(_VOWEL_RUNS.findall(left)) - len(_VOWEL_RUNS.findall(right)))
    return alike if more == 0 or (more == 1 and alike >= ALIKE_WITH_VOWEL) else 0.0


def _ending(form: str) -> str:
    """Return with what a form ends: a consonant (""), a vowel ("a") or "ia"."""
    end = _END.search(form)
    return "" if end is None or not end[0] else "ia" if end[0] == "ia" else "a"


def _edits(left: str, right: str) -> int:
    """Return the Levenshtein distance of two short strings."""
    above = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        line = [row]
        for column, other in enumerate(right, start=1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != other)))
        above = line
    return above[-1]


class TypedName(msgspec.Struct, frozen=True):
    """A name without its type word: `wording[start:end] == core`; `kind` is what the word says, if any."""

    core: str
    start: int
    end: int
    kind: PlaceKind | None = None
    word: str | None = None


class TypeWords(msgspec.Struct, frozen=True):
    """The words that say what kind of place a name is, by where they stand.

    After those of `apart` the name says nothing about a town that is called so ("Red River"). Those of `lands`,
    written with a capital, are said of areas in the countries with these codes only. Those of `narrow` are said
    of no first-level area whose names do not hold them.
    """

    after: dict[str, PlaceKind]
    before: dict[str, PlaceKind]
    apart: frozenset[str]
    lands: dict[str, frozenset[str]]
    narrow: frozenset[str]


@lru_cache(maxsize=1)
def type_words() -> TypeWords:
    """Return the type words of data/gazetteer/types.yaml; raises DataError where the file breaks its rules."""
    kinds = get_args(PlaceKind)
    after: dict[str, PlaceKind] = {}
    before: dict[str, PlaceKind] = {}
    content = read_table(TYPES_FILE)
    apart = frozenset(content.pop("apart", ()))
    narrow = frozenset(content.pop("narrow", ()))
    lands = {word: frozenset(codes) for word, codes in content.pop("lands", {}).items()}
    for kind, sides in content.items():
        if kind not in kinds or set(sides) - {"after", "before"}:
            raise DataError(f"{TYPES_FILE.name}: {kind!r} is no kind of place; use one of {', '.join(kinds)}")
        for side, table in (("after", after), ("before", before)):
            for word in sides.get(side, ()):
                if word != word.lower():
                    raise DataError(f"{TYPES_FILE.name}: {kind}.{side}: write {word!r} in lower case")
                table.setdefault(word, cast(PlaceKind, kind))
    unknown = sorted((apart | narrow | set(lands)) - set(after) - set(before))
    if unknown:
        raise DataError(f"{TYPES_FILE.name}: {', '.join(unknown)} stand under no kind; list them there first")
    return TypeWords(after, before, apart, lands, narrow)


def _alternatives(words: dict[str, PlaceKind]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def _type_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = type_words()
    after = re.compile(rf"[\s-](?P<word>{_alternatives(words.after)})\Z", re.IGNORECASE)
    before = re.compile(
        rf"(?:the\s)?(?:(?P<of>{_alternatives(words.before)})\s(?:of\s|du\s|de\s)(?:the\s)?"
        rf"|(?P<word>{_alternatives(words.before)})\s)(?=\S)",
        re.IGNORECASE,
    )
    return after, before


def _inner_of(before: re.Pattern[str], wording: str, start: int, end: int) -> "re.Match[str] | None":
    """Return the last "city of" with a name behind it and nothing but small words or peoples before it."""
    found = None
    for match in before.finditer(wording, start, end):
        described = wording[start : match.start()].split()
        settled = match["of"] and type_words().before[match["of"].lower()] == "settlement"
        if settled and described and described[0][:1].islower() and wording[match.end()].isupper():
            found = match
    return found


@lru_cache(maxsize=REMEMBERED)
def strip_type(wording: str) -> TypedName:
    """Part a name from its type word: "Kirkuk province" is "Kirkuk", admin1.

    A leading "the" goes too, and so does what describes the type ("the second largest city of Mosul"). A
    wording that is nothing but a type word keeps it as its core.
    """
    start = len(wording) - len(wording.lstrip())
    end = len(wording.rstrip())
    after, before = _type_patterns()
    words = type_words()
    if wording[start : start + 4].lower() == "the " and end > start + 4:
        start += 4
    found = after.search(wording, max(start, end - 40), end)
    if found is not None and found.start() > start:
        stop = found.start()
        return TypedName(wording[start:stop], start, stop, words.after[found["word"].lower()], found["word"])
    found = before.match(wording, start, end) or _inner_of(before, wording, start, end)
    if found is not None:
        word = found["of"] or found["word"]
        return TypedName(wording[found.end() : end], found.end(), end, words.before[word.lower()], word)
    return TypedName(wording[start:end], start, end)
