"""The suites of public corpora, on files of our own in their formats."""

import json
from pathlib import Path

import pytest

from dateline.clean import article_of
from dateline.errors import InputError
from dateline.evaluate import insecurity, plover, polnear
from dateline.evaluate.insecurity import AMONG
from dateline.evaluate.registry import SUITES, suites_of, why_skipped
from dateline.evaluate.suite import Task
from dateline.evaluate.tolls import apart, number_told
from dateline.evaluate.wordstats import learn
from dateline.model.mention import Mention
from dateline.model.span import Span
from dateline.ontology import load_ontology
from dateline.plugins import load
from dateline.train.corpus import part_of
from dateline.train.examples import DEFAULT_STATUS, Example, Filler, Frame, Saying


def task(folder: Path) -> Task:
    return Task(data=folder, corpus=folder)


NEWS = "The minister said the road is open. Nobody denied it.\n"


def test_polnear_reads_the_dev_documents(tmp_path: Path, telling) -> None:  # type: ignore[no-untyped-def]
    for name in ("text", "attributions"):
        (tmp_path / "polnear" / "dev" / name).mkdir(parents=True)
    folder = tmp_path / "polnear" / "dev"
    (folder / "text" / "post_2016-01-01_road.txt").write_text(NEWS, "utf-8")
    marks = (
        "T1\tSource 0 12\tThe minister\nT2\tCue 13 17\tsaid\nT3\tContent 18 34\tthe road is open\n"
        "T4\tAttribution 0 34\tx\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    )
    (folder / "attributions" / "post_2016-01-01_road_ab12.ann").write_text(marks, "utf-8")
    said = Saying(cue=(13, 17), source=(4, 12), content=(18, 34))
    denied = Saying(cue=(43, 49), source=(36, 42), content=(50, 52))
    read = Example(id="x", source="x", text=NEWS, sentences=((0, 35), (36, 53)), sayings=(said, denied))
    result = polnear.run(telling([read]), task(tmp_path))
    assert [(s.label, s.correct, s.predicted, s.gold) for s in result.scores if not s.table] == [
        ("cue", 1, 2, 1),
        ("source", 1, 2, 1),
        ("content", 1, 2, 1),
        ("whole attribution", 1, 2, 1),
    ]


def test_polnear_is_not_offered_by_a_coder_of_events_only(tmp_path: Path) -> None:
    class EventsOnly:
        name = version = "events"

        def code(self, article: object) -> tuple[()]:
            return ()

    result = polnear.run(EventsOnly(), task(tmp_path))
    assert result.scores == ()
    assert "not offered" in result.notes[0]


def record(part: str, number: int, text: str, **columns: object) -> str:
    event = [each for each in range(1000, 3000) if part_of(str(each)) == part][number]
    return json.dumps({"SiND Event ID": event, "Event Description": text, "_file": "x", **columns})


def test_incidents_are_held_back_and_their_numbers_compared(tmp_path: Path) -> None:
    gunmen = {"Reported Perpetrator": "NSA", "Weapon Carried/Used": "Firearms"}
    planes = {"Reported Perpetrator": "Foreign Forces: Military", "Weapon Carried/Used": "Aerial Bomb: Plane"}
    lines = [
        record("train", n, f"Armed men shot dead {n + 2} nurses near Tara {n}.", **gunmen) for n in range(6)
    ] + [
        record("train", n, f"Troops bombed a clinic in Sela {n} with warplanes.", **planes)
        for n in range(6, 12)
    ]
    lines += [
        record("test", 0, "Armed men killed three nurses in Tara.", **gunmen, **{"Aid Workers Killed": "3"}),
        record(
            "test", 1, "Troops bombed a ward and killed two nurses.", **planes, **{"Aid Workers Killed": "1"}
        ),
        record("test", 2, "A clinic was closed for a week.", **{"Aid Workers Killed": "0"}),
        record("test", 3, "Rebels kidnapped two drivers in Sela.", **gunmen, **{"Aid Workers Kidnapped": "2"}),
    ]
    (tmp_path / "insecurity_insight").mkdir()
    (tmp_path / "insecurity_insight" / "incidents.jsonl").write_text("\n".join(lines), "utf-8")
    result = insecurity.run(load("dateline.coders", "patterns")(), task(tmp_path))
    killed = result.score("killed")
    assert (killed.correct, killed.predicted, killed.gold) == (1, 2, 2)
    assert result.score("killed, all stated").value == pytest.approx(2 / 3)
    assert result.score("killed", AMONG).correct == 1
    assert result.score("kidnapped").value == 1
    assert result.score("arrested").gold == 0
    assert result.score("weapon").gold == 3
    assert result.score("state forces", "perpetrator").recall == 1
    assert any("always answering" in note for note in result.notes)


def mention(text: str, *spans: str, status: dict[str, str] | None = None, telling) -> tuple[Mention, ...]:  # type: ignore[no-untyped-def]
    """Return the mention of one frame on the first word with `spans` of `role`."""
    fillers = tuple(Filler("killed", text.index(words), text.index(words) + len(words)) for words in spans)
    frame = Frame(
        trigger=(0, text.index(" ")), type="assault", fillers=fillers, status=DEFAULT_STATUS | (status or {})
    )
    example = Example(id="x", source="x", text=text, sentences=article_of(text).sentences, frames=(frame,))
    return telling([example]).code(article_of(text))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("text", "spans", "number"),
    [
        ("Attack killed two nurses and a driver.", ("two nurses", "a driver"), 3),
        ("Attack killed two nurses and a driver.", ("two nurses and a driver", "a driver"), 3),
        ("Attack killed six people, including two nurses.", ("six people", "two nurses"), 6),
        ("Attack killed six people. The six people were nurses.", ("six people", "The six people"), 6),
        ("Attack killed several nurses.", ("several nurses",), 0),
        ("Attack killed nobody.", (), 0),
    ],
)
def test_people_are_added_within_a_sentence_and_counted_once(  # type: ignore[no-untyped-def]
    text: str, spans: tuple[str, ...], number: int, telling
) -> None:
    assert number_told(article_of(text), mention(text, *spans, telling=telling), "killed") == number


