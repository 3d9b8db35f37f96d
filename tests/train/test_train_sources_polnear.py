"""PolNeAR: attributions read from brat stand-off, and the parts kept apart."""

from pathlib import Path

import pytest

from dateline.train.examples import Example, faults_of
from dateline.train.sources import polnear

TEXT = (
    "The mayor of Zarun, Ines Roca, said on Monday that the bridge was safe. Nobody has denied it.\n\n"
    "“The bridge,” she added, “will be open by noon.” Officials expect rain."
)


def mark(name: str, label: str, *wordings: str) -> str:
    spans = ";".join(f"{TEXT.index(wording)} {TEXT.index(wording) + len(wording)}" for wording in wordings)
    return f"{name}\t{label} {spans}\t{' '.join(wordings)}"


ANNOTATION = "\n".join(
    [
        mark("T1", "Source", "The mayor of Zarun, Ines Roca,"),
        mark("T2", "Cue", "said"),
        mark("T3", "Content", "that the bridge was safe."),
        mark("T4", "Attribution", "said"),
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        mark("T5", "Cue", "has denied"),
        "E2\tAttribution-no-content:T5 Cue:T5",
        mark("T6", "Source", "she"),
        mark("T7", "Cue", "added"),
        mark("T8", "Content", "“The bridge,”", "“will be open by noon.”"),
        "E3\tAttribution:T7 Content:T8 Cue:T7 Source:T6",
        mark("T9", "Discuss", "rain"),
    ]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part, name in (("train", "gazette_one"), ("dev", "gazette_two")):
        (tmp_path / part / "text").mkdir(parents=True)
        (tmp_path / part / "attributions").mkdir()
        (tmp_path / part / "text" / f"{name}.txt").write_bytes(TEXT.encode())
        (tmp_path / part / "attributions" / f"{name}_aa11.ann").write_bytes(ANNOTATION.encode())
    # A second reader's annotation of the same document is passed over.
    (tmp_path / "train" / "attributions" / "gazette_one_bb22.ann").write_bytes(b"")
    return tmp_path


def sayings(example: Example) -> list[tuple[str | None, ...]]:
    assert not faults_of(example)
    return [
        tuple(
            None if bounds is None else example.text[slice(*bounds)] for bounds in (s.cue, s.source, s.content)
        )
        for s in example.sayings
    ]


def test_whole_documents_keep_the_marks_as_they_were_drawn(folder: Path) -> None:
    (document,) = polnear.read_documents(folder, "dev")
    assert document.id == "polnear/gazette_two"
    assert document.complete == {"sayings"}
    assert sayings(document) == [
        ("said", "The mayor of Zarun, Ines Roca,", "that the bridge was safe."),
        ("has denied", None, None),
        ("added", "she", "“will be open by noon.”"),
    ]


def test_the_training_part_is_drawn_as_our_scheme_draws(folder: Path) -> None:
    (example,) = polnear.read(folder)
    assert example.id == "polnear/gazette_one/1"
    assert sayings(example) == [
        ("said", "mayor of Zarun, Ines Roca", "the bridge was safe"),
        ("denied", None, None),
        ("added", "she", "will be open by noon"),
    ]


def test_the_dev_part_is_never_trained_on(folder: Path) -> None:
    assert {example.id for example in polnear.read(folder)} == {"polnear/gazette_one/1"}
