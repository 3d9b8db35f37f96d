"""PolNeAR: whether cue, source and content of attributions are found in political news.

The dev part's whole documents are read (the train part is trained on). How spans are compared is said in
`dateline.evaluate.sayings`.
"""

from dateline.clean import article_of
from dateline.code.base import Coder, SayingReader
from dateline.evaluate.readings import saying_of
from dateline.evaluate.sayings import ANY, EXACT, count_sayings
from dateline.evaluate.suite import SuiteResult, Tally, Task
from dateline.train.sources.polnear import read_documents

PART = "dev"


def run(coder: Coder, task: Task) -> SuiteResult:
    """Measure `coder` on the documents; a coder that reads no attributions apart from events has no scores."""
    if not isinstance(coder, SayingReader):
        return SuiteResult(
            suite="polnear", coder=coder.name, scores=(), headline="content",
            notes=("not offered: this coder reads no attributions apart from events",),
        )  # fmt: skip
    documents = list(read_documents(task.data / "polnear", PART))
    tally = Tally()
    for number, document in enumerate(documents):
        article = article_of(document.text, sentences=document.sentences)
        found = [saying_of(each) for each in coder.attributions(article)]
        count_sayings(tally, document.text, document.sayings, found)
        task.progress(number + 1, len(documents))
    return SuiteResult(
        suite="polnear",
        coder=coder.name,
        scores=(*tally.scores(), *tally.scores(EXACT), *tally.scores(ANY)),
        headline="content",
        notes=(f"{len(documents)} documents of the dev part",),
    )
