"""Every literal is made here: a date keeps the precision of the page, a number its digits, a text its language."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from rdflib import Literal
from rdflib.namespace import XSD

ISO_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


def date_literal(text: str) -> Literal:
    """ "2026" -> gYear, "2026-06" -> gYearMonth, "2025-08-27" -> date. Never a made-up day; 2025-02-30 is refused."""
    match = ISO_DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"expected a date such as 2026, 2026-06 or 2026-06-30, got {text!r}")
    date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))  # rdflib would only log a bad one
    return typed(text, str(XSD.date if match["day"] else XSD.gYearMonth if match["month"] else XSD.gYear))


def day_literal(text: str) -> Literal:
    """ "2030-12-31" -> xsd:date, and nothing less precise."""
    literal = date_literal(text)
    if literal.datatype != XSD.date:
        raise ValueError(f"expected a day such as 2026-06-30, got {text!r}")
    return literal


def text_literal(text: str, lang: str = "vi") -> Literal:
    """ "UBND tỉnh" -> "UBND tỉnh"@vi: an untagged string would not match it."""
    return Literal(text, lang=lang)


def plain(text: str) -> Literal:
    """A code, number or key, in no language: "719/QĐ-UBND"."""
    return Literal(text)


def integer(number: int) -> Literal:
    """42 -> "42"^^xsd:integer"""
    return typed(str(int(number)), str(XSD.integer))


def decimal(number: Decimal | float | str) -> Literal:
    """1.2 -> "1.2"^^xsd:decimal, 50.0 -> "50": the shortest digits that mean it, no exponent, no noise."""
    exact = Decimal(str(number))
    if not exact.is_finite():
        raise ValueError(f"expected a finite number, got {number!r}")
    digits = format(exact, "f")
    return typed(digits.rstrip("0").rstrip(".") if "." in digits else digits, str(XSD.decimal))


def boolean(value: bool) -> Literal:
    """True -> "true"^^xsd:boolean"""
    return typed("true" if value else "false", str(XSD.boolean))


def typed(digits: str, datatype: str) -> Literal:
    """A literal as it is written: rdflib would rewrite "2026"^^xsd:gYear into a day; typed("2026", XSD.gYear)."""
    return Literal(digits, datatype=datatype, normalize=False)
