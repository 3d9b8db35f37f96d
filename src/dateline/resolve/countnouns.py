"""Nouns for people: the head of a phrase, whether it is a plural, and whose number it tells."""

import re
from functools import cache

from dateline.model.values import CountOf
from dateline.resolve.countwords import Noun, load_count_words


def plain_word(word: str) -> str:
    """Return a word in lower case without a possessive ending."""
    return re.sub(r"['’]s?$", "", word.lower())


def people_like(word: str) -> bool:
    """Tell by its ending whether a plural that no list holds names people ("lobbyists")."""
    words = load_count_words()
    return word.endswith(words.people_endings) and word not in words.not_people and len(word) > 4


_PHRASE_END = re.compile(
    r"\s(?:of|in|at|from|with|near|on|by|during|killed|who|whom|that|which|inside|outside|for|to|under|after|"
    r"belonging|working|fleeing|being|trying|including|were|was)\s|[,;(]",
    re.IGNORECASE,
)


def noun_of(word: str) -> Noun | None:
    """Return what is known of a word as a noun for people."""
    known = load_count_words().nouns.get(word)
    if known is not None:
        return known
    if people_like(word):
        return Noun("unknown", plural=True)
    return None


def head_of(body: str) -> tuple[Noun, bool] | None:
    """Return the head noun of a phrase and whether a name follows it ("commander Ali")."""
    end = _PHRASE_END.search(" " + body + " ")
    phrase = (" " + body)[: end.start()].strip() if end else body
    found: Noun | None = None
    named = False
    for word in phrase.split():
        noun = noun_of(plain_word(word.strip(".,\"“”'’")))
        if noun is not None:
            found, named = noun, False
        elif found is not None and plain_word(word) in load_count_words().organisations:
            # "the Free Syrian Army" is no person
            found = None
        elif found is not None:
            named = word[0].isupper()
    return None if found is None else (found, named)


def counts_things(rest: str) -> bool:
    """Tell whether the noun phrase after a number names things: its head is one and no people come first."""
    words = load_count_words()
    end = _PHRASE_END.search(rest + " ")
    phrase = rest[: end.start()] if end and end.start() > 0 else rest
    plain = [plain_word(word.strip(".,\"“”'’")) for word in phrase.split()]
    kinds = [
        "people" if noun_of(word) is not None else "things" if word in words.things else "" for word in plain
    ]
    marked = [kind for kind in kinds if kind]
    return bool(marked) and marked[-1] == "things"


@cache
def _compounds() -> tuple[tuple[str, CountOf], ...]:
    """Return the nouns of more than one word, the longest first."""
    nouns = load_count_words().nouns
    found: list[tuple[str, CountOf]] = [(word, noun.side) for word, noun in nouns.items() if " " in word]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


def side_of(rest: str) -> CountOf:
    """Return whose number it is, by the head noun, or by what "members of" and the like belong to."""
    words = load_count_words()
    phrases = re.split(r"\s+(?:and|or|as well as)\s+|,\s+", rest)
    sides: list[CountOf] = []
    for phrase in phrases:
        lowered = " " + phrase.lower() + " "
        compound = next((side for word, side in _compounds() if f" {word} " in lowered), None)
        if compound is not None and compound != "unknown":
            sides.append(compound)
            continue
        plain = [plain_word(word.strip(".,\"“”'’()")) for word in phrase.split()]
        nouns = [noun.side for noun in map(noun_of, plain) if noun is not None]
        known = [side for side in nouns if side != "unknown"]
        if any(word in words.armed for word in plain) and "civilian" not in known:
            sides.append("combatant")
        elif known:
            sides.append(known[-1] if nouns[-1] != "unknown" else known[0])
        elif nouns:
            sides.append("unknown")
    return whose(sides)


def whose(sides: list[CountOf]) -> CountOf:
    """Return the one side that all tell, "mixed" where they tell two, else "unknown"."""
    told = sorted(set(sides))
    if not told:
        return "unknown"
    if len(told) == 1:
        return told[0]
    return "mixed" if "mixed" in told or {"civilian", "combatant"} <= set(told) else "unknown"
