"""Role fillers by CEAF-REE (Du, Rush and Cardie 2021, "GRIT: Generative Role-filler Transformers").

Per message and role the predicted participants are paired one to one with the gold ones; a pair is worth
one point when every predicted mention is a mention of the gold participant, otherwise nothing. Points,
predicted and gold participants are summed over messages, and over roles for the micro average.
"""

from collections.abc import Mapping

from dateline.evaluate.muc.assign import best_pairs
from dateline.evaluate.muc.gold import FIVE, Entity, Fillers, normal
from dateline.evaluate.suite import Score, Tally, together

MICRO = "role fillers"


def score_fillers(
    predicted: Mapping[str, Fillers], gold: Mapping[str, Fillers], table: str = ""
) -> tuple[Score, ...]:
    """Return the scores of the five roles and, last, their micro average, over the messages of `gold`."""
    tally = Tally()
    for message, fillers in gold.items():
        answer = predicted.get(message, {})
        for role in FIVE:
            found, wanted = answer.get(role, ()), fillers.get(role, ())
            right = matched(found, wanted)
            tally.add(role, correct=right, predicted=len(found), gold=len(wanted), table=table)
    scores = tally.scores(table)
    return (*scores, together(MICRO, scores, table))


def matched(found: tuple[Entity, ...], wanted: tuple[Entity, ...]) -> int:
    """Return how many participants of `found` can be paired with one of `wanted`."""
    answers = [{normal(mention) for mention in entity} for entity in found]
    keys = [{normal(mention) for mention in entity} for entity in wanted]
    return len(best_pairs([[float(answer <= key) for key in keys] for answer in answers]))
