"""PLOVER: the event type of one sentence, on the gold records of its makers (never trained on).

A record holds one type. The answer is the type of the weightiest mention: one that takes place before one that
is planned, demanded or feared, then the coder's score, then the first in the text. Our type is led over to
PLOVER's by the ontology's crosswalk; a mention that is only demanded or threatened is, in PLOVER, a REQUEST or
a THREATEN. The records use the types of the first draft; those that PLOVER 2.0 renamed count as the new ones.
"""

from collections import Counter
from collections.abc import Sequence

from dateline.clean import article_of
from dateline.code.base import Coder
from dateline.evaluate.suite import Score, SuiteResult, Task, classes, mean
from dateline.model.mention import Mention
from dateline.ontology import Ontology, load_ontology
from dateline.train.sources.plover import read_gold

_TAKES_PLACE = frozenset({"occurred", "ongoing", "attempted"})
_BY_REALITY = {"demanded": "REQUEST", "threatened": "THREATEN"}
AMONG = "type among those of the mentions"


def run(coder: Coder, task: Task) -> SuiteResult:
    """Measure `coder` on the gold records."""
    ontology = load_ontology()
    records = list(read_gold(task.data / "plover"))
    pairs: Counter[tuple[str, str]] = Counter()
    among = 0
    for number, record in enumerate(records):
        mentions = coder.code(article_of(record.text))
        pairs[record.type, weightiest(mentions, ontology) or ""] += 1
        among += record.type in {plover_type(mention, ontology) for mention in mentions}
        task.progress(number + 1, len(records))
    by_class = classes(pairs)
    right = sum(count for (gold, told), count in pairs.items() if gold == told)
    given = sum(count for (_, told), count in pairs.items() if told)
    return SuiteResult(
        suite="plover",
        coder=coder.name,
        scores=(
            Score(label="type", correct=right, predicted=given, gold=len(records)),
            Score(label="accuracy", correct=right, gold=len(records), kind="share"),
            mean("mean F1 of the types", [score.f1 for score in by_class if score.gold]),
            Score(label=AMONG, correct=among, gold=len(records), kind="share"),
            *classes(pairs, table="types"),
        ),
        headline="accuracy",
        notes=(f"{len(records)} records",),
    )


def plover_type(mention: Mention, ontology: Ontology) -> str | None:
    """Return the PLOVER type that a mention stands for; None where PLOVER has none."""
    told = ontology.types[mention.type].crosswalk.plover.type
    return _BY_REALITY.get(mention.status.reality, told)


def weightiest(mentions: Sequence[Mention], ontology: Ontology) -> str | None:
    """Return the PLOVER type of the weightiest mention; None without any."""
    if not mentions:
        return None
    first = min(
        mentions,
        key=lambda each: (each.status.reality not in _TAKES_PLACE, -each.score, each.trigger.start, each.type),
    )
    return plover_type(first, ontology)
