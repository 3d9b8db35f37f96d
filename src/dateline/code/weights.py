"""The shipped model: its manifest, its files, and what it answers for a window."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dateline.code.decoding import Knob, Thresholds
from dateline.code.windows import SHAPES, Window
from dateline.errors import ModelError
from dateline.model import ids

if TYPE_CHECKING:
    from numpy import ndarray
    from tokenizers import Tokenizer

MANIFEST = "manifest.json"
RESTORE = "reinstall dateline, or make it anew with `dateline train`"


class Corpus(msgspec.Struct, frozen=True, kw_only=True):
    """A corpus that the model learned from."""

    name: str
    licence: str
    teaches: str
    examples: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a model is: the order of its outputs, its thresholds, and where it comes from.

    `files` maps the name of a file to its sha256. `types`, `slots`, `status`, `kinds` and `distances` give the
    meaning of the numbers that go in and come out; `calibration` maps "trigger" and "filler" to knobs.
    """

    name: str
    version: str
    types: tuple[str, ...]
    slots: tuple[str, ...]
    status: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    distances: tuple[int, ...]
    thresholds: Thresholds
    calibration: Mapping[str, tuple[Knob, ...]]
    files: Mapping[str, str]
    corpora: tuple[Corpus, ...] = ()
    metrics: Mapping[str, float] = {}


class Scores(msgspec.Struct, frozen=True):
    """What the reader says of a window: vectors of words and scene, chances of types and flags."""

    words: "ndarray"
    scene: "ndarray"
    types: "ndarray"
    flags: "ndarray"


class Weights:
    """A loaded model. Deterministic: a window's answer depends on that window alone.

    Windows are run one at a time: the int8 encoder scales its activations over all that it is given, so a batch
    would make each window's answer depend on its neighbours.
    """

    def __init__(self, manifest: Manifest, tokenizer: "Tokenizer", reader: Any, filling: Any) -> None:
        self.manifest = manifest
        self.tokenizer = tokenizer
        self._reader = reader
        self._filling = filling

    def under(self, manifest: Manifest) -> "Weights":
        """Return the same model under another manifest: other thresholds or calibration."""
        return Weights(manifest, self.tokenizer, self._reader, self._filling)

    def read(self, window: Window) -> Scores:
        """Run the encoder over one window."""
        import numpy as np

        types = len(self.manifest.types)
        features = np.zeros((len(window.bounds), types + len(SHAPES)), dtype=np.float32)
        for word, hits in enumerate(window.hits):
            features[word, list(hits)] = 1.0
        for word, shapes in enumerate(window.shapes):
            features[word, [types + shape for shape in shapes]] = 1.0
        return Scores(
            *self._reader.run(
                None,
                {
                    "ids": np.asarray(window.ids, dtype=np.int64),
                    "firsts": np.asarray(window.firsts, dtype=np.int64),
                    "features": features,
                },
            )
        )

    def fill(
        self, window: Window, scores: Scores, queries: Sequence[tuple[str, int | None, int]]
    ) -> tuple["ndarray", "ndarray"]:
        """Return slot chances [Q, W, 2 * slots] and status logits [Q, values] for queries of one window.

        A query is its kind, its first word (None for the scene) and the index of its type (0: none).
        """
        import numpy as np

        kinds, edges = self.manifest.kinds, np.asarray(self.manifest.distances)
        count, width = len(queries), len(window.bounds)
        sentences = np.asarray(window.sentences)
        query = np.empty((count, scores.words.shape[1]), dtype=np.float32)
        types = np.zeros((count, scores.types.shape[1]), dtype=np.float32)
        distance = np.zeros((count, width), dtype=np.int64)
        same = np.zeros((count, width), dtype=np.int64)
        for number, (_, word, kind) in enumerate(queries):
            query[number] = scores.scene if word is None else scores.words[word]
            if kind:
                types[number, kind] = 1.0
            if word is not None:
                distance[number] = np.searchsorted(edges, np.arange(width) - word, side="left")
                same[number] = sentences == sentences[word]
        slots, status = self._filling.run(
            None,
            {
                "words": scores.words,
                "scene": scores.scene,
                "query": query,
                "kind": np.asarray([kinds.index(kind) for kind, _, _ in queries], dtype=np.int64),
                "types": types,
                "distance": distance,
                "same": same,
            },
        )
        return slots, status


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a model; raises ModelError when it is missing or damaged."""
    path = folder / MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise ModelError(f"the model's manifest {path} cannot be read ({error.strerror}); {RESTORE}") from error
    except msgspec.DecodeError as error:
        raise ModelError(f"the model's manifest {path} is damaged ({error}); {RESTORE}") from error


@cache
def load_weights(folder: Path, threads: int = 1) -> Weights:
    """Load a model, once per process; raises ModelError naming a file that is missing or not the manifest's.

    `threads` are onnxruntime's own; they change the speed and nothing else.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    manifest = read_manifest(folder)
    content: dict[str, bytes] = {}
    for name, digest in manifest.files.items():
        path = folder / name
        try:
            content[name] = path.read_bytes()
        except OSError as error:
            raise ModelError(f"the model's file {path} cannot be read ({error.strerror}); {RESTORE}") from error
        if ids.sha256(content[name]) != digest:
            raise ModelError(f"the model's file {path} is not the one in its manifest; {RESTORE}")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3

    def session(name: str) -> Any:
        return onnxruntime.InferenceSession(content[name], options, providers=["CPUExecutionProvider"])

    return Weights(
        manifest,
        Tokenizer.from_buffer(content["tokenizer.json"]),
        session("reader.onnx"),
        session("filling.onnx"),
    )
