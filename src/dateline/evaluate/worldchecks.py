"""What can be wrong with a world: names that lead nowhere, dates that are none, origins miscounted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from datetime import date
from typing import get_args

from dateline.evaluate.worlds import Dispatch, Incident, World, roots_of
from dateline.model.values import CountKind
from dateline.train.examples import AXES

_AHEAD = frozenset({"planned", "threatened", "feared"})
_STATUSES = frozenset(value for values in AXES.values() for value in values)


def faults_of_world(world: World) -> Iterator[str]:
    """Yield every fault of `world`."""
    names = {incident.id for incident in world.incidents}
    sources = {dispatch.id for dispatch in world.dispatches} | set(world.sources)
    if not _is_day(world.today):
        yield f"today {world.today!r} is no ISO day"
    for incident in world.incidents:
        yield from (f"{incident.id}: {fault}" for fault in _of_incident(incident, names))
        roots = roots_of(world, incident.id)
        if not roots:
            yield f"{incident.id}: no dispatch tells of it"
        elif len(roots) != incident.origins:
            yield f"{incident.id}: {incident.origins} origins are stated, but there are: {', '.join(roots)}"
    for dispatch in world.dispatches:
        yield from (f"{dispatch.id}: {fault}" for fault in _of_dispatch(dispatch, names, sources))
    for article, times in Counter(dispatch.article.id for dispatch in world.dispatches).items():
        if times > 1:
            yield f"{times} dispatches are one article ({article}): same text, outlet and day"


def _of_incident(incident: Incident, names: Set[str]) -> Iterator[str]:
    for relation in ("part_of", "follow_up", "background"):
        for other in getattr(incident, relation):
            if other not in names or other == incident.id:
                yield f"{relation} {other} is no other incident of this world"
    days = [day for day in (incident.first, incident.last) if day is not None]
    if not all(map(_is_day, days)):
        yield f"when {' to '.join(days)}: no ISO days"
    elif days != sorted(days):
        yield f"when {' to '.join(days)}: the wrong way round"
    for kind, number in incident.figures.items():
        if kind not in get_args(CountKind) or not isinstance(number, int) or number < 0:
            yield f"figures are kinds of count and numbers, not {kind}: {number}"
    yield from (f"no such status: {word}" for word in incident.status if word not in _STATUSES)
    yield from _of_outcome(incident, names)


def _of_outcome(incident: Incident, names: Set[str]) -> Iterator[str]:
    outcome = incident.outcome
    if bool(_AHEAD & set(incident.status)) != (outcome is not None):
        yield "a warning needs an outcome, and nothing else has one"
    if outcome is None:
        return
    if outcome.incident is not None and (outcome.incident not in names or outcome.incident == incident.id):
        yield f"outcome {outcome.incident} is no other incident of this world"
    if outcome.state in ("came_about", "otherwise") and outcome.incident is None:
        yield f"outcome {outcome.state} needs the incident that shows it"
    if outcome.state in ("did_not", "open") and outcome.incident is not None:
        yield f"outcome {outcome.state} has no incident that shows it"


def _of_dispatch(dispatch: Dispatch, incidents: Set[str], sources: Set[str]) -> Iterator[str]:
    if not dispatch.anchors:
        yield "tells of no incident"
    for incident, source in dispatch.cites.items():
        if incident not in incidents:
            yield f"cites for {incident}, which is no incident of this world"
        elif incident not in dispatch.incidents():
            yield f"cites for {incident}, of which it does not tell"
        if source not in sources or source == dispatch.id:
            yield f"cites {source}, which is no other dispatch and no source of this world"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def twice(worlds: Iterable[World]) -> Iterator[str]:
    """Yield the ids that two worlds share: each incident and each dispatch has its own among all."""
    for what in ("incidents", "dispatches"):
        found = Counter(each.id for world in worlds for each in getattr(world, what))
        yield from (f"{name}: two of the {what} have this id" for name, times in found.items() if times > 1)
