"""Our own corpus as a suite: passages that we wrote, and real sentences whose annotation we keep stand-off.

What is marked and how is docs/reference/annotation.md. The first reading is the gold answer; how well a second
reader agrees with it bounds what a figure can mean (`dateline.evaluate.agreement`).
"""

from collections.abc import Iterator, Sequence

import msgspec

from dateline.clean import article_of
from dateline.code.base import Coder
from dateline.errors import InputError
from dateline.evaluate.frames import TYPED, FrameCounts, count_frames, frame_scores
from dateline.evaluate.readings import marked_in, reading_of
from dateline.evaluate.sayings import ANY, EXACT, count_sayings
from dateline.evaluate.suite import Score, SuiteResult, Tally, Task
from dateline.train.corpus import load_passages
from dateline.train.examples import Example
from dateline.train.standoff import load_standoff

FALSE_MENTIONS = "mentions per 100 sentences of nothing"
NO_SAYINGS = "attributions apart from events are not offered by this coder"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An example to compare with, the slices that it belongs to, and whether it must yield no event."""

    example: Example
    slices: tuple[str, ...] = ()
    nothing: bool = False


def passages(task: Task) -> tuple[Item, ...]:
    """Return the passages of the task's part; raises InputError where there are none."""
    paths = sorted((task.corpus / "passages").glob("*.yaml"))
    found = tuple(
        Item(
            example=passage.example,
            slices=(f"region: {passage.region}", f"style: {passage.style}"),
            nothing=passage.nothing is not None,
        )
        for passage in load_passages(paths)
        if passage.part == task.part
    )
    if not found:
        raise InputError(f"{task.corpus}/passages holds no passage of the part {task.part!r}; see --corpus")
    return found


def run(coder: Coder, task: Task) -> SuiteResult:
    """Measure `coder` on the passages."""
    return measure("corpus", coder, passages(task), task)


def run_standoff(coder: Coder, task: Task) -> SuiteResult:
    """Measure `coder` on real sentences, whose texts are read from the data folder."""
    paths = sorted((task.corpus / "standoff").glob("*.jsonl"))
    examples = load_standoff(paths, task.data, part=task.part)
    if not examples:
        raise InputError(f"{task.corpus}/standoff holds no stretch of the part {task.part!r}; see --corpus")
    return measure("standoff", coder, [Item(example=example) for example in examples], task)


def measure(name: str, coder: Coder, items: Sequence[Item], task: Task) -> SuiteResult:
    """Compare what `coder` marks with what is marked in `items`."""
    counts, sayings, quiet = FrameCounts(), Tally(), Tally()
    offered = True
    for number, item in enumerate(items):
        example = item.example
        article = article_of(example.text, title=example.title, sentences=example.sentences)
        gold, found = marked_in(example), reading_of(coder, article)
        count_frames(counts, example.text, gold, found, slices=item.slices)
        if found.sayings is None:
            offered = False
        else:
            count_sayings(sayings, example.text, example.sayings, found.sayings)
        if item.nothing:
            quiet.add(FALSE_MENTIONS, correct=len(found.frames), gold=len(example.sentences))
        task.progress(number + 1, len(items))
    sentences = sum(len(item.example.sentences) for item in items)
    return SuiteResult(
        suite=name,
        coder=coder.name,
        scores=tuple(_scores(counts, sayings, quiet)),
        headline=TYPED,
        notes=(
            f"{len(items)} passages, {sentences} sentences, part {task.part}",
            *(() if offered else (NO_SAYINGS,)),
        ),
    )


def _scores(counts: FrameCounts, sayings: Tally, quiet: Tally) -> Iterator[Score]:
    scores = frame_scores(counts)
    yield from (score for score in scores if not score.table)
    yield from sayings.scores()
    yield from quiet.scores(kind="rate")
    yield from (score for score in scores if score.table)
    yield from sayings.scores(EXACT)
    yield from sayings.scores(ANY)
    for kind in ("region", "style"):
        for table in (f"trigger and type by {kind}", f"roles by {kind}"):
            yield from counts.tally.scores(table)
