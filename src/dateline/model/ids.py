"""Identifiers: distinct types, derived from content, the same on every machine and in any order.

This is the only module, with `clean.reprints`, that hashes anything.
"""

import base64
import hashlib
from collections.abc import Iterable
from typing import NewType

CaptureId = NewType("CaptureId", str)
ArticleId = NewType("ArticleId", str)
MentionId = NewType("MentionId", str)
ReportId = NewType("ReportId", str)
EventId = NewType("EventId", str)
VerdictId = NewType("VerdictId", str)
WriteId = NewType("WriteId", str)
OriginId = NewType("OriginId", str)
PlaceId = NewType("PlaceId", str)
ActorId = NewType("ActorId", str)

# Ten bytes: with 10^8 ids of one kind the chance of any collision is about 4e-9, and the text form
# is sixteen characters that a person can still paste into a command.
DIGEST_BYTES = 10

# How ids of verdicts and of other writes begin: both stand in one log.
VERDICT, WRITE = "ver_", "wri_"


def digest(*parts: str | bytes) -> str:
    """Return 16 lower-case base-32 characters that stand for `parts`, in their order.

    Parts are length-prefixed, so ("ab", "c") and ("a", "bc") differ.
    """
    return base64.b32encode(_state(parts, DIGEST_BYTES).digest()).decode("ascii").lower()


def _state(parts: Iterable[str | bytes], size: int) -> hashlib.blake2b:
    state = hashlib.blake2b(digest_size=size)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(raw).to_bytes(8, "big"))
        state.update(raw)
    return state


def number_of(*parts: str | bytes) -> int:
    """Return a number (0..2^63 - 1) that stands for `parts`, in their order; what `digest` is in text.

    Of 10^8 numbers any two are the same with a chance of about 5e-4: use it where that does no harm.
    """
    return int.from_bytes(_state(parts, 8).digest(), "big") >> 1


def sha256(content: str | bytes) -> str:
    """Return the SHA-256 of `content` (text as UTF-8), in hexadecimal."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


def capture_id(content: bytes, url: str | None, declared: bytes) -> CaptureId:
    """Identify a capture by its bytes, its address and the metadata declared with it."""
    return CaptureId("cap_" + digest(content, url or "", declared))


def article_id(text: str, title: str | None, outlet: str | None, url: str | None) -> ArticleId:
    """Identify an article by its clean text and by who published it where.

    The publication date is left out on purpose: learning it later must not make a second article.
    """
    return ArticleId("art_" + digest(text, title or "", outlet or "", url or ""))


def mention_id(article: ArticleId, type_: str, start: int, end: int) -> MentionId:
    """Identify a mention by its article, its type and its trigger's span."""
    return MentionId("men_" + digest(article, type_, str(start), str(end)))


def report_id(mention: MentionId) -> ReportId:
    """Identify the report that a mention becomes."""
    return ReportId("rep_" + mention.removeprefix("men_"))


def event_id(reports: list[ReportId]) -> EventId:
    """Identify an event by its reports, whatever their order."""
    return EventId("evt_" + digest(*sorted(reports)))


def origin_id(*parts: str) -> OriginId:
    """Identify an independent origin of information."""
    return OriginId("org_" + digest(*parts))


def verdict_id(*parts: str) -> VerdictId:
    """Identify a verdict by what it says, who said it and when."""
    return VerdictId(VERDICT + digest(*parts))


def write_id(*parts: str) -> WriteId:
    """Identify what somebody did by what it was, who did it and when."""
    return WriteId(WRITE + digest(*parts))
