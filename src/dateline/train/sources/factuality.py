"""UDS-IH2: how sure people were that a predicate of a sentence happened (Rudinger, White, Van Durme 2018).

The judgements name their predicates by sentence and token of the English Web Treebank ("ewt-train-2255",
"pred-6"); the treebank's sentences are no part of the data, and the numbers alone teach a reader of text
nothing. `read` yields examples where a folder also holds the treebank's sentences, else none:
`sentences.jsonl`, one `{"id": "ewt-train-2255", "tokens": [...]}` per line.

What is taken of a judgement (-3 sure that it did not happen, 3 sure that it did): at THRESHOLD and above that
the happening is affirmed and occurred, at minus THRESHOLD and below nothing, for a negation, a plan and a
condition all score low and are told apart on different axes of ours. A predicate is no event type: frames have
none.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.train.examples import Bounds, Example, Frame

# Where the annotators are sure; between, the judgement mixes doubt and disagreement.
THRESHOLD = 2.0
_HAPPENED = {"reality": "occurred", "polarity": "affirmed"}


def read(folder: Path) -> Iterator[Example]:
    """Yield a sentence with its sure predicates; nothing where the sentences are not there."""
    sentences = folder / "sentences.jsonl"
    if not sentences.is_file():
        return
    judged = read_judgements(folder)
    for line in sentences.read_text("utf-8").splitlines():
        sentence = json.loads(line)
        text, places = _joined(sentence["tokens"])
        sure = {
            token: value
            for token, value in judged.get(sentence["id"], {}).items()
            if value >= THRESHOLD and token <= len(places)
        }
        if sure:
            yield Example(
                id=f"factuality/{sentence['id']}",
                source="factuality",
                text=text,
                sentences=((0, len(text)),),
                frames=tuple(
                    Frame(trigger=places[token - 1], status=dict(_HAPPENED)) for token in sorted(sure)
                ),
            )


def read_judgements(folder: Path) -> dict[str, dict[int, float]]:
    """Return for each sentence the value of each judged predicate by its token, counted from 1."""
    with zipfile.ZipFile(folder / "factuality.zip") as archive:
        data: Mapping[str, Any] = json.loads(archive.read("factuality.json"))["data"]
    found: dict[str, dict[int, float]] = {}
    for sentence, nodes in data.items():
        for node, attributes in nodes.items():
            token = node.rpartition("-pred-")[2]
            value = attributes.get("factuality", {}).get("factual", {}).get("value")
            if token.isdigit() and value is not None:
                found.setdefault(sentence, {})[int(token)] = float(value)
    return found


def _joined(tokens: list[str]) -> tuple[str, list[Bounds]]:
    places: list[Bounds] = []
    end = -1
    for token in tokens:
        places.append((end + 1, end + 1 + len(token)))
        end = places[-1][1]
    return " ".join(tokens), places
