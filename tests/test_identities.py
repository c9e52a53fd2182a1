"""Which mentions are the same document, told from all texts together."""

from __future__ import annotations

import pytest

from graph.identities import Index, add_unnumbered, number_key
from graph.jurisdictions import family_in, family_of, jurisdiction_of, province_life
from ingest.records import Extraction
from tests.texts import plan_of, short

ONE_TITLE = "Phát triển kinh tế số và xã hội số tỉnh Nghệ An đến năm 2030"


def nghe_an(recitals: str, number: int = 1) -> Extraction:
    title = f"Kế hoạch thứ {number} về chuyển đổi số"
    return plan_of(f"{number}/KH-UBND", "Nghệ An", "05 tháng 3 năm 2025", title, recitals, f"nghe-an-{number}.txt")


def thanh_hoa(recitals: str) -> Extraction:
    return plan_of("2/KH-UBND", "Thanh Hóa", "06 tháng 3 năm 2025", "Chuyển đổi số", recitals, "thanh-hoa.txt")


def documents_of(*extractions: Extraction) -> list[str]:
    """The documents that are cited, not held."""
    index = Index(extractions)
    return sorted(short(each.id) or "" for each in index.identities.values() if each.held is None)


@pytest.mark.parametrize(
    ("extractions", "documents"),
    [
        pytest.param(
            (
                nghe_an("Căn cứ Kế hoạch số 15/KH-UBND ngày 02/01/2024;"),
                thanh_hoa("Căn cứ Kế hoạch số 15/KH-UBND ngày 02/01/2024;"),
            ),
            ["nghe-an/kh-ubnd/2024/15", "thanh-hoa/kh-ubnd/2024/15"],
            id="one-number-in-two-provinces",
        ),
        pytest.param(
            (
                nghe_an("Căn cứ Kế hoạch số 15/KH-UBND ngày 02/01/2024;"),
                nghe_an("Căn cứ Kế hoạch số 15/KH-UBND ngày 09/5/2023;", 3),
            ),
            ["nghe-an/kh-ubnd/2023/15", "nghe-an/kh-ubnd/2024/15"],
            id="one-number-in-two-years",
        ),
        pytest.param(
            (nghe_an("Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024; Kế hoạch số 57/KH-UBND ngày 27/3/2023;"),),
            ["nghe-an/kh-ubnd/2023/57", "trung-uong/nq-tw/2024/57"],
            id="one-serial-under-two-symbols",
        ),
        pytest.param(
            (
                nghe_an("Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020;"),
                thanh_hoa("Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020;"),
            ),
            ["trung-uong/qd-ttg/2020/749"],
            id="the-centre-is-one-for-all",
        ),
        pytest.param(
            (nghe_an("Căn cứ Kế hoạch số 15/KH-UBND ngày 02/01/2024 của UBND tỉnh Thanh Hóa;"),),
            ["thanh-hoa/kh-ubnd/2024/15"],
            id="a-printed-province-wins",
        ),
        pytest.param(
            (
                nghe_an("Căn cứ Quyết định số 12/QĐ-UBND ngày 26/5/2021;"),
                nghe_an("Căn cứ Quyết định số 12/QĐ-UBND ngày 26/5/2022;", 3),
            ),
            ["nghe-an/qd-ubnd/2021/12"],
            id="a-misprinted-year-and-the-earlier-of-a-tie",
        ),
        pytest.param(
            (
                nghe_an("Căn cứ Quyết định số 12/QĐ-UBND ngày 26/5/2021;"),
                nghe_an("Căn cứ Quyết định số 12/QĐ-UBND ngày 26/5/2022;", 3),
                nghe_an("Căn cứ Quyết định số 12/QĐ-UBND ngày 26/5/2022;", 4),
            ),
            ["nghe-an/qd-ubnd/2022/12"],
            id="the-year-that-most-texts-print",
        ),
        pytest.param(
            (nghe_an("Căn cứ Nghị định số 13/2023/NĐ-CP;"),),
            ["trung-uong/nd-cp/2023/13"],
            id="a-year-inside-the-number",
        ),
        pytest.param(
            (nghe_an("Căn cứ Tờ trình số 20/TTr-SKHCN ngày 14/8/2025; Tờ trình số 20/TTr-STC ngày 15/8/2025;"),),
            ["nghe-an/so-khoa-hoc-va-cong-nghe/ttr-skhcn/2025/20", "nghe-an/so-tai-chinh/ttr-stc/2025/20"],
            id="departments-below-the-province",
        ),
        pytest.param(
            (nghe_an("Căn cứ Tờ trình số 5/TTr-BKHCN-BTTTT ngày 10/02/2025;"),),
            ["trung-uong/ttr-bkhcn-btttt/2025/5"],
            id="joint-symbol",
        ),
        pytest.param((nghe_an("Căn cứ Quyết định số 77/QĐ-UBND;"),), [], id="no-year-no-document"),
    ],
)
def test_a_document_is_number_issuer_and_year(extractions: tuple[Extraction, ...], documents: list[str]) -> None:
    assert documents_of(*extractions) == documents
    assert documents_of(*reversed(extractions)) == documents


