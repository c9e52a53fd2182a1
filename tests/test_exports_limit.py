"""Files are made a few at once: who comes beside them is told when to come back, and a place is given back."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import anyio
import pytest
from fastapi.testclient import TestClient

from search_api import pages_agency, routes_export
from search_api.app import Settings, create_app
from search_api.exports import ExportLimits, Exports, TooManyFiles
from tests.service import open_small_search, read_problem
from tests.small_kb import small_kb


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A service that makes one file at a time and lets nobody wait for long."""
    settings = Settings(exports=ExportLimits(in_flight=1, waiting=1, patience=0.2))
    app = create_app(small_kb(), open_small_search, settings, [pages_agency.router])
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_one_file_too_many_is_told_when_to_come_back(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def stream_slowly(*_: object) -> Iterator[bytes]:
        yield b"first"
        begun.set()
        go_on.wait(20)
        yield b"last"

    whole = client.get("/api/links.csv").content
    slow: list[bytes] = []
    with monkeypatch.context() as held:
        held.setattr(routes_export, "stream_graph", stream_slowly)
        thread = threading.Thread(target=lambda: slow.append(client.get("/api/graph.nt").content))
        thread.start()
        assert begun.wait(20)
        response = client.get("/api/links.csv")
        problem = read_problem(response)
        go_on.set()
        thread.join()
    assert (problem["status"], problem["type"]) == (503, "/docs#problem-too-many-files")
    assert response.headers["retry-after"] == "5"
    assert slow == [b"firstlast"]
    assert client.get("/api/links.csv").content == whole


def test_lists_are_no_files(client: TestClient) -> None:
    exports: Exports = client.app.state.exports  # type: ignore[attr-defined]
    exports._places.acquire_nowait()
    try:
        assert client.get("/api/tasks").status_code == 200
        assert client.get("/api/tasks.csv").status_code == 503
        assert client.get("/agency/hung-yen/so-khoa-hoc-va-cong-nghe").status_code == 200
        assert client.get("/agency/hung-yen/so-khoa-hoc-va-cong-nghe.docx").status_code == 503
    finally:
        client.portal.call(exports._places.release)  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["/api/tasks.pdf", "/api/mentions.csv?document=1/QĐ-UBND", "/api/tasks.csv"])
def test_a_place_is_given_back(client: TestClient, path: str) -> None:
    for _ in range(3):
        assert client.get(path).status_code != 503
    exports: Exports = client.app.state.exports  # type: ignore[attr-defined]
    assert exports._places.value == 1


def test_a_full_queue_is_closed_at_once() -> None:
    async def ask() -> str:
        exports = Exports(ExportLimits(in_flight=1, waiting=0))
        async with exports.hold():
            with pytest.raises(TooManyFiles) as caught:
                async with exports.hold():
                    raise AssertionError("there is no place")
        return str(caught.value)

    assert anyio.run(ask) == "1 files are being made and 0 are waited for"
