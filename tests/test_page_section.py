"""The page of a section, annex or paragraph, and how results lead to it; and filters set over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from graph.pipeline import build
from search_api.indexing import SearchIndexer
from tests.pages import app_over
from tests.word_encoder import WordEncoder

PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH BẮC NINH
Số: 15/KH-UBND
Bắc Ninh, ngày 3 tháng 2 năm 2026
KẾ HOẠCH
Phát triển kinh tế số
I. QUAN ĐIỂM
Kinh tế số là động lực <b>mới</b> của tăng trưởng, doanh nghiệp là trung tâm.
II. NHIỆM VỤ
1. Thương mại
a) Sở Công Thương chủ trì xây dựng sàn thương mại điện tử của tỉnh cho nông sản chủ lực, hoàn thành trong năm 2027.
b) Sở Công Thương chủ trì xây dựng sàn thương mại điện tử của tỉnh cho nông sản chủ lực, hoàn thành các năm sau.
"""
HOME = "/section/vn/bac-ninh/kh-ubnd/2026/15/phan"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("sections")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    build([folder / "plan.txt"], folder / "kb", indexer=SearchIndexer(WordEncoder, "words"))
    with TestClient(app_over(folder / "kb")) as client:
        yield client


def test_a_section_lists_what_is_asked_for_below_it(client: TestClient) -> None:
    html = client.get(f"{HOME}/ii/1").text
    assert "1. Thương mại" in html
    assert html.count("Sở Công Thương chủ trì") == 2
    assert 'href="/task/vn/bac-ninh/kh-ubnd/2026/15/phan/ii/1/a"' in html
    assert 'href="/document/vn/bac-ninh/kh-ubnd/2026/15"' in html


def test_a_paragraph_is_shown_as_text_with_its_heading(client: TestClient) -> None:
    html = client.get(f"{HOME}/i/doan-1").text
    assert "Kinh tế số là động lực &lt;b&gt;mới&lt;/b&gt;" in html
    assert "I. QUAN ĐIỂM" in html
    assert "Đoạn văn" in html
    assert "Paragraph" in client.get(f"{HOME}/i/doan-1", params={"lang": "en"}).text


def test_a_section_that_is_not_there_is_a_page_of_its_own(client: TestClient) -> None:
    assert client.get(f"{HOME}/ix/9").status_code == 404


def test_other_paths_of_a_section_lead_to_it(client: TestClient) -> None:
    for path in (f"{HOME}/ii/1".replace("/section/", "/id/"), f"{HOME}/ii/1".replace("/section/", "/task/")):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert str(answer.url).endswith(f"{HOME}/ii/1")


def test_results_lead_to_sections_and_to_what_is_nearly_the_same(client: TestClient) -> None:
    html = client.get("/", params={"q": "quan điểm kinh tế số"}).text
    assert f'href="{HOME}/i/doan-1"' in html
    assert "Thuộc mục" in html
    html = client.get("/", params={"q": "sàn thương mại điện tử"}).text
    assert "Nội dung gần giống" in html
    assert 'href="/task/vn/bac-ninh/kh-ubnd/2026/15/phan/ii/1/b"' in html


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        pytest.param({"due": "2027"}, ["15/KH-UBND#ii.1.a"], id="due"),
        pytest.param({"due": "/2026"}, [], id="due-before"),
        pytest.param({"agency": "Sở Công Thương", "role": "lead", "states": "no-deadline"}, ["15/KH-UBND#ii.1.b"],
                     id="three"),
        pytest.param({"kind": ["task", "duty"]}, ["15/KH-UBND#ii.1.a", "15/KH-UBND#ii.1.b"], id="kinds"),
    ],
)  # fmt: skip
def test_filters_are_set_beside_the_question(
    client: TestClient, parameters: dict[str, str | list[str]], found: list[str]
) -> None:
    answer = client.get("/api/search", params={"q": "", **parameters}).json()
    assert sorted(each["short"] for each in answer["results"]) == found


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        pytest.param({"topic": "thuong mai dien tuu"}, "the nearest are", id="near"),
        pytest.param({"due": "soon"}, "expected a year, month or day", id="no-date"),
        pytest.param({"role": "boss"}, "expected one of", id="closed-list"),
    ],
)
def test_a_value_that_nothing_has_is_a_problem(client: TestClient, parameters: dict[str, str], said: str) -> None:
    answer = client.get("/api/search", params={"q": "x", **parameters})
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("unknown-value")
    assert said in answer.json()["detail"]
