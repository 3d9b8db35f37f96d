"""Raise the floors in bench/floors.yaml to what was measured; no floor is ever lowered.

    dateline eval --json results.json ...
    python scripts/floors.py results.json [--add] [--floors FILE]

Floors of scores that the file lists already are raised; --add takes in all main scores of the results.
"""

import argparse
import sys
from pathlib import Path

import msgspec

from dateline.errors import DataError
from dateline.evaluate.floors import load_floors, raised, write_floors
from dateline.evaluate.suite import SuiteResult


def main() -> int:
    """Raise the floors and print which."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("results", type=Path, help="what `dateline eval --json` wrote, of the test part")
    parser.add_argument("--floors", type=Path, default=Path("bench/floors.yaml"))
    parser.add_argument("--add", action="store_true", help="also set floors for scores that have none")
    options = parser.parse_args()
    try:
        old = load_floors(options.floors) if options.floors.exists() else {}
        results = msgspec.json.decode(options.results.read_bytes(), type=list[SuiteResult])
    except (DataError, OSError, msgspec.DecodeError) as error:
        print(error)
        return 1
    new = raised(old, results, add=options.add)
    for suite, labels in new.items():
        for label, coders in labels.items():
            for coder, floor in coders.items():
                before = old.get(suite, {}).get(label, {}).get(coder)
                if before != floor:
                    print(
                        f"{suite}, {coder}: {label}: {'new' if before is None else f'{before:g}'} → {floor:g}"
                    )
    write_floors(options.floors, new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
