"""Texts of corpora read into reports once, and kept in a file for the next run."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from dateline.clean import article_of
from dateline.model.article import Article, Published
from dateline.model.ids import ArticleId, digest, sha256
from dateline.model.report import Report
from dateline.pipeline import open_reading

# Texts between two writings of the file.
KEPT_EVERY = 200


class Readings:
    """Reports of texts by the function `read`; `path` holds them between runs and belongs to one coder."""

    def __init__(self, path: Path, read: Callable[[Article], tuple[Report, ...]]) -> None:
        self._path = path
        self._read = read
        self._known: dict[str, tuple[Report, ...]] = {}
        if path.exists():
            self._known = msgspec.msgpack.decode(path.read_bytes(), type=dict[str, tuple[Report, ...]])

    def __call__(self, text: str, outlet: str | None = None, day: str | None = None) -> tuple[Report, ...]:
        """Return the reports of `text` as an article of `outlet` published on `day` (ISO date)."""
        article = an_article(text, outlet, day)
        if article.id not in self._known:
            self._known[article.id] = self._read(article)
            if len(self._known) % KEPT_EVERY == 0:
                self.keep()
        return self._known[article.id]

    def keep(self) -> None:
        """Write what is known to the file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(msgspec.msgpack.encode(self._known))


def an_article(text: str, outlet: str | None, day: str | None) -> Article:
    """Return an article of running text with its outlet and its day of publication, None where unknown."""
    published = Published(date=day, precision="day", rule="given", text=day) if day else Published()
    identity = ArticleId("art_" + digest(text, outlet or "", day or ""))
    return msgspec.structs.replace(article_of(text), id=identity, outlet=outlet, published=published)


def share(text: str, parts: int) -> int:
    """Return a number below `parts` that looks drawn by chance and is always the same for `text`."""
    return int(sha256(text)[:12], 16) % parts


def open_readings(cache: Path, name: str, coder: str) -> Readings:
    """Return readings by the coder called `coder`, kept under `cache` as `name`."""
    reading = open_reading(coder, cache)

    def read(article: Article) -> tuple[Report, ...]:
        found = reading(article)
        return found if isinstance(found, tuple) else ()

    return Readings(cache / "pairs" / f"{name}-{coder}.msgpack", read)
