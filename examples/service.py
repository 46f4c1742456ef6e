"""A web service that turns an advert and stories into an interview pack, with limits and time-outs.

Start it with ``uvicorn --app-dir examples service:app``. Each process loads the pipeline once, when it
starts, and works on one pack at a time; for more, start more processes (``--workers``). What is sent
is kept in memory and in a folder of its own that is gone when the answer is; nothing is logged of it.
"""

import asyncio
import datetime as dt
import os
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import attrs
from fastapi import FastAPI, File, Form, Query, Request, Response, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException

import starkit as sk


@attrs.frozen(kw_only=True)
class Limits:
    """What one request may ask of the service.

    Attributes:
        body_bytes: Largest request, in bytes.
        advert_characters: Longest advert, in characters of its text.
        stories: Most stories in a bank.
        seconds: Longest time from the upload to the pack, the waiting included.
        waiting: Most requests that wait for their turn.
    """

    body_bytes: int = 2_000_000
    advert_characters: int = 100_000
    stories: int = 200
    seconds: float = 20.0
    waiting: int = 8


class Shape(StrEnum):
    """The forms that a pack comes in."""

    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"


class RefusedError(Exception):
    """A request that can be read and is not worked on; the message says why."""


def create_app(limits: Limits | None = None) -> FastAPI:
    """Return the service; tests give it tighter limits."""
    allowed = limits or Limits()
    # One thread: the pipeline is used by one request at a time, and the others wait in a queue.
    worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pack")

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # Before the first request, so that nobody waits for it and a broken install shows at once.
        await asyncio.wrap_future(worker.submit(sk.load_pipeline))
        yield
        worker.shutdown(wait=True, cancel_futures=True)

    app = FastAPI(title="starkit", version=sk.__version__, lifespan=lifespan)
    app.add_middleware(BodyLimit, limit=allowed.body_bytes)
    _add_error_handlers(app)
    queue: set[asyncio.Future[Any]] = set()

    async def in_turn(work: Callable[[], sk.InterviewPack]) -> sk.InterviewPack:
        if len(queue) > allowed.waiting:
            raise HTTPException(503, "too many requests wait already", {"Retry-After": "10"})
        future = asyncio.wrap_future(worker.submit(work))
        queue.add(future)
        future.add_done_callback(queue.discard)
        try:
            # What still waits is taken out of the queue; what is at work ends by itself, soon,
            # because the limits bound it.
            return await asyncio.wait_for(future, allowed.seconds)
        except TimeoutError:
            told = f"it took longer than {allowed.seconds:g} seconds"
            raise HTTPException(503, told, {"Retry-After": "10"}) from None

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok", "starkit": sk.__version__}

    @app.post("/packs")
    async def packs(
        advert: Annotated[UploadFile, File(description="Text, a web page, e-mail, PDF or Word.")],
        stories: Annotated[UploadFile, File(description="Stories in any form that starkit reads.")],
        interview_date: Annotated[dt.date | None, Form()] = None,
        timescale: Annotated[str | None, Form(max_length=200)] = None,
        country: Annotated[str, Form(max_length=40)] = "GB",
        form: Annotated[Shape, Query()] = Shape.JSON,
    ) -> Response:
        given = _Given(
            advert=await advert.read(),
            stories=await stories.read(),
            stories_suffix=_suffix(stories.filename),
            interview_date=interview_date,
            timescale=timescale,
            country=country,
        )
        pack = await in_turn(lambda: given.prepare(allowed))
        return _response(pack, form)

    return app


