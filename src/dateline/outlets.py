"""Outlets: who publishes news. A catalogue in data/outlets, which a user's own file extends and grades.

Reliability is never inferred: an outlet has the grade that the user gives it, and F6 where none is given.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import yaml

from dateline.config import DATA, outlets_file
from dateline.errors import DataError
from dateline.model.values import UNGRADED, OutletKind

FOLDER = DATA / "outlets"
# The C loader is ten times as quick where it is built.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_GRADE = re.compile(r"[A-F][1-6]")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_ENDING = re.compile(r"\.(?:com|net|org|info|tv|news|co|gov|edu|[a-z]{2})(?:\.[a-z]{2})?\Z")
_WORD = re.compile(r"[^\W_]+")


class Outlet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One outlet: its shown name, its kind, and by which domains and other names it is known.

    `country` is ISO 3166-1 alpha-2 of its seat; `owner` who owns or runs it, where that is public. `agency`:
    others reprint its texts. `word`: its name is also a common word, a place or a person's, so that it counts
    as the outlet only beside a word such as "newspaper". `grade` is the Admiralty code that the user gives.
    """

    name: str
    kind: OutletKind
    country: str | None = None
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    owner: str | None = None
    agency: bool = False
    word: bool = False
    grade: str = UNGRADED

    @property
    def reprinted(self) -> bool:
        """Whether it is a news agency, private or of a state."""
        return self.agency or self.kind == "wire"


class Outlets(msgspec.Struct, frozen=True):
    """The catalogue: outlets by compacted name and by domain."""

    names: Mapping[str, Outlet]
    domains: Mapping[str, Outlet]

    def named(self, name: str) -> Outlet | None:
        """Return the outlet called `name`, by any of its names or domains, or None."""
        return self.names.get(compact_name(name)) or self.at(name)

    def at(self, address: str) -> Outlet | None:
        """Return the outlet at a web address or host: that of the longest known domain which it ends in."""
        host = host_of(address)
        while host:
            found = self.domains.get(host)
            if found is not None:
                return found
            host = host.partition(".")[2]
        return None


def host_of(address: str) -> str:
    """Return the host of an address or of a bare domain, in lower case without "www."; "" for none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return host if _DOMAIN.fullmatch(host) else ""


def compact_name(name: str) -> str:
    """Return `name` in the form in which two ways of writing one outlet are equal ("iraqinews")."""
    small = name.strip().casefold().removeprefix("www.").removeprefix("the ")
    return "".join(_WORD.findall(_ENDING.sub("", small)))


def known_outlets() -> Outlets:
    """Return the catalogue with the outlets of the file that the settings name, if they name one."""
    return load_outlets(outlets_file())


@cache
def load_outlets(own: Path | None = None, folder: Path = FOLDER) -> Outlets:
    """Read the outlets in `folder` and then those of the user's file `own`.

    A row of `own` with `extend: true` adds names, domains and a grade to an outlet that is there; its other
    rows are new outlets. Raises DataError that names every fault at once: unknown kinds and countries, a name
    or domain with two owners, a grade that is no Admiralty code.
    """
    faults: list[str] = []
    found: dict[str, Outlet] = {}
    for path in sorted(folder.glob("*.yaml")):
        for row in _rows(path, faults):
            outlet = _outlet(path.name, row, faults)
            if outlet is not None and compact_name(outlet.name) in found:
                faults.append(f"{path.name}: {outlet.name} stands twice")
            elif outlet is not None:
                found[compact_name(outlet.name)] = outlet
    if own is not None:
        for row in _rows(own, faults):
            _add(own.name, row, found, faults)
    catalogue = _index(found.values(), faults)
    if faults:
        raise DataError("; ".join(faults) + "; correct these rows")
    return catalogue


def _rows(path: Path, faults: list[str]) -> Iterator[dict[str, Any]]:
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe loaders
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise DataError(
            f"{path}: cannot be read ({' '.join(str(problem).split())}); give a YAML list"
        ) from problem
    if not isinstance(rows, list):
        raise DataError(f"{path}: a list of outlets is needed, one a row")
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict) and isinstance(row.get("name"), str) and compact_name(row["name"]):
            yield row
        else:
            faults.append(f"{path.name}: row {number} has no name")


def _outlet(file: str, row: dict[str, Any], faults: list[str]) -> Outlet | None:
    try:
        outlet = msgspec.convert(row, Outlet)
    except msgspec.ValidationError as problem:
        faults.append(f"{file}: {row['name']}: {problem}")
        return None
    if outlet.country is not None and outlet.country not in _countries():
        faults.append(f"{file}: {outlet.name}: {outlet.country!r} is no ISO country code of two letters")
    if not _GRADE.fullmatch(outlet.grade):
        faults.append(f"{file}: {outlet.name}: {outlet.grade!r} is no Admiralty code; give A1 to F6")
    faults += [
        f"{file}: {outlet.name}: {domain!r} is no domain in lower case"
        for domain in outlet.domains
        if host_of(domain) != domain
    ]
    return outlet


def _add(file: str, row: dict[str, Any], found: dict[str, Outlet], faults: list[str]) -> None:
    """Take a row of the user's file: a new outlet, or names and a grade for one that is there."""
    key = compact_name(row["name"])
    extends = row.pop("extend", False)
    if not extends:
        outlet = _outlet(file, row, faults)
        if outlet is not None and key in found:
            faults.append(f"{file}: {outlet.name} is there already; write `extend: true` to add to it")
        elif outlet is not None:
            found[key] = outlet
        return
    old = found.get(key) or next((each for each in found.values() if key in _keys(each)), None)
    if old is None:
        faults.append(f"{file}: there is no {row['name']} to extend; give its kind and leave out `extend`")
        return
    merged = {
        **msgspec.to_builtins(old),
        **{field: value for field, value in row.items() if field != "name"},
        "domains": [*old.domains, *row.get("domains", ())],
        "aliases": [*old.aliases, *row.get("aliases", ())],
    }
    outlet = _outlet(file, merged, faults)
    if outlet is not None:
        found[compact_name(old.name)] = outlet


def _keys(outlet: Outlet) -> set[str]:
    return {compact_name(name) for name in (outlet.name, *outlet.aliases)} - {""}


def _index(outlets: Iterable[Outlet], faults: list[str]) -> Outlets:
    names: dict[str, Outlet] = {}
    domains: dict[str, Outlet] = {}
    for outlet in outlets:
        for key in sorted(_keys(outlet)):
            if key in names:
                faults.append(f"{outlet.name} and {names[key].name} are both called {key!r}")
            names[key] = outlet
        for domain in dict.fromkeys(outlet.domains):
            if domain in domains:
                faults.append(f"{outlet.name} and {domains[domain].name} both have the domain {domain}")
            domains[domain] = outlet
    return Outlets(names, domains)


@cache
def _countries() -> frozenset[str]:
    import pycountry

    return frozenset(country.alpha_2 for country in pycountry.countries) | {"XK"}
