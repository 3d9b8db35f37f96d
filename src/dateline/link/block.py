"""Which pairs of reports are worth comparing, at a cost that grows with the reports and not with all pairs.

The mentions of one article are compared with one another. Across articles, a report stands in one block for
each thing by which another report of the same happening may be found: its place, its cell, its container, its
sentence, its actors. Within a block the members are sorted by day and each is compared with those that follow,
whose days can meet and whose types can (sorted neighbourhood; M. Hernandez and S. Stolfo, 1995), at most REACH
of them. What lies in no narrow span of days, as a year or undated background, stands in a list of its own,
where whoever meets it finds it.

The blocks of a report follow from the report alone, the pairs within a block from its members alone, and the
pairs within an article from the article alone. What becomes of a report follows from its *component*, the
reports that candidate pairs connect it with, directly or through others. So new reports can only change the
components that hold a member of one of their blocks.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from dateline.link.compare import Scorer
from dateline.link.features import FAR_DAYS, TELLING_FIGURE
from dateline.link.placekeys import Place
from dateline.link.placing import PLACELESS, SURE
from dateline.link.profiles import Profile
from dateline.model.ids import ReportId, number_of
from dateline.model.kept import Manner, Order, Stand, Standing

# Members that follow within a block that one is compared with. A happening with more reports than this still
# becomes one event through shared neighbours; measured with bench/link.py, where 40 keeps 50,000 reports quick.
REACH = 40

# Of those that seek, who does not seek itself meets at most this many: they are a part of a block, and told
# coarsely. Half of REACH keeps 5,000 reports of one town and day as quick as with those of a town alone.
SILENT_REACH = REACH // 2

# Side of a grid cell in degrees. Two grids, shifted by half a cell, let near places on a cell's edge meet.
CELL_DEGREES = 1.0

# A copied sentence of at least this many characters stands on its own as a reason to compare.
COPIED_SENTENCE = 40

# How many members that follow are looked at to find REACH whose days can meet.
SCAN = 4 * REACH

# The window of a report of which nothing tells when it happened.
ANY_TIME = (0, 10**9)

# Days that the first and last of a narrow window may lie apart: those of what is told without a date do, as far
# as it is looked for back or ahead. Among the wide ones dated reports without a town missed them.
NARROW_DAYS = 100

# The number of a block, and whether the report seeks partners there. Two that both do not are left to other
# blocks: two towns of one province are compared by their distance, not because they share the province.
Entry = tuple[int, bool]

# How a report stands in a block: whether it seeks partners there, and whether its window is wide.
SILENT, SEEKING, WIDE_SILENT, WIDE_SEEKING = range(4)


Block = Mapping[Manner, Sequence[Stand]]

T = TypeVar("T", bound=str)


def candidate_pairs(profiles: Sequence[Profile], scorer: Scorer) -> Iterator[tuple[int, int]]:
    """Yield each pair of positions in `profiles` that shares an article or a block and breaks no constraint.

    `profiles` must be sorted by id; so are the pairs. They depend only on which profiles share a block.
    """
    yield from sorted({*pairs_within(profiles, scorer), *pairs_across(profiles, scorer)})


def pairs_within(profiles: Sequence[Profile], scorer: Scorer) -> Iterator[tuple[int, int]]:
    """Give the candidate pairs of positions within single articles, which may return to anything they told."""
    articles: dict[tuple[str, str], list[tuple[Stand, int]]] = defaultdict(list)
    for position, profile in enumerate(profiles):
        articles[profile.article, profile.reality].append((stand_of(profile), position))
    for told in articles.values():
        if len(told) == 1:
            continue
        told.sort()
        for number, (each, left) in enumerate(told, 1):
            related = (
                there for there in told[number : number + SCAN] if scorer.related(each.type, there[0].type)
            )
            for _, (_, right) in zip(range(REACH), related, strict=False):
                pair = (left, right) if left < right else (right, left)
                if scorer.comparable(profiles[pair[0]], profiles[pair[1]]):
                    yield pair


def pairs_across(profiles: Sequence[Profile], scorer: Scorer) -> Iterator[tuple[int, int]]:
    """Give the candidate pairs of positions in different articles, each once."""
    at = {profile.id: position for position, profile in enumerate(profiles)}
    blocks: dict[int, dict[Manner, list[Stand]]] = defaultdict(lambda: defaultdict(list))
    for profile in profiles:
        standing = standing_of(profile)
        for block, manner in standing.blocks.items():
            blocks[block][manner].append(standing.stand)
    found = {pair for members in blocks.values() for pair in pairs_in(members, scorer)}
    for left, right in sorted((at[left], at[right]) for left, right in found):
        one, two = profiles[left], profiles[right]
        if one.article != two.article and scorer.comparable(one, two):
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


def pairs_reaching(
    ids: Iterable[T], pairs_at: Callable[[Collection[T]], Iterable[tuple[T, T]]]
) -> set[tuple[T, T]]:
    """Return the pairs that lead, directly or through others, to any of `ids`; `pairs_at` gives them."""
    found = set(ids)
    front, pairs = set(found), set[tuple[T, T]]()
    while front:
        near = set(pairs_at(front)) - pairs
        pairs |= near
        front = {end for pair in near for end in pair} - found
        found |= front
    return pairs


# --- where a report stands


def standing_of(profile: Profile) -> Standing:
    """Return the report of `profile` with all blocks that it stands in."""
    wide = is_wide(profile)
    blocks = {block: manner_of(seeks=seeks, wide=wide) for block, seeks in block_entries(profile)}
    return Standing(stand_of(profile), profile.article, blocks)


def stand_of(profile: Profile) -> Stand:
    """Return the report of `profile` as it stands in all its blocks."""
    first, last = _window(profile)
    return Stand(last, first, rank_of(profile), profile.id, profile.type)


def rank_of(profile: Profile) -> int:
    """Return the place (0..2^63 - 1) among reports of the same days: by type, then by chance.

    Chance is a digest, the same everywhere: so coarse places and fine ones stand mixed, and of many that are
    alike each meets others.
    """
    return (_digest(profile.type) >> 56) << 56 | number_of(profile.id) >> 7


@lru_cache(maxsize=65536)
def _digest(*parts: str) -> int:
    return number_of(*parts)


def is_wide(profile: Profile) -> bool:
    """Tell whether days cannot say where in a block others of the same happening stand."""
    first, last = _window(profile)
    return last - first > NARROW_DAYS


def manner_of(*, seeks: bool, wide: bool) -> Manner:
    """Return how a report stands in a block."""
    return seeks + 2 * wide


def block_entries(profile: Profile) -> Iterator[Entry]:
    """Give the number of every block that a report stands in, once, and whether it seeks partners there."""
    found: dict[int, bool] = {}
    for key, seeks in _entries(profile):
        number = _digest(*key, profile.reality)
        found[number] = found.get(number, False) or seeks
    yield from found.items()


def _entries(profile: Profile) -> Iterator[tuple[tuple[str, ...], bool]]:
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
        # ... and by how many it befell: few happenings of the same days have one figure.
    for count in profile.counts:
        if count.low >= TELLING_FIGURE:
            yield ("count", count.kind, str(count.low)), placeless
    if profile.type in PLACELESS:
        yield ("type", profile.type), placeless
    for actor in (*profile.actors, *profile.targets):
        if not actor.vague:
            yield ("actor", actor.key), placeless


def _place_entries(place: Place) -> Iterator[tuple[tuple[str, ...], bool]]:
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


def _window(profile: Profile) -> tuple[int, int]:
    return profile.window or ANY_TIME


# --- who meets whom in a block


class Look(NamedTuple):
    """Who looks for partners among whom, in their order, and how many each takes at most."""

    lookers: tuple[Manner, ...]
    members: tuple[Manner, ...]
    reach: int

    def after(self, looker: Stand) -> Order:
        """Return the place in the order of the members behind which `looker` looks.

        It is its own; who looks through wide windows without having one begins with the first that it meets.
        """
        return looker if self.is_level else (looker.first - FAR_DAYS,)

    @property
    def is_level(self) -> bool:
        """Whether lookers stand in the order of the members."""
        return (self.lookers[0] >= WIDE_SILENT) == self.is_wide

    @property
    def is_wide(self) -> bool:
        """Whether the windows of the members are wide."""
        return self.members[0] >= WIDE_SILENT


LOOKS = (
    Look((SILENT,), (SEEKING,), SILENT_REACH),
    Look((SEEKING,), (SILENT, SEEKING), REACH),
    Look((WIDE_SILENT,), (WIDE_SEEKING,), SILENT_REACH),
    Look((WIDE_SEEKING,), (WIDE_SILENT, WIDE_SEEKING), REACH),
    Look((SILENT, SEEKING), (WIDE_SEEKING,), REACH),
)


def pairs_in(block: Block, scorer: Scorer) -> Iterator[tuple[ReportId, ReportId]]:
    """Give the pairs of reports, smaller id first, that meet in a block; it need not be sorted."""
    stands = {manner: sorted(members) for manner, members in block.items()}
    for look in LOOKS:
        members = together(stands, look.members)
        if members:
            for looker in together(stands, look.lookers):
                yield from meeting(looker, members, look, scorer)


def together(block: Block, manners: Iterable[Manner]) -> Sequence[Stand]:
    """Return the stands of `manners` in `block`, whose parts are sorted, as one sorted list."""
    parts = [block[manner] for manner in manners if block.get(manner)]
    return parts[0] if len(parts) == 1 else sorted(stand for part in parts for stand in part)


def meeting(
    looker: Stand, members: Sequence[Stand], look: Look, scorer: Scorer
) -> Iterator[tuple[ReportId, ReportId]]:
    """Give the pairs of `looker` with those of the sorted `members` that it meets."""
    taken, start = 0, bisect_right(members, look.after(looker))
    for other in members[start : start + SCAN]:
        if other.first <= looker.last + FAR_DAYS and scorer.related(looker.type, other.type) > 0:
            taken += 1
            one, two = looker.report, other.report
            yield (one, two) if one < two else (two, one)
            if taken >= look.reach:
                break
