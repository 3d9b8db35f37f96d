"""Show where a coder differs from the corpus, sentence by sentence, to learn what to mend.

    python scripts/errors.py [--coder NAME] [--part dev|train] [--count 100] [--kind KIND]

Kinds: missed (no trigger found), false (a trigger where none is), type, role, status, said. The sample is drawn
by hashes, so it is the same every time. The test part is not shown: it stays unseen.
"""

import argparse
import sys
from pathlib import Path

from dateline import plugins
from dateline.clean import article_of
from dateline.errors import DatelineError
from dateline.evaluate.corpus import passages
from dateline.evaluate.differences import KINDS, Difference, differences
from dateline.evaluate.readings import marked_in, reading_of
from dateline.evaluate.suite import Task
from dateline.model import ids


def main() -> int:
    """Print a sample of the differences, and how many there are of each kind."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--coder", default="patterns")
    parser.add_argument("--part", default="dev", choices=["train", "dev"])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    options = parser.parse_args()
    try:
        coder = plugins.load("dateline.coders", options.coder)()
        items = passages(Task(data=Path(), corpus=options.corpus, part=options.part))
    except DatelineError as error:
        print(error)
        return 1
    found: list[Difference] = []
    for item in items:
        example = item.example
        article = article_of(example.text, title=example.title, sentences=example.sentences)
        found.extend(differences(example, marked_in(example), reading_of(coder, article)))
    counts = {kind: sum(each.kind == kind for each in found) for kind in KINDS}
    print(f"{len(items)} passages; " + ", ".join(f"{kind} {count}" for kind, count in counts.items()))
    shown = [each for each in found if options.kind in (None, each.kind)]
    for each in sorted(shown, key=_draw)[: options.count]:
        print(f"\n{each.passage} {each.kind}: {each.what}\n    {each.sentence}")
    return 0


def _draw(each: Difference) -> tuple[str, str]:
    """Order by a hash of what it is: the beginning of that order is a sample."""
    name = f"{each.passage} {each.start} {each.kind} {each.what}"
    return ids.sha256(name), name


if __name__ == "__main__":
    sys.exit(main())
