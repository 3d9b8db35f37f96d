"""The words from which actors are composed, loaded from `data/actors/compose.yaml` and checked."""

from functools import cache
from typing import Literal, cast, get_args

import msgspec

from dateline.errors import DataError
from dateline.model.values import ActorKind
from dateline.resolve.nations import FOLDER, load_yaml
from dateline.resolve.wording import Trie, fold, keys


class ActorClass(msgspec.Struct, frozen=True):
    """What a noun makes of an actor: second half of a composed id, kind, and whether it belongs to a state."""

    name: str
    kind: ActorKind
    state: bool


# Kinds of groups whose names are told by their last word ("Danu Liberation Front").
_ARMED: tuple[ActorKind, ...] = ("armed_group", "militia")
Number = Literal["one", "many", "person"]


class Lexicon(msgspec.Struct, frozen=True):
    """The words of `compose.yaml`, as keys (`wording.keys`), phrases filed for scanning."""

    counts: frozenset[str]
    collectives: frozenset[str]
    determiners: frozenset[str]
    qualifiers: frozenset[str]
    members: Trie[bool]
    links: frozenset[str]
    helped: frozenset[str]
    ends: frozenset[str]
    unknown: frozenset[str]
    nouns: Trie[ActorClass]
    classes: dict[str, ActorClass]
    titles: Trie[ActorKind]
    words: frozenset[str]
    former: frozenset[str]
    foreign: frozenset[str]
    stops: frozenset[str]
    openers: frozenset[str]
    insurgent: frozenset[str]
    partisan: frozenset[str]
    lower_titles: frozenset[str]
    common_titles: Trie[bool]
    particles: frozenset[str]
    proper: Trie[ActorKind]
    armed_names: dict[str, ActorKind]
    descriptions: Trie[ActorKind]
    pronouns: dict[str, Number]


_SETS = (
    "counts",
    "collectives",
    "determiners",
    "qualifiers",
    "links",
    "helped",
    "ends",
    "unknown",
    "former",
    "foreign",
    "stops",
    "openers",
    "insurgent",
    "partisan",
    "lower_titles",
)
# Sets of words that may well stand in a name of its own, so they are no common words of composition.
_NAMES_ONLY = ("stops", "openers", "insurgent", "partisan", "lower_titles")


@cache
def load_lexicon() -> Lexicon:
    """Return the words of the package; raises DataError with all faults of the data."""
    data = load_yaml(FOLDER / "compose.yaml")
    faults: list[str] = []
    sets = {name: frozenset(key for word in data[name] for key in _keys(word, name, faults)) for name in _SETS}
    nouns: Trie[ActorClass] = Trie()
    classes: dict[str, ActorClass] = {}
    for row in data["classes"]:
        made = ActorClass(row["class"], row["kind"], bool(row.get("state", False)))
        classes[made.name] = made
        if made.kind not in get_args(ActorKind):
            faults.append(f"class {made.name}: unknown kind {made.kind}")
        for noun in row["nouns"]:
            path = _keys(noun, made.name, faults)
            if path and nouns.get(path):
                faults.append(f"class {made.name}: {noun!r} stands in two classes")
            elif path:
                nouns.add(path, made)
    by_kind = {name: _by_kind(data[name], name, faults) for name in ("titles", "proper", "descriptions")}
    pronouns = {
        fold(word): cast(Number, number) for number, given in data["pronouns"].items() for word in given
    }
    members: Trie[bool] = Trie((keys(word), True) for word in data["members"] if _keys(word, "members", faults))
    if faults:
        raise DataError("compose.yaml: " + "; ".join(faults) + "; repair the file")
    every = [*data["members"], *(noun for row in data["classes"] for noun in row["nouns"])]
    known = frozenset(key for word in every for key in keys(word)) | frozenset().union(
        *(sets[name] for name in _SETS if name not in _NAMES_ONLY)
    )
    return Lexicon(
        counts=sets["counts"],
        collectives=sets["collectives"],
        determiners=sets["determiners"],
        qualifiers=sets["qualifiers"],
        links=sets["links"],
        helped=sets["helped"],
        ends=sets["ends"],
        unknown=sets["unknown"],
        former=sets["former"],
        foreign=sets["foreign"],
        stops=sets["stops"],
        openers=sets["openers"],
        insurgent=sets["insurgent"],
        partisan=sets["partisan"],
        lower_titles=sets["lower_titles"],
        titles=by_kind["titles"],
        proper=by_kind["proper"],
        armed_names={fold(word): kind for kind in _ARMED for word in data["name_ends"][kind]},
        descriptions=by_kind["descriptions"],
        members=members,
        common_titles=Trie((keys(word), True) for word in data["common_titles"]),
        nouns=nouns,
        classes=classes,
        words=known,
        particles=frozenset(fold(word) for word in data["particles"]),
        pronouns=pronouns,
    )


def _by_kind(given: dict[str, list[str]], place: str, faults: list[str]) -> Trie[ActorKind]:
    filed: Trie[ActorKind] = Trie()
    for kind, phrases in given.items():
        if kind not in get_args(ActorKind):
            faults.append(f"{place}: unknown kind {kind}")
        for phrase in phrases:
            path = _keys(phrase, place, faults)
            if path:
                filed.add(path, cast(ActorKind, kind))
    return filed


def _keys(word: object, place: str, faults: list[str]) -> tuple[str, ...]:
    if isinstance(word, str) and keys(word):
        return keys(word)
    faults.append(f"{place}: {word!r} is not a word; quote words that YAML reads as truth values")
    return ()
