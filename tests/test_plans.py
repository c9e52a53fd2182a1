"""What the five plans of `data/plans` must give."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

import pytest

from graph.identities import Identity, Index, add_unnumbered
from graph.records import DocumentRecord, DutyRecord, LinkRecord, TaskRecord
from ingest.records import Origin, Task
from tests.texts import (
    DECISION,
    FILES,
    HA_NAM,
    HUNG_YEN_2022,
    HUNG_YEN_2024,
    PLANS,
    TUYEN_QUANG,
    corpus,
    find_sources,
    plan,
    plan_source,
    short,
)

D719 = "hung-yen/qd-ubnd/2025/719"
P57 = "tuyen-quang/kh-ubnd/2023/57"
FIELDS = ("code", "name", "lead", "coordinating", "deadline", "funding")


def task(file: str, address: str) -> Task:
    [found] = [task for task in plan(file).tasks if task.address == address]
    return found


def task_record(iri: str) -> TaskRecord:
    [found] = [record for record in corpus().tasks if short(record.id) == iri]
    return found


def document(iri: str) -> DocumentRecord:
    [found] = [record for record in corpus().documents if short(record.id) == iri]
    return found


def items_of_the_corpus() -> list[TaskRecord | DutyRecord]:
    return [*corpus().tasks, *corpus().duties]


def links(start: str, relation: str) -> set[str]:
    return {short(link.to) or "" for link in corpus().links if (short(link.from_), link.relation) == (start, relation)}


# --- how many, and where --------------------------------------------------------------------------------------------


def test_every_plan_is_read_without_a_warning() -> None:
    assert sorted(path.name for path in PLANS.iterdir() if path.suffix in (".txt", ".md")) == sorted(FILES)
    assert {file: plan(file).warnings for file in FILES} == dict.fromkeys(FILES, ())


@pytest.mark.parametrize(
    ("file", "annex", "numbered", "unnumbered"),
    [
        pytest.param(DECISION, "I", 33, 0, id="719-annex-I"),
        pytest.param(DECISION, "II", 167, 3, id="719-annex-II"),
        pytest.param(TUYEN_QUANG, None, 18, 0, id="tuyen-quang"),
        pytest.param(HUNG_YEN_2022, None, 0, 0, id="hung-yen-2022-has-an-empty-annex"),
        pytest.param(HA_NAM, None, 0, 0, id="ha-nam-has-no-table"),
    ],
)
def test_rows_of_tables(file: str, annex: str | None, numbered: int, unnumbered: int) -> None:
    rows = [task for task in plan(file).tasks if task.form == "table" and task.annex == annex]
    assert [row.number for row in rows if row.number] == [str(number) for number in range(1, numbered + 1)]
    assert len([row for row in rows if row.number is None]) == unnumbered


@pytest.mark.parametrize(
    ("file", "sections"),
    [
        pytest.param(DECISION, {"phan/ii/a": 110, "phan/ii/b": 9}, id="719"),
        pytest.param(HUNG_YEN_2022, {"phan/ii": 66, "phan/iii": 65}, id="hung-yen-2022-131"),
        pytest.param(HA_NAM, {"phan/iii": 32, "phan/iv": 27}, id="ha-nam-59"),
        pytest.param(TUYEN_QUANG, {"phan/iii": 35, "phan/iv": 28}, id="tuyen-quang-63"),
        pytest.param(HUNG_YEN_2024, {"phan/iii": 15}, id="hung-yen-2024"),
    ],
)
def test_leaves_of_prose(file: str, sections: dict[str, int]) -> None:
    prose = [task.address for task in plan(file).tasks if task.form == "prose"]
    assert {section: sum(address.startswith(f"{section}/") for address in prose) for section in sections} == sections
    assert len(prose) == sum(sections.values())


@pytest.mark.parametrize("file", FILES)
def test_every_quote_is_what_stands_there(file: str) -> None:
    source, got = plan_source(file), plan(file)
    quotes = [quote for field in dataclasses.fields(got) for quote in find_sources(getattr(got, field.name))]
    assert len(quotes) > 100
    assert [quote for quote in quotes if source.text[quote.start : quote.end] != quote.quote or not quote.quote] == []
    assert {quote.file for quote in quotes} == {file}


@pytest.mark.parametrize("file", FILES)
def test_every_quote_stands_on_its_line_of_the_raw_file(file: str) -> None:
    source, got = plan_source(file), plan(file)
    raw = (PLANS / file).read_bytes().decode("utf-8-sig")
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert len(lines) == len(source.line_starts)
    quotes = [quote for field in dataclasses.fields(got) for quote in find_sources(getattr(got, field.name))]
    assert [quote for quote in quotes if quote.line != source.text.count("\n", 0, quote.start) + 1] == []


@pytest.mark.parametrize("file", FILES)
def test_no_address_is_given_twice(file: str) -> None:
    got = plan(file)
    lists = (got.tasks, got.duties, got.targets)
    items = [item.address for each in lists for item in each]
    assert [address for address, count in Counter(items).items() if count > 1] == []
    parts = Counter(part.address for part in got.parts if part.kind not in ("portal", "section"))
    assert [address for address, count in parts.items() if count > 1] == []


@pytest.mark.parametrize(
    "kind", ["documents", "tasks", "duties", "targets", "mentions", "links", "agencies", "unresolved"]
)
def test_no_iri_is_given_twice(kind: str) -> None:
    iris = Counter(record.id for record in getattr(corpus(), kind))
    assert [iri for iri, count in iris.items() if count > 1] == []


@pytest.mark.parametrize(
    "kind", ["documents", "tasks", "duties", "targets", "mentions", "links", "agencies", "unresolved"]
)
def test_every_quote_of_the_corpus_is_what_stands_there(kind: str) -> None:
    quotes = list(find_sources(getattr(corpus(), kind)))
    assert [q for q in quotes if plan_source(q.file).text[q.start : q.end] != q.quote] == []
    assert quotes or kind == "agencies"


@pytest.mark.parametrize(
    ("iri", "begins"),
    [
        pytest.param(f"{D719}/phu-luc/2/muc/7", "Triển khai ứng dụng trí tuệ nhân tạo (AI)", id="row"),
        pytest.param(
            f"{D719}/phu-luc/2/muc/3/them-1", "Duy trì, nâng cấp Hệ thống thông tin", id="row-without-a-number"
        ),
        pytest.param(f"{D719}/phu-luc/2/muc/20/them-1", "Mở rộng triển khai Trung tâm Điều hành", id="another"),
        pytest.param(f"{D719}/phu-luc/2/muc/92/them-1", "Đẩy mạnh cập nhật, nâng cấp", id="the-third"),
        pytest.param(f"{D719}/phan/ii/a/1/a/gach-2", "Xây dựng kênh truyền thông chuyên biệt", id="dash"),
        pytest.param(f"{D719}/phan/ii/a/2/dd", "Xây dựng, cụ thể hóa các chính sách", id="d-bar"),
        pytest.param(
            f"{P57}/phu-luc/0/muc/7", "Tiếp tục triển khai thực hiện Quyết định số 361/QĐ- UBND", id="no-annex-label"
        ),
    ],
)
def test_addresses_of_the_design(iri: str, begins: str) -> None:
    assert task_record(iri).text.startswith(begins)


# --- merged cells ---------------------------------------------------------------------------------------------------

BASIC = "Phát triển cơ sở hạ tầng cơ bản và hệ thống hiện có"
PLATFORMS = "Nâng cấp và hoàn thiện các nền tảng hiện có của tỉnh, đầu tư xây dựng các nền tảng mới"
PAPERLESS = "Khai thác sử dụng tài liệu công nghệ số trong quản lý tổng thể tỉnh"
SECURITY = "Đầu tư xây dựng cơ sở hạ tầng, nền tảng bảo đảm an toàn an ninh mạng tại Trung tâm tích hợp dữ liệu tỉnh"
FARMING = "Ứng dụng CNTT vào quản lý, phát triển ngành"
DST, OFFICE, MONEY = "Sở Khoa học và Công nghệ", "Văn phòng UBND tỉnh", "Ngân sách địa phương"


@pytest.mark.parametrize(
    ("number", "values", "inherited"),
    [
        pytest.param(
            "1",
            ("CQS1.1", BASIC, [DST], [OFFICE], "2025 -2030", MONEY),
            "",
            id="a-whole-row",
        ),
        pytest.param(
            "2",
            ("CQS1.1", BASIC, [DST], [OFFICE], "2025 -2030", MONEY),
            "code name lead coordinating deadline funding",
            id="only-the-content-is-printed",
        ),
        pytest.param(
            "3",
            ("CQS1.1", BASIC, [OFFICE], ["Các cơ quan, đơn vị liên quan", "UBND cấp xã"], "2025 -2030", MONEY),
            "code name deadline funding",
            id="bodies-of-its-own",
        ),
        pytest.param(
            "7",
            ("CQS1.2", PLATFORMS, [DST], [], "2026", None),
            "code name lead",
            id="blank-cells-are-printed-blank",
        ),
        pytest.param(
            "19",
            ("CQS4.2", PAPERLESS, [OFFICE], ["Các sở, ban, ngành liên quan"], "Hàng năm", MONEY),
            "code name coordinating funding",
            id="a-body-and-a-period",
        ),
        pytest.param(
            "40",
            ("CQS7.3", SECURITY, ["Công an tỉnh"], ["UBND các xã, phường"], "2025- 2027", MONEY),
            "code name",
            id="only-code-and-name-are-merged",
        ),
        pytest.param(
            "80",
            ("KTS8.2", FARMING, ["Sở Nông nghiệp và Môi trường"], ["UBND các xã, phường"], "2025 - 2030", MONEY),
            "code name lead coordinating deadline funding",
            id="two-rows-below",
        ),
        pytest.param("82", (None, None, [], [], None, None), "", id="every-cell-is-printed-blank"),
        pytest.param("83", (None, None, [], [], None, None), "", id="merged-with-blank-cells"),
    ],
)
def test_merged_cells_of_annex_2(number: str, values: tuple[Any, ...], inherited: str) -> None:
    row = task(DECISION, f"phu-luc/2/muc/{number}")
    bodies = [[body.name for body in found] for found in (row.lead, row.coordinating)]
    assert (row.code, row.name, *bodies, row.deadline.raw, row.funding) == values
    stated = {name for name in FIELDS if name in row.evidence} - set(inherited.split())
    origins = {name: evidence.origin for name, evidence in row.evidence.items() if name in FIELDS}
    assert origins == dict.fromkeys(inherited.split(), Origin.INHERITED) | dict.fromkeys(stated, Origin.STATED)
    filled = {name for name, value in zip(FIELDS, values, strict=True) if value}
    assert set(origins) == filled


def test_a_code_that_the_source_uses_twice_is_no_key() -> None:
    rows = [row.number for row in plan(DECISION).tasks if row.code == "CQS7.2"]
    assert {"26", "36"} <= set(rows)


# --- documents ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "printed", "number"),
    [
        pytest.param(DECISION, "Kế hoạch hành động số 433 -KH/TU", "433-KH/TU", id="433"),
        pytest.param(TUYEN_QUANG, "Quyết định số 361/QĐ- UBND ngày 08/6/2021 của UBND tỉnh", "361/QĐ-UBND", id="361"),
        pytest.param(TUYEN_QUANG, "Quyết định số 399/QĐ- UBND ngày 16/7/2021 của UBND tỉnh", "399/QĐ-UBND", id="399"),
    ],
)
def test_stray_spaces_are_cleaned_from_numbers_not_from_quotes(file: str, printed: str, number: str) -> None:
    assert [mention.number for mention in plan(file).mentions if mention.source.quote == printed] == [number]


@pytest.mark.parametrize(
    ("number", "documents"),
    [
        pytest.param("102/KH-UBND", ["hung-yen/kh-ubnd/2025/102", "tuyen-quang/kh-ubnd/2022/102"], id="two-provinces"),
        pytest.param("57-NQ/TW", ["trung-uong/nq-tw/2024/57"], id="the-resolution"),
        pytest.param("57/KH-UBND", [P57], id="is-not-the-plan"),
        pytest.param("569/QĐ-TTg", ["trung-uong/qd-ttg/2022/569"], id="one-decision-cited-by-three"),
        pytest.param("1221/QĐ-UBND", ["hung-yen/qd-ubnd/2021/1221"], id="one-decision-under-two-dates"),
        pytest.param("719/QĐ-UBND", [D719], id="the-held-decision"),
    ],
)
def test_documents_of_a_number(number: str, documents: list[str]) -> None:
    assert [short(record.id) for record in corpus().documents if record.number == number] == documents


def test_no_relation_crosses_between_two_documents_of_one_number() -> None:
    assert links("hung-yen/kh-ubnd/2025/102", "implements") == {"trung-uong/nq-cp/2025/71"}
    assert links("tuyen-quang/kh-ubnd/2022/102", "implements") == {"trung-uong/qd-ttg/2020/2205"}
    assert not {"trung-uong/nq-tw/2024/57"} & {short(link.to) for link in corpus().links if short(link.from_) == P57}


def test_a_blank_number_is_the_decision_itself_or_has_a_reason() -> None:
    blank = [m for m in corpus().mentions if m.number is None and "/QĐ-UBND" in m.source.quote]
    assert len(blank) == 3
    assert [(short(m.target), m.unresolved) for m in blank] == [(D719, None)] * 3


def test_the_unnumbered_plan_of_2022_is_settled_by_the_plan_that_cites_it() -> None:
    record = document("hung-yen/kh-ubnd/2022/196")
    assert (record.held, record.number, record.date, record.file) == (True, "196/KH-UBND", "2022-12-05", HUNG_YEN_2022)
    citing = next(document for document in corpus().documents if document.file == HUNG_YEN_2024)
    assert record.number_from == citing.id
    assert [short(alias) for alias in record.aliases] == ["hung-yen/kh-ubnd/2022-12/chua-ro-so-6571cc76"]


@pytest.mark.parametrize(
    ("file", "iri", "number_from"),
    [
        pytest.param(DECISION, D719, "printed", id="printed"),
        pytest.param(TUYEN_QUANG, P57, "printed", id="printed-in-a-caption"),
        pytest.param(HA_NAM, "ha-nam/kh-ubnd/2022-08/chua-ro-so-a9dc43d6", None, id="nobody-gives-it"),
        pytest.param(
            HUNG_YEN_2024,
            "hung-yen/so-khoa-hoc-va-cong-nghe/kh-skhcn/2024-02/chua-ro-so-eedf75be",
            None,
            id="a-department-is-below-the-province",
        ),
    ],
)
def test_held_documents(file: str, iri: str, number_from: str | None) -> None:
    [record] = [record for record in corpus().documents if record.file == file]
    assert (short(record.id), record.held, record.number_from) == (iri, True, number_from)


@pytest.mark.parametrize(
    ("file", "facts"),
    [
        pytest.param(
            DECISION, ("Quyết định", "719/QĐ-UBND", "2025-08-27", "UBND tỉnh Hưng Yên", "Phạm Văn Nghiêm"), id="719"
        ),
        pytest.param(HA_NAM, ("Kế hoạch", None, "2022-08", "UBND tỉnh Hà Nam", "Nguyễn Đức Vượng"), id="ha-nam"),
        pytest.param(
            HUNG_YEN_2022, ("Kế hoạch", None, "2022-12", "UBND tỉnh Hưng Yên", "Nguyễn Duy Hưng"), id="hung-yen-2022"
        ),
        pytest.param(
            HUNG_YEN_2024,
            ("Kế hoạch", None, "2024-02", "Sở Khoa học và Công nghệ tỉnh Hưng Yên", "Trần Tùng Chuẩn"),
            id="hung-yen-2024",
        ),
        pytest.param(
            TUYEN_QUANG,
            ("Kế hoạch", "57/KH-UBND", "2023-03-27", "UBND tỉnh Tuyên Quang", "Hoàng Việt Phương"),
            id="tuyen-quang",
        ),
    ],
)
def test_what_the_pages_tell_of_a_plan(file: str, facts: tuple[str | None, ...]) -> None:
    got = plan(file).document
    assert (got.type, got.number, got.date, got.issuer, got.signer) == facts


def test_both_dates_of_1221_stay_and_the_conflict_is_reported() -> None:
    record = document("hung-yen/qd-ubnd/2021/1221")
    assert record.date == "2021-05-26"
    assert {(said.date, said.source.file) for said in record.dates} == {
        ("2021-05-26", HUNG_YEN_2024),
        ("2022-05-26", HUNG_YEN_2022),
    }
    [conflict] = [each for each in corpus().unresolved if each.kind == "date-conflict"]
    assert (conflict.what, conflict.candidates) == ("1221/QĐ-UBND", ("2021-05-26", "2022-05-26"))
    assert conflict.source.file == HUNG_YEN_2022


# --- relations ------------------------------------------------------------------------------------------------------


def test_only_task_7_cites_361() -> None:
    decision = "tuyen-quang/qd-ubnd/2021/361"
    citing = [short(each.id) for each in items_of_the_corpus() if decision in map(short, each.cites)]
    assert citing == [f"{P57}/phu-luc/0/muc/7"]
    [link] = [link for link in corpus().links if short(link.to) == decision]
    assert (short(link.from_), link.relation, short(link.stated_by)) == (P57, "implements", f"{P57}/phu-luc/0/muc/7")


def test_stated_by_is_for_what_one_task_says_of_its_own_document() -> None:
    tasks = {record.id: record for record in corpus().tasks}

    def outside(link: LinkRecord) -> bool:
        if link.stated_by is None:
            return False
        by = tasks[link.stated_by]
        inside = by.source.start <= link.source.start and link.source.end <= by.source.end
        return link.from_ != by.document or link.stated_in != by.document or not inside or link.to not in by.cites

    assert [link for link in corpus().links if outside(link)] == []


def test_what_the_preamble_says_no_task_states() -> None:
    bases = [link for link in corpus().links if link.relation == "legal_basis"]
    assert {short(link.to) for link in bases if short(link.from_) == D719} == {
        "trung-uong/luat/2025/to-chuc-chinh-quyen-dia-phuong",
        "trung-uong/nq-tw/2024/57",
        "trung-uong/qh15/2025/193",
        "trung-uong/nq-cp/2025/71",
        "hung-yen/kh-tu/2025/433",
        "hung-yen/kh-ubnd/2025/102",
    }
    assert {link.stated_by for link in bases} == {None}


def test_the_chain_from_the_plan_of_2025_up_to_the_resolution() -> None:
    resolution, plan_102 = "trung-uong/nq-tw/2024/57", "hung-yen/kh-ubnd/2025/102"
    assert plan_102 in links(D719, "legal_basis")
    assert links(plan_102, "implements") == {"trung-uong/nq-cp/2025/71"}
    [programme] = links("trung-uong/nq-cp/2025/71", "amends")
    record = document(programme)
    assert (record.type, record.number, record.issuer) == ("Chương trình hành động", None, "Chính phủ")
    assert links(programme, "implements") == {resolution}


@pytest.mark.parametrize(
    ("start", "relation", "to"),
    [
        pytest.param(P57, "implements", "trung-uong/qd-ttg/2022/569", id="tuyen-quang-rests-on-569"),
        pytest.param("hung-yen/kh-ubnd/2022/196", "implements", "trung-uong/qd-ttg/2022/569", id="hung-yen-too"),
        pytest.param("hung-yen/kh-tu/2025/433", "implements", "trung-uong/nq-tw/2024/57", id="the-party-plan"),
        pytest.param("trung-uong/nd-cp/2025/88", "guides", "trung-uong/qh15/2025/193", id="decree-guides"),
        pytest.param("tuyen-quang/kh-ubnd/2021/26", "implements", "trung-uong/qd-ttg/2019/100", id="plan-of-a-task"),
        pytest.param(f"{D719}/phu-luc/2", "promulgated_with", D719, id="annex"),
        pytest.param(f"{D719}/kem-theo", "promulgated_with", D719, id="programme-behind-the-decision"),
    ],
)
def test_relations(start: str, relation: str, to: str) -> None:
    assert to in links(start, relation)


@pytest.mark.parametrize(
    ("start", "relation", "type_"),
    [
        pytest.param("tuyen-quang/kh-ubnd/2021/26", "implements", "Đề án tổng thể", id="only-through-100"),
        pytest.param("tuyen-quang/kh-ubnd/2021/26", "approves", "Đề án tổng thể", id="100-approved-it"),
        pytest.param("tuyen-quang/kh-ubnd/2022/102", "approves", "Chương trình", id="2205-approved-it"),
        pytest.param("hung-yen/kh-ubnd/2025/102", "implements", "Chương trình", id="another-102"),
    ],
)
def test_relations_that_must_not_be_made_up(start: str, relation: str, type_: str) -> None:
    assert [to for to in links(start, relation) if document(to).type == type_] == []


def test_nothing_is_dropped() -> None:
    assert len(corpus().mentions) == sum(len(plan(file).mentions) for file in FILES)
    assert [mention for mention in corpus().mentions if (mention.target is None) == (mention.unresolved is None)] == []


# --- agencies -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "life"),
    [
        pytest.param(HUNG_YEN_2022, "hung-yen-truoc-2025", id="hung-yen-before-the-merger"),
        pytest.param(DECISION, "hung-yen", id="hung-yen-in-august-2025"),
        pytest.param(TUYEN_QUANG, "tuyen-quang-truoc-2025", id="tuyen-quang-before-the-merger"),
        pytest.param(HA_NAM, "ha-nam", id="ha-nam-has-one-life"),
    ],
)
def test_agencies_live_in_the_province_of_their_day(file: str, life: str) -> None:
    items = [each for each in items_of_the_corpus() if each.file == file]
    bodies = [body for each in items for body in (*each.lead, *each.coordinating) if body.agency]
    central = [body for body in bodies if "/trung-uong/" in (body.agency or "")]
    assert len(bodies) > 10
    assert {(short(body.agency) or "").split("/")[1] for body in bodies if body not in central} == {life}


def test_a_collective_is_nobody_in_particular() -> None:
    items = items_of_the_corpus()
    bodies = [body for each in items for body in (*each.lead, *each.coordinating)]
    assert [body for body in bodies if body.collective != (body.agency is None)] == []
    assert {"Các sở, ban, ngành", "UBND cấp xã"} <= {body.name for body in bodies if body.collective}


def test_agencies_of_records_are_known() -> None:
    known = {agency.id for agency in corpus().agencies}
    items = items_of_the_corpus()
    used = {body.agency for each in items for body in (*each.lead, *each.coordinating) if body.agency}
    assert used - known == set()


def test_held_identities_are_told_once() -> None:
    index = Index([plan(file) for file in FILES])
    add_unnumbered(index, [plan(file) for file in FILES])
    held: list[Identity] = [identity for identity in index.identities.values() if identity.held]
    assert sorted(identity.held.file for identity in held if identity.held) == sorted(FILES)
