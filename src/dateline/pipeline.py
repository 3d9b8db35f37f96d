"""The order of the rooms: Capture → Article → Mentions → Reports → Events. No other file knows it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from dateline.clean import clean
from dateline.code.base import Coder, read_coded
from dateline.config import Config, outlets_file
from dateline.engine.base import Engine
from dateline.errors import DatelineError
from dateline.link import Facts, link, outlet_key
from dateline.model.article import Article
from dateline.model.capture import Capture
from dateline.model.event import Event
from dateline.model.rejected import Rejected, Stage
from dateline.model.report import Report
from dateline.model.verdict import Verdict
from dateline.ontology import load_ontology
from dateline.outlets import Outlets, load_outlets
from dateline.plugins import load
from dateline.read import ReadOptions, read
from dateline.resolve import Resolver, open_resolver

Reports = tuple[Report, ...]

# Faults that say something about the installation or the machine, not about one article.
_OF_THE_RUN = (DatelineError, MemoryError)
# The coder that needs no library.
STAND_IN = "patterns"
# How much of a fault's message is kept; it may quote a whole article.
_FAULT_CHARACTERS = 200


class Reading:
    """Reads articles into reports: a coder and a resolver, loaded once and used for many articles."""

    def __init__(self, coder: Coder, resolver: Resolver) -> None:
        self.coder = coder
        self.resolver = resolver

    def __call__(self, article: Article) -> Reports | Rejected:
        """Return the reports of `article` in the order of their triggers, or the fault that prevented them."""
        stage: Stage = "code"
        try:
            coded = read_coded(self.coder, article)
            stage = "resolve"
            return self.resolver.resolve(article, coded.mentions, coded.sayings)
        except _OF_THE_RUN:
            raise
        except Exception as error:  # noqa: BLE001 - one article's fault must not cost all others; it is shown
            return fault(stage, article.locator, error)


def fault(stage: Stage, locator: str, error: Exception) -> Rejected:
    """Return the refusal that tells of a fault of dateline in one article."""
    message = " ".join(f"{type(error).__name__}: {error}".split())
    return Rejected(stage=stage, reason="failed", locator=locator, detail=message[:_FAULT_CHARACTERS])


def load_coder(name: str) -> Coder:
    """Return the coder called `name`, or the stand-in where packages that it needs are missing.

    Raises PluginError where there is no such coder.
    """
    coder: Coder = load("dateline.coders", STAND_IN if lacking(name) else name)()
    return coder


def lacking(name: str) -> tuple[str, ...]:
    """Return the packages that the coder called `name` needs and that are not installed."""
    kind = load("dateline.coders", name)
    return tuple(package for package in getattr(kind, "needs", ()) if find_spec(package) is None)


def notice_of(name: str) -> str | None:
    """Return what to tell a person when another coder stands in for the one called `name`."""
    missing = lacking(name)
    if not missing:
        return None
    packages = " and ".join(missing)
    install = f"pip install {' '.join(missing)}"
    return f"the coder {name!r} needs {packages}; the coder {STAND_IN!r} stands in ({install})"


def coder_key(coder: Coder) -> str:
    """Return what a store notes beside an article that this coder has read."""
    return f"{coder.name}/{coder.version}"


def open_reading(coder: str, cache: Path, actors: Path | None = None) -> Reading:
    """Load the coder called `coder` and the resolver with the gazetteer of `cache`, building it when absent.

    `actors` is a file that extends the catalogue of actors. The same arguments give the same reading.
    """
    return _open_once(coder, cache, actors)


@cache
def _open_once(coder: str, cache: Path, actors: Path | None) -> Reading:
    return Reading(load_coder(coder), open_resolver(cache, actors))


def reading_of(config: Config) -> Reading:
    """Return the reading that the settings ask for."""
    return open_reading(config.coder, config.cache, config.actors)


def take_in(
    paths: Sequence[str], options: ReadOptions, engine: Engine, *, stdin: BinaryIO | None = None
) -> Iterator[Article | Rejected]:
    """Read and clean everything at `paths`; refusals come as values in their place in the stream."""
    return engine.map(_start_cleaning, read(paths, options=options, stdin=stdin))


def _start_cleaning() -> Callable[[Capture | Rejected], Article | Rejected]:
    return clean_capture


def clean_capture(item: Capture | Rejected) -> Article | Rejected:
    """Clean one capture; a refusal stays what it is."""
    if isinstance(item, Rejected):
        return item
    try:
        return clean(item)
    except _OF_THE_RUN:
        raise
    except Exception as error:  # noqa: BLE001 - as for coding: pages are hostile, and one must not stop the rest
        return fault("clean", item.locator, error)


def report(
    articles: Iterable[Article], config: Config, engine: Engine
) -> Iterator[tuple[Article, Reports | Rejected]]:
    """Code and resolve `articles`, in their order."""
    # Loaded here first, so that a gazetteer that is not there yet is built once and not by every worker.
    reading_of(config)
    return engine.map(partial(_start_reporting, config), articles)


def _start_reporting(config: Config) -> Callable[[Article], tuple[Article, Reports | Rejected]]:
    reading = reading_of(config)
    return lambda article: (article, reading(article))


def read_through(
    paths: Sequence[str],
    options: ReadOptions,
    config: Config,
    engine: Engine,
    *,
    stdin: BinaryIO | None = None,
) -> Iterator[Reports | Rejected]:
    """Go from everything at `paths` straight to reports, article by article, keeping nothing."""
    reading_of(config)
    start = partial(_start_reading_through, config)
    return engine.map(start, read(paths, options=options, stdin=stdin))


def _start_reading_through(config: Config) -> Callable[[Capture | Rejected], Reports | Rejected]:
    reading = reading_of(config)

    def through(item: Capture | Rejected) -> Reports | Rejected:
        article = clean_capture(item)
        return article if isinstance(article, Rejected) else reading(article)

    return through


def gather(reports: Iterable[Report], facts: Iterable[Facts], verdicts: Sequence[Verdict]) -> tuple[Event, ...]:
    """Link all reports into events under the verdicts of people."""
    return link(reports, facts, load_ontology(), verdicts, owners=known_owners())


def known_owners() -> dict[str, str]:
    """Return who owns each outlet of the catalogue, with the outlets of the file that the settings name."""
    return _owners_in(outlets_file())


@cache
def _owners_in(own: Path | None) -> dict[str, str]:
    return owners_of(load_outlets(own))


def owners_of(catalogue: Outlets) -> dict[str, str]:
    """Return who owns each outlet of the catalogue that has an owner, by the key that linking knows it by."""
    return {
        outlet_key(name): outlet.owner
        for outlet in catalogue.names.values()
        if outlet.owner
        for name in (outlet.name, *outlet.aliases, *outlet.domains)
    }
