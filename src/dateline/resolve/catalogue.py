"""The reviewed catalogue of actors: groups, forces, offices and their holders, bodies, media.

The entries are data (`data/actors/*.yaml`; the fields are told in docs/reference/actors.md). Loading checks all
of them and raises one DataError with every fault. Names that several actors share are never decided silently:
a country or a date decides, or the name is not found.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from dateline.errors import DataError
from dateline.model.ids import ActorId
from dateline.model.span import Span
from dateline.resolve.entries import ActorEntry, Name, read_entries
from dateline.resolve.entryfaults import check_entries
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import FOLDER, load_yaml
from dateline.resolve.wording import Trie, Word, keys, words

# Wordings of actors come again and again, in one article and in all; so many are kept.
REMEMBERED = 10_000

# Files of the folder that hold entries; the others hold words.
ENTRY_FILES = (
    "armed_groups_africa.yaml",
    "armed_groups_americas_europe.yaml",
    "armed_groups_asia.yaml",
    "armed_groups_latin_america_history.yaml",
    "armed_groups_mena.yaml",
    "armed_groups_syria.yaml",
    "coalitions_igos.yaml",
    "media.yaml",
    "offices_africa.yaml",
    "offices_americas_europe.yaml",
    "offices_asia.yaml",
    "offices_mena.yaml",
    "offices_world.yaml",
    "parties_ngos.yaml",
    "state_forces_africa.yaml",
    "state_forces_americas_europe.yaml",
    "state_forces_asia.yaml",
    "state_forces_mena.yaml",
)
# Words around a hit that are looked at to tell whether the text is set in capitals there.
CAPS_WINDOW = 3
MIN_CAPS = 2  # one capital word beside an acronym may be another acronym
CAPS_SHARE = 0.66  # a headline in capitals may run into ordinary text
_PARTING = ',;:!?()[]{}\n”“"'
LONGEST_INITIAL = 2  # a full stop after a longer word ends a sentence, not an initial ("H. W.", "Jr.")
_LEADING = frozenset({"a", "an", "so", "called", "self", "styled", "proclaimed", "declared", "its", "their"})


class Hit(Span, frozen=True, kw_only=True):
    """A name of the catalogue in a text; several `candidates` share an ambiguous name."""

    candidates: tuple[ActorEntry, ...]

    @property
    def entry(self) -> ActorEntry | None:
        """Return the entry when only one bears the name."""
        return self.candidates[0] if len(self.candidates) == 1 else None


class Cues(NamedTuple):
    """What in an article tells actors of one name apart.

    `leading` are the countries that lead in it and `mentioned` all that it names (ISO codes); `company` are the
    ids of the actors that it names beyond doubt, of their parents and of the side that they are on.
    """

    leading: Collection[str] = ()
    mentioned: Collection[str] = ()
    company: Collection[str] = ()

    def lead(self, entry: ActorEntry) -> bool:
        """Tell whether a leading country is one of the entry's."""
        return entry.country in self.leading or not set(entry.active).isdisjoint(self.leading)

    def contradict(self, entry: ActorEntry) -> bool:
        """Tell whether the article names countries, and none of them is one of the entry's."""
        named = {*self.leading, *self.mentioned}
        return bool(named) and entry.country not in named and named.isdisjoint(entry.active)

    def accompany(self, entry: ActorEntry) -> bool:
        """Tell whether the article names the entry, its side, a parent or a part of it beyond doubt."""
        return not {entry.id, *kin(entry)}.isdisjoint(self.company)


def kin(entry: ActorEntry) -> tuple[str, ...]:
    """Return the ids of the parents and of the side of `entry`."""
    return (*entry.parents, *([entry.side] if entry.side else []))


NO_CUES = Cues()


