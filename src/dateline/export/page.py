"""HTML: one file that holds the whole record, to be read without a server and without a network."""

import base64
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from dateline.config import DATA
from dateline.errors import DataError
from dateline.export import atlas, timeline
from dateline.export.base import Record
from dateline.export.cards import Card, card
from dateline.export.marks import LETTERS, ROLE_WORDS
from dateline.export.wording import STATUS_MEANINGS, counted, is_warning, said_of, type_label, where_words
from dateline.model.ids import sha256

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER = DATA / "export"


class Tally(msgspec.Struct, frozen=True):
    """One number of the header with its word."""

    number: str
    word: str


def tallies(record: Record) -> tuple[Tally, ...]:
    """Return what the header counts: articles, outlets, origins, events, disputed ones and warnings."""
    events = tuple(record.events)
    outlets = {article.outlet for article in record.articles.values() if article.outlet}
    origins = {said.origin for event in events for said in said_of(event)}
    disputed = sum(1 for event in events if event.disagreements)
    warnings = sum(1 for event in events if is_warning(event.status))
    found = [
        counted(len(record.articles), "article"),
        counted(len(outlets), "outlet"),
        counted(len(origins), "independent origin"),
        counted(len(events), "event"),
        f"{disputed:,} disputed",
        counted(warnings, "warning"),
    ]
    if record.rejected:
        found.append(f"{record.rejected:,} refused")
    return tuple(Tally(*text.split(" ", 1)) for text in found)


def inline_hash(content: str) -> str:
    """Return the CSP source that allows exactly this inline style or script."""
    return f"sha256-{base64.b64encode(bytes.fromhex(sha256(content))).decode('ascii')}"


@cache
def _part(name: str) -> str:
    try:
        return (FOLDER / name).read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{name} of the report cannot be read ({error}); reinstall dateline") from error


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(counted=counted, type_label=type_label, where_words=where_words)
    return environment.get_template("page.html.j2")


def _statuses(cards: list[Card]) -> list[tuple[str, str]]:
    """Return the statuses that occur with their meanings, in the order of the legend."""
    present = {one.status for one in cards}
    return [(word, meaning) for word, meaning in STATUS_MEANINGS.items() if word in present]


class HtmlExporter:
    """Writes a page with a timeline, a map and a card for every event with its source sentences.

    Everything is inside the one file. Its content policy forbids the page to load anything, and to run
    or style by anything but its own two blocks; all text from articles is escaped.
    """

    name = "html"
    suffix = ".html"
    media_type = "text/html; charset=utf-8"

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write the page, the events in the record's order."""
        from markupsafe import Markup

        events = tuple(record.events)
        cards = [card(event, record) for event in events]
        style, script = _part("page.css"), _part("page.js")
        text = _template().stream(
            title=record.title,
            tallies=tallies(record),
            cards=cards,
            types=sorted({(one.type, one.label) for one in cards}, key=lambda pair: (pair[1], pair[0])),
            statuses=_statuses(cards),
            letters=LETTERS,
            roles=ROLE_WORDS,
            timeline=timeline.lay_out(events),
            atlas=atlas.lay_out(events),
            credit=atlas.load_outline().source,
            # Our own files, not anybody's text: they must reach the page unescaped, as their hashes say.
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
            style_hash=inline_hash(style),
            script_hash=inline_hash(script),
        )
        for chunk in text:
            stream.write(chunk.encode("utf-8", "replace"))
