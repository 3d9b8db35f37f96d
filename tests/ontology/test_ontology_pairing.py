"""The data of linking: what is shipped fits the code, and faults are all told at once."""

from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.link.compare import OTHER_TYPE, TABLE, TYPE
from dateline.ontology.pairing import load_weights, load_wordings, read_weights, read_wordings


def test_every_feature_has_its_weight_and_no_other_has() -> None:
    assert set(load_weights().features) == {TYPE, OTHER_TYPE, *(entry.name for entry in TABLE)}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("summary", "Attacks in the past three months killed 60.", True),
        ("summary", "Attacks over the past weekend killed 60.", True),
        ("summary", "Attacks in the past were rare.", False),
        ("anniversary", "A year\nafter the attack", True),
        ("follow_up", "The toll ROSE to 12.", True),
        ("follow_up", "They arose together.", False),
        ("died_later", "A nurse died in a Bor hospital on Friday.", True),
        ("died_later", "A nurse died in a blast on Friday.", False),
        ("definite", "there", False),
    ],
)
def test_wordings(name: str, text: str, found: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (getattr(load_wordings(), name).search(text) is not None) == found


def test_faults_of_weights_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text("{bias: 0, join: 2, features: {time: {agree: -1}, place: {differ: .nan}}}", "utf-8")
    with pytest.raises(DataError, match=r"join is 2.*place: differ.*time: agree"):
        read_weights(path)
    path.write_text("{bias: 0, join: 0.5, features: {time: {agrees: 1}}}", "utf-8")
    with pytest.raises(DataError, match="cannot be read"):
        read_weights(path)


def test_faults_of_wordings_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    names = (
        "summary",
        "anniversary",
        "follow_up",
        "died_later",
        "another",
        "consequence",
        "definite",
        "foiled",
        "unfulfilled",
        "not_so_far",
        "called_off",
        "warned_before",
    )
    path.write_text("\n".join(f"{name}: [one]" for name in names).replace("[one]", "[]", 1), "utf-8")
    with pytest.raises(DataError, match="summary: is empty"):
        read_wordings(path)
    path.write_text("\n".join(f"{name}: [One, one, one]" for name in names), "utf-8")
    with pytest.raises(DataError, match=r"'One'.*'one'"):
        read_wordings(path)
    with pytest.raises(DataError, match="cannot be read"):
        read_wordings(tmp_path / "none.yaml")
