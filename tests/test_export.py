"""Bulk files: whole, in the contract's names, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from graph.export import FORMATS, export
from graph.export_rows import columns_of, defuse, flat_cell, stream_csv
from graph.generations import Problem
from graph.sparql_answer import Request, answer_request
from graph.store import open_store
from tests.small_corpus import PLAN
from tests.small_kb import small_generation


def written(tmp_path: Path, kind: str, format_: str | None = None) -> bytes:
    out = tmp_path / "out"
    export(small_generation(), kind, format_, out)
    assert os.listdir(tmp_path) == ["out"]  # no draft is left
    return out.read_bytes()


@pytest.mark.parametrize(("kind", "format_"), [(kind, each) for kind, known in FORMATS.items() for each in known])
def test_everything_can_be_had(tmp_path: Path, kind: str, format_: str) -> None:
    assert written(tmp_path, kind, format_) == written(tmp_path, kind, format_)


def test_json_lines_are_the_records_of_the_contract(tmp_path: Path) -> None:
    links = [json.loads(line) for line in written(tmp_path, "links").decode().splitlines()]
    assert [link["relation"] for link in links] == [
        "implements",
        "legal_basis",
        "legal_basis",
        "implements",
        "implements",
    ]
    assert links[0]["from"] == PLAN
    assert "record" not in links[0]
    assert "Thực hiện" in links[0]["source"]["quote"]


def test_csv_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    raw = written(tmp_path, "tasks", "csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row["lead"] for row in rows] == ["Văn phòng UBND tỉnh", "Sở Khoa học và Công nghệ", "Các sở, ban, ngành"]
    assert [row["deadline_latest"] for row in rows] == ["2026-09-30", "2030-12-31", ""]
    assert rows[1]["source_line"] == "15"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        pytest.param("=HYPERLINK(1)", "'=HYPERLINK(1)", id="formula"),
        pytest.param("+84 221", "'+84 221", id="plus"),
        pytest.param("- Rà soát", "'- Rà soát", id="a-list-dash"),
        pytest.param("=", "=", id="comparator"),
        pytest.param(">=", ">=", id="comparator-of-two-letters"),
        pytest.param("-20", "-20", id="negative-number"),
        pytest.param("+1,5%", "+1,5%", id="rise"),
        pytest.param("-20+1", "'-20+1", id="a-sum-is-a-formula"),
        pytest.param("-20\n=1", "'-20\n=1", id="more-than-a-number"),
        pytest.param("@x", "'@x", id="at"),
        pytest.param("\tx", "'\tx", id="tab"),
        pytest.param("\n=1+1", "'\n=1+1", id="line-feed"),
        pytest.param("719/QĐ-UBND", "719/QĐ-UBND", id="a-number-of-a-document"),
        pytest.param("", "", id="empty"),
    ],
)
def test_cells_are_defused(cell: str, safe: str) -> None:
    assert defuse(cell) == safe


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param(None, "", id="not-stated"),
        pytest.param(True, "true", id="bool"),
        pytest.param(["a", "b"], "a; b", id="list"),
        pytest.param(
            [{"label": "I", "title": "MỤC TIÊU"}, {"label": "1", "title": ""}], "I. MỤC TIÊU; 1", id="headings"
        ),
        pytest.param([{"name": "Sở Y tế", "agency": None}], "Sở Y tế", id="bodies"),
        pytest.param([1.2, 1.5], "1.2; 1.5", id="range"),
    ],
)
def test_cells_are_flat(value: object, cell: str) -> None:
    assert flat_cell(value) == cell


def test_a_table_without_rows_has_its_head() -> None:
    (head,) = stream_csv("target", [])
    assert head == b"\xef\xbb\xbf" + ",".join(columns_of("target")).encode() + b"\r\n"


def test_a_document_without_a_source_keeps_the_columns_of_the_others(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(written(tmp_path, "documents", "csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == columns_of("document")
    assert {row["number"] for row in rows} >= {"102/KH-UBND", "57-NQ/TW"}


def test_sparql_keeps_its_own_csv_plain() -> None:
    answer = answer_request(open_store(small_generation().store), Request('SELECT ("=1+1" AS ?x) {}', "csv"))
    assert answer.content == b"x\r\n=1+1\r\n"


@pytest.mark.parametrize(
    ("kind", "format_", "message"),
    [
        pytest.param("tasks", "pdf", "expected one of jsonl, csv, xlsx", id="no-such-format"),
        pytest.param("tasks", "ics", "expected one of jsonl, csv, xlsx", id="another-kind-has-it"),
        pytest.param("deadlines", "csv", "expected one of ics", id="a-calendar-is-no-table"),
        pytest.param("plans", None, "expected one of tasks, duties", id="no-such-kind"),
    ],
)
def test_what_cannot_be_had(kind: str, format_: str | None, message: str) -> None:
    with pytest.raises(Problem, match=message):
        export(small_generation(), kind, format_, None)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be written: No such file"):
        export(small_generation(), "tasks", None, tmp_path / "nowhere" / "out")


@pytest.mark.parametrize(
    ("kind", "format_", "name", "start"),
    [
        pytest.param("tasks", None, "tasks.csv", b"\xef\xbb\xbfid", id="by-its-ending"),
        pytest.param("tasks", None, "TASKS.CSV", b"\xef\xbb\xbfid", id="in-capitals"),
        pytest.param("graph", None, "graph.ttl", b"@prefix", id="turtle"),
        pytest.param("graph", None, "graph.rdf", b"<?xml", id="rdf-xml-by-its-usual-ending"),
        pytest.param("tasks", None, "tasks.xlsx", b"PK", id="excel"),
        pytest.param("deadlines", None, "plan.ics", b"BEGIN:VCALENDAR", id="calendar"),
        pytest.param("tasks", None, "tasks.txt", b"{", id="an-ending-that-says-nothing"),
        pytest.param("tasks", "jsonl", "tasks.csv", b"{", id="what-is-asked-for-wins"),
    ],
)
def test_a_file_name_tells_the_format(tmp_path: Path, kind: str, format_: str | None, name: str, start: bytes) -> None:
    export(small_generation(), kind, format_, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize(("kind", "name"), [("graph", "graph.csv"), ("tasks", "tasks.ttl"), ("graph", "graph.xlsx")])
def test_a_format_that_a_kind_does_not_have_is_refused(tmp_path: Path, kind: str, name: str) -> None:
    with pytest.raises(Problem, match="expected one of"):
        export(small_generation(), kind, None, tmp_path / name)
    assert os.listdir(tmp_path) == []


def test_no_workbook_goes_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(Problem, match=r"--out tasks\.xlsx"):
        export(small_generation(), "tasks", "xlsx", None)


def test_a_calendar_says_what_it_leaves_out(tmp_path: Path) -> None:
    said: list[str] = []
    export(small_generation(), "deadlines", None, tmp_path / "plan.ics", said.append)
    events = (tmp_path / "plan.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT")
    assert [[half.partition(";")[0] for half in line.split(" · ")] for line in said] == [
        [f"{events} sự kiện trong lịch", f"{events} events in the calendar"]
    ]
