"""Gazetteer: places by name, from the built file and the user's own.

Open is quick and holds nothing in memory: names are looked up in SQLite, read-only, with small caches.
"""

import math
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from dateline.errors import GazetteerError
from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer_build import build_gazetteer, gazetteer_version
from dateline.resolve.gazetteer_lists import Country, load_countries
from dateline.resolve.gazetteer_places import COLUMNS, EXACTNESS, Match, Place, place_of, prominence
from dateline.resolve.gazetteer_sieve import passes
from dateline.resolve.gazetteer_store import has_links, parents_of, sieve_of
from dateline.resolve.gazetteer_user import USER_PLACES
from dateline.resolve.names import fold, normalise, similarity, skeleton_of, strip_type, without_article

# Loose lookup: how alike the folded forms must be, at least. Set by hand on pairs of spellings of Arabic,
# Cyrillic and French-written names: true pairs lie at 0.70 and above ("salahudin", "salahdin": 0.89).
LOOSEST = 0.7
# With no country known a loose name fits places all over the world: only nearly equal forms count.
LOOSEST_ANYWHERE = 0.9
# A skeleton of fewer consonants says too little; the folded forms must then be equal.
SHORTEST_SKELETON = 3
SHORTEST_FORM = 3
SHORTEST_ANYWHERE = 6
CACHE_ENTRIES = 50_000
# A town of so many people may be meant anywhere in a text that does not tell names from words.
NOTABLE = 100_000

# So much the first word of a longer name is worth, where at most so many places of the country begin with it.
SHORT_EXACTNESS = 0.6
MOST_SHORT = 2
SHORTEST_SHORT = 4
# Fewer letters begin so many names that no list of them helps anybody who types.
SHORTEST_BEGINNING = 2
# A spelling variant is worth less than any name that is written so.
LOOSE_EXACTNESS = 0.75


