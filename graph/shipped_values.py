"""Values for the parameters of a query: read as people type them, and written into its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from graph.generations import Problem
from graph.labels import KINDS, find_value
from graph.names import Names
from graph.prefixes import PREFIXES
from graph.sparql_answer import write_value, write_values

_WHOLE = re.compile(r"-?\d{1,18}")  # as many digits as the store can count with


def read_value(name: str, value: str, kinds: Mapping[str, str], open_names: Callable[[], Names]) -> tuple[str, str]:
    """What a value stands for: read_value("year", "2026", {"year": "integer"}, …) == ("integer", "2026").

    A query that has no list of its own parameters takes any; names are opened only where a value is one.
    """
    if kinds and name not in kinds:
        raise Problem(f"this query has no parameter {name}: expected one of {', '.join(kinds)}")
    kind = kinds.get(name) or _guess_kind(value)
    if kind == "id":
        return "iri", open_names().find(value)
    if kind in KINDS:
        return "text", find_value(open_names().store, kind, value)
    if kind == "integer" and not _WHOLE.fullmatch(value):
        raise Problem(f"expected a whole number for {name}, got {value}")
    return kind, _read_iri(name, value, kinds) if kind == "iri" else value


def fill_query(text: str, values: Mapping[str, tuple[str, str]]) -> str:
    """A query with values in its text, so that it stands on its own wherever it is pasted.

    fill_query("SELECT ?year { … }", {"year": ("integer", "2026")}) ends with "VALUES (?year) { (2026) }".
    """
    free = [name for name in values if f"VALUES ?{name} {{ UNDEF }}" not in text]
    filled = write_values(text, values).rstrip("\n")
    if not free:
        return filled
    terms = " ".join(write_value(*values[name]) for name in free)
    return f"{filled}\nVALUES ({' '.join(f'?{name}' for name in free)}) {{ ({terms}) }}"


def _read_iri(name: str, value: str, kinds: Mapping[str, str]) -> str:
    """An IRI or its short form; a name in its place is told where names go."""
    prefix, _, local = value.strip("<>").partition(":")
    iri = PREFIXES[prefix] + local if prefix in PREFIXES else value.strip("<>")
    if re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|^`\\]+", iri, re.IGNORECASE):
        return iri
    by_name = next((each for each, kind in kinds.items() if kind == name), None)  # "name (agency)" for "agency (iri)"
    hint = f'; by its name it is asked for with --param "{by_name}={value}"' if by_name else ""
    raise Problem(f"expected an IRI for {name}, got {value}{hint}")


def _guess_kind(value: str) -> str:
    if _WHOLE.fullmatch(value):
        return "integer"
    return "iri" if re.match(r"<|https?://", value) else "text"
