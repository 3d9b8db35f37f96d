"""The command that trains the frame coder's model: train."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import screen
from dateline.cli.options import say
from dateline.errors import InputError

if TYPE_CHECKING:
    from dateline.train.fit import Progress


def train(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="Folder with the public corpora.")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the finished model goes.")] = Path(
        "model"
    ),
    corpus: Annotated[
        Path, typer.Option("--corpus", metavar="FOLDER", help="Folder with our own corpus.")
    ] = Path("corpus"),
    checkpoints: Annotated[
        Path, typer.Option("--checkpoints", metavar="FOLDER", help="Where a run that is cut off goes on from.")
    ] = Path(".cache/train"),
    begun: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FOLDER",
            help="A finished model: the later stages are gone through again from it on.",
        ),
    ] = None,
) -> None:
    """Train the model of the frame coder from the corpora; needs `pip install 'dateline[train]'`.

    Takes some four hours on two cores, with `--from` half of them, and minutes where torch has a GPU. A run
    that was cut off goes on from its last checkpoint.
    """
    for folder in filter(None, (data, corpus, begun)):
        if not folder.is_dir():
            raise InputError(f"there is no folder {folder}; see `dateline train --help`")
    try:
        from dateline.evaluate.calibrate import calibrate
        from dateline.evaluate.teaching import load_teaching
        from dateline.train.recipe import Material, dev_examples, make_model
    except ImportError as error:
        raise InputError(f"training needs more packages ({error}); pip install 'dateline[train]'") from error
    began = time.monotonic()
    with screen.share("Training") as tell:

        def watch(progress: "Progress") -> None:
            step, steps = progress.step, progress.steps
            tell(f"stage {progress.stage}, step {step:,} of {steps:,}", step / steps)

        given = Material(data, corpus, load_teaching(corpus / "incidents"))
        make_model(given, checkpoints, out, watch, begun=begun)
    say("setting thresholds and calibration on the dev part")
    calibrate(out, dev_examples(corpus, data))
    minutes = (time.monotonic() - began) / 60
    say(f"{out}, made in {minutes:.0f} min; measure it with `DATELINE_MODEL={out} dateline eval`")
