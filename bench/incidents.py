"""Linking on the made-up worlds of corpus/incidents, end to end, with the mentions given, and plain groupings.

    python bench/incidents.py [--part dev] [--coder NAME ...] [--corpus FOLDER] [--errors] [--sweep]

`--errors` lists, on the dev part only, the incidents that were split or merged with the mentions given;
`--sweep` tries thresholds of the grouping by text. The gazetteer is that of DATELINE_CACHE.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from dateline.config import load_config
from dateline.evaluate.clusters import b_cubed_score
from dateline.evaluate.given import GivenMentions
from dateline.evaluate.groupings import by_text
from dateline.evaluate.incidents import (
    Linked,
    beside,
    event_of_incident,
    linked,
    main_scores,
    outcomes,
)
from dateline.evaluate.suite import Score
from dateline.evaluate.worldfiles import PARTS, load_worlds
from dateline.plugins import load
from dateline.resolve import open_resolver

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def line(score: Score) -> str:
    """Return a score as a line of a table."""
    if score.kind == "f1":
        figures = f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
    else:
        figures = f"{score.value:.3f}  ({score.correct:g} of {score.gold:g})"
    return f"  {score.label:45} {figures}"


def show(name: str, found: Linked) -> None:
    """Print the figures of one way of reading."""
    print(f"{name}: {len(found.reports)} reports, {len(found.events)} events")
    for score in (*main_scores(found), *beside(found)):
        print(line(score))


def sweep(found: Linked) -> None:
    """Print B³ of the grouping by text at each threshold."""
    for threshold in THRESHOLDS:
        groups = found.grouped(by_text(found.reports, threshold))
        gold = {item: found.gold[item] for item in groups}
        print(line(b_cubed_score(f"text similarity at {threshold}", gold, groups)))


def errors(found: Linked) -> Iterator[str]:
    """Yield what was split, merged, and whose origins or outcome came out wrong."""
    of_item = found.events_of_items()
    told: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for item, identity in of_item.items():
        told["split"][item[1]][identity] += 1
        told["merged"][identity][item[1]] += 1
    for what, groups in told.items():
        for name, parts in groups.items():
            if len(parts) > 1:
                yield f"{what} {name}: " + ", ".join(f"{part} {count}" for part, count in parts.most_common())
    own = event_of_incident(found)
    for world in found.worlds:
        for incident in world.incidents:
            event = own.get(incident.id)
            if event is None or event.origins != incident.origins:
                yield f"origins {incident.id}: {event.origins if event else 0}, not {incident.origins}"
        yield from (
            f"outcome {name}: wrong" for name, right in outcomes(world, found, own).items() if not right
        )


def main() -> None:
    """Load the worlds and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--part", choices=PARTS, default="dev")
    parser.add_argument("--coder", action="append")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--sweep", action="store_true")
    options = parser.parse_args()
    if options.part != "dev" and (options.errors or options.sweep):
        parser.error(f"mistakes on the {options.part} part are not looked at")
    config = load_config()
    worlds = [world for world in load_worlds(options.corpus / "incidents") if world.part == options.part]
    resolver = open_resolver(config.cache)
    given = linked(GivenMentions(worlds), worlds, resolver)
    show("mentions given", given)
    if options.sweep:
        sweep(given)
    if options.errors:
        print("\n".join(errors(given)))
    for name in options.coder or [config.coder]:
        found = linked(load("dateline.coders", name)(), worlds, resolver)
        show(name, found)
        if options.sweep:
            sweep(found)


if __name__ == "__main__":
    main()
