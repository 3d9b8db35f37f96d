"""How well reports of one happening are told from others: GED, ECB+ and FAMuS, with baselines beside.

Usage: python bench/pairs.py [ged] [ecb] [famus] [--data FOLDER] [--cache FOLDER] [--coder NAME] [--rows N]

- **ged**: pairs and clusters of headlines of UCDP GED rows (`dateline.evaluate.pairs.ged` says what a report is
  made of), on the half that the weights were not fitted to. "headlines alone" takes nothing from the rows.
- **ecb**: event coreference on the development topics of ECB+, with gold mentions and with the coder's own.
- **famus**: whether a source text tells of the event that a report text tells of: the coder reads both, and
  they do where one event has reports of both.

Baselines: same type, same day and same place; words alone (weighted Jaccard of the sentences, joined from the
value on that is best on the other half). What was read is kept under the cache and read again from there.
"""

import argparse
import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from dateline.evaluate.pairs.coreference import Part, b_cubed, ceaf_e, clusters_of, conll, muc
from dateline.evaluate.pairs.ecb import StemTypes, read_topics
from dateline.evaluate.pairs.ged import NEGATIVES, Pair, ged_pairs
from dateline.evaluate.pairs.reading import Readings, open_readings, share
from dateline.link.block import components
from dateline.link.compare import Scorer
from dateline.link.events import link
from dateline.link.features import days_between
from dateline.link.placing import places_agree
from dateline.link.profiles import Profile, profile_of
from dateline.link.relations import TypeRelations
from dateline.link.words import telling_words
from dateline.model.report import Report
from dateline.ontology import load_ontology

# Agreement of places from which the baseline takes two as one: the same town, or towns whose radii meet.
ONE_PLACE = 0.5
STEPS = [step / 50 for step in range(50)]


class Tally(NamedTuple):
    """Pairs that were joined rightly, that were joined, and that should have been."""

    right: int
    told: int
    gold: int

    def __str__(self) -> str:
        precision, recall = self.right / max(self.told, 1), self.right / max(self.gold, 1)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {self.f1:.3f}"

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(self.told + self.gold, 1)


def tally(answers: Sequence[bool], gold: Sequence[bool]) -> Tally:
    """Count `answers` against `gold`."""
    return Tally(sum(a and b for a, b in zip(answers, gold, strict=True)), sum(answers), sum(gold))


def by_day_place_type(a: Profile, b: Profile) -> bool:
    """Tell whether two reports have one type, a day in common and one place."""
    if a.type != b.type or a.days is None or b.days is None or days_between(a.days, b.days):
        return False
    return places_agree(a.places, b.places) >= ONE_PLACE


def words_in_common(a: str, b: str) -> float:
    """Return the weighted Jaccard similarity of the telling words of two texts."""
    left, right = telling_words(a), telling_words(b)
    both = sum(min(weight, right[word]) for word, weight in left.items() if word in right)
    every = sum(left.values()) + sum(right.values()) - both
    return both / every if every else 0.0


def best_step(values: Sequence[float], gold: Sequence[bool]) -> float:
    """Return the value from which on joining gives the best F1."""
    return max(STEPS, key=lambda step: tally([value >= step for value in values], gold).f1)


def measure_ged(data: Path, rows: int, readings: Readings) -> None:
    """Print pairs and clusters of GED."""
    for name, filled in (("headlines with the rows' data", True), ("headlines alone", False)):
        pairs = ged_pairs(data, rows, readings, filled=filled)
        fitting, held = ([pair for pair in pairs if pair.fitting is half] for half in (True, False))
        scorer = Scorer(load_ontology())
        words = [[words_in_common(*_texts(pair)) for pair in half] for half in (fitting, held)]
        step = best_step(words[0], [pair.same for pair in fitting])
        for most in (1, NEGATIVES):
            chosen = [(pair, value) for pair, value in zip(held, words[1], strict=True) if pair.rank <= most]
            gold = [pair.same for pair, _ in chosen]
            profiles = [(profile_of(pair.left), profile_of(pair.right)) for pair, _ in chosen]
            ours = [scorer.comparable(a, b) and scorer.score(a, b) >= scorer.join_score for a, b in profiles]
            print(f"GED pairs, {name}, {most} of others a row: {len(gold)}, of one event {sum(gold)}")
            print(f"  the model            {tally(ours, gold)}")
            print(f"  day, place and type  {tally([by_day_place_type(a, b) for a, b in profiles], gold)}")
            print(f"  words alone ({step:.2f})   {tally([value >= step for _, value in chosen], gold)}")
            print(f"  always yes           {tally([True] * len(gold), gold)}")
        if filled:
            _clusters(held)


def _texts(pair: Pair) -> tuple[str, str]:
    return pair.left.sentence.text, pair.right.sentence.text


