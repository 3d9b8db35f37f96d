"""What changes among the pairs of a block when reports come and go, found from the stretches around them alone.

Of a block with a hundred thousand members only those are read that lie near a report that came or went: those
that may have it among the SCAN that they look at, and those that it looks at.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from dateline.link.block import LOOKS, NARROW_DAYS, SCAN, Look, meeting, pairs_in, together
from dateline.link.compare import Scorer
from dateline.link.features import FAR_DAYS
from dateline.model.ids import ReportId
from dateline.model.kept import Block, Manner, Order, Pair, Stand

Stands = Mapping[Manner, Sequence[Stand]]

# Members that are read at once.
CHUNK = 2 * SCAN
# Reports that come or go this many days apart have nothing to do with one another in a list of narrow windows.
MEET_DAYS = FAR_DAYS + NARROW_DAYS
# Up to so many days between them are read in one go.
GAP_DAYS = 365
# More stands than any block holds.
EVERYONE = 2**62
# A day before all others.
NO_DAY = -1


class Shelf(Protocol):
    """The blocks as they were kept at the last link."""

    def manners(self, blocks: Collection[Block]) -> Mapping[Block, Collection[Manner]]:
        """Return how reports stand in those of `blocks` that are not empty, whoever they are."""
        ...

    def before(self, block: Block, manner: Manner, at: Order, since: int, limit: int) -> Sequence[Stand]:
        """Return the last `limit` stands before `at` whose window ends on day `since` or later, in order."""
        ...

    def since(
        self, block: Block, manner: Manner, at: Order, until: Order | None, limit: int
    ) -> Sequence[Stand]:
        """Return the first `limit` stands from `at` on that lie before `until`, in order."""
        ...


class Change(msgspec.Struct, frozen=True):
    """Who goes out of a block and who comes into it."""

    block: Block
    gone: Stands
    come: Stands


class Changed(msgspec.Struct, frozen=True):
    """Pairs that a block gave and gives now, of those who may meet others now: all pairs of `lookers`."""

    block: Block
    given: frozenset[Pair]
    gives: frozenset[Pair]
    lookers: frozenset[tuple[ReportId, Look]]


class _Run(msgspec.Struct, frozen=True):
    """All members of a stretch, and its ends: `last` is where the last report comes or goes."""

    members: Sequence[Stand]
    low: Order
    last: Order
    high: Order | None


def changed_pairs(changes: Collection[Change], shelf: Shelf, scorer: Scorer) -> Iterator[Changed]:
    """Give what changes make of the pairs of their blocks."""
    there = shelf.manners([change.block for change in changes])
    for change in changes:
        if change.block in there:
            yield _changed(_Changing(change, shelf, there[change.block]), scorer)
        else:
            pairs = frozenset(pairs_in(change.come, scorer))
            yield Changed(change.block, frozenset(), pairs, frozenset())


def _changed(block: "_Changing", scorer: Scorer) -> Changed:
    given: set[Pair] = set()
    gives: set[Pair] = set()
    lookers: set[tuple[ReportId, Look]] = set()
    for look in LOOKS:
        if not all(block.holds(manners) for manners in (look.lookers, look.members)):
            continue
        for run in block.runs(look):
            after = block.changed(run, look)
            before_them, after_them = block.lookers(run, look)
            given.update(pair for each in before_them for pair in meeting(each, run.members, look, scorer))
            gives.update(pair for each in after_them for pair in meeting(each, after, look, scorer))
            lookers.update((each.report, look) for each in after_them)
    return Changed(block.name, frozenset(given), frozenset(gives), frozenset(lookers))


def still_meet(
    pair: tuple[Stand, Manner, Stand, Manner],
    change: Change,
    shelf: Shelf,
    scorer: Scorer,
    asked: Collection[tuple[ReportId, Look]] = (),
) -> bool:
    """Tell whether a block gives a pair after `change`: two stands, each with how it stands there.

    Of `asked` it is known what they meet, and that this is not the pair.
    """
    one, as_one, two, as_two = pair
    wanted = (min(one.report, two.report), max(one.report, two.report))
    there = shelf.manners([change.block])
    block = _Changing(change, shelf, there.get(change.block, ()))
    for looker, as_looker, as_member in ((one, as_one, as_two), (two, as_two, as_one)):
        for look in LOOKS:
            known = (looker.report, look) in asked
            if not known and as_looker in look.lookers and as_member in look.members:
                members = block.seen(looker, look)
                if wanted in meeting(looker, members, look, scorer):
                    return True
    return False


class _Changing:
    """A block before and after a change."""

    def __init__(self, change: Change, shelf: Shelf, kept: Collection[Manner]) -> None:
        self.name, self._shelf = change.block, shelf
        self._gone, self._come = change.gone, change.come
        self._kept = kept

    def holds(self, manners: Iterable[Manner]) -> bool:
        """Tell whether any report stands so, before or after."""
        return any(manner in self._kept or self._come.get(manner) for manner in manners)

    def runs(self, look: Look) -> Iterator[_Run]:
        """Give the stretches of members around what comes and goes."""
        lookers = {look.after(stand) for stand in self._changing(look.lookers)}
        points = sorted(lookers | set(self._changing(look.members)))
        for near in _near(points, look):
            yield from self._stretches(near, look)

    def changed(self, run: _Run, look: Look) -> Sequence[Stand]:
        """Return the members of a stretch as they are after the change."""
        gone = {stand for manner in look.members for stand in self._gone.get(manner, ())}
        come = [
            stand
            for manner in look.members
            for stand in self._come.get(manner, ())
            if run.low <= stand and (run.high is None or stand <= run.high)
        ]
        if not gone and not come:
            return run.members
        return sorted([*(stand for stand in run.members if stand not in gone), *come])

    def lookers(self, run: _Run, look: Look) -> tuple[list[Stand], list[Stand]]:
        """Return those, before and after, that look at members of a stretch and may meet others now."""
        gone = {stand for manner in look.lookers for stand in self._gone.get(manner, ())}
        come = {stand for manner in look.lookers for stand in self._come.get(manner, ())}
        before = {stand for stand in gone if run.low <= look.after(stand) <= run.last}
        after = {stand for stand in come if run.low <= look.after(stand) <= run.last}
        if any(run.low <= stand <= run.last for stand in self._changing(look.members)):
            kept = set(self._looking(run, look))
            before, after = before | kept, after | (kept - gone)
        return sorted(before), sorted(after)

    def seen(self, looker: Stand, look: Look) -> Sequence[Stand]:
        """Return the members that `looker` looks at after the change, and perhaps more."""
        low, limit = look.after(looker), SCAN + 1 + sum(map(len, self._gone.values()))
        read = self._since(look, low, None, limit)
        run = _Run(read, low, low, read[-1] if len(read) == limit else None)
        return self.changed(run, look)

    def _changing(self, manners: Iterable[Manner]) -> Iterator[Stand]:
        for manner in manners:
            yield from self._gone.get(manner, ())
            yield from self._come.get(manner, ())

    def _stretches(self, points: Sequence[Order], look: Look) -> Iterator[_Run]:
        until: Order | None = None if look.is_wide else (points[-1][0] + MEET_DAYS + 1,)
        done = 0
        while done < len(points):
            since = NO_DAY if look.is_wide else points[done][0] - MEET_DAYS
            members = self._before(look, points[done], since)
            low: Order = members[0] if len(members) == SCAN else (since,)
            high, ended = points[done], False
            while True:
                done = len(points) if ended else bisect_right(points, high, done)
                if ended or len(members) - bisect_right(members, points[done - 1]) >= SCAN:
                    break
                more = self._since(look, high, until, CHUNK)
                members += more[1:] if members and more and more[0] == members[-1] else more
                ended = len(more) < CHUNK
                high = more[-1] if more else high
            yield _Run(members, low, points[done - 1], until if ended else high)

    def _before(self, look: Look, at: Order, since: int) -> list[Stand]:
        found = {
            manner: self._shelf.before(self.name, manner, at, since, SCAN)
            for manner in look.members
            if manner in self._kept
        }
        return list(together(found, look.members))[-SCAN:]

    def _since(self, look: Look, at: Order, until: Order | None, limit: int) -> list[Stand]:
        found = {
            manner: self._shelf.since(self.name, manner, at, until, limit)
            for manner in look.members
            if manner in self._kept
        }
        return list(together(found, look.members))[:limit]

    def _looking(self, run: _Run, look: Look) -> Iterator[Stand]:
        """Give the kept lookers that begin to look within a stretch, no later than its last change."""
        at, until = run.low, _behind(run.last)
        if not look.is_level:
            at, until = (run.low[0] + FAR_DAYS,), (run.last[0] + MEET_DAYS + 1,)
        for manner in look.lookers:
            if manner in self._kept:
                found = self._shelf.since(self.name, manner, at, until, EVERYONE)
                yield from (stand for stand in found if run.low <= look.after(stand) <= run.last)


def _near(points: Sequence[Order], look: Look) -> Iterator[Sequence[Order]]:
    """Part what lies so far from one another that nothing can look at both."""
    start = 0
    for number in range(1, len(points) + 1):
        at_end = number == len(points)
        if at_end or (not look.is_wide and points[number][0] - points[number - 1][0] > GAP_DAYS):
            yield points[start:number]
            start = number


def _behind(order: Order) -> Order:
    """Return the next place in the order."""
    if isinstance(order, Stand):
        return order._replace(rank=order.rank + 1, report=ReportId(""), type="")
    return (order[0] + 1,)
