"""What somebody who types the value of a field may mean: places, actors, types and words of status."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from dateline.export.wording import STATUS_MEANINGS, country_name, type_label
from dateline.ontology import load_ontology
from dateline.resolve.catalogue import load_catalogue
from dateline.resolve.entries import ActorEntry
from dateline.resolve.gazetteer_places import Place
from dateline.store.search import folded

MOST_CHOICES = 9


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A value as a correction takes it, how it is shown, and what tells it from others of the name.

    Coordinates are those of a place, in degrees; `radius_km` is how far it may extend.
    """

    value: str
    label: str
    note: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None


def choices(field: str, text: str, *, places: Callable[[str], Sequence[Place]]) -> tuple[Choice, ...]:
    """Return what `text`, the beginning of a value of `field`, may mean; nothing for written-out fields.

    `places` looks a name up in the gazetteer. Of a list parted by `;` the last name is looked up.
    """
    if field == "where":
        return tuple(_place(each) for each in places(text))
    if field == "type":
        found = _fitting(text, ((name, type_label(name)) for name in load_ontology().types))
        return tuple(Choice(value=name, label=label) for name, label in found)
    if field == "status":
        found = _fitting(text, ((word, word) for word in STATUS_MEANINGS))
        return tuple(Choice(value=word, label=word, note=STATUS_MEANINGS[word]) for word, _ in found)
    if field in ("actors", "targets"):
        return tuple(_actors(text.rpartition(";")[2]))
    return ()


def _place(place: Place) -> Choice:
    parts = (place.admin1, country_name(place.country) if place.country else None, place.kind)
    return Choice(
        value=place.id,
        label=place.name,
        note=", ".join(dict.fromkeys(part for part in parts if part and part != place.name)),
        latitude=place.latitude,
        longitude=place.longitude,
        radius_km=place.radius_km,
    )


def _fitting(text: str, named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs whose label begins with `text`, then those that hold it, each by label."""
    wanted = folded(text)
    found = [(wanted_at(folded(label), wanted), label, name) for name, label in named]
    return [(name, label) for place, label, name in sorted(found) if place < NOWHERE][:MOST_CHOICES]


# Worse than any place at which a text can stand.
NOWHERE = 3


def wanted_at(label: str, wanted: str) -> int:
    """Return 0 where `label` begins with `wanted`, 1 where a word of it does, 2 where it holds it, else 3."""
    if label.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in label else 2 if wanted in label else NOWHERE


def _actors(text: str) -> Iterator[Choice]:
    wanted = folded(text)
    if not wanted:
        return
    ranked = sorted(
        ((min(wanted_at(folded(name), wanted) for name in _names(entry)), entry.name, entry.id, entry)
        for entry in load_catalogue().entries),
        key=lambda each: each[:3],
    )  # fmt: skip
    for place, name, _, entry in islice(ranked, MOST_CHOICES):
        if place < NOWHERE:
            yield Choice(value=name, label=name, note=_told(entry))


def _names(entry: ActorEntry) -> tuple[str, ...]:
    return (entry.name, *entry.aliases)


def _told(entry: ActorEntry) -> str:
    country = country_name(entry.country) if entry.country else ""
    return ", ".join(filter(None, (entry.kind.replace("_", " "), country)))
