"""The order of the rooms: Capture → Article → Mentions → Reports → Events. No other file knows it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import BinaryIO

from dateline.clean import clean
from dateline.code.base import Coder
from dateline.engine.base import Engine
from dateline.link import Facts, link
from dateline.model.article import Article
from dateline.model.capture import Capture
from dateline.model.event import Event
from dateline.model.rejected import Rejected
from dateline.model.report import Report
from dateline.model.verdict import Verdict
from dateline.ontology import load_ontology
from dateline.plugins import load
from dateline.read import ReadOptions, read
from dateline.resolve import Resolver, open_resolver


class Reading:
    """Reads articles into reports: a coder and a resolver, loaded once and used for many articles."""

    def __init__(self, coder: Coder, resolver: Resolver) -> None:
        self.coder = coder
        self.resolver = resolver

    def __call__(self, article: Article) -> tuple[Article, tuple[Report, ...]]:
        """Return `article` with its reports, in the order of their triggers."""
        return article, self.resolver.resolve(article, self.coder.code(article))


def load_coder(name: str) -> Coder:
    """Return the coder called `name`; raises PluginError where there is none."""
    coder: Coder = load("dateline.coders", name)()
    return coder


def coder_key(coder: Coder) -> str:
    """Return what a store notes beside an article that this coder has read."""
    return f"{coder.name}/{coder.version}"


@cache
def open_reading(coder: str, cache: Path) -> Reading:
    """Load the coder called `coder` and the resolver with the gazetteer of `cache`, building it when absent."""
    return Reading(load_coder(coder), open_resolver(cache))


def take_in(
    paths: Sequence[str], options: ReadOptions, engine: Engine, *, stdin: BinaryIO | None = None
) -> Iterator[Article | Rejected]:
    """Read and clean everything at `paths`; refusals come as values in their place in the stream."""
    yield from engine.map(_start_cleaning, read(paths, options=options, stdin=stdin))


def _start_cleaning() -> Callable[[Capture | Rejected], Article | Rejected]:
    return clean_capture


def clean_capture(item: Capture | Rejected) -> Article | Rejected:
    """Clean one capture; a refusal stays what it is."""
    return item if isinstance(item, Rejected) else clean(item)


def report(
    articles: Iterable[Article], coder: str, cache: Path, engine: Engine
) -> Iterator[tuple[Article, tuple[Report, ...]]]:
    """Code and resolve `articles`, in their order."""
    yield from engine.map(partial(open_reading, coder, cache), articles)


def gather(reports: Iterable[Report], facts: Iterable[Facts], verdicts: Sequence[Verdict]) -> tuple[Event, ...]:
    """Link all reports into events under the verdicts of people."""
    return link(reports, facts, load_ontology(), verdicts)
