"""The lists beside that of events, as a store offers them."""

from typing import TypeVar, get_args

from dateline.errors import InputError
from dateline.model.rejected import REASONS, Rejected, Stage
from dateline.store.conditions import Condition, article_condition, one_of, together, types_named
from dateline.store.database import Database
from dateline.store.lines import (
    ARTICLES,
    NEWEST_ARTICLES,
    OUTLETS,
    PLACES,
    REFUSALS,
    REPORTS,
    ActorLine,
    ArticleLine,
    ArticleQuery,
    Listing,
    OutletLine,
    PlaceLine,
    RefusalQuery,
    ReportLine,
    ReportQuery,
    Stretch,
    read_actors,
    read_lines,
)
from dateline.store.looks import Place
from dateline.store.search import folded, storable
from dateline.store.shelf import SHELF

T = TypeVar("T")


class Listed(Database):
    """The part of a store that reads lists, a stretch at a time."""

    def article_lines(
        self, query: ArticleQuery, *, limit: int, after: Place | None = None
    ) -> Stretch[ArticleLine]:
        """Return articles by date of publication (unknown last)."""
        condition = article_condition(
            ids=None,
            outlet=query.outlet,
            since=query.since,
            until=query.until,
            search=query.search,
            coded=None,
        )
        return self._lines(NEWEST_ARTICLES if query.sort == "-date" else ARTICLES, condition, limit, after)

    def report_lines(
        self, query: ReportQuery, *, limit: int, after: Place | None = None
    ) -> Stretch[ReportLine]:
        """Return reports by article and place in it, with the events that hold them."""
        found = []
        if query.article is not None:
            found.append(Condition("article = ?", (storable(query.article),)))
        if query.event is not None:
            held = "SELECT report FROM event_reports JOIN events ON number = event WHERE events.id = ?"
            found.append(Condition(f"id IN ({held})", (storable(query.event),)))
        if query.type:
            found.append(one_of("type", types_named(query.type)))
        return self._lines(REPORTS, together(found), limit, after)

    def refusal_lines(
        self, query: RefusalQuery, *, limit: int, after: Place | None = None
    ) -> Stretch[Rejected]:
        """Return refusals by stage, locator and reason; raises InputError where one of these is none."""
        _check("stage", query.stage, get_args(Stage))
        _check("reason", query.reason, tuple(REASONS))
        asked = (("stage", query.stage), ("reason", query.reason))
        found = [Condition(f"{column} = ?", (storable(value),)) for column, value in asked if value is not None]
        return self._lines(REFUSALS, together(found), limit, after)

    def place_lines(
        self, *, limit: int, after: Place | None = None, name: str | None = None
    ) -> Stretch[PlaceLine]:
        """Return the places that events name, the most frequent first; `name` is part of the name."""
        return self._lines(PLACES, _named(name), limit, after)

    def actor_lines(
        self, *, limit: int, after: Place | None = None, name: str | None = None
    ) -> Stretch[ActorLine]:
        """Return the groups, forces and offices that events name, the most frequent first.

        `name` is part of any name that they are given. Persons and what stayed as it was worded have no id and
        are not listed.
        """
        with self._at_once() as connection:
            columns = SHELF.columns(connection, self.path)
            return read_actors(connection, columns.actors, _named(name), limit=limit, after=after)

    def outlet_lines(self, *, limit: int, after: Place | None = None) -> Stretch[OutletLine]:
        """Return what was read of each outlet, the most articles first."""
        return self._lines(OUTLETS, Condition("1"), limit, after)

    def _lines(self, listing: Listing[T], condition: Condition, limit: int, after: Place | None) -> Stretch[T]:
        with self._at_once() as connection:
            return read_lines(connection, listing, condition, limit=limit, after=after)


def _check(what: str, given: str | None, known: tuple[str, ...]) -> None:
    if given is not None and given not in known:
        raise InputError(f"no {what} is called {given!r}; there is: {', '.join(known)}")


def _named(name: str | None) -> Condition:
    return Condition("1") if name is None else Condition("instr(name_key, ?)", (folded(name),))
