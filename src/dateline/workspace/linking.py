"""Bring the events of a store up to date with its reports, facts and verdicts."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from dateline.config import DATA
from dateline.link.anchors import anchors_of, follow
from dateline.link.decisions import read_decisions
from dateline.link.facts import Facts
from dateline.link.incremental import Patch, relink
from dateline.link.origins import article_origins
from dateline.link.relations import TypeRelations
from dateline.model.ids import ArticleId, OriginId, ReportId, digest
from dateline.model.report import Report
from dateline.model.verdict import Verdict
from dateline.store.base import Store
from dateline.store.linking import Changes, LinkState, Waiting

# Raise this when the code of linking gives other events for the same reports.
VERSION = 1
# The folders of data files that linking follows.
RULES = ("link", "ontology", "outlets")


def update(store: Store, types: TypeRelations) -> None:
    """Link what changed since the last link; the events are those of a full rebuild.

    Under other rules than at the last link all is linked. What another process changes meanwhile waits for
    the next link; when another process linked meanwhile, this link is thrown away and done again.
    """
    while not _update(store, types):
        pass


def _update(store: Store, types: TypeRelations) -> bool:
    """Link once; return whether that is all."""
    rules = _rules()
    with store.linking() as state:
        revision, seen = store.revision(), state.waiting()
        stale = seen.rules not in (None, rules)
        patch, moved = (None, {}) if stale else _linked(store, state, seen, types)
    if patch is None:
        store.forget_links()
        return False
    changes = Changes(
        blocks=patch.blocks, joined=patch.joined, parted=patch.parted, origins=moved, seen=seen,
        among=patch.among, revision=revision, rules=rules,
    )  # fmt: skip
    return store.put_links(patch.events, changes)


def _linked(
    store: Store, state: LinkState, seen: Waiting, types: TypeRelations
) -> tuple[Patch, dict[ArticleId, OriginId]]:
    """Return what to change, and the origins of articles that are others now."""
    before = state.origins()
    origins = article_origins(Facts(*row) for row in store.facts()) if seen.facts else before
    moved = {article: origin for article, origin in origins.items() if before.get(article) != origin}
    verdicts = list(store.verdicts())
    judged = list(state.reports_in({anchor.article for anchor in anchors_of(verdicts)}))
    dirty = set(_changed(state, seen, moved, verdicts, judged))
    return relink(state, dirty, origins, types, read_decisions(verdicts, judged)), moved


@cache
def _rules() -> str:
    """Return what stands for the rules of linking: where they changed, all that was kept is of no use."""
    files = (file for room in RULES for file in sorted((DATA / room).glob("*")) if file.is_file())
    return digest(str(VERSION), *(part for file in files for part in (file.name, file.read_bytes())))


def _changed(
    state: LinkState,
    seen: Waiting,
    moved: Mapping[ArticleId, OriginId],
    verdicts: Collection[Verdict],
    judged: Iterable[Report],
) -> Iterable[ReportId]:
    """Give the reports to look at: changed, of another origin now, or what any verdict is or was about."""
    yield from seen.reports
    yield from (report.id for report in state.reports_in(moved.keys()))
    for verdict in verdicts:
        yield from verdict.subject
    yield from follow(anchors_of(verdicts), judged).values()
