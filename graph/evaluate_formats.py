"""How much of each plan survives in other formats: made from its text, read back, compared with what the text gives."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from graph.as_docx import plan_blocks, write_docx
from ingest.extract import extract
from ingest.fold import key
from ingest.readers import tesseract
from ingest.readers.convert import PACKAGE, TOOL, run_office
from ingest.readers.dispatch import SCAN, read_source
from ingest.readers.layout import LaidGrid
from ingest.readers.reading import Grid
from ingest.readers.tools import PACKAGES, found_tools
from ingest.records import Duty, Extraction, Task
from ingest.source import SourceText, Unreadable

FORMATS = ("docx", "doc", "odt", "rtf", "html", "pdf")
_PLAIN = (".txt", ".md")
_ALIKE = 0.9  # how much of a row's letters must be right for it to be that row
_Rows = list[tuple[str, ...]]
DrawScan = Callable[[Path], bytes]  # from a PDF to one of pictures, handed in: it needs what not everybody installs


@dataclass(frozen=True, slots=True)
class FormatScore:
    """One plan in one format: of each thing, how many came out as from the text, and how many the text has."""

    plan: str
    format: str
    right: tuple[int, ...]
    of: tuple[int, ...]
    reason: str | None = None  # why the file could not be read at all


MEASURES = ("positions", "rows", "deadlines", "leads", "tasks", "duties", "targets")


def score_formats(
    plans: Path, formats: Sequence[str], advance: Callable[[], None], draw_scan: DrawScan | None = None
) -> Iterator[FormatScore]:
    """Every plain plan of a folder in every format: score_formats(Path("data/plans"), ("docx",), lambda: None)."""
    for path in sorted(each for each in plans.iterdir() if each.suffix in _PLAIN):
        source = read_source(path, path.name)
        blocks = plan_blocks(source)
        grids = [_expand(each) for each in blocks if isinstance(each, Grid)]
        truth = extract(source)
        with tempfile.TemporaryDirectory(prefix="cancu-formats-") as folder:
            given = Path(folder, "plan.docx")
            given.write_bytes(write_docx(blocks))
            for each in formats:
                yield _score(path.stem, each, make_file(given, each, Path(folder, each), draw_scan), grids, truth)
                advance()


def missing_tools(formats: Sequence[str]) -> dict[str, str]:
    """Formats that cannot be tried here, each with the Debian package that it needs."""
    found = found_tools()
    lacking = {} if TOOL in found else {each: PACKAGE for each in formats if each != "docx"}
    if SCAN in formats and tesseract.TOOL not in found:
        lacking[SCAN] = PACKAGES[tesseract.TOOL]
    return lacking


def make_file(given: Path, made: str, folder: Path, draw_scan: DrawScan | None = None) -> Path:
    """A Word document in another format, as LibreOffice writes it or as a scanner shows it."""
    folder.mkdir()
    if made == "docx":
        return given
    if draw_scan is None or made != SCAN:
        return run_office(given, made, folder)
    scan = folder / "scan.pdf"
    scan.write_bytes(draw_scan(run_office(given, "pdf", folder)))
    return scan


def count_formats(plans: Path) -> int:
    """How many plans a folder has that are tried."""
    return sum(each.suffix in _PLAIN for each in plans.iterdir())


def _score(plan: str, made: str, path: Path, grids: Sequence[_Rows], truth: Extraction) -> FormatScore:
    table = [task for task in truth.tasks if task.form == "table"]
    of = (
        sum(len(row) for rows in grids for row in rows),
        *(len(table),) * 3,
        len(truth.tasks),
        len(truth.duties),
        len(truth.targets),
    )
    try:
        source = read_source(path, path.name)
        got = extract(source)
    except Unreadable as error:
        return FormatScore(plan, made, (0,) * len(of), of, error.reason)
    found = {task.address: task for task in got.tasks}
    rows = [(task, found[task.address]) for task in table if task.address in found and _same(task, found[task.address])]
    duties = {duty.address: duty for duty in got.duties}
    right = (
        _count_positions(grids, [_expand_laid(source, each) for each in source.grids]),
        len(rows),
        sum(replace(one.deadline, raw=None) == replace(other.deadline, raw=None) for one, other in rows),
        sum([body.name for body in one.lead] == [body.name for body in other.lead] for one, other in rows),
        sum(task.address in found and _same(task, found[task.address]) for task in truth.tasks),
        sum(duty.address in duties and _same(duty, duties[duty.address]) for duty in truth.duties),
        (_figures(truth) & _figures(got)).total(),
    )
    return FormatScore(plan, made, right, of)


def _same(one: Task | Duty, other: Task | Duty) -> bool:
    """Whether two readings are of one row: the same words, but for letters that a scan shows badly."""
    mine, theirs = key(one.text), key(other.text)
    return mine == theirs or SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= _ALIKE


def _figures(extraction: Extraction) -> Counter[tuple[object, ...]]:
    return Counter((each.comparator, each.value, each.unit, each.year) for each in extraction.targets)


def _expand(grid: Grid) -> _Rows:
    rows = [[""] * grid.width for _ in range(grid.height)]
    for each in grid.cells:
        for row in range(each.row, each.row + each.rows):
            rows[row][each.column : each.column + each.columns] = [each.text] * each.columns
    return [tuple(map(_squeeze, row)) for row in rows]


def _expand_laid(source: SourceText, grid: LaidGrid) -> _Rows:
    rows = [[""] * grid.width for _ in range(grid.height)]
    for each in grid.cells:
        for row in range(each.row, each.row + each.rows):
            rows[row][each.column : each.column + each.columns] = [source.text[each.start : each.end]] * each.columns
    return [tuple(map(_squeeze, row)) for row in rows]


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _count_positions(grids: Sequence[_Rows], found: Sequence[_Rows]) -> int:
    """Positions that show the right words; rows are laid beside each other, so that a lost one costs itself alone."""
    mine, theirs = [row for rows in grids for row in rows], [row for rows in found for row in rows]
    right = 0
    for _, first, last, begin, end in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        for one, other in zip(mine[first:last], theirs[begin:end], strict=False):
            right += sum(word == read for word, read in zip(one, other, strict=False))
    return right


def render_formats(scores: Sequence[FormatScore], lacking: dict[str, str]) -> str:
    """The table in Markdown, all plans of a format together, then each plan that is not whole."""
    lines = [f"| format | {' | '.join(MEASURES)} |", f"|---|{'---:|' * len(MEASURES)}"]
    for made in dict.fromkeys(each.format for each in scores):
        own = [each for each in scores if each.format == made]
        right, of = ([sum(column) for column in zip(*rows, strict=True)] for rows in _columns(own))
        cells = (f"{_share(one, other)} ({one}/{other})" for one, other in zip(right, of, strict=True))
        lines.append(f"| .{made} | {' | '.join(cells)} |")
    for each in scores:
        if each.reason:
            lines.append(f"not read: {each.plan} as .{each.format}: {each.reason}")
        elif each.right != each.of:
            short = ", ".join(
                f"{name} {one}/{other}"
                for name, one, other in zip(MEASURES, each.right, each.of, strict=True)
                if one != other
            )
            lines.append(f"{each.plan} as .{each.format}: {short}")
    lines += [f"left out: .{made} (install the Debian package {package})" for made, package in lacking.items()]
    return "\n".join(lines) + "\n"


def _columns(scores: Sequence[FormatScore]) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    return [each.right for each in scores], [each.of for each in scores]


def _share(right: int, of: int) -> str:
    """Rounded down: 100 % is said of nothing less."""
    return f"{1000 * right // of / 10:.1f} %" if of else "-"
