"""SPARQL for the pages of other sites: any may ask and read the answer, none is told from another (no credentials)."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATHS = frozenset({"/sparql"})
METHODS = "GET, HEAD, POST, OPTIONS"
FORM, PLAIN = "application/x-www-form-urlencoded", "application/sparql-query"
_OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Allow, Link, Retry-After"}
_ALLOWED = {
    "Allow": METHODS,
    "Accept-Post": f"{PLAIN}, {FORM}",
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "*, Authorization",  # what is sent is read by nobody
    "Access-Control-Max-Age": "86400",
}


class CrossOrigin:
    """What a browser needs to hear before a page of another site may use an answer: CrossOrigin(app)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; OPTIONS is answered here, with or without the headers of a preflight."""
        if scope["type"] != "http" or scope["path"] not in PATHS:
            await self.app(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_OPEN)
                if message["status"] == 405:
                    headers["Allow"] = METHODS  # the router knows of one route only
            await send(message)

        if scope["method"] == "OPTIONS":
            names = [(name.lower().encode(), value.encode()) for name, value in _ALLOWED.items()]
            await send_open({"type": "http.response.start", "status": 204, "headers": names})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self.app(scope, receive, send_open)
