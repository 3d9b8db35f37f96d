"""The values that spans become: When, Where, Who, HowMany, Status and the links of a Chain.

Names here are the names on the wire. A value that is read from words is a Span (start, end, text) with its
meaning beside it; When keeps its words in `span`, because its own start and end are dates.
"""

from typing import Literal, get_args

import msgspec

from dateline.model.ids import ActorId, PlaceId
from dateline.model.span import Span

WhenPrecision = Literal["part_of_day", "day", "week", "month", "season", "year", "range", "unknown"]
WherePrecision = Literal["point", "town", "near", "area", "admin2", "admin1", "region", "country", "unresolved"]
PlaceKind = Literal[
    "settlement", "neighbourhood", "facility", "admin1", "admin2", "country", "region", "natural", "unknown"
]
ActorKind = Literal[
    "armed_group", "military", "police", "militia", "coalition", "government", "party", "intergovernmental",
    "ngo", "media", "protesters", "civilians", "tribe", "business", "person", "unidentified", "other",
]  # fmt: skip
CountKind = Literal["killed", "injured", "captured", "displaced", "missing", "freed", "present", "other"]
CountOf = Literal["civilian", "combatant", "mixed", "unknown"]
SourceKind = Literal[
    "outlet", "media", "official", "military", "police", "armed_group", "organisation", "witness", "local",
    "analyst", "anonymous", "document", "person", "unknown",
]  # fmt: skip

Reality = Literal[
    "occurred", "ongoing", "attempted", "planned", "threatened", "feared", "demanded", "hypothetical"
]
Polarity = Literal["affirmed", "denied"]
Certainty = Literal["stated", "probable", "possible", "unconfirmed"]
Currency = Literal["news", "background"]

REALITIES: tuple[str, ...] = get_args(Reality)


class When(msgspec.Struct, frozen=True, kw_only=True):
    """A time as an interval of whole days with its precision.

    `start` and `end` are ISO dates, both inclusive; either may be None (open or not resolvable).
    `precision` is that of the wording, also when nothing could be resolved ("Friday" of an unknown week:
    precision "day", no dates). `anchor` is what the reading hung on: "stated" (the words carry the full
    date), "published:DATE", "context:DATE" (another date of the text) or None. `assumed` says in words
    what was assumed. `basis` is "stated" when the event's own sentence gives the time, "inherited" when
    it was carried over from a sentence before, "none" when there is no time at all.
    """

    start: str | None = None
    end: str | None = None
    precision: WhenPrecision = "unknown"
    text: str | None = None
    anchor: str | None = None
    span: Span | None = None
    assumed: str | None = None
    basis: Literal["stated", "inherited", "none"] = "none"


class PlaceOption(msgspec.Struct, frozen=True, kw_only=True):
    """Another place that a name may mean; `score` in 0..1 as in Where."""

    name: str
    gazetteer_id: PlaceId
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    admin1: str | None = None
    score: float = 0.0


class Where(Span, frozen=True, kw_only=True):
    """A place: a gazetteer entry, or an explicit unresolved name.

    Coordinates are degrees in WGS 84; `radius_km` is how far from the point the place may extend.
    `country` is ISO 3166-1 alpha-2; `admin1` the name of the first-level area. `within` is the container
    that the text itself gives. `basis`: "stated" in the event's sentence, "inherited" from a sentence
    before, or "dateline". `score` lies in 0..1. `alternatives` are other places that the name may mean, the
    likeliest first. `pcode` is the P-code of the place, where a list that the user added gives one.
    """

    name: str
    gazetteer_id: PlaceId | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: WherePrecision = "unresolved"
    radius_km: float | None = None
    country: str | None = None
    admin1: str | None = None
    kind: PlaceKind = "unknown"
    within: str | None = None
    basis: Literal["stated", "inherited", "dateline"] = "stated"
    score: float = 0.0
    alternatives: tuple[PlaceOption, ...] = ()
    pcode: str | None = None


class Who(Span, frozen=True, kw_only=True):
    """An actor: a catalogue entry, a composed one ("Iraqi army"), or the bare wording.

    `id` is None when it stayed as worded; `country` is ISO 3166-1 alpha-2.
    """

    name: str
    id: ActorId | None = None
    kind: ActorKind = "other"
    country: str | None = None


class HowMany(Span, frozen=True, kw_only=True):
    """A count of people: the closed interval [low, high] with a best reading inside it.

    None for `best` or `high` means that the wording does not bound it. `of` says whose.
    """

    kind: CountKind
    low: int
    best: int | None
    high: int | None
    of: CountOf = "unknown"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One link of the chain of attribution; offsets are None for the publishing outlet itself."""

    name: str
    kind: SourceKind
    text: str | None = None
    start: int | None = None
    end: int | None = None


# Outermost first: the outlet that published, then whom it quotes, then whom they quote.
Chain = tuple[Link, ...]


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How a happening is said to stand, on four independent axes, and one word derived from them."""

    reality: Reality = "occurred"
    polarity: Polarity = "affirmed"
    certainty: Certainty = "stated"
    currency: Currency = "news"
    word: str = "happened"


_WORDS: dict[str, str] = {
    "occurred": "happened",
    "ongoing": "ongoing",
    "attempted": "attempted",
    "planned": "planned",
    "threatened": "threatened",
    "feared": "feared",
    "demanded": "demanded",
    "hypothetical": "hypothetical",
}


def make_status(
    reality: Reality = "occurred",
    polarity: Polarity = "affirmed",
    certainty: Certainty = "stated",
    currency: Currency = "news",
) -> Status:
    """Return the Status with its display word.

    The first that applies names it: denied; a reality other than occurred or ongoing; unconfirmed;
    background; then happened or ongoing, with "probably"/"possibly" read from certainty.
    """
    word = _WORDS[reality]
    if polarity == "denied":
        word = "denied"
    elif reality in ("occurred", "ongoing"):
        if certainty == "unconfirmed":
            word = "unconfirmed"
        elif currency == "background":
            word = "background"
        elif certainty == "probable":
            word = "probable"
        elif certainty == "possible":
            word = "possible"
    return Status(reality=reality, polarity=polarity, certainty=certainty, currency=currency, word=word)
