"""IRIs: the same document always gets the same one, and two documents never share one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import iri
from ingest.slug import slug, title_slug

ID = "https://w3id.org/cancu/id/"
VALID = re.compile(r"https://w3id\.org/cancu/(?:id|graph)(?:/[A-Za-z0-9.-]+)+")
PLAN = ID + "vn/tuyen-quang/kh-ubnd/2023/57"


@pytest.mark.parametrize(
    ("number", "jurisdiction", "year", "path"),
    [
        pytest.param("719/QĐ-UBND", "hung-yen", 2025, "hung-yen/qd-ubnd/2025/719", id="province"),
        pytest.param("57-NQ/TW", "trung-uong", 2024, "trung-uong/nq-tw/2024/57", id="party"),
        pytest.param("193/2025/QH15", "trung-uong", 2025, "trung-uong/qh15/2025/193", id="year-in-the-number"),
        pytest.param("88/2025/NĐ-CP", "trung-uong", 2025, "trung-uong/nd-cp/2025/88", id="decree"),
        pytest.param(
            "20/TTr-SKHCN",
            "hung-yen/so-khoa-hoc-va-cong-nghe",
            2025,
            "hung-yen/so-khoa-hoc-va-cong-nghe/ttr-skhcn/2025/20",
            id="department",
        ),
        pytest.param("5/TTr-BKHCN-BTTTT", "trung-uong", 2024, "trung-uong/ttr-bkhcn-btttt/2024/5", id="joint"),
        pytest.param("17a/CT-UBND", "ha-nam", 2022, "ha-nam/ct-ubnd/2022/17a", id="letter"),
        pytest.param("17A/CT-UBND", "ha-nam", 2022, "ha-nam/ct-ubnd/2022/17a", id="capital-letter"),
        pytest.param("01/NQ-CP", "trung-uong", 2024, "trung-uong/nq-cp/2024/1", id="leading-zero"),
        pytest.param("433 -KH/TU", "hung-yen", 2025, "hung-yen/kh-tu/2025/433", id="stray-space"),
        pytest.param("361/QĐ- UBND", "tuyen-quang", 2022, "tuyen-quang/qd-ubnd/2022/361", id="space-in-symbol"),
        pytest.param("2025/QĐ-UBND", "ha-nam", 2025, "ha-nam/qd-ubnd/2025/2025", id="serial-like-a-year"),
    ],
)
def test_document(number: str, jurisdiction: str, year: int, path: str) -> None:
    assert iri.document_iri(number, jurisdiction, year) == f"{ID}vn/{path}"


@pytest.mark.parametrize("number", ["", "/QĐ-UBND", "719", "719/2025", "số 5", "-NQ/TW"])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="expected a document number"):
        iri.document_iri(number, "hung-yen", 2025)


@pytest.mark.parametrize("jurisdiction", ["", "Hưng Yên", "hung-yen/", "../x", "hung yen"])
def test_what_is_no_jurisdiction_is_refused(jurisdiction: str) -> None:
    with pytest.raises(ValueError, match="expected a jurisdiction"):
        iri.agency_iri(jurisdiction, "Sở Y tế")


DIFFERENT: list[Callable[[], str]] = [
    partial(iri.document_iri, "57-NQ/TW", "trung-uong", 2024),
    partial(iri.document_iri, "57/KH-UBND", "tuyen-quang", 2023),
    partial(iri.document_iri, "102/KH-UBND", "hung-yen", 2025),
    partial(iri.document_iri, "102/KH-UBND", "tuyen-quang", 2022),
    partial(iri.document_iri, "102/KH-UBND", "hung-yen", 2024),
    partial(iri.document_iri, "102/QĐ-UBND", "hung-yen", 2025),
    partial(iri.document_iri, "17/CT-UBND", "hung-yen", 2025),
    partial(iri.document_iri, "17a/CT-UBND", "hung-yen", 2025),
    partial(iri.document_iri, "17đ/CT-UBND", "hung-yen", 2025),
    partial(iri.document_iri, "17d/CT-UBND", "hung-yen", 2025),
    partial(iri.document_iri, "20/TTr-SKHCN", "hung-yen/so-khoa-hoc-va-cong-nghe", 2025),
    partial(iri.document_iri, "20/TTr-SKHCN", "hung-yen", 2025),
    partial(iri.unnumbered_iri, "trung-uong", "Luật", 2025, "Tổ chức chính quyền địa phương"),
    partial(iri.unnumbered_iri, "trung-uong", "Luật", 2015, "Tổ chức chính quyền địa phương"),
    partial(iri.unnumbered_iri, "trung-uong", "Luật", None, "Tổ chức chính quyền địa phương"),
    partial(iri.unnumbered_iri, "hung-yen", "Đề án", None, "Chuyển đổi số " * 12 + "một"),
    partial(iri.unnumbered_iri, "hung-yen", "Đề án", None, "Chuyển đổi số " * 12 + "hai"),
    partial(iri.blank_number_iri, "ha-nam", "KH-UBND", "2022-08", "a" * 64),
    partial(iri.blank_number_iri, "ha-nam", "KH-UBND", "2022-08", "b" * 64),
    partial(iri.item_iri, PLAN, "phan/ii/1/d"),
    partial(iri.item_iri, PLAN, "phan/ii/1/đ"),
    partial(iri.item_iri, PLAN, "phu-luc/1/muc/7"),
    partial(iri.item_iri, PLAN, "phu-luc/2/muc/7"),
    partial(iri.item_iri, PLAN, "muc/1.1"),
    partial(iri.item_iri, PLAN, "muc/11"),
    partial(iri.agency_iri, "hung-yen", "Sở Y tế"),
    partial(iri.agency_iri, "hung-yen-truoc-2025", "Sở Y tế"),
    partial(iri.collective_iri, "hung-yen", "Sở Y tế"),
    partial(iri.mention_iri, PLAN, 1),
    partial(iri.link_iri, PLAN, 1),
    partial(iri.unresolved_iri, PLAN, 1),
    partial(iri.impossible_date_iri, PLAN, 1),
    partial(iri.quote_iri, PLAN, 1, 23),
    partial(iri.quote_iri, PLAN, 12, 3),
    partial(iri.graph_iri, PLAN),
    partial(iri.graph_iri, "agencies"),
    partial(iri.annotation_iri, PLAN, "title"),
    partial(iri.foreign_annotation_iri, PLAN, f"{ID}vn/trung-uong/nq-tw/2024/57", "title"),
]


def test_different_things_never_share_an_iri() -> None:
    made = [make() for make in DIFFERENT]
    assert len(set(made)) == len(made)
    assert [each for each in made if not VALID.fullmatch(each)] == []


def test_concepts_stay_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANCU_BASE", "https://example.org/kb")
    assert iri.document_iri("719/QĐ-UBND", "hung-yen", 2025) == "https://example.org/kb/id/vn/hung-yen/qd-ubnd/2025/719"
    assert iri.graph_iri("https://example.org/kb/id/vn/a/b/2025/1") == "https://example.org/kb/graph/vn/a/b/2025/1"
    assert iri.province_iri("hung-yen") == "https://w3id.org/cancu/id/province/hung-yen"
    assert iri.topic_iri(ID + "topic/du-lieu-mo") == iri.topic_iri("du-lieu-mo") == ID + "topic/du-lieu-mo"
    assert iri.agency_type_iri("so-y-te") == ID + "agency-type/so-y-te"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Sở Khoa học và Công nghệ", "so-khoa-hoc-va-cong-nghe", id="name"),
        pytest.param("ĐỀ ÁN", "de-an", id="capitals"),
        pytest.param("Ðề án", "de-an", id="the-icelandic-letter-of-scans"),
        pytest.param("hoà", "hoa", id="old-tone-mark"),
        pytest.param("hòa", "hoa", id="new-tone-mark"),
        pytest.param("Tỉnh ủy", "tinh-uy", id="decomposed"),
        pytest.param("…", "ten-b4935894", id="nothing-left"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_every_text_has_an_ascii_slug(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug(text))
    assert len(title_slug(text)) <= 89


@given(st.text(), st.text(), st.integers(1945, 2100), st.text(min_size=1))
def test_every_iri_is_ascii(name: str, title: str, year: int, address: str) -> None:
    made = [
        iri.agency_iri("hung-yen", name),
        iri.unnumbered_iri("trung-uong", name, year, title),
        iri.item_iri(PLAN, address),
        iri.assignment_iri(PLAN, "lead", name),
    ]
    assert [each for each in made if not VALID.fullmatch(each)] == []


@given(st.integers(1, 99999), st.sampled_from(["QĐ-UBND", "NQ/TW", "TTr-SKHCN", "KH-UBND"]), st.integers(1945, 2100))
def test_serials_of_one_symbol_never_meet(number: int, symbol: str, year: int) -> None:
    made = iri.document_iri(f"{number:02}/{symbol}", "ha-nam", year)
    assert made.endswith(f"/{year}/{number}")
