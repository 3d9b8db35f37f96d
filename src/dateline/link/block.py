"""Which pairs of reports are worth comparing, at a cost that grows with the reports and not with all pairs.

A report stands in one block for each thing by which another report of the same happening may be found (its
place, its cell, its container, its article, its sentence, its actors) and each span of time that it may lie
in. Within a block the members are sorted by day and each is compared with those that follow, whose days can
meet and whose types can (sorted neighbourhood; M. Hernandez and S. Stolfo, 1995), at most REACH of them.

The blocks of a report follow from the report alone, and the pairs within a block from its members alone; what
becomes of a report follows from its *component*, the reports that candidate pairs connect it with, directly or
through others. So new reports can only change the components that hold a member of one of their blocks.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline.link.compare import Scorer
from dateline.link.features import FAR_DAYS
from dateline.link.placekeys import Place
from dateline.link.placing import SURE
from dateline.link.profiles import Profile

# Members that follow within a block that one is compared with. A happening with more reports than this still
# becomes one event through shared neighbours; measured with bench/link.py, where 40 keeps 50,000 reports quick.
REACH = 40

# Side of a grid cell in degrees. Two grids, shifted by half a cell, let near places on a cell's edge meet.
CELL_DEGREES = 1.0

# A copied sentence of at least this many characters stands on its own as a reason to compare.
COPIED_SENTENCE = 40

# How many members that follow are looked at to find REACH whose days can meet.
SCAN = 4 * REACH

# The window of a report of which nothing tells when it happened.
ANY_TIME = (0, 10**9)

# Days in a span of time that the archive is blocked by. A report stands in each span that its window touches;
# one whose window is wider than half a span, as of a year or of undated background, seeks in all of time, where
# the others can be found. So a year meets its days, and days meet only days that are near.
SPAN = 64

# The key of a block, and whether the report seeks partners there. Two that both do not are left to other
# blocks: two towns of one province are compared by their distance, not because they share the province.
Entry = tuple[tuple[str, ...], bool]


def candidate_pairs(profiles: Sequence[Profile], scorer: Scorer) -> Iterator[tuple[int, int]]:
    """Yield each pair of positions in `profiles` that shares a block and breaks no constraint, once, sorted.

    `profiles` must be sorted by id. The pairs depend only on which profiles share a block.
    """
    blocks: dict[tuple[str, ...], dict[int, bool]] = defaultdict(dict)
    for index, profile in enumerate(profiles):
        for key, seeks in block_keys(profile):
            blocks[key][index] = blocks[key].get(index, False) or seeks
    found: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if len(members) > 1:
            # An article that tells of old things may return to them without a date.
            slack = ANY_TIME[1] if key[0] == "article" else FAR_DAYS
            found.update(_neighbours(members, profiles, slack, scorer))
    for left, right in sorted(found):
        if scorer.comparable(profiles[left], profiles[right]):
            yield left, right


def components(count: int, pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Return the groups of the positions below `count` that `pairs` connect, directly or through others.

    Positions in a group and groups are sorted; a position without pairs is a group of its own. Give also the
    pairs that people joined. What is one event is decided within a component, whatever lies outside of it.
    """
    parent = list(range(count))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for left, right in pairs:
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for item in range(count):
        groups[root(item)].append(item)
    return tuple(tuple(group) for group in groups.values())


def block_keys(profile: Profile) -> Iterator[Entry]:
    """Give the key of every block that a report stands in, and whether it seeks partners there."""
    first, last = _window(profile)
    wide = last - first > SPAN // 2
    reach = FAR_DAYS // 2
    parts = () if wide else range((first - reach) // SPAN, (last + reach) // SPAN + 1)
    for key, seeks in _entries(profile):
        if key[0] == "article":
            yield (*key, profile.reality), seeks
            continue
        yield (*key, profile.reality, "all"), seeks and wide
        for part in parts:
            yield (*key, profile.reality, str(part)), seeks


def _entries(profile: Profile) -> Iterator[Entry]:
    yield ("article", profile.article), True
    if len(profile.sentence) >= COPIED_SENTENCE:
        yield ("sentence", profile.sentence), True
    for place in profile.places:
        yield from _place_entries(place)
    # A report without a place of its own is found by the places that its sentence or title may name, by who did
    # it and by whom it hit.
    placeless = all(place.assumed or not place.fine for place in profile.places)
    if placeless:
        for name in sorted(profile.named | profile.lead):
            yield ("name", name), True
    for actor in (*profile.actors, *profile.targets):
        if not actor.vague:
            yield ("actor", actor.key), placeless


def _place_entries(place: Place) -> Iterator[Entry]:
    if place.id:
        yield ("place", place.id), True
    # A name that may have been read wrongly seeks its namesakes, wherever they were put.
    for key in sorted(place.keys):
        yield ("name", key), not place.fine or place.relative or place.sure < SURE
    if place.fine and place.latitude is not None and place.longitude is not None:
        for shift in (0.0, 0.5):
            row = math.floor(place.latitude / CELL_DEGREES + shift)
            column = math.floor(place.longitude / CELL_DEGREES + shift)
            yield ("cell", str(shift), str(row), str(column)), True
    for container in (place.admin1, place.within):
        if container:
            yield ("name", container), not place.fine and not place.coarse
    if place.country:
        yield ("country", place.country), place.precision in ("country", "region")


def _neighbours(
    members: Mapping[int, bool], profiles: Sequence[Profile], slack: int, scorer: Scorer
) -> Iterator[tuple[int, int]]:
    if not any(members.values()):
        return
    order = sorted(members, key=lambda index: _place_in_block(profiles[index]))
    seekers = [position for position, index in enumerate(order) if members[index]]
    everyone = range(len(order))
    for position, index in enumerate(order):
        others: Sequence[int] = everyone if members[index] else seekers
        last = _window(profiles[index])[1]
        taken = 0
        start = bisect_right(others, position)
        for other in others[start : start + SCAN]:
            partner = profiles[order[other]]
            if _window(partner)[0] <= last + slack and scorer.related(profiles[index].type, partner.type) > 0:
                taken += 1
                yield (index, order[other]) if index < order[other] else (order[other], index)
            if taken >= REACH:
                break


def _window(profile: Profile) -> tuple[int, int]:
    return profile.window or ANY_TIME


def _place_in_block(profile: Profile) -> tuple[int, int, str, str, str]:
    first, last = _window(profile)
    return last, first, profile.type, profile.places[0].key if profile.places else "", profile.id
