"""Answers: what a coder's mentions say of an article in the terms of MUC-4."""

from collections.abc import Mapping, Sequence

import msgspec

from dateline.evaluate.muc.gold import ASKED, FIVE, Fillers
from dateline.evaluate.muc.incidents import share_out, type_features
from dateline.evaluate.muc.judging import Group, Page, features_of
from dateline.evaluate.muc.logistic import Features, Judge
from dateline.evaluate.muc.rules import TYPES
from dateline.evaluate.muc.slots import SlotTables
from dateline.evaluate.muc.tables import Tables

# A fuller name takes the place of a shorter one when it is at least this likely beside it.
FULLER = 0.3
# A filler's probability is multiplied by that of the likeliest incident type to this power: where nothing of
# the kind is told there is nobody to name. Set on the development set between 0 and 1.
DAMPING = 0.5
Ranked = Sequence[tuple[float, Group]]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Thresholds of probability: for the likeliest filler of a role, for further ones, for an incident type."""

    firsts: Mapping[str, float] = {}
    furthers: Mapping[str, float] = {}
    kind: float = 0.5


class Learned(msgspec.Struct, frozen=True, kw_only=True):
    """All that was learned on the development set; see `learning`."""

    tables: Tables
    roles: Mapping[str, Judge]
    kinds: Judge
    limits: Limits
    slots: SlotTables
    later_roles: Mapping[str, Judge] | None = None
    later_kinds: Judge | None = None

    def later_role(self, group: Group, role: str) -> Features:
        """Return the features of the correction of a role's judge: its score, and all that it saw."""
        features = features_of(group, role, self.tables)
        return {**features, "judged": self.roles[role].score(features) / 2}

    def later_kind(self, page: Page, kind: str, tops: Mapping[str, float]) -> Features:
        """Return the features of the correction of the types' judge."""
        features = type_features(page, kind, tops, self.tables)
        names = ("often", "none", "real", "news", f"is {kind}", "others", *(f"top {role}" for role in FIVE))
        return {"": 1.0, "judged": self.kinds.score(features) / 2, **{name: features[name] for name in names}}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of an article: fillers by role, and by incident type the fillers of each role."""

    fillers: Mapping[str, tuple[Group, ...]]
    shared: Mapping[str, Mapping[str, Sequence[Group]]]

    @property
    def five(self) -> Fillers:
        """The fillers of the five roles as strings."""
        return {role: tuple((group.plain,) for group in self.fillers[role]) for role in FIVE}


def answer(
    page: Page,
    learned: Learned,
    *,
    chances: Mapping[str, Ranked] | None = None,
    kinds: Sequence[tuple[float, str]] | None = None,
) -> Answer:
    """Answer for one article; chances that were reckoned before may be given."""
    ranked = chances or role_chances(page, learned)
    limits = learned.limits
    told = kinds or kind_chances(page, ranked, learned)
    damped = damp(ranked, told)
    fillers = {
        role: chosen(damped[role], limits.firsts[role], limits.furthers[role], learned.tables, role)
        for role in ASKED
    }
    accepted = [kind for chance, kind in told if chance >= limits.kind]
    return Answer(fillers=fillers, shared=share_out(page, accepted, fillers))


def role_chances(page: Page, learned: Learned) -> dict[str, Ranked]:
    """Return the groups of a page with their probability of filling each role, the likeliest first."""
    ranked: dict[str, Ranked] = {}
    for role in ASKED:
        chances: list[tuple[float, Group]] = []
        for group in page.groups:
            if learned.later_roles is None:
                chance = learned.roles[role].probability(features_of(group, role, learned.tables))
            else:
                chance = learned.later_roles[role].probability(learned.later_role(group, role))
            chances.append((chance, group))
        ranked[role] = sorted(chances, key=lambda pair: (-pair[0], pair[1].plain))
    return ranked


def kind_chances(page: Page, ranked: Mapping[str, Ranked], learned: Learned) -> list[tuple[float, str]]:
    """Return the incident types with their probability, the likeliest first."""
    tops = likeliest(ranked)
    told: list[tuple[float, str]] = []
    for kind in TYPES:
        if learned.later_kinds is None:
            chance = learned.kinds.probability(type_features(page, kind, tops, learned.tables))
        else:
            chance = learned.later_kinds.probability(learned.later_kind(page, kind, tops))
        told.append((chance, kind))
    return sorted(told, key=lambda pair: (-pair[0], pair[1]))


def damp(ranked: Mapping[str, Ranked], kinds: Sequence[tuple[float, str]]) -> dict[str, Ranked]:
    """Return the chances of fillers, lowered where no incident type is likely."""
    factor = kinds[0][0] ** DAMPING if kinds else 1.0
    return {role: [(chance * factor, group) for chance, group in chances] for role, chances in ranked.items()}


def likeliest(ranked: Mapping[str, Ranked]) -> dict[str, float]:
    """Return the probability of the likeliest filler of each role."""
    return {role: max((chance for chance, _ in chances), default=0.0) for role, chances in ranked.items()}


def chosen(ranked: Ranked, first: float, further: float, tables: Tables, role: str) -> tuple[Group, ...]:
    """Return the fillers of a role: those above the thresholds, each participant once.

    A string whose words are all in another's is the same participant, and so are two names that the keys
    gave to one organisation. Of a person the fuller name is told.
    """
    kept: list[Group] = []
    for chance, group in ranked:
        if chance < (further if kept else first):
            break
        if not any(_same(group, other, tables) for other in kept):
            kept.append(group)
    if role == "Victim":
        kept = [_fullest(group, ranked, further) for group in kept]
    return tuple({group.plain: group for group in kept}.values())


def _same(group: Group, other: Group, tables: Tables) -> bool:
    mine, theirs = set(group.plain.split()), set(other.plain.split())
    if mine <= theirs or theirs <= mine:
        return True
    name = tables.same.get(group.plain)
    return name is not None and name == tables.same.get(other.plain)


def _fullest(group: Group, ranked: Ranked, limit: float) -> Group:
    words = set(group.plain.split())
    own = next(chance for chance, other in ranked if other is group)
    fuller = [
        other
        for chance, other in ranked
        if chance >= FULLER * min(own, limit) and words < set(other.plain.split())
    ]
    return max(fuller, key=lambda other: (len(other.plain), other.plain)) if fuller else group
