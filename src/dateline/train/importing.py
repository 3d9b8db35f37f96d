"""Import: the network of a finished model, read back from its graphs, to go on learning from there.

Weights of the reader are stored as int8 with a scale for each column; what rounding took away stays away.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import GraphProto, NodeProto, numpy_helper

from dateline.code.weights import load_weights
from dateline.errors import DataError
from dateline.train.exporting import FILLING, READER
from dateline.train.network import Network

Array = npt.NDArray[np.float32]

# The endings under which `onnxruntime.quantization` stores what it made of a weight.
_QUANTIZED, _SCALE, _ZERO = "_quantized", "_scale", "_zero_point"
# How torch calls a weight that it transposed for the graph.
_NAMELESS = "onnx::"
_PRODUCTS = frozenset({"MatMul", "MatMulInteger"})


def import_weights(network: Network, folder: Path) -> None:
    """Put the weights of the model in `folder` into `network`; raises DataError where they do not fit."""
    manifest = load_weights(folder).manifest
    if manifest.types != network.shape.types:
        raise DataError(f"{folder} holds a model of other event types; train one from the first weights")
    found: dict[str, Array] = {}
    for name in (READER, FILLING):
        found |= dict(_weights(onnx.load(str(folder / name)).graph))
    wanted = network.state_dict()
    missing = sorted(
        name for name, value in wanted.items() if name not in found or found[name].size != value.numel()
    )
    if missing:
        raise DataError(f"{folder} is not a model of this network; it lacks {', '.join(missing[:3])}")
    network.load_state_dict(
        {name: torch.from_numpy(found[name].reshape(value.shape).copy()) for name, value in wanted.items()}
    )


def _weights(graph: GraphProto) -> Iterator[tuple[str, Array]]:
    """Give the weights of a graph by the names that the network has for them."""
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    for name, value in stored.items():
        if name.endswith(_QUANTIZED) and not name.startswith(_NAMELESS):
            yield name.removesuffix(_QUANTIZED), _restored(stored, name)
        elif not name.startswith(_NAMELESS) and not name.endswith((_QUANTIZED, _SCALE, _ZERO)):
            yield name, value
    for node in graph.node:
        if node.op_type in _PRODUCTS and node.input[1].startswith(_NAMELESS):
            name = node.input[1]
            value = _restored(stored, name) if name.endswith(_QUANTIZED) else stored[name]
            yield _name_of(node), value.T


def _restored(stored: Mapping[str, npt.NDArray[np.generic]], name: str) -> Array:
    base = name.removesuffix(_QUANTIZED)
    whole, zero, scale = (stored[each].astype(np.float32) for each in (name, base + _ZERO, base + _SCALE))
    return (whole - zero) * scale


def _name_of(node: NodeProto) -> str:
    """Return the name of a product's weight: the path of its layer ("/triggers/triggers.0": triggers.0)."""
    parts: list[str] = []
    for part in node.name.strip("/").split("/")[:-1]:
        inner = part.split(".")
        parts += inner[1:] if len(inner) > 1 and inner[0] in parts[-1:] else inner
    return ".".join((*parts, "weight"))