class Gazetteer:
    """An opened gazetteer. Readable from several threads, and several processes may open one file."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self._lookup = lru_cache(maxsize=CACHE_ENTRIES)(self._read_matches)
        self._exact = lru_cache(maxsize=CACHE_ENTRIES)(self._read_exact)
        self._variants = lru_cache(maxsize=CACHE_ENTRIES)(self._read_loose)
        self.stem = lru_cache(maxsize=CACHE_ENTRIES)(self._read_stem)
        self._short = lru_cache(maxsize=CACHE_ENTRIES)(self._read_short)
        self._notable = lru_cache(maxsize=CACHE_ENTRIES)(self._read_notable)
        self._fitting = lru_cache(maxsize=CACHE_ENTRIES)(self._read_fitting)
        self.country_keys = lru_cache(maxsize=1)(self._read_country_keys)
        self.has = lru_cache(maxsize=CACHE_ENTRIES)(self._read_known)

    def __enter__(self) -> "Gazetteer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def countries(self) -> dict[str, Country]:
        """The countries with their demonyms and aliases, by ISO 3166-1 alpha-2 code."""
        return load_countries()

    def find(
        self, name: str, *, country: str | None = None, kind: PlaceKind | None = None, limit: int = 20
    ) -> tuple[Place, ...]:
        """Return the places that `name` may mean, the likeliest first, at most `limit`.

        A type word ("Kirkuk province") is understood; spelling variants are tried when nothing is written
        like `name`. `country` is ISO 3166-1 alpha-2.
        """
        typed = strip_type(name)
        found = self.match(name, country=country)
        if not found and typed.core != name:
            found = self.match(typed.core, country=country)
            found = tuple(match for match in found if typed.kind in (None, match.place.kind)) or found
        places = (match.place for match in found if kind in (None, match.place.kind))
        return tuple(place for place, _ in zip(places, range(limit), strict=False))

    def match(self, name: str, *, country: str | None = None) -> tuple[Match, ...]:
        """Return the places that bear `name`, by exactness, then population, then id.

        Where none is written so, those whose name is a spelling variant of it, for preference in `country`.
        """
        key = normalise(name)
        if not key:
            return ()
        found = self._lookup(key, country)
        return found if found or country is None else self._lookup(key, None)

    def beginning(self, name: str, *, limit: int = 9) -> tuple[Place, ...]:
        """Return the places one of whose names begins with `name`, those with most people first."""
        key = normalise(name)
        found: list[Place] = []
        for connection in self._connections() if len(key) >= SHORTEST_BEGINNING else ():
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM place WHERE number IN "
                "(SELECT place FROM name WHERE key >= ? AND key < ?) ORDER BY population DESC, id LIMIT ?",
                (key, key + chr(sys.maxunicode), limit),
            )
            found += [place_of(row) for row in rows]
        return tuple(sorted(found, key=lambda each: (-each.population, each.id))[:limit])

    def short_for(self, name: str, country: str) -> tuple[Match, ...]:
        """Return the places of `country` whose names begin with `name` ("Taza" for Taza Khurmatu).

        None where more than MOST_SHORT places do: the word then says too little.
        """
        key = normalise(name)
        return self._short(key, country) if len(key) >= SHORTEST_SHORT else ()

    def is_name(self, words: Sequence[str], countries: Sequence[str] = ()) -> bool:
        """Tell quickly whether the words are a place's name, or a spelling variant of one in `countries`."""
        key = normalise(" ".join(words))
        if self.has(key):
            return True
        among = tuple(countries)
        return any(self._written(key, country) for country in among) or bool(
            among and self._variants(key, among)
        )

    def fitting(self, name: str, countries: Iterable[str]) -> tuple[Match, ...]:
        """Return the places written like `name` anywhere, and spelling variants and short forms in `countries`.

        Where no country is known there are no variants: they would fit villages all over the world.
        """
        return self._fitting(name, tuple(dict.fromkeys(countries)))

    def begins(self, word: str) -> bool:
        """Tell quickly whether `word`, a key, is the first of several words of some place's name."""
        return self.stem(word) > 1

    def is_notable(self, key: str, countries: tuple[str, ...]) -> bool:
        """Tell quickly whether a place of that name is large, or lies in one of `countries`."""
        return self._notable(key, countries)

    def pcode_of(self, place: Place, kind: PlaceKind | None = None) -> str | None:
        """Return the P-code of `place`: its own, or that of the area of its kind and name in a user's list.

        `kind` is that of the area which is meant, where only its town is known ("Hawija district").
        """
        if place.pcode is not None or place.country is None or len(self._paths) < 2:
            return place.pcode
        level = kind or place.kind
        if level not in ("admin1", "admin2"):
            return None
        same = (
            other.pcode
            for other in (match.place for match in self.match(place.name, country=place.country))
            if other.kind == level and other.pcode and other.admin1_code in (None, place.admin1_code)
        )
        return next(same, None)

    def get(self, identity: str) -> Place | None:
        """Return the place with this id, or None."""
        for connection in self._connections():
            row = connection.execute(f"SELECT {COLUMNS} FROM place WHERE id = ?", (identity,)).fetchone()
            if row is not None:
                return self._place(row)
        return None

    def close(self) -> None:
        """Close the files; the gazetteer cannot be used afterwards."""
        with self._lock:
            self._closed = True
            for connection in self._opened:
                connection.close()
            self._opened.clear()

    def _connections(self) -> list[sqlite3.Connection]:
        """Return this thread's connections, opened on its first question."""
        if self._closed:
            raise GazetteerError("the gazetteer was closed; open it again")
        mine: list[sqlite3.Connection] | None = getattr(self._local, "connections", None)
        # A forked process must not go on with its parent's connections.
        if mine is None or self._local.process != os.getpid():
            with self._lock:
                mine = [_connect(path) for path in self._paths]
                self._opened.extend(mine)
            self._local.connections, self._local.process = mine, os.getpid()
            self._local.linked = [connection for connection in mine if has_links(connection)]
            self._local.sieves = [sieve_of(connection) for connection in mine]
        return mine

    def _place(self, row: Sequence[Any]) -> Place:
        """Return the place of a row, with what holds it by the user's lists."""
        self._connections()
        linked: list[sqlite3.Connection] = self._local.linked
        if not linked:
            return place_of(row)
        found = (parent for connection in linked for parent in parents_of(connection, row[0]))
        return place_of(row, tuple(dict.fromkeys(found)))

    def _read_known(self, key: str) -> bool:
        """Tell quickly whether a place bears the name with this key, as it is written."""
        return bool(key) and self.stem(key) % 2 == 1

    def _read_country_keys(self) -> frozenset[str]:
        """Return the keys of all names of countries."""
        statement = "SELECT key FROM place JOIN name ON place = number WHERE id LIKE 'iso:%'"
        return frozenset(row[0] for connection in self._connections() for row in connection.execute(statement))

    def _read_stem(self, word: str) -> int:
        """Return 1 where the key `word` is a name, 2 where a longer one begins with it, 3 where both, else 0.

        No question for most words of a text, which are neither.
        """
        first = "SELECT key FROM name WHERE key >= ? AND key < ? LIMIT 1"
        longer = "SELECT 1 FROM name WHERE key > ? AND key < ? LIMIT 1"
        found = 0
        connections = self._connections()
        for connection, sieve in zip(connections, self._local.sieves, strict=True):
            if sieve is not None and word.isascii() and not passes(sieve, word):
                continue
            row = connection.execute(first, (word, f"{word}!")).fetchone()
            if row is None:
                continue
            found |= 2 if row[0] != word else 1
            if found & 2 == 0 and connection.execute(longer, (f"{word} ", f"{word}!")).fetchone():
                found |= 2
        return found

    def _read_notable(self, key: str, countries: tuple[str, ...]) -> bool:
        return any(
            place.kind not in ("settlement", "admin2")
            or place.population >= NOTABLE
            or (place.country or "") in countries
            for place in (match.place for match in self._lookup(key, None))
        )

    def _read_fitting(self, name: str, countries: tuple[str, ...]) -> tuple[Match, ...]:
        key = normalise(name)
        found = {match.place.id: match for match in self.match(name)}
        known = any(_lies(match.place, country) for match in found.values() for country in countries)
        for country in countries if key else ():
            at_home = self._at_home(key, country, countries, known=known)
            if not known and not any(match.place.country == country for match in at_home):
                at_home = (*at_home, *self.short_for(name, country))
            for match in at_home:
                found.setdefault(match.place.id, match)
        home = set(countries)
        fitting = [
            m
            for m in found.values()
            if m.exactness > LOOSE_EXACTNESS or home.intersection((m.place.country, *m.place.countries))
        ]
        # A list of P-codes names areas without points; the same area with one is worth more.
        placed = {(m.place.kind, m.place.country) for m in fitting if m.place.latitude is not None}
        return tuple(
            m for m in fitting if m.place.latitude is not None or (m.place.kind, m.place.country) not in placed
        )

    def _read_short(self, key: str, country: str) -> tuple[Match, ...]:
        # A variant in spelling of the word counts as well ("Taza", "Tazah").
        found: dict[str, Match] = {}
        statement = (
            f"SELECT DISTINCT {COLUMNS} FROM name JOIN place ON number = place"
            " WHERE key > ? AND key < ? AND place.country = ? AND level < 2 LIMIT ?"
        )
        for form in (key, f"{key}h") if key.endswith("a") else (key,):
            if not self.begins(form):
                continue
            bounds = (f"{form} ", f"{form}!", country, MOST_SHORT + 1)
            for connection in self._connections():
                for row in connection.execute(statement, bounds):
                    place = self._place(row)
                    found[place.id] = Match(place=place, exactness=SHORT_EXACTNESS)
        return tuple(found.values()) if len(found) <= MOST_SHORT else ()

    def _read_matches(self, key: str, country: str | None) -> tuple[Match, ...]:
        if country is None:
            found = self._written(key) or self._variants(key, ())
        else:
            found = self._at_home(key, country, (country,), known=False)
        return tuple(sorted(found, key=prominence))

    def _at_home(self, key: str, country: str, asked: tuple[str, ...], *, known: bool) -> tuple[Match, ...]:
        """Return the bearers of `key` in `country`; variants are looked up in all that are `asked` at once.

        `known`: a place in one of those is called so, and the variants of towns are none.
        """
        written = self._written(key, country)
        # A village must not hide the province whose name the text spells in another way.
        if any(match.place.kind in ("admin1", "country") for match in written):
            return written
        variants = [
            match
            for match in self._variants(key, asked)
            if match.place.country in (None, country)
            and (not (known or written) or match.place.kind == "admin1")
        ]
        return (*written, *variants)

    def _written(self, key: str, country: str | None = None) -> tuple[Match, ...]:
        """Return the places called `key`, in `country` if one is given, or so without the article."""
        for form in dict.fromkeys((key, without_article(key))):
            found = tuple(
                match for match in self._exact(form) if country is None or _lies(match.place, country)
            )
            if found:
                return found
        return ()

    def _read_exact(self, key: str) -> tuple[Match, ...]:
        if not self.has(key):
            return ()
        statement = f"SELECT {COLUMNS}, name.level FROM name JOIN place ON number = place WHERE key = ?"
        return tuple(
            Match(place=self._place(row), exactness=EXACTNESS[row[-1]])
            for connection in self._connections()
            for row in connection.execute(statement, (key,))
        )

    def _read_loose(self, key: str, countries: tuple[str, ...]) -> tuple[Match, ...]:
        """Return the bearers of spelling variants of `key`, in `countries` or, more strictly, anywhere."""
        form = fold(key)
        bones = skeleton_of(form)
        if not key.isascii() or len(form) < (SHORTEST_FORM if countries else SHORTEST_ANYWHERE):
            return ()
        least = LOOSEST if countries else LOOSEST_ANYWHERE
        statement = "SELECT form, level, place FROM loose WHERE skeleton = ?"
        asked: tuple[str | int, ...] = (bones, *countries)
        if countries:
            statement += f" AND country IN ('', {', '.join('?' * len(countries))})"
        if len(bones) < SHORTEST_SKELETON:
            statement, asked = f"{statement} AND form = ?", (*asked, form)
        else:
            statement += " AND length(form) BETWEEN ? AND ?"
            asked = (*asked, math.ceil(least * len(form)), int(len(form) / least))
        found: dict[str, Match] = {}
        for connection in self._connections():
            best: dict[int, float] = {}
            for written, level, number in connection.execute(statement, asked):
                alike = similarity(form, written)
                if alike >= least:
                    exactness = round(LOOSE_EXACTNESS * EXACTNESS[level] * alike, 3)
                    best[number] = max(exactness, best.get(number, 0.0))
            for number, exactness in best.items():
                row = connection.execute(f"SELECT {COLUMNS} FROM place WHERE number = ?", (number,)).fetchone()
                known = found.get(row[0])
                if known is None or known.exactness < exactness:
                    found[row[0]] = Match(place=self._place(row), exactness=exactness)
        return tuple(found.values())


