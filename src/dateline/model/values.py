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
WhoBasis = Literal[
    "article", "catalogue", "office", "person", "short", "described", "metonym", "composed", "worded",
]  # fmt: skip
CountKind = Literal[
    "killed", "injured", "harmed", "captured", "displaced", "missing", "freed", "present", "other",
]  # fmt: skip
CountOf = Literal["civilian", "combatant", "mixed", "unknown"]
SexAge = Literal["women", "children", "women and children"]
CountScope = Literal["event", "running", "period"]
OutletKind = Literal[
    "wire", "newspaper", "broadcaster", "news_site", "state_media", "group_media", "monitor", "official",
    "aggregator", "social_media",
]  # fmt: skip
SourceKind = Literal[
    "outlet", "media", "wire", "newspaper", "broadcaster", "news_site", "state_media", "group_media", "monitor",
    "aggregator", "social_media", "official", "military", "police", "armed_group", "organisation", "witness",
    "local", "analyst", "anonymous", "document", "person", "unknown",
]  # fmt: skip
# Kinds of sources that publish news of their own gathering; what they say first is an origin of its own.
PUBLISHERS: frozenset[str] = frozenset(
    {
        "outlet",
        "media",
        "wire",
        "newspaper",
        "broadcaster",
        "news_site",
        "state_media",
        "group_media",
        "aggregator",
    }
)
# The Admiralty code of a source whose reliability, and of a report whose truth, cannot be judged.
UNGRADED = "F6"
Voice = Literal["own", "quoted", "paraphrased"]
Stance = Literal["says", "claims", "confirms", "denies", "doubts", "believes", "warns"]

Reality = Literal[
    "occurred", "ongoing", "attempted", "planned", "threatened", "feared", "demanded", "hypothetical"
]
Polarity = Literal["affirmed", "denied"]
Certainty = Literal["stated", "probable", "possible", "unconfirmed"]
Currency = Literal["news", "background"]

REALITIES: tuple[str, ...] = get_args(Reality)


class When(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A time as an interval of whole days with its precision.

    `start` and `end` are ISO dates, both inclusive; either may be None (open or not resolvable).
    `precision` is that of the wording, also when nothing could be resolved ("Friday" of an unknown week:
    precision "day", no dates). `anchor` is what the reading hung on: "stated" (the words carry the full
    date), "published:DATE", "context:DATE" (another date of the text) or None. `assumed` says in words
    what was assumed. `basis` is "stated" when the event's own sentence gives the time, "inherited" when
    it was carried over from a sentence before, "none" when there is no time at all. `lasts` is how long it
    lasted, in the words of the text ("two hours").
    """

    start: str | None = None
    end: str | None = None
    precision: WhenPrecision = "unknown"
    text: str | None = None
    anchor: str | None = None
    span: Span | None = None
    assumed: str | None = None
    basis: Literal["stated", "inherited", "none"] = "none"
    lasts: str | None = None


class PlaceOption(msgspec.Struct, frozen=True, gc=False, kw_only=True):
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

    `id` is None when it stayed as worded; `country` is ISO 3166-1 alpha-2. `by` is how it was read: a name that
    the article itself explains, a name of the catalogue, an office or its holder, a person's name, the short
    form of a name given before, a description or pronoun led back, a capital or country for its government,
    composed from words, or as worded. `score` lies in 0..1, 0 where nothing was resolved. `alternatives` are
    the ids of other actors that bear the name.
    """

    name: str
    id: ActorId | None = None
    kind: ActorKind = "other"
    country: str | None = None
    by: WhoBasis = "worded"
    score: float = 0.0
    alternatives: tuple[ActorId, ...] = ()


class Link(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One link of the chain of attribution; offsets are None for the publishing outlet itself.

    `voice` tells how its words are given: in its "own" voice (the outlet), "quoted" in quotation marks, or
    "paraphrased". `stance` is how it stands to what it is the source of, as its verb says ("claims",
    "confirms", "denies"). `grade` is the Admiralty code that the user gave the outlet; F6 where none was given.
    `said` is when it was said, where the words tell that ("warned on Sunday"), and no date of the event.
    """

    name: str
    kind: SourceKind
    text: str | None = None
    start: int | None = None
    end: int | None = None
    voice: Voice = "own"
    stance: Stance = "says"
    grade: str = UNGRADED
    said: When | None = None


class Position(Span, frozen=True, kw_only=True):
    """What somebody says of an event after it was told: the words, who says so, and what it is about.

    `about`: "event" (that it happened as told), "part" in it (involvement or responsibility) or "figures".
    """

    who: Link
    stance: Stance
    about: Literal["event", "part", "figures"] = "event"


class HowMany(Span, frozen=True, kw_only=True):
    """A count of people: the closed interval [low, high] with a best reading inside it.

    None for `best` or `high` means that the wording does not bound it. "harmed" are the killed and the injured
    together, where they are not told apart. `of` says whose, `sex_age` that the count is of women or children,
    `side` is the id of the actor whose people they are, where the wording names one.

    `part`: the people are among those that a wider count beside it holds ("46 people, including 12 officers"),
    so the two are never added. `scope`: "event" for the event's own people; "running" for a toll that replaces
    earlier ones ("rose to 17"); "period" for people of a longer time or campaign ("since January"), which are
    not the event's alone. `claimant` is who gives the figure. `basis`: "coded" where the coder tied the words
    to the event, "read" where the resolver read them in the event's sentence.
    """

    kind: CountKind
    low: int
    best: int | None
    high: int | None
    of: CountOf = "unknown"
    sex_age: SexAge | None = None
    side: ActorId | None = None
    part: bool = False
    scope: CountScope = "event"
    claimant: Link | None = None
    basis: Literal["coded", "read"] = "coded"


# Outermost first: the outlet that published, then whom it quotes, then whom they quote.
Chain = tuple[Link, ...]


class Status(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """How a happening is said to stand, on four independent axes, and one word derived from them.

    `contested`: somebody whom the article names denies it, or their part in it, while others tell it as a fact.
    """

    reality: Reality = "occurred"
    polarity: Polarity = "affirmed"
    certainty: Certainty = "stated"
    currency: Currency = "news"
    contested: bool = False
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
    *,
    contested: bool = False,
) -> Status:
    """Return the Status with its display word.

    The first that applies names it: denied; a reality other than occurred or ongoing; contested; unconfirmed;
    background; then happened or ongoing, with "probably"/"possibly" read from certainty.
    """
    word = _WORDS[reality]
    if polarity == "denied":
        word = "denied"
    elif reality in ("occurred", "ongoing"):
        if contested:
            word = "contested"
        elif certainty == "unconfirmed":
            word = "unconfirmed"
        elif currency == "background":
            word = "background"
        elif certainty == "probable":
            word = "probable"
        elif certainty == "possible":
            word = "possible"
    return Status(
        reality=reality,
        polarity=polarity,
        certainty=certainty,
        currency=currency,
        contested=contested,
        word=word,
    )
