"""Disagreements: claims of one field that cannot all be right, in words and side by side."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from dateline.link.features import days_between
from dateline.link.figures import count_text
from dateline.link.independence import Independence
from dateline.link.objections import with_objections
from dateline.link.placekeys import place_of
from dateline.link.placing import kilometres
from dateline.link.profiles import days_of
from dateline.link.sides import agreeing, side_of, side_words, without_figures
from dateline.link.weights import HALF_DAYS, HALF_KM, halved, weigh
from dateline.link.words import skeleton
from dateline.model.event import Claim, Claims, Disagreement, Figure, FigureClaim, Side
from dateline.model.report import Report
from dateline.model.values import Status, When, Where, Who

T = TypeVar("T")

# A wording with more alternatives than this ends with how many there are besides.
MAX_SHOWN = 6

# Only places told this closely can contradict each other.
_CLOSE = frozenset({"point", "town"})


class _Question(msgspec.Struct, Generic[T], frozen=True):
    """What is asked of a field's values: whether two clash, their words, how far apart and how wide."""

    clash: Callable[[T, T], bool]
    text: Callable[[T], str]
    apart: Callable[[T, T], float]
    width: Callable[[T], float]


def find_disagreements(
    reports: Sequence[Report], claims: Claims, figures: Sequence[Figure], independence: Independence
) -> tuple[Disagreement, ...]:
    """Return the disagreements among `claims` of `reports`, in a fixed order, with their weights and sides.

    Claims that can be right together are one side; what agrees with every side takes none. A time that nobody
    states, taken over from a sentence before, is no answer of its source's and contradicts nothing. Two values
    of one report never disagree: a report that names two towns means both. Nor do the actors, targets and
    places of one article, which adds to them as it goes on. Figures that their origin has put right are no
    longer in dispute.
    """
    deaths = max(
        (figure.ucdp.best or figure.ucdp.low for figure in figures if figure.kind == "killed"), default=0
    )
    told = Claims(
        status=claims.status,
        when=tuple(claim for claim in claims.when if _days(claim.value) and claim.value.basis != "inherited"),
        where=claims.where,
        actors=tuple(claim for claim in claims.actors if claim.said and claim.value.id),
        targets=tuple(claim for claim in claims.targets if claim.said and claim.value.id),
    )

    def find(field: str, values: Sequence[Claim[T]], question: _Question[T]) -> Disagreement | None:
        return _field(field, values, question, independence, deaths)

    status = find("status", told.status, _STATUS)
    found = (
        *with_objections(reports, status, independence, deaths),
        find("when", told.when, _WHEN),
        find("where", told.where, _WHERE),
        find("actors", told.actors, _WHO),
        find("targets", told.targets, _WHO),
        *(_of_figure(figure, independence, deaths) for figure in figures),
    )
    return tuple(each for each in found if each is not None)


def _of_figure(figure: Figure, independence: Independence, deaths: int) -> Disagreement | None:
    claims = sorted(figure.claims, key=lambda claim: (claim.best or claim.low, claim.low))
    sides = [_figure_side(claim, claims, independence) for claim in claims]
    said = {(told.low, told.high) for claim in claims for told in claim.told}
    denied = [told for told in figure.denied if (told.low, told.high) in said]
    if denied:
        against = tuple(msgspec.structs.replace(told, value=f"not {told.value}") for told in denied)
        origins = independence.count({told.report for told in denied})
        sides.append(Side(value=against[0].value, told=without_figures(against), origins=origins))
    if len(sides) < 2 or figure.part:
        return None
    gap = claims[-1].low - (claims[0].low if claims[0].high is None else claims[0].high)
    apart = 1.0 if denied else gap / max(claims[-1].low, 1)
    weight, parts = weigh(apart, sides, gap if figure.kind == "killed" and not denied else deaths)
    whose = ", ".join(word for word in (figure.of if figure.of != "unknown" else "", figure.sex_age) if word)
    text = f"{figure.kind} ({whose}): {_words(sides)}" if whose else f"{figure.kind}: {_words(sides)}"
    return Disagreement(field="counts", text=text, weight=weight, parts=parts, sides=tuple(sides))


