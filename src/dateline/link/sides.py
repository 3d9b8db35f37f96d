"""Sides: which claims can be right together, so that they count as one answer and others stand apart."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from dateline.link.independence import Independence
from dateline.model.event import Claim, Said, Side, Told

T = TypeVar("T")


def agreeing(
    claims: Sequence[T], clash: Callable[[T, T], bool], width: Callable[[T], Any]
) -> tuple[tuple[T, ...], ...]:
    """Return groups of claims that can be right together: the narrowest first in each, and in their order.

    A wider claim ("dozens", "in Kirkuk province") joins every group with all of which it agrees, for it speaks
    for none of them against the others; one that agrees with none opens its own. `width` must tell any two
    claims apart, so that the order in which they are given is not important.
    """
    groups: list[list[T]] = []
    for claim in sorted(claims, key=width):
        fitting = [group for group in groups if not any(clash(claim, other) for other in group)]
        for group in fitting:
            group.append(claim)
        if not fitting:
            groups.append([claim])
    return tuple(tuple(group) for group in groups)


def told_of(said: Said, value: str) -> Told:
    """Return who tells `value`, in short."""
    return Told(
        value=value,
        published=said.published,
        outlet=said.outlet,
        source=source_of(said),
        report=said.report,
        article=said.article,
        origin=said.origin,
    )


def without_figures(told: Iterable[Told]) -> tuple[Told, ...]:
    """Return who tells a figure as who tells any value: the words are the value."""
    return tuple(Told(**{field: getattr(one, field) for field in Told.__struct_fields__}) for one in told)


def source_of(said: Said) -> str | None:
    """Return whom an outlet quotes: the innermost link of the chain that is not the outlet itself."""
    inner = said.chain[-1].name if said.chain else None
    return inner if inner != said.outlet else None


def side_of(claims: Sequence[Claim[T]], text: Callable[[T], str], independence: Independence) -> Side:
    """Return the side that `claims`, the narrowest first, take together."""
    told = {
        (one.report, text(claim.value)): told_of(one, text(claim.value))
        for claim in claims
        for one in claim.said
    }
    return Side(
        value=text(claims[0].value),
        told=tuple(told.values()),
        origins=independence.count({report for report, _ in told}),
    )


def side_words(side: Side) -> str:
    """Return a side in words: "34 (Tigris Post; Zagros Wire: 24 to 99)"."""
    names: list[str] = []
    for one in side.told:
        name = one.outlet or "unnamed outlet"
        label = f"{name}, quoting {one.source}" if one.source else name
        names.append(label if one.value == side.value else f"{label}: {one.value}")
    shown = list(dict.fromkeys(names))
    more = f"; {len(shown) - SHOWN_NAMES} more" if len(shown) > SHOWN_NAMES else ""
    return f"{side.value} ({'; '.join(shown[:SHOWN_NAMES])}{more})"


# Names that a wording gives; a side's `told` has all.
SHOWN_NAMES = 3
