"""The suites by name, and whether what they read is there."""

from pathlib import Path

from dateline.errors import InputError
from dateline.evaluate import corpus, incidents, insecurity, plover, polnear
from dateline.evaluate.muc import suite as muc
from dateline.evaluate.suite import Part, Suite
from dateline.evaluate.worldfiles import PARTS

_ALL: tuple[Suite, ...] = (
    Suite(
        name="corpus",
        run=corpus.run,
        needs=(),
        own="passages",
        measures="events, roles, status and attribution in passages that we wrote and annotated",
        citation="docs/reference/annotation.md",
    ),
    Suite(
        name="standoff",
        run=corpus.run_standoff,
        needs=("muc4", "insecurity_insight", "re3d", "polnear"),
        own="standoff",
        measures="the same, in real sentences that we annotated",
        citation="docs/reference/annotation.md",
    ),
    Suite(
        name="incidents",
        run=incidents.run,
        needs=(),
        own="incidents",
        parts=PARTS,
        measures="which reports are one happening, copies, independent origins and outcomes of warnings",
        citation="docs/reference/incidents.md; Bagga and Baldwin, LREC 1998 (B³)",
    ),
    Suite(
        name="polnear",
        run=polnear.run,
        needs=("polnear",),
        measures="cue, source and content of attributions in political news",
        citation="Newell, Margolin and Ruths, An Attribution Relations Corpus for Political News, LREC 2018",
    ),
    Suite(
        name="insecurity",
        run=insecurity.run,
        needs=("insecurity_insight",),
        measures="numbers of victims, class of perpetrator and of weapon in descriptions of one incident each",
        citation="Insecurity Insight, open incident data, CC BY",
    ),
    Suite(
        name="plover",
        run=plover.run,
        needs=("plover",),
        measures="PLOVER event type of one sentence",
        citation="Open Event Data Alliance, PLOVER gold standard records, version 0.5b1",
    ),
    Suite(
        name="muc4",
        run=muc.run,
        needs=("muc4",),
        measures="role fillers, templates and all slots of reports on political violence (TST1 and TST2)",
        citation="Chinchor, MUC-4 Evaluation Metrics, 1992; Du, Rush and Cardie, EACL and NAACL 2021",
    ),
)
SUITES: dict[str, Suite] = {suite.name: suite for suite in _ALL}


def suites_of(names: list[str] | None) -> tuple[Suite, ...]:
    """Return the suites called `names`, all without; raises InputError, listing those that exist."""
    for name in names or ():
        if name not in SUITES:
            raise InputError(f"no suite is called {name!r}; there is: {', '.join(SUITES)}")
    return tuple(suite for suite in SUITES.values() if not names or suite.name in names)


def why_skipped(suite: Suite, *, data: Path | None, corpus: Path, part: Part = "test") -> str | None:
    """Return why `suite` cannot be run on these folders and what to do, or None when it can."""
    if part not in suite.parts:
        return f"its texts have no part {part!r}"
    if suite.own and not any((corpus / suite.own).glob("*.*")):
        return f"nothing is in {corpus / suite.own}; give the folder of our corpus with --corpus"
    if suite.needs and data is None:
        return "no folder of data was given; --data FOLDER says where the public corpora are"
    missing = [name for name in suite.needs if not (data or Path()).joinpath(name).is_dir()]
    return f"{data} has no folder {', '.join(missing)}" if missing else None
