"""The reviewed catalogue of actors: groups, forces, offices and their holders, bodies, media.

The entries are data (`data/actors/*.yaml`; the fields are told in docs/reference/actors.md). Loading checks all
of them and raises one DataError with every fault. Names that several actors share are never decided silently:
a country or a date decides, or the name is not found.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from dateline.errors import DataError
from dateline.model.ids import ActorId
from dateline.model.span import Span
from dateline.resolve.entries import ActorEntry, Name, read_entries
from dateline.resolve.nations import FOLDER, load_yaml
from dateline.resolve.wording import Trie, Word, words

# Files of the folder that hold entries; the others hold words.
ENTRY_FILES = (
    "armed_groups_africa.yaml",
    "armed_groups_americas_europe.yaml",
    "armed_groups_asia.yaml",
    "armed_groups_mena.yaml",
    "coalitions_igos.yaml",
    "offices.yaml",
    "parties_ngos_media.yaml",
    "state_forces.yaml",
)
# Words around a hit that are looked at to tell whether the text is set in capitals there.
CAPS_WINDOW = 3
_LEADING = frozenset({"a", "an", "so", "called", "self", "styled", "proclaimed", "declared", "its", "their"})


class Hit(Span, frozen=True, kw_only=True):
    """A name of the catalogue in a text; several `candidates` share an ambiguous name."""

    candidates: tuple[ActorEntry, ...]

    @property
    def entry(self) -> ActorEntry | None:
        """Return the entry when only one bears the name."""
        return self.candidates[0] if len(self.candidates) == 1 else None


class Catalogue:
    """A loaded catalogue; it does not change after loading."""

    def __init__(self, entries: Sequence[ActorEntry], names: Iterable[Name]) -> None:
        """Take checked `entries` and all their names."""
        self.entries = tuple(sorted(entries, key=lambda entry: entry.id))
        self._by_id = {entry.id: entry for entry in self.entries}
        self._trie: Trie[Name] = Trie((name.path, name) for name in names)
        self._holders: dict[str, list[ActorEntry]] = {}
        for entry in self.entries:
            if entry.office:
                self._holders.setdefault(entry.office, []).append(entry)

    def get(self, actor: str) -> ActorEntry | None:
        """Return the entry with the id `actor`, or None."""
        return self._by_id.get(ActorId(actor))

    def holder(self, office: str, on: date | None) -> ActorEntry | None:
        """Return who surely held `office` on the day `on`; None when unknown or two may have."""
        if on is None:
            return None
        maybe = [entry for entry in self._holders.get(office, ()) if entry.alive(on)]
        return maybe[0] if len(maybe) == 1 else None

    def find(
        self,
        wording: str,
        *,
        on: date | None = None,
        countries: Collection[str] = (),
        all_caps: bool = False,
    ) -> ActorEntry | None:
        """Return the entry that `wording` as a whole names, or None.

        Case, diacritics, hyphens, articles, possessives and "so-called" do not matter, but acronyms must stand
        in their own case, and those that are English words ("IS") are not found in text set in capitals. A name
        that several actors share is decided by `countries` (ISO codes of the article) and then by the day `on`;
        when these do not decide, None. The title of an office gives its holder on the day, else the office.
        """
        found = [word for word in words(wording) if word.key]
        while found and found[0].key in _LEADING:
            del found[0]
        names = self._trie.get(tuple(word.key for word in found))
        candidates = _distinct(name.entry for name in names if _admits(name, found, countries, all_caps))
        entry = decide(candidates, on=on, countries=countries)
        if entry is None or not entry.titles:
            return entry
        return self.holder(entry.id, on) or entry

    def scan(self, text: str, *, countries: Collection[str] = ()) -> tuple[Hit, ...]:
        """Return all names of the catalogue in `text`, in order, not overlapping, longest first at each place.

        A name must stand at word bounds and begin with a capital (acronyms in their own case). Names that are
        common words of many countries ("Federal Police") count only where their country is in `countries`.
        """
        found = list(words(text))
        hits: list[Hit] = []
        index = 0
        while index < len(found):
            hit, index = self._hit(text, found, index, countries) if found[index].key else (None, index + 1)
            if hit:
                hits.append(hit)
        return tuple(hits)

    def _hit(
        self, text: str, found: list[Word], index: int, countries: Collection[str]
    ) -> tuple[Hit | None, int]:
        for after, names in self._trie.starts(found, index):
            stretch = [word for word in found[index:after] if word.key]
            if not any(word.capital or word.text.isdigit() for word in stretch):
                continue
            caps = in_capitals(found, index, after)
            good = [name for name in names if _admits(name, stretch, countries, caps)]
            if good:
                start, end = found[index].start, found[after - 1].end
                candidates = _distinct(name.entry for name in good)
                return Hit(start, end, text[start:end], candidates=candidates), after
        return None, index + 1


def in_capitals(found: Sequence[Word], index: int, after: int) -> bool:
    """Tell whether the words around `found[index:after]` are set in capitals, so that case says nothing."""
    around = [*found[max(0, index - CAPS_WINDOW) : index], *found[after : after + CAPS_WINDOW]]
    around = [word for word in around if len(word.text) > 1 and word.text.isalpha()]
    return len(around) >= 2 and all(word.text.isupper() for word in around)


def decide(
    candidates: Sequence[ActorEntry], *, on: date | None, countries: Collection[str]
) -> ActorEntry | None:
    """Return the one candidate that the day and the countries leave, or None.

    Nothing is named before it exists; one that has ended is still named, and only loses against one that lives.
    """
    left = [entry for entry in candidates if on is None or entry.office or entry.born_by(on)]
    if len(left) > 1 and countries:
        near = [
            entry for entry in left if entry.country in countries or not set(entry.active).isdisjoint(countries)
        ]
        left = near or left
    if len(left) > 1 and on is not None:
        living = [entry for entry in left if entry.alive(on)]
        left = living or left
    return left[0] if len(left) == 1 else None


def _admits(name: Name, stretch: Sequence[Word], countries: Collection[str], caps: bool) -> bool:  # noqa: FBT001
    if name.local and not (name.entry.country in countries or not set(name.entry.active).isdisjoint(countries)):
        return False
    if name.exact is None:
        return True
    if caps and not name.caps_safe:
        return False
    written = "".join(word.text for word in stretch).replace(".", "")
    return written == name.exact or (caps and written == name.exact.upper())


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
    if faults:
        raise DataError(
            f"{len(faults)} faults in the actor catalogue: " + "; ".join(faults) + "; repair the files"
        )
    return Catalogue(entries, names)
