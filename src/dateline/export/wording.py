"""Plain words for values: what a reader sees in the report, and what a table holds as text."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from dateline.model.event import Claim, Corrected, Disagreement, Event, Said
from dateline.model.ids import ReportId
from dateline.model.values import Chain, HowMany, Status, When, Where, Who
from dateline.model.verdict import Verdict
from dateline.model.write import Write
from dateline.ontology import load_ontology

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

PRECISIONS: dict[str, str] = {
    "point": "exact point",
    "town": "town",
    "near": "near the place",
    "area": "area",
    "admin2": "district",
    "admin1": "province or state",
    "region": "region",
    "country": "country",
    "unresolved": "not found in the gazetteer",
}
# What each display word of a status means, for the legend and for tooltips.
STATUS_MEANINGS: dict[str, str] = {
    "happened": "said to have happened",
    "ongoing": "said to be going on",
    "probable": "said to have probably happened",
    "possible": "said to have possibly happened",
    "unconfirmed": "reported, and said to be unconfirmed",
    "attempted": "tried, foiled or failed",
    "planned": "planned or announced, not done yet",
    "threatened": "threatened",
    "feared": "feared or warned of",
    "demanded": "demanded or urged",
    "hypothetical": "spoken of as a possibility",
    "denied": "denied by the source",
    "contested": "told as a fact, and denied by somebody whom the same article names",
    "background": "told as background, not as news",
}
# What is counted, behind the number.
COUNT_WORDS: dict[str, str] = {
    "killed": "killed",
    "injured": "injured",
    "harmed": "killed or injured",
    "captured": "captured",
    "displaced": "displaced",
    "missing": "missing",
    "freed": "freed",
    "present": "present",
    "other": "people",
}
WARNINGS = ("planned", "threatened", "feared")


def type_label(type_id: str) -> str:
    """Return the ontology's label of a type; a type that it does not know is written out in words."""
    known = load_ontology().types.get(type_id)
    return known.label if known else type_id.replace("_", " ").capitalize()


def type_family(type_id: str) -> str | None:
    """Return the family of a type, or None for a type that the ontology does not know."""
    known = load_ontology().types.get(type_id)
    return known.family if known else None


def status_group(word: str) -> str:
    """Return the group of a status's display word that has a look of its own.

    One of "denied", "warning", "unsure", "background", "happened" and "other".
    """
    if word in ("denied", "background", "happened"):
        return word
    if word in WARNINGS:
        return "warning"
    if word in ("contested", "unconfirmed", "possible", "probable"):
        return "unsure"
    return "happened" if word == "ongoing" else "other"


def is_warning(status: Status) -> bool:
    """Tell whether the status is a standing warning: planned, threatened or feared, and not denied."""
    return status.reality in WARNINGS and status.polarity == "affirmed"


def day_words(iso: str) -> str:
    """Return an ISO date, or its first part ("2016-10", "2016"), as "21 October 2016"; else as it stands."""
    parts = iso.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return iso
    if len(parts) == 1:
        return iso
    month = int(parts[1])
    if not 1 <= month <= 12:
        return iso
    day = [str(int(parts[2]))] if len(parts) == 3 else []
    return " ".join([*day, _MONTHS[month - 1], parts[0]])


def days_words(first: str, last: str) -> str:
    """Return two ISO dates as "12 to 13 October 2017": what both have in common is said once."""
    words = day_words(first)
    if read_day(first) and read_day(last):
        if first[:7] == last[:7]:
            words = words.split()[0]
        elif first[:4] == last[:4]:
            words = words.rpartition(" ")[0]
    return f"{words} to {day_words(last)}"


def when_words(when: When) -> str:
    """Return the time in words, open ends and unknown dates said as such."""
    if when.start and when.end:
        if when.start == when.end:
            return day_words(when.start)
        if whole := _whole_period(when.start, when.end):
            return whole
        return days_words(when.start, when.end)
    if when.start:
        return f"{day_words(when.start)} or later"
    if when.end:
        return f"{day_words(when.end)} or earlier"
    return "date unknown"


def _whole_period(start: str, end: str) -> str | None:
    """Return "October 2016" or "2016" when the interval is exactly that month or year."""
    first, last = read_day(start), read_day(end)
    if not first or not last or first.day != 1 or first.year != last.year:
        return None
    if (first.month, last.month, last.day) == (1, 12, 31):
        return str(first.year)
    following = date.fromordinal(last.toordinal() + 1) if last < date.max else None
    if first.month == last.month and following and following.day == 1:
        return f"{_MONTHS[first.month - 1]} {first.year}"
    return None


