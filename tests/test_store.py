"""The store holds exactly the quads of graph.nq, for any number of readers."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.store import count_rows, load_store, open_store, read_query, select, write_turtle
from tests.small_kb import small_generation

QUADS = '<http://a/1> <http://p> "một"@vi <http://g/1> .\n<http://a/1> <http://p> "một"@vi <http://g/2> .\n'


def test_every_quad_arrives(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text(QUADS, encoding="utf-8")
    assert load_store(tmp_path / "graph.nq", tmp_path / "store") == 2
    first, second = open_store(tmp_path / "store"), open_store(tmp_path / "store")
    assert len(first) == len(second) == 3  # and the triple that both graphs share


def test_a_query_sees_all_graphs_as_one(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text(QUADS, encoding="utf-8")
    load_store(tmp_path / "graph.nq", tmp_path / "store")
    rows = list(select(open_store(tmp_path / "store"), "SELECT ?s ?o { ?s <http://p> ?o }"))
    assert [row["o"].value for row in rows] == ["một"]  # once, though two graphs say it


def test_values_are_bound_not_pasted() -> None:
    store = open_store(small_generation().store)
    hostile = ox.Literal('2" } #')
    query = "SELECT ?task ?number { ?task <https://w3id.org/cancu/ns#number> ?number }"
    assert list(select(store, query, {"number": hostile})) == []
    assert len(list(select(store, query, {"number": ox.Literal("2")}))) == 1


def test_a_store_cannot_be_written_through_a_reader() -> None:
    store = open_store(small_generation().store)
    with pytest.raises(RuntimeError, match="read-write"):
        store.update("INSERT DATA { <http://a> <http://b> <http://c> }")


def test_counting_queries_give_their_number_and_others_their_rows() -> None:
    store = open_store(small_generation().store)
    assert count_rows(store, "facts_without_quote") == 0
    assert count_rows(store, "tasks_with_collective_lead") == 1


def test_turtle_has_one_order() -> None:
    store = open_store(small_generation().store)
    triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, None)]
    first = write_turtle(triples)
    assert first == write_turtle(reversed(triples))
    assert first.startswith(b"@prefix cc:")
    assert set(ox.parse(first, format=ox.RdfFormat.TURTLE)) == {
        ox.Quad(t.subject, t.predicate, t.object) for t in triples
    }


def test_queries_are_files() -> None:
    assert read_query("tasks_due_in_year").startswith("# vi: ")
