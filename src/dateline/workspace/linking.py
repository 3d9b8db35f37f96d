"""Bring the events of a store up to date with its reports, facts and verdicts, step by step.

Every step is found in one snapshot and written in one transaction; what it leaves to do waits in the store. So
a killed link is taken up where it was, and of two that run at once one does each step.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from dateline.config import DATA
from dateline.link.anchors import anchors_of, follow
from dateline.link.compare import Scorer
from dateline.link.comparing import compare_articles
from dateline.link.copies import find_copies
from dateline.link.decisions import decide, in_force, marks_of
from dateline.link.desk import Desk
from dateline.link.forming import form
from dateline.link.independence import NO_OWNERS, Owners
from dateline.link.relating import relate
from dateline.link.relations import TypeRelations
from dateline.model.ids import ArticleId, ReportId, digest
from dateline.model.kept import Done, Judged, Step
from dateline.model.verdict import Verdict
from dateline.ontology import load_ontology
from dateline.pipeline import known_owners
from dateline.store.base import Store
from dateline.store.kept import Kept

# What one step takes at most: so many are linked in seconds, and lie in memory together. A step of copies goes
# through all the index of buckets, so it takes more.
COPIES_AT_ONCE = 4000
ARTICLES_AT_ONCE = 1000
REPORTS_AT_ONCE = 2000
EVENTS_AT_ONCE = 1000

# The folders whose files say how reports are linked.
CODE = ("link", "model", "ontology")
RULES = ("link", "ontology")


def update(store: Store, *, anew: bool = False) -> None:
    """Link what changed since the last link, or all `anew`; the events are those of linking all."""
    if anew:
        store.forget_links()
    if store.needs_linking():
        link_store(store, load_ontology(), known_owners())


def link_store(store: Store, types: TypeRelations, owners: Owners = NO_OWNERS) -> None:
    """Link what waits; under other rules than at the last link that is all.

    What another process changes meanwhile is linked too.
    """
    linker = _Linker(types, owners)
    while not linker.step(store):
        pass


class _Linker:
    """Finds the steps of a link, and keeps what several of them need."""

    def __init__(self, types: TypeRelations, owners: Owners) -> None:
        self._types, self._owners = types, owners
        self._rules = digest(_rules(), msgspec.json.encode(sorted(owners.items())))
        self._scorer = Scorer(types)
        self._revision: int | None = None
        self._marks: dict[ReportId, str] = {}
        self._noted = False
        self._desk = Desk(decide((), {}), types)

    def step(self, store: Store) -> bool:
        """Make one step; return whether nothing waits any more."""
        with store.linking() as kept:
            seen = kept.seen()
            stale = kept.rules() not in (None, self._rules)
            found = None if stale else self._next(kept)
        if found is None:
            store.forget_links()
            self._revision = None
            return False
        return store.keep(found, seen) and isinstance(found, Done)

    def _next(self, kept: Kept) -> Step:
        self._prepare(kept)
        if not self._noted:
            judged = kept.judged()
            self._noted = judged == self._marks
            if not self._noted:
                marks = {report: mark for report, mark in self._marks.items() if judged.get(report) != mark}
                return Judged(marks=marks, forgotten=tuple(sorted(judged.keys() - self._marks.keys())))
        if fresh := kept.fresh(COPIES_AT_ONCE):
            return find_copies(kept, fresh)
        if waiting := _some(kept):
            return compare_articles(kept, self._desk, waiting, self._scorer)
        if opened := kept.opened(REPORTS_AT_ONCE):
            return form(kept, self._desk, opened, self._scorer, self._owners)
        if untold := kept.untold(EVENTS_AT_ONCE):
            return relate(kept, self._desk, untold, self._scorer)
        return Done(revision=kept.state("revision"), rules=self._rules)

    def _prepare(self, kept: Kept) -> None:
        """Read what people decided, and clear the desk, when either may be others than at the step before."""
        revision = kept.state("revision")
        if revision == self._revision:
            self._desk.clear()
            return
        given, moved = counting(kept, kept.verdicts())
        self._desk = Desk(decide(given, moved), self._types)
        self._marks, self._noted = marks_of(given, moved), False
        self._revision = revision


def counting(
    kept: Kept, verdicts: Iterable[Verdict]
) -> tuple[tuple[Verdict, ...], Mapping[ReportId, ReportId]]:
    """Return those of `verdicts` that bear on the record, and what stands in the place of lost reports."""
    given = in_force(verdicts)
    anchors = anchors_of(given)
    there = kept.there({anchor.report for anchor in anchors})
    lost = [anchor for anchor in anchors if anchor.report not in there]
    return given, follow(lost, kept.reports_in({anchor.article for anchor in lost}))


def _some(kept: Kept) -> list[ArticleId]:
    """Return waiting articles that together have not many more reports than one step takes."""
    articles = kept.waiting(ARTICLES_AT_ONCE)
    counts = kept.report_count(articles)
    taken = 0
    for number, article in enumerate(articles, 1):
        taken += counts.get(article, 0)
        if taken >= REPORTS_AT_ONCE:
            return articles[:number]
    return articles


@cache
def _rules() -> str:
    """Return what stands for the rules of linking: where they are others, what was kept is of no use."""
    folders = [DATA.parent / name for name in CODE] + [DATA / name for name in RULES]
    files = [file for folder in folders for file in sorted(folder.glob("*")) if file.is_file()]
    return digest(*(part for file in files for part in (file.name, file.read_bytes())))
