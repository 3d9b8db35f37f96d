"""The smaller sources: messages, headlines, PLOVER, factuality, ECB+ and re3d."""

import csv
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dateline.ontology import load_ontology
from dateline.train.examples import Example, faults_of
from dateline.train.sources import ecbplus, factuality, headlines, plover, re3d
from dateline.train.sources.messages import head_of, read_folder, read_messages
from dateline.train.sources.registry import SOURCES


def sound(examples: list[Example]) -> list[Example]:
    assert not [fault for example in examples for fault in faults_of(example)]
    return examples


def test_the_registry_names_each_source_once_with_its_licence() -> None:
    assert all(source.name == name and source.licence and source.teaches for name, source in SOURCES.items())
    assert {"muc4", "polnear", "insecurity_insight", "ged", "plover", "ecbplus", "re3d"} <= SOURCES.keys()


# Messages

MESSAGES = """
DEV-MUC3-0901 (NOSC)

   ZARUN CITY, 5 JAN 90 (AGENCY) -- [REPORT] [INES ROCA] [TEXT] TWO BOMBS WENT
OFF.  NOBODY DIED.

   POLICE SAY MORE
MAY FOLLOW.


DEV-MUC3-0902 (NOSC)

   NO CITY, 6 JAN 90 -- [EXCERPT] ALL IS
QUIET.
"""


def test_messages_become_paragraphs_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "dev-muc3-0901-1000").write_text(MESSAGES, encoding="ascii")
    (tmp_path / "key-dev-0901.muc4").write_text("0. MESSAGE: ID\n", encoding="ascii")
    found = read_messages(tmp_path / "dev-muc3-0901-1000")
    assert list(found) == ["DEV-MUC3-0901", "DEV-MUC3-0902"]
    assert read_folder(tmp_path) == found
    text = found["DEV-MUC3-0901"]
    head = head_of(text)
    assert head.dateline == "ZARUN CITY, 5 JAN 90 (AGENCY)"
    assert text[head.end :] == "TWO BOMBS WENT OFF. NOBODY DIED.\n\nPOLICE SAY MORE MAY FOLLOW."
    assert head_of("JUST TEXT.").end == 0


# Headlines


