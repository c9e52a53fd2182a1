"""rdflib and Oxigraph give the same answer to every shipped query that needs no function of our own."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse, serialize
from rdflib import Dataset
from rdflib.query import ResultRow
from rdflib.term import Identifier

from graph.prefixes import PREFIXES
from graph.shipped import list_shipped, load_shipped
from graph.store import load_store, open_store, select
from tests.small_corpus import DECISION, ID, PLAN, RESOLUTION, tasks
from tests.small_kb import small_generation

# Spellings of topics and bodies, most of the graph, which no shipped query reads.
UNREAD = ("core#altLabel>", "core#hiddenLabel>", "rdf-schema#comment>")
OWN_FUNCTIONS = ("cc:score", "cc:passage")
NEW = ID + "vn/hung-yen/kh-ubnd/2026/9"

# What the small corpus has nothing of: a document that replaces another, dates that disagree, a body of a kind that
# ended, a code used twice, words that stand in two plans, a task without lead and deadline, a baseline.
MORE = f"""
GRAPH <https://w3id.org/cancu/graph/vn/hung-yen/kh-ubnd/2026/9> {{
  <{NEW}> a cc:Document, cc:Plan ; schema:position 9 ;
    cc:held true ; cc:jurisdiction "hung-yen" ; cc:documentNumber "9/KH-UBND" ;
    cc:sourceFile "9.txt" ; cc:replaces <{RESOLUTION}> ;
    eli:date_document "2026-01-05"^^xsd:date, "2025-01-05"^^xsd:date .
  <{NEW}/lien-ket/1> a cc:Link ; cc:relation cc:replaces ; cc:linkFrom <{NEW}> ; cc:linkTo <{RESOLUTION}> ;
    cc:statedIn <{NEW}> .
  <{NEW}/a/1> a oa:Annotation ; cc:aboutSubject <{NEW}/lien-ket/1> ; cc:aboutProperty cc:relation ;
    oa:hasTarget <{NEW}/t> .
  <{NEW}/a/2> a oa:Annotation ; cc:aboutSubject <{NEW}> ; cc:aboutProperty eli:date_document ;
    oa:hasTarget <{NEW}/t> ; cc:aboutValue "2026-01-05"^^xsd:date .
  <{NEW}/a/3> a oa:Annotation ; cc:aboutSubject <{NEW}> ; cc:aboutProperty eli:date_document ;
    oa:hasTarget <{NEW}/t> ; cc:aboutValue "2025-01-05"^^xsd:date .
  <{NEW}/t> oa:hasSource <{NEW}> ; oa:hasSelector <{NEW}/s> .
  <{NEW}/s> oa:exact "thay thế Nghị quyết" ; cc:line 3 ; oa:start 10 ; oa:end 29 .
  <{NEW}/muc/1> a cc:Task ; cc:partOf <{NEW}> ; schema:position 1 ;
    cc:number "1" ; cc:code "A1" ; cc:deadlineKind "none" ;
    cc:text {json.dumps(tasks()[0].text, ensure_ascii=False)}@vi .
  <{NEW}/muc/2> a cc:Task ; cc:partOf <{NEW}> ; schema:position 2 ;
    cc:number "2" ; cc:code "A1" ; cc:deadlineKind "by" ;
    cc:text "Việc khác"@vi ; cc:ledBy <{ID}agency/ha-nam/x> ;
    cc:dueEarliest "2026-04-01"^^xsd:date ; cc:dueLatest "2026-06-30"^^xsd:date .
  <{NEW}/a/4> a oa:Annotation ; cc:aboutSubject <{NEW}/muc/1> ; cc:aboutProperty cc:code ; cc:origin cc:stated .
  <{NEW}/a/5> a oa:Annotation ; cc:aboutSubject <{NEW}/muc/2> ; cc:aboutProperty cc:code ; cc:origin cc:stated .
  <{NEW}/chi-tieu-1> a cc:Target ; cc:partOf <{NEW}> ; schema:position 3 ;
    cc:indicator "Số doanh nghiệp"@vi ; cc:comparator "increase" ;
    cc:value 2.5 ; cc:unit "lần" ; cc:targetYear "2030"^^xsd:gYear ; cc:baseline "so với năm 2020"@vi .
  <{ID}agency/ha-nam/x> a org:Organization ; skos:prefLabel "Sở Kế hoạch và Đầu tư"@vi ; cc:jurisdiction "ha-nam" ;
    org:classification <{ID}agency-type/so-ke-hoach-va-dau-tu> ; cc:inProvince <{ID}province/ha-nam> .
}}
"""


@cache
def quads() -> str:
    """The graph of the small corpus without what no query reads, and more."""
    lines = small_generation().graph.read_text(encoding="utf-8").splitlines()
    heads = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in PREFIXES.items())
    more = serialize(parse(heads + MORE, RdfFormat.TRIG), format=RdfFormat.N_QUADS) or b""
    kept = [line for line in lines if not any(each in line for each in UNREAD)]
    return "\n".join([*kept, more.decode()])


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("store")
    (folder / "graph.nq").write_text(quads(), encoding="utf-8")
    load_store(folder / "graph.nq", folder / "store")
    return open_store(folder / "store")


@pytest.fixture(scope="module")
def rdflib() -> Dataset:
    dataset = Dataset(default_union=True)
    dataset.parse(data=quads(), format="nquads")
    return dataset


def shared() -> list[str]:
    """Names of the queries that any engine can answer."""
    return [each.name for each in list_shipped() if not any(own in each.text for own in OWN_FUNCTIONS)]


def ask_oxigraph(store: Store, text: str) -> list[tuple[str, ...]]:
    return [tuple("" if cell is None else str(cell) for cell in row) for row in select(store, text)]


def ask_rdflib(dataset: Dataset, text: str) -> list[tuple[str, ...]]:
    answers = []
    for row in dataset.query(text, initNs=dict(PREFIXES)):
        assert isinstance(row, ResultRow)
        cells: tuple[Identifier | None, ...] = tuple(row)  # None where a variable is unbound
        answers.append(tuple("" if cell is None else cell.n3() for cell in cells))
    return answers


@pytest.mark.parametrize("name", shared())
def test_both_engines_say_the_same(name: str, oxigraph: Store, rdflib: Dataset) -> None:
    text = load_shipped(name).text
    ours = ask_oxigraph(oxigraph, text)
    assert Counter(ours) == Counter(ask_rdflib(rdflib, text))
    assert ours != []


def test_the_graph_has_what_the_small_corpus_lacks(oxigraph: Store) -> None:
    changed = list(select(oxigraph, load_shipped("tasks_with_amended_basis").text))
    assert {(row["document"].value, row["known"].value) for row in changed} == {(PLAN, "false"), (DECISION, "false")}
