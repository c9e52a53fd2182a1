"""What the tests of linked data share: the service without search, names of things, and reading of answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from rdflib import Graph, Namespace

from search_api import pages, pages_search, routes_dataset, routes_linked
from search_api.app import create_app
from tests.small_corpus import DECISION

CC = Namespace("https://w3id.org/cancu/ns#")
HOME = "https://w3id.org/cancu/"
TASK = DECISION + "/phu-luc/2/muc/1"
TASK_PATH, DOCUMENT_PATH = TASK.removeprefix(HOME + "id/"), DECISION.removeprefix(HOME + "id/")
TOPIC_PATH = "topic/tri-tue-nhan-tao"
DRAFT_PATH = "vn/hung-yen/qd-ubnd/2025-08/chua-ro-so-bbbbbbbb"
RDF_TYPES = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
}
HTML = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}  # what a browser sends
TURTLE = {"accept": "text/turtle"}
_IRI = re.compile(r'<(https://w3id\.org/cancu/[^>]*)>|"(?:[^"\\]|\\.)*"')


def open_linked(kb: Path) -> TestClient:
    routers = [routes_linked.router, routes_dataset.router, pages.router, pages_search.router]
    return TestClient(create_app(kb, None, None, routers), follow_redirects=False, raise_server_exceptions=False)


def parse(answer: Any, format_: str) -> Graph:
    assert answer.status_code == 200
    return Graph().parse(data=answer.content, format=RDF_TYPES[format_][1])


def list_our_iris(lines: Iterable[str]) -> list[str]:
    """Every IRI of ours in N-Quads, those in literals left out."""
    return sorted({found[1] for line in lines for found in _IRI.finditer(line) if found[1]})