def test_headlines_are_taken_at_their_word_where_a_row_says_the_same(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    told = "Regime forces shell Zarun city and kill 7 people"
    rows = [
        {
            "source_headline": f"{told};R12",
            "best": 7.0,
            "side_a": "Government of Syria",
            "where_coordinates": "Zarun town",
        },
        {
            "source_headline": "Regime forces kill 7 people near Umm Barid",
            "best": 9.0,
            "side_a": "IS",
            "where_coordinates": "Zarun",
        },
    ]
    plain = {"id": 1.0, "side_b": None, "adm_1": None, "adm_2": None, "deaths_a": 0.0, "deaths_b": 0.0}
    full = [{**plain, "deaths_civilians": 0.0, "deaths_unknown": 0.0, **row} for row in rows]
    parquet.write_table(pyarrow.Table.from_pylist(full), tmp_path / "events.parquet")
    (example,) = sound(list(headlines.read(tmp_path)))
    assert example.text == told
    assert [(filler.role, told[filler.start : filler.end]) for filler in example.scene] == [
        ("actor", "Regime forces"),
        ("killed", "7 people"),
        ("place", "Zarun city"),
    ]
    assert not example.scene_roles


# PLOVER


def plover_folder(
    tmp_path: Path, stories: list[tuple[str, str, str]], titles: list[tuple[str, str, str]]
) -> Path:
    with (tmp_path / "synthetic_stories.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["disclaimer", "text", "title", "source", "prompt", "label", "mode"])
        writer.writerows(["made", text, "T", "wire", "P", label, mode] for text, label, mode in stories)
    with (tmp_path / "synthetic_headlines.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["event", "mode", "title"])
        writer.writerows([label, mode, title] for title, label, mode in titles)
    return tmp_path


def test_a_story_holds_one_of_the_types_of_its_label(tmp_path: Path) -> None:
    stories = [
        ("Clerks in Zarun went on strike on Monday. The mayor was away. The", "PROTEST", "STRIKE"),
        ("The mayor of Zarun opened a bakery.", "PROTEST", "STRIKE"),
        ("Shops in Zarun were boycotted by clerks on strike.", "PROTEST", "BOYCOTT"),
    ]
    titles = [
        ("{country_1} leader vows to free prisoners", "RETREAT", "RELEASE"),
        ("{who} left", "RETREAT", "RELEASE"),
    ]
    story, headline = sound(list(plover.read(plover_folder(tmp_path, stories, titles))))
    assert story.kinds == (("strike",),)
    assert [(story.text[slice(*frame.trigger)], frame.type) for frame in story.frames] == [
        ("went on strike", "strike")
    ]
    assert not story.complete
    assert headline.text == "Peru leader vows to free prisoners"
    assert headline.kinds == (("release",),)


def test_every_type_of_the_table_exists() -> None:
    ontology = load_ontology()
    table = plover._table()
    named = {name for modes in table.modes.values() for kinds in modes.values() for name in kinds}
    named |= {name for kinds in table.also.values() for name in kinds}
    assert named <= ontology.types.keys()
    assert table.modes.keys() | table.also.keys() <= ontology.targets.plover.keys()
    assert plover.kinds_of("CONSULT", "", ontology) == ("negotiation",)
    assert plover.kinds_of("COERCE", "MISINFORMATION", ontology) == ()


def test_gold_records_are_read_in_the_types_of_today(tmp_path: Path) -> None:
    records: list[dict[str, Any]] = [
        {"id": "G-1", "event": "DOCUMENT", "eventText": "about this file"},
        {"id": "G-2", "event": "DEMAND", "eventText": "urged", "text": "Zarun urged\ncalm.", "mode": ""},
    ]
    (tmp_path / "gold_records.json").write_text(json.dumps(records), encoding="utf-8")
    (gold,) = plover.read_gold(tmp_path)
    assert (gold.id, gold.written, gold.type, gold.mode, gold.text) == (
        "G-2",
        "DEMAND",
        "REQUEST",
        None,
        "Zarun urged calm.",
    )


# Factuality


def test_judgements_without_their_sentences_teach_nothing(tmp_path: Path) -> None:
    judged = {
        "made-1": {
            "made-1-semantics-pred-2": {"factuality": {"factual": {"value": 2.6, "confidence": 1.0}}},
            "made-1-semantics-pred-4": {"factuality": {"factual": {"value": -2.6, "confidence": 1.0}}},
        }
    }
    with zipfile.ZipFile(tmp_path / "factuality.zip", "w") as archive:
        archive.writestr("factuality.json", json.dumps({"metadata": {}, "data": judged}))
    assert list(factuality.read(tmp_path)) == []
    assert factuality.read_judgements(tmp_path) == {"made-1": {2: 2.6, 4: -2.6}}
    line = {"id": "made-1", "tokens": ["They", "left", "without", "eating", "."]}
    (tmp_path / "sentences.jsonl").write_text(json.dumps(line), encoding="utf-8")
    (example,) = sound(list(factuality.read(tmp_path)))
    assert [(example.text[slice(*frame.trigger)], frame.type, frame.status) for frame in example.frames] == [
        ("left", None, {"reality": "occurred", "polarity": "affirmed"})
    ]


# ECB+


def ecb_document(folder: Path, topic: int, words: str, marks: Mapping[str, tuple[int, ...]]) -> None:
    tokens = "".join(
        f'<token t_id="{number}" sentence="{word.count("|")}" number="0">{word.strip("|")}</token>'
        for number, word in enumerate(words.split(), 1)
    )
    anchored = "".join(
        f'<{kind} m_id="{kind}">' + "".join(f'<token_anchor t_id="{at}"/>' for at in places) + f"</{kind}>"
        for kind, places in marks.items()
    )
    (folder / str(topic)).mkdir(parents=True)
    path = folder / str(topic) / f"{topic}_1ecb.xml"
    path.write_text(
        f'<Document doc_name="x">{tokens}<Markables>{anchored}</Markables></Document>', encoding="utf-8"
    )


def test_ecb_marks_teach_types_only_where_the_lexicon_agrees(tmp_path: Path) -> None:
    words = "Gunmen kidnapped a clerk , he said . |Nobody |was |arrested |."
    marks = {"ACTION_OCCURRENCE": (2,), "ACTION_REPORTING": (7,), "NEG_ACTION_OCCURRENCE": (11,)}
    ecb_document(tmp_path, 19, words, marks)
    (example,) = sound(list(ecbplus.read(tmp_path)))
    assert example.text == "Gunmen kidnapped a clerk, he said. Nobody was arrested."
    found = [(example.text[slice(*frame.trigger)], frame.type, frame.status) for frame in example.frames]
    assert found == [
        ("kidnapped", "abduction", {"polarity": "affirmed"}),
        ("arrested", "arrest", {"polarity": "denied"}),
    ]
    assert [example.text[slice(*saying.cue)] for saying in example.sayings] == ["said"]
    assert not example.complete


def test_sport_teaches_that_nothing_happened(tmp_path: Path) -> None:
    ecb_document(tmp_path, 25, "The striker attacked late .", {"ACTION_OCCURRENCE": (3,)})
    (example,) = sound(list(ecbplus.read(tmp_path)))
    assert example.complete == {"triggers"}
    assert not example.frames


# re3d


def test_re3d_relations_of_fighting_give_both_sides(tmp_path: Path) -> None:
    text = "On Monday the Zarun Brigade attacked the Free Port Army. The mayor met them."
    folder = tmp_path / "Made"
    folder.mkdir()

    def relation(kind: str, value: str, source: str, target: str) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "type": kind,
            "value": value,
            "documentId": "d1",
            "confidence": 1,
            "source": source,
        }
        fields["target"] = target
        for name, wording in (("", value), ("source", source), ("target", target)):
            begin, end = (name + "Begin", name + "End") if name else ("begin", "end")
            fields[begin], fields[end] = text.index(wording), text.index(wording) + len(wording)
        return fields

    relations = [
        relation("FightingAgainst", "attacked", "the Zarun Brigade", "the Free Port Army"),
        relation("CommWith", "met", "The mayor", "them"),
        relation("CoLocated", "On", "the Zarun Brigade", "Monday"),
    ]
    (folder / "documents.json").write_text(json.dumps({"_id": "d1", "text": text}) + "\n", encoding="utf-8")
    lines = "\n".join(json.dumps(item) for item in relations)
    (folder / "relations.json").write_text(lines + "\n", encoding="utf-8")
    (example,) = sound(list(re3d.read(tmp_path)))
    attack = example.frames[0]
    assert (example.text[slice(*attack.trigger)], attack.type) == ("attacked", "assault")
    assert [(filler.role, example.text[filler.start : filler.end]) for filler in attack.fillers] == [
        ("actor", "Zarun Brigade"),
        ("target", "Free Port Army"),
    ]
    assert not example.roles
    assert not example.complete
