"""The other slots of MUC-4: classes of participants from their words, and places from the names in the keys."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from dateline.evaluate.muc.gold import body_of, normal
from dateline.evaluate.muc.tables import sentences_of
from dateline.evaluate.wordstats import WordStats, learn
from dateline.train.sources.muckeys import Fill, Template

# Class of a slot that the keys leave empty.
EMPTY = ""
# Slots whose class hangs on the string alone, and those for which its sentences speak.
BY_STRING = {"instrument_type": "instrument", "physical_type": "physical"}
BY_SENTENCE = {"confidence": "organization", "physical_effect": "physical"}
# Words of a place's path that are no names.
_KINDS = frozenset({"city", "department", "town", "neighborhood", "region", "municipality", "village"})


class SlotTables(msgspec.Struct, frozen=True, kw_only=True):
    """Word statistics per slot, and the paths of places by their last name.

    `stats` has the slots `instrument_type`, `physical_type`, `human_type`, `category`, `confidence`,
    `physical_effect` and `human_effect`. `places` leads from a name in small letters to its commonest path
    ("medellin": "COLOMBIA: MEDELLIN (CITY)"), `countries` from any word to how often a message with it had
    its incident in each country.
    """

    stats: Mapping[str, WordStats]
    places: Mapping[str, str]
    countries: WordStats


def learn_slots(messages: Iterable[tuple[str, Sequence[Template]]]) -> SlotTables:
    """Count the statistics on messages with their templates."""
    examples: dict[str, list[tuple[str, list[str]]]] = {}
    places: dict[str, Counter[str]] = {}
    countries: list[tuple[str, list[str]]] = []
    for message, templates in messages:
        body = body_of(message)
        sentences = sentences_of(body)
        for template in templates:
            for slot, name, features in _classes(template, sentences):
                examples.setdefault(slot, []).append((name, features))
            for path in (option for fill in template.location for option in fill.options):
                countries.append((path.partition(":")[0].strip(), place_words(message)))
                for name in names_of(path):
                    places.setdefault(name, Counter())[path_to(path, name)] += 1
    return SlotTables(
        stats={slot: learn(listed) for slot, listed in sorted(examples.items())},
        places={name: min(paths, key=lambda path: (-paths[path], path)) for name, paths in places.items()},
        countries=learn(countries),
    )


def string_words(text: str) -> list[str]:
    """Return the features of a string: its words, and its last one once more."""
    words = normal(text).split()
    return [*words, f"last {words[-1]}"] if words else []


def sentence_words(text: str, sentences: Iterable[str]) -> list[str]:
    """Return the words of the sentences that hold a string, small letters on both sides."""
    plain = f" {normal(text)} "
    held = [sentence for sentence in sentences if plain in f" {normal(sentence)} "]
    return sorted({word for sentence in held[:2] for word in normal(sentence).split()})


def place_words(message: str) -> list[str]:
    """Return the words of a message that may tell its country: those of the head and the first sentences."""
    return sorted(set(normal(message[:600]).split()))


def names_of(path: str) -> Iterator[str]:
    """Yield the names of a path of places ("PERU: LIMA (CITY)"), small letters, without the country."""
    for part in path.split(":")[1:]:
        name = part.partition("(")[0].strip().lower()
        if name and "-" not in name:
            yield name


def path_to(path: str, name: str) -> str:
    """Return a path up to the part with a name."""
    parts: list[str] = []
    for part in path.split(":"):
        parts.append(part.strip())
        if part.partition("(")[0].strip().lower() == name:
            break
    return ": ".join(parts)


def class_of(slot: str, features: Iterable[str], tables: SlotTables) -> str:
    """Return the likeliest class of a slot, EMPTY where nothing speaks for one."""
    stats = tables.stats.get(slot)
    return (stats.best(features) or EMPTY) if stats is not None else EMPTY


def _classes(template: Template, sentences: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (slot, class, features) for what one template teaches."""
    for slot, strings in BY_STRING.items():
        for fill in template.fills(strings):
            for name in _about(template.fills(slot), fill):
                yield from ((slot, name, string_words(option)) for option in fill.options)
    for slot, strings in BY_SENTENCE.items():
        for fill in template.fills(strings):
            for name in _about(template.fills(slot), fill) or [EMPTY]:
                yield slot, name, sentence_words(fill.options[0], sentences)
    yield from _people(template, sentences)
    for category in [option for fill in template.category for option in fill.options[:1]] or [EMPTY]:
        words = [
            word
            for slot in ("individual", "organization")
            for fill in template.fills(slot)
            for option in fill.options
            for word in string_words(option)
        ]
        yield "category", category, [*words, *(f"type {kind}" for kind in template.types)]


def _people(template: Template, sentences: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
    titles = {name: fill.options for fill in template.description for name in fill.referents}
    for fill in (*template.name, *(fill for fill in template.description if not fill.referents)):
        words = [word for option in titles.get(fill.options[0], fill.options) for word in string_words(option)]
        for name in _about(template.human_type, fill):
            yield "human_type", name, words
        for name in _about(template.human_effect, fill) or [EMPTY]:
            context = [f"type {kind}" for kind in template.types]
            yield "human_effect", name, [*sentence_words(fill.options[0], sentences), *context]


def _about(fills: Sequence[Fill], target: Fill) -> list[str]:
    return [fill.options[0] for fill in fills if set(fill.referents) & set(target.options)]
