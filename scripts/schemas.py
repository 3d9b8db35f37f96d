"""Write the published JSON Schemas of the nouns to docs/reference (--check: only compare)."""

import json
import sys
from pathlib import Path

from dateline.model.wire import PUBLISHED_SCHEMAS, json_schema

FOLDER = Path(__file__).parent.parent / "docs" / "reference"


def main() -> int:
    """Write or compare every schema; return 1 where a file is stale."""
    stale = []
    for name in PUBLISHED_SCHEMAS:
        path = FOLDER / f"{name}.schema.json"
        fresh = json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"
        if not path.exists() or path.read_text("utf-8") != fresh:
            stale.append(path.name)
            if "--check" not in sys.argv:
                path.write_text(fresh, "utf-8")
    if stale:
        print(("stale, run `make format`: " if "--check" in sys.argv else "wrote ") + ", ".join(stale))
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
