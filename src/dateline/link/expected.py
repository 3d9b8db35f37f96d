"""What a week's count should be, going by the weeks before: a Gamma-Poisson model of counts.

A place has a rate of events; how much was read says how much of it can be seen. With Jeffreys' prior
Gamma(1/2, 0) the rate after counts y of weeks with exposures e is Gamma(a, sum e), where a = 1/2 + sum y. The
count of a week with exposure x is then negative binomial with mean m = a x / sum e and variance m + m² / a
(A. Gelman et al., "Bayesian Data Analysis", section 2.6). Events come in bursts: the first term of the variance
is multiplied by how much the past spread more than Poisson counts do.
"""

from collections.abc import Iterator, Sequence
from math import exp, lgamma, log

import msgspec

from dateline.model.surge import Tally

# Jeffreys' prior for a Poisson rate.
PRIOR_SHAPE = 0.5

# The middle of the prediction that is shown.
LOW, HIGH = 0.05, 0.95


class Prediction(msgspec.Struct, frozen=True):
    """A negative binomial distribution by its mean and its shape (variance: mean + mean² / shape)."""

    mean: float
    shape: float

    def masses(self) -> Iterator[float]:
        """Give the chance of 0, 1, 2 ... without end."""
        count, odds = 0, log(self.mean / (self.mean + self.shape))
        start = self.shape * log(self.shape / (self.mean + self.shape)) - lgamma(self.shape)
        while True:
            yield exp(start + lgamma(count + self.shape) - lgamma(count + 1) + count * odds)
            count += 1

    def tail(self, found: int) -> float:
        """Return the chance of `found` or more (0..1)."""
        masses = self.masses()
        return max(0.0, 1.0 - sum(next(masses) for _ in range(found)))

    def quantile(self, share: float) -> int:
        """Return the least count that is not exceeded with a chance of `share` (0 < share < 1)."""
        reached = 0.0
        for count, mass in enumerate(self.masses()):
            reached += mass
            # Beyond the mean a mass of nothing cannot lift the sum any more.
            if reached >= share or (count > self.mean and mass < 1e-12):
                return count
        raise AssertionError("masses never end")


def predict(counts: Sequence[int], exposures: Sequence[float], exposure: float) -> Prediction:
    """Return what to expect of a week read with `exposure` after weeks of `counts` and positive `exposures`.

    A week that was read less than an average one is taken as read like that: reading little never makes an
    ordinary count unusual, so that more can only be explained away by reading, never be made by it.
    """
    weeks, total = len(counts), sum(counts)
    shape = PRIOR_SHAPE + total
    mean = shape / sum(exposures) * max(exposure, sum(exposures) / weeks)
    spread = _spread(counts)
    return Prediction(mean, mean / (spread - 1.0 + mean / shape))


def _spread(counts: Sequence[int]) -> float:
    """Return the variance of `counts` in units of their mean; 1, as for Poisson counts, where it is less."""
    mean = sum(counts) / len(counts)
    if mean == 0 or len(counts) < 2:
        return 1.0
    return max(1.0, sum((count - mean) ** 2 for count in counts) / (len(counts) - 1) / mean)


def tally(found: int, prediction: Prediction) -> Tally:
    """Return `found` beside its prediction."""
    return Tally(
        found=found,
        expected=round(prediction.mean, 2),
        low=prediction.quantile(LOW),
        high=prediction.quantile(HIGH),
        tail=prediction.tail(found),
    )
