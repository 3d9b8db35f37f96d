"""The files of `corpus/incidents/`: made-up incidents and dispatches, read, composed and checked.

A file is a *world*; its form is docs/reference/incidents.md. Which words of which dispatch tell which incident
is given in quoted words, as in the passages, and found in the text as `clean` leaves it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from dateline.clean import clean
from dateline.errors import DataError
from dateline.evaluate.retelling import Retelling, retell
from dateline.evaluate.suite import Part
from dateline.evaluate.worldchecks import faults_of_world, twice
from dateline.evaluate.worlds import Anchor, Dispatch, Fate, Incident, State, World
from dateline.model.article import Article
from dateline.model.capture import Declared, make_capture
from dateline.model.rejected import Rejected
from dateline.ontology import load_ontology
from dateline.train.corpus import QuoteReader
from dateline.train.examples import Saying

PARTS: tuple[Part, ...] = ("dev", "test", "held")
_WORLD_KEYS = frozenset({"world", "part", "setting", "today", "sources", "incidents", "dispatches"})
_INCIDENT_KEYS = frozenset({
    "id", "what", "type", "when", "where", "figures", "origins", "status", "outcome", "part_of", "follow_up",
    "background",
})  # fmt: skip
_DISPATCH_KEYS = frozenset({
    "id", "outlet", "published", "title", "url", "text", "copy_of", "takes", "head", "tail", "cites", "tells",
    "said",
})  # fmt: skip


def load_worlds(folder: Path) -> tuple[World, ...]:
    """Read the worlds of a folder, by id; raises DataError with every fault of all of them."""
    faults: list[str] = []
    worlds = [world for path in sorted(folder.glob("*.yaml")) if (world := _read(path, faults)) is not None]
    faults += twice(worlds)
    if faults:
        raise DataError("\n".join(faults))
    return tuple(sorted(worlds, key=lambda world: world.id))


def _read(path: Path, faults: list[str]) -> World | None:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        faults.append(f"{path.name}: cannot be read as YAML: {' '.join(str(error).split())}")
        return None
    own: list[str] = []
    world = read_world(raw, own)
    faults += [f"{path.name}: {fault}" for fault in own]
    return world


def read_world(raw: Any, faults: list[str]) -> World | None:
    """Compile one world as written; None, with faults, where it has not even the shape of one."""
    if not isinstance(raw, dict) or not {"world", "part", "today", "incidents", "dispatches"} <= raw.keys():
        faults.append("a world needs world, part, today, incidents and dispatches")
        return None
    _unknown("world", raw, _WORLD_KEYS, faults)
    if raw["part"] not in PARTS:
        faults.append(f"part {raw['part']!r} is not {', '.join(PARTS[:-1])} or {PARTS[-1]}")
    read = [found for entry in _list(raw["incidents"]) if (found := _incident(entry, faults)) is not None]
    incidents = {found.id: found for found in read}
    dispatches: list[Dispatch] = []
    for entry in _list(raw["dispatches"]):
        dispatch = _dispatch(entry, incidents, {each.id: each for each in dispatches}, faults)
        if dispatch is not None:
            dispatches.append(dispatch)
    world = World(
        id=str(raw["world"]),
        part=raw["part"],
        setting=str(raw.get("setting", "")),
        today=str(raw["today"]),
        sources={str(key): str(value) for key, value in (raw.get("sources") or {}).items()},
        incidents=tuple(read),
        dispatches=tuple(dispatches),
    )
    faults += faults_of_world(world)
    return world


def _incident(entry: Any, faults: list[str]) -> Incident | None:
    if not isinstance(entry, dict) or not {"id", "what", "type", "origins"} <= entry.keys():
        faults.append(f"an incident needs id, what, type and origins: {str(entry)[:60]}")
        return None
    name = str(entry["id"])
    _unknown(name, entry, _INCIDENT_KEYS, faults)
    if entry["type"] not in load_ontology().types:
        faults.append(f"{name}: no such type: {entry['type']}")
    days = [str(day) for day in _list(entry.get("when"))]
    return Incident(
        id=name,
        what=str(entry["what"]),
        type=str(entry["type"]),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        where=entry.get("where"),
        figures=entry.get("figures") or {},
        origins=entry["origins"],
        status=tuple(_list(entry.get("status"))),
        outcome=_fate(name, entry.get("outcome"), faults),
        part_of=tuple(_list(entry.get("part_of"))),
        follow_up=tuple(_list(entry.get("follow_up"))),
        background=tuple(_list(entry.get("background"))),
    )


def _fate(name: str, entry: Any, faults: list[str]) -> Fate | None:
    if entry is None:
        return None
    state, incident = (entry, None) if isinstance(entry, str) else next(iter(entry.items()))
    if state not in get_args(State):
        faults.append(f"{name}: no such outcome: {state}")
        return None
    return Fate(state=cast("State", state), incident=incident)


def _dispatch(
    entry: Any, incidents: Mapping[str, Incident], earlier: Mapping[str, Dispatch], faults: list[str]
) -> Dispatch | None:
    if not isinstance(entry, dict) or not {"id", "outlet", "published"} <= entry.keys():
        faults.append(f"a dispatch needs id, outlet and published: {str(entry)[:60]}")
        return None
    name = str(entry["id"])
    _unknown(name, entry, _DISPATCH_KEYS, faults)
    copied = entry.get("copy_of")
    if copied is not None and copied not in earlier:
        faults.append(f"{name}: copy_of {copied} is no dispatch that stands before it")
        return None
    retelling = _retelling(name, entry, earlier.get(str(copied)), faults)
    article = _article(name, entry, retelling, faults) if retelling else None
    if article is None:
        return None
    own, sayings = _own_anchors(name, entry, article, incidents, faults)
    taken = _taken(name, retelling, article, earlier[copied], faults) if copied else ((), ())
    anchors = {(each.frame.trigger, each.incident): each for each in (*taken[0], *own)}
    return Dispatch(
        id=name,
        article=article,
        anchors=tuple(anchors[key] for key in sorted(anchors)),
        sayings=tuple(sorted({each.cue: each for each in (*taken[1], *sayings)}.values(), key=_by_cue)),
        copy_of=copied,
        cites=_cites(entry.get("cites"), [each.incident for each in anchors.values()]),
    )


def _by_cue(saying: Saying) -> tuple[int, int]:
    return saying.cue


def _cites(given: Any, incidents: Sequence[str]) -> dict[str, str]:
    if isinstance(given, dict):
        return {str(incident): str(source) for incident, source in given.items()}
    return dict.fromkeys(incidents, str(given)) if given else {}


def _retelling(
    name: str, entry: Mapping[str, Any], source: Dispatch | None, faults: list[str]
) -> Retelling | None:
    if entry.get("text"):
        return Retelling(text=paragraphs(entry["text"]))
    if source is None:
        faults.append(f"{name}: neither text nor copy_of")
        return None
    parts = (paragraphs(entry.get("head", ""), strip=False), paragraphs(entry.get("tail", "")))
    found = retell(source.article.text, str(entry.get("takes", "")), *parts)
    if found is None:
        faults.append(f"{name}: takes {entry.get('takes')!r} is not in {source.id}")
    return found


def paragraphs(text: Any, *, strip: bool = True) -> str:
    """Return folded YAML as an article has it, paragraphs parted by blank lines."""
    lines = str(text).replace("\n", "\n\n")
    return lines.strip() if strip else lines


def _article(name: str, entry: Mapping[str, Any], retelling: Retelling, faults: list[str]) -> Article | None:
    published = entry["published"]
    declared = Declared(
        title=entry.get("title"),
        outlet=str(entry["outlet"]),
        published=None if published is None else str(published),
        published_rule="given",
        url=entry.get("url"),
    )
    found = clean(make_capture(retelling.text.encode(), "text/plain", name, declared=declared))
    if isinstance(found, Rejected):
        faults.append(f"{name}: its text is no article: {found.reason} ({found.detail})")
        return None
    return found


def _own_anchors(
    name: str,
    entry: Mapping[str, Any],
    article: Article,
    incidents: Mapping[str, Incident],
    faults: list[str],
) -> tuple[list[Anchor], list[Saying]]:
    reader = QuoteReader(article.text, article.sentences, name, faults)
    anchors: list[Anchor] = []
    for incident, written in (entry.get("tells") or {}).items():
        if incident not in incidents:
            faults.append(f"{name}: tells of {incident}, which is no incident of this world")
            continue
        known = incidents[incident]
        for each in _list(written):
            marks = each if isinstance(each, dict) else {"trigger": each}
            frame = reader.frame({"type": known.type, "status": list(known.status)} | marks)
            if frame is not None:
                anchors.append(Anchor(incident=incident, frame=frame))
    said = [saying for each in entry.get("said") or () if (saying := reader.saying(each)) is not None]
    return anchors, said


def _taken(
    name: str, retelling: Retelling | None, article: Article, source: Dispatch, faults: list[str]
) -> tuple[tuple[Anchor, ...], tuple[Saying, ...]]:
    """Return the anchors and sayings of the copied stretch, moved to where it stands in the copy."""
    if retelling is None or retelling.stretch is None:
        return (), ()
    start, end = retelling.stretch
    at = article.text.find(source.article.text[start:end])
    if at < 0:
        faults.append(f"{name}: what it takes from {source.id} is not in its cleaned text")
        return (), ()
    moved = retelling.mover(at)
    anchors = (
        Anchor(incident=each.incident, frame=frame)
        for each in source.anchors
        if (frame := moved.frame(each.frame)) is not None
    )
    sayings = (saying for each in source.sayings if (saying := moved.saying(each)) is not None)
    return tuple(anchors), tuple(sayings)


def _unknown(name: str, entry: Mapping[str, Any], keys: frozenset[str], faults: list[str]) -> None:
    faults += [f"{name}: unknown key {key}" for key in sorted(entry.keys() - keys, key=str)]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
