"""Event: the Reports judged to be one happening; every field a set of Claims."""

from typing import Generic, Literal, TypeVar

import msgspec

from dateline.model.ids import ArticleId, EventId, OriginId, ReportId, VerdictId
from dateline.model.report import Crosswalk
from dateline.model.span import Span
from dateline.model.values import Chain, HowMany, Status, When, Where, Who

T = TypeVar("T")

RelationKind = Literal["part_of", "follow_up", "background_of", "outcome_of"]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """Who said a thing where: the report, its sentence, its outlet, its chain and its origin."""

    report: ReportId
    article: ArticleId
    outlet: str | None
    published: str | None
    chain: Chain
    origin: OriginId
    sentence: Span


class Claim(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One value of one field with everyone who gives it; `origins` counts the independent ones.

    A claim with `by` is that of a person who corrected the field, in `verdict`: no report says it.
    """

    value: T
    said: tuple[Said, ...]
    origins: int
    by: str | None = None
    verdict: VerdictId | None = None


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """All values that were claimed, field by field; agreeing claims are one, differing ones stay."""

    type: tuple[Claim[str], ...] = ()
    status: tuple[Claim[Status], ...] = ()
    when: tuple[Claim[When], ...] = ()
    where: tuple[Claim[Where], ...] = ()
    actors: tuple[Claim[Who], ...] = ()
    targets: tuple[Claim[Who], ...] = ()
    counts: tuple[Claim[HowMany], ...] = ()


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Claims of one field that cannot all be right, in words ("killed: 12 or 17")."""

    field: str
    text: str


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a person corrected, the value in words, and the verdict; the latest of a field is shown.

    With `scope` "report" it is what single reports say that was corrected, not what the event shows.
    """

    field: str
    value: str
    by: str
    at: str
    scope: Literal["event", "report"]
    verdict: VerdictId
    reason: str | None = None


class Feature(msgspec.Struct, frozen=True):
    """One named feature of a comparison: its value in -1..1 and what it added to the score."""

    name: str
    value: float
    weight: float


class Join(msgspec.Struct, frozen=True, kw_only=True):
    """Why two reports were taken as one happening."""

    left: ReportId
    right: ReportId
    score: float
    features: tuple[Feature, ...]


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """How an event stands to another that it is not one with: it is `kind` of or to `event`; `why` in words.

    "part_of" a summary that counts it among others; a "follow_up" to what it is said to come after;
    "background_of" the news in whose telling it is recalled; "outcome_of" a warning.
    """

    kind: RelationKind
    event: EventId
    why: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One happening, as far as the reports tell.

    The fields from `type` to `status` are the shown values, chosen from `claims` by the stated rules of
    `link.merge`. `articles`, `outlets` and `origins` count what reported it: origins are independent, so
    reprints and quotations of one another count once.
    """

    id: EventId
    type: str
    crosswalk: Crosswalk
    when: When
    where: Where | None
    actors: tuple[Who, ...]
    targets: tuple[Who, ...]
    counts: tuple[HowMany, ...]
    status: Status
    claims: Claims
    disagreements: tuple[Disagreement, ...]
    reports: tuple[ReportId, ...]
    articles: int
    outlets: int
    origins: int
    joins: tuple[Join, ...] = ()
    score: float = 1.0
    relations: tuple[Relation, ...] = ()
    corrected: tuple[Corrected, ...] = ()
