"""Records become quads: nothing is lost, every fact leads to its words, and two builds are equal."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Dataset, Literal, URIRef
from rdflib.namespace import SKOS

from graph import iri
from graph.build import build_dataset
from graph.build_agencies import find_issuer, issuers_of
from graph.build_terms import CC, ELI, OA
from graph.jurisdictions import province_life
from graph.prefixes import PREFIXES
from graph.records import Corpus, DateStatement
from graph.store import read_query
from graph.write import write_dataset, write_ntriples, write_turtle
from ingest.records import Deadline
from tests.conftest import ROOT
from tests.small_corpus import DECISION, PLAN, RESOLUTION, TEXTS, quote, small_corpus

GOLDEN = ROOT / "tests" / "golden" / "small.nq"
PLAN_GRAPH, DECISION_GRAPH = URIRef(iri.graph_iri(PLAN)), URIRef(iri.graph_iri(DECISION))
SHARED_PROGRAM = """
import sys
from pathlib import Path
from graph.build import build_dataset
from graph.write import write_dataset
from tests.small_corpus import small_corpus
write_dataset(build_dataset(small_corpus(), "0.0.0"), Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def small() -> Dataset:
    return build_dataset(small_corpus(), "0.0.0")


def written(dataset: Dataset, path: Path) -> str:
    write_dataset(dataset, path)
    return path.read_text(encoding="utf-8")


def without_vocabulary(quads: str) -> str:
    """The ontology has tests of its own, and would move this file with every label."""
    return "".join(line for line in quads.splitlines(keepends=True) if f"<{iri.graph_iri('ontology')}>" not in line)


def facts(dataset: Dataset, subject: str, predicate: URIRef) -> list[str]:
    return sorted(str(each) for each in dataset.objects(URIRef(subject), predicate))


def open_in_oxigraph(quads: str) -> ox.Store:
    store = ox.Store()
    store.bulk_load(quads.encode(), format=ox.RdfFormat.N_QUADS)
    return store


def count_facts_without_quote(store: ox.Store) -> int:
    solutions = store.query(read_query("facts_without_quote"), use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    (row,) = list(solutions)
    assert isinstance(row[0], ox.Literal)
    return int(row[0].value)


def test_golden_file(small: Dataset, tmp_path: Path) -> None:
    """Read in review like code; `python -m tests.test_build` writes it anew."""
    assert without_vocabulary(written(small, tmp_path / "small.nq")) == GOLDEN.read_text(encoding="utf-8")


def test_two_builds_are_equal(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        path = tmp_path / seed
        run = [sys.executable, "-c", SHARED_PROGRAM, str(path)]
        subprocess.run(run, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)})
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_the_texts_hold_every_quote(small: Dataset) -> None:
    places = 0
    for place, source in small.subject_objects(OA.hasSource):
        selector = small.value(place, OA.hasSelector)
        start, end = (int(str(small.value(selector, each))) for each in (OA.start, OA.end))
        text = TEXTS[str(small.value(source, CC.sourceFile))]
        assert text[start:end] == str(small.value(selector, OA.exact))
        places += 1
    assert places > 40


def test_no_fact_without_a_quote(small: Dataset, tmp_path: Path) -> None:
    store = open_in_oxigraph(written(small, tmp_path / "small.nq"))
    assert count_facts_without_quote(store) == 0


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        pytest.param(f"{DECISION}/phu-luc/2/muc/1", "code", id="a-field"),
        pytest.param(f"{DECISION}/phu-luc/2/muc/1", "ledBy", id="a-body"),
        pytest.param(f"{DECISION}/phu-luc/2/muc/2", "implements-lien-ket-4", id="a-relation"),
    ],
)
def test_a_fact_without_a_quote_is_counted(small: Dataset, tmp_path: Path, subject: str, name: str) -> None:
    store = open_in_oxigraph(written(small, tmp_path / "small.nq"))
    annotation = ox.NamedNode(iri.annotation_iri(subject, name))
    for quad in list(store.quads_for_pattern(annotation, None, None)):
        store.remove(quad)
    assert count_facts_without_quote(store) == 1


def test_a_quote_of_one_value_proves_no_other(small: Dataset, tmp_path: Path) -> None:
    task = ox.NamedNode(f"{DECISION}/phu-luc/2/muc/1")
    store = open_in_oxigraph(written(small, tmp_path / "small.nq"))
    graph = ox.NamedNode(str(DECISION_GRAPH))
    store.add(ox.Quad(task, ox.NamedNode(str(CC.ledBy)), ox.NamedNode(f"{PLAN}/nobody"), graph))
    assert count_facts_without_quote(store) == 1


