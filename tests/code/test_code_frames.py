"""The frame coder on the shipped model: whole readings, odd input, determinism, and a model that is damaged."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest

from dateline.code.decoding import Found, Run
from dateline.code.frames import FrameCoder
from dateline.code.weights import load_weights, read_manifest
from dateline.code.windows import WindowMaker
from dateline.config import load_config
from dateline.errors import ModelError
from dateline.model.article import Article
from dateline.model.mention import Mention
from dateline.ontology import load_ontology

MODEL = load_config({}).model
ArticleOf = Callable[..., Article]
# int8 weights move a chance by a few hundredths; a graph that is wired wrongly moves it by far more.
MEAN_DRIFT = 0.04
CERTAIN = 0.7


class _Answer(msgspec.Struct):
    text: str
    types: list[list[float]]
    flags: list[list[float]]


@pytest.fixture(scope="module")
def frames() -> FrameCoder:
    return FrameCoder(MODEL, threads=1)


def view(mention: Mention) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for argument in mention.arguments:
        found.setdefault(argument.role, []).append(argument.span.text)
    return found


def test_a_plain_report_is_read_whole(frames: FrameCoder, article_of: ArticleOf) -> None:
    article = article_of(
        "Troops shelled Homs for a third day, activists said.", "The rebels withdrew from the town on Sunday."
    )
    shelling, withdrawal = frames.code(article)
    assert (shelling.type, shelling.trigger.text, shelling.sentence) == ("shelling", "shelled", 0)
    assert view(shelling)["actor"] == ["Troops"]
    assert [link.source.text for link in shelling.attributions] == ["activists"]
    assert (withdrawal.type, withdrawal.trigger.text, withdrawal.sentence) == ("withdrawal", "withdrew", 1)
    assert view(withdrawal)["actor"] == ["rebels"]
    assert view(withdrawal)["time"] == ["Sunday"]
    assert withdrawal.status.word == "happened"


def test_a_toll_belongs_to_its_event(frames: FrameCoder, article_of: ArticleOf) -> None:
    (mention,) = frames.code(article_of("A car bomb killed 12 people in Baghdad on Tuesday."))
    roles = view(mention)
    assert mention.type == "bombing"
    assert roles["killed"] == ["12 people"]
    assert roles["place"] == ["Baghdad"]


def test_who_denies_what_is_read(frames: FrameCoder, article_of: ArticleOf) -> None:
    (mention,) = frames.code(article_of("The army denied that its aircraft had bombed the market in Alamata."))
    assert mention.type == "air_strike"
    assert [(link.cue.text, link.source.text) for link in mention.attributions] == [("denied", "army")]


def test_sport_yields_nothing(frames: FrameCoder, article_of: ArticleOf) -> None:
    article = article_of(
        "The striker fired a shot over the bar.", "The champions bombarded the goal and won the battle."
    )
    assert frames.code(article) == ()


def test_offsets_are_exact_and_scores_are_shares(frames: FrameCoder, article_of: ArticleOf) -> None:
    article = article_of(
        "“Rebels shelled the port,” said Sule.", "Two dockers died – a third was wounded.", gap="\n\n"
    )
    for mention in frames.code(article):
        spans = [mention.trigger, *(argument.span for argument in mention.arguments)]
        spans += [span for link in mention.attributions for span in (link.cue, link.source, link.content)]
        assert all(article.text[span.start : span.end] == span.text for span in spans)
        assert all(0 <= score <= 1 for score in (mention.score, *(each.score for each in mention.arguments)))


@pytest.mark.parametrize(
    "sentences",
    [
        (),
        ("\x00bomb\x00",),
        ("word " * 5_000 + "killed",),
        ("قتل ستة أشخاص في هجوم على كركوك.", "A bomb killed two."),
        ("💣 A bomb 💥 killed two 😢.",),
        ("killed" * 3_000,),
    ],
)
def test_odd_text_is_read_without_harm(
    frames: FrameCoder, article_of: ArticleOf, sentences: tuple[str, ...]
) -> None:
    article = article_of(*sentences)
    for mention in frames.code(article):
        assert article.text[mention.trigger.start : mention.trigger.end] == mention.trigger.text


def test_an_article_reads_the_same_alone_and_after_others(frames: FrameCoder, article_of: ArticleOf) -> None:
    article = article_of("A car bomb killed 12 people in Baghdad on Tuesday.")
    other = article_of("Troops shelled Homs for a third day, activists said.")
    before = frames.code(article)
    frames.code(other)
    assert frames.code(article) == before
    assert FrameCoder(MODEL, threads=2).code(article) == before


def test_attributions_are_read_without_events(frames: FrameCoder, article_of: ArticleOf) -> None:
    article = article_of('"The harvest was good this year," farmer Amina Bello told the radio.')
    assert [(link.cue.text, link.source.text) for link in frames.attributions(article)] == [
        ("told", "farmer Amina Bello")
    ]


def test_the_exported_model_agrees_with_the_network_it_came_from() -> None:
    weights = load_weights(MODEL)
    maker = WindowMaker(weights.tokenizer, load_ontology(), weights.manifest.types)
    answers = msgspec.json.decode((MODEL / "answers.json").read_bytes(), type=list[_Answer])
    assert answers
    for answer in answers:
        window = maker.windows(answer.text, ((0, len(answer.text)),))[0]
        scores = weights.read(window)
        types, flags = np.asarray(answer.types), np.asarray(answer.flags)
        assert scores.types.shape == types.shape
        assert np.abs(scores.types - types).mean() < MEAN_DRIFT
        assert np.abs(scores.flags - flags).mean() < MEAN_DRIFT
        sure = types.max(axis=1) >= CERTAIN
        assert (scores.types.argmax(axis=1) == types.argmax(axis=1))[sure].all()


def test_the_types_of_the_model_are_those_of_the_ontology() -> None:
    assert set(read_manifest(MODEL).types) == set(load_ontology().types)


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


def test_a_missing_file_is_named_with_what_restores_it(tmp_path: Path, article_of: ArticleOf) -> None:
    folder = copied(tmp_path)
    (folder / "filling.onnx").unlink()
    with pytest.raises(ModelError, match=r"filling\.onnx.*reinstall dateline.*dateline train"):
        FrameCoder(folder).code(article_of("A bomb killed two."))


def test_a_damaged_file_is_named(tmp_path: Path, article_of: ArticleOf) -> None:
    folder = copied(tmp_path)
    content = bytearray((folder / "reader.onnx").read_bytes())
    content[1000] ^= 1
    (folder / "reader.onnx").write_bytes(content)
    with pytest.raises(ModelError, match=r"reader\.onnx is not the one"):
        FrameCoder(folder).code(article_of("A bomb killed two."))


@pytest.mark.parametrize("content", [None, b"{", b'{"name": "frames"}'])
def test_a_manifest_that_is_none_is_an_error(tmp_path: Path, content: bytes | None) -> None:
    folder = copied(tmp_path)
    if content is None:
        (folder / "manifest.json").unlink()
    else:
        (folder / "manifest.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"manifest\.json.*reinstall dateline"):
        assert FrameCoder(folder).version


def test_a_word_of_grammar_is_no_trigger(
    frames: FrameCoder, article_of: ArticleOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = article_of("The rebels shelled Homs.")
    for word, count in ((0, 0), (2, 1)):
        found = [Found(word, word + 1, 1, 0.9)]
        monkeypatch.setattr("dateline.code.frames.find_triggers", lambda *_, found=found: found)
        assert len(frames.code(article)) == count


def test_no_phrase_begins_or_ends_with_words_that_belong_to_none(
    frames: FrameCoder, article_of: ArticleOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = article_of("Some of the gunmen in Homs and Hama shelled it on Monday.")
    monkeypatch.setattr("dateline.code.frames.find_triggers", lambda *_: [Found(8, 9, 1, 0.9)])
    monkeypatch.setattr("dateline.code.frames.find_runs", lambda *_: [Run(1, 5, 0.9)])
    found = {each.role: each.span.text for each in frames.code(article)[0].arguments}
    assert (found["actor"], found["time"]) == ("gunmen", "of the gunmen in")
