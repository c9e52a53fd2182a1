"""What `cancu serve` serves: search over each generation with one model in memory, and the routes of all parts."""

from __future__ import annotations

from functools import lru_cache

from graph.generations import Generation
from graph.names import Names
from search_api import (
    mcp_http,
    pages,
    pages_agency,
    pages_calendar,
    pages_compare,
    pages_directive,
    pages_documents,
    pages_overview,
    pages_query,
    pages_search,
    pages_task,
    routes_dataset,
    routes_linked,
    routes_search,
)
from search_api.encoder import Encoder
from search_api.record_store import RecordStore
from search_api.sbert import SbertEncoder
from search_api.search import Search, open_search


@lru_cache(maxsize=1)  # a model that no generation has any more is let go
def load_encoder(name: str) -> Encoder:
    """The model of an index, loaded once however many generations have it."""
    return SbertEncoder(name)


def open_live_search(generation: Generation, records: RecordStore, names: Names) -> Search:
    """The search of a generation that is being opened."""
    return open_search(generation, load_encoder, records, names)


ROUTERS = (
    routes_search.router,
    routes_linked.router,
    routes_dataset.router,
    mcp_http.router,
    pages_documents.router,
    pages_compare.router,
    pages_overview.router,
    pages_task.router,
    pages_directive.router,
    pages_agency.router,
    pages_calendar.router,
    pages_query.router,
    pages_search.router,
    pages.router,
)