def test_facts_stand_in_the_graph_of_the_text_that_states_them(small: Dataset) -> None:
    node = URIRef(RESOLUTION)
    assert {each for _, _, _, each in small.quads((node, ELI.date_document, None, None))} == {
        PLAN_GRAPH,
        DECISION_GRAPH,
    }
    assert {each for _, _, _, each in small.quads((node, ELI.title, None, None))} == {DECISION_GRAPH}
    assert {each for _, _, _, each in small.quads((node, CC.held, None, None))} == {PLAN_GRAPH}
    # the plan carries the resolution out by its own words and by those of the decision
    relation = (URIRef(PLAN), CC.implements, node, None)
    assert {each for _, _, _, each in small.quads(relation)} == {PLAN_GRAPH, DECISION_GRAPH}


def test_a_relation_of_one_task_is_stated_of_the_task_too(small: Dataset) -> None:
    task = f"{DECISION}/phu-luc/2/muc/2"
    assert facts(small, task, CC.implements) == [PLAN]
    assert facts(small, f"{DECISION}/phu-luc/2/muc/1", CC.implements) == []
    assert facts(small, f"{DECISION}/lien-ket/4", CC.statedBy) == [task]


def test_classes_come_from_the_vocabulary(small: Dataset) -> None:
    assert facts(small, PLAN, RDF.type) == sorted([str(CC.Document), str(CC.Plan)])
    assert facts(small, RESOLUTION, RDF.type) == sorted([str(CC.Document), str(CC.Resolution)])


def test_a_collective_leads_without_being_an_agency(small: Dataset) -> None:
    (lead,) = facts(small, f"{DECISION}/phu-luc/2/muc/2", CC.ledBy)
    assert lead == iri.collective_iri("hung-yen", "Các sở, ban, ngành")
    assert facts(small, lead, RDF.type) == [str(CC.CollectiveBody)]


def test_a_collective_without_a_record_is_named_all_the_same() -> None:
    corpus = small_corpus()
    dataset = build_dataset(replace(corpus, agencies=()), "0.0.0")
    assert facts(dataset, iri.collective_iri("hung-yen", "Các sở, ban, ngành"), SKOS.prefLabel) == [
        "Các sở, ban, ngành"
    ]


@pytest.mark.parametrize(
    ("jurisdiction", "date", "life"),
    [
        pytest.param("hung-yen", "2025-06-30", "hung-yen-truoc-2025", id="last-day"),
        pytest.param("hung-yen", "2025-07-01", "hung-yen", id="first-day"),
        pytest.param("hung-yen", "2025-06", "hung-yen-truoc-2025", id="month"),
        pytest.param("hung-yen", "2023", "hung-yen-truoc-2025", id="year"),
        pytest.param("hung-yen", None, "hung-yen", id="no-date"),
        pytest.param("hung-yen/so-y-te", "2024-02", "hung-yen-truoc-2025", id="department"),
        pytest.param("ha-nam", "2022-08", "ha-nam", id="one-that-vanished"),
        pytest.param("ha-nam", "2026", "ha-nam", id="one-that-vanished-named-later"),
        pytest.param("ha-noi", "2020", "ha-noi", id="one-that-never-changed"),
        pytest.param("trung-uong", "2024-12-22", "trung-uong", id="no-province"),
    ],
)
def test_the_date_chooses_the_life_of_a_province(jurisdiction: str, date: str | None, life: str) -> None:
    assert province_life(jurisdiction, date) == life


@pytest.mark.parametrize(
    ("issuer", "life", "agency"),
    [
        pytest.param("UBND tỉnh Hưng Yên", "hung-yen", "hung-yen/ubnd-tinh", id="with-the-province"),
        pytest.param("ỦY BAN NHÂN DÂN TỈNH", "hung-yen", "hung-yen/ubnd-tinh", id="spelled-out"),
        pytest.param("Bộ Chính trị", "hung-yen", "trung-uong/bo-chinh-tri", id="above"),
        pytest.param("Sở Ngoại vụ", "hung-yen", None, id="unknown"),
    ],
)
def test_issuer(issuer: str, life: str, agency: str | None) -> None:
    found = find_issuer(issuer, life, issuers_of(small_corpus().agencies))
    assert found == (f"https://w3id.org/cancu/id/agency/{agency}" if agency else None)


def with_date(date: str) -> Corpus:
    """The small corpus, its decision dating the resolution otherwise."""
    corpus = small_corpus()
    dates = (DateStatement(date, DECISION, quote(DECISION, "ngày 22/12/2024")),)
    changed = [
        replace(each, dates=each.dates[:1] + dates) if each.id == RESOLUTION else each for each in corpus.documents
    ]
    return replace(corpus, documents=tuple(changed))


def test_two_dates_stay_and_say_who_gives_them() -> None:
    dataset = build_dataset(with_date("2023-12-22"), "0.0.0")
    assert facts(dataset, RESOLUTION, ELI.date_document) == ["2023-12-22", "2024-12-22"]
    statement = iri.date_statement_iri(DECISION, RESOLUTION, "2023-12-22")
    assert facts(dataset, statement, CC.statedDate) == ["2023-12-22"]
    assert facts(dataset, statement, CC.statedIn) == [DECISION]


