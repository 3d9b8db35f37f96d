"""The ontology's own examples: sentences that we wrote, each with the trigger of its type."""

import re
from collections.abc import Iterator
from pathlib import Path

from dateline.clean.sentences import split
from dateline.ontology import load_ontology
from dateline.train.examples import Example, Frame


def read(folder: Path) -> Iterator[Example]:  # noqa: ARG001 - the ontology lies in the package
    """Yield one example for each example sentence of a type; other events of the sentence are not told."""
    for name, kind in sorted(load_ontology().types.items()):
        for number, example in enumerate(kind.examples):
            found = re.search(re.escape(example.trigger), example.text)
            if found is None:
                continue
            yield Example(
                id=f"ontology/{name}/{number}",
                source="ontology",
                text=example.text,
                sentences=split(example.text),
                frames=(Frame(trigger=found.span(), type=name),),
            )