def read_day(iso: str | None) -> date | None:
    """Read a whole ISO date; None for anything else."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


@cache
def country_name(code: str | None) -> str | None:
    """Return the usual English name of an ISO 3166-1 alpha-2 code; a code that is none stays as it is."""
    if not code:
        return None
    import pycountry

    country = pycountry.countries.get(alpha_2=code)
    return str(getattr(country, "common_name", country.name)) if country else code


def where_words(where: Where | None) -> str:
    """Return the place with what contains it: "Hawija, Kirkuk, Iraq"."""
    if where is None:
        return "place unknown"
    parts = [where.name]
    for container in (where.within, where.admin1, country_name(where.country)):
        if container and container not in parts:
            parts.append(container)
    return ", ".join(parts)


def who_words(people: Iterable[Who]) -> str:
    """Return the names, each once, in their order."""
    return ", ".join(dict.fromkeys(who.name for who in people))


def count_words(count: HowMany) -> str:
    """Return a count as "12", "12–16", "at least 40", or with a best reading: "10–30, best 19"."""
    return bounds_words(count.low, count.best, count.high)


def bounds_words(low: int, best: int | None, high: int | None) -> str:
    """Return the bounds of a number in words, as `count_words` does."""
    if high is None:
        more = f", best {best}" if best is not None and best != low else ""
        return f"at least {low}{more}" if low else f"some, number unknown{more}"
    if low == high:
        return str(low)
    inside = best is not None and low < best < high
    return f"{low}–{high}" + (f", best {best}" if inside else "")


# Whose number it is, as a reader reads it behind a count.
OF_WORDS = {
    "civilian": "civilians",
    "combatant": "combatants",
    "mixed": "civilians and combatants",
    "unknown": "",
}
_SCOPES = {"event": "", "running": "so far", "period": "over a longer time"}


def whose_words(count: HowMany) -> str:
    """Return whose number it is: "women, civilians", "among them", "so far"; "" where nothing is told."""
    parts = (count.sex_age or "", OF_WORDS[count.of], _SCOPES[count.scope], "among them" if count.part else "")
    return ", ".join(part for part in parts if part)


def status_words(status: Status) -> str:
    """Return the word of a status with what it leaves out of the axes: "happened, probable"."""
    parts = [status.word]
    parts += [status.certainty] if status.certainty not in ("stated", status.word) else []
    parts += [status.currency] if status.currency == "background" != status.word else []
    return ", ".join(parts)


def people_words(count: HowMany) -> str:
    """Return a count and whose it is: "at least 40 civilians"."""
    return " ".join(part for part in (count_words(count), whose_words(count)) if part)


def chain_words(chain: Chain, outlet: str | None = None) -> str:
    """Return who says so, outermost first: "Tigris Post ← Rafidain Courier ← an officer"."""
    names = [link.name for link in chain]
    if outlet and (not names or names[0] != outlet):
        names.insert(0, outlet)
    return " ← ".join(dict.fromkeys(names)) or "outlet unknown"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return "1 event" or "2 events"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def corroboration_words(event: Event) -> str:
    """Return "3 articles, 2 outlets, 2 independent origins"."""
    return ", ".join(
        (
            counted(event.articles, "article"),
            counted(event.outlets, "outlet"),
            counted(event.origins, "independent origin"),
        )
    )


def disputed_field(disagreement: Disagreement) -> str:
    """Return the field that is disputed; of counts the kind: that of "killed (civilian): ..." is "killed"."""
    if disagreement.field != "counts":
        return disagreement.field.partition(":")[0]
    return disagreement.text.partition(":")[0].partition(" ")[0]


def said_of(event: Event) -> tuple[Said, ...]:
    """Return everyone who said anything about the event, each report once, in the order of the claims."""
    claims = event.claims
    fields: tuple[tuple[Claim[Any], ...], ...] = (
        claims.type, claims.status, claims.when, claims.where, claims.actors, claims.targets, claims.counts,
    )  # fmt: skip
    found: dict[ReportId, Said] = {}
    for field in fields:
        for claim in field:
            for said in claim.said:
                found.setdefault(said.report, said)
    return tuple(found.values())


def corrected_words(note: Corrected) -> str:
    """Return what was corrected by whom: "killed: 12 (A. Reader, 2026-01-02: both wires say so)"."""
    whose = " in its reports" if note.scope == "report" else ""
    why = f": {note.reason}" if note.reason else ""
    return f"{note.field}{whose}: {note.value} ({note.by}, {note.at[:10]}{why})"


WRITE_WORDS: dict[str, str] = {
    "upload": "upload",
    "code": "coding begun",
    "add_account": "account added",
    "remove_account": "account removed",
    "set_role": "role changed",
    "set_password": "password changed",
}

# Who did it, where nobody has a name.
WAY_WORDS: dict[str, str] = {
    "account": "somebody signed in",
    "token": "with the token",
    "here": "at this machine",
    "command": "by a command",
}


def write_words(write: Write) -> str:
    """Return what somebody did, in a few words: "upload: 3 files"."""
    words = WRITE_WORDS[write.kind]
    return f"{words}: {write.what}" if write.what else words


def verdict_words(verdict: Verdict) -> str:
    """Return what a verdict says, in a few words: "correct killed: 12 (two wires)"."""
    value = f" {verdict.field}: {verdict.value}" if verdict.kind == "correct" else ""
    field = f" {verdict.field}" if verdict.kind == "dispute" and verdict.field else ""
    scope = " in its reports" if verdict.scope == "report" else ""
    reason = f" ({verdict.reason})" if verdict.reason else ""
    return f"{verdict.kind.replace('_', ' ')}{field}{value}{scope}{reason}"


def said_times(event: Event) -> list[When]:
    """Return when the sources are told to have said so, in the order of `said_of`, outermost source first."""
    return [when for said in said_of(event) for when in times_of(said.chain)]


def times_of(chain: Chain) -> list[When]:
    """Return when the links of a chain are told to have said so, the outermost first."""
    return [link.said for link in chain if link.said is not None]
