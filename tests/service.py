"""A client of the service over the small knowledge base, and what every error it answers must have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter
from fastapi.testclient import TestClient

from graph.generations import Generation
from graph.names import Names
from search_api.app import Settings, create_app
from search_api.live import OpenSearch
from search_api.record_store import RecordStore
from search_api.search import Search, open_search
from search_api.sparql_pool import PoolLimits
from tests.small_kb import small_kb
from tests.word_encoder import WordEncoder


@contextmanager
def open_client(routers: Sequence[APIRouter] = (), search: OpenSearch | None = None) -> Iterator[TestClient]:
    """The running service, with limits that a test does not have to wait for."""
    settings = Settings(PoolLimits(timeout=1, in_flight=2, waiting=2, patience=0.5))
    with TestClient(create_app(small_kb(), search, settings, routers), raise_server_exceptions=False) as client:
        yield client


def open_small_search(generation: Generation, records: RecordStore, names: Names) -> Search:
    """Search with the toy encoder: open_client([routes_search.router], open_small_search)."""
    return open_search(generation, WordEncoder, records, names)


def read_problem(response: Any) -> dict[str, Any]:
    """The problem document, complete and said as such."""
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem.keys() >= {"type", "title", "status", "detail", "instance"}
    assert problem["status"] == response.status_code
    assert response.headers["x-content-type-options"] == "nosniff"
    return problem
