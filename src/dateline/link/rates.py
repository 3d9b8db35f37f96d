"""Hit rates: how often the warnings of a source, or of an outlet, came about; counts with an interval.

Persons are not profiled: a warning of a person, of witnesses or of unnamed sources counts for their kind.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Literal

from dateline.model.event import Said
from dateline.model.outcome import MIN_SETTLED, Followed, HitRate, State

# 97.5 % point of the standard normal distribution: an interval of 95 %.
Z95 = 1.959964

_PARTLY: tuple[State, ...] = ("elsewhere", "otherwise", "foiled")
_SETTLED: tuple[State, ...] = ("came_about", *_PARTLY, "did_not")
# Whose names are kept: bodies that answer for what they say.
_NAMED = frozenset({"military", "police", "armed_group", "organisation", "official", "media"})
_KINDS: Mapping[str, str] = {
    "witness": "witnesses", "local": "residents", "anonymous": "unnamed sources", "document": "documents",
    "analyst": "analysts", "person": "single persons", "unknown": "others",
}  # fmt: skip


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (E. B. Wilson, 1927; for few trials see Brown, Cai, DasGupta, 2001).

    Raises ValueError unless 0 <= hits <= trials and trials > 0.
    """
    if not 0 <= hits <= trials or trials == 0:
        raise ValueError(f"{hits} of {trials} is no share")
    share, square = hits / trials, Z95**2
    centre = (share + square / (2 * trials)) / (1 + square / trials)
    half = Z95 * sqrt(share * (1 - share) / trials + square / (4 * trials**2)) / (1 + square / trials)
    return max(0.0, centre - half), min(1.0, centre + half)


def hit_rates(followed: Iterable[Followed]) -> tuple[HitRate, ...]:
    """Return the rates of every source and outlet, outlets last, those with most settled warnings first."""
    states: dict[tuple[Literal["source", "outlet"], str], Counter[str]] = {}
    for each in followed:
        settled = each.outcome.state in _SETTLED and not each.outcome.afterwards
        state = each.outcome.state if settled else "waiting"
        said = each.warning.said
        for name in {source_name(one) for one in said}:
            states.setdefault(("source", name), Counter())[state] += 1
        for name in {one.outlet or "unnamed outlet" for one in said}:
            states.setdefault(("outlet", name), Counter())[state] += 1
    rates = [_rate(by, name, counts) for (by, name), counts in states.items()]
    return tuple(sorted(rates, key=lambda rate: (rate.by == "outlet", -rate.settled, -rate.waiting, rate.name)))


def _rate(by: Literal["source", "outlet"], name: str, counts: Counter[str]) -> HitRate:
    settled = sum(counts[state] for state in _SETTLED)
    low, high = wilson(counts["came_about"], settled) if settled >= MIN_SETTLED else (None, None)
    return HitRate(
        by=by,
        name=name,
        settled=settled,
        came_about=counts["came_about"],
        partly=sum(counts[state] for state in _PARTLY),
        did_not=counts["did_not"],
        waiting=counts["waiting"],
        low=low,
        high=high,
    )


def source_name(said: Said) -> str:
    """Return who is quoted last: a body by its name, persons by their kind, else the outlet itself."""
    inner = said.chain[-1] if said.chain else None
    if inner is None or inner.kind == "outlet":
        return said.outlet or (inner.name if inner else "unnamed outlet")
    return inner.name if inner.kind in _NAMED else _KINDS.get(inner.kind, "others")
