"""A mention becomes a link or a reason; nothing is dropped and nothing is guessed."""

from __future__ import annotations

import pytest

from graph.records import Corpus
from graph.resolve import resolve_corpus
from ingest.records import Extraction
from tests.texts import plan_of, short


def nghe_an(recitals: str, number: int = 1) -> Extraction:
    title = f"Kế hoạch thứ {number} về chuyển đổi số"
    return plan_of(f"{number}/KH-UBND", "Nghệ An", "05 tháng 3 năm 2025", title, recitals, f"nghe-an-{number}.txt")


def resolve(*recitals: str) -> Corpus:
    """One plan of one province for each text, numbered from 1."""
    return resolve_corpus([nghe_an(text, number) for number, text in enumerate(recitals, start=1)], {})


def targets(corpus: Corpus) -> list[tuple[str | None, str | None, str | None]]:
    return [(mention.number, short(mention.target), mention.unresolved) for mention in corpus.mentions]


DATED = "Căn cứ Kế hoạch số 15/KH-UBND ngày 02/01/2024 của UBND tỉnh;"
OTHER = "Căn cứ Kế hoạch số 15/KH-UBND ngày 09/5/2023 của UBND tỉnh;"
UNDATED = "Căn cứ Kế hoạch số 15/KH-UBND;"
RESOLUTION = "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;"
OF_THE_PARTY = "trung-uong/nq-tw/2024/57"
SCHEME = (
    "Căn cứ Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ phê duyệt Đề án phát triển ứng dụng dữ "
    "liệu về dân cư;"
)
SCHEME_IRI = "trung-uong/de-an/2022/phat-trien-ung-dung-du-lieu-ve-dan-cu"
OF_2024, OF_2023 = "nghe-an/kh-ubnd/2024/15", "nghe-an/kh-ubnd/2023/15"


@pytest.mark.parametrize(
    ("recitals", "expected"),
    [
        pytest.param((DATED,), [("15/KH-UBND", OF_2024, None)], id="dated"),
        pytest.param(
            (DATED, UNDATED),
            [("15/KH-UBND", OF_2024, None), ("15/KH-UBND", OF_2024, None)],
            id="undated-and-only-one-has-the-number",
        ),
        pytest.param(
            (DATED, OTHER, UNDATED),
            [
                ("15/KH-UBND", OF_2024, None),
                ("15/KH-UBND", OF_2023, None),
                ("15/KH-UBND", None, "2 documents carry 15/KH-UBND"),
            ],
            id="two-have-the-number-never-guess",
        ),
        pytest.param(
            (f"{DATED} {UNDATED}", OTHER),
            [("15/KH-UBND", OF_2024, None), ("15/KH-UBND", OF_2024, None), ("15/KH-UBND", OF_2023, None)],
            id="the-same-text-gave-the-date-before",
        ),
        pytest.param(
            ("Căn cứ Quyết định số /QĐ-UBND ngày 26/5/2022 của UBND tỉnh;",),
            [(None, None, "number left blank in the source")],
            id="blank",
        ),
        pytest.param(
            ("Căn cứ Quyết định số 77/QĐ-UBND;",),
            [("77/QĐ-UBND", None, "no text gives the year or the issuer of this number")],
            id="nobody-gives-the-year",
        ),
        pytest.param(
            ("Căn cứ Kế hoạch số 2/KH-UBND ngày 05/3/2025 của UBND tỉnh;", ""),
            [("2/KH-UBND", "nghe-an/kh-ubnd/2025/2", None)],
            id="a-plan-that-is-held",
        ),
        pytest.param(
            (RESOLUTION, "Căn cứ Nghị quyết 57;"),
            [("57-NQ/TW", OF_THE_PARTY, None), ("57-NQ/TW", OF_THE_PARTY, None)],
            id="cut-short-and-another-text-has-it-whole",
        ),
        pytest.param(
            (RESOLUTION, "Căn cứ Nghị quyết 57 của Bộ Chính trị;"),
            [("57-NQ/TW", OF_THE_PARTY, None), ("57-NQ/TW", OF_THE_PARTY, None)],
            id="cut-short-with-its-issuer",
        ),
        pytest.param(
            (RESOLUTION, "Căn cứ Nghị quyết 57 của Chính phủ;"),
            [("57-NQ/TW", OF_THE_PARTY, None), ("57", None, "no document of the corpus is a Nghị quyết 57")],
            id="cut-short-with-another-issuer",
        ),
        pytest.param(
            (DATED, OTHER, "Căn cứ Kế hoạch số 15;"),
            [
                ("15/KH-UBND", OF_2024, None),
                ("15/KH-UBND", OF_2023, None),
                ("15", None, "2 documents are a Kế hoạch 15"),
            ],
            id="cut-short-of-two-never-guess",
        ),
        pytest.param(
            (DATED, OTHER, "Căn cứ Kế hoạch số 15 ngày 02/01/2024;"),
            [("15/KH-UBND", OF_2024, None), ("15/KH-UBND", OF_2023, None), ("15/KH-UBND", OF_2024, None)],
            id="cut-short-with-its-date",
        ),
        pytest.param(
            ("Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2026;", "Căn cứ Nghị quyết 57;"),
            [
                ("57-NQ/TW", "trung-uong/nq-tw/2026/57", None),
                ("57", None, "no document of the corpus is a Nghị quyết 57"),
            ],
            id="cut-short-and-the-whole-one-is-later",
        ),
        pytest.param(
            (SCHEME, "Căn cứ Đề án 06;"),
            [
                ("06/QĐ-TTg", "trung-uong/qd-ttg/2022/6", None),
                (None, SCHEME_IRI, None),
                ("06", SCHEME_IRI, None),
            ],
            id="a-scheme-by-the-number-of-its-decision",
        ),
        pytest.param(
            ("Căn cứ Chương trình 135;",),
            [("135", None, "no document of the corpus is a Chương trình 135")],
            id="cut-short-of-nothing-known",
        ),
    ],
)
def test_mentions(recitals: tuple[str, ...], expected: list[tuple[str | None, str | None, str | None]]) -> None:
    assert targets(resolve(*recitals)) == expected


