"""From what a person says to a Verdict: reports and events looked up, values read, faults named."""

from collections.abc import Callable, Iterable
from typing import Any, cast

import msgspec

from dateline.errors import InputError
from dateline.link.readings import person
from dateline.model.correction import FIELDS as FIELDS
from dateline.model.correction import (
    SIDES,
    UNKNOWN,
    count_field,
    is_field,
    pack,
    read_count,
    read_status,
    read_when,
)
from dateline.model.ids import ActorId, EventId, ReportId, VerdictId
from dateline.model.report import Report
from dateline.model.values import PlaceKind, Status, Where, WherePrecision, Who
from dateline.model.verdict import (
    ANSWERS,
    KINDS,
    REASONS,
    ROLES,
    Anchor,
    Scope,
    Verdict,
    VerdictKind,
    make_verdict,
)
from dateline.ontology import load_ontology
from dateline.resolve.catalogue import load_catalogue
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_places import Place
from dateline.store.base import Store
from dateline.store.search import id_prefix
from dateline.workspace.tracing import led_to

# How exactly a gazetteer entry of a kind says where something happened, as in `resolve.places`.
_PRECISION: dict[PlaceKind, WherePrecision] = {
    "settlement": "town", "neighbourhood": "town", "facility": "point", "admin1": "admin1", "admin2": "admin2",
    "country": "country", "region": "region", "natural": "area", "unknown": "town",
}  # fmt: skip
# Between two entries of one name the larger is meant when it has this many times the other's people.
CLEARLY_LARGER = 10
SHOWN = 5


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement as a person or a script gives it; one JSON line of `dateline judge -`.

    `ids` are reports or events (all their reports), or one verdict for "undo" and "redo"; beginnings will do.
    `others` are the reports that "split" and "own_origins" part from them. `value` is in words.
    """

    kind: str
    ids: tuple[str, ...]
    by: str
    at: str | None = None
    reason: str | None = None
    field: str | None = None
    value: str | None = None
    others: tuple[str, ...] = ()
    scope: Scope = "event"
    role: str = "reader"
    about: str | None = None
    supersedes: str | None = None


class Judge:
    """Turns what people say into verdicts of one workspace."""

    def __init__(self, store: Store, gazetteer: Callable[[], Gazetteer]) -> None:
        self._store = store
        self._gazetteer = gazetteer

    def append(self, said: Said, *, at: str) -> Verdict:
        """Append what was said, at `at` where it gives no time of its own, and return it.

        Raises InputError, and appends nothing, for what cannot be meant.
        """
        verdict = self.verdict(said, at=at)
        self._store.add_verdict(verdict)
        return verdict

    def verdict(self, said: Said, *, at: str) -> Verdict:
        """Return the verdict that `said` makes; raises InputError for what cannot be meant."""
        _check(said)
        about = self._about(said)
        given: dict[str, Any] = {
            "reason": said.reason,
            "role": said.role,
            "about": about.id if about else None,
        }
        if said.kind in ANSWERS:
            return self._answer(said, at, given)
        events: list[EventId] = []
        reports = self._reports(said.ids, events)
        others = self._reports(said.others, events)
        if len({*reports, *others}) < 2 and said.kind in ("merge", "split", "one_origin", "own_origins"):
            raise InputError(f"{said.kind} is about two reports or more; only one was given")
        if set(reports) & set(others):
            raise InputError("a report cannot be parted from itself; it stands among both")
        if said.kind == "correct":
            shown = self._store.event(events[0]).status if events else next(iter(reports.values())).status
            field, value = _sided(said.field or "", said.value or "")
            words, data = self.read(field, value, shown)
            given |= {"field": field, "value": words, "data": data, "scope": said.scope}
        elif said.field:
            given["field"] = said.field
        anchors = [
            Anchor(found.id, found.article.id, found.trigger.start, found.trigger.end)
            for found in {**reports, **others}.values()
        ]
        if said.supersedes:
            given["supersedes"] = self._known(said.supersedes).id
        return make_verdict(
            cast("VerdictKind", said.kind),
            tuple(reports),
            by=said.by.strip(),
            at=said.at or at,
            others=tuple(others),
            anchors=tuple(anchors),
            event=events[0] if len(events) == 1 else None,
            **given,
        )

    def _answer(self, said: Said, at: str, given: dict[str, Any]) -> Verdict:
        if len(said.ids) != 1:
            raise InputError(f"{said.kind} takes back one verdict; {len(said.ids)} were given")
        target = self._known(said.ids[0])
        if (target.kind in ANSWERS) != (said.kind == "redo"):
            raise InputError(
                f"{target.id} is {'an' if target.kind in ANSWERS else 'no'} undo; see dateline audit --log"
            )
        return make_verdict(
            "redo" if said.kind == "redo" else "undo",
            target.reports,
            by=said.by.strip(),
            at=said.at or at,
            others=target.others,
            supersedes=target.id,
            event=target.event,
            **given,
        )

    def _known(self, identity: str) -> Verdict:
        prefix = id_prefix(identity, "ver_", "a verdict")
        log = self._store.log().by_id
        whole = log.get(VerdictId(prefix))
        found = [whole] if whole else [verdict for verdict in log.values() if verdict.id.startswith(prefix)]
        if len(found) != 1:
            many = "several verdicts begin" if found else "no verdict begins"
            raise InputError(f"{many} with {identity!r}; `dateline audit --log` lists them")
        return found[0]

    def _about(self, said: Said) -> Verdict | None:
        if said.role == "reader":
            return None
        if not said.about:
            raise InputError(f"a verdict of role {said.role} is about an earlier one; name it")
        about = self._known(said.about)
        log = self._store.log().by_id
        readers = {
            person(each.by)
            for each in log.values()
            if (log.get(each.about, each) if each.about else each).subject == about.subject
            and each.role != said.role
            and each.kind != "comment"
        }
        if person(said.by) in readers:
            raise InputError(f"{said.by} has read this matter before; another person must be its {said.role}")
        return about

    def _reports(self, identities: Iterable[str], events: list[EventId]) -> dict[ReportId, Report]:
        """Return the reports that are meant, and note the events among them; ids of before lead on."""
        found: dict[ReportId, Report] = {}
        for identity in identities:
            if identity.strip().lower().startswith("evt_"):
                event, _ = led_to(self._store, identity)
                events.append(event.id)
                known = {report.id: report for report in self._store.reports(ids=event.reports)}
                found |= {each: known[each] for each in event.reports if each in known}
            else:
                report = self._store.report(identity)
                found[report.id] = report
        return found

    # values

    def read(self, field: str, text: str, shown: Status) -> tuple[str, str]:
        """Return what `text` says of `field`, in words and as the JSON that is kept.

        Raises InputError for a field that cannot be corrected and a value that cannot be read.
        """
        if not is_field(field):
            raise InputError(f"{field!r} cannot be corrected; there is: {', '.join(FIELDS)} (killed:civilian)")
        try:
            value = self._value(field, text.strip(), shown)
        except ValueError as error:
            raise InputError(str(error)) from error
        words = text.strip()
        if value is None:
            words = "unknown"
        elif isinstance(value, Where):
            words = ", ".join(dict.fromkeys(part for part in (value.name, value.admin1, value.country) if part))
        elif isinstance(value, Status):
            words = " ".join((value.reality, value.polarity, value.certainty, value.currency))
        elif isinstance(value, tuple):
            words = "; ".join(who.name for who in value)
        return words, pack(value)

    def _value(self, field: str, text: str, shown: Status) -> Any:
        if count_field(field):
            return read_count(field, text)
        match field:
            case "type":
                return _type(text)
            case "status":
                return read_status(text, shown)
            case "when":
                return read_when(text)
            case "where":
                return None if text.casefold() in UNKNOWN else self._where(text)
            case _:
                return None if text.casefold() in UNKNOWN else tuple(map(_who, text.split(";")))

    def places(self, text: str, limit: int = 9) -> tuple[Place, ...]:
        """Return the entries of the gazetteer that "Hawija" or "Hawija, IQ" may mean, the likeliest first."""
        name, country = _named(text)
        return self._gazetteer().find(name, country=country, limit=limit) if name else ()

    def beginning(self, text: str, limit: int = 9) -> tuple[Place, ...]:
        """Return the entries of the gazetteer that somebody who has typed `text` so far may mean."""
        exact = self.places(text, limit)
        more = (each for each in self._gazetteer().beginning(text, limit=2 * limit) if each not in exact)
        return (*exact, *more)[:limit]

    def _where(self, text: str) -> Where:
        """Return the place that is meant: by its id, or by a name that means one place clearly.

        A name that ends in "?" stays a bare name, of no known place.
        """
        if text.endswith("?"):
            name = text.rstrip("? ")
            if not name:
                raise ValueError("a place needs a name")
            return Where(0, 0, name, name=name)
        entry = self._gazetteer().get(text)
        if entry is None:
            found = self.places(text)
            if not found:
                raise ValueError(f"no place is called {text!r}; end it with ? to keep it as a bare name")
            alike = [each for each in found if each.name.casefold() == found[0].name.casefold()]
            others = max((each.population for each in alike[1:]), default=0)
            if len(alike) > 1 and alike[0].population < CLEARLY_LARGER * max(others, 1):
                listed = "; ".join(f"{each.id} ({each.admin1}, {each.country})" for each in alike[:SHOWN])
                raise ValueError(f"{text!r} may be several places: {listed}; give an id")
            entry = found[0]
        return where_of(entry)


def where_of(place: Place) -> Where:
    """Return a gazetteer's entry as a place that a person gave."""
    return Where(
        0, 0, place.name, name=place.name, gazetteer_id=place.id, latitude=place.latitude,
        longitude=place.longitude, precision=_PRECISION[place.kind], radius_km=place.radius_km,
        country=place.country, admin1=place.admin1, kind=place.kind, score=1.0,
    )  # fmt: skip