class Catalogue:
    """A loaded catalogue; it does not change after loading."""

    def __init__(self, entries: Sequence[ActorEntry], names: Iterable[Name]) -> None:
        """Take checked `entries` and all their names."""
        self.entries = tuple(sorted(entries, key=lambda entry: entry.id))
        self._by_id = {entry.id: entry for entry in self.entries}
        self._trie: Trie[Name] = Trie((name.path, name) for name in names)
        self._covers: dict[str, list[ActorEntry]] = {}
        for entry in self.entries:
            for group in entry.covers:
                self._covers.setdefault(f"{(entry.country or '').lower()}/{group}", []).append(entry)
        self._surnames: dict[str, list[ActorEntry]] = {}
        self._holders: dict[str, list[ActorEntry]] = {}
        for entry in self.entries:
            for office in dict.fromkeys(term.office for term in entry.terms if term.office):
                self._holders.setdefault(office, []).append(entry)
            if entry.office:
                self._surnames.setdefault(keys(entry.name)[-1], []).append(entry)

    def get(self, actor: str) -> ActorEntry | None:
        """Return the entry with the id `actor`, or None."""
        return self._by_id.get(ActorId(actor))

    def holder(self, office: str, on: date | None) -> ActorEntry | None:
        """Return who surely held `office` on the day `on`; None when unknown or two may have."""
        if on is None:
            return None
        maybe = [entry for entry in self._holders.get(office, ()) if entry.may_hold(office, on)]
        return maybe[0] if len(maybe) == 1 and maybe[0].surely_holds(office, on) else None

    def titled(self, title: str, surname: str, *, on: date | None) -> ActorEntry | None:
        """Return the one holder whom "President Hollande" can mean (on the day, if one is given), or None.

        `title` must end with a title of the office, `surname` with the last part of the holder's name.
        """
        path, name = keys(title), keys(surname)
        found = [
            entry
            for entry in self._surnames.get(name[-1] if name else "", ())
            if keys(entry.name)[-len(name) :] == name and (on is None or entry.alive(on))
        ]
        bearing = [entry for entry in found if self._bears(entry, path)]
        return bearing[0] if len(bearing) == 1 else None

    def _bears(self, holder: ActorEntry, path: tuple[str, ...]) -> bool:
        offices = [self._by_id[ActorId(term.office)] for term in holder.terms if term.office]
        titles = [keys(title) for office in offices for title in (*office.titles, *office.aliases)]
        return any(title and path[-len(title) :] == title for title in titles)

    def covering(self, composed: str, on: date | None) -> ActorEntry | None:
        """Return the one actor that a composed id ("cd/military") means on the day `on`, or None.

        Without a day only an actor that still exists can be meant.
        """
        found = [e for e in self._covers.get(composed, ()) if (e.alive(on) if on else e.end is None)]
        return found[0] if len(found) == 1 else None

    def find(
        self, wording: str, *, on: date | None = None, cues: Cues = NO_CUES, all_caps: bool = False
    ) -> ActorEntry | None:
        """Return the entry that `wording` as a whole names, or None.

        Case, diacritics, hyphens, articles, possessives and "so-called" do not matter, but acronyms must stand
        in their own case, and those that are English words ("IS") are not found in text set in capitals. A
        name that several actors share is decided by the `cues` and by the day `on`; when these do not decide,
        None. The title of an office gives its holder on the day, else the office.
        """
        return self.weigh(self.bearers(wording, cues=cues, all_caps=all_caps), on=on, cues=cues)

    def bearers(self, wording: str, *, cues: Cues = NO_CUES, all_caps: bool = False) -> tuple[ActorEntry, ...]:
        """Return all entries that can bear the name `wording` in an article with these `cues`."""
        spoken = _spoken(wording)
        found = [word for word in spoken if word.key]
        while found and found[0].key in _LEADING:
            del found[0]
        article = _article(spoken[:1])
        names = self._trie.get(tuple(word.key for word in found))
        names = tuple(name for name in names if name.article in ("", article))
        return _distinct(name.entry for name in names if _admits(name, found, cues, all_caps))

    def weigh(
        self, candidates: Sequence[ActorEntry], *, on: date | None = None, cues: Cues = NO_CUES
    ) -> ActorEntry | None:
        """Return the one of `candidates` that cues and day leave, for an office its holder; else None."""
        entry = decide(candidates, on=on, cues=cues)
        if entry is None or entry.id not in self._holders:
            return entry
        return self.holder(entry.id, on) or entry

    def scan(self, text: str, *, cues: Cues = NO_CUES, found: Sequence[Word] | None = None) -> tuple[Hit, ...]:
        """Return all names of the catalogue in `text`, in order, not overlapping, longest first at each place.

        A name must stand at word bounds and begin with a capital (acronyms in their own case). Names that are
        common words of many countries ("Federal Police") count only where their country leads by the `cues`.
        `found` are the words of the text, where the caller has them.
        """
        listed = list(words(text)) if found is None else list(found)
        hits: list[Hit] = []
        index = 0
        while index < len(listed):
            hit, index = self._hit(text, listed, index, cues) if listed[index].key else (None, index + 1)
            if hit:
                hits.append(hit)
        return tuple(hits)

    def _hit(self, text: str, found: list[Word], index: int, cues: Cues) -> tuple[Hit | None, int]:
        for after, names in self._trie.starts(found, index):
            stretch = [word for word in found[index:after] if word.key]
            if not any(word.capital or word.text.isdigit() for word in stretch):
                continue
            caps = any(name.exact for name in names) and in_capitals(text, found, index, after)
            article = _article(found[index - 1 : index])
            good = [
                name
                for name in names
                if name.reach != "title"
                and name.article in ("", article)
                and _admits(name, stretch, cues, caps)
                and _unbroken(text, found[index:after], name.text)
            ]
            if len(stretch) == 1 and _within_name(text, found, index):
                good = [name for name in good if not name.entry.office]
            if good:
                start, end = _start(text, found, index), found[after - 1].end
                candidates = _distinct(name.entry for name in good)
                return Hit(start, end, text[start:end], candidates=candidates), after
        return None, index + 1


