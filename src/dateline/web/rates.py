"""How often somebody may ask: a bucket of tries for each, which fills again with time."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

import msgspec

from dateline.web.problems import ProblemError

# Buckets that are remembered; the one that was used longest ago is forgotten first.
REMEMBERED = 10_000


class Rate(msgspec.Struct, frozen=True):
    """So many tries at once, and another after so many seconds."""

    tries: int
    seconds: float


# Somebody who mistypes has tries enough, and a program that guesses has some three thousand a day for a name.
SIGN_IN_NAME = Rate(8, 30.0)
# Several people may come from one address.
SIGN_IN_ADDRESS = Rate(40, 10.0)
# A reviewer at the keys gives some 250 verdicts an hour, a fast one two a second for a while.
WRITES = Rate(300, 0.2)
UPLOADS = Rate(20, 15.0)


class Rates:
    """The buckets of one server; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, what: str, who: str, rate: Rate) -> None:
        """Take one try; raises ProblemError, with the seconds to wait, where there is none left."""
        now = self._clock()
        with self._lock:
            left, at = self._buckets.get((what, who), (float(rate.tries), now))
            left = min(float(rate.tries), left + max(0.0, now - at) / rate.seconds)
            granted = left >= 1.0
            self._buckets[what, who] = (left - 1.0 if granted else left, now)
            self._buckets.move_to_end((what, who))
            while len(self._buckets) > REMEMBERED:
                self._buckets.popitem(last=False)
        if not granted:
            wait = max(1, ceil((1.0 - left) * rate.seconds))
            detail = f"That was asked too often; try again in {wait} seconds."
            raise ProblemError(429, detail, headers={"Retry-After": str(wait)})

    def forgive(self, what: str, who: str) -> None:
        """Give all tries back."""
        with self._lock:
            self._buckets.pop((what, who), None)
