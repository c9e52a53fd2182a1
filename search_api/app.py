"""The service: one FastAPI application over the live generation of a knowledge base."""

from __future__ import annotations

import signal
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from anyio import CapacityLimiter
from fastapi import APIRouter, Depends, FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Lifespan, Message, Receive, Scope, Send

from graph.inputs import program_version
from search_api import docs_page, routes, routes_export, routes_lists, routes_sparql
from search_api.conditional import Conditional
from search_api.cross_origin import CrossOrigin
from search_api.download import MEDIA_TYPES
from search_api.exports import ExportLimits, Exports
from search_api.live import Live, Opened, OpenSearch
from search_api.problems import DOCUMENTED, SECURITY, add_handlers, refuse_unknown_parameters
from search_api.relevance import rate_of
from search_api.sparql_pool import PoolLimits, SparqlPool

DESCRIPTION = """\
Vietnamese provincial plans as a knowledge graph: tasks, their agencies and deadlines, and the directives they rest on,
every fact with the sentence it was read in.

Names are taken as people type them: an IRI, a document's number, NUMBER#ANNEX.ROW for a row of its annex, the code of
a task. An error is a problem document (RFC 9457). SPARQL 1.1 is at /sparql.
"""

TAGS = [
    {"name": "search", "description": "Search by meaning. · Tìm theo nghĩa."},
    {"name": "lists", "description": "Tasks, duties, targets and more, page by page. · Danh sách theo trang."},
    {"name": "records", "description": "One task, duty, target or document. · Từng bản ghi."},
    {"name": "files", "description": "All rows that pass the filters, as files. · Tải về thành tệp."},
    {"name": "trace", "description": "What something rests on. · Truy căn cứ."},
    {"name": "sparql", "description": "Queries over the graph. · Truy vấn đồ thị."},
    {"name": "server", "description": "Whether it lives and is ready. · Trạng thái máy chủ."},
]
NOT_COMPRESSED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, MEDIA_TYPES["xlsx"])  # a workbook is compressed already


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set of a server: Settings(PoolLimits(in_flight=2))."""

    sparql: PoolLimits = field(default_factory=PoolLimits)
    exports: ExportLimits = field(default_factory=ExportLimits)
    look_every: float = 0.5  # seconds between two looks at CURRENT


def create_app(
    kb: Path,
    open_search: OpenSearch | None = None,
    settings: Settings | None = None,
    routers: Sequence[APIRouter] = (),
) -> FastAPI:
    """The application over a knowledge base; Problem, before anything is served, when that cannot be opened.

    `open_search` makes of each generation what routes find as `Opened.search`; `routers` are further routes,
    create_app(kb, open_index, routers=[search_router, pages_router]).
    """
    settings = settings or Settings()
    live = Live(kb, open_search)
    app = FastAPI(
        title="Căn Cứ",
        version=program_version(),
        description=DESCRIPTION,
        openapi_tags=TAGS,
        docs_url=None,  # its page loads scripts from another server
        redoc_url=None,
        lifespan=_make_lifespan(live, settings),
        dependencies=[Depends(refuse_unknown_parameters)],
        responses=DOCUMENTED,
    )
    app.state.live = live
    add_handlers(app)
    app.add_middleware(Conditional, live)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5, exclude_content_types=NOT_COMPRESSED)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(HeadAsGet)
    app.add_middleware(CrossOrigin)
    own = (routes.router, routes_lists.router, routes_export.router, routes_sparql.router, docs_page.router)
    for router in (*own, *routers):
        app.include_router(router)
    return app


def _make_lifespan(live: Live, settings: Settings) -> Lifespan[FastAPI]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        first = live.current()
        pool = SparqlPool(settings.sparql, first.generation.store, rate_of(first.search))

        def switch(opened: Opened) -> None:
            pool.use(opened.generation.store, rate_of(opened.search))

        app.state.pool = pool
        app.state.exports = Exports(settings.exports)
        app.state.sparql_threads = CapacityLimiter(settings.sparql.in_flight + settings.sparql.waiting + 2)
        live.on_switch(switch)
        live.watch(settings.look_every)
        _close_when_told(pool)
        try:
            yield
        finally:
            live.close()
            pool.close()

    return lifespan


def _close_when_told(pool: SparqlPool) -> None:
    """Queries end when the server is told to end: it waits for what is under way before it closes anything."""
    if threading.current_thread() is not threading.main_thread():
        return

    def wrap(handler: Callable[[int, FrameType | None], object]) -> Callable[[int, FrameType | None], None]:
        def end(number: int, frame: FrameType | None) -> None:
            threading.Thread(target=pool.close).start()
            handler(number, frame)

        return end

    for each in (signal.SIGINT, signal.SIGTERM):
        handler = signal.getsignal(each)
        if callable(handler):  # the server's own, which it takes down itself
            signal.signal(each, wrap(handler))


class HeadAsGet:
    """HEAD is answered wherever GET is, with the same headers and no body: monitors ask with HEAD."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def send_without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        if scope["type"] == "http" and scope["method"] == "HEAD":
            await self.app({**scope, "method": "GET"}, receive, send_without_body)
        else:
            await self.app(scope, receive, send)


class SecurityHeaders:
    """Every answer says that a browser may load nothing else for it: SecurityHeaders(app)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; headers that a route set itself stay."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
