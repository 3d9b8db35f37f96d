"""Stand-off annotations: compiled to offsets of documents kept elsewhere, and read anew with their words."""

import json
import runpy
from pathlib import Path

import msgspec
import pytest

from dateline.errors import DataError
from dateline.train.documents import body_start, documents, part_of_document, texts_of
from dateline.train.examples import DEFAULT_STATUS, Example, faults_of
from dateline.train.standoff import compile_working, held_back, load_standoff, read_stretches, without

MESSAGE = """
DEV-MUC3-0901 (NOSC)

   ZARUN CITY, 5 JAN 90 -- [TEXT] A BOMB KILLED TWO
CLERKS IN ZARUN TODAY, POLICE SAID. THE MAYOR WAS AWAY.

   THE FRONT DENIED THAT IT PLANTED THE BOMB.
"""
INCIDENT = {"Event ID": 77, "Event description": "March 2020: A nurse was kidnapped. The nurse was freed."}
WORKING = """
- document: muc4/DEV-MUC3-0901
  text: >-
    A BOMB KILLED TWO CLERKS IN ZARUN TODAY, POLICE SAID. THE MAYOR WAS
    AWAY. THE FRONT DENIED THAT IT PLANTED THE BOMB.
  frames:
  - {type: bombing, trigger: "BOMB#1", killed: TWO CLERKS, place: ZARUN, time: TODAY, actor: FRONT}
  - {type: bombing, trigger: PLANTED THE BOMB, actor: IT, status: denied}
  said:
  - {cue: SAID, source: POLICE, content: A BOMB … TODAY}
  - {cue: DENIED, source: FRONT, content: IT PLANTED THE BOMB}
- document: insecurity_insight/77
  text: "March 2020: A nurse was kidnapped."
  frames:
  - {type: abduction, trigger: kidnapped, captured: A nurse, time: March 2020}
  said: []
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    root = tmp_path / "data"
    (root / "muc4" / "CORPORA" / "dev").mkdir(parents=True)
    (root / "muc4" / "CORPORA" / "dev" / "dev-muc3-0901-1000").write_text(MESSAGE, encoding="ascii")
    (root / "insecurity_insight").mkdir()
    (root / "insecurity_insight" / "incidents.jsonl").write_text(json.dumps(INCIDENT) + "\n", encoding="utf-8")
    return root


def working(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "working.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def written(tmp_path: Path, data: Path, content: str = WORKING) -> Path:
    path = tmp_path / "made.jsonl"
    stretches = compile_working(working(tmp_path, content), data)
    path.write_bytes(b"".join(msgspec.json.encode(stretch) + b"\n" for stretch in stretches))
    return path


def words(example: Example) -> list[str]:
    marks = [
        mark for frame in example.frames for mark in (frame.trigger, *((f.start, f.end) for f in frame.fillers))
    ]
    return [example.text[slice(*mark)] for mark in marks]


def test_what_was_annotated_comes_back_with_its_words(tmp_path: Path, data: Path) -> None:
    incident, message = load_standoff([written(tmp_path, data)], data)
    assert not faults_of(incident) + faults_of(message)
    assert words(incident) == [
        "kidnapped",
        "A nurse",
        "A nurse",
        "March 2020",
    ]  # the captured is the target too
    assert words(message)[:5] == ["BOMB", "FRONT", "TWO CLERKS", "ZARUN", "TODAY"]
    assert message.frames[0].status == DEFAULT_STATUS
    assert message.frames[1].status == DEFAULT_STATUS | {"polarity": "denied"}
    assert [message.text[slice(*saying.cue)] for saying in message.sayings] == ["SAID", "DENIED"]
    assert message.sayings[0].content is not None
    assert message.text[slice(*message.sayings[0].content)] == "A BOMB KILLED TWO CLERKS IN ZARUN TODAY"
    assert len(message.sentences) == 3
    assert message.complete == {"triggers", "sayings"}


def test_no_words_of_a_document_are_kept(tmp_path: Path, data: Path) -> None:
    kept = written(tmp_path, data).read_text("utf-8")
    assert not [word for word in ("CLERKS", "nurse", "ZARUN", "kidnapped") if word in kept]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("- {document: muc4/DEV-MUC3-0901, text: NO SUCH WORDS}", "not in the document"),
        ("- {document: muc4/DEV-MUC3-0901, text: BOMB}", "more than once"),
        ("- {document: muc4/DEV-MUC3-0999, text: A BOMB}", "not among the 1 documents"),
        ("- {document: gazette/1, text: A BOMB}", "no such corpus"),
        ("- {document: insecurity_insight/77, text: 'A nurse was kidnapped.', frame: []}", "unknown key frame"),
        ("- {text: A BOMB}", "needs document and text"),
        (
            "- {document: insecurity_insight/77, text: 'A nurse was kidnapped.', "
            "frames: [{type: abduction, trigger: held}]}",
            "trigger 'held' is not in the text",
        ),
    ],
)
def test_faults_are_named(tmp_path: Path, data: Path, entry: str, fault: str) -> None:
    with pytest.raises(DataError, match=fault):
        compile_working(working(tmp_path, entry), data)


def test_another_text_under_the_same_id_is_refused(tmp_path: Path, data: Path) -> None:
    path = written(tmp_path, data)
    other = tmp_path / "other"
    (other / "insecurity_insight").mkdir(parents=True)
    changed = INCIDENT | {"Event description": "March 2020: Two nurses were kidnapped. One was freed."}
    (other / "insecurity_insight" / "incidents.jsonl").write_text(json.dumps(changed) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"77: the text .* is not the one that was annotated"):
        load_standoff([path], other)
    with pytest.raises(DataError, match="muc4: no documents"):
        documents(other, "muc4/DEV-MUC3-0901")


def test_parts_follow_the_document_and_hold_it_back_elsewhere(tmp_path: Path, data: Path) -> None:
    path = written(tmp_path, data)
    parts = {stretch.document: stretch.part for stretch in read_stretches([path])}
    assert parts == {name: part_of_document(name) for name in ("muc4/DEV-MUC3-0901", "insecurity_insight/77")}
    held = held_back([path], parts=frozenset({parts["insecurity_insight/77"]}))
    assert "insecurity_insight/77" in held
    taught = [
        Example(id=name, source="made", text="", sentences=())
        for name in ("insecurity_insight/77", "insecurity_insight/77/2", "insecurity_insight/777")
    ]
    assert [example.id for example in without(taught, held)] == ["insecurity_insight/777"]
    for part in ("train", "dev", "test"):
        loaded = load_standoff([path], data, part=part)
        assert len(loaded) == sum(own == part for own in parts.values())


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.jsonl:1"):
        read_stretches([path])


def test_the_text_of_a_message_begins_behind_its_head(data: Path) -> None:
    text = texts_of(data, "muc4")["DEV-MUC3-0901"]
    assert text[body_start("muc4/DEV-MUC3-0901", text) :].startswith("A BOMB KILLED TWO CLERKS IN")


def test_what_is_drawn_can_be_compiled(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "standoff.py"))
    assert script["main"](["draw", "--corpus", "muc4", "--data", str(data)]) == 0
    drawn = capsys.readouterr().out
    path = working(tmp_path, drawn)
    out = tmp_path / "out" / "drawn.jsonl"
    assert script["main"](["compile", str(path), "--data", str(data), "--out", str(out)]) == 0
    assert "1 stretches, 0 frames" in capsys.readouterr().out
    assert [stretch.document for stretch in read_stretches([out])] == ["muc4/DEV-MUC3-0901"]
    assert script["main"](["compile", str(path), str(path), "--data", str(data)]) == 1
    assert "two working files" in capsys.readouterr().err
