"""Names of places with their true points: LGL, GeoVirus, re3d, Insecurity Insight and UCDP GED in Syria."""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from dateline.clean import article_of
from dateline.model.article import Article


class Gold(NamedTuple):
    """A name in the text with its true point and, for towns of LGL, its GeoNames id."""

    start: int
    end: int
    latitude: float
    longitude: float
    town: str | None
    kind: str | None = None


# What GeoNames' feature codes say of the kind, where it is clear.
_KINDS = {"PCLI": "country", "ADM1": "admin1", "ADM2": "admin2"}


class Case(NamedTuple):
    """An article with its names."""

    article: Article
    gold: list[Gold]


def bare_article(text: str, title: str | None = None, url: str | None = None) -> Article:
    """Return an article with nothing but a text, a headline and an address; its sentences are not told."""
    return msgspec.structs.replace(article_of(text, title=title, sentences=()), url=url)


def read_lgl(path: Path) -> Iterator[Case]:
    """Yield LGL's articles; their offsets count from the start of the text."""
    for node in ElementTree.parse(path).getroot():  # noqa: S314 - a local file of ours
        text = node.findtext("text") or ""
        gold = []
        for name in node.iter("toponym"):
            tag = name.find("gaztag")
            if tag is None or tag.findtext("lat") is None:
                continue
            town = tag.get("geonameid") if tag.findtext("fclass") == "P" else None
            gold.append(
                Gold(
                    int(name.findtext("start") or 0),
                    int(name.findtext("end") or 0),
                    float(tag.findtext("lat") or 0),
                    float(tag.findtext("lon") or 0),
                    town,
                    _KINDS.get(
                        tag.findtext("fcode") or "", "settlement" if tag.findtext("fclass") == "P" else None
                    ),
                )
            )
        yield Case(bare_article(text, node.findtext("title"), node.findtext("url")), gold)


def read_geovirus(path: Path) -> Iterator[Case]:
    """Yield GeoVirus's articles; their offsets count from 1."""
    for node in ElementTree.parse(path).getroot():  # noqa: S314 - a local file of ours
        text = node.findtext("text") or ""
        gold = []
        for name in node.iter("location"):
            start = int(name.findtext("start") or 0)
            wording = name.findtext("name") or ""
            shift = next(
                (by for by in (0, -1, 1) if text[start + by : start + by + len(wording)] == wording), 0
            )
            point = float(name.findtext("lat") or 0), float(name.findtext("lon") or 0)
            gold.append(Gold(start + shift, start + shift + len(wording), *point, None))
        yield Case(bare_article(text), gold)


def read_re3d(folder: Path) -> Iterator[Case]:
    """Yield the documents of re3d (Iraq and Syria) with their locations; they have no coordinates."""
    for documents in sorted(folder.glob("*/documents.json")):
        gold: dict[str, list[Gold]] = {}
        for line in (documents.parent / "entities.json").read_text("utf-8").splitlines():
            entity = json.loads(line) if line.strip() else {}
            if entity.get("type") == "Location":
                place = Gold(entity["begin"], entity["end"], 0.0, 0.0, None)
                gold.setdefault(entity["documentId"], []).append(place)
        for line in documents.read_text("utf-8").splitlines():
            if line.strip():
                document = json.loads(line)
                yield Case(bare_article(document["text"], document.get("title")), gold.get(document["_id"], []))


def read_incidents(path: Path) -> Iterator[Case]:
    """Yield incidents of Insecurity Insight that name a town or a district near their coordinates.

    The gold is the first name of the text that any place within 25 km bears; its point is the incident's.
    """
    for row, text in _incidents(path, ("(1)", "(2)", "(3)")):
        point = float(row["Latitude"]), float(row["Longitude"])
        gold = [Gold(start, end, *point, None) for start, end in _named(text)]
        yield Case(bare_article(text), gold[:6])


def _incidents(path: Path, precisions: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the incidents with coordinates of these precisions, and their descriptions."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = _mended(row.get("Event Description") or "")
            if text and row.get("Latitude") and (row.get("Geo Precision") or "")[:3] in precisions:
                yield row, text


def ask_incidents(path: Path) -> Iterator[Case]:
    """Yield the first name of each incident that is neither its country nor its area, with the country."""
    import pycountry

    for row, text in _incidents(path, ("(1)", "(2)")):
        entry = pycountry.countries.get(alpha_3=row.get("Country ISO") or "")
        found = _SCENE.search(text)
        if entry is None or found is None or found[1] in (row["Country"], row["Admin 1"], entry.name):
            continue
        country = getattr(entry, "common_name", entry.name).split(",")[0]
        yield _asked(found[1], country, (float(row["Latitude"]), float(row["Longitude"])))


def _asked(name: str, country: str, point: tuple[float, float]) -> Case:
    text = f"An attack took place in {name}, {country}."
    start = text.index(name)
    return Case(bare_article(text), [Gold(start, start + len(name), *point, None)])


def ask_syria(path: Path) -> Iterator[Case]:
    """Yield the places of UCDP GED's events in Syria with the country alone."""
    for case in read_syria(path):
        (gold,) = case.gold
        yield _asked(case.article.text[gold.start : gold.end], "Syria", (gold.latitude, gold.longitude))


def _mended(text: str) -> str:
    """Undo UTF-8 read as Windows-1252, of which the file has much."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


_WORDS = r"((?:[A-Z][\w'’-]+|al|el|de)(?:[ -](?:[A-Z][\w'’-]+|al|el|de))*)"
_NAME = re.compile(rf"\b(?:in|at|near|to|from|of|outside)\s+{_WORDS}")
_SCENE = re.compile(rf"\b(?:in|at|near)\s+{_WORDS}")


def _named(text: str) -> Iterator[tuple[int, int]]:
    for found in _NAME.finditer(text):
        yield found.span(1)


def read_syria(path: Path) -> Iterator[Case]:
    """Yield the places of UCDP GED's events in Syria, each once, worded as a report would."""
    import pyarrow.parquet

    seen: set[str] = set()
    for row in pyarrow.parquet.read_table(path).to_pylist():
        place, area = row["where_coordinates"], row["adm_1"]
        if not place or row["where_prec"] > 2 or "/" in place or place in seen:
            continue
        seen.add(place)
        name = re.sub(r" (?:village|town|suburb|city)\Z", "", place)
        text = f"Syrian forces shelled {place} in {area or 'Syria'}."
        start = text.index(place)
        yield Case(
            bare_article(text), [Gold(start, start + len(name), row["latitude"], row["longitude"], None)]
        )
