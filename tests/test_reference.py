"""What we know of paperwork is data, and every row of it brings strings that it must and must not match."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from ingest.deadlines import compile_deadline, parse_deadline
from ingest.fold import fold
from ingest.numbered_mentions import number_pattern
from ingest.reference import FOLDER, compile_row, compile_spaced

Row = Mapping[str, Any]
Try = Callable[[str], bool]
SUBJECTS = sorted(path.stem for path in FOLDER.glob("*.json"))


@cache
def rows_of(subject: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((FOLDER / f"{subject}.json").read_text(encoding="utf-8")))


def names(row: Row) -> str:
    """What tells a row apart in a report."""
    keys = ("code", "type", "column", "name", "relation", "kind", "comparator", "style", "pattern")
    return next(str(row[key]) for key in keys if row.get(key))


def every_row() -> Iterator[object]:
    for subject in SUBJECTS:
        for at, row in enumerate(rows_of(subject)):
            yield pytest.param(subject, row, id=f"{subject}-{at}-{names(row)[:30]}")


def tried(subject: str, row: Row) -> Try:
    """How the program asks whether a row matches a text."""
    match subject:
        case "document_types":
            numbers = number_pattern(row["code"])
            return lambda text: numbers.fullmatch(text) is not None
        case "deadlines":
            deadline = compile_deadline(row)
            whole = deadline.fullmatch if row["where"] == "cell" else deadline.search
            return lambda text: whole(text) is not None
        case "collectives":
            folded = compile_spaced(fold(row["pattern"]))
            return lambda text: folded.fullmatch(fold(text)) is not None
        case "marks" | "body_heads":
            return lambda text: compile_row(row).match(text) is not None
        case "relations":
            must = re.compile(row.get("must", ""), re.IGNORECASE)
            return lambda text: compile_row(row).search(text) is not None and must.search(text) is not None
        case _:
            return lambda text: compile_row(row).search(text) is not None


@pytest.mark.parametrize(("subject", "row"), list(every_row()))
def test_every_row_matches_its_own_examples(subject: str, row: Row) -> None:
    if subject == "document_types" and row["code"] is None:  # a type that is only ever named
        assert (list(row["matches"]), list(row["rejects"])) == ([], [])
        return
    matches = tried(subject, row)
    assert row["matches"], "a row without an example may be wrong for years"
    # what matches the empty string matches anything and has nothing to reject
    assert row["rejects"] or matches(""), "a row that rejects nothing is not known to tell anything apart"
    assert [text for text in row["matches"] if not matches(text)] == []
    assert [text for text in row["rejects"] if matches(text)] == []


def test_deadlines_read_as_their_rows_say() -> None:
    """In `deadlines.json` some examples say what comes out: {"Quý IV/2025": {"end": "2025-12"}}."""
    wrong = []
    for row in rows_of("deadlines"):
        for text, expected in row["matches"].items() if isinstance(row["matches"], dict) else ():
            found = compile_deadline(row).search(text)
            read = parse_deadline(found[0] if found and row["where"] == "prose" else text)
            got = {name: getattr(read, name) for name in ("start", "end") if getattr(read, name)}
            if (read.kind, got) != (row["kind"], expected):
                wrong.append((text, read.kind, got))
    assert wrong == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_files_are_formatted_stably(subject: str) -> None:
    """One row a line, keys sorted, letters as they are: a change of one row is one line of a diff."""
    lines = [f"  {json.dumps(row, ensure_ascii=False, sort_keys=True)}" for row in rows_of(subject)]
    assert (FOLDER / f"{subject}.json").read_text(encoding="utf-8") == "[\n" + ",\n".join(lines) + "\n]\n"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_row_is_there_twice(subject: str) -> None:
    rows = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows_of(subject)]
    assert sorted(set(rows)) == sorted(rows)
