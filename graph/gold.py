"""Loads the hand labels of data/gold; a wrong one is refused, with file and line, before anything is scored."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from graph.gold_checks import HELD_OUT, find_problems
from graph.gold_questions import FilterQuestion
from graph.gold_rows import (
    DocumentLabel,
    DutyLabel,
    JudgementLabel,
    LinkLabel,
    NotLinkLabel,
    PassageLabel,
    QueryLabel,
    ReferenceLabel,
    Row,
    ScopeLabel,
    Span,
    Spelling,
    TargetLabel,
    TaskLabel,
)
from graph.gold_set import Gold, GoldError, LineRange, PlanText, Scope

__all__ = ["Gold", "GoldError", "load_gold"]

LINES_PART = re.compile(r"(\d{3}) lines (\d+)-(\d+)")
ROWS_PART = re.compile(r"(\d{3}) (?:Phụ lục ([IVX]+)|table) rows (\d+)-(\d+)")
COMPLETE = re.compile(r"complete for ([^;]+)")
SECTION_PART = re.compile(r"(\d{3}) section ([IVX]+)")
AnyRow = TypeVar("AnyRow", bound=Row)


def load_gold(gold_dir: Path, plans_dir: Path) -> Gold:
    """Every label file, checked against the plans, e.g. `load_gold(Path("data/gold"), Path("data/plans"))`."""
    originals = load_originals(plans_dir)
    texts = {original: load_text(plans_dir / name) for name, original in originals.items()}
    tasks = load_rows(gold_dir / "tasks.jsonl", TaskLabel, lambda row: (row.doc, row.line, row.number))
    duties = load_rows(gold_dir / "duties.jsonl", DutyLabel, lambda row: row.id)
    gold = Gold(
        tasks=tasks,
        documents=load_rows(gold_dir / "documents.jsonl", DocumentLabel, lambda row: row.key),
        references=load_rows(gold_dir / "references.jsonl", ReferenceLabel, lambda row: row.key),
        links=load_rows(gold_dir / "links.jsonl", LinkLabel, lambda row: (row.from_, row.relation, row.to, place(row))),
        not_links=load_rows(gold_dir / "not_links.jsonl", NotLinkLabel, lambda row: (row.from_, row.relation, row.to)),
        targets=load_rows(gold_dir / "targets.jsonl", TargetLabel, lambda row: row.id),
        duties=duties,
        passages=load_rows(gold_dir / "passages.jsonl", PassageLabel, lambda row: row.id),
        filter_questions=load_rows(gold_dir / "filter_questions.jsonl", FilterQuestion, lambda row: row.id),
        queries=load_queries(gold_dir / "queries.jsonl"),
        judgements=load_judgements(gold_dir / "qrels.jsonl"),
        added_judgements=load_judgements(gold_dir / "added_qrels.jsonl"),
        held_out_queries=load_queries(gold_dir / HELD_OUT / "queries.jsonl"),
        held_out_judgements=load_judgements(gold_dir / HELD_OUT / "qrels.jsonl"),
        spellings=load_object(gold_dir / "agencies_as_written.json", TypeAdapter(dict[str, Spelling])),
        scope=read_scope(load_object(gold_dir / "scope.json", TypeAdapter(ScopeLabel)), originals, tasks, duties),
        texts=texts,
        originals=originals,
    )
    for file, line, problem in find_problems(gold):
        raise GoldError(f"{file}:{line}: {problem}")
    return gold


def load_queries(path: Path) -> tuple[QueryLabel, ...]:
    return load_rows(path, QueryLabel, lambda row: row.id)


def load_judgements(path: Path) -> tuple[JudgementLabel, ...]:
    """Grades of a file; nobody judges a passage twice for one question."""
    return load_rows(path, JudgementLabel, lambda row: (row.query, row.passage))


def place(row: Span) -> Hashable:
    """Where a quote stands, as a key."""
    return row.doc, row.line, row.start, row.end


def load_originals(plans_dir: Path) -> dict[str, str]:
    """The names that labels use for the files of data/plans, from its manifest."""
    path = plans_dir / "manifest.json"
    try:
        return {str(row["file"]): str(row["original"]) for row in json.loads(path.read_text(encoding="utf-8"))}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: not a readable manifest ({error})") from error


def load_text(path: Path) -> PlanText:
    """One plan with the offsets that records use: NFC, line ends as \\n, no BOM."""
    try:
        raw = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: not a readable plan ({error})") from error
    text = unicodedata.normalize("NFC", raw)
    return PlanText(raw, text, (0, *(match.end() for match in re.finditer("\n", text))))


def load_rows(path: Path, kind: type[AnyRow], key: Callable[[AnyRow], Hashable]) -> tuple[AnyRow, ...]:
    """The rows of a .jsonl file in file order; a second row with the same key is an error."""
    rows: list[AnyRow] = []
    seen: dict[Hashable, int] = {}
    for number, line in enumerate(read_lines(path), start=1):
        try:
            row = kind.model_validate_json(line)
        except ValidationError as error:
            raise GoldError(f"{name_of(path)}:{number}: {first_problem(error)}") from error
        if key(row) in seen:
            raise GoldError(f"{name_of(path)}:{number}: the same row stands on line {seen[key(row)]}")
        seen[key(row)] = number
        rows.append(row)
    return tuple(rows)


T = TypeVar("T")


def load_object(path: Path, shape: TypeAdapter[T]) -> T:
    """A .json file of one object, e.g. scope.json."""
    try:
        return shape.validate_json("\n".join(read_lines(path)))
    except ValidationError as error:
        raise GoldError(f"{path.name}:1: {first_problem(error)}") from error


def read_lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{name_of(path)}:1: cannot be read ({error})") from error


def name_of(path: Path) -> str:
    """A label file as data/gold knows it: two are called qrels.jsonl, so one is "held_out/qrels.jsonl"."""
    return f"{HELD_OUT}/{path.name}" if path.parent.name == HELD_OUT else path.name


def first_problem(error: ValidationError) -> str:
    """The first thing wrong in words: "deadline.kind: Input should be 'by', ..."."""
    problem = error.errors()[0]
    return f"{'.'.join(map(str, problem['loc'])) or 'row'}: {problem['msg']}"


def read_scope(
    label: ScopeLabel, originals: Mapping[str, str], tasks: Sequence[TaskLabel], duties: Sequence[DutyLabel]
) -> Scope:
    """The words of scope.json as ranges: "001 lines 268-328", "004 table rows 1-6", "000 section V"."""
    names = {original[:3]: original for original in originals.values()}

    def find(number: str) -> str:
        if number not in names:
            raise GoldError(f"scope.json:1: no plan is called {number}")
        return names[number]

    def complete(words: str) -> frozenset[str]:
        listed = COMPLETE.search(words)
        if listed is None:
            raise GoldError(f'scope.json:1: "{words}" does not say "complete for ..."')
        return frozenset(find(number) for number in re.findall(r"\d{3}", listed[1]))

    ranges = [LineRange(find(doc), int(first), int(last)) for doc, first, last in LINES_PART.findall(label.tasks)]
    for doc, annex, first, last in ROWS_PART.findall(label.tasks):
        numbers = {str(number) for number in range(int(first), int(last) + 1)}
        rows = [t for t in tasks if (t.doc, t.appendix) == (find(doc), annex or None) and t.number in numbers]
        ranges += [span(find(doc), [(row.line, row.line_end or row.line) for row in rows])]
    if len(ranges) != len(label.tasks.split(";")):
        raise GoldError(f'scope.json:1: part of "{label.tasks}" names no rows or lines')
    sections = [
        span(find(doc), [(min(d.line, d.agency_line), d.line_end) for d in duties if is_in(d, find(doc), section)])
        for doc, section in SECTION_PART.findall(label.duties)
    ]
    return Scope(tuple(ranges), tuple(sections), complete(label.targets), complete(label.references))


def is_in(duty: DutyLabel, doc: str, section: str) -> bool:
    return duty.doc == doc and duty.section.startswith(f"{section}.")


def span(doc: str, lines: Sequence[tuple[int, int]]) -> LineRange:
    """From the first labelled line to the last one."""
    if not lines:
        raise GoldError(f"scope.json:1: no labels of {doc} in a part that is called complete")
    return LineRange(doc, min(first for first, _ in lines), max(last for _, last in lines))
