"""The shapes accept what is built and name what is broken."""

from __future__ import annotations

import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.term import Node

from graph.build import build_dataset
from graph.build_terms import CC, OA
from graph.validate import Violation, report_lines, validate
from graph.validate_facts import facts_graph
from tests.small_corpus import DECISION, PLAN, small_corpus

TASK = f"{DECISION}/phu-luc/2/muc/1"


@pytest.fixture
def small() -> Dataset:
    return build_dataset(small_corpus(), "0.0.0")


def test_the_small_corpus_is_sound(small: Dataset) -> None:
    assert validate(small) == ()


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "path"),
    [
        pytest.param(TASK, CC.text, None, "cc:text", id="task-without-text"),
        pytest.param(TASK, CC.deadlineKind, Literal("someday"), "cc:deadlineKind", id="unknown-kind"),
        pytest.param(f"{PLAN}/lien-ket/1", CC.linkTo, None, "cc:linkTo", id="link-to-nowhere"),
        pytest.param(f"{TASK}/chung-cu/code", CC.origin, None, "cc:origin", id="evidence-without-origin"),
        pytest.param(f"{TASK}/chung-cu/code", OA.hasTarget, None, str(OA.hasTarget), id="evidence-without-place"),
        pytest.param(f"{DECISION}/chua-ro/1", CC.reason, None, "cc:reason", id="no-reason"),
        pytest.param(DECISION, CC.held, None, "cc:held", id="document-neither-held-nor-not"),
    ],
)
def test_what_is_broken_is_named(
    small: Dataset, subject: str, predicate: URIRef, value: Node | None, path: str
) -> None:
    node = URIRef(subject)
    graph = next(each for each in small.graphs() if (node, predicate, None) in each)
    graph.remove((node, predicate, None))
    if value is not None:
        graph.add((node, predicate, value))
    found = validate(small)
    assert (subject, path) in {(each.focus, each.path) for each in found}
    assert [each for each in found if not each.message_vi or not each.message_en] == []


def test_one_line_a_finding() -> None:
    violation = Violation("x/muc/7", "cc:text", "", "Phải có đúng một nội dung", "Exactly one text", "Violation")
    assert report_lines([violation]) == ["Violation x/muc/7 cc:text: Phải có đúng một nội dung"]
    assert report_lines([violation], "en") == ["Violation x/muc/7 cc:text: Exactly one text"]


@pytest.mark.parametrize("known", [(s, p, o) for s in (True, False) for p in (True, False) for o in (True, False)])
def test_the_quick_store_answers_like_that_of_rdflib(small: Dataset, known: tuple[bool, bool, bool]) -> None:
    asked = (URIRef(TASK), CC.ledBy, next(small.objects(URIRef(TASK), CC.ledBy)))
    subject, predicate, value = (term if given else None for term, given in zip(asked, known, strict=True))
    pattern = (subject, predicate, value)
    quick = facts_graph(small.triples((None, None, None)))
    assert set(quick.triples(pattern)) == set(small.triples(pattern))
    assert len(quick) == len(set(small.triples((None, None, None))))