def test_a_cited_document_is_the_same_on_the_day_it_is_held() -> None:
    citing = nghe_an("Căn cứ Kế hoạch số 3/KH-UBND ngày 05/3/2025 của UBND tỉnh;")
    before = Index([citing])
    after = Index([citing, nghe_an("", 3)])
    [cited] = [identity for identity in before.identities.values() if identity.held is None]
    assert after.held["nghe-an-3.txt"].id == cited.id


@pytest.mark.parametrize(
    ("cited", "settled"),
    [
        pytest.param(
            f"Kế hoạch số 88/KH-UBND ngày 05/12/2022 của UBND tỉnh {ONE_TITLE}", True, id="month-and-title-agree"
        ),
        pytest.param(f"Kế hoạch số 88/KH-UBND ngày 05/11/2022 của UBND tỉnh {ONE_TITLE}", False, id="another-month"),
        pytest.param("Kế hoạch số 88/KH-UBND ngày 05/12/2022 của UBND tỉnh", False, id="no-title"),
        pytest.param(f"Quyết định số 88/QĐ-UBND ngày 05/12/2022 của UBND tỉnh {ONE_TITLE}", False, id="another-symbol"),
        pytest.param(
            f"Kế hoạch số 88/KH-UBND ngày 05/12/2022 của UBND tỉnh Thanh Hóa {ONE_TITLE}", False, id="another-province"
        ),
    ],
)
def test_a_number_left_blank_is_settled_by_another_text(cited: str, settled: bool) -> None:
    blank = plan_of("/KH-UBND", "Nghệ An", "tháng 12 năm 2022", ONE_TITLE, "", "blank.txt")
    extractions = [blank, nghe_an(f"Thực hiện {cited};")]
    index = Index(extractions)
    add_unnumbered(index, extractions)
    held = index.held["blank.txt"]
    draft = "nghe-an/kh-ubnd/2022-12/chua-ro-so-00000000"
    numbered = ("nghe-an/kh-ubnd/2022/88", "88/KH-UBND", [draft])
    assert (short(held.id), held.number, [short(a) for a in held.aliases]) == (
        numbered if settled else (draft, None, [])
    )


@pytest.mark.parametrize(
    ("symbol", "province", "jurisdiction"),
    [
        pytest.param("KH-UBND", "hung-yen", "hung-yen", id="province"),
        pytest.param("NQ-HĐND", "ha-nam", "ha-nam", id="council"),
        pytest.param("KH/TU", "ha-nam", "ha-nam", id="party-of-the-province"),
        pytest.param("QĐ-TTg", "hung-yen", "trung-uong", id="centre"),
        pytest.param("TTr-BKHCN-BTTTT", "ha-nam", "trung-uong", id="ministries"),
        pytest.param("TTr-SKHCN", "hung-yen", "hung-yen/so-khoa-hoc-va-cong-nghe", id="below-the-province"),
        pytest.param("KH-UBND", None, None, id="which-province"),
        pytest.param("NQ/TW", None, "trung-uong", id="the-centre-needs-no-province"),
    ],
)
def test_jurisdictions(symbol: str, province: str | None, jurisdiction: str | None) -> None:
    assert jurisdiction_of(symbol, province) == jurisdiction


def test_number_key() -> None:
    assert number_key("102/KH-UBND", "KH-UBND", "hung-yen") == ("hung-yen", "kh-ubnd", "102")
    assert number_key("102/KH-UBND", "KH-UBND", None) is None


@pytest.mark.parametrize(
    ("text", "family"),
    [
        pytest.param("UBND tỉnh Hà Nam", "ha-nam", id="named"),
        pytest.param("UBND tỉnh", None, id="not-named"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_a_phrase_may_name_a_province(text: str | None, family: str | None) -> None:
    assert family_in(text) == family


@pytest.mark.parametrize(
    ("name", "family"), [("Hưng Yên", "hung-yen"), ("Huế", "hue"), ("Mường Tè", None), (None, None)]
)
def test_provinces_by_name(name: str | None, family: str | None) -> None:
    assert family_of(name) == family


@pytest.mark.parametrize(
    ("jurisdiction", "date", "life"),
    [
        pytest.param("hung-yen", "2022-12", "hung-yen-truoc-2025", id="before"),
        pytest.param("hung-yen", "2025-06-30", "hung-yen-truoc-2025", id="last-day"),
        pytest.param("hung-yen", "2025-07-01", "hung-yen", id="first-day"),
        pytest.param("hung-yen", None, "hung-yen", id="no-date-is-now"),
        pytest.param("hung-yen/so-y-te", "2025-08", "hung-yen", id="below-the-province"),
        pytest.param("ha-nam", "2022-08", "ha-nam", id="a-province-that-ended"),
        pytest.param("tuyen-quang", "2023-03-27", "tuyen-quang-truoc-2025", id="a-province-that-took-in-another"),
        pytest.param("trung-uong", "2022", "trung-uong", id="the-centre"),
    ],
)
def test_a_date_chooses_the_life_of_a_province(jurisdiction: str, date: str | None, life: str) -> None:
    assert province_life(jurisdiction, date) == life