def _figure_side(claim: FigureClaim, claims: Sequence[FigureClaim], independence: Independence) -> Side:
    """Return a claim as a side, without the vague figures that agree with every claim: they take no side."""
    others = [set(other.told) for other in claims if other is not claim]
    told = tuple(one for one in claim.told if not others or not all(one in other for other in others))
    origins = independence.count({one.report for one in told})
    return Side(value=claim.told[0].value, told=without_figures(told), origins=origins)


def _field(
    field: str, claims: Sequence[Claim[T]], question: _Question[T], independence: Independence, deaths: int
) -> Disagreement | None:
    def clash(a: Claim[T], b: Claim[T]) -> bool:
        return question.clash(a.value, b.value) and _apart(field, a, b)

    clashing = [claim for claim in claims if any(clash(claim, other) for other in claims)]
    place = {id(claim): number for number, claim in enumerate(clashing)}
    groups = agreeing(clashing, clash, lambda claim: (question.width(claim.value), place[id(claim)]))
    by_text: dict[str, list[Claim[T]]] = {}
    for group in sorted(groups, key=lambda group: place[id(group[0])]):
        by_text.setdefault(question.text(group[0].value), []).extend(group)
    sides = [side_of(group, question.text, independence) for group in by_text.values()]
    if len(sides) < 2:
        return None
    heads = [group[0].value for group in by_text.values()]
    apart = max(question.apart(a, b) for a in heads for b in heads)
    weight, parts = weigh(apart, sides, deaths)
    text = f"{field}: {_words(sides)}"
    return Disagreement(field=field, text=text, weight=weight, parts=parts, sides=tuple(sides))


# Fields to which an article adds from sentence to sentence.
_ADDED_TO = frozenset({"where", "actors", "targets"})


def _apart(field: str, a: Claim[T], b: Claim[T]) -> bool:
    """Tell whether no report, or for fields that are added to no article, makes both claims."""
    if field in _ADDED_TO:
        return not ({said.article for said in a.said} & {said.article for said in b.said})
    return not ({said.report for said in a.said} & {said.report for said in b.said})


def _words(sides: Sequence[Side]) -> str:
    parts = [side_words(side) for side in sides]
    more = len(parts) - MAX_SHOWN
    return " or ".join(parts[:MAX_SHOWN]) + (f" or {more} more" if more > 0 else "")


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


def _days_apart(a: When, b: When) -> float:
    left, right = _days(a), _days(b)
    return halved(days_between(left, right), HALF_DAYS) if left and right else 1.0


def _places_apart(a: Where, b: Where) -> float:
    distance = kilometres(place_of(a), place_of(b))
    return halved(distance, HALF_KM) if distance is not None else 1.0


def _statuses_apart(a: Status, b: Status) -> float:
    return 1.0 if a.polarity != b.polarity else 0.5 if a.reality != b.reality else 0.0


def _days_wide(value: When) -> int:
    days = _days(value)
    return days[1] - days[0] if days else 0


def side_text(field: str, value: Any) -> str:
    """Return a claimed value of `field` ("counts" for any figure) as a side that gives it words it."""
    question = _QUESTIONS.get(field)
    return question.text(value) if question else count_text(value)


_STATUS = _Question(_statuses_clash, _status_text, _statuses_apart, lambda _: 0)
_WHEN = _Question(_days_clash, _when_text, _days_apart, _days_wide)
_WHERE = _Question(_places_clash, lambda value: value.name, _places_apart, lambda value: value.radius_km or 0.0)
_WHO = _Question(_actors_clash, lambda value: value.name, lambda a, b: float(a.id != b.id), lambda _: 0)
_QUESTIONS: dict[str, _Question[Any]] = {
    "status": _STATUS, "when": _WHEN, "where": _WHERE, "actors": _WHO, "targets": _WHO,
}  # fmt: skip
