"""A row of a user's list of places, checked field by field."""

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from dateline.model.ids import digest
from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer_lists import AREAS, listed_areas, load_countries
from dateline.resolve.gazetteer_schema import Row, town_radius
from dateline.resolve.names import fold, normalise, strip_type, type_words

_FEATURES: tuple[tuple[str, PlaceKind], ...] = (
    ("ppl", "settlement"), ("adm1", "admin1"), ("adm2", "admin2"), ("pcl", "country"), ("adm", "admin2"),
    ("rgn", "region"), ("mt", "natural"), ("stm", "natural"), ("lk", "natural"),
    ("airp", "facility"), ("camp", "facility"),
    ("city", "settlement"), ("locality", "settlement"), ("section", "neighbourhood"),
    ("abandoned", "settlement"), ("destroyed", "settlement"), ("historical", "settlement"),
    ("historic", "settlement"), ("p", "settlement"),
)  # fmt: skip
# GeoNames' classes of features, for the many codes that are not listed above.
_CLASSES: dict[str, PlaceKind] = {
    "P": "settlement", "H": "natural", "T": "natural", "U": "natural", "V": "natural", "S": "facility",
    "R": "facility", "L": "unknown",
}  # fmt: skip
_LEVELS: dict[str, PlaceKind] = {"0": "country", "1": "admin1", "2": "admin2", "3": "admin2", "4": "admin2"}
# Reach in km of a place whose own is not given, by kind.
_REACH: dict[str, float] = {
    "facility": 2.0,
    "neighbourhood": 3.0,
    "admin2": 30.0,
    "natural": 20.0,
    "region": 100.0,
}
AREA_KINDS = frozenset({"admin1", "admin2", "country", "region"})

# Two letters of the country and digits, with letters between in some countries ("IQG13", "SD01001", "YE1101").
_PCODE = re.compile(r"[A-Z]{2,3}[A-Z]{0,2}\d+[A-Z0-9]*")


class RowError(ValueError):
    """Why a row cannot be a place."""


def row_of(path: Path, fields: dict[str, str], country: str | None, parents: dict[str, str]) -> Row:
    """Return the place that a row gives; raises RowError where it can be none.

    `country` is that of rows without one, `parents` the names of first-level areas by their ids in the list.
    """
    name = fields.get("name", "").strip()
    if not normalise(name):
        raise RowError("no name")
    kind = _kind(fields.get("kind", ""), _CLASSES.get(fields.get("feature class", "")))
    latitude, longitude = _coordinate(fields, "latitude", 90), _coordinate(fields, "longitude", 180)
    if (latitude is None or longitude is None) and kind not in AREA_KINDS:
        raise RowError("no latitude and longitude; only areas may lack them")
    if latitude == 0 and longitude == 0:
        raise RowError("latitude and longitude are both 0, which stands for a missing point")
    code = _country(fields.get("country", "") or country or "")
    population = _population(fields.get("population", ""))
    admin1 = (
        fields.get("admin1") or parents.get(fields.get("parent", "")) or (name if kind == "admin1" else None)
    )
    area = fields.get("admin1 code", "")
    if admin1 is None and code and area:
        admin1 = _area_names().get((code, area))
    pcode = fields.get("pcode", "")
    own = fields.get("id") or digest(normalise(name), f"{latitude} {longitude}", code or "", kind)
    if own.isdigit():
        own = f"{normalise(path.stem).replace(' ', '-')}:{own}"  # two lists may both count from 1
    others = [part.strip() for part in fields.get("alternate_names", "").split(";")]
    return Row(
        id=f"user:{own}",
        name=name,
        latitude=latitude,
        longitude=longitude,
        kind=kind,
        country=code,
        admin1=admin1,
        admin1_code=area or (_area_code(code, admin1) if code and admin1 else None),
        population=population,
        radius_km=_radius(fields.get("radius_km", ""), kind, population),
        feature=fields.get("kind", ""),
        countries=(code,) if code and kind == "country" else (),
        pcode=pcode if _PCODE.fullmatch(pcode) else None,
        other_names=tuple(
            dict.fromkeys(part for part in (*others, strip_type(name).core) if part and part != name)
        ),
    )


def _coordinate(fields: dict[str, str], field: str, most: int) -> float | None:
    text = fields.get(field, "")
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise RowError(f"{field} {text!r} is no number of degrees") from None
    if not -most <= value <= most:
        raise RowError(f"{field} {text} lies outside -{most}..{most} degrees")
    return value


def _population(text: str) -> int:
    bare = text.replace(",", "").replace(" ", "").split(".")[0]
    if not bare or bare.lower() in ("none", "nan", "na", "null"):
        return 0
    if not bare.isdigit():
        raise RowError(f"population {text!r} is no whole number")
    return int(bare)


def _radius(text: str, kind: PlaceKind, population: int) -> float | None:
    if text:
        try:
            radius = float(text)
        except ValueError:
            raise RowError(f"radius_km {text!r} is no number") from None
        if not 0 < radius < 10_000:
            raise RowError(f"radius_km {text} is not between 0 and 10,000")
        return radius
    return town_radius(population) if kind in ("settlement", "unknown") else _REACH.get(kind)


def _kind(text: str, otherwise: PlaceKind | None = None) -> PlaceKind:
    """Return the kind that a word, a GeoNames feature code or an admin level says; a settlement when empty.

    What says none is `otherwise`, where that is given.
    """
    key = normalise(text)
    if not key:
        return "settlement"
    for kind in get_args(PlaceKind):
        if key == kind:
            return kind  # type: ignore[no-any-return]
    if key in _LEVELS:
        return _LEVELS[key]
    words = type_words()
    known = words.after.get(key) or words.before.get(key)
    if known:
        return known
    for start, kind in _FEATURES:
        if key.startswith(start):
            return kind
    if otherwise is not None:
        return otherwise
    raise RowError(f"kind {text!r} is unknown; use one of {', '.join(get_args(PlaceKind))}")


def _country(text: str) -> str | None:
    if not text:
        return None
    code = _country_codes().get(normalise(text))
    if code is None:
        raise RowError(f"country {text!r} is unknown; use an ISO 3166 code or its English name")
    return code


@lru_cache(maxsize=1)
def _country_codes() -> dict[str, str]:
    """Return ISO 3166-1 alpha-2 codes by code, three-letter code and names."""
    import pycountry

    codes: dict[str, str] = {}
    for entry in pycountry.countries:
        for field in ("alpha_2", "alpha_3", "name", "common_name", "official_name"):
            value: Any = getattr(entry, field, None)
            if value:
                codes.setdefault(normalise(value), entry.alpha_2)
    for code, country in load_countries().items():
        for name in (code, *country.aliases):
            codes.setdefault(normalise(name), code)
    return codes


@lru_cache(maxsize=1)
def _area_codes() -> dict[tuple[str, str], str]:
    with AREAS.open(encoding="utf-8", newline="") as lines:
        return {
            (line["country"], fold(normalise(strip_type(line["name"]).core))): line["code"]
            for line in csv.DictReader(lines)
        }


@lru_cache(maxsize=1)
def _area_names() -> dict[tuple[str, str], str]:
    return {code: strip_type(area.name).core for code, area in listed_areas().items()}


def _area_code(country: str, admin1: str) -> str | None:
    return _area_codes().get((country, fold(normalise(strip_type(admin1).core))))
