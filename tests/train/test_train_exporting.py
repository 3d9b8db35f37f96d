"""Export: graphs answer as the network does, in use as in training, and the manifest says what is there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")

import msgspec  # noqa: E402
import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

from dateline.clean.sentences import split  # noqa: E402
from dateline.code.weights import Corpus, Weights, load_weights, read_manifest  # noqa: E402
from dateline.code.windows import Window, WindowMaker  # noqa: E402
from dateline.model import ids  # noqa: E402
from dateline.train.answers import ANSWERS, SENTENCES, Answer, record_answers  # noqa: E402
from dateline.train.examples import Example, Frame, Saying  # noqa: E402
from dateline.train.exporting import FILLING, READER, TOKENIZER, export, package  # noqa: E402
from dateline.train.losses import Batch, make_batch  # noqa: E402
from dateline.train.network import DISTANCES, QUERY_KINDS, SLOTS, STATUS_VALUES, Asked, Network  # noqa: E402
from dateline.train.targets import Lesson, lessons_of  # noqa: E402

TYPES = ("abduction", "bombing", "killing")
TEXT = "Police said rebels blew up the port of Tara. Six men were killed."
CORPORA = [Corpus(name="made", licence="Apache-2.0", teaches="all", examples=2)]
EXACT = 1e-4
# int8 weights move a chance by a few hundredths.
DRIFT = 0.03


@pytest.fixture
def network(network_of: Callable[..., Network]) -> Network:
    """Return a network that says something of every word, so that a wrong wire shows."""
    made = network_of()
    with torch.no_grad():
        for head in (made.reader.triggers, made.reader.features, made.filling):
            for parameter in head.parameters():
                parameter.add_(0.3 * torch.randn(parameter.shape))
        made.reader.triggers[3].bias.zero_()
        made.filling.out[2].bias.zero_()
    made.eval()
    return made


def lesson(maker: WindowMaker, text: str = TEXT) -> Lesson:
    """Return a window with three queries: two triggers and a cue."""
    marks = [(text.index(word), text.index(word) + len(word)) for word in ("blew", "killed", "said")]
    frames = (Frame(trigger=marks[0], type="bombing"), Frame(trigger=marks[1], type="killing"))
    told = Example(
        id="made",
        source="made",
        text=text,
        sentences=split(text),
        frames=frames,
        sayings=(Saying(cue=marks[2]),),
    )
    (made,) = lessons_of(told, maker, TYPES)
    return made


def session(path: Path) -> Any:
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def read(network: Network, batch: Batch) -> tuple[Any, ...]:
    """Return what the network's reader says of a batch of one."""
    with torch.no_grad():
        words, scene, types, flags = network.reader(batch.ids, batch.mask, batch.firsts, batch.features)
    return tuple(each[0].numpy() for each in (words, scene, types.softmax(-1), flags.sigmoid()))


def fill(network: Network, batch: Batch, words: Any, scene: Any) -> tuple[Any, ...]:
    """Return what the network says of the queries of a batch of one and of the scene, types shown."""
    at = [query.word for query in batch.queries]
    query = torch.stack([*(torch.tensor(words[word]) for word in at), torch.tensor(scene)])
    count = len(query)
    types = torch.zeros(count, len(TYPES) + 1)
    for number, own in enumerate(batch.queries):
        if own.type:
            types[number, own.type] = 1.0
    kind = torch.tensor([*(own.kind for own in batch.queries), QUERY_KINDS.index("scene")])
    blank = torch.zeros(1, batch.distance.shape[1], dtype=torch.long)
    asked = Asked(
        torch.zeros(count, dtype=torch.long), query, kind, types,
        torch.cat([batch.distance, blank]), torch.cat([batch.same, blank]),
    )  # fmt: skip
    with torch.no_grad():
        slots, status = network.filling(torch.tensor(words)[None], torch.tensor(scene)[None], asked)
    return slots.sigmoid().numpy(), status.numpy()


def inputs(batch: Batch) -> dict[str, Any]:
    return {name: getattr(batch, name)[0].numpy() for name in ("ids", "firsts", "features")}


