"""The user's own places: checked row by row, kept apart from the built gazetteer, and taken back on request."""

import contextlib
import sqlite3
from collections import Counter
from pathlib import Path

import msgspec

from dateline.errors import GazetteerError, InputError
from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer_formats import records
from dateline.resolve.gazetteer_rows import RowError, row_of
from dateline.resolve.gazetteer_schema import Row
from dateline.resolve.gazetteer_store import (
    close_batch,
    index_numbers,
    new_batch,
    numbered,
    prepare,
    put_link,
    store,
    undo_batch,
)

USER_PLACES = "places.sqlite"

# Refused rows are shown up to this many; the rest are counted.
MOST_SHOWN = 1_000
# A file of which none of so many first rows is a place is not a list of places.
LEAST_TRIED = 1_000


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that was not added: its line in the file (the head is line 1), and why."""

    line: int
    reason: str


class AddSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file of places; `refused` shows the first MOST_SHOWN of `refusals` rows.

    `kinds` counts the places that were added or replaced by kind, `named` the names given to places that
    were there already, `linked` the places that were put into others. `passed` are names and pairs of places
    that the gazetteer does not hold: they are no faults, and were passed over.
    """

    path: Path
    added: int
    unchanged: int
    replaced: int
    refused: tuple[RefusedRow, ...]
    refusals: int = 0
    named: int = 0
    linked: int = 0
    passed: int = 0
    kinds: dict[str, int] = msgspec.field(default_factory=dict)


class UndoSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What undoing the last file did: its name, places taken out, and places put back as they were."""

    path: Path
    removed: int
    restored: int


def add_places(cache: Path, csv_path: Path, *, country: str | None = None) -> AddSummary:
    """Add the places of a file to `cache`/places.sqlite; adding the same file again changes nothing.

    Reads what `gazetteer_formats.records` does: CSV with a head, Excel, GeoNames' files, lists of P-codes
    (areas may lack coordinates), OpenStreetMap, GeoJSON and JSON. `country`, an ISO 3166-1 code, is that of
    rows without one. A row with an id that is there already replaces it. Rows are read one at a time and
    written in one transaction: a file that breaks off halfway adds nothing. Raises InputError when the file
    cannot be read, has no column for the name, or holds no place in its first LEAST_TRIED rows.
    """
    fresh = not (cache / USER_PLACES).exists()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(cache / USER_PLACES)) as connection, connection:
            prepare(connection)
            return _add_all(connection, cache, csv_path, country)
    except InputError:
        if fresh:
            (cache / USER_PLACES).unlink(missing_ok=True)
        raise
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            f"places cannot be written to {cache / USER_PLACES} ({error}); check the folder"
        ) from error


def _add_all(connection: sqlite3.Connection, cache: Path, path: Path, country: str | None) -> AddSummary:
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    refused: list[RefusedRow] = []
    batch = new_batch(connection)
    with contextlib.closing(_Adder(connection, batch, cache)) as adder:
        for tried, (line, fields) in enumerate(records(path), start=1):
            try:
                done, kind = adder.take(path, fields, country)
            except RowError as refusal:
                counts["refused"] += 1
                if len(refused) < MOST_SHOWN:
                    refused.append(RefusedRow(line, str(refusal)))
                if tried == counts["refused"] == LEAST_TRIED:
                    raise InputError(
                        f"{path}: none of the first {tried:,} rows is a place ({refused[0].reason}); "
                        "check its columns"
                    ) from None
                continue
            counts[done] += 1
            if kind is not None and done != "unchanged":
                kinds[kind] += 1
    close_batch(connection, batch, path)
    return AddSummary(
        path=path,
        added=counts["added"],
        unchanged=counts["unchanged"],
        replaced=counts["replaced"],
        refused=tuple(refused),
        refusals=counts["refused"],
        named=counts["named"],
        linked=counts["linked"],
        passed=counts["passed"],
        kinds=dict(sorted(kinds.items())),
    )


class _Adder:
    """Takes the rows of one file: places, names of places that are there, and which place holds which."""

    def __init__(self, connection: sqlite3.Connection, batch: int, cache: Path) -> None:
        self._connection, self._batch = connection, batch
        self._base = _Base(cache)
        self._parents: dict[str, str] = {}
        self._indexed = False

    def take(self, path: Path, fields: dict[str, str], country: str | None) -> tuple[str, PlaceKind | None]:
        """Return what was done with a row, and the kind of the place that it is; raises RowError."""
        if "holder" in fields:
            return self._link(fields["holder"], fields["held"]), None
        if "of" in fields:
            named = self._base.renamed(fields)
            done = "passed" if named is None else store(self._connection, self._batch, named)
            return ("named" if done in ("added", "replaced") else done), None
        row = row_of(path, fields, country, self._parents)
        done = store(self._connection, self._batch, row)
        if fields.get("id") and row.kind == "admin1":
            self._parents[fields["id"]] = row.name
        if fields.get("parent"):
            put_link(self._connection, self._batch, row.id, f"user:{fields['parent']}")
        return done, row.kind

    def _link(self, holder: str, held: str) -> str:
        """Note that one place of GeoNames holds another, where both are known; each may be there twice."""
        if not self._indexed:
            index_numbers(self._connection)
            self._indexed = True
        pairs = [(inner, outer) for inner in self._known(held) for outer in self._known(holder)]
        if not pairs:
            return "passed"
        new = [put_link(self._connection, self._batch, inner, outer) for inner, outer in pairs]
        return "linked" if any(new) else "unchanged"

    def _known(self, number: str) -> list[str]:
        built = [f"gn:{number}"] if self._base.has(f"gn:{number}") else []
        return built + numbered(self._connection, number)

    def close(self) -> None:
        """Close the built gazetteer."""
        self._base.close()


def undo_places(cache: Path) -> UndoSummary | None:
    """Take back what the last added file changed; None when there is nothing to take back.

    Raises GazetteerError when the file of places cannot be written.
    """
    if not (cache / USER_PLACES).exists():
        return None
    try:
        with contextlib.closing(sqlite3.connect(cache / USER_PLACES)) as connection, connection:
            prepare(connection)
            undone = undo_batch(connection)
    except sqlite3.Error as error:
        raise GazetteerError(f"places cannot be written to {cache / USER_PLACES} ({error})") from error
    return None if undone is None else UndoSummary(path=Path(undone[0]), removed=undone[1], restored=undone[2])


class _Base:
    """The built gazetteer, where further names are given to places that it holds."""

    def __init__(self, cache: Path) -> None:
        built = sorted(cache.glob("gazetteer-*.sqlite"))
        self._connection = sqlite3.connect(built[-1]) if built else None

    def has(self, identity: str) -> bool:
        """Tell whether the built gazetteer holds a place with this id."""
        statement = "SELECT 1 FROM place WHERE id = ?"
        return self._connection is not None and bool(
            self._connection.execute(statement, (identity,)).fetchone()
        )

    def renamed(self, fields: dict[str, str]) -> Row | None:
        """Return the place `fields["of"]` with the further name of the row; None where it is not held."""
        found = None
        if self._connection is not None:
            found = self._connection.execute(
                "SELECT name, latitude, longitude, kind, country, admin1, admin1_code, population, radius_km,"
                " feature FROM place WHERE id = ?",
                (fields["of"],),
            ).fetchone()
        if found is None:
            return None
        names = ("name", "latitude", "longitude", "kind", "country", "admin1", "admin1_code", "population")
        known = dict(zip((*names, "radius_km", "feature"), found, strict=True))
        return Row(id=f"{fields['of']}", other_names=(fields["name"],), **known)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
