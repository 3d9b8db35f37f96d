"""The command that trains the frame coder's model: train."""

import time
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import say
from dateline.errors import InputError


def train(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the finished model goes.")] = Path(
        "model"
    ),
    data: Annotated[
        Path, typer.Option("--data", metavar="FOLDER", help="Folder with the public corpora.")
    ] = Path("../shared/data"),
    corpus: Annotated[
        Path, typer.Option("--corpus", metavar="FOLDER", help="Folder with our own corpus.")
    ] = Path("corpus"),
    checkpoints: Annotated[
        Path, typer.Option("--checkpoints", metavar="FOLDER", help="Where a run that is cut off goes on from.")
    ] = Path(".cache/train"),
) -> None:
    """Train the model of the frame coder from the corpora; needs `pip install 'dateline[train]'`.

    Takes about two hours on two cores. A run that was cut off goes on from its last checkpoint.
    """
    try:
        from dateline.evaluate.calibrate import calibrate
        from dateline.train.recipe import dev_examples, make_model
    except ImportError as error:
        raise InputError(f"training needs more packages ({error}); pip install 'dateline[train]'") from error
    if not data.is_dir():
        raise InputError(f"there is no folder {data}; name the one with the public corpora with --data")
    began = time.monotonic()

    def watch(progress: object) -> None:
        say(str(progress))

    make_model(data, corpus, checkpoints, out, watch)
    say("setting thresholds and calibration on the dev part")
    calibrate(out, dev_examples(corpus, data))
    minutes = (time.monotonic() - began) / 60
    say(f"{out}, made in {minutes:.0f} min; measure it with `DATELINE_MODEL={out} dateline eval`")
