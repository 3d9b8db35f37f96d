"""The word lists are sound, and a broken one is told by name."""

from pathlib import Path
from typing import get_args

import msgspec
import pytest

from dateline.code import cues as module
from dateline.code.cues import Cues, StatusCue
from dateline.code.topics import count_worlds, index_topics, is_elsewhere, is_mild
from dateline.errors import DataError
from dateline.model.mention import Role
from dateline.model.values import Certainty, Currency, Polarity, Reality
from dateline.ontology import load_ontology

AXES = {"reality": Reality, "polarity": Polarity, "certainty": Certainty, "currency": Currency}


@pytest.mark.parametrize("axis", sorted(AXES))
def test_status_values_are_the_models(cues: Cues, axis: str) -> None:
    entries: tuple[StatusCue, ...] = getattr(cues.status, axis)
    assert entries
    assert {entry.value for entry in entries} <= set(get_args(AXES[axis]))
    assert {entry.where for entry in entries} <= {"after", "before", "sentence"}
    assert all(entry.reach or entry.where == "sentence" for entry in entries)


def test_types_and_roles_exist(cues: Cues) -> None:
    types, roles = load_ontology().types, cues.roles
    named = roles.crowd_types | roles.of_is_actor | roles.with_is_target | roles.intransitive
    named |= roles.absorbed_types | roles.carrier_types | set(roles.implied_types.values())
    named |= {name for names in roles.toll_types.values() for name in names}
    assert named <= set(types)
    assert set(roles.tolls) <= set(get_args(Role))


def test_words_are_lower_case(cues: Cues) -> None:
    for part in (cues.words, cues.attribution, cues.roles):
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if isinstance(value, frozenset):
                assert all(word == word.lower() for word in value), name


def test_a_broken_list_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words.yaml").write_text("determiners: 3\n", "utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(DataError, match=r"words\.yaml.*repair"):
        module._read("words.yaml", module.Words)
    with pytest.raises(DataError, match=r"roles\.yaml"):
        module._read("roles.yaml", module.RoleCues)


def test_one_word_of_another_world_does_not_silence_a_sentence_about_conflict(cues: Cues) -> None:
    index = index_topics(cues.topics)
    article = count_worlds(["the", "soldiers", "were", "killed"], index)
    goal = count_worlds(["retaking", "the", "town", "is", "their", "next", "goal"], index)
    match = count_worlds(["the", "striker", "scored", "a", "late", "goal"], index)
    assert not is_elsewhere(goal, cues.topics, article=article)
    assert is_elsewhere(goal, cues.topics, article={})
    assert is_elsewhere(match, cues.topics, article=article)


def test_party_politics_is_mild(cues: Cues) -> None:
    index = index_topics(cues.topics)
    text = "democrats and republicans in the caucus heard the testimony of the senator"
    words = text.split()
    assert is_mild(count_worlds(words, index), cues.topics)
    assert not is_mild(count_worlds(["senator"], index), cues.topics)


def test_lists_are_frozen(cues: Cues) -> None:
    with pytest.raises(AttributeError):
        cues.roles.compass = frozenset()  # type: ignore[misc]
    assert msgspec.structs.asdict(cues.words)
