"""Literals keep what the page gives: no made-up day, no noise behind a decimal point."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rdflib import XSD, Graph, Literal, URIRef

from graph import literals


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        pytest.param("2026", XSD.gYear, id="year"),
        pytest.param("2026-06", XSD.gYearMonth, id="month"),
        pytest.param("2025-08-27", XSD.date, id="day"),
        pytest.param("2024-02-29", XSD.date, id="leap-day"),
    ],
)
def test_a_date_keeps_its_precision(text: str, datatype: URIRef) -> None:
    literal = literals.date_literal(text)
    assert (str(literal), literal.datatype) == (text, datatype)


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025-13", "2023-02-29", "26", "0000", "2025-8-27", "27/8/2025", "", "2025-08-27T00:00:00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected a date|must be in|out of range"):
        literals.date_literal(text)


@pytest.mark.parametrize("text", ["2026", "2026-06", "2026-06-31"])
def test_a_day_is_a_whole_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected a day|must be in|out of range"):
        literals.day_literal(text)
    assert literals.day_literal("2026-06-30") == literals.date_literal("2026-06-30")


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        pytest.param(1.2, "1.2", id="float"),
        pytest.param(0.1 + 0.2, "0.30000000000000004", id="what-was-computed-is-kept"),
        pytest.param(50.0, "50", id="whole"),
        pytest.param(50, "50", id="int"),
        pytest.param(1e21, "1000000000000000000000", id="no-exponent"),
        pytest.param(1e-7, "0.0000001", id="small"),
        pytest.param(Decimal("10.70"), "10.7", id="decimal"),
    ],
)
def test_decimal(number: float, digits: str) -> None:
    literal = literals.decimal(number)
    assert (str(literal), literal.datatype) == (digits, XSD.decimal)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_figure_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="expected a finite number"):
        literals.decimal(number)


def test_texts_carry_their_language() -> None:
    assert literals.text_literal("UBND tỉnh").n3() == '"UBND tỉnh"@vi'
    assert literals.plain("719/QĐ-UBND").n3() == '"719/QĐ-UBND"'
    assert literals.boolean(True).n3() == '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    assert literals.integer(42).toPython() == 42


@pytest.mark.parametrize("literal", [literals.date_literal("2026"), literals.decimal(1.2), literals.boolean(False)])
def test_rdflib_reads_back_what_it_wrote(literal: Literal) -> None:
    node = URIRef("https://example.org/x")
    graph = Graph().add((node, node, literal))
    read = Graph().parse(data=graph.serialize(format="nt"), format="nt")
    assert [str(each) for each in read.objects()] == [str(literal)]
