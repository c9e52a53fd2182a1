"""The report of a build: what was read of each plan, what was not, and what in the page is worth a look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from graph.duplicates import find_duplicates
from graph.findings import find_assumed, find_oddities, find_unknown_agencies
from graph.generations import Problem
from graph.pipeline import build
from graph.records import AgencyRef, TaskRecord
from graph.report import read_report
from graph.unread import find_unread
from ingest.misprints import find_misprints
from ingest.readers.dispatch import source_text
from ingest.records import Evidence, Origin, Source
from tests.small_corpus import small_corpus
from tests.small_kb import plan_text

(ROW,) = (task for task in small_corpus().tasks if task.form == "table" and task.number == "1")


def rows(*changes: Mapping[str, object]) -> list[TaskRecord]:
    """Rows of one table, in the order given, each with its changes."""
    found = []
    for at, change in enumerate(changes):
        source = replace(ROW.source, start=100 * at, end=100 * at + 50)
        found.append(replace(ROW, id=f"{ROW.id}-{at}", source=source, code=None, **change))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("numbers", "kinds"),
    [
        pytest.param(["1", "2", "3"], [], id="whole"),
        pytest.param(["1", "2", "4"], ["number-gap"], id="one-missing"),
        pytest.param(["1", "5"], ["number-gap"], id="several-missing"),
        pytest.param(["1", "2", "1", "2"], [], id="starts-again"),
        pytest.param(["1", "2", "2"], ["number-repeated"], id="twice"),
        pytest.param(["1", "5", "3"], ["number-gap", "number-order"], id="out-of-order"),
        pytest.param(["1", None, "2"], ["number-none"], id="none"),
        pytest.param(["1.1", "1.2", "a"], [], id="not-plain-numbers"),
    ],
)
def test_numbering(numbers: list[str | None], kinds: list[str]) -> None:
    texts = [f"Xây dựng nền tảng số thứ {at}" for at in range(len(numbers))]
    table = rows(*({"number": number, "text": text} for number, text in zip(numbers, texts, strict=True)))
    assert [finding.kind for finding in find_oddities(table)] == kinds


def test_a_code_printed_twice_is_found_and_one_of_a_merged_cell_is_not() -> None:
    stated, inherited = {"code": Origin.STATED}, {"code": Origin.INHERITED}
    table = [
        replace(row, code="AB1", origin=origin, number=str(at))
        for at, (row, origin) in enumerate(zip(rows({}, {}, {}), (stated, inherited, stated), strict=True), 1)
    ]
    (found,) = find_oddities(table)
    assert (found.kind, found.about, found.also) == ("code-repeated", table[2].id, (table[0].id,))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("Nâng cấp Trung tâm dữ liệu.", [], id="whole"),
        pytest.param("Nâng cấp Trung tâm dữ liệu của các", ["cut-off"], id="ends-in-a-phrase"),
        pytest.param("Nâng cấp Trung tâm dữ liệu,", ["cut-off"], id="ends-with-a-comma"),
        pytest.param("và các đơn vị liên quan", ["cut-off"], id="begins-in-a-phrase"),
        pytest.param("Đẩy mạnh cải cách hành chính", [], id="an-accented-capital"),
        pytest.param("Nâng cấp trung tâm.\n- Thuê dịch vụ máy chủ", ["several-tasks"], id="a-list-in-a-cell"),
        pytest.param("Giai đoạn 2025 - 2030 của tỉnh", [], id="a-dash-between-years"),
    ],
)
def test_cells(text: str, kinds: list[str]) -> None:
    assert [finding.kind for finding in find_oddities(rows({"text": text}))] == kinds


def test_what_was_concluded_is_told_with_its_reason() -> None:
    evidence = Evidence(ROW.source, Origin.ASSUMED, "two columns fit", ("a", "b"))
    (found,) = find_assumed([replace(ROW, evidence={"lead": evidence})])
    assert found.what == "lead: two columns fit"


def test_a_body_of_no_known_type_is_told_once_a_document() -> None:
    agency = replace(small_corpus().agencies[0], id="https://x/agency/1", type=None, collective=False)
    body = AgencyRef("Trường Đại học Mới", "trường đại học Mới", agency.id, False)
    found = list(find_unknown_agencies([replace(task, lead=(body,)) for task in rows({}, {})], [agency]))
    assert [each.what for each in found] == ["“trường đại học Mới” is of no known type and stays as written"]


LONG = "Triển khai xây dựng trung tâm dữ liệu của tỉnh phục vụ chuyển đổi số trong các cơ quan nhà nước"


@pytest.mark.parametrize(
    ("texts", "kinds"),
    [
        pytest.param([LONG, LONG.upper()], ["duplicate"], id="case-aside"),
        pytest.param([LONG, LONG + " và doanh nghiệp"], ["near-duplicate"], id="a-few-words-more"),
        pytest.param([LONG, "Bảo vệ rừng phòng hộ đầu nguồn gắn với phát triển du lịch sinh thái"], [], id="different"),
        pytest.param(["Như trên", "Như trên"], [], id="too-short-to-tell"),
        pytest.param([LONG, LONG, LONG], ["duplicate", "duplicate"], id="three-times"),
    ],
)
def test_duplicates(texts: list[str], kinds: list[str]) -> None:
    assert [each.kind for each in find_duplicates(rows(*({"text": text} for text in texts)))] == kinds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("phân tích (trí tuệ nhận tạo - AI)", [("trí tuệ nhận tạo", "trí tuệ nhân tạo")], id="tone"),
        pytest.param("Trí tuệ nhân tạo", [], id="right"),
        pytest.param("tri tue nhan tao", [], id="typed-without-accents"),
        pytest.param("môi trường, mang lại", [], id="over-a-comma"),
        pytest.param("chuyên đổi số, nên tảng số", [("chuyên đổi số", "chuyển đổi số"), ("nên tảng số", "nền tảng số")],
                     id="two"),
    ],
)  # fmt: skip
def test_misprints(text: str, found: list[tuple[str, str]]) -> None:
    misprints = list(find_misprints(text))
    assert [(each.printed, each.meant) for each in misprints] == found
    assert [text[each.start : each.end] for each in misprints] == [each.printed for each in misprints]


def test_lines_without_a_fact_are_told() -> None:
    text = source_text(
        "p.txt", "Tiêu đề\n\nmột việc phải làm\n* * *\nđoạn thừa\nđoạn nữa\nNHÓM NHIỆM VỤ A |\n".encode()
    )
    coverage = find_unread(text, [text.cite(9, 26), Source("p.txt", 1, 0, 7, "Tiêu đề")], ["Nhóm nhiệm vụ A"])
    assert (coverage.lines, coverage.read) == (5, 3)
    assert [(each.first, each.last, each.text) for each in coverage.unread] == [(5, 6, "đoạn thừa đoạn nữa")]


def test_a_build_keeps_its_report(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    for number in (1, 2):
        (tmp_path / "plans" / f"{number}.txt").write_text(plan_text(number), encoding="utf-8")
    generation = build([tmp_path / "plans"], tmp_path / "kb").generation
    one, two = read_report(generation)
    assert one["counts"] == {"tasks": 1, "duties": 1, "targets": 1, "mentions": 1}
    assert one["coverage"]["read"] <= one["coverage"]["lines"]
    assert "duplicate" in {finding["kind"] for finding in two["findings"]}
    assert json.dumps(one)
    (generation.path / "report.json").unlink()
    with pytest.raises(Problem, match="cancu rebuild"):
        read_report(generation)
