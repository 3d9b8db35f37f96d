"""The application: what it serves, its routes, its errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from dateline.web import explore, info, pages, problems, shell, single
from dateline.web.served import VERSION, Readers, Served

API = "/api/v1"
# Routers of the API; each module has one idea and one `router`.
ROUTERS = (info.router, explore.router, single.router)


def create_app(served: Served) -> FastAPI:
    """Return the application that serves a workspace."""

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.readers.close()

    app = FastAPI(
        title="dateline",
        version=VERSION,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=living,
    )
    app.state.served = served
    app.state.readers = Readers(served)
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router, prefix=API)
    shell.install(app)
    app.include_router(pages.router)
    return app
