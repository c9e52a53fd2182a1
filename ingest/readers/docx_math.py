"""Formulas of a Word document in one line: a fraction as "(a + b)/c", a power as "x^2"."""

from __future__ import annotations

from ingest.readers.ooxml import Element, child, name_of

_SILENT = frozenset({"w:del", "w:moveFrom"})


def write_formula(element: Element) -> str:
    """The letters of a formula, from the left."""
    match name_of(element):
        case "m:t":
            return element.text or ""
        case "m:f":
            return f"{_part(element, 'm:num')}/{_part(element, 'm:den')}"
        case "m:sSup":
            return f"{_part(element, 'm:e')}^{_part(element, 'm:sup')}"
        case "m:sSub":
            return f"{_part(element, 'm:e')}_{_part(element, 'm:sub')}"
        case "m:rad":
            degree = child(element, "m:deg")
            return f"{'' if degree is None else write_formula(degree)}√{_part(element, 'm:e')}"
        case "m:d":
            return "(" + ", ".join(write_formula(each) for each in element if name_of(each) == "m:e") + ")"
        case name if name in _SILENT or name.endswith("Pr"):
            return ""
    return "".join(write_formula(each) for each in element)


def _part(element: Element, name: str) -> str:
    """A part of a formula, in brackets where it is more than one sign or number."""
    found = child(element, name)
    text = "" if found is None else write_formula(found).strip()
    return text if text.isalnum() or len(text) < 2 or text[0] + text[-1] == "()" else f"({text})"
