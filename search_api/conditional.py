"""Answers of the REST interface carry the mark of the generation, so that what is known need not be sent again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.inputs import program_version
from search_api.live import Live

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_UNDER = "/api/"


class Conditional:
    """ETag on each 200 under /api/, and 304 where a caller has it: Conditional(app, live).

    An answer depends on its address, the generation, the program and, where it says "this year", the day. The mark is
    weak: an answer also says how long it took, and may be compressed.
    """

    def __init__(self, app: ASGIApp, live: Live, today: Callable[[], date] = date.today) -> None:
        self.app, self.live, self.today = app, live, today

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(_UNDER):
            await self.app(scope, receive, send)
            return
        tag = self._mark(scope)
        asked = Headers(scope=scope).get("if-none-match", "")
        headers = {"ETag": f'W/"{tag}"', "Cache-Control": "no-cache"}
        if tag in _TAG.findall(asked):  # only a 200 of this very address has had it
            await _say_unchanged(headers, send)
            return
        unchanged = False

        async def send_marked(message: Message) -> None:
            nonlocal unchanged
            if message["type"] == "http.response.start" and message["status"] == 200:
                unchanged = asked.strip() == "*"
                if unchanged:
                    await _say_unchanged(headers, send)
                    return
                MutableHeaders(scope=message).update(headers)
            if not unchanged:
                await send(message)

        await self.app(scope, receive, send_marked)

    def _mark(self, scope: Scope) -> str:
        address = scope.get("raw_path") or scope["path"].encode()
        parts = (self.live.current().generation.id, program_version(), self.today().isoformat())
        seen = b"\n".join([*(part.encode() for part in parts), address, scope["query_string"]])
        return hashlib.sha256(seen).hexdigest()[:24]


async def _say_unchanged(headers: dict[str, str], send: Send) -> None:
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 304, "headers": raw})
    await send({"type": "http.response.body", "body": b""})
