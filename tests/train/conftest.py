"""A tokenizer of letters and very small networks, so that training is tested without any download."""

import string
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import WhitespaceSplit

from dateline.code.windows import WindowMaker
from dateline.ontology import load_ontology

if TYPE_CHECKING:
    from dateline.train.network import Network

TYPES = ("abduction", "bombing", "killing")
SIGNS = string.ascii_lowercase + string.digits + string.punctuation


@pytest.fixture(scope="session")
def types() -> tuple[str, ...]:
    """Return the event types that the small networks know, in their order."""
    return TYPES


@pytest.fixture(scope="session")
def letters() -> Tokenizer:
    """Return a tokenizer whose pieces are letters."""
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *SIGNS, *(f"##{sign}" for sign in SIGNS)]
    tokenizer = Tokenizer(
        WordPiece({name: number for number, name in enumerate(names)}, unk_token="[UNK]")  # noqa: S106
    )
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return tokenizer


@pytest.fixture(scope="session")
def maker(letters: Tokenizer) -> WindowMaker:
    """Return the maker of windows of letters; about forty words fill one."""
    return WindowMaker(letters, load_ontology(), TYPES)


@pytest.fixture
def network_of(letters: Tokenizer) -> Callable[[int], "Network"]:
    """Return what makes a small network with random weights from a seed."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)  # sums in one order, and no waiting on a busy machine for so little
    transformers = pytest.importorskip("transformers")
    from dateline.train.network import Network, Shape

    config = transformers.BertConfig(
        vocab_size=letters.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=48,
        max_position_embeddings=256,
        attention_probs_dropout_prob=0.0,
    )
    shape = Shape(types=TYPES, hidden=32, trigger_hidden=24, pair_hidden=24, status_hidden=16)

    def make(seed: int = 1) -> Network:
        torch.manual_seed(seed)
        return Network(transformers.BertModel(config, add_pooling_layer=False), shape)

    return make
