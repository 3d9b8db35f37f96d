"""The `dateline` command: its list of commands, and what becomes of errors and exit codes."""

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dateline.cli import (
    auditing,
    disagreeing,
    evaluating,
    following,
    judging,
    looking,
    places,
    reviewing,
    serving,
    surging,
    taking,
    training,
    users,
)
from dateline.cli.options import DONE, NOTHING, STOPPED, say
from dateline.errors import DatelineError

HELP = """Turn conflict news into an event record that can be checked.

Begin with `dateline demo`, or with `dateline run FOLDER` and then `dateline events`.
"""
EPILOG = """Exit codes: 0 all was done, 1 part of it was, 2 nothing was, 130 stopped with Ctrl-C.
Settings: DATELINE_WORKSPACE, DATELINE_CACHE, DATELINE_CODER and DATELINE_WORKERS.
"""


class Commands(TyperGroup):
    """A group that turns what its commands raise into one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # The reader (`head`, `less`) has seen enough. Python must not flush into the pipe when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(DONE) from None
        except (DatelineError, OSError) as error:
            say(f"dateline: {error}")
            raise typer.Exit(NOTHING) from None
        except KeyboardInterrupt:
            say("dateline: stopped; what was done is kept, and the same command goes on from there")
            raise typer.Exit(STOPPED) from None


app = typer.Typer(name="dateline", cls=Commands, rich_markup_mode=None, pretty_exceptions_enable=False)
gazetteer_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
users_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

for command in (
    taking.add,
    taking.code,
    taking.run,
    looking.events,
    looking.show,
    disagreeing.disagreements,
    looking.articles,
    looking.rejected,
    looking.export,
    following.warnings,
    surging.surges,
    reviewing.review,
    serving.serve,
    judging.judge,
    auditing.audit,
    taking.parse,
    taking.demo,
):
    app.command()(command)
app.command("eval")(evaluating.evaluate)
app.command()(training.train)
for command in (places.build, places.add, places.undo, places.find):
    gazetteer_app.command()(command)
app.add_typer(gazetteer_app, name="gazetteer", help="Look up, build or extend the known place names.")
for command in (users.add, users.remove, users.password, users.role):
    users_app.command()(command)
users_app.command("list")(users.list_)
app.add_typer(users_app, name="users", help="Say who may sign in to the workbench, and as what.")


@app.callback(invoke_without_command=True, help=HELP, epilog=EPILOG)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Show the version or, without a command, the help."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"dateline {installed('dateline')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command line and end the process with its exit code."""
    app()
