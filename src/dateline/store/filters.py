"""The filters of events as a person types them: one list for the command line and the web."""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from dateline.store.query import STATUS_WORDS, EventQuery, Sort

ISO_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """One filter: its name, the field of EventQuery that it sets, what it takes and what it means.

    `kind` is the type of its value, `metavar` what stands for the value in a help text, `opposite` the name
    of a switch for False, `least` the smallest number; `words` are all values that it may have and `pattern`
    a regular expression that they match, where there is one.
    """

    name: str
    help: str
    kind: Any = str | None
    default: Any = None
    field: str = ""
    metavar: str | None = None
    opposite: str | None = None
    least: int | None = None
    words: tuple[str, ...] = ()
    pattern: str | None = None

    @property
    def sets(self) -> str:
        """The field of EventQuery that it sets."""
        return self.field or self.name


FILTERS: tuple[Filter, ...] = (
    Filter(
        name="where",
        metavar="PLACE",
        kind=list[str] | None,
        help="Place, province, country, COUNTRY/PROVINCE, or west,south,east,north; repeated, all must hold.",
    ),
    Filter(name="since", metavar="DATE", help="On or after: YYYY-MM-DD, YYYY-MM or YYYY.", pattern=ISO_DATE),
    Filter(name="until", metavar="DATE", help="On or before.", pattern=ISO_DATE),
    Filter(
        name="undated",
        kind=bool,
        default=False,
        field="include_undated",
        help="Beside since and until, also events without a date.",
    ),
    Filter(name="type", metavar="TYPE", kind=list[str] | None, help="Event type or family; may be repeated."),
    Filter(
        name="actor",
        metavar="NAME",
        help="Part of an actor's or target's name or id, or the whole in \"quotation marks\".",
    ),
    Filter(name="outlet", metavar="NAME", help="Reported by this outlet."),
    Filter(name="article", metavar="ID", help="Reported in this article."),
    Filter(name="status", metavar="WORD", help=f"One of: {', '.join(STATUS_WORDS)}.", words=STATUS_WORDS),
    Filter(
        name="min_origins",
        metavar="N",
        kind=int,
        default=0,
        least=0,
        help="At least N independent origins.",
    ),
    Filter(name="disputed", kind=bool | None, opposite="undisputed", help="With or without disagreement."),
    Filter(
        name="unresolved",
        kind=bool | None,
        opposite="resolved",
        help="At a place that is on no map, or at one that is.",
    ),
    Filter(name="search", metavar="WORDS", help='Words and "phrases" in the sentences.'),
)

SORT = Filter(
    name="sort",
    metavar="ORDER",
    kind=str,
    default="date",
    help=f"One of: {', '.join(get_args(Sort))}.",
    words=get_args(Sort),
)


def query_from(given: Mapping[str, Any]) -> EventQuery:
    """Return the query that filters, by their names, ask for; other names must be fields of EventQuery."""
    fields = {each.name: each.sets for each in FILTERS}
    values = {fields.get(name, name): value for name, value in given.items()}
    for name in ("where", "type"):
        if name in values:
            values[name] = tuple(values[name] or ())
    return EventQuery(**values)