def test_what_is_unresolved_is_reported_with_its_candidates() -> None:
    [report] = resolve(DATED, OTHER, UNDATED).unresolved
    assert (report.kind, report.what, report.reason) == ("mention", "15/KH-UBND", "2 documents carry 15/KH-UBND")
    assert [short(candidate) for candidate in report.candidates] == [OF_2023, OF_2024]
    assert (report.source.file, report.source.quote) == ("nghe-an-3.txt", "Kế hoạch số 15/KH-UBND")


def test_two_dates_of_one_document_are_both_kept() -> None:
    corpus = resolve(
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 26/5/2021;", "Căn cứ Quyết định số 12/QĐ-UBND ngày 26/5/2022;"
    )
    [document] = [document for document in corpus.documents if not document.held]
    assert document.date == "2021-05-26"
    assert [(said.date, short(said.stated_in)) for said in document.dates] == [
        ("2021-05-26", "nghe-an/kh-ubnd/2025/1"),
        ("2022-05-26", "nghe-an/kh-ubnd/2025/2"),
    ]
    [report] = corpus.unresolved
    assert (report.kind, report.reason) == ("date-conflict", "dated 2022-05-26 here and 2021-05-26 elsewhere")
    assert report.source.quote == "Quyết định số 12/QĐ-UBND ngày 26/5/2022"


def test_a_document_has_no_relation_to_itself() -> None:
    corpus = resolve("Thực hiện Kế hoạch số 1/KH-UBND ngày 05/3/2025 của UBND tỉnh;")
    assert targets(corpus) == [("1/KH-UBND", "nghe-an/kh-ubnd/2025/1", None)]
    assert corpus.links == ()


def test_links_carry_numbers_and_their_place() -> None:
    [link] = resolve("Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;").links
    assert (short(link.from_), short(link.to)) == ("nghe-an/kh-ubnd/2025/1", "trung-uong/nq-tw/2024/57")
    assert (link.from_number, link.to_number, link.relation, link.stated_by) == (
        "1/KH-UBND",
        "57-NQ/TW",
        "legal_basis",
        None,
    )
    assert link.source.quote == "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"


def test_the_order_of_the_plans_does_not_matter() -> None:
    plans = [nghe_an(DATED, 1), nghe_an(OTHER, 2), nghe_an(UNDATED, 3)]
    assert resolve_corpus(plans, {}) == resolve_corpus(plans[::-1], {})


def test_no_plan_at_all() -> None:
    assert resolve_corpus([], {}) == Corpus((), (), (), (), (), (), (), ())


def test_a_number_cut_short_does_not_reach_into_another_province() -> None:
    there = "Căn cứ Kế hoạch số 15/KH-UBND ngày 02/01/2024 của UBND tỉnh Hà Nam;"
    assert targets(resolve(there, "Căn cứ Kế hoạch số 15;"))[1][1] is None
    assert targets(resolve(there, "Căn cứ Kế hoạch số 15 của UBND tỉnh Hà Nam;"))[1][1] == "ha-nam/kh-ubnd/2024/15"
