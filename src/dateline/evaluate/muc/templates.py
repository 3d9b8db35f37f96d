"""Templates of five roles by the scorer of GTT (Du, Rush and Cardie 2021, on template filling).

Per message the predicted templates are paired one to one with gold ones of the same incident type, so that
the F1 of the message is greatest. In a pair a predicted participant is right when its mentions are all
mentions of *some* gold participant of that role, and a gold participant is found when *some* predicted one
is such; the incident type counts as one slot. All slots of templates without a partner are spurious or
missing. Precision and recall are micro averages over all slots of all messages.

The pairing is the assignment of greatest sum of right and found slots, which gives the greatest F1 wherever no
participant is told twice in a template (the published scorer tries all pairings).
"""

from collections.abc import Mapping, Sequence

import msgspec

from dateline.evaluate.muc.assign import best_pairs
from dateline.evaluate.muc.gold import FIVE, Entity, Incident, normal
from dateline.evaluate.suite import Score

MICRO = "templates"
TYPE = "incident type"
SLOTS = (TYPE, *FIVE)


class Count(msgspec.Struct):
    """Slots of one kind: how many predicted ones are right, and how many gold ones are found."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def add(self, other: "Count") -> None:
        """Add the numbers of `other`."""
        self.right += other.right
        self.predicted += other.predicted
        self.found += other.found
        self.gold += other.gold

    def score(self, label: str, table: str = "") -> Score:
        """Return precision and recall as a Score.

        Right and found differ where one participant is told twice; `predicted` is then scaled so that the
        precision is exact.
        """
        scale = self.found / self.right if self.right else 1.0
        return Score(
            label=label, correct=self.found, predicted=self.predicted * scale, gold=self.gold, table=table
        )


def score_templates(
    predicted: Mapping[str, Sequence[Incident]], gold: Mapping[str, Sequence[Incident]], table: str = ""
) -> tuple[Score, ...]:
    """Return the scores of the type and the five roles and, last, their micro average."""
    counts = {slot: Count() for slot in SLOTS}
    for message, incidents in gold.items():
        for slot, count in count_message(predicted.get(message, ()), incidents).items():
            counts[slot].add(count)
    total = Count()
    for count in counts.values():
        total.add(count)
    return (*(counts[slot].score(slot, table) for slot in SLOTS), total.score(MICRO, table))


def count_message(predicted: Sequence[Incident], gold: Sequence[Incident]) -> dict[str, Count]:
    """Return the counts of one message under its best pairing."""
    answers, keys = [_normal(incident) for incident in predicted], [_normal(incident) for incident in gold]
    pairs = best_pairs([[_worth(answer, key) for key in keys] for answer in answers])
    counts = {slot: Count() for slot in SLOTS}
    for incidents, side in ((answers, "predicted"), (keys, "gold")):
        for incident in incidents:
            for slot in SLOTS:
                number = 1 if slot == TYPE else len(incident[1][slot])
                setattr(counts[slot], side, getattr(counts[slot], side) + number)
    for row, column in pairs:
        for slot in SLOTS:
            right, found = _shared(answers[row], keys[column], slot)
            counts[slot].right += right
            counts[slot].found += found
    return counts


_Normal = tuple[str, dict[str, list[frozenset[str]]]]


def _normal(incident: Incident) -> _Normal:
    def strings(entities: Sequence[Entity]) -> list[frozenset[str]]:
        return [frozenset(normal(mention) for mention in entity) for entity in entities]

    return incident.type, {role: strings(incident.fillers.get(role, ())) for role in FIVE}


def _worth(answer: _Normal, key: _Normal) -> float:
    if answer[0] not in key[0]:
        return 0.0
    return float(sum(sum(_shared(answer, key, slot)) for slot in SLOTS))


def _shared(answer: _Normal, key: _Normal, slot: str) -> tuple[int, int]:
    if slot == TYPE:
        return 1, 1
    found, wanted = answer[1][slot], key[1][slot]
    right = sum(any(entity <= gold for gold in wanted) for entity in found)
    return right, sum(any(entity <= gold for entity in found) for gold in wanted)
