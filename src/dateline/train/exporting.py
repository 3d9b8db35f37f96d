"""Export: a trained network as two int8 and float ONNX graphs, its tokenizer and its manifest."""

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import Tensor, nn

from dateline.code.decoding import Thresholds
from dateline.code.weights import MANIFEST, Corpus, Manifest
from dateline.code.windows import WINDOW_PIECES
from dateline.model import ids
from dateline.train.network import DISTANCES, QUERY_KINDS, SLOTS, STATUS_VALUES, Asked, Filling, Network, Reader

READER = "reader.onnx"
FILLING = "filling.onnx"
TOKENIZER = "tokenizer.json"
OPSET = 18


class _ReaderGraph(nn.Module):
    """Reader for one window: no batch, no padding."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, firsts: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        words, scene, types, flags = self.reader(
            ids.unsqueeze(0), torch.ones_like(ids).unsqueeze(0), firsts.unsqueeze(0), features.unsqueeze(0)
        )
        return words[0], scene[0], types[0].softmax(-1), flags[0].sigmoid()


class _FillingGraph(nn.Module):
    """Filling for the queries of one window."""

    def __init__(self, filling: Filling) -> None:
        super().__init__()
        self.filling = filling

    def forward(  # noqa: PLR0913 - the inputs of a graph
        self,
        words: Tensor,
        scene: Tensor,
        query: Tensor,
        kind: Tensor,
        types: Tensor,
        distance: Tensor,
        same: Tensor,
    ) -> tuple[Tensor, Tensor]:
        owners = torch.zeros_like(kind)
        asked = Asked(owners, query, kind, types, distance, same)
        slots, status = self.filling(words.unsqueeze(0), scene.unsqueeze(0), asked)
        return slots.sigmoid(), status


def export(network: Network, folder: Path) -> None:
    """Write the graphs of `network` to `folder`: the reader in int8, the small filling heads in float."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    whole = folder / "reader.float.onnx"
    _write(_ReaderGraph(network.reader), _reader_inputs(network), whole, _READER_NAMES)
    _write(_FillingGraph(network.filling), _filling_inputs(network), folder / FILLING, _FILLING_NAMES)
    _quantize(whole, folder / READER)


_READER_NAMES = {
    "in": {"ids": {0: "pieces"}, "firsts": {0: "words"}, "features": {0: "words"}},
    "out": ("words", "scene", "types", "flags"),
}
_FILLING_NAMES = {
    "in": {
        "words": {0: "words"},
        "scene": {},
        "query": {0: "queries"},
        "kind": {0: "queries"},
        "types": {0: "queries"},
        "distance": {0: "queries", 1: "words"},
        "same": {0: "queries", 1: "words"},
    },
    "out": ("slots", "status"),
}


def _reader_inputs(network: Network) -> tuple[Tensor, ...]:
    ids = torch.arange(5, 5 + WINDOW_PIECES // 2)
    firsts = torch.arange(1, 40)
    return ids, firsts, torch.zeros(39, network.shape.features)


def _filling_inputs(network: Network) -> tuple[Tensor, ...]:
    hidden, types = network.shape.hidden, len(network.shape.types) + 1
    return (
        torch.randn(39, hidden), torch.randn(hidden), torch.randn(3, hidden), torch.zeros(3, dtype=torch.long),
        torch.zeros(3, types), torch.full((3, 39), len(DISTANCES) // 2), torch.ones(3, 39, dtype=torch.long),
    )  # fmt: skip


def _write(graph: nn.Module, inputs: tuple[Tensor, ...], path: Path, names: Mapping[str, Any]) -> None:
    graph.eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph,
            inputs,
            str(path),
            input_names=list(names["in"]),
            output_names=list(names["out"]),
            dynamic_axes={name: axes for name, axes in names["in"].items() if axes},
            opset_version=OPSET,
            dynamo=False,
        )


def _quantize(source: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source, target, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )


def package(
    network: Network, folder: Path, *, version: str, tokenizer: Path, corpora: Sequence[Corpus]
) -> Manifest:
    """Export `network` to `folder` with tokenizer and manifest; thresholds are yet to be set."""
    export(network, folder)
    (folder / "reader.float.onnx").unlink()
    _write_tokenizer(tokenizer, folder / TOKENIZER)
    manifest = Manifest(
        name="frames",
        version=version,
        types=network.shape.types,
        slots=SLOTS,
        status=STATUS_VALUES,
        kinds=QUERY_KINDS,
        distances=DISTANCES,
        thresholds=Thresholds(),
        calibration={},
        files={name: ids.sha256((folder / name).read_bytes()) for name in (READER, FILLING, TOKENIZER)},
        corpora=tuple(corpora),
    )
    write_manifest(manifest, folder)
    return manifest


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write a manifest as JSON that people can read."""
    content = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    (folder / MANIFEST).write_bytes(content + b"\n")


def _write_tokenizer(source: Path, target: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    target.write_text(tokenizer.to_str(pretty=False) + "\n", encoding="utf-8")
