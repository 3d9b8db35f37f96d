"""Measure places: names found in raw text, and how far from the truth they are put, on LGL and GeoVirus.

    python bench/places.py [--data ../shared/data/geo] [--cache .cache/gazetteer] [--limit N] [--misses N]

LGL: 588 articles of local papers, mostly American, chosen for towns that share a name (Lieberman and others
2010). GeoVirus: 229 articles on epidemics (Gritta and others 2018). Gold spans without coordinates are left
out. acc@161 is the share put within 161 km (100 miles) of the gold point; what stays unresolved is wrong.
"""

import argparse
import json
import re
import statistics
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from dateline.model.article import Article, Published
from dateline.model.ids import ArticleId, CaptureId
from dateline.model.values import Where
from dateline.resolve.gazetteer import Gazetteer, open_gazetteer
from dateline.resolve.names import normalise
from dateline.resolve.place_evidence import accepted
from dateline.resolve.place_geometry import distance_km
from dateline.resolve.place_references import Reference, find_references
from dateline.resolve.place_words import place_words
from dateline.resolve.places import read_name, read_place, read_place_context

MILES_100_KM = 161.0


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


def article_of(text: str, title: str | None = None, url: str | None = None) -> Article:
    """Return an article with nothing but a text, a headline and an address."""
    return Article(
        id=ArticleId("art_bench"),
        capture=CaptureId("cap_bench"),
        locator="bench",
        url=url,
        title=title,
        outlet=None,
        byline=None,
        published=Published(),
        language="en",
        dateline=None,
        origin=None,
        text=text,
        text_sha256="",
        sentences=(),
    )


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
        yield Case(article_of(text, node.findtext("title"), node.findtext("url")), gold)


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
        yield Case(article_of(text), gold)


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
                yield Case(article_of(document["text"], document.get("title")), gold.get(document["_id"], []))


def read_incidents(path: Path) -> Iterator[Case]:
    """Yield incidents of Insecurity Insight that name a town or a district near their coordinates.

    The gold is the first name of the text that any place within 25 km bears; its point is the incident's.
    """
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = _mended(row.get("Event Description") or "")
            exact = (row.get("Geo Precision") or "")[:3] in ("(1)", "(2)", "(3)")
            if not (text and row.get("Latitude") and exact):
                continue
            point = float(row["Latitude"]), float(row["Longitude"])
            gold = [Gold(start, end, *point, None) for start, end in _named(text)]
            yield Case(article_of(text), gold[:6])


def _mended(text: str) -> str:
    """Undo UTF-8 read as Windows-1252, of which the file has much."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


_NAME = re.compile(
    r"\b(?:in|at|near|to|from|of|outside)\s+((?:[A-Z][\w'’-]+|al|el|de)(?:[ -](?:[A-Z][\w'’-]+|al|el|de))*)"
)


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
        yield Case(article_of(text), [Gold(start, start + len(name), row["latitude"], row["longitude"], None)])


class Tally:
    """Counts of one data set."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: list[float] = []
        self.seconds = 0.0
        self.misses: list[str] = []

    def rate(self, part: str, whole: str) -> float:
        """Return 100 · part / whole."""
        return 100 * self.counts[part] / max(1, self.counts[whole])


def _error(where: Where | None, gold: Gold) -> float | None:
    if where is None or where.latitude is None or where.longitude is None:
        return None
    return distance_km((where.latitude, where.longitude), (gold.latitude, gold.longitude))


def measure(cases: list[Case], gazetteer: Gazetteer) -> Tally:
    """Return the counts over `cases`."""
    tally = Tally()
    for case in cases:
        begin = time.process_time()
        context = read_place_context(case.article, gazetteer)
        found = accepted(case.article, context, gazetteer, 0, len(case.article.text))
        read = [
            read_place(case.article.span(item.name.start, item.name.end), case.article, context, gazetteer)
            for item in found
        ]
        tally.seconds += time.process_time() - begin
        spans = {(item.name.start, item.name.end): where for item, where in zip(found, read, strict=True)}
        cores = {(item.name.core_start, item.name.core_end) for item in found}
        tally.counts["found"] += len(spans)
        _referred(tally, case, find_references(case.article, context, gazetteer))
        for gold in case.gold:
            tally.counts["gold"] += 1
            exact = (gold.start, gold.end) in spans or (gold.start, gold.end) in cores
            hits = [where for (start, end), where in spans.items() if start < gold.end and gold.start < end]
            tally.counts["exact"] += exact
            tally.counts["touched"] += bool(hits)
            error = _error(hits[0], gold) if hits else None
            tally.counts["end to end"] += error is not None and error <= MILES_100_KM
            _given(tally, case, gold, context, gazetteer)
            if not hits:
                tally.misses.append(f"MISSED {_shown(case, gold)}")
        for start, end in sorted(spans):
            if not any(gold.start < end and start < gold.end for gold in case.gold):
                tally.misses.append(f"WRONG {_shown(case, Gold(start, end, 0, 0, None))}")
    return tally


