"""Measure actors: names led to the right entry, in lists and in running text, on four public data sets.

    python bench/actors.py [--data ../shared/data] [--misses N]

GED Syria and Insecurity Insight name the parties in columns of their own; bench/actors_gold.yaml says which
entry the most frequent of these names should lead to. A name is read as a text of its own with the row's
country as the only cue. "rows" counts rows, "names" counts each name once. In running text there is no gold
span, so what can be told is whether the actors that dateline finds by name belong to the row. MUC-4 has the
spans of perpetrating organisations, re3D those of all organisations and pairs of wordings for one.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dateline.clean import article_of
from dateline.model.values import Who
from dateline.resolve.actors import read_actor, read_context
from dateline.resolve.catalogue import Catalogue, load_catalogue

GOLD = Path(__file__).with_name("actors_gold.yaml")
STATE = frozenset({"military", "police", "government"})
ARMED = frozenset({"armed_group", "militia", "unidentified", "tribe"})
# Insecurity Insight's types of perpetrator that say whether a state or an armed group acted.
STATE_TYPES = ("military", "law enforcement", "police", "armed forces of government")
ARMED_TYPES = ("nsa", "opposition group", "paramilitary")


def read(
    text: str,
    bounds: Iterable[tuple[int, int]],
    catalogue: Catalogue,
    *,
    places: Sequence[str] = (),
    on: date | None = None,
) -> list[Who]:
    """Read the spans of a text as actors."""
    article = article_of(text)
    context = read_context(article, catalogue, places=places)
    return [read_actor(article.span(start, end), article, context, catalogue, on=on) for start, end in bounds]


class Name(NamedTuple):
    """A name with how often it stands in the data, where and about when."""

    text: str
    country: str | None
    on: date | None
    rows: int


def right(who: Who, gold: str | Sequence[str]) -> bool:
    """Tell whether the id is the one, or one of those, that the gold gives."""
    return who.id in ((gold,) if isinstance(gold, str) else gold)


# How many ids each way of reading gave, and how many of them were right; filled by the measures with a gold id.
BY: Counter[tuple[str, bool]] = Counter()


def measure_names(
    label: str, names: Iterable[Name], gold: dict[str, Any], catalogue: Catalogue, misses: int
) -> None:
    """Print how many of the listed names lead to the right entry."""
    tally: Counter[str] = Counter()
    shown = misses
    for name in names:
        if name.text not in gold:
            continue
        who = read(
            name.text,
            [(0, len(name.text))],
            catalogue,
            places=[name.country] * 3 if name.country else [],
            on=name.on,
        )[0]
        verdict = "right" if right(who, gold[name.text]) else "wrong" if who.id else "open"
        tally[verdict] += 1
        tally[f"{verdict} rows"] += name.rows
        BY[who.by, verdict == "right"] += bool(who.id)
        if verdict != "right" and shown:
            shown -= 1
            print(f"    {verdict}: {name.text!r} ({name.rows}) -> {who.id} {who.kind}; gold {gold[name.text]}")
    total = tally["right"] + tally["wrong"] + tally["open"]
    rows = tally["right rows"] + tally["wrong rows"] + tally["open rows"]
    print(
        f"{label:<34}{total:>6} names  right {tally['right'] / total:.3f}  wrong {tally['wrong'] / total:.3f}"
        f"  | {rows:>6} rows  right {tally['right rows'] / rows:.3f}  wrong {tally['wrong rows'] / rows:.3f}"
    )


def ged_rows(data: Path) -> list[dict[str, Any]]:
    """Return the events with the columns that are looked at."""
    import pyarrow.parquet as parquet

    columns = ["side_a", "side_b", "source_headline", "date_start", "country"]
    return list(parquet.read_table(data / "ged_syria" / "events.parquet", columns=columns).to_pylist())


def sides(row: dict[str, Any]) -> list[str]:
    """Return the single names of both sides."""
    return [name.strip() for side in ("side_a", "side_b") for name in str(row[side] or "").split(",")]


def ged_names(rows: Iterable[dict[str, Any]]) -> Iterator[Name]:
    """Yield each name of a side."""
    counts = Counter(name for row in rows for name in sides(row))
    yield from (Name(text, "SY", None, number) for text, number in counts.most_common())


def measure_headlines(rows: Iterable[dict[str, Any]], gold: dict[str, Any], catalogue: Catalogue) -> None:
    """Print whether armed actors named in GED's headlines are a side of their event or its insurgents."""
    tally: Counter[str] = Counter()
    seen: set[tuple[str, str, str]] = set()
    strays: Counter[str] = Counter()
    for row in rows:
        key = (row["source_headline"], row["side_a"], row["side_b"])
        if not row["source_headline"] or key in seen:
            continue
        seen.add(key)
        context = read_context(article_of(row["source_headline"]), catalogue, places=["SY"] * 3)
        found = {
            one.entry.id for one in context.named if one.entry.kind in ("armed_group", "militia", "coalition")
        }
        wanted = {gold.get(name) for name in sides(row)}
        insurgents = "Syrian insurgents" in sides(row)
        tally["headlines"] += 1
        tally["with an actor"] += bool(found)
        for actor in found:
            entry = catalogue.get(actor)
            assert entry is not None
            kin = {actor, entry.side, *entry.parents} & wanted
            rebel = insurgents and entry.country == "SY" and entry.acled == "Rebel group"
            tally["named"] += 1
            tally["fits"] += bool(kin) or rebel
            if not kin and not rebel:
                strays[actor] += 1
    print(
        f"{'GED headlines':<34}{tally['headlines']:>6} headlines, {tally['with an actor']} name an armed actor;"
        f" {tally['named']} named, a side of the event {tally['fits'] / max(1, tally['named']):.3f}"
        f"  strays {strays.most_common(6)}"
    )


