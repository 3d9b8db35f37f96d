"""What a coder makes of general news, and how fast it is.

Pages that mostly are not about conflict should mostly yield nothing; how many mentions of which types are made
of them, and how many articles and words are read in a second. How well events are found is measured by
`dateline eval`.

    python bench/coder.py [--data FOLDER] [--coder NAME]
"""

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from dateline import plugins
from dateline.clean import article_of
from dateline.code.base import Coder


def share(part: int, whole: int) -> str:
    """Return "part/whole" with its percentage."""
    return f"{part}/{whole} ({part / whole:.1%})" if whole else "0/0"


def pages(coder: Coder, data: Path) -> None:
    """Print how many mentions general news gives, and how many articles are read in a second."""
    truth: dict[str, Any] = json.loads((data / "pages" / "ground-truth.json").read_text("utf-8"))
    articles = [article_of(truth[key]["articleBody"]) for key in sorted(truth)]
    coder.code(articles[0])
    begin = time.process_time()
    coded = [coder.code(article) for article in articles]
    seconds = time.process_time() - begin
    types = Counter(mention.type for mentions in coded for mention in mentions)
    words = sum(len(article.text.split()) for article in articles)
    print(
        f"pages: {len(articles)}, {words} words; {sum(map(len, coded))} mentions, "
        f"none in {share(sum(not mentions for mentions in coded), len(coded))}; "
        f"{len(articles) / seconds:.0f} articles/s, {words / seconds:,.0f} words/s of one core"
    )
    counts = sorted(types.items(), key=lambda item: (-item[1], item[0]))
    print("  " + ", ".join(f"{kind} {count}" for kind, count in counts))


def main() -> None:
    """Load the coder and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--coder", default="patterns")
    options = parser.parse_args()
    pages(plugins.load("dateline.coders", options.coder)(), options.data)


if __name__ == "__main__":
    main()
