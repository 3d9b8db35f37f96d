"""Places as keys: what two places are compared and found by."""

import re

import msgspec

from dateline.link.words import skeleton
from dateline.model.ids import PlaceId
from dateline.model.values import Where

# Places of these precisions say where something happened closely enough to tell two places apart.
FINE = frozenset({"point", "town", "near", "area", "admin2"})

# An area that no gazetteer holds ("Kelem Wollega zone") still holds towns, and excludes none.
AREAS = frozenset({"admin1", "admin2", "region"})

# "The north of the country" is an area, too, and says no more than a province does.
WIDE_KM = 60.0

_TITLED = r"[^\W\d_a-zß-ÿ][\w’'.-]*"
_PARTICLE = r"(?:al|el|ad|an|ar|as|ash|at|az|de|del|de la|la|ibn|bin|of|e)"
_NAME = re.compile(rf"{_TITLED}(?:[ -](?:{_PARTICLE}[ -])?{_TITLED})*")
# What stands before the name that a wording is about: "near the Iraqi town of Jalawla", "between X and Y".
_LED = re.compile(
    r"(?:\A|(?<!\w)(?:of|in|at|on|near|outside|around|from|to|toward|towards|between|and|by|below|above))"
    r"\s*(?:the\s+)?\Z",
    re.IGNORECASE,
)
# "The Iraqi town of ...": a people's name and no place.
_OF_A_PEOPLE = re.compile(r"\s+(?:[a-z]+\s+)?(?:town|city|village|capital|port|hamlet|metropolis)\s+of\s")
_POSSESSIVE = re.compile(r"['’]s?\Z")
# "Tripoli's Azmi Street": what stands before it holds the place.
_BEHIND = re.compile(rf"(?:,|\bof|\bin)\s+(?:the\s+)?(?P<holder>{_NAME.pattern})[^,]*\Z")
_HOLDER = re.compile(r"\A(?P<holder>.+?)['’]s?\s(?P<held>.+)\Z")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A Where as keys: `fine` places can be told apart, coarse ones contain them.

    `key` is the name's, `keys` also holds those of the names in its wording ("near Jalawla", or the older name
    of a town that the gazetteer has under another). `assumed` is true where the place was only taken from the
    head of the dispatch, `inherited` where it was taken over from a sentence before. `relative` says that it
    is told by another ("near", "between"), `sure` (0..1) how surely it was read, `others` what else it may be.
    """

    id: PlaceId | None
    key: str
    keys: frozenset[str]
    fine: bool
    coarse: bool
    assumed: bool
    inherited: bool
    relative: bool
    sure: float
    others: frozenset[PlaceId]
    country: str | None
    admin1: str
    within: str
    latitude: float | None
    longitude: float | None
    radius_km: float
    precision: str


def place_of(where: Where) -> Place:
    """Return the keys of a place."""
    wide = where.precision in ("near", "area") and (where.radius_km or 0.0) > WIDE_KM
    area = where.precision == "unresolved" and where.kind in AREAS
    fine = where.precision in FINE and not wide
    key = skeleton(where.name)
    # A name in its own wording says what it is; a phrase ("near Baiji") is found by the name in it.
    named = named_keys(where.text)
    holder, held = _held(where)
    within = where.within or holder
    return Place(
        id=where.gazetteer_id,
        key=key,
        keys=named | {key} | ({skeleton(held)} if held else set()),
        fine=fine,
        coarse=area or (not fine and where.precision != "unresolved"),
        assumed=where.basis == "dateline",
        inherited=where.basis == "inherited",
        relative=where.precision in ("near", "area") and key not in named,
        sure=where.score or 1.0,
        others=frozenset(other.gazetteer_id for other in where.alternatives),
        country=where.country,
        admin1=skeleton(where.admin1) if where.admin1 else "",
        within=skeleton(within) if within else "",
        latitude=where.latitude,
        longitude=where.longitude,
        radius_km=where.radius_km or 0.0,
        precision=where.kind if area else where.precision,
    )


def _held(where: Where) -> tuple[str | None, str | None]:
    """Return what an unresolved place lies in by its wording, and its own name where that stands before it.

    "Tripoli's Azmi Street", "Ayengund, Pulwama".
    """
    if where.precision != "unresolved":
        return None, None
    found = _HOLDER.match(where.name)
    if found:
        return found["holder"], found["held"]
    behind = _BEHIND.search(where.text)
    return (behind["holder"] if behind else None), None


def named_keys(wording: str) -> frozenset[str]:
    """Return the keys of the names that a wording is about: the first of them, both of "between X and Y"."""
    found: list[str] = []
    last = ""
    for name in _NAME.finditer(wording):
        before = wording[: name.start()]
        if _OF_A_PEOPLE.match(wording, name.end()):
            continue
        last = name.group()
        if not _LED.search(before):
            continue
        joined = before.rstrip().lower().endswith("and")
        if not found or joined:
            found.append(skeleton(_POSSESSIVE.sub("", name.group())))
        else:
            break
    if not found and last:
        found.append(skeleton(_POSSESSIVE.sub("", last)))
    return frozenset(key for key in found if key)
