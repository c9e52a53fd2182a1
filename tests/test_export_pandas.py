"""Tables of exports opened with pandas: every row and column, dates that are dates, letters that are whole."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pandas
import pytest

from graph.export import stream_rows
from graph.export_rows import columns_of, read_records
from graph.export_xlsx import head_column, name_sheet
from graph.schema import singular
from tests.small_kb import small_generation

KINDS = ["tasks", "duties", "targets", "documents", "mentions", "links", "agencies", "unresolved", "parts"]
MADE = datetime(2026, 1, 2, tzinfo=UTC)
BOUNDS = ["deadline_earliest", "deadline_latest", "deadline_active_from", "deadline_active_to"]


def write(kind: str, format_: str) -> io.BytesIO:
    return io.BytesIO(b"".join(stream_rows(kind, read_records(small_generation(), kind), format_, MADE)))


def read_csv(kind: str) -> pandas.DataFrame:
    return pandas.read_csv(write(kind, "csv"), dtype=str, keep_default_na=False)


def read_sheet(kind: str) -> pandas.DataFrame:
    one = singular(kind)
    codes = {head_column(one, column): column for column in columns_of(one)}
    return pandas.read_excel(write(kind, "xlsx"), sheet_name=name_sheet(one)).rename(columns=codes)


@pytest.mark.parametrize("kind", KINDS)
def test_both_tables_have_every_row_and_column(kind: str) -> None:
    ids = [record["id"] for record in read_records(small_generation(), kind)]
    for table in (read_csv(kind), read_sheet(kind)):
        assert list(table.columns) == list(columns_of(singular(kind)))
        assert list(table["id"]) == ids


@pytest.mark.parametrize("kind", ["tasks", "duties", "mentions"])
def test_texts_come_back_letter_for_letter(kind: str) -> None:
    quotes = [record["source"]["quote"] for record in read_records(small_generation(), kind)]
    assert list(read_sheet(kind)["source_quote"]) == quotes


def test_bounds_are_dates_in_a_workbook() -> None:
    table = read_sheet("tasks")
    assert [str(table[each].dtype).partition("[")[0] for each in BOUNDS] == ["datetime64"] * 4
    latest = [None if pandas.isna(each) else each.date().isoformat() for each in table["deadline_latest"]]
    assert latest == [record["deadline"]["latest"] for record in read_records(small_generation(), "tasks")]
