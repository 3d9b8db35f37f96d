"""What may be wrong with the entries of the actor catalogue, told for all of them at once."""

from collections.abc import Iterator, Sequence
from datetime import date

from dateline.resolve.entries import ActorEntry, Term, bounds
from dateline.resolve.nations import Nation, load_nations

# PLOVER 2.0 sectors, as its manual lists them; UNO and EUR are its codes for two organisations.
SECTORS: frozenset[str] = frozenset(
    {
        *("COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK"),
        *("AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"),
        *("IGO", "NGO", "ISM", "IMG", "MNC", "UNO", "EUR"),
    }
)
# ACLED's actor types in the text form in use since 2024.
INTERS = frozenset(
    {
        "State forces",
        "Rebel group",
        "Political militia",
        "Identity militia",
        "Rioters",
        "Protesters",
        "Civilians",
        "External/Other forces",
    }
)


def check_entries(entries: Sequence[ActorEntry]) -> Iterator[str]:
    """Yield every fault of `entries`: ids, codes, actors that are not there, circles of parents, dates."""
    known = load_nations().by_code
    ids = {entry.id for entry in entries}
    for entry in entries:
        if not _kebab(entry.id):
            yield f"{entry.id}: ids are lower-case words with hyphens"
        yield from _check_codes(entry, known)
        yield from (f"{entry.id}: unknown actor {other}" for other in _others(entry) if other not in ids)
        yield from _check_dates(entry)
    yield from _circles({entry.id: _others(entry) for entry in entries})


def _kebab(text: str) -> bool:
    return all(part.isalnum() and part.isascii() and part == part.lower() for part in text.split("-"))


def _others(entry: ActorEntry) -> tuple[str, ...]:
    return (*entry.parents, *([entry.side] if entry.side else []))


def _circles(above: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for start in above:
        seen, ahead = {start}, list(above[start])
        while ahead:
            other = ahead.pop()
            if other == start:
                yield f"{start}: is its own parent or side, over others"
                break
            if other not in seen:
                seen.add(other)
                ahead.extend(above.get(other, ()))


def _check_codes(entry: ActorEntry, known: dict[str, Nation]) -> Iterator[str]:
    for code in (*([entry.country] if entry.country else []), *entry.active):
        if code not in known or known[code].country != code:
            yield f"{entry.id}: unknown country {code}; give ISO 3166-1 alpha-2"
    if entry.plover not in SECTORS:
        yield f"{entry.id}: unknown PLOVER sector {entry.plover}"
    if entry.acled not in INTERS:
        yield f"{entry.id}: unknown ACLED actor type {entry.acled}"


def _check_dates(entry: ActorEntry) -> Iterator[str]:
    last: dict[str | None, date] = {}
    for term in entry.terms or (Term(entry.start, entry.end),):
        try:
            start = bounds(term.start)[0] if term.start else date.min
            end = bounds(term.end)[1] if term.end else date.max
        except (ValueError, TypeError):
            yield f"{entry.id}: start and end are YYYY, YYYY-MM or YYYY-MM-DD"
            return
        if start > end:
            yield f"{entry.id}: ends before it starts"
        if start < last.get(term.office, date.min):
            yield f"{entry.id}: terms overlap or are out of order"
        last[term.office] = end
