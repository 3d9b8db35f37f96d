"""`dateline serve`: the workbench and the HTTP API of a workspace."""

from typing import Annotated

import typer

from dateline.cli.judging import now
from dateline.cli.options import WorkspaceOption, say, settings

HOST, PORT = "127.0.0.1", 8210


def serve(
    workspace: WorkspaceOption = None,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="Port; 0 takes a free one.")] = PORT,
) -> None:
    """Open the workbench on a workspace: timeline, map, events, sources side by side, review."""
    import uvicorn

    from dateline.web import Served, create_app

    config = settings()
    served = Served(path=workspace or config.workspace, config=config, clock=now)
    say(f"The workbench is at http://{HOST}:{port}/ ; Ctrl-C ends it.")
    uvicorn.run(create_app(served), host=HOST, port=port, log_level="warning")