def insecurity_rows(data: Path) -> list[tuple[dict[str, Any], str | None]]:
    """Return the rows with the alpha-2 code of their country; broken UTF-8 is mended."""
    import pycountry

    rows = []
    for line in (data / "insecurity_insight" / "incidents.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        country = pycountry.countries.get(alpha_3=str(row.get("Country ISO") or "").strip())
        rows.append((row, country.alpha_2 if country else None))
    return rows


def perpetrator(row: dict[str, Any]) -> str:
    """Return the perpetrator's name as given, with broken UTF-8 mended."""
    name = str(row.get("Reported Perpetrator Name") or row.get("Perpetrator Group Name") or "").strip()
    try:
        return name.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return name


def measure_insecurity(data: Path, gold: dict[str, Any], catalogue: Catalogue, misses: int) -> None:
    """Print names, classes, and names in the descriptions."""
    rows = insecurity_rows(data)
    counts = Counter((perpetrator(row), country) for row, country in rows)
    measure_names(
        "Insecurity Insight names",
        (Name(text, country, None, number) for (text, country), number in counts.most_common()),
        gold,
        catalogue,
        misses,
    )
    tally: Counter[str] = Counter()
    readings: dict[tuple[str, str | None], Who] = {}
    for row, country in rows:
        name = perpetrator(row)
        type_ = str(row.get("Reported Perpetrator") or row.get("Perpetrator ") or "").lower()
        wanted = next(
            (
                kinds
                for words, kinds in ((STATE_TYPES, STATE), (ARMED_TYPES, ARMED))
                if any(w in type_ for w in words)
            ),
            None,
        )
        if (
            not name
            or "no information" in name.lower()
            or "noinf" in name.lower()
            or "," in name
            or wanted is None
        ):
            continue
        if (name, country) not in readings:
            cues = [country] * 3 if country else []
            readings[name, country] = read(name, [(0, len(name))], catalogue, places=cues)[0]
        who = readings[name, country]
        told = STATE if who.kind in STATE else ARMED if who.kind in ARMED else None
        tally["class right" if told == wanted else "class open" if told is None else "class wrong"] += 1
    total = sum(tally.values())
    print(
        f"{'state or not, of names':<34}{total:>6} rows   right {tally['class right'] / total:.3f}"
        f"  wrong {tally['class wrong'] / total:.3f}"
    )
    measure_descriptions(rows, gold, catalogue)


def measure_descriptions(
    rows: Iterable[tuple[dict[str, Any], str | None]], gold: dict[str, Any], catalogue: Catalogue
) -> None:
    """Print how often the perpetrator's entry is among the forces and groups that a description names."""
    tally: Counter[str] = Counter()
    for row, country in rows:
        text = " ".join(str(row.get("Event Description") or row.get("Event description") or "").split())
        wanted = gold.get(perpetrator(row))
        if not text or wanted is None:
            continue
        context = read_context(article_of(text), catalogue, places=[country] * 3 if country else [])
        forces = STATE | ARMED | {"coalition"}
        found = {one.entry.id for one in context.named if one.entry.kind in forces and not one.entry.office}
        tally["rows"] += 1
        tally["named"] += bool(found)
        tally["among"] += bool(found & ({wanted} if isinstance(wanted, str) else set(wanted)))
    print(
        f"{'Insecurity Insight descriptions':<34}{tally['rows']:>6} rows,"
        f" {tally['named']} name a force or group;"
        f" the perpetrator among them {tally['among'] / tally['named']:.3f} ({tally['among']})"
    )


def muc_documents(data: Path) -> Iterator[tuple[str, list[list[tuple[str, int]]], list[tuple[str, int]]]]:
    """Yield (text in capitals, organisations as lists of (wording, offset), all other people's wordings)."""
    for part in ("train", "dev"):
        for document in _lines(data / "muc4" / "gtt_form" / f"{part}.json"):
            organisations = [entity for t in document["templates"] for entity in t.get("PerpOrg", [])]
            people = [
                (text, start)
                for t in document["templates"]
                for role in ("PerpInd", "Victim")
                for entity in t.get(role, [])
                for text, start in entity
            ]
            yield document["doctext"].upper(), [[(t, s) for t, s in e] for e in organisations], people


def measure_muc(data: Path, gold: dict[str, Any], catalogue: Catalogue, misses: int) -> None:
    """Print how many perpetrating organisations lead to the right entry, and how quick it is."""
    tally: Counter[str] = Counter()
    wrong: Counter[tuple[str, str | None]] = Counter()
    on, documents, spent = date(1989, 6, 1), 0, 0.0
    for text, organisations, people in muc_documents(data):
        spans = [(s, s + len(w)) for w, s in people] + [(s, s + len(w)) for e in organisations for w, s in e]
        start = time.process_time()
        read(text, spans, catalogue, on=on)
        spent += time.process_time() - start
        documents += 1
        for entity in organisations:
            read_ = read(text, [(s, s + len(w)) for w, s in entity], catalogue, on=on)
            ids = {who.id for who in read_ if who.id}
            tally["entities"] += 1
            tally["with an id"] += bool(ids)
            tally["in two minds"] += len(ids) > 1
            for (wording, _), who in zip(entity, read_, strict=True):
                if wording not in gold:
                    continue
                verdict = "right" if right(who, gold[wording]) else "wrong" if who.id else "open"
                tally[verdict] += 1
                BY[who.by, verdict == "right"] += bool(who.id)
                if verdict != "right":
                    wrong[wording, who.id] += 1
    total = tally["right"] + tally["wrong"] + tally["open"]
    print(
        f"{'MUC-4 organisations':<34}{total:>6} spans  right {tally['right'] / total:.3f}"
        f"  wrong {tally['wrong'] / total:.3f}"
        f"  | {tally['entities']} entities: with an id {tally['with an id'] / tally['entities']:.3f},"
        f" in two minds {tally['in two minds']}"
    )
    for (wording, made), number in wrong.most_common(misses):
        print(f"    {number} × {wording!r} -> {made}")
    print(
        f"{'speed':<34}{documents:>6} reports, {1000 * spent / documents:.2f} ms each"
        " (context and all spans, one core)"
    )


def measure_re3d(data: Path, catalogue: Catalogue, misses: int) -> None:
    """Print what organisations become, and whether two wordings for one organisation come out as one."""
    tally: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for folder in sorted(path for path in (data / "re3d").iterdir() if path.is_dir()):
        texts = {row["_id"]: row["text"] for row in _lines(folder / "documents.json")}
        kinds = {}
        spans: dict[str, list[tuple[int, int]]] = {}
        for row in _lines(folder / "entities.json"):
            if row["type"] == "Organisation":
                spans.setdefault(row["documentId"], []).append((row["begin"], row["end"]))
                kinds[row["documentId"], row["begin"], row["end"]] = row["value"]
        for document, bounds in spans.items():
            for who in read(texts[document], bounds, catalogue):
                what = "catalogue" if who.id and "/" not in who.id else "class" if who.id else "open"
                tally[what if who.id or who.kind == "other" else "kind only"] += 1
                if who.kind == "other":
                    other[who.text] += 1
        for row in _lines(folder / "relations.json"):
            ends = [(row["sourceBegin"], row["sourceEnd"]), (row["targetBegin"], row["targetEnd"])]
            if row["type"] != "IsSynonymOf" or any((row["documentId"], *end) not in kinds for end in ends):
                continue
            one, two = read(texts[row["documentId"]], ends, catalogue)
            same = (one.id, one.name) == (two.id, two.name) if not one.id else one.id == two.id
            tally["pair same" if same else "pair open" if not (one.id and two.id) else "pair differs"] += 1
    total = sum(tally[what] for what in ("catalogue", "class", "kind only", "open"))
    print(
        f"{'re3D organisations':<34}{total:>6} spans  entry {tally['catalogue'] / total:.3f}"
        f"  class {tally['class'] / total:.3f}"
        f"  kind only {tally['kind only'] / total:.3f}  as worded {tally['open'] / total:.3f}  | pairs for one:"
        f" same {tally['pair same']}, open {tally['pair open']}, differ {tally['pair differs']}"
    )
    if misses:
        print("    as worded:", other.most_common(misses))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> None:
    """Print one line for each measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument(
        "--misses", type=int, default=0, help="how many of the misses of each measure are shown"
    )
    options = parser.parse_args()
    gold = yaml.safe_load(GOLD.read_text("utf-8"))
    start = time.process_time()
    catalogue = load_catalogue()
    holders = sum(entry.office is not None for entry in catalogue.entries)
    print(
        f"catalogue: {len(catalogue.entries) - holders} actors, {holders} holders of offices,"
        f" loaded in {time.process_time() - start:.2f} s"
    )
    rows = ged_rows(options.data)
    measure_names("GED sides", ged_names(rows), gold["ged"], catalogue, options.misses)
    measure_headlines(rows, gold["ged"], catalogue)
    measure_insecurity(options.data, gold["insecurity"], catalogue, options.misses)
    measure_muc(options.data, gold["muc"], catalogue, options.misses)
    measure_re3d(options.data, catalogue, options.misses)
    for by in sorted({by for by, _ in BY}):
        given = BY[by, True] + BY[by, False]
        if given:
            print(f"{'ids by ' + by:<34}{given:>6} given  right {BY[by, True] / given:.3f}")


if __name__ == "__main__":
    main()
