"""Workbooks, reopened as a spreadsheet would: typed dates, texts as printed, nothing that runs."""

from __future__ import annotations

import gc
import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from graph import export_xlsx
from graph.export import KINDS
from graph.export_rows import columns_of, flat_cell, open_record, read_records
from graph.export_xlsx import (
    LANGUAGES,
    LONGEST,
    cut_text,
    explain_column,
    head_column,
    load_columns,
    load_heads,
    name_sheet,
    stream_workbook,
)
from graph.schema import CLASSES, singular
from tests.small_kb import small_generation

MADE = datetime(2026, 3, 4, 5, 6, 8, tzinfo=UTC)


def reopen(records: Iterable[tuple[str, Any]], kinds: tuple[str, ...] = ()) -> Any:
    return load_workbook(io.BytesIO(b"".join(stream_workbook(records, MADE, kinds))))


def rows(sheet: Any, kind: str = "task") -> list[dict[str, Any]]:
    """The rows by the codes of their columns."""
    head, *rest = sheet.iter_rows()
    codes = {head_column(kind, column): column for column in columns_of(kind)}
    return [dict(zip((codes[each.value] for each in head), row, strict=True)) for row in rest]


def tasks() -> list[tuple[str, Any]]:
    return [("task", each) for each in read_records(small_generation(), "tasks")]


def changed(**fields: Any) -> list[tuple[str, Any]]:
    return [("task", {**tasks()[0][1], **fields})]


def test_dates_are_dates_and_what_is_printed_is_text() -> None:
    first, second, third = rows(reopen(tasks())["Nhiệm vụ"])
    assert first["deadline_latest"].value == datetime(2026, 9, 30)
    assert first["deadline_latest"].is_date
    assert (second["deadline_end"].value, second["deadline_end"].data_type) == ("2030", "s")
    assert second["number"].value == "1"
    assert second["source_line"].value == 15
    assert third["deadline_latest"].value is None
    assert first["lead"].value == "Văn phòng UBND tỉnh"


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_comes_back(kind: str) -> None:
    one = singular(kind)
    records = list(read_records(small_generation(), kind))
    sheet = reopen([(one, each) for each in records], (one,))[name_sheet(one)]
    assert [each.value for each in sheet[1]] == [head_column(one, column) for column in columns_of(one)]
    for record, row in zip(records, rows(sheet, one), strict=True):
        wanted = {name: flat_cell(value) for name, value in open_record(record).items() if name in columns_of(one)}
        got = {name: shown(row[name].value) for name in wanted}
        assert got == wanted


def shown(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else flat_cell(value)


def test_the_head_stays_in_view_and_filters() -> None:
    sheet = reopen(tasks())["Nhiệm vụ"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(columns_of('task'))).column_letter}4"
    assert all(each.font.bold for each in sheet[1])


def test_a_sheet_for_each_kind_and_one_that_explains() -> None:
    live = small_generation()
    records = [(singular(kind), each) for kind in KINDS for each in read_records(live, kind)]
    book = reopen(records, tuple(map(singular, KINDS)))
    *sheets, explained = book.sheetnames
    assert sheets == [name_sheet(singular(kind)) for kind in KINDS]
    lines = [[each.value for each in row] for row in book[explained].iter_rows(min_row=2)]
    assert ["Nhiệm vụ", "Cơ quan chủ trì", "lead", "cơ quan chủ trì", "who leads"] in lines
    assert len(lines) == sum(1 + len(columns_of(singular(kind))) for kind in KINDS)


@pytest.mark.parametrize("kind", CLASSES)
def test_every_column_is_explained_in_both_languages(kind: str) -> None:
    for column in columns_of(kind):
        vietnamese, english = explain_column(kind, column)
        assert vietnamese.strip()
        assert english.strip()
        assert vietnamese != english


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_head_is_its_own(kind: str, language: str) -> None:
    heads = [head_column(kind, column, language) for column in columns_of(kind)]
    assert len(set(heads)) == len(heads)
    assert not set(heads) & set(columns_of(kind))


