"""Uploads and the jobs that they become: dropped files are added and coded as on the command line."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath
from starlette.concurrency import run_in_threadpool

from dateline.errors import InputError, WorkspaceReadOnlyError
from dateline.export.wording import counted
from dateline.model.wire import encode
from dateline.model.write import WriteKind, make_write
from dateline.web.documented import tells
from dateline.web.guard import address_of
from dateline.web.hub import stream
from dateline.web.jobs import Job, Jobs, Note, jobs_of, topic_of
from dateline.web.multipart import FULL, LARGEST_UPLOAD, TOO_LARGE, Form
from dateline.web.people import Asking, Person, Reviewing, may
from dateline.web.problems import ProblemError
from dateline.web.rates import UPLOADS, Rates
from dateline.web.served import served_by
from dateline.web.writing import writer_of
from dateline.workspace import read_options
from dateline.workspace.background import ENDS

router = APIRouter(tags=["jobs"])

# What must stay free beside an upload, in bytes: the workspace grows by the texts.
ROOM = 200_000_000

JobId = Annotated[str, InPath(max_length=100)]
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "published": {"type": "string"},
                        "outlet": {"type": "string"},
                    },
                }
            }
        },
    }
}


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """The job that an upload became."""

    job: Job


class JobList(msgspec.Struct, frozen=True, kw_only=True):
    """The jobs, the newest first."""

    items: tuple[Job, ...]


def _json(value: Taken | JobList | Job, status: int = 200) -> Response:
    return Response(encode(value), status_code=status, media_type="application/json")


@router.post("/uploads", status_code=202, openapi_extra=_FORM)
@tells(Taken)
async def upload(request: Request, person: Reviewing) -> Response:
    """Take files (`files`, also a folder's with their relative names) to be added and coded.

    `published` and `outlet` hold for all of them, as on the command line.
    """
    rates: Rates = request.app.state.rates
    rates.take("upload", person.name or address_of(request), UPLOADS)
    if not served_by(request).writable:
        raise WorkspaceReadOnlyError("The workspace can only be read here; nothing was added.")
    jobs = jobs_of(request)
    identity, folder = await run_in_threadpool(_place, request, jobs)
    try:
        form = Form(request.headers.get("content-type", ""), folder)
        try:
            async for data in request.stream():
                await run_in_threadpool(form.feed, data)
            form.end()
        finally:
            form.close()
        job = await run_in_threadpool(_submit, request, jobs, person, identity, form)
    except BaseException:
        await run_in_threadpool(jobs.discard, identity)
        raise
    return _json(Taken(job=job), 202)


def _place(request: Request, jobs: Jobs) -> tuple[str, Path]:
    said = request.headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > LARGEST_UPLOAD:
        raise ProblemError(413, TOO_LARGE)
    with _keeping_files():
        identity, folder = jobs.place()
    if shutil.disk_usage(folder).free < int(said) + ROOM:
        jobs.discard(identity)
        raise ProblemError(507, FULL)
    return identity, folder


def _submit(request: Request, jobs: Jobs, person: Person, identity: str, form: Form) -> Job:
    if not form.files:
        raise InputError("there are no files in the upload; send at least one as `files`")
    published, outlet = form.fields.get("published") or None, form.fields.get("outlet") or None
    read_options(published=published, outlet=outlet)
    said = (counted(form.files, "file"), f"published {published}" if published else "", outlet or "")
    _note(request, person, "upload", identity, what=", ".join(filter(None, said)))
    note = Note(
        id=identity,
        by=person.name,
        begun=served_by(request).clock(),
        files=form.files,
        published=published,
        outlet=outlet,
    )
    with _keeping_files():
        return jobs.submit(note)


@contextmanager
def _keeping_files() -> Iterator[None]:
    """Turn what the disk refuses into a problem that says so."""
    try:
        yield
    except OSError as error:
        raise ProblemError(
            507, f"The server cannot keep files ({error.strerror}); nothing was kept."
        ) from error


def _note(request: Request, person: Person, kind: WriteKind, job: str, *, what: str = "") -> None:
    """Put down in the log who does it, before it is done."""
    at = served_by(request).clock()
    write = make_write(kind, job, by=person.name, way=person.way, at=at, what=what)
    with writer_of(request).writing() as workspace:
        workspace.note(write)


@router.post("/jobs", status_code=202)
@tells(Taken)
def code(request: Request, person: Reviewing) -> Response:
    """Code what waits, as after a job that was stopped."""
    if not served_by(request).writable:
        raise WorkspaceReadOnlyError("The workspace can only be read here; nothing was begun.")
    jobs = jobs_of(request)
    with _keeping_files():
        identity, _ = jobs.place()
    note = Note(id=identity, by=person.name, begun=served_by(request).clock(), files=0, folder=False)
    try:
        _note(request, person, "code", identity)
        with _keeping_files():
            job = jobs.submit(note)
    except BaseException:
        jobs.discard(identity)
        raise
    return _json(Taken(job=job), 202)


@router.get("/jobs")
@tells(JobList)
def every(request: Request, person: Asking) -> Response:  # noqa: ARG001 - whoever reads may see them
    """List the jobs, the newest first."""
    return _json(JobList(items=jobs_of(request).all()))


@router.get("/jobs/{job}")
@tells(Job)
def one(request: Request, job: JobId) -> Response:
    """Tell how far a job is."""
    return _json(jobs_of(request).job(job))


@router.delete("/jobs/{job}")
@tells(Job)
def stop(request: Request, job: JobId, person: Reviewing) -> Response:
    """Stop a job; what is done is kept. Only admins stop what others began."""
    jobs = jobs_of(request)
    found = jobs.job(job)
    if found.by != person.name and not may(person, "admin"):
        raise ProblemError(403, f"This job is {found.by}'s; an admin can stop it too.")
    return _json(jobs.stop(job))


@router.get(
    "/jobs/{job}/progress",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def progress(request: Request, job: JobId) -> Response:
    """Tell how far a job is, now and whenever that changes, as server-sent events until it is over."""
    jobs = jobs_of(request)
    jobs.job(job)

    def look() -> bytes:
        return encode(jobs.job(job))

    def ended(_: bytes) -> bool:
        return jobs.job(job).state in ENDS

    return stream(request, topic_of(job), look, ended)
