"""The log of verdicts and other writes as a chain: no edit goes unseen, for a row holds the hash before."""

from collections.abc import Iterable

import msgspec

from dateline.model.ids import WRITE, sha256
from dateline.model.verdict import Verdict
from dateline.model.write import Write

# What the first row holds in place of a row before.
BEGINNING = "0" * 64


class LogRow(msgspec.Struct, frozen=True):
    """One row of the log as it is kept; `payload` is a Verdict or Write as JSON, `number` counts from 1."""

    number: int
    id: str
    previous: str
    hash: str
    payload: str


class Break(msgspec.Struct, frozen=True):
    """The first row (by its number) at which the log does not hold, and what is wrong there."""

    number: int
    what: str


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of the whole log found; `head` is the hash of its last row, to be noted elsewhere."""

    rows: int
    head: str
    broken: Break | None = None


def chain_hash(previous: str, identity: str, payload: str) -> str:
    """Return the hash of a row: SHA-256, in hexadecimal, of the hash before, its id and its JSON."""
    return sha256("\n".join((previous, identity, payload)))


def read_row(row: LogRow) -> Verdict | Write | None:
    """Return what a row holds; None where it can be no verdict or write (edited, or of a newer dateline)."""
    kind: type[Verdict | Write] = Write if row.id.startswith(WRITE) else Verdict
    try:
        found = msgspec.json.decode(row.payload, type=kind)
    except msgspec.DecodeError:
        return None
    return found if found.id == row.id else None


def audit(rows: Iterable[LogRow], *, appended: int | None = None, expected: str | None = None) -> Audit:
    """Check the log from its first row on.

    `appended` is how many rows the store counted as it wrote them; `expected` is a hash that was noted
    earlier: the log holds only where one of its rows has it (rows that came later do no harm).
    """
    head, last = BEGINNING, 0
    broken: Break | None = None
    found = expected is None or expected == BEGINNING
    for row in rows:
        what = _fault(row, last + 1, head)
        if what and broken is None:
            broken = Break(last + 1, what)
        head, last = row.hash, row.number
        found = found or row.hash == expected
    if broken is None and appended is not None and appended != last:
        broken = Break(last + 1, f"{appended} rows were written and {last} are there")
    if broken is None and not found:
        broken = Break(last + 1, f"no row has the hash {expected}")
    return Audit(rows=last, head=head, broken=broken)


def _fault(row: LogRow, number: int, previous: str) -> str | None:
    if row.number != number:
        return f"row {number} is missing"
    if row.previous != previous:
        return "it does not hold the hash of the row before"
    if row.hash != chain_hash(row.previous, row.id, row.payload):
        return "its words are not those that were written"
    return None if read_row(row) else "it holds no verdict or write that this dateline can read"
