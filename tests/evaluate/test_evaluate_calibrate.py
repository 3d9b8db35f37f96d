"""Thresholds and calibration: the best is picked, scores come to mean shares, and the manifest keeps both."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("sklearn")

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from dateline.clean.sentences import split
from dateline.code.decoding import Knob, Thresholds, calibrated
from dateline.code.weights import Manifest, Weights, read_manifest
from dateline.evaluate import calibrate as module
from dateline.evaluate.calibrate import (
    BINS,
    KNOB_ANSWERS,
    TRIED,
    Answer,
    _best,
    _knobs,
    answers_of,
    calibrate,
    reliability,
)
from dateline.train.examples import DEFAULT_STATUS, Example, Filler, Frame, Saying
from dateline.train.network import DISTANCES, QUERY_KINDS, SLOTS, STATUS_VALUES

Telling = Callable[[Iterable[Example]], Any]


def some(score: float, right: int, wrong: int) -> list[Answer]:
    return [Answer(score, right=True)] * right + [Answer(score, right=False)] * wrong


# The best threshold


@pytest.mark.parametrize(
    ("worth", "best"),
    [
        ({0.2: 0.1, 0.5: 0.3, 0.8: 0.2}, 0.5),
        ({0.2: 0.4, 0.5: 0.3, 0.8: 0.2}, 0.2),
        ({0.2: 0.4, 0.5: 0.3, 0.8: 0.41}, 0.8),
        ({0.2: 0.4, 0.45: 0.4, 0.8: 0.4}, 0.45),  # of equals the one nearest to a half
        ({0.2: 0.40001, 0.45: 0.40002, 0.5: 0.4}, 0.5),  # and what differs by chance only is equal
        ({0.4: 0.3, 0.6: 0.3}, 0.6),
        ({0.6: 0.3, 0.4: 0.3}, 0.6),
        (dict.fromkeys(TRIED, 0.0), 0.5),
    ],
)
def test_the_threshold_of_the_greatest_worth_is_kept(worth: dict[float, float], best: float) -> None:
    assert _best(worth) == best


# Knobs


def test_knobs_give_the_share_that_was_right() -> None:
    knobs = _knobs(some(0.3, 10, 90) + some(0.6, 50, 50) + some(0.9, 90, 10))
    assert calibrated(0.3, knobs) == pytest.approx(0.1, abs=0.06)
    assert calibrated(0.6, knobs) == pytest.approx(0.5, abs=0.1)
    assert calibrated(0.9, knobs) == pytest.approx(0.9, abs=0.06)


def test_few_answers_give_no_knobs() -> None:
    assert _knobs(()) == ()
    assert _knobs(some(0.5, KNOB_ANSWERS, KNOB_ANSWERS - 1)) == ()
    assert len(_knobs(some(0.4, KNOB_ANSWERS, 0) + some(0.6, KNOB_ANSWERS, 0))) == 2


def test_nothing_is_certain() -> None:
    assert {knob.right for knob in _knobs(some(0.9, 200, 0))} == {0.98}
    assert {knob.right for knob in _knobs(some(0.9, 0, 200))} == {0.02}


def test_the_order_of_answers_does_not_matter() -> None:
    answers = [Answer(number / 200, number % 3 == 0) for number in range(200)]
    assert _knobs(answers) == _knobs(answers[::-1])


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=80, max_size=300))
def test_knobs_rise(pairs: list[tuple[float, bool]]) -> None:
    knobs = _knobs([Answer(score, right) for score, right in pairs])
    assert len(knobs) >= 2
    assert list(knobs) == sorted(knobs, key=lambda knob: knob.raw)
    assert list(knobs) == sorted(knobs, key=lambda knob: knob.right)
    assert all(0.02 <= knob.right <= 0.98 for knob in knobs)
    low, middle, high = (calibrated(score, knobs) for score in (0.0, 0.5, 1.0))
    assert low <= middle <= high


# Reliability


def test_reliability_counts_by_bins() -> None:
    answers = [*some(0.2, 1, 1), *some(0.5, 2, 1), *some(0.55, 0, 1), *some(0.95, 3, 0), *some(1.0, 1, 0)]
    rows = reliability(answers)
    assert [row[:3] for row in rows] == [(0.0, 0.5, 2), (0.5, 0.6, 4), (0.95, 1.0, 4)]
    assert [row[3] for row in rows] == pytest.approx([0.2, 0.5125, 0.9625])
    assert [row[4] for row in rows] == pytest.approx([0.5, 0.5, 1.0])
    assert reliability([]) == ()


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_every_answer_is_in_one_bin(pairs: list[tuple[float, bool]]) -> None:
    rows = reliability([Answer(score, right) for score, right in pairs])
    assert sum(row[2] for row in rows) == len(pairs)
    assert sum(row[2] * row[4] for row in rows) == pytest.approx(sum(right for _, right in pairs))
    assert len(rows) <= len(BINS) - 1


# Answers

TEXT = "Rebels stormed the post in Tara and killed six guards."


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


GOLD = Example(
    id="made",
    source="made",
    text=TEXT,
    sentences=split(TEXT),
    frames=(
        Frame(trigger=at("stormed"), type="assault", fillers=(Filler("target", *at("post")),)),
        Frame(
            trigger=at("killed"),
            type="killing",
            fillers=(Filler("actor", *at("Rebels")), Filler("killed", *at("six guards"))),
        ),
    ),
)


def test_the_marks_themselves_are_all_right(telling: Telling) -> None:
    answers = answers_of(telling([GOLD]), [GOLD])
    assert [answer.right for answer in answers.triggers] == [True] * 2
    assert [answer.right for answer in answers.fillers] == [True] * 3


def test_wrong_types_fillers_and_triggers_are_wrong(telling: Telling) -> None:
    stormed, killed = GOLD.frames
    found = (
        # The type is wrong, and one filler is right: with a determiner, as people would have it.
        msgspec.structs.replace(
            stormed, type="killing", fillers=(Filler("target", *at("the post")), Filler("place", *at("Tara")))
        ),
        # The role of one is wrong, the span of the other.
        msgspec.structs.replace(
            killed, fillers=(Filler("target", *at("Rebels")), Filler("killed", *at("six")))
        ),
        # No trigger at all.
        Frame(trigger=at("guards"), type="killing", fillers=(Filler("actor", *at("Rebels")),)),
    )
    told = telling([msgspec.structs.replace(GOLD, frames=found)])
    answers = answers_of(told, [GOLD])
    assert [answer.right for answer in answers.triggers] == [False, True, False]
    assert [answer.right for answer in answers.fillers] == [True, False, False, False, False]


# A whole calibration, with a model whose scores are known

WORDS = ("Rebels", "bombed", "Tara", ".", "Drones", "detonated", "records", "Monitors", "said", "told", "so")
TYPES = ("bombing", "killing")
# The chance of a trigger, of a cue, and of filling the actor's and the place's slot, for each word.
TRIGGERS, CUES = {"bombed": 0.72, "detonated": 0.58}, {"said": 0.31, "told": 0.22}
FILLS = {"actor": {"Rebels": 0.77, "Monitors": 0.71}, "place": {"Tara": 0.34}}
TRUE = "Rebels bombed Tara. Monitors said so."
FALSE = "Drones detonated records. Monitors told so."
STATUS = dict(DEFAULT_STATUS)


class _Reader:
    """Answers by the word: its number is its only piece."""

    def run(self, _: None, given: dict[str, Any]) -> tuple[Any, ...]:
        numbers = given["ids"][given["firsts"]] - 2
        types, flags = np.zeros((len(numbers), 3)), np.zeros((len(numbers), 3))
        for word, number in enumerate(numbers.tolist()):
            chance = TRIGGERS.get(WORDS[number], 0.0)
            types[word] = (1 - chance, chance, 0.0)
            flags[word, 1] = CUES.get(WORDS[number], 0.0)
        words = np.zeros((len(numbers), len(WORDS)), dtype=np.float32)
        words[np.arange(len(numbers)), numbers] = 1.0
        return words, words[0], types, flags


class _Filling:
    def run(self, _: None, given: dict[str, Any]) -> tuple[Any, ...]:
        count, numbers = len(given["query"]), given["words"].argmax(axis=1).tolist()
        slots = np.zeros((count, len(numbers), 2 * len(SLOTS)))
        for slot, name in enumerate(SLOTS):
            own = FILLS.get(name, {"Monitors": 0.9} if name == "source" else {})
            slots[:, :, slot] = [own.get(WORDS[number], 0.0) for number in numbers]
        return slots, np.zeros((count, len(STATUS_VALUES)))


@pytest.fixture
def weights() -> Weights:
    vocabulary = {"[UNK]": 0, "[SEP]": 1, **{word: number + 2 for number, word in enumerate(WORDS)}}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = WhitespaceSplit()
    manifest = Manifest(
        name="frames",
        version="1",
        types=TYPES,
        slots=SLOTS,
        status=STATUS_VALUES,
        kinds=QUERY_KINDS,
        distances=DISTANCES,
        thresholds=Thresholds(trigger=0.99),
        calibration={"trigger": (Knob(0.0, 0.1), Knob(1.0, 0.2))},
        files={"reader.onnx": "0"},
        metrics={"kept": 1.0},
    )
    return Weights(manifest, tokenizer, _Reader(), _Filling())


def dev(count: int) -> list[Example]:
    fillers = (Filler("actor", *at("Rebels", TRUE)), Filler("place", *at("Tara", TRUE)))
    marks = {
        TRUE: {
            "frames": (Frame(trigger=at("bombed", TRUE), type="bombing", fillers=fillers, status=STATUS),),
            "sayings": (Saying(cue=at("said", TRUE), source=at("Monitors", TRUE)),),
        },
        FALSE: {},
    }
    return [
        Example(id=f"{number}", source="made", text=text, sentences=split(text), **own)  # type: ignore[arg-type]
        for number in range(count)
        for text, own in marks.items()
    ]


def tried(wrong: float, right: float) -> float:
    """Return the limit nearest to a half among those that part a wrong score from a right one."""
    return min((limit for limit in TRIED if wrong < limit <= right), key=lambda limit: abs(limit - 0.5))


def test_a_model_is_calibrated(weights: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_weights", lambda folder: weights)
    monkeypatch.setattr(module, "KNOB_ANSWERS", 3)
    manifest = calibrate(tmp_path, dev(6))
    limits = manifest.thresholds
    assert limits.trigger == tried(0.58, 0.72)
    assert limits.cue == tried(0.22, 0.31)
    assert limits.of("actor") == tried(0.71, 0.77)
    assert limits.of("place") == tried(0.0, 0.34)  # no other word was taken for a place
    assert limits.of("killed") == 0.5  # nothing is told
    right = {kind: [knob.right for knob in knobs] for kind, knobs in manifest.calibration.items()}
    assert set(right) == {"trigger", "filler"}
    assert all(value == 0.98 for own in right.values() for value in own)
    assert read_manifest(tmp_path) == manifest
    kept = msgspec.structs.replace(
        manifest, thresholds=weights.manifest.thresholds, calibration=weights.manifest.calibration
    )
    assert kept == weights.manifest  # all else is as it was


def test_what_few_texts_tell_is_no_calibration(
    weights: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "load_weights", lambda folder: weights)
    assert calibrate(tmp_path, dev(1)).calibration == {"trigger": (), "filler": ()}