def test_no_head_is_left_over() -> None:
    known = load_heads()
    for kind in set(known) - {"all"}:
        assert set(known[kind]) <= set(columns_of(kind)), kind
        assert not [column for column, heads in known[kind].items() if heads == known["all"].get(column)]
    assert set(known["all"]) <= {column for kind in CLASSES for column in columns_of(kind)}


def test_heads_are_in_the_language_that_is_asked_for() -> None:
    book = load_workbook(io.BytesIO(b"".join(stream_workbook(tasks(), MADE, language="en"))))
    assert book.sheetnames == ["Tasks", "Columns"]
    heads = [each.value for each in book["Tasks"][1]]
    assert {"Lead agency", "Deadline as printed", "Due at the latest"} <= set(heads)
    vietnamese = [each.value for each in reopen(tasks())["Nhiệm vụ"][1]]
    assert {"Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn (nguyên văn)"} <= set(vietnamese)


def test_no_explanation_is_left_over() -> None:
    known = load_columns()
    for kind in set(known) - {"sheets", "all"}:
        assert set(known[kind]) <= set(columns_of(kind)), kind
    assert set(known["all"]) <= {column for kind in CLASSES for column in columns_of(kind)}
    assert all(len(name) <= 31 for name, *_ in known["sheets"].values())  # more, Excel does not take


FORMULAS = ["=1+1", '=HYPERLINK("http://a")', "+84 221", "-1+2", "@SUM(A1)", "- Rà soát", "\t=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula(text: str) -> None:
    (row,) = rows(reopen(changed(text=text))["Nhiệm vụ"])
    assert (row["text"].value, row["text"].data_type) == (text, "s")  # as printed
    assert row["text"].quotePrefix  # and it stays a text when somebody edits it


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "2026", "1/2", "TRUE", "0123", "1e5", ">="])
def test_a_text_stays_what_is_printed(text: str) -> None:
    (row,) = rows(reopen(changed(output=text))["Nhiệm vụ"])
    assert (row["output"].value, row["output"].data_type, row["output"].number_format) == (text, "s", "@")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("a\x00b\x1f", "ab", id="control-characters"),
        pytest.param("ố" * (LONGEST + 1), "ố" * (LONGEST - 1) + "…", id="too-long"),
        pytest.param("😀" * LONGEST, "😀" * ((LONGEST - 1) // 2) + "…", id="letters-of-two-units"),
        pytest.param("ố" * LONGEST, "ố" * LONGEST, id="just-fits"),
    ],
)
def test_what_a_cell_cannot_hold_is_cut(text: str, kept: str) -> None:
    assert cut_text(text) == kept
    (row,) = rows(reopen(changed(text=text))["Nhiệm vụ"])
    assert row["text"].value == kept


def test_a_full_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_xlsx, "MOST_ROWS", 2)
    book = reopen(tasks())
    assert book.sheetnames[:2] == ["Nhiệm vụ", "Nhiệm vụ 2"]
    assert [len(rows(book[name])) for name in book.sheetnames[:2]] == [2, 1]


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("broken", [None, {"deadline": 7}, {"lead": object()}], ids=["source", "row", "cell"])
def test_an_error_leaves_nothing_half_written(
    broken: dict[str, Any] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def some() -> Iterator[tuple[str, Any]]:
        yield from tasks()
        if broken is None:
            raise OSError("the disk is gone")
        yield "task", {**tasks()[0][1], **broken}
        raise OSError("the disk is gone")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises((OSError, AttributeError)):
        b"".join(stream_workbook(some(), MADE, ("task", "duty")))
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_the_same_records_are_the_same_bytes() -> None:
    once, again = (b"".join(stream_workbook(tasks(), MADE)) for _ in range(2))
    assert once == again
    assert {each.date_time for each in ZipFile(io.BytesIO(once)).infolist()} == {(2026, 3, 4, 5, 6, 8)}
    assert load_workbook(io.BytesIO(once)).properties.modified == MADE.replace(tzinfo=None)
