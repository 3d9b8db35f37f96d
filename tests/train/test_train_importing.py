"""Import: what was packaged is read back, as far as rounding left it, and nothing else is taken for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")

from tokenizers import Tokenizer  # noqa: E402

from dateline.errors import DataError  # noqa: E402
from dateline.train.exporting import package  # noqa: E402
from dateline.train.importing import import_weights  # noqa: E402
from dateline.train.network import Network, Shape  # noqa: E402

NetworkOf = Callable[..., Network]
# Half a step of int8 over the widest weights of the small networks.
ROUNDED = 0.02


def learned(network_of: NetworkOf) -> Network:
    """Return a network no two of whose weights are alike, as after learning: a graph keeps those but once."""
    network = network_of(1)
    torch.manual_seed(5)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(0.1 * torch.randn(parameter.shape))
    return network


@pytest.fixture
def model(network_of: NetworkOf, letters: Tokenizer, tmp_path: Path) -> Path:
    """Return the folder of the packaged network."""
    source = tmp_path / "source.json"
    letters.save(str(source))
    package(learned(network_of), tmp_path / "model", version="7", tokenizer=source, corpora=[])
    return tmp_path / "model"


def test_a_packaged_network_is_read_back(network_of: NetworkOf, model: Path) -> None:
    wanted, found = learned(network_of).state_dict(), network_of(2)
    assert not torch.allclose(wanted["filling.word.weight"], found.state_dict()["filling.word.weight"])
    import_weights(found, model)
    for name, value in found.state_dict().items():
        assert torch.allclose(value, wanted[name], atol=ROUNDED), name
    # The filling heads are stored as they are.
    assert torch.equal(found.state_dict()["filling.word.weight"], wanted["filling.word.weight"])


def test_a_model_of_other_types_is_refused(network_of: NetworkOf, model: Path) -> None:
    small = network_of(2)
    other = Network(small.reader.encoder, Shape(types=("killing",), hidden=32))
    with pytest.raises(DataError, match="other event types"):
        import_weights(other, model)


def test_a_model_of_another_shape_is_refused(network_of: NetworkOf, model: Path) -> None:
    small = network_of(2)
    wide = Network(small.reader.encoder, Shape(types=small.shape.types, hidden=32, trigger_hidden=40))
    with pytest.raises(DataError, match="lacks"):
        import_weights(wide, model)