def in_capitals(text: str, found: Sequence[Word], index: int, after: int) -> bool:
    """Tell whether the sentence around `found[index:after]` is set in capitals, so that case says nothing."""
    around = [
        *_neighbours(text, found[max(0, index - CAPS_WINDOW) : index + 1][::-1]),
        *_neighbours(text, found[after - 1 : after + CAPS_WINDOW]),
    ]
    around = [word for word in around if len(word.text) > 1 and word.text.isalpha()]
    capitals = sum(word.text.isupper() for word in around)
    return capitals >= MIN_CAPS and capitals >= CAPS_SHARE * len(around)


@lru_cache(maxsize=REMEMBERED)
def _spoken(wording: str) -> tuple[Word, ...]:
    """Return the words of a wording of an actor; the same come again and again."""
    return tuple(words(wording))


def _article(before: Sequence[Word]) -> str:
    """Return "the" or "al" when the word `before` a name is an article, else ""."""
    if not before or before[0].key:
        return ""
    return "the" if before[0].text.lower() == "the" else "al"


def _unbroken(text: str, run: Sequence[Word], name: str) -> bool:
    """Tell whether no mark parts the words of `run` that does not stand in the `name` too."""
    for left, right in pairwise(run):
        gap = text[left.end : right.start]
        if any(mark in gap and mark not in name for mark in _PARTING):
            return False
        if "." in gap and "." not in name and len(left.text) > LONGEST_INITIAL:
            return False
    return True


def _neighbours(text: str, run: Sequence[Word]) -> list[Word]:
    """Return the words of `run` after its first that stand in the same sentence."""
    kept: list[Word] = []
    for last, word in pairwise(run):
        left, right = sorted((last, word), key=lambda one: one.start)
        if any(mark in text[left.end : right.start] for mark in ".!?\n"):
            break
        kept.append(word)
    return kept


def _start(text: str, found: Sequence[Word], index: int) -> int:
    """Return where the name begins; an Arabic article joined to it belongs to it."""
    start = found[index].start
    if not index or found[index - 1].key or found[index - 1].text.lower() == "the":
        return start
    joined = text[found[index - 1].end : start] in ("-", "‑", " ")
    return found[index - 1].start if joined else start


