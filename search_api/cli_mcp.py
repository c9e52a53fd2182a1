"""`cancu mcp`: the MCP server on stdin and stdout, for an assistant that starts it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio
from anyio import CapacityLimiter
from mcp.server.mcpserver import MCPServer

from graph.generations import Generation
from graph.names import Names
from graph.sparql_answer import Answer, Request
from search_api.encoder import Encoder
from search_api.live import Live
from search_api.mcp_server import create_mcp_server
from search_api.mcp_tools import Tools
from search_api.record_store import RecordStore
from search_api.relevance import rate_of
from search_api.search import Search, open_search
from search_api.sparql_pool import PoolLimits, SparqlPool

_LOOK_EVERY = 2.0  # seconds between two looks for a newer build
_LIMITS = PoolLimits(in_flight=2)  # one person asks


def run_mcp(kb: Path, load: Callable[[str], Encoder]) -> None:
    """Serve until stdin ends; Problem, before anything is said, when the knowledge base cannot be opened."""
    served = _Served(Live(kb, partial(_open, load)))
    anyio.run(served.serve)


class _Served:
    """What runs while an assistant is there; its query processes begin when stdout is the protocol's alone."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.pool: SparqlPool | None = None

    async def serve(self) -> None:
        """One assistant, from its first message to its last."""
        threads = CapacityLimiter(_LIMITS.in_flight + 2)
        await create_mcp_server(Tools(self.live.current, self.ask), threads, self.open).run_stdio_async()

    @asynccontextmanager
    async def open(self, _: MCPServer[Any]) -> AsyncIterator[None]:
        """The query processes, and the look-out for a newer build."""
        first = self.live.current()
        self.pool = pool = SparqlPool(_LIMITS, first.generation.store, rate_of(first.search))
        self.live.on_switch(lambda opened: pool.use(opened.generation.store, rate_of(opened.search)))
        self.live.watch(_LOOK_EVERY)
        try:
            yield
        finally:
            self.live.close()
            pool.close()
            sys.stdout.flush()  # what was printed leaves by stderr, as long as stdout is the protocol's

    def ask(self, request: Request) -> Answer:
        """One SPARQL query."""
        assert self.pool is not None  # tools are called when it is open
        return self.pool.run(request)


def _open(load: Callable[[str], Encoder], generation: Generation, records: RecordStore, names: Names) -> Search:
    return open_search(generation, load, records, names)
