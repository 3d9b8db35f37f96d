"""The application: what it serves, its routes, its errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Thread

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from dateline.errors import DatelineError
from dateline.web import (
    documented,
    explore,
    info,
    lists,
    log,
    naming,
    pages,
    problems,
    review,
    searching,
    sessions,
    shell,
    single,
    stream,
    telling,
    uploads,
    verdicts,
)
from dateline.web.bodies import Bodies
from dateline.web.guard import API, Guard
from dateline.web.headers import Headers
from dateline.web.hub import Hub
from dateline.web.jobs import Jobs
from dateline.web.kept import Kept
from dateline.web.linking import Linking
from dateline.web.people import Doors
from dateline.web.rates import Rates
from dateline.web.served import VERSION, Readers, Served
from dateline.web.writing import Writer
from dateline.workspace.accounts import seconds

# Routers of the API; each module has one idea and one `router`.
ROUTERS = (
    info.router,
    lists.router,
    explore.router,
    telling.router,
    naming.router,
    searching.router,
    single.router,
    sessions.router,
    stream.router,
    verdicts.router,
    review.router,
    uploads.router,
    log.router,
)


def create_app(served: Served) -> FastAPI:
    """Return the application that serves a workspace."""

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_begin, app)
        yield
        app.state.hub.close()
        await run_in_threadpool(_end, app)

    app = FastAPI(
        title="dateline",
        version=VERSION,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=living,
        middleware=[Middleware(Headers), Middleware(Guard), Middleware(Bodies)],
    )
    app.state.served = served
    app.state.readers = Readers(served)
    app.state.kept = Kept()
    app.state.writer = Writer(served)
    app.state.hub = Hub()
    app.state.linking = Linking(served, app.state.hub)
    app.state.jobs = Jobs(served, app.state.hub)
    app.state.doors = Doors(served)
    app.state.rates = Rates(lambda: seconds(served.clock()))
    problems.install(app)
    documented.install(app, ROUTERS, API)
    for router in ROUTERS:
        app.include_router(router, prefix=API)
    sessions.install(app)
    shell.install(app)
    app.include_router(pages.router)
    return app


def _begin(app: FastAPI) -> None:
    """Take up what was under way when the server ended last, or was killed."""
    readers: Readers = app.state.readers
    with readers.reading() as workspace:
        state = workspace.state()
    if state.revision != state.linked:
        app.state.linking.want()

    app.state.jobs.begin()
    app.state.warming = Thread(target=_warm, args=(readers,), name="warming", daemon=True)
    app.state.warming.start()


def _warm(readers: Readers) -> None:
    """Read what the first answers need while nobody waits for it; where that fails, they will say why."""
    with suppress(DatelineError), readers.reading() as workspace:
        workspace.prepare()


def _end(app: FastAPI) -> None:
    app.state.warming.join()
    app.state.jobs.close()
    app.state.linking.close()
    app.state.writer.close()
    app.state.readers.close()
    app.state.doors.close()