def _clusters(pairs: Sequence[Pair]) -> None:
    """Link all reports of the pairs at once."""
    reports = sorted({r.id: r for pair in pairs for r in (pair.left, pair.right)}.values(), key=lambda r: r.id)
    at = {report.id: place for place, report in enumerate(reports)}
    same = [(at[pair.left.id], at[pair.right.id]) for pair in pairs if pair.same]
    gold = [frozenset[Hashable](group) for group in components(len(reports), same)]
    events = link(reports, [], load_ontology())
    ours = [frozenset[Hashable](at[report] for report in event.reports) for event in events]
    profiles = [profile_of(report) for report in reports]
    alike = [
        (a, b)
        for a, left in enumerate(profiles)
        for b, right in enumerate(profiles[a + 1 :], a + 1)
        if by_day_place_type(left, right)
    ]
    base = [frozenset[Hashable](group) for group in components(len(reports), alike)]
    print(f"GED clusters: {len(reports)} reports of {len(gold)} events")
    _print_scores("the model", [score(gold, ours) for score in SCORES])
    _print_scores("day, place and type", [score(gold, base) for score in SCORES])


SCORES: tuple[Callable[..., Part], ...] = (muc, b_cubed, ceaf_e)


def _print_scores(name: str, parts: Sequence[Part]) -> None:
    shown = "  ".join(
        f"{label} {part.f1:.3f}" for label, part in zip(("MUC", "B3", "CEAFe"), parts, strict=True)
    )
    b3 = parts[1]
    print(f"  {name:24} {shown}  CoNLL {conll(parts):.3f}  (B3 P {b3.precision:.3f} R {b3.recall:.3f})")


def measure_ecb(data: Path, readings: Readings) -> None:
    """Print event coreference of ECB+, topics added up."""
    sums: dict[str, list[Part]] = {}
    for topic in read_topics(data, readings):
        gold = clusters_of(topic.labels)
        linked = {
            name: _linked(reports, StemTypes()) for name, reports in (("gold", topic.gold), ("own", topic.own))
        }
        told = {
            "gold mentions, the model": clusters_of(linked["gold"]),
            "gold mentions, one type": clusters_of({item: r.type for item, r in topic.gold.items()}),
            "gold mentions, each alone": clusters_of({item: item for item in topic.gold}),
            "own mentions, the model": clusters_of(linked["own"]),
            "own mentions, one type": clusters_of({item: r.type for item, r in topic.own.items()}),
        }
        for name, clusters in told.items():
            found = [score(gold, clusters) for score in SCORES]
            old = sums.get(name, [Part()] * len(SCORES))
            sums[name] = [a.plus(b) for a, b in zip(old, found, strict=True)]
    print("ECB+ development topics")
    for name, parts in sums.items():
        _print_scores(name, parts)


def _linked(reports: Mapping[tuple[str, int], Report], types: TypeRelations) -> dict[Hashable, Hashable]:
    items: dict[str, list[Hashable]] = {}
    for item, report in reports.items():
        items.setdefault(report.id, []).append(item)
    events = link(reports.values(), [], types)
    return {item: event.id for event in events for report in event.reports for item in items[report]}


def measure_famus(data: Path, readings: Readings) -> None:
    """Print source validation of FAMuS; the half by a digest that is not for choosing the baseline's value."""
    ours: list[bool] = []
    words: dict[bool, list[float]] = {True: [], False: []}
    gold: dict[bool, list[bool]] = {True: [], False: []}
    for line in (data / "famus" / "source_validation_dev.jsonl").read_text("utf-8").splitlines():
        pair = json.loads(line)
        texts = pair["report_dict"]["doctext"], pair["source_dict"]["doctext"]
        held = share(pair["instance_id"], 2) == 1
        gold[held].append(pair["valid_source"])
        words[held].append(words_in_common(*texts))
        if held:
            reports = [*readings(texts[0], "report"), *readings(texts[1], "source")]
            events = link(reports, [], load_ontology())
            ours.append(any(event.articles > 1 for event in events))
    readings.keep()
    step = best_step(words[False], gold[False])
    print(f"FAMuS source validation, half of the development set: {len(ours)}, valid {sum(gold[True])}")
    print(f"  the model            {tally(ours, gold[True])}")
    print(f"  words alone ({step:.2f})   {tally([value >= step for value in words[True]], gold[True])}")
    print(f"  always yes           {tally([True] * len(ours), gold[True])}")


def main() -> None:
    """Measure what was asked for, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", nargs="*", default=["ged", "ecb", "famus"])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path(".cache"))
    parser.add_argument("--coder", default="patterns")
    parser.add_argument("--rows", type=int, default=700)
    asked = parser.parse_args()
    if "ged" in asked.what:
        measure_ged(asked.data, asked.rows, open_readings(asked.cache, "ged", asked.coder))
    if "ecb" in asked.what:
        measure_ecb(asked.data, open_readings(asked.cache, "ecb", asked.coder))
    if "famus" in asked.what:
        measure_famus(asked.data, open_readings(asked.cache, "famus", asked.coder))


if __name__ == "__main__":
    main()
