"""The SHACL shapes: a small good graph passes, and each way of being wrong is caught."""

from __future__ import annotations

import pytest
from pyshacl import validate
from rdflib import Graph

from ontology import load_shapes, load_vocabulary

PREFIXES = """
@prefix cc: <https://w3id.org/cancu/ns#> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix x: <http://example.org/> .
"""
GOOD = """
x:d a cc:Plan ; cc:held true ; cc:documentNumber "57/KH-UBND" ; cc:jurisdiction "tuyen-quang" ;
    eli:title "Thực hiện Quyết định số 569/QĐ-TTg"@vi ;
    cc:sha256 "0000000000000000000000000000000000000000000000000000000000000000" .
x:cited a cc:Decision ; cc:held false ; cc:documentNumber "569/QĐ-TTg" ; cc:jurisdiction "trung-uong" .
x:a a org:Organization ; skos:prefLabel "Sở Y tế"@vi, "Department of Health"@en ; cc:jurisdiction "tuyen-quang" .
x:t a cc:Task ; schema:position 1 ;
    cc:text "Triển khai bệnh án điện tử"@vi ; cc:partOf x:d ; cc:form "table" ; cc:number "7" ;
    cc:deadlineKind "by" ; cc:deadlineEnd "2030"^^xsd:gYear ; cc:ledBy x:a ; cc:assignment x:s ;
    cc:dueEarliest "2030-01-01"^^xsd:date ; cc:dueLatest "2030-12-31"^^xsd:date .
x:s a cc:Assignment ; cc:assignee x:a ; cc:assignedRole "lead" ; cc:asWritten "Sở Y tế"@vi .
x:u a cc:Duty ; schema:position 2 ;
    cc:text "Tổng hợp, báo cáo"@vi ; cc:partOf x:d ; cc:form "prose" ; cc:deadlineKind "none" ;
    cc:role "report" ; cc:ledBy x:a .
x:g a cc:Target ; schema:position 3 ;
    cc:indicator "Đóng góp của TFP"@vi ; cc:partOf x:d ; cc:comparator ">" ; cc:value 50.0 ; cc:unit "%" ;
    cc:targetYear "2030"^^xsd:gYear .
x:r a cc:Target ; schema:position 4 ;
    cc:indicator "Chi cho khoa học và công nghệ"@vi ; cc:partOf x:d ; cc:comparator "range" ;
    cc:valueLow 1.5 ; cc:valueHigh 2.0 ; cc:unit "% GRDP" .
x:m a cc:Mention ; cc:citing x:d ; cc:region "recital" ; cc:mentionTarget x:cited .
x:l a cc:Link ; cc:linkFrom x:d ; cc:linkTo x:cited ; cc:relation cc:implements ; cc:statedIn x:d .
x:e a oa:Annotation ; cc:aboutSubject x:t ; cc:aboutProperty cc:text ; cc:origin cc:stated ; oa:hasTarget x:p .
x:p a oa:SpecificResource ; oa:hasSource x:d ; oa:hasSelector x:q .
x:q a oa:TextQuoteSelector, oa:TextPositionSelector ; oa:exact "Triển khai bệnh án điện tử" ;
    oa:start 10 ; oa:end 36 ; cc:line 3 .
x:n a cc:Unresolved ; cc:reason "number left blank in the source"@en ; cc:statedIn x:d .
"""


def check(turtle: str) -> tuple[bool, str]:
    data = Graph().parse(data=PREFIXES + turtle, format="turtle")
    conforms, _, report = validate(data, shacl_graph=load_shapes(), ont_graph=load_vocabulary())
    return bool(conforms), str(report)


def test_a_good_graph_conforms() -> None:
    conforms, report = check(GOOD)
    assert conforms, report


def test_our_own_vocabulary_conforms() -> None:
    conforms, _, report = validate(load_vocabulary(), shacl_graph=load_shapes())
    assert conforms, report


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        pytest.param('cc:text "Triển khai bệnh án điện tử"@vi ;', "", id="task-without-text"),
        pytest.param('cc:deadlineKind "by"', 'cc:deadlineKind "soon"', id="unknown-kind-of-deadline"),
        pytest.param('cc:deadlineEnd "2030"^^xsd:gYear ;', "", id="by-without-an-end"),
        pytest.param('"2030-01-01"^^xsd:date', '"2031-01-01"^^xsd:date', id="due-after-it-is-due"),
        pytest.param('"2030-12-31"^^xsd:date', '"2030-12-31"', id="date-as-text"),
        pytest.param("schema:position 1 ;", "", id="task-without-place"),
        pytest.param("schema:position 2 ;", "schema:position 0 ;", id="places-count-from-1"),
        pytest.param("schema:position 3 ;", 'schema:position "3" ;', id="place-as-text"),
        pytest.param('cc:form "table"', 'cc:form "list"', id="unknown-form"),
        pytest.param('cc:number "7"', 'cc:number "7", "8"', id="two-numbers"),
        pytest.param("cc:ledBy x:a ; cc:assignment", 'cc:ledBy "Sở Y tế" ; cc:assignment', id="agency-as-text"),
        pytest.param('cc:role "report" ;', 'cc:role "chief" ;', id="unknown-role"),
        pytest.param('cc:role "report" ; cc:ledBy x:a', 'cc:role "report"', id="duty-of-nobody"),
        pytest.param('cc:assignedRole "lead" ;', "", id="assignment-without-role"),
        pytest.param("cc:value 50.0 ;", "", id="target-without-value"),
        pytest.param("cc:valueLow 1.5", "cc:valueLow 2.5", id="range-upside-down"),
        pytest.param('cc:comparator ">"', 'cc:comparator "~"', id="unknown-comparator"),
        pytest.param("cc:held true", 'cc:held "yes"', id="held-is-not-boolean"),
        pytest.param("cc:held true ;", "", id="held-missing"),
        pytest.param('cc:held false ; cc:documentNumber "569/QĐ-TTg"', "cc:held false", id="neither-number-nor-title"),
        pytest.param('"Sở Y tế"@vi, "Dep', '"Dep', id="agency-without-vietnamese-name"),
        pytest.param('"Sở Y tế"@vi, "Dep', '"Sở Y tế", "Dep', id="label-without-language"),
        pytest.param("cc:mentionTarget x:cited", 'cc:mentionTarget x:cited ; cc:unresolvedReason "?"@en', id="both"),
        pytest.param('cc:region "recital" ; cc:mentionTarget x:cited', 'cc:region "recital"', id="neither"),
        pytest.param("cc:relation cc:implements", "cc:relation cc:text", id="not-a-relation"),
        pytest.param("cc:statedIn x:d .\nx:e", "cc:statedBy x:t .\nx:e", id="link-stated-nowhere"),
        pytest.param('oa:exact "Triển khai bệnh án điện tử"', 'oa:exact ""', id="empty-quote"),
        pytest.param("oa:end 36", "oa:end 10", id="empty-range"),
        pytest.param("oa:hasTarget x:p", "oa:hasTarget x:p, x:q", id="two-places"),
        pytest.param("cc:origin cc:stated", "cc:origin cc:assumed", id="assumed-without-reason"),
        pytest.param('cc:reason "number left blank in the source"@en ;', "", id="unresolved-without-reason"),
    ],
)
def test_each_mistake_is_caught(good: str, bad: str) -> None:
    assert GOOD.count(good) == 1
    conforms, _ = check(GOOD.replace(good, bad))
    assert not conforms
