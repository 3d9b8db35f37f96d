"""Print how well the second readings of the corpus agree with the first, as the table of the reference.

python scripts/agreement.py [--corpus FOLDER]
"""

import argparse
import sys
from pathlib import Path

from dateline.errors import DataError
from dateline.evaluate.agreement import agreement, as_markdown, read_second
from dateline.train.corpus import load_passages


def main() -> int:
    """Print the table, or the faults of the second readings."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    folder = parser.parse_args().corpus
    try:
        passages = load_passages((folder / "passages").glob("*.yaml"))
        first = {passage.example.id: passage.example for passage in passages}
        second = read_second((folder / "second").glob("*.yaml"), first)
    except DataError as error:
        print(error)
        return 1
    if not second:
        print(f"no second reading lies in {folder / 'second'}")
        return 1
    print(as_markdown(agreement(first, second)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
