"""All slots, after the rules of MUC-4 (Chinchor 1992, "MUC-4 Evaluation Metrics") as far as published.

Answers are mapped to keys one to one, for the greatest sum of credits. A pair may be mapped only where the
incident type matches at least in part, and one of the participants does so too, or date and place both. In
a pair fillers are paired slot by slot for the greatest credit: full credit counts 1, partial 0.5; what is
left over on both sides is incorrect, on the key's side missing, on the answer's side spurious. Optional
fillers and optional templates that are not given are not missing. All slots of templates that are not
mapped are missing or spurious (the "all templates" line). Recall is credit of possible fillers, precision
credit of actual ones.

The program of 1992 asked a person about strings that differ and knew gazetteers for dates and places; here
`compare` decides alone and more strictly, so figures are comparable with one another first of all.
"""

from collections.abc import Mapping, Sequence

from dateline.evaluate.muc.assign import best_pairs
from dateline.evaluate.muc.compare import PARTIAL, credit
from dateline.evaluate.suite import Score, Tally, together
from dateline.train.sources.muckeys import SLOTS, Fill, Template

MICRO = "all slots"
TABLE = "MUC-4 slots"
# A partial match in one of these allows a mapping.
ANCHORS = ("physical", "physical_type", "name", "description", "human_type", "individual", "organization")


def score_slots(
    predicted: Mapping[str, Sequence[Template]], gold: Mapping[str, Sequence[Template]], table: str = TABLE
) -> tuple[Score, ...]:
    """Return a score per slot (`table`) and, last, the micro average of all slots in the main table."""
    tally = Tally()
    for slot in SLOTS:
        tally.add(slot, table=table)
    for message, keys in gold.items():
        answers = predicted.get(message, ())
        pairs = map_templates(answers, keys)
        mapped, used = {column for _, column in pairs}, {row for row, _ in pairs}
        for row, column in pairs:
            _add(tally, table, answers[row], keys[column])
        for number, answer in enumerate(answers):
            if number not in used:
                _add(tally, table, answer, None)
        for number, key in enumerate(keys):
            if number not in mapped and not key.optional:
                _add(tally, table, None, key)
    scores = tally.scores(table)
    return (*scores, together(MICRO, scores))


def map_templates(answers: Sequence[Template], keys: Sequence[Template]) -> list[tuple[int, int]]:
    """Return the pairs (answer, key) of the mapping."""
    return best_pairs([[_worth(answer, key) for key in keys] for answer in answers])


def count_slot(slot: str, answers: Sequence[Fill], keys: Sequence[Fill]) -> tuple[float, int, int]:
    """Return credit, actual and possible fillers of one slot of a mapped pair."""
    pairs = best_pairs([[credit(slot, answer, key) for key in keys] for answer in answers])
    earned = sum(credit(slot, answers[row], keys[column]) for row, column in pairs)
    given = {column for _, column in pairs}
    asked = sum(number in given or not key.optional for number, key in enumerate(keys))
    return earned, len(answers), asked


def _worth(answer: Template, key: Template) -> float:
    earned = {slot: count_slot(slot, answer.fills(slot), key.fills(slot))[0] for slot in SLOTS}
    anchored = any(earned[slot] >= PARTIAL for slot in ANCHORS)
    placed = earned["date"] >= PARTIAL and earned["location"] >= PARTIAL
    return sum(earned.values()) if earned["type"] >= PARTIAL and (anchored or placed) else 0.0


def _add(tally: Tally, table: str, answer: Template | None, key: Template | None) -> None:
    for slot in SLOTS:
        if key is not None and slot in key.inapplicable:
            continue
        given = () if answer is None else answer.fills(slot)
        wanted = () if key is None else key.fills(slot)
        earned, actual, possible = count_slot(slot, given, wanted)
        tally.add(slot, correct=earned, predicted=actual, gold=possible, table=table)
