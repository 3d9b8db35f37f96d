"""How much a disagreement matters: a sum of named parts, each a value in 0..1 times its weight.

- **apart**: how far the farthest answers lie from one another: figures by their gap as a share of the larger,
  days and kilometres by a distance at which half of it is reached, a denial and a name wholly;
- **origins**: how many independent origins stand behind the second strongest answer: 1 gives a half, 2 two
  thirds;
- **deaths**: what is at stake: the killed by which the answers differ, else the killed of the event, on a scale
  of tens: 9 give a third, 99 two thirds, 999 all.

How recent a disagreement is makes no difference: an old record must be right, too.
"""

from collections.abc import Mapping, Sequence
from math import log10

from dateline.model.event import Feature, Side

# Deaths weigh as much as the other two together: a list that is worked through from above should begin where
# lives are in question. They add up to 1. Set by reading the order on the sample.
WEIGHTS: Mapping[str, float] = {"apart": 0.25, "origins": 0.25, "deaths": 0.5}

# Distances at which answers lie half apart.
HALF_DAYS = 3.0
HALF_KM = 50.0


def weigh(apart: float, sides: Sequence[Side], deaths: int) -> tuple[float, tuple[Feature, ...]]:
    """Return the weight (0..1) of a disagreement and the parts that it is the sum of."""
    support = sorted((side.origins for side in sides), reverse=True)
    second = support[1] if len(support) > 1 else 0
    values = {
        "apart": min(max(apart, 0.0), 1.0),
        "origins": second / (second + 1),
        "deaths": min(log10(1 + max(deaths, 0)) / 3, 1.0),
    }
    parts = tuple(Feature(name, round(value, 4), WEIGHTS[name]) for name, value in values.items())
    return round(sum(part.value * part.weight for part in parts), 4), parts


def halved(distance: float, half: float) -> float:
    """Return a distance as a share that is 0 for none, a half at `half`, and nears 1."""
    return distance / (distance + half) if distance > 0 else 0.0
