"""MCP over streamable HTTP at /mcp: every request stands alone, so that any of several processes may answer it."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecurityMiddleware, TransportSecuritySettings
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from search_api.live import Live
from search_api.mcp_server import create_mcp_server
from search_api.mcp_tools import Tools

PATH = "/mcp"
HOSTS = "CANCU_HOSTS"  # further names of this server, for a proxy in front of it: "plans.example.org, 10.0.0.5:8000"
LARGEST = 256 * 1024  # bytes of a request
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Endpoint:
    """The requests of one application: POST is answered, nothing is streamed, so GET and DELETE are not."""

    def __init__(self) -> None:
        self._names = TransportSecurityMiddleware(_read_settings(os.environ.get(HOSTS, "")))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, by a name of this machine where it comes from this machine."""
        request = Request(scope, receive)
        if request.method != "POST":
            only_post = PlainTextResponse("MCP is spoken here by POST alone", 405, {"Allow": "POST"})
            await only_post(scope, receive, send)
            return
        if _comes_from_here(scope) and (refusal := await self._names.validate_request(request)):
            await refusal(scope, receive, send)
            return
        manager: StreamableHTTPSessionManager = scope["app"].state.mcp
        await manager.handle_request(scope, receive, send)


@asynccontextmanager
async def _run(app: FastAPI) -> AsyncIterator[None]:
    """The server of an application, from its start to its end; the pool of SPARQL is there by then."""
    live: Live = app.state.live
    server = create_mcp_server(Tools(live.current, app.state.pool.run), app.state.sparql_threads)
    server.streamable_http_app(  # made for its session manager: the route is ours
        json_response=True,
        stateless_http=True,
        max_request_body_size=LARGEST,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # the endpoint looks
    )
    manager = server.session_manager
    async with manager.run():
        app.state.mcp = manager
        yield


def create_router() -> APIRouter:
    """The route of MCP, and what runs while the application does: app.include_router(create_router())."""
    router = APIRouter(lifespan=_run)
    router.add_route(PATH, Endpoint(), include_in_schema=False)  # type: ignore[arg-type]
    return router


def _read_settings(names: str) -> TransportSecuritySettings:
    """The names by which a browser on this machine may reach it: a page elsewhere could lend it its own (rebinding)."""
    hosts = [*_LOCAL, *(name for name in names.replace(",", " ").split() if name)]
    return TransportSecuritySettings(
        allowed_hosts=[form for host in hosts for form in (host, f"{host}:*")],
        allowed_origins=[
            f"{scheme}://{form}" for host in hosts for scheme in ("http", "https") for form in (host, f"{host}:*")
        ],
    )


def _comes_from_here(scope: Scope) -> bool:
    """Whether a request came in at an address that only this machine has: 127.0.0.1, ::1."""
    address = (scope.get("server") or ("", None))[0]
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


router = create_router()
