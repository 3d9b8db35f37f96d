"""Event: the Reports judged to be one happening; every field a set of Claims."""

from collections.abc import Iterator
from typing import Any, Generic, Literal, TypeVar

import msgspec

from dateline.model.ids import ArticleId, EventId, OriginId, ReportId, VerdictId
from dateline.model.report import Crosswalk
from dateline.model.span import Span
from dateline.model.values import Chain, HowMany, Status, When, Where, Who

T = TypeVar("T")

TieKind = Literal["verdict", "reprint", "credit", "citing", "outlet", "quote", "owner"]
RelationKind = Literal["part_of", "follow_up", "background_of", "outcome_of"]


class Said(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Who said a thing where: the report, its sentence, its outlet, its chain and its origin."""

    report: ReportId
    article: ArticleId
    outlet: str | None
    published: str | None
    chain: Chain
    origin: OriginId
    sentence: Span


class Claim(msgspec.Struct, Generic[T], frozen=True, gc=False, kw_only=True):
    """One value of one field with everyone who gives it; `origins` counts the independent ones.

    `denied` holds those who deny it. A value that is only spoken of in a denial has nobody in `said`.
    A claim with `by` is that of a person who corrected the field, in `verdict`: no report says it.
    """

    value: T
    said: tuple[Said, ...]
    origins: int
    denied: tuple[Said, ...] = ()
    by: str | None = None
    verdict: VerdictId | None = None


class Claims(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """All values that were claimed, field by field; agreeing claims are one, differing ones stay."""

    type: tuple[Claim[str], ...] = ()
    status: tuple[Claim[Status], ...] = ()
    when: tuple[Claim[When], ...] = ()
    where: tuple[Claim[Where], ...] = ()
    actors: tuple[Claim[Who], ...] = ()
    targets: tuple[Claim[Who], ...] = ()
    counts: tuple[Claim[HowMany], ...] = ()


class Told(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Who told a value when: the value in words, the report and its outlet, whom that quotes, its origin."""

    value: str
    published: str | None
    outlet: str | None
    source: str | None
    report: ReportId
    article: ArticleId
    origin: OriginId


class ToldFigure(Told, frozen=True, kw_only=True):
    """A figure as it was told: the closed interval [low, high] with a best reading, and its wording."""

    low: int
    best: int | None
    high: int | None
    text: str


class FigureClaim(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Figures that can be one number ("dozens" and 34), as the bounds that all of them allow.

    `origins` counts the independent ones that tell it. A vague figure that agrees with several is in each.
    """

    low: int
    best: int | None
    high: int | None
    told: tuple[ToldFigure, ...]
    origins: int


class Estimate(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Low, best and high; None where no figure bounds it."""

    low: int
    best: int | None
    high: int | None


class Figure(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """All that is told of one number, the killed civilians for example; `part`: it is within a wider one.

    Two figures are derived from it by the rules of `link.figures`: `ucdp`, low, best and high in the manner of
    UCDP GED, and `lowest_credible` in the manner of ACLED. `claims` are the figures that stand, those that
    can be one number as one; `history` is every figure by date of publication, also what was put right later;
    `denied` are figures that somebody denies.
    """

    kind: str
    of: str
    sex_age: str | None = None
    part: bool = False
    ucdp: Estimate
    lowest_credible: int
    claims: tuple[FigureClaim, ...]
    history: tuple[ToldFigure, ...]
    denied: tuple[ToldFigure, ...] = ()


class Side(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One answer in a disagreement, in words, with everyone who gives it or one that agrees with it."""

    value: str
    told: tuple[Told, ...]
    origins: int


class Disagreement(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Claims of one field that cannot all be right, in words ("killed: 12 or 17").

    `weight` (0..1) says how much it matters: the sum of the named `parts`, each a value in 0..1 times its
    weight (`link.weights`).
    """

    field: str
    text: str
    weight: float = 0.0
    parts: tuple["Feature", ...] = ()
    sides: tuple[Side, ...] = ()


class Corrected(msgspec.Struct, frozen=True, gc=False, kw_only=True):
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


class Feature(msgspec.Struct, frozen=True, gc=False):
    """One named feature of a comparison: its value in -1..1 and what it added to the score."""

    name: str
    value: float
    weight: float


class Join(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Why two reports were taken as one happening."""

    left: ReportId
    right: ReportId
    score: float
    features: tuple[Feature, ...]


class Tie(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Why two articles of an event count as one origin: the kind of tie, and the words or figures behind it."""

    kind: TieKind
    left: ArticleId
    right: ArticleId
    why: str


class Relation(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """How an event stands to another that it is not one with: it is `kind` of or to `event`; `why` in words.

    "part_of" a summary that counts it among others; a "follow_up" to what it is said to come after;
    "background_of" the news in whose telling it is recalled; "outcome_of" a warning.
    """

    kind: RelationKind
    event: EventId
    why: str


class Event(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One happening, as far as the reports tell.

    The fields from `type` to `status` are the shown values, chosen from `claims` by the stated rules of
    `link.merge`. `articles`, `outlets` and `origins` count what reported it: origins are independent, so
    reprints and quotations of one another count once, and `ties` says why. `figures` holds what is told of
    each number.
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
    ties: tuple[Tie, ...] = ()
    figures: tuple[Figure, ...] = ()
    relations: tuple[Relation, ...] = ()
    corrected: tuple[Corrected, ...] = ()


class Telling(msgspec.Struct, frozen=True, gc=False):
    """Somebody gives, denies or (a person) corrects one value of one field: a claim, said once.

    `said` is None for a person, who is `by`.
    """

    field: str
    value: Any
    how: Literal["says", "denies", "corrects"]
    said: Said | None = None
    by: str | None = None


def tellings(event: Event) -> Iterator[Telling]:
    """Give everything that is claimed of `event`, field by field, once for everyone who says it."""
    for field in Claims.__struct_fields__:
        for claim in getattr(event.claims, field):
            if claim.by is not None:
                yield Telling(field, claim.value, "corrects", by=claim.by)
            for said in claim.said:
                yield Telling(field, claim.value, "says", said)
            for said in claim.denied:
                yield Telling(field, claim.value, "denies", said)
