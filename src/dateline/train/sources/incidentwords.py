"""The word lists by which coded values of incidents are found in their descriptions, read and checked."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from dateline.errors import DataError
from dateline.ontology import load_ontology
from dateline.train.tables import load_table

Harm = Literal["killed", "injured", "captured"]


class _ByClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    classes: tuple[str, ...]
    words: str


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A coded value that names a type: the column `is` like `holds`, where the lexicon reads one of `read`."""

    column: str
    holds: str
    read: tuple[str, ...]
    is_: str = msgspec.field(name="is")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    harm: dict[Harm, str]
    plain: dict[Harm, str]
    perpetrators: tuple[_ByClass, ...]
    weapons: tuple[_ByClass, ...]
    weapon_heads: str
    types: tuple[Told, ...]
    common: frozenset[str]


class IncidentWords(msgspec.Struct, frozen=True):
    """The compiled lists; patterns match whole words, case aside."""

    harm: Mapping[Harm, "re.Pattern[str]"]
    plain: Mapping[Harm, "re.Pattern[str]"]
    perpetrators: Mapping[str, "re.Pattern[str]"]
    weapons: Mapping[str, "re.Pattern[str]"]
    types: tuple[Told, ...]
    common: frozenset[str]

    def perpetrator(self, coded: str) -> "re.Pattern[str] | None":
        """Return the words for a coded class of perpetrator; a class is known by how it begins."""
        return next((words for name, words in self.perpetrators.items() if coded.startswith(name)), None)

    def weapon(self, coded: str) -> "tuple[re.Pattern[str], ...]":
        """Return the words for each class that a coded weapon names ("Artillery, Firearms")."""
        return tuple(words for name, words in self.weapons.items() if name in coded)


@cache
def load_incident_words() -> IncidentWords:
    """Read the lists of the package; raises DataError that says what is wrong."""
    file: _File = load_table("incidents", _File)
    try:
        words = IncidentWords(
            harm={role: _words(pattern) for role, pattern in file.harm.items()},
            plain={role: _words(pattern) for role, pattern in file.plain.items()},
            perpetrators={name: _words(item.words) for item in file.perpetrators for name in item.classes},
            weapons={
                name: _words(item.words, behind=rf"(?![\s-]+(?:{file.weapon_heads})\b)")
                for item in file.weapons
                for name in item.classes
            },
            types=file.types,
            common=file.common,
        )
    except re.error as error:
        raise DataError(f"incidents.yaml holds a broken pattern ({error}); repair it or reinstall") from error
    unknown = {name for told in words.types for name in (*told.read, told.is_)} - load_ontology().types.keys()
    if unknown:
        raise DataError(f"incidents.yaml: no such types: {', '.join(sorted(unknown))}")
    return words


def _words(pattern: str, *, behind: str = "") -> "re.Pattern[str]":
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-]){behind}", re.IGNORECASE)
