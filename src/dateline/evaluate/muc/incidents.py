"""Incidents: which types a message tells of, and which participants belong to each.

Messages of the keys seldom hold two incidents of one type that five roles could tell apart (one template per
type and message would reach an F1 of 85 on TST1 and TST2 with perfect fillers), so one is made per type.
"""

import math
from collections.abc import Mapping, Sequence

from dateline.evaluate.muc.gold import ASKED, FIVE, Incident
from dateline.evaluate.muc.judging import Group, Page
from dateline.evaluate.muc.logistic import Features
from dateline.evaluate.muc.rules import NO_TYPE, muc_type
from dateline.evaluate.muc.tables import Tables
from dateline.model.mention import Mention

_REAL = frozenset({"occurred", "ongoing", "attempted"})
# Slots that do not apply to an incident type (task documents, sections 7.7 and 7.13).
OUTSIDE = {"kidnapping": frozenset({"Target", "Weapon"}), "arson": frozenset({"Weapon"})}
Kept = Mapping[str, Sequence[Group]]


def type_features(page: Page, kind: str, tops: Mapping[str, float], tables: Tables) -> Features:
    """Return what speaks for a message telling of an incident of a type.

    `tops` is the probability of the likeliest filler of each role.
    """
    own = [mention for mention in page.mentions if muc_type(mention) == kind]
    others = sum(muc_type(mention) not in {kind, NO_TYPE} for mention in page.mentions)
    count = len(own) or 1
    shared: dict[str, float] = {
        "message": page.odds / 3,
        "words": tables.kind_odds(kind, page.article.text) / 3,
        "often": math.log(1 + len(own)),
        "none": float(not own),
    }
    shared |= {f"top {role}": tops[role] for role in ASKED}
    features = {
        "": 1.0,
        f"is {kind}": 1.0,
        "others": math.log(1 + others),
        "sentence": max((page.sentences[mention.sentence] for mention in own), default=0.0) / 3,
        "real": sum(mention.status.reality in _REAL for mention in own) / count,
        "news": sum(mention.status.currency == "news" for mention in own) / count,
        "first": 1 / (1 + min((mention.sentence for mention in own), default=9)),
        **shared,
    }
    return features | {f"{kind} {name}": value for name, value in shared.items()}


def share_out(page: Page, kinds: Sequence[str], kept: Kept) -> dict[str, dict[str, list[Group]]]:
    """Give each kept participant to the incidents in whose sentences it stands, else to the likeliest one.

    `kinds` are the incident types of the message, the likeliest first.
    """
    shared: dict[str, dict[str, list[Group]]] = {kind: {role: [] for role in kept} for kind in kinds}
    if not kinds:
        return shared
    for role, groups in kept.items():
        for group in groups:
            near = {muc_type(mention) for mention in mentions_of(group, page)}
            for kind in [kind for kind in kinds if kind in near] or kinds[:1]:
                if role not in OUTSIDE.get(kind, ()):
                    shared[kind][role].append(group)
    return shared


def mentions_of(group: Group, page: Page) -> list[Mention]:
    """Return the mentions that a group comes from, or those of its sentences where it is nobody's argument."""
    numbers = sorted({candidate.mention for candidate in group.candidates if candidate.mention >= 0})
    if numbers:
        return [page.mentions[number] for number in numbers]
    sentences = {candidate.sentence for candidate in group.candidates}
    return [mention for mention in page.mentions if mention.sentence in sentences]


def five_roles(shared: Mapping[str, Mapping[str, Sequence[Group]]]) -> tuple[Incident, ...]:
    """Return the incidents in the form of five roles."""
    return tuple(
        Incident(
            type=kind,
            fillers={role: tuple((group.plain,) for group in fillers.get(role, ())) for role in FIVE},
        )
        for kind, fillers in shared.items()
    )