def test_what_did_not_happen_has_no_victims(telling) -> None:  # type: ignore[no-untyped-def]
    text = "Attack killed two nurses."
    for status in ({"polarity": "denied"}, {"reality": "planned"}):
        assert (
            number_told(article_of(text), mention(text, "two nurses", status=status, telling=telling), "killed")
            == 0
        )


def test_of_overlapping_spans_the_longest_is_kept() -> None:
    spans = [Span(0, 4, "abcd"), Span(2, 9, "cdefghi"), Span(9, 12, "jkl")]
    assert apart(spans) == spans[1:]


def test_words_tell_the_class_that_they_went_with() -> None:
    stats = learn(
        [("police", ["officer"]), ("police", ["officer"]), ("army", ["soldier"]), ("army", ["soldier"])]
    )
    assert stats.best(["officer"]) == "police"
    assert stats.best(["soldier", "never seen"]) == "army"
    assert stats.best(["never seen"]) is None
    assert stats.best([]) is None


def test_plover_types_are_reached_through_the_crosswalk(tmp_path: Path, telling) -> None:  # type: ignore[no-untyped-def]
    texts = {
        "Marchers filled the square.": ("PROTEST", "Marchers", "protest", {}),
        "Aston urged Berga to leave.": ("DEMAND", "leave", "withdrawal", {"reality": "demanded"}),
        "Troops shelled the port.": ("FIGHT", "shelled", "shelling", {}),
        "Envoys met in Sela.": ("CONSULT", "", "", {}),
    }
    records = [{"id": "head", "event": "DOCUMENT", "eventText": "no record"}]
    records += [
        {"id": f"r{n}", "event": gold, "eventText": word or "met", "text": text, "mode": ""}
        for n, (text, (gold, word, _, _)) in enumerate(texts.items())
    ]
    (tmp_path / "plover").mkdir()
    (tmp_path / "plover" / "gold_records.json").write_text(json.dumps(records), "utf-8")
    told = []
    for text, (_, word, kind, status) in texts.items():
        at = (text.index(word), text.index(word) + len(word))
        frames = (Frame(trigger=at, type=kind, status=DEFAULT_STATUS | status),) if word else ()
        told.append(Example(id=text, source="x", text=text, sentences=((0, len(text)),), frames=frames))
    result = plover.run(telling(told), task(tmp_path))
    assert result.score("accuracy").value == 0.75
    assert result.score("type").precision == 1
    assert result.score("REQUEST", "types").recall == 1
    assert result.score("CONSULT", "types").recall == 0


def test_what_takes_place_outweighs_what_does_not(telling) -> None:  # type: ignore[no-untyped-def]
    text = "Calls to withdraw grew as troops shelled the port."
    frames = (
        Frame(trigger=(9, 17), type="withdrawal", status=DEFAULT_STATUS | {"reality": "hypothetical"}),
        Frame(trigger=(33, 40), type="shelling", status=DEFAULT_STATUS),
    )
    example = Example(id="x", source="x", text=text, sentences=((0, len(text)),), frames=frames)
    mentions = telling([example]).code(article_of(text))
    assert plover.weightiest(mentions, load_ontology()) == "ASSAULT"
    assert plover.weightiest((), load_ontology()) is None


def test_every_suite_says_what_it_measures_and_why_it_is_skipped(tmp_path: Path) -> None:
    for suite in SUITES.values():
        assert suite.measures
        assert suite.citation
        assert why_skipped(suite, data=None, corpus=tmp_path)
        assert why_skipped(suite, data=tmp_path, corpus=tmp_path)
    (tmp_path / "plover").mkdir()
    assert why_skipped(SUITES["plover"], data=tmp_path, corpus=tmp_path) is None
    assert why_skipped(SUITES["plover"], data=tmp_path, corpus=tmp_path, part="held") is not None
    with pytest.raises(InputError, match="plover"):
        suites_of(["nosuch"])
