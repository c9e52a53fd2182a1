"""The graph as files: the same statements in every format, read again by another library than the one that wrote."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import to_isomorphic

from graph.export_graph import GRAPH_FORMATS, stream_graph, stream_items
from graph.prefixes import PREFIXES
from graph.store import open_store
from tests.small_corpus import DECISION, PLAN
from tests.small_kb import small_generation

TASK = f"{DECISION}/phu-luc/2/muc/1"
PARSERS = {"nt": "nt", "ttl": "turtle", "rdfxml": "xml"}
CC, OA = PREFIXES["cc"], PREFIXES["oa"]


@cache
def written(format_: str) -> bytes:
    return b"".join(stream_graph(small_generation(), format_))


def merged(dataset: Dataset) -> Graph:
    graph = Graph()
    for triple in {(s, p, o) for s, p, o, _ in dataset.quads()}:
        graph.add(triple)
    return graph


@pytest.mark.parametrize("format_", PARSERS)
def test_the_union_is_isomorphic(format_: str) -> None:
    graph = Graph().parse(data=written(format_), format=PARSERS[format_])
    assert len(graph) > 500
    assert to_isomorphic(graph) == to_isomorphic(merged(read_nquads()))


def read_nquads() -> Dataset:
    dataset = Dataset()
    dataset.parse(data=written("nq"), format="nquads")
    return dataset


def test_json_ld_keeps_who_said_what() -> None:
    dataset = Dataset()
    dataset.parse(data=written("jsonld"), format="json-ld")
    assert set(dataset.quads()) == set(read_nquads().quads())
    assert len({graph.identifier for graph in dataset.graphs()}) > 3


@pytest.mark.parametrize("format_", ["nq", "nt"])
def test_lines_are_sorted_and_none_is_there_twice(format_: str) -> None:
    lines = written(format_).splitlines()
    assert all(first < second for first, second in pairwise(lines))


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_the_same_graph_is_the_same_bytes(format_: str) -> None:
    assert all(b"".join(stream_graph(small_generation(), format_)) == written(format_) for _ in range(5))


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_some_items_are_the_same_in_every_format(format_: str) -> None:
    parser = {"nq": "nquads", "jsonld": "json-ld", **PARSERS}[format_]
    dataset = Dataset()
    data = b"".join(stream_items(open_store(small_generation().store), [TASK], format_))
    (dataset if format_ in ("nq", "jsonld") else dataset.default_graph).parse(data=data, format=parser)
    triples = {(s, p, o) for s, p, o, _ in dataset.quads()}
    whole = {(s, p, o) for s, p, o, _ in read_nquads().quads()}
    assert {triple for triple in whole if triple[0] == URIRef(TASK)} < triples <= whole
    subjects = {str(s) for s, _, _ in triples}
    assert f"{TASK}/chung-cu/ledBy" in subjects  # the evidence of a fact, and
    assert [o for s, p, o in triples if str(s) == f"{TASK}/chung-cu/ledBy" and str(p) == OA + "hasTarget"]
    assert any(str(p) == OA + "exact" for _, p, _ in triples)  # the words it was read in
    assert any(str(p) == CC + "assignedRole" for _, p, _ in triples)
    assert not any(each.startswith(f"{PLAN}/muc") for each in subjects)  # of another plan: nothing


def test_an_item_that_is_asked_for_twice_is_there_once() -> None:
    store = open_store(small_generation().store)
    once = list(stream_items(store, [TASK], "nq"))
    assert list(stream_items(store, [TASK, TASK], "nq")) == once
    assert len(set(once)) == len(once)


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_no_items_are_no_statements(format_: str) -> None:
    data = b"".join(stream_items(open_store(small_generation().store), [], format_))
    parser = {"nq": "nquads", "jsonld": "json-ld", **PARSERS}[format_]
    dataset = Dataset()
    dataset.parse(data=data or b"", format=parser)
    assert list(dataset.quads()) == []
