"""From articles straight to reports, without any workspace: the stateless way."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import msgspec

from dateline.config import Config, load_config
from dateline.errors import InputError
from dateline.model.capture import MediaType, make_capture
from dateline.model.rejected import Rejected
from dateline.pipeline import Reports, clean_capture, read_through, reading_of
from dateline.workspace.asked import engine_of, read_options

# What the reports of a text that was given in a call name as its place.
IN_CALL = "text"
_PAGE_STARTS = ("<!doctype", "<html", "<?xml")


def parse_text(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    config: Config | None = None,
) -> Reports:
    """Read one article, given as plain text or as an HTML page, into its reports, without any workspace.

    `published` is the date of publication (YYYY-MM-DD, or cut to month or year): without it "on Friday" of a
    plain text stays a Friday of an unknown week. Offsets count code points of the article's clean text. Raises
    InputError, with the reason, when it is not an English article or `published` is not a date.
    """
    settings = config or load_config()
    declared = msgspec.structs.replace(read_options(published=published, outlet=outlet).declared, title=title)
    page = text.lstrip()[:200].lower().startswith(_PAGE_STARTS)
    media_type: MediaType = "text/html" if page else "text/plain"
    content = text.encode("utf-8", "replace")
    article = clean_capture(make_capture(content, media_type, IN_CALL, encoding="utf-8", declared=declared))
    found = article if isinstance(article, Rejected) else reading_of(settings)(article)
    if isinstance(found, Rejected):
        raise InputError(f"{found.reason}: {found.detail}. {found.advice}")
    return found


def parse_paths(
    paths: Sequence[str],
    *,
    published: str | None = None,
    outlet: str | None = None,
    field_map: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    config: Config | None = None,
) -> Iterator[Reports | Rejected]:
    """Read the articles at `paths`, without any workspace: the reports of each, or why it was refused.

    Raises InputError for a date that is not one and for a field that articles do not have.
    """
    settings = config or load_config()
    options = read_options(published=published, outlet=outlet, field_map=field_map)
    return read_through(paths, options, settings, engine_of(settings), stdin=stdin)
