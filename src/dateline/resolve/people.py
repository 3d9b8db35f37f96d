"""Phrases that name people in a sentence, and the lists that they form: "a nurse and her two sons".

No grammar of English stands behind this: a phrase begins with a number, a determiner or a noun for people and
ends where such a noun does. What is counted is read from the phrase by `quantities.read_count`.
"""

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from dateline.resolve.countgrammar import read_quantity
from dateline.resolve.countnouns import noun_of, plain_word
from dateline.resolve.countwords import load_count_words
from dateline.resolve.masking import AGE_AHEAD, AGED_WORD
from dateline.resolve.tollwords import WIDE, load_toll_words, wording_key

# More words than this before the noun are no description of people.
MAX_RUN = 9
# Words between a noun that describes people and theirs ("a male Red Cross volunteer").
MAX_BETWEEN = 3
# Words of "of ..." behind a noun that belong to the phrase ("two daughters of a village administrator").
MAX_COMPLEMENT = 6

Sort = Literal["counted", "bare", "noun", "loose", "name", "pronoun", "aged"]

# "U.S." keeps its last stop, else "ten U.S. troops" would end there.
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-'’.&/][^\W_]+)*")
# After these a phrase may be somebody although no list knows the noun ("a vaccinator was killed").
_PERSONAL = frozenset({"a", "an", "another", "the", "his", "her", "their"})
PRONOUNS = frozenset({"he", "she", "him", "they", "them"})
_JOINED_NAME = re.compile(r"(?:al|el|ul)-\w+|al|bin|ibn|abu|ould|ag|de|van|von")
# Words that stand between two phrases, although a number may follow them.
_BETWEEN = frozenset({"and", "or", "also", "but"})
_SHARES = frozenset({"most", "many", "some", "half", "several"})
# Behind a form of "to be" these are no people of their own: "a driver and a guard were both killed".
_TOGETHER, _BE = frozenset({"both", "all"}), frozenset({"were", "are", "been", "being"})


def stops() -> frozenset[str]:
    """Return the words that end a phrase for people."""
    return load_toll_words().stops


def determiners() -> frozenset[str]:
    """Return the words that a phrase for people may begin with."""
    return load_toll_words().determiners


class People(msgspec.Struct, frozen=True):
    """A phrase for people at `start:end`; `head` is its noun in lower case, "" where it has none.

    `sort`: "counted" begins with a number or quantifier, "bare" is nothing but one, "noun" has a noun for
    people, "loose" one that no list knows, "name" is a row of capitalised words, "pronoun" is one, "aged" the
    age of somebody ("a 14 and 17-year-old").
    """

    start: int
    end: int
    head: str
    sort: Sort


class _Word(msgspec.Struct, frozen=True):
    start: int
    end: int
    lower: str
    capital: bool


def find_people(text: str, start: int, end: int) -> tuple[People, ...]:
    """Return the phrases for people in `text[start:end]`, in order, not overlapping.

    `text` is as `masking.masked` gives it.
    """
    words = [
        _Word(found.start(), found.end(), found[0].lower(), found[0][0].isupper())
        for found in _WORD.finditer(text, start, end)
    ]
    found: list[People] = []
    index = 0
    passed = _wordings_before(text, start, end)
    while index < len(words):
        if any(first <= words[index].start < last for first, last in passed):
            index += 1
            continue
        people = _at(text, words, index, end)
        if people is None:
            index += 1
            continue
        found.append(people)
        while index < len(words) and words[index].start < people.end:
            index += 1
    return tuple(found)


