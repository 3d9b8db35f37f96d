"""Countries and peoples by the words that news uses for them: names, adjectives, people, capitals.

The words are data (`data/actors/demonyms.yaml`, `data/actors/metonyms.yaml`) and are checked when loaded.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import DataError
from dateline.resolve.wording import Trie, Word, keys, words

FOLDER = DATA / "actors"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times as quick where it is built


class Nation(msgspec.Struct, frozen=True):
    """A country or a people.

    `code` is ISO 3166-1 alpha-2 for a country, a lower-case word ("kurdish") for a people. `country` is the
    code of the country, or of the one country that a people belongs to, or None.
    """

    code: str
    name: str
    country: str | None
    adjectives: tuple[str, ...]

    @property
    def prefix(self) -> str:
        """Return what ids of composed actors begin with ("iq", "kurdish")."""
        return self.code.lower()


class Use(msgspec.Struct, frozen=True):
    """One word for a nation, and how it is used; `exact` words match in their own case only ("US")."""

    nation: Nation
    form: Literal["name", "adjective", "people"]
    exact: str | None


class Nations(msgspec.Struct, frozen=True):
    """All countries and peoples, with the words for them filed for scanning."""

    by_code: dict[str, Nation]
    trie: Trie[Use]
    seats: dict[tuple[str, ...], str]

    def at(self, found: list[Word], index: int) -> tuple[int, tuple[Use, ...]] | None:
        """Return (index after it, uses) for the longest word for a nation at `found[index]`, or None."""
        for after, uses in self.trie.starts(found, index):
            first, last = found[index], found[after - 1]
            good = tuple(use for use in uses if _fits(use, first, last))
            if good:
                return after, good
        return None

    def scan(self, found: list[Word]) -> Iterator[tuple[int, tuple[Use, ...]]]:
        """Give (index after the name, uses) for each that is named in `found`, in order, not overlapping."""
        index = 0
        while index < len(found):
            hit = self.at(found, index)
            index = hit[0] if hit else index + 1
            if hit:
                yield hit

    def country_of(self, wording: str) -> str | None:
        """Return the ISO code when `wording` as a whole is the name of a country."""
        found = [word for word in words(wording) if word.key]
        hit = self.at(found, 0) if found else None
        if hit is None or hit[0] != len(found):
            return None
        return next((use.nation.code for use in hit[1] if use.form == "name"), None)

    def is_adjective(self, wording: str) -> bool:
        """Tell whether `wording` as a whole is an adjective of a country or people, or a people's name."""
        found = [word for word in words(wording) if word.key]
        hit = self.at(found, 0) if found else None
        return hit is not None and hit[0] == len(found) and all(use.form != "name" for use in hit[1])

    def seat_of(self, wording: str) -> str | None:
        """Return the ISO code when `wording` is a capital or seat that can stand for a government."""
        return self.seats.get(keys(wording))


def _fits(use: Use, first: Word, last: Word) -> bool:
    if use.exact is None:
        return first.capital or use.nation.code == "indigenous"
    return first.start == last.start and first.text.replace(".", "") == use.exact


def load_yaml(path: Path) -> Any:
    """Return the content of a YAML file; raises DataError where it cannot be read or is not YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe loaders
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        line = " ".join(str(error).split())
        raise DataError(f"{path.name} cannot be read as YAML ({line}); repair the file") from error


@cache
def load_nations() -> Nations:
    """Return the countries and peoples of the package; raises DataError with all faults of the data."""
    data = load_yaml(FOLDER / "demonyms.yaml")
    seats = load_yaml(FOLDER / "metonyms.yaml")
    by_code: dict[str, Nation] = {}
    trie: Trie[Use] = Trie()
    for code, row in data["countries"].items():
        by_code[code] = Nation(code, row["names"][0], code, tuple(row["adjectives"]))
        _file(trie, by_code[code], row)
    for code, row in data["peoples"].items():
        name = row["adjectives"][0]
        by_code[code] = Nation(code, name, row["country"], tuple(row["adjectives"]))
        _file(trie, by_code[code], row)
    faults = [
        f"metonyms.yaml: {name}: unknown country {code}" for name, code in seats.items() if code not in by_code
    ]
    faults += [
        f"demonyms.yaml: {nation.code}: unknown country {nation.country}"
        for nation in by_code.values()
        if nation.country is not None and nation.country not in by_code
    ]
    if faults:
        raise DataError("; ".join(faults) + "; repair the data files")
    return Nations(by_code, trie, {keys(name): code for name, code in seats.items()})


def _file(trie: Trie[Use], nation: Nation, row: dict[str, list[str]]) -> None:
    forms: tuple[tuple[str, Literal["name", "adjective", "people"]], ...] = (
        ("names", "name"),
        ("adjectives", "adjective"),
        ("people", "people"),
    )
    for field, form in forms:
        for word in row.get(field, ()):
            exact = word if word.isupper() and len(word) <= 4 else None
            trie.add(keys(word), Use(nation, form, exact))


def count_countries(found: Sequence[Word]) -> tuple[tuple[str, int], ...]:
    """Return (ISO code, mentions) for the countries named by name, adjective, people or capital.

    Most mentioned first, then by code. Peoples count only where they belong to one country.
    """
    counts: Counter[str] = Counter()
    for _, uses in load_nations().scan([word for word in found if word.key]):
        codes = sorted({use.nation.country for use in uses if use.nation.country})
        if len(codes) == 1:
            counts[codes[0]] += 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
