"""Disagreements: claims of one field that cannot all be right, in words."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from dateline.link.features import days_between, overlapping
from dateline.link.profiles import days_of
from dateline.link.words import skeleton
from dateline.model.event import Claim, Claims, Disagreement, Said
from dateline.model.ids import ReportId
from dateline.model.values import HowMany, Status, When, Where, Who

T = TypeVar("T")

# A wording with more alternatives than this ends with how many there are besides.
MAX_SHOWN = 6

# Only places told this closely can contradict each other.
_CLOSE = frozenset({"point", "town"})


def find_disagreements(claims: Claims) -> tuple[Disagreement, ...]:
    """Return the disagreements among `claims`, in a fixed order of fields.

    Two values of one report never disagree: a report that names two towns means both. Nor do the actors,
    targets and places of one article, which adds to them as it goes on.
    """
    found: list[Disagreement] = []
    found += _field("status", claims.status, _statuses_clash, _status_text)
    found += _field("when", [claim for claim in claims.when if _days(claim.value)], _days_clash, _when_text)
    found += _field("where", claims.where, _places_clash, lambda value: value.name)
    for field, who in (("actors", claims.actors), ("targets", claims.targets)):
        found += _field(
            field, [claim for claim in who if claim.value.id], _actors_clash, lambda value: value.name
        )
    return (*found, *_count_disagreements(claims.counts))


# What makes two figures answers to one question: part of a total or not, kind, whose, women or children.
CountKey = tuple[bool, str, str, str]


def report_counts(claims: Sequence[Claim[HowMany]]) -> dict[CountKey, list[tuple[HowMany, Said]]]:
    """Return for each question the counts that stand for each report: the largest of each of its claimants.

    Figures of a longer time are none of the event. A claimant that the report's own chain lacks is added to it.
    """
    largest: dict[CountKey, dict[tuple[ReportId, str], tuple[HowMany, Said]]] = defaultdict(dict)
    for claim in claims:
        count = claim.value
        if count.scope == "period":
            continue
        for said in claim.said:
            claimant = count.claimant.name if count.claimant else ""
            figures = largest[(count.part, count.kind, count.of, count.sex_age or "")]
            old = figures.get((said.report, claimant))
            if old is None or _size(count) > _size(old[0]):
                figures[said.report, claimant] = (count, _said_by(count, said))
    return {key: [figures[one] for one in sorted(figures)] for key, figures in largest.items()}


def _said_by(count: HowMany, said: Said) -> Said:
    known = {link.name for link in said.chain}
    if count.claimant is None or count.claimant.name in known:
        return said
    return msgspec.structs.replace(said, chain=(*said.chain, count.claimant))


def _size(count: HowMany) -> tuple[int, int, int]:
    return count.best if count.best is not None else count.low, count.low, count.high or 0


def _count_disagreements(claims: Sequence[Claim[HowMany]]) -> list[Disagreement]:
    found: list[Disagreement] = []
    for (part, kind, of, sex_age), figures in sorted(report_counts(claims).items()):
        if part:
            continue
        by_value: dict[str, list[Said]] = defaultdict(list)
        counts: dict[str, HowMany] = {}
        for count, said in sorted(figures, key=lambda entry: (_size(entry[0]), entry[1].report)):
            text = count_text(count)
            counts.setdefault(text, count)
            by_value[text].append(said)
        clash = any(not overlapping(a, b) for a in counts.values() for b in counts.values())
        if clash:
            whose = ", ".join(word for word in (of if of != "unknown" else "", sex_age) if word)
            label = f"{kind} ({whose})" if whose else kind
            found.append(Disagreement(field="counts", text=f"{label}: {_words(by_value)}"))
    return found


def _field(
    field: str,
    claims: Sequence[Claim[T]],
    clash: Callable[[T, T], bool],
    text: Callable[[T], str],
) -> list[Disagreement]:
    clashing = [
        claim
        for claim in claims
        if any(clash(claim.value, other.value) and _apart(field, claim, other) for other in claims)
    ]
    by_value: dict[str, list[Said]] = defaultdict(list)
    for claim in clashing:
        by_value[text(claim.value)].extend(claim.said)
    return [Disagreement(field=field, text=f"{field}: {_words(by_value)}")] if len(by_value) > 1 else []


# Fields to which an article adds from sentence to sentence.
_ADDED_TO = frozenset({"where", "actors", "targets"})


def _apart(field: str, a: Claim[T], b: Claim[T]) -> bool:
    """Tell whether no report, or for fields that are added to no article, makes both claims."""
    if field in _ADDED_TO:
        return not ({said.article for said in a.said} & {said.article for said in b.said})
    return not ({said.report for said in a.said} & {said.report for said in b.said})


def _words(by_value: Mapping[str, Sequence[Said]]) -> str:
    parts = [f"{text} ({_who_says(said)})" for text, said in by_value.items()]
    more = len(parts) - MAX_SHOWN
    return " or ".join(parts[:MAX_SHOWN]) + (f" or {more} more" if more > 0 else "")


def _who_says(said: Sequence[Said]) -> str:
    names: list[str] = []
    for one in said:
        name = one.outlet or "unnamed outlet"
        inner = one.chain[-1].name if one.chain and one.chain[-1].name != one.outlet else None
        label = f"{name}, quoting {inner}" if inner else name
        if label not in names:
            names.append(label)
    shown = names[:3]
    return "; ".join(shown) + (f"; {len(names) - 3} more" if len(names) > 3 else "")


def _days(value: When) -> tuple[int, int] | None:
    first, last = days_of(value.start), days_of(value.end)
    return (first[0], last[1]) if first and last else None


def _days_clash(a: When, b: When) -> bool:
    left, right = _days(a), _days(b)
    return left is not None and right is not None and days_between(left, right) > 0


def _when_text(value: When) -> str:
    return str(value.start) if value.start == value.end else f"{value.start} to {value.end}"


def _places_clash(a: Where, b: Where) -> bool:
    if a.country and b.country and a.country != b.country:
        return True
    if a.admin1 and b.admin1 and skeleton(a.admin1) != skeleton(b.admin1):
        return True
    if a.precision not in _CLOSE or b.precision not in _CLOSE:
        return False
    return a.gazetteer_id != b.gazetteer_id and skeleton(a.name) != skeleton(b.name)


def _actors_clash(a: Who, b: Who) -> bool:
    # A force and the state or coalition that it belongs to are often named for one another.
    return a.id != b.id and not (a.country is not None and a.country == b.country)


def _statuses_clash(a: Status, b: Status) -> bool:
    if a.polarity != b.polarity:
        return True
    return {a.reality, b.reality} == {"occurred", "attempted"}


def _status_text(value: Status) -> str:
    return value.word


def count_text(count: HowMany) -> str:
    """Return a count in figures: "12", "10 to 15", "at least 40", "about 200 (180 to 220)"."""
    if count.high is None:
        return f"at least {count.low}"
    if count.low == count.high:
        return str(count.low)
    bounds = f"{count.low} to {count.high}"
    return f"about {count.best} ({bounds})" if count.best is not None else bounds