def test_a_blank_number_that_means_the_document_itself_says_why() -> None:
    corpus = small_corpus()
    mentions = [
        replace(each, target=DECISION, unresolved=None) if each.citing == DECISION and each.unresolved else each
        for each in corpus.mentions
    ]
    [settled] = {each.id for each in mentions} - {each.id for each in corpus.mentions if each.target}
    dataset = build_dataset(replace(corpus, mentions=tuple(mentions)), "0.0.0")
    assert facts(dataset, settled, CC.mentionTarget) == [DECISION]
    [reason] = facts(dataset, iri.annotation_iri(settled, "mentionTarget"), CC.reason)
    assert reason.startswith("number left blank in the source")


def test_a_date_that_no_calendar_has_stays_open() -> None:
    dataset = build_dataset(with_date("2024-02-31"), "0.0.0")
    assert facts(dataset, RESOLUTION, ELI.date_document) == ["2024-12-22"]
    start = quote(DECISION, "ngày 22/12/2024").start
    assert facts(dataset, iri.impossible_date_iri(DECISION, start), CC.unresolvedText) == ["ngày 22/12/2024"]


def test_an_empty_corpus_builds(tmp_path: Path) -> None:
    dataset = build_dataset(Corpus((), (), (), (), (), (), (), ()), "0.0.0")
    assert "void#triples" in written(dataset, tmp_path / "empty.nq")


def test_deadline_precision(small: Dataset) -> None:
    task = URIRef(f"{PLAN}/muc/1")
    assert [each.n3() for each in small.objects(task, CC.deadlineEnd) if isinstance(each, Literal)] == [
        '"2026-09"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    ]
    assert facts(small, str(task), CC.dueLatest) == ["2026-09-30"]


AWKWARD = 'He said "no"\\ and\tleft\r\nat once\x07 \x7f \u2028 \x85 🙂 e\u0301 \x00'


def test_both_engines_read_the_file_back(tmp_path: Path) -> None:
    corpus = small_corpus()
    first, *others = corpus.tasks
    awkward = replace(first, text=AWKWARD, deadline=Deadline("by", end="2026", raw="năm\n2026"))
    dataset = build_dataset(replace(corpus, tasks=(awkward, *others)), "0.0.0")
    quads = written(dataset, tmp_path / "awkward.nq")
    wanted = {line for line in quads.splitlines() if line}
    assert len(wanted) == sum(len(graph) for graph in dataset.graphs())
    in_rdflib = Dataset()
    in_rdflib.parse(data=quads, format="nquads")
    assert {line for line in written(in_rdflib, tmp_path / "again.nq").splitlines() if line} == wanted
    store = open_in_oxigraph(quads)
    assert len(store) == len(wanted)
    (text,) = (
        each.object for each in store.quads_for_pattern(ox.NamedNode(first.id), ox.NamedNode(str(CC.text)), None)
    )
    assert isinstance(text, ox.Literal)
    assert text.value == AWKWARD


def test_turtle_and_ntriples_hold_the_union(small: Dataset, tmp_path: Path) -> None:
    write_turtle(small, tmp_path / "small.ttl")
    write_ntriples(small, tmp_path / "small.nt")
    in_turtle, in_ntriples, union = ox.Store(), ox.Store(), {(s, p, o) for s, p, o, _ in small.quads()}
    in_turtle.load(path=str(tmp_path / "small.ttl"), format=ox.RdfFormat.TURTLE)
    in_ntriples.load(path=str(tmp_path / "small.nt"), format=ox.RdfFormat.N_TRIPLES)
    assert len(in_ntriples) == len(union)
    assert set(in_turtle) == set(in_ntriples)


def test_blank_nodes_are_refused(tmp_path: Path) -> None:
    dataset = Dataset()
    dataset.parse(data="_:x <https://example.org/p> 1 .", format="turtle")
    with pytest.raises(ValueError, match="expected an IRI or a literal"):
        write_dataset(dataset, tmp_path / "blank.nq")


if __name__ == "__main__":
    draft = GOLDEN.with_suffix(".draft")
    kept = without_vocabulary(written(build_dataset(small_corpus(), "0.0.0"), draft))
    draft.unlink()
    GOLDEN.write_text(kept, encoding="utf-8")


def test_two_bodies_of_one_name_keep_apart() -> None:
    """ "UBND thành phố Hà Nội; UBND thành phố Đà Nẵng" in a decision of the centre: one type, two provinces."""
    corpus = small_corpus()
    task = corpus.tasks[0]
    cities = tuple(
        replace(task.lead[0], name="UBND tỉnh", as_written=f"UBND {city}", agency=iri.agency_iri(slug, "UBND"))
        for city, slug in (("Hà Nội", "ha-noi"), ("Đà Nẵng", "da-nang"))
    )
    changed = replace(corpus, tasks=(replace(task, lead=cities), *corpus.tasks[1:]))
    dataset = build_dataset(changed, "0.0.0")
    leads = [made for made in facts(dataset, task.id, CC.assignment) if "/lead/" in made]
    assert [len(facts(dataset, made, CC.assignee)) for made in leads] == [1, 1]