def _lies(place: Place, country: str) -> bool:
    """Tell whether a place lies in `country`, or touches it."""
    return country == place.country or country in place.countries


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        connection.execute("SELECT pcode FROM place LIMIT 1").fetchone()
    except sqlite3.Error as error:
        raise GazetteerError(
            f"{path} is no gazetteer of this version ({error}); delete it and build or add again"
        ) from error
    return connection


def gazetteer_path(cache: Path) -> Path:
    """Return where the gazetteer of the installed packages lies in the folder `cache`, built or not."""
    return cache / f"gazetteer-{gazetteer_version()}.sqlite"


def open_gazetteer(
    cache: Path, *, extra: Sequence[Path] = (), progress: Callable[[str, float], None] | None = None
) -> Gazetteer:
    """Open the gazetteer in the folder `cache`, building it first where it is absent.

    The user's places in `cache`/places.sqlite are looked up too, and those of the files `extra`.
    Raises GazetteerError when a file cannot be built or is no gazetteer.
    """
    built = gazetteer_path(cache)
    if not built.exists():
        build_gazetteer(built, progress=progress)
    own = cache / USER_PLACES
    paths = [built, *([own] if own.exists() else []), *extra]
    gazetteer = Gazetteer(paths)
    gazetteer.get("")
    return gazetteer