def _wordings_before(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where "the death of" and "suffered two wounds" stand: who is told of stands beside these."""
    words = load_toll_words()
    keys = ((found.span(), wording_key(found[0])) for found in words.verb.finditer(text, start, end))
    return [span for span, key in keys if words.verbs[key][1] == "of" or " WORDS " in key]


def _at(text: str, words: Sequence[_Word], index: int, end: int) -> People | None:
    word = words[index]
    if word.lower in _BETWEEN or (word.lower in _TOGETHER and index and words[index - 1].lower in _BE):
        return None
    if AGED_WORD.fullmatch(word.lower):
        if _ends_phrase(text, words, index):
            return People(word.start, word.end, word.lower, "noun")
        return _plain(text, words, index)
    if word.lower in PRONOUNS:
        if _is_aside(words, index):
            return None
        return People(word.start, word.end, word.lower, "pronoun")
    if AGE_AHEAD.match(text, word.start, end) is not None:  # "a 14 and 17-year-old"
        return People(word.start, word.end, "", "aged")
    quantity = read_quantity(text, word.start, end)
    if quantity is not None and text[quantity.end : quantity.end + 1] != "-":  # "a twenty-year-old"
        return _counted(text, words, index, quantity.end)
    return _determined(text, words, index) if word.lower in determiners() else _plain(text, words, index)


def _is_aside(words: Sequence[_Word], index: int) -> bool:
    """Tell the "them" of "12 civilians, most of them women": the people stand around it."""
    if index < 2 or words[index - 1].lower != "of" or words[index - 2].lower not in _SHARES:
        return False
    after = index + 1 + (index + 1 < len(words) and words[index + 1].lower in _BE)
    noun = words[after].lower if after < len(words) else ""
    return _is_person(noun) and noun not in load_toll_words().heads


def _determined(text: str, words: Sequence[_Word], index: int) -> People | None:
    """Read what a determiner begins: "a nurse", "another", "the director"."""
    head, stop = _run(text, words, index + 1)
    if head is not None and words[head].lower in load_toll_words().bodies:  # "his body"
        return People(words[index].start, words[head].end, words[head].lower, "loose")
    if head is not None and words[head].lower not in load_toll_words().heads:
        return _people(text, words, index, head)
    if head is not None and head > index + 1 and _is_person(words[head - 1].lower):
        return _people(text, words, index, head - 1)  # "leaving a driver dead"
    if head == index + 1:
        stop = head
    return _loose(text, words, index, stop) if words[index].lower in _PERSONAL else None


def _plain(text: str, words: Sequence[_Word], index: int) -> People | None:
    """Read a phrase without a number or determiner: "civilians", "College professor", a name."""
    tolls = load_toll_words()
    word = words[index].lower
    if word in stops() or word in tolls.heads:
        return None
    if word in tolls.verbs and not _describes(text, words, index):
        return None
    head, _ = _run(text, words, index)
    if head is not None and words[head].lower not in tolls.heads:
        return _people(text, words, index, head)
    return _name(text, words, index)


def _people(text: str, words: Sequence[_Word], first: int, head: int) -> People:
    last = _complement(text, words, head)
    return People(words[first].start, words[last].end, plain_word(words[head].lower), "noun")


def _counted(text: str, words: Sequence[_Word], index: int, stop: int) -> People | None:
    """Read what a number counts; None where it is things."""
    at = index
    while at < len(words) and words[at].start < stop:
        at += 1
    of = at < len(words) and words[at].lower == "of" and _close(text, stop, words[at].start)
    if of:
        at += 1
        if at < len(words) and words[at].lower in ("them", "whom", "us", "those"):
            return People(words[index].start, words[at].end, "them", "counted")
        if at < len(words) and words[at].lower in determiners():
            at += 1
    ends = at >= len(words) or (
        words[at].lower in determiners() and words[at].lower not in ("other", "another")
    )
    if not ends and (of or _close(text, stop, words[at].start)):
        head, after = _run(text, words, at)
        if head is not None:
            return People(
                words[index].start,
                words[_complement(text, words, head)].end,
                plain_word(words[head].lower),
                "counted",
            )
        if after > at:
            return _counted_loose(words, index, at, after, of=of)
    if of or (index and words[index - 1].lower in load_count_words().numbered):
        return None  # "Camp 18" is a name
    return People(words[index].start, stop, "", "bare")


def _counted_loose(words: Sequence[_Word], index: int, first: int, stop: int, *, of: bool) -> People | None:
    """Read a number with a noun that no list knows; behind "of" stands a side ("18 of ISIS") or no people."""
    last = words[stop - 1]
    if _is_thing(last.lower):
        return None
    if of:
        side = all(word.capital for word in words[first:stop]) and not _possessive(last.lower)
        return People(words[index].start, last.end, "them", "counted") if side else None
    plural = last.lower.endswith("s") or stop - first == 1
    return People(words[index].start, last.end, last.lower, "loose") if plural else None


def _run(text: str, words: Sequence[_Word], first: int) -> tuple[int | None, int]:
    """Return the index of the noun for people in the noun phrase that begins at `first`, and where it ends.

    The first noun for people is the head, with further such nouns right behind it ("police officers").
    """
    tolls = load_toll_words()
    head: int | None = None
    bare = plain_word(words[first].lower) in load_count_words().bare if first < len(words) else False
    index = first
    while index < len(words) and index - first < MAX_RUN and _goes_on(text, words, first, index):
        word = words[index]
        plain = plain_word(word.lower)
        if AGED_WORD.fullmatch(word.lower):
            if _ends_phrase(text, words, index):
                return index, index + 1
        elif word.lower in tolls.verbs or plain in tolls.heads:
            if not _describes(text, words, index):
                # "six injured", "several civilian casualties"
                told = plain in tolls.heads and (index == first or word.lower not in tolls.verbs)
                return (index, index + 1) if told else (head, index)
        elif _is_person(word.lower):
            head = index
        elif head is not None and not _describes_on(text, words, head, index):
            if _is_thing(plain) and not _possessive(word.lower):
                return None, index + 1
            return (index if _renames(text, words, head, index) else head), index + 1
        index += 1
    if head is None and bare and index == first + 1:
        return first, index  # "six more"
    return head, index


def _goes_on(text: str, words: Sequence[_Word], first: int, index: int) -> bool:
    """Tell whether the word at `index` may belong to the phrase that begins at `first`."""
    word = words[index].lower
    if index > first and not _close(text, words[index - 1].end, words[index].start):
        return False
    if word in stops() or word in WIDE or (word in determiners() and index > first):
        return False
    return not word[0].isdigit() or AGED_WORD.fullmatch(word) is not None


def _possessive(word: str) -> bool:
    return word.endswith(("'s", "’s"))


def _is_person(word: str) -> bool:
    return not _possessive(word) and noun_of(plain_word(word)) is not None


def _renames(text: str, words: Sequence[_Word], head: int, index: int) -> bool:
    """Tell whether a word that no list knows is the noun that the one before describes ("male vaccinator")."""
    known = noun_of(plain_word(words[head].lower))
    singular = known is not None and known.plural is False
    verbal = words[index].lower.endswith(("ed", "s", "ing")) or words[index].capital
    return singular and not verbal and _ends_phrase(text, words, index)


def _describes_on(text: str, words: Sequence[_Word], head: int, index: int) -> bool:
    """Tell whether the noun found so far only describes one that is to come ("male non-medical staff")."""
    known = noun_of(plain_word(words[head].lower))
    participle = words[index].lower.endswith("ed") and not words[index].capital
    if known is None or known.plural is not False or participle:
        return False
    for at in range(index, min(index + MAX_BETWEEN, len(words) - 1)):
        if _describes(text, words, at):
            return True
        after = words[at + 1]
        if not _close(text, words[at].end, after.start) or after.lower in stops() or _is_thing(after.lower):
            return False
        if after.lower in load_toll_words().verbs:
            return False
    return False


def _describes(text: str, words: Sequence[_Word], index: int) -> bool:
    """Tell "two wounded soldiers", where a participle stands before the noun, from "two soldiers wounded"."""
    if index + 1 >= len(words) or not _close(text, words[index].end, words[index + 1].start):
        return False
    verbs = load_toll_words().verbs
    told = verbs.get(words[index].lower)
    if told is not None and told[1] != "suffered":
        return False
    if f"{words[index].lower} {words[index + 1].lower}" in verbs:
        return False  # "gunmen shot dead a trader"
    following = words[index + 1].lower
    if AGED_WORD.fullmatch(following) and index + 2 < len(words):  # "a wounded 28-year-old driver"
        following = words[index + 2].lower
    return noun_of(plain_word(following)) is not None


def _ends_phrase(text: str, words: Sequence[_Word], index: int) -> bool:
    after = index + 1
    if after >= len(words) or not _close(text, words[index].end, words[after].start):
        return True
    return words[after].lower in stops()


# Marks around a name that belongs to the people ('12 members of the "Free Army" group').
QUOTES = "\"“”'‘’"


def _close(text: str, end: int, start: int, also: str = "") -> bool:
    """Tell whether nothing but blanks, a hyphen or a character of `also` stands between two words."""
    return start - end >= 0 and not text[end:start].strip(f" \n\t\xa0-{also}")


def _complement(text: str, words: Sequence[_Word], head: int) -> int:
    """Return the last word of a name or of an "of" that belongs to the noun at `head`."""
    last = head
    while (
        last + 1 < len(words)
        and words[last + 1].capital
        and _close(text, words[last].end, words[last + 1].start)
        and words[last + 1].lower not in stops()
        and words[last + 1].lower not in load_toll_words().verbs
        and last - head < MAX_COMPLEMENT
    ):
        last += 1
    of = last + 1
    if (
        of >= len(words)
        or words[of].lower != "of"
        or not _close(text, words[last].end, words[of].start, QUOTES)
    ):
        return last
    index = of + 1
    while (
        index < len(words)
        and index - of <= MAX_COMPLEMENT
        and _close(text, words[index - 1].end, words[index].start, QUOTES)
        and (words[index].lower not in stops() or _joins_names(words, index))
        and words[index].lower not in load_toll_words().verbs
        and words[index].lower not in WIDE
    ):
        index += 1
    return index - 1 if index > of + 1 else last


def _joins_names(words: Sequence[_Word], index: int) -> bool:
    """Tell the "and" of "the Relief and Shelter Centre" from one between two phrases."""
    inside = words[index - 1].capital and index + 1 < len(words) and words[index + 1].capital
    return words[index].lower == "and" and inside


def _loose(text: str, words: Sequence[_Word], index: int, stop: int) -> People | None:
    """Return a phrase whose noun no list knows; "another" alone is somebody as well."""
    last = stop - 1
    if last <= index:
        alone = words[index].lower == "another"
        return People(words[index].start, words[index].end, "another", "counted") if alone else None
    if _is_thing(words[last].lower):
        return None
    of = _complement(text, words, last)
    return People(words[index].start, words[of].end, words[last].lower, "loose")


def _is_thing(word: str) -> bool:
    return plain_word(word) in load_count_words().things


def _name(text: str, words: Sequence[_Word], index: int) -> People | None:
    """Return a row of two to five capitalised words that may be somebody's name."""
    last = index
    while (
        last < len(words)
        and (words[last].capital or (last > index + 1 and _JOINED_NAME.fullmatch(words[last].lower)))
        and last - index < 5
        and words[last].lower not in stops()
        and (last == index or _close(text, words[last - 1].end, words[last].start))
    ):
        last += 1
    known = load_count_words()
    if last - index < 2 or any(
        plain_word(word.lower) in known.organisations or _is_thing(word.lower) for word in words[index:last]
    ):
        return None
    return People(words[index].start, words[last - 1].end, "", "name")