@attrs.frozen(kw_only=True)
class _Given:
    """One request, read."""

    advert: bytes
    stories: bytes
    stories_suffix: str
    interview_date: dt.date | None
    timescale: str | None
    country: str

    def prepare(self, allowed: Limits) -> sk.InterviewPack:
        if self.timescale and self.interview_date is None:
            raise RefusedError("timescale counts from the interview: give interview_date, too")
        with tempfile.TemporaryDirectory() as folder:
            try:
                advert, bank = self._read(Path(folder))
            except sk.FileError as error:
                # The message names the user's file and not where this machine had it.
                told = str(error).replace(f"{folder}{os.sep}", "")
                raise UnreadableUploadError(type(error).__name__, told) from error
        if len(advert.text) > allowed.advert_characters:
            raise RefusedError(f"the advert has more than {allowed.advert_characters} characters")
        if len(bank) > allowed.stories:
            raise RefusedError(f"there are more than {allowed.stories} stories")
        return sk.prepare(advert, bank, application=self._application(advert), country=self.country)

    def _read(self, folder: Path) -> tuple[sk.Advert, sk.StoryBank]:
        # What an advert is, its bytes say; of stories, the ending of the name says it.
        advert_file, story_file = folder / "advert", folder / f"stories{self.stories_suffix}"
        advert_file.write_bytes(self.advert)
        story_file.write_bytes(self.stories)
        return sk.read_advert(advert_file), sk.load_stories(story_file)

    def _application(self, advert: sk.Advert) -> sk.Application | None:
        if self.interview_date is None:
            return None
        return sk.Application(
            advert.employer or "the employer",
            advert.title or "the post",
            channel="direct",
            stage="interview",
            interviewed=self.interview_date,
            timescale=self.timescale,
        )


class UnreadableUploadError(Exception):
    """A file that was sent cannot be read."""

    def __init__(self, kind: str, told: str) -> None:
        super().__init__(kind, told)
        self.kind = kind
        self.told = told


def _suffix(name: str | None) -> str:
    """Return the ending of a file's name, and nothing else of what a stranger may call it."""
    found = re.search(r"\.[A-Za-z0-9]{1,10}\Z", name or "")
    return found.group().lower() if found else ".yaml"


# The page needs nothing from outside, and a browser is told to hold it to that.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    "X-Content-Type-Options": "nosniff",
}


def _response(pack: sk.InterviewPack, form: Shape) -> Response:
    if form is Shape.HTML:
        return HTMLResponse(pack.to_html(), headers=_HEADERS)
    if form is Shape.MARKDOWN:
        return PlainTextResponse(
            pack.to_markdown(), headers=_HEADERS, media_type="text/markdown; charset=utf-8"
        )
    return JSONResponse(pack.to_dict(), headers=_HEADERS)


# --- limits and errors ----------------------------------------------------------------------------

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


class BodyLimit:
    """Refuses a request that is larger than it may be while it comes in, whatever it says."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Pass a request on, and count what comes in of it."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                raise HTTPException(413, f"the request is larger than {self.limit} bytes")
            return message

        await self.app(scope, counted, send)


def _error(status: int, kind: str, message: str, headers: Any = None) -> JSONResponse:
    body = {"error": {"kind": kind, "message": message}}
    return JSONResponse(body, status_code=status, headers=headers)


def _add_error_handlers(app: FastAPI) -> None:
    @app.exception_handler(HTTPException)
    async def of_http(_: Request, error: HTTPException) -> JSONResponse:
        return _error(error.status_code, "request", str(error.detail), error.headers)

    @app.exception_handler(RequestValidationError)
    async def of_request(_: Request, error: RequestValidationError) -> JSONResponse:
        told = "; ".join(
            f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()
        )
        return _error(422, "request", told)

    @app.exception_handler(RefusedError)
    async def of_limits(_: Request, error: RefusedError) -> JSONResponse:
        return _error(422, "request", str(error))

    @app.exception_handler(UnreadableUploadError)
    async def of_file(_: Request, error: UnreadableUploadError) -> JSONResponse:
        return _error(422, error.kind, error.told)

    @app.exception_handler(sk.StarkitError)
    async def of_starkit(_: Request, error: sk.StarkitError) -> JSONResponse:
        return _error(422, type(error).__name__, str(error))


app = create_app()
