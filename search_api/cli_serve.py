"""`cancu serve`: the service on one port, in one process or in several that share a generation."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from graph.generations import Problem, open_current
from graph.sparql_worker import leave_with_parent
from search_api.app import Settings, create_app
from search_api.listening import listen
from search_api.live import open_generation
from search_api.service import ROUTERS, open_live_search
from search_api.sparql_pool import PoolLimits

TOLD = "CANCU_SERVE"  # what the command was told, for the processes that it starts
_STARTING = 300.0  # seconds until nobody waits any more to say where the server is
_ENDING = 2  # seconds for what is under way when the server is told to end
_LONGEST = 512 * 1024  # bytes of a request's head: a long name is refused with a reason


def run_serve(kb: Path, host: str, port: int, workers: int = 1, settings: Settings | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM; Problem when the knowledge base cannot be opened or the port is taken."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _leave)  # while it opens, and when all is closed
    settings = settings or Settings()
    if workers == 1:
        app: FastAPI | str = create_app(kb, open_live_search, settings, ROUTERS)
    else:
        open_generation(open_current(kb), open_live_search)  # before any process starts
        share = replace(settings.sparql, in_flight=max(1, settings.sparql.in_flight // workers))
        told = {"kb": str(kb.resolve()), "look_every": settings.look_every, "sparql": asdict(share)}
        os.environ[TOLD] = json.dumps(told)
        app = "search_api.cli_serve:app_from_environment"
    with listen(host, port) as listener:
        threading.Thread(target=_announce, args=(listener.getsockname(), kb), daemon=True).start()
        config = uvicorn.Config(
            app,
            factory=isinstance(app, str),
            workers=workers,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            lifespan="on",
            h11_max_incomplete_event_size=_LONGEST,
            timeout_graceful_shutdown=_ENDING,
            timeout_worker_healthcheck=60,
        )
        _run(config, listener)
    return 0


def app_from_environment() -> FastAPI:
    """The application of one of several processes; one line and an end where it cannot be opened."""
    threading.Thread(target=leave_with_parent, daemon=True).start()
    told = json.loads(os.environ[TOLD])
    settings = Settings(PoolLimits(**told["sparql"]), look_every=told["look_every"])
    try:
        return create_app(Path(told["kb"]), open_live_search, settings, ROUTERS)
    except Problem as problem:
        print(f"cancu: {problem}", file=sys.stderr, flush=True)
        sys.exit(STARTUP_FAILURE)


def _run(config: uvicorn.Config, listener: socket.socket) -> None:
    if config.workers == 1:
        uvicorn.Server(config).run([listener])
        return
    supervisor = Multiprocess(config, [listener])
    supervisor.run()
    if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
        raise Problem("the server did not start")


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _announce(address: tuple[str, int], kb: Path) -> None:
    """One line when the first answer comes: "cancu: serves var/kb at http://127.0.0.1:8000/"."""
    host, port = address[0], address[1]
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    until = time.monotonic() + _STARTING
    while time.monotonic() < until:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(asked, port, timeout=_STARTING)
            connection.request("GET", "/health")
            if connection.getresponse().status == http.HTTPStatus.OK:
                shown = f"[{host}]" if ":" in host else host
                print(f"cancu: serves {kb} at http://{shown}:{port}/ (Ctrl-C ends it)", file=sys.stderr, flush=True)
                return
        time.sleep(0.2)