def _within_name(text: str, found: Sequence[Word], index: int) -> bool:
    """Tell whether another given name stands right before, so that a bare surname is somebody else's."""
    if not index or text[found[index - 1].end : found[index].start] != " ":
        return False
    before = found[index - 1]
    return (
        before.capital
        and before.key not in load_lexicon().words
        and next(load_lexicon().titles.starts([before], 0), None) is None
    )


def decide(
    candidates: Sequence[ActorEntry], *, on: date | None = None, cues: Cues = NO_CUES
) -> ActorEntry | None:
    """Return the one candidate that the day, the countries and the company in the article leave, or None.

    Nothing is named before it exists; one that has ended is still named, and only loses against one that lives.
    """
    left = [entry for entry in candidates if on is None or entry.office or entry.born_by(on)]
    for near in (_leads, _is_home, _mentioned):
        kept = [entry for entry in left if near(entry, left, cues)]
        if kept:
            # one that is at home everywhere (a news agency) is not ruled out by a country
            left = [entry for entry in left if entry in kept or is_worldwide(entry)]
    left = [entry for entry in left if cues.accompany(entry)] or left
    if len(left) > 1 and on is not None:
        left = [entry for entry in left if entry.alive(on)] or left
    return left[0] if len(left) == 1 else None


def _leads(entry: ActorEntry, _others: Sequence[ActorEntry], cues: Cues) -> bool:
    return cues.lead(entry)


def _is_home(entry: ActorEntry, others: Sequence[ActorEntry], cues: Cues) -> bool:
    """Tell whether its home leads, and no other bearer's home is even mentioned ("Taliban", in Pakistan)."""
    homes = {other.country for other in others if other.country and other is not entry}
    return entry.country in cues.leading and homes.isdisjoint({*cues.leading, *cues.mentioned})


def _mentioned(entry: ActorEntry, _others: Sequence[ActorEntry], cues: Cues) -> bool:
    return Cues(cues.mentioned).lead(entry)


def is_worldwide(entry: ActorEntry) -> bool:
    """Tell whether no country is given for the entry, so that countries say nothing about it."""
    return entry.country is None and not entry.active


def _admits(name: Name, stretch: Sequence[Word], cues: Cues, caps: bool) -> bool:  # noqa: FBT001
    if name.reach in ("local", "title") and not _at_home(name.entry, cues):
        return False
    if name.reach == "near" and cues.contradict(name.entry):
        return False
    if name.exact is None:
        return True
    if caps and not name.caps_safe:
        return False
    written = "".join(word.text for word in stretch).replace(".", "")
    return written == name.exact or (caps and written == name.exact.upper())


def _at_home(entry: ActorEntry, cues: Cues) -> bool:
    return entry.country in cues.leading if entry.country else cues.lead(entry)


def _distinct(entries: Iterable[ActorEntry]) -> tuple[ActorEntry, ...]:
    return tuple(sorted({entry.id: entry for entry in entries}.values(), key=lambda entry: entry.id))


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """Return the catalogue of the package, extended by the user's own YAML file `extra`.

    Raises DataError, naming every fault at once, when an entry breaks the rules or a file cannot be read.
    """
    rows: list[tuple[str, object]] = []
    for path in [*(FOLDER / name for name in ENTRY_FILES), *([extra] if extra else [])]:
        if path != extra and not path.exists():
            continue
        content = load_yaml(path)
        if not isinstance(content, list):
            raise DataError(f"{path.name} must be a list of actors; begin each with `- id: ...`")
        rows.extend((path.name, row) for row in content)
    entries, names, faults = read_entries(rows)
    faults = (*faults, *check_entries(entries))
    if faults:
        raise DataError(
            f"{len(faults)} faults in the actor catalogue: " + "; ".join(faults) + "; repair the files"
        )
    return Catalogue(entries, names)