def _referred(tally: Tally, case: Case, found: Sequence[Reference]) -> None:
    """Count what is named in any role against the gold, which has all roles."""
    spans = [(item.span.start, item.span.end) for item in found]
    tally.counts["referred"] += len(spans)
    for gold in case.gold:
        tally.counts["referred to"] += any(start < gold.end and gold.start < end for start, end in spans)
    for item in found:
        right = any(gold.start < item.span.end and item.span.start < gold.end for gold in case.gold)
        tally.counts[f"{item.role} {'right' if right else 'wrong'}"] += 1


def _given(tally: Tally, case: Case, gold: Gold, context: object, gazetteer: Gazetteer) -> None:
    """Resolve a gold span."""
    span = case.article.span(gold.start, gold.end)
    where = read_name(span, case.article, context, gazetteer)  # type: ignore[arg-type]
    error = _error(where, gold)
    if normalise(span.text) not in place_words().demonyms:
        tally.counts["names"] += 1
        tally.counts["names near"] += error is not None and error <= MILES_100_KM
    tally.counts["none"] += where is None
    if error is not None and where is not None:
        tally.counts["resolved"] += 1
        tally.errors.append(error)
        tally.counts["near"] += error <= MILES_100_KM
        if error > MILES_100_KM:
            tally.misses.append(f"FAR {error:.0f} km {where.gazetteer_id} {where.name}: {_shown(case, gold)}")
    else:
        tally.misses.append(f"UNRESOLVED {_shown(case, gold)}")
    if gold.town is not None:
        tally.counts["towns"] += 1
        tally.counts["same id"] += where is not None and where.gazetteer_id == f"gn:{gold.town}"


def _shown(case: Case, gold: Gold) -> str:
    text, start, end = case.article.text, gold.start, gold.end
    around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}"
    return " ".join(around.split())


def _f1(precision: float, recall: float) -> str:
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.1f}  R {recall:.1f}  F1 {f1:.1f}"


def _right(tally: Tally) -> int:
    return sum(tally.counts[f"{role} right"] for role in ("place", "people", "part"))


def report(name: str, cases: list[Case], tally: Tally) -> None:
    """Print one data set's figures."""
    rate = tally.rate
    print(
        f"{name}: {len(cases)} articles, {tally.counts['gold']} gold names, {len(cases) / tally.seconds:.0f}/s"
    )
    print(f"  names found, exact: {_f1(rate('exact', 'found'), rate('exact', 'gold'))}")
    print(f"  names found, overlap: {_f1(rate('touched', 'found'), rate('touched', 'gold'))}")
    print(
        "  with peoples and names in names:"
        f" {_f1(100 * _right(tally) / max(1, tally.counts['referred']), rate('referred to', 'gold'))}"
    )
    print(
        f"  gold spans: acc@161 {rate('near', 'gold'):.1f} (without peoples {rate('names near', 'names'):.1f})"
        f"  resolved {rate('resolved', 'gold'):.1f}"
        f"  acc@161 of those {rate('near', 'resolved'):.1f}"
        f"  median error {statistics.median(tally.errors or [0.0]):.1f} km"
    )
    if tally.counts["towns"]:
        print(f"  the same GeoNames id: {rate('same id', 'towns'):.1f} of {tally.counts['towns']} towns")
    print(f"  end to end within 161 km: {_f1(rate('end to end', 'found'), rate('end to end', 'gold'))}")


def main() -> None:
    """Measure both sets and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/geo"))
    parser.add_argument("--cache", type=Path, default=Path(".cache/gazetteer"))
    parser.add_argument("--limit", type=int, default=0, help="articles of each set; 0 is all")
    parser.add_argument(
        "--held-out", action="store_true", help="only the half that the ranking is not fitted on"
    )
    parser.add_argument("--misses", type=int, default=0, help="print so many misses of each kind")
    given = parser.parse_args()
    with open_gazetteer(given.cache) as gazetteer:
        for name, reader, file in (("LGL", read_lgl, "lgl.xml"), ("GeoVirus", read_geovirus, "GeoVirus.xml")):
            cases = list(reader(given.data / file))
            cases = cases[: given.limit] if given.limit else cases
            cases = cases[1::2] if given.held_out else cases
            tally = measure(cases, gazetteer)
            report(name, cases, tally)
            shown: Counter[str] = Counter()
            for miss in tally.misses:
                kind = miss.split(" ", 1)[0]
                shown[kind] += 1
                if shown[kind] <= given.misses:
                    print("   ", miss)


if __name__ == "__main__":
    main()