def test_the_float_graph_answers_as_the_network(network: Network, maker: WindowMaker, tmp_path: Path) -> None:
    export(network, tmp_path)
    whole, small = session(tmp_path / "reader.float.onnx"), session(tmp_path / READER)
    assert (tmp_path / READER).stat().st_size < (tmp_path / "reader.float.onnx").stat().st_size
    for text in (
        TEXT,
        "Police said: blew, killed.",
        TEXT + " It was quiet again on Monday, and then it was not.",
    ):
        batch = make_batch([lesson(maker, text)], len(TYPES))
        expected = read(network, batch)
        for name, own, other in zip(
            ("words", "scene", "types", "flags"), whole.run(None, inputs(batch)), expected, strict=True
        ):
            assert own.shape == other.shape, name
            assert np.abs(own - other).max() < EXACT, name
        rounded = small.run(None, inputs(batch))
        assert np.abs(rounded[2] - expected[2]).mean() < DRIFT
        assert np.abs(rounded[3] - expected[3]).mean() < DRIFT
        assert expected[2].std() > 2 * DRIFT  # else any graph would do


def asked(made: Lesson) -> list[tuple[str, int | None, int]]:
    queries: list[tuple[str, int | None, int]] = [(QUERY_KINDS[q.kind], q.word, q.type) for q in made.queries]
    return [*queries, ("scene", None, 0)]


def packed(network: Network, folder: Path, letters: Tokenizer) -> Weights:
    source = folder / "source.json"
    cutting = Tokenizer.from_str(letters.to_str())
    cutting.enable_truncation(8)
    cutting.enable_padding(length=16)
    cutting.save(str(source))
    package(network, folder / "model", version="7", tokenizer=source, corpora=CORPORA)
    return load_weights(folder / "model")


def test_use_asks_as_training_did(
    network: Network, maker: WindowMaker, letters: Tokenizer, tmp_path: Path
) -> None:
    weights = packed(network, tmp_path, letters)
    made = lesson(maker)
    batch = make_batch([made], len(TYPES))
    scores = weights.read(made.window)
    expected = read(network, batch)
    for own, other in zip((scores.types, scores.flags), expected[2:], strict=True):
        assert own.shape == other.shape
        assert np.abs(own - other).mean() < DRIFT
    # The filling heads are float: on the same vectors they must say the same.
    for count in (4, 1):
        slots, status = weights.fill(made.window, scores, asked(made)[:count])
        told = fill(network, batch, scores.words, scores.scene)
        assert slots.shape == (count, len(made.window.bounds), 2 * len(SLOTS))
        assert np.abs(slots - told[0][:count]).max() < EXACT
        assert np.abs(status - told[1][:count]).max() < EXACT
    assert told[0].std() > 0.05
    assert told[1].std() > 0.05


def test_the_manifest_tells_what_is_there(network: Network, letters: Tokenizer, tmp_path: Path) -> None:
    weights = packed(network, tmp_path, letters)
    folder = tmp_path / "model"
    manifest = read_manifest(folder)
    assert manifest == weights.manifest
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["manifest.json", READER, FILLING, TOKENIZER]
    )
    assert manifest.files == {
        name: ids.sha256((folder / name).read_bytes()) for name in (READER, FILLING, TOKENIZER)
    }
    assert (manifest.name, manifest.version, manifest.types) == ("frames", "7", TYPES)
    assert (manifest.slots, manifest.status) == (SLOTS, STATUS_VALUES)
    assert (manifest.kinds, manifest.distances) == (QUERY_KINDS, DISTANCES)
    assert manifest.corpora == tuple(CORPORA)
    assert manifest.calibration == {}
    assert (folder / "manifest.json").read_bytes().count(b"\n") > 20  # people read it


def test_the_tokenizer_neither_cuts_nor_pads(network: Network, letters: Tokenizer, tmp_path: Path) -> None:
    tokenizer = packed(network, tmp_path, letters).tokenizer
    assert tokenizer.truncation is None
    assert tokenizer.padding is None
    assert len(tokenizer.encode("a" * 40, add_special_tokens=False).ids) == 40


def test_answers_are_kept_beside_the_model(network: Network, maker: WindowMaker, tmp_path: Path) -> None:
    network.train()  # what is kept must not hang on dropout
    record_answers(network, maker, tmp_path)
    first = (tmp_path / ANSWERS).read_bytes()
    network.train()
    record_answers(network, maker, tmp_path)
    assert (tmp_path / ANSWERS).read_bytes() == first
    answers = msgspec.json.decode(first, type=list[Answer])
    assert tuple(answer.text for answer in answers) == SENTENCES
    for answer in answers:
        window: Window = maker.windows(answer.text, ((0, len(answer.text)),))[0]
        batch = make_batch([_blank(window)], len(TYPES))
        expected = read(network, batch)
        assert np.abs(np.asarray(answer.types) - expected[2]).max() < EXACT
        assert np.abs(np.asarray(answer.flags) - expected[3]).max() < EXACT


def _blank(window: Window) -> Lesson:
    none = (-100,) * len(window.bounds)
    return Lesson(source="", window=window, types=none, goes_on=none, cues=none, queries=(), kinds=())