def _named(text: str) -> tuple[str, str | None]:
    name, comma, country = text.rpartition(",")
    code = country.strip()
    return (name.strip(), code.upper()) if comma and len(code) == 2 and code.isalpha() else (text.strip(), None)


def _sided(field: str, value: str) -> tuple[str, str]:
    """Return field and value with a side that is told behind the figure: killed is "12 civilian"."""
    figure, _, side = value.strip().rpartition(" ")
    return (f"{field}:{side}", figure) if count_field(field) and figure and side in SIDES else (field, value)


def _type(text: str) -> str:
    known = load_ontology().types
    wanted = text.casefold()
    found = [each for each, type_ in known.items() if wanted in (each, type_.label.casefold())]
    if not found:
        near = ", ".join(sorted(each for each in known if wanted.split("_")[0] in each)[:SHOWN])
        raise ValueError(f"no event type is called {text!r}" + (f"; near it: {near}" if near else ""))
    return found[0]


def _who(text: str) -> Who:
    name = text.strip()
    if not name:
        raise ValueError("an actor needs a name; several are parted by ;")
    entry = load_catalogue().find(name)
    if entry is None:
        return Who(0, 0, name, name=name)
    return Who(0, 0, name, name=entry.name, id=ActorId(entry.id), kind=entry.kind, country=entry.country)


def _check(said: Said) -> None:
    """Raise InputError for what no verdict may lack."""
    if said.kind not in KINDS:
        raise InputError(f"no verdict is called {said.kind!r}; there is: {', '.join(KINDS)}")
    if said.role not in ROLES:
        raise InputError(f"no role is called {said.role!r}; there is: {', '.join(ROLES)}")
    if not said.by.strip():
        raise InputError("a verdict needs to say by whom it is")
    if not said.ids:
        raise InputError(f"{said.kind} is about nothing; name reports or events")
    if said.kind == "reject" and not (said.reason or "").strip():
        raise InputError(f"a rejection needs its reason, such as: {', '.join(REASONS)}")
    if said.kind == "comment" and not (said.reason or "").strip():
        raise InputError("a comment needs its words, given as the reason")
    if said.kind == "correct" and (said.field is None or said.value is None):
        raise InputError(f"a correction needs a field and a value; the fields are: {', '.join(FIELDS)}")
    if said.others and said.kind not in ("split", "own_origins"):
        raise InputError(f"{said.kind} does not part reports from others; split and own_origins do")
