"""Measure places: names found in raw text, and how far from the truth they are put, on LGL and GeoVirus.

    python bench/places.py [--data ../shared/data] [--cache .cache/gazetteer] [--limit N] [--misses N]
        [--held-out | --developing]

LGL: 588 articles of local papers, mostly American, chosen for towns that share a name (Lieberman and others
2010). GeoVirus: 229 articles on epidemics (Gritta and others 2018). Gold spans without coordinates are left
out. acc@161 is the share put within 161 km (100 miles) of the gold point; what stays unresolved is wrong.

Then names of conflict news with their country ("NAME, COUNTRY"): what stands after "in", "at" or "near" in
incidents of Insecurity Insight, whose point may be that of another place close by, and places of UCDP GED in
Syria, both where the source calls its point exact to 25 km; each name once.
"""

import argparse
import itertools
import math
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from dateline.model.values import Where
from dateline.resolve.gazetteer import Gazetteer, open_gazetteer
from dateline.resolve.names import normalise
from dateline.resolve.place_evidence import accepted
from dateline.resolve.place_geometry import distance_km
from dateline.resolve.place_references import Reference, find_references
from dateline.resolve.place_words import place_words
from dateline.resolve.places import read_name, read_place, read_place_context
from placesets import Case, Gold, ask_incidents, ask_syria, read_geovirus, read_lgl

MILES_100_KM = 161.0


class Tally:
    """Counts of one data set."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: list[float] = []
        self.scored: list[tuple[float, bool]] = []
        self.seconds = 0.0
        self.misses: list[str] = []

    def rate(self, part: str, whole: str) -> float:
        """Return 100 · part / whole."""
        return 100 * self.counts[part] / max(1, self.counts[whole])


def _error(where: Where | None, gold: Gold) -> float | None:
    if where is None or where.latitude is None or where.longitude is None:
        return None
    return distance_km((where.latitude, where.longitude), (gold.latitude, gold.longitude))


def measure(cases: list[Case], gazetteer: Gazetteer) -> Tally:
    """Return the counts over `cases`."""
    tally = Tally()
    for case in cases:
        begin = time.process_time()
        context = read_place_context(case.article, gazetteer)
        found = accepted(case.article, context, gazetteer, 0, len(case.article.text))
        read = [
            read_place(case.article.span(item.name.start, item.name.end), case.article, context, gazetteer)
            for item in found
        ]
        tally.seconds += time.process_time() - begin
        spans = {(item.name.start, item.name.end): where for item, where in zip(found, read, strict=True)}
        cores = {(item.name.core_start, item.name.core_end) for item in found}
        tally.counts["found"] += len(spans)
        _referred(tally, case, find_references(case.article, context, gazetteer))
        for gold in case.gold:
            tally.counts["gold"] += 1
            exact = (gold.start, gold.end) in spans or (gold.start, gold.end) in cores
            hits = [where for (start, end), where in spans.items() if start < gold.end and gold.start < end]
            tally.counts["exact"] += exact
            tally.counts["touched"] += bool(hits)
            error = _error(hits[0], gold) if hits else None
            tally.counts["end to end"] += error is not None and error <= MILES_100_KM
            _given(tally, case, gold, context, gazetteer)
            if not hits:
                tally.misses.append(f"MISSED {_shown(case, gold)}")
        for start, end in sorted(spans):
            if not any(gold.start < end and start < gold.end for gold in case.gold):
                tally.misses.append(f"WRONG {_shown(case, Gold(start, end, 0, 0, None))}")
    return tally


def _referred(tally: Tally, case: Case, found: Sequence[Reference]) -> None:
    """Count what is named in any role against the gold, which has all roles."""
    spans = [(item.span.start, item.span.end) for item in found]
    tally.counts["referred"] += len(spans)
    for gold in case.gold:
        tally.counts["referred to"] += any(start < gold.end and gold.start < end for start, end in spans)
    for item in found:
        right = any(gold.start < item.span.end and item.span.start < gold.end for gold in case.gold)
        tally.counts[f"{item.role} {'right' if right else 'wrong'}"] += 1


def _given(tally: Tally, case: Case, gold: Gold, context: object, gazetteer: Gazetteer) -> None:
    """Resolve a gold span."""
    span = case.article.span(gold.start, gold.end)
    where = read_name(span, case.article, context, gazetteer)  # type: ignore[arg-type]
    error = _error(where, gold)
    if normalise(span.text) not in place_words().demonyms:
        tally.counts["names"] += 1
        tally.counts["names near"] += error is not None and error <= MILES_100_KM
    tally.counts["none"] += where is None
    if error is not None and where is not None:
        tally.counts["resolved"] += 1
        tally.errors.append(error)
        same = gold.town is not None and where.gazetteer_id == f"gn:{gold.town}"
        tally.scored.append((where.score, same or error <= MILES_100_KM))
        tally.counts["near"] += error <= MILES_100_KM
        if error > MILES_100_KM:
            tally.misses.append(f"FAR {error:.0f} km {where.gazetteer_id} {where.name}: {_shown(case, gold)}")
    else:
        tally.misses.append(f"UNRESOLVED {_shown(case, gold)}")
    if gold.town is not None:
        tally.counts["towns"] += 1
        tally.counts["same id"] += where is not None and where.gazetteer_id == f"gn:{gold.town}"


def _shown(case: Case, gold: Gold) -> str:
    text, start, end = case.article.text, gold.start, gold.end
    around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}"
    return " ".join(around.split())


def _f1(precision: float, recall: float) -> str:
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.1f}  R {recall:.1f}  F1 {f1:.1f}"


def _right(tally: Tally) -> int:
    return sum(tally.counts[f"{role} right"] for role in ("place", "people", "part"))


def report(name: str, cases: list[Case], tally: Tally) -> None:
    """Print one data set's figures."""
    rate = tally.rate
    print(
        f"{name}: {len(cases)} articles, {tally.counts['gold']} gold names, {len(cases) / tally.seconds:.0f}/s"
    )
    print(f"  names found, exact: {_f1(rate('exact', 'found'), rate('exact', 'gold'))}")
    print(f"  names found, overlap: {_f1(rate('touched', 'found'), rate('touched', 'gold'))}")
    print(
        "  with peoples and names in names:"
        f" {_f1(100 * _right(tally) / max(1, tally.counts['referred']), rate('referred to', 'gold'))}"
    )
    print(
        f"  gold spans: acc@161 {rate('near', 'gold'):.1f} (without peoples {rate('names near', 'names'):.1f})"
        f"  resolved {rate('resolved', 'gold'):.1f}"
        f"  acc@161 of those {rate('near', 'resolved'):.1f}"
        f"  median error {statistics.median(tally.errors or [0.0]):.1f} km"
    )
    if tally.counts["towns"]:
        print(f"  the same GeoNames id: {rate('same id', 'towns'):.1f} of {tally.counts['towns']} towns")
    print(f"  end to end within 161 km: {_f1(rate('end to end', 'found'), rate('end to end', 'gold'))}")


BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def print_reliability(scored: Sequence[tuple[float, bool]]) -> None:
    """Print for bins of the score how many are right: within 161 km, or the same entry."""
    print(f"score of {len(scored)} resolved gold spans of both, and how many of them are right:")
    off = 0.0
    for low, high in itertools.pairwise(BINS):
        inside = [(score, right) for score, right in scored if low <= score < high]
        if not inside:
            continue
        said = 100 * statistics.mean(score for score, _ in inside)
        true = 100 * statistics.mean(right for _, right in inside)
        off += abs(said - true) * len(inside) / len(scored)
        print(f"  {low:.2f} to {min(high, 1.0):.2f}: {len(inside):>5}  said {said:5.1f} %  right {true:5.1f} %")
    print(f"  apart by {off:.1f} points on average")


def ask(name: str, cases: Iterable[Case], gazetteer: Gazetteer) -> None:
    """Print how far names with their country are put from their points, each name counted once."""
    errors: list[float] = []
    seen: set[str] = set()
    for case in cases:
        if case.article.text in seen:
            continue
        seen.add(case.article.text)
        (gold,) = case.gold
        context = read_place_context(case.article, gazetteer)
        where = read_place(case.article.span(gold.start, gold.end), case.article, context, gazetteer)
        error = _error(where, gold)
        if error is not None:
            errors.append(error)

    def within(most: float) -> float:
        return 100 * sum(error <= most for error in errors) / max(1, len(seen))

    print(
        f"{name}: {len(seen)} names with their country, resolved {within(math.inf):.1f}"
        f"  acc@161 {within(MILES_100_KM):.1f}  acc@25 {within(25.0):.1f}"
        f"  median error {statistics.median(errors or [0.0]):.1f} km"
    )


def main() -> None:
    """Measure all sets and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path(".cache/gazetteer"))
    parser.add_argument("--limit", type=int, default=0, help="articles of each set; 0 is all")
    half = parser.add_mutually_exclusive_group()
    half.add_argument("--held-out", action="store_true", help="only the half that the ranking is not fitted on")
    half.add_argument("--developing", action="store_true", help="only the half that it is fitted on")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses of each kind")
    given = parser.parse_args()
    kept = slice(int(given.held_out), None, 2 if given.held_out or given.developing else 1)
    scored: list[tuple[float, bool]] = []
    with open_gazetteer(given.cache) as gazetteer:
        for name, reader, file in (("LGL", read_lgl, "lgl.xml"), ("GeoVirus", read_geovirus, "GeoVirus.xml")):
            cases = list(reader(given.data / "geo" / file))
            cases = cases[: given.limit] if given.limit else cases
            cases = cases[kept]
            tally = measure(cases, gazetteer)
            report(name, cases, tally)
            scored += tally.scored
            shown: Counter[str] = Counter()
            for miss in tally.misses:
                kind = miss.split(" ", 1)[0]
                shown[kind] += 1
                if shown[kind] <= given.misses:
                    print("   ", miss)
        print_reliability(scored)
        asked = (
            ("Insecurity Insight", ask_incidents(given.data / "insecurity_insight" / "incidents.jsonl")),
            ("UCDP GED, Syria", ask_syria(given.data / "ged_syria" / "events.parquet")),
        )
        for name, names in asked:
            every = itertools.islice(names, kept.start, None, kept.step)
            ask(name, itertools.islice(every, given.limit or None), gazetteer)


if __name__ == "__main__":
    main()
