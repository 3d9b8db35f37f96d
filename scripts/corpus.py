"""Check the corpus and count what it holds.

python scripts/corpus.py FILE...     faults, then counts against the quotas
"""

import sys
from collections import Counter
from pathlib import Path

from dateline.errors import DataError
from dateline.ontology import load_ontology
from dateline.train.corpus import Passage, load_passages
from dateline.train.examples import AXES


def main(paths: list[str]) -> int:
    """Print the faults of the passages, or their counts."""
    try:
        passages = load_passages([Path(path) for path in paths])
    except DataError as error:
        print(error)
        return 1
    print(report(passages))
    return 0


def report(passages: tuple[Passage, ...]) -> str:
    """Return the counts of passages, sentences, types, status values and chains as text."""
    types: Counter[str] = Counter()
    status: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    sentences = empty = nothing = sayings = across = capitals = 0
    chains: Counter[int] = Counter()
    for passage in passages:
        example = passage.example
        sentences += len(example.sentences)
        starts = [frame.trigger[0] for frame in example.frames]
        quiet = sum(not any(a <= start < b for start in starts) for a, b in example.sentences)
        empty += quiet
        nothing += quiet if passage.nothing else 0
        sayings += len(example.sayings)
        capitals += example.text.isupper()
        reach = False
        for frame in example.frames:
            types[str(frame.type)] += 1
            status.update(frame.status.values())
            roles.update(filler.role for filler in frame.fillers)
            home = next((s for s in example.sentences if s[0] <= frame.trigger[0] < s[1]), (0, 0))
            reach |= any(not home[0] <= filler.start < home[1] for filler in frame.fillers)
        across += reach
        for frame in example.frames:
            depth = sum(
                saying.content is not None and saying.content[0] <= frame.trigger[0] < saying.content[1]
                for saying in example.sayings
            )
            chains[depth] += 1
    lines = [
        f"{len(passages)} passages, {sentences} sentences, {len({p.conflict for p in passages})} conflicts, "
        f"{sum(p.nothing is not None for p in passages)} passages of nothing ({nothing} sentences), "
        f"{empty} sentences without an event, {capitals} passages in capitals",
        f"{sum(types.values())} frames, {sayings} attributions, {across} passages with an argument across "
        f"sentences, frames by depth of attribution {dict(sorted(chains.items()))}",
        "roles: " + ", ".join(f"{role} {count}" for role, count in roles.most_common()),
        "status: " + ", ".join(f"{value} {status[value]}" for values in AXES.values() for value in values),
        "types: "
        + ", ".join(f"{name} {types[name]}" for name in sorted(load_ontology().types, key=lambda t: types[t])),
        "parts: " + str(dict(Counter(passage.part for passage in passages))),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
