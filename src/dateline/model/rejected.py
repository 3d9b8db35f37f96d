"""Rejected: a refusal as a value, with a reason from a closed list."""

from typing import Literal

import msgspec

Stage = Literal["read", "clean", "code", "resolve"]

# Each reason with the advice that goes with it. Every reason is documented in docs/reference/reasons.md.
REASONS: dict[str, str] = {
    # read
    "missing": "Check the path; nothing by that name exists.",
    "unreadable": "Check that you may read the file and that it is not open elsewhere.",
    "empty": "The file or record holds no characters; leave it out or fetch it again.",
    "binary": "Convert it to text or HTML first; images, PDF and office files are not read yet.",
    "truncated": "The file ends too early; copy or download it again. Records before the break were kept.",
    "wrong_type": "Rename it to match its content, or convert it to a kind that `dateline add --help` lists.",
    "broken_record": "The record was skipped and the rest was read; repair the record or fetch it again.",
    "invalid_json": "Repair the line; each line of a .jsonl file must be one JSON object.",
    "no_text": "No field holds the article's text; name it with --map text=FIELD.",
    "bad_metadata": "Repair the field or remove it; dates are written YYYY-MM-DD.",
    "bad_encoding": "Save the file as UTF-8 and add it again.",
    # clean
    "no_body": "No running text was found in the page; check that it is an article and not a menu or an error.",
    "too_short": "There is less text than one reported sentence; add the full article.",
    "not_english": "Only English is read at present; translate the article or leave it out.",
    "not_an_article": "The page looks like a list, an index or a notice, not like a news article.",
    # code and resolve
    "failed": "This is a fault of dateline; please report it with the article's address.",
}


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was not taken in, why, and where it stands.

    `reason` is a key of REASONS; `locator` is a path, an address, or either with `#` and a line,
    row, record or byte offset; `detail` says in one line what was found.
    """

    stage: Stage
    reason: str
    locator: str
    detail: str = ""

    def __post_init__(self) -> None:
        """Refuse a reason that is not documented."""
        if self.reason not in REASONS:
            raise ValueError(f"unknown reason {self.reason!r}; known: {', '.join(REASONS)}")

    @property
    def advice(self) -> str:
        """What a person can do about it."""
        return REASONS[self.reason]
