"""Pages that compare: which wordings stand together, what the pictures say, which tasks share a row."""

from __future__ import annotations

import atexit
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph.generations import open_current
from graph.records import Corpus, TargetRecord
from ingest.reference import load_phrase
from ingest.slug import title_slug
from search_api.indicators import find_indicators, list_differences, list_indicators, list_related
from search_api.live import Opened, open_generation
from search_api.page_base import Page
from search_api.page_compare import say_softer
from search_api.search import open_search
from search_api.target_chart import MOST_SERIES, Point, draw_chart, find_ticks
from tests.pages import SCRIPT, Outline, check_whole, open_pages
from tests.small_corpus import DECISION, PLAN, small_corpus
from tests.small_kb import publish_corpus, small_kb
from tests.word_encoder import WordEncoder

LONG = "x" * 5000
SHARE = "tỷ lệ hộ gia đình có internet băng rộng"
FEW_WORDS = "tỷ lệ hộ gia đình có kết nối internet băng rộng"


def target(document: str, number: int, indicator: str, value: float | tuple[float, float], unit: str = "%",
           year: int | None = 2030, comparator: str = "=") -> TargetRecord:  # fmt: skip
    first = small_corpus().targets[0]
    source = replace(first.source, quote=indicator)
    return replace(first, id=f"{document}/phan/9/chi-tieu-{number}", document=document, indicator=indicator,
                   value=value, unit=unit, year=year, comparator=comparator, source=source)  # fmt: skip


TARGETS = (
    target(DECISION, 1, SHARE, 60, year=2025),
    target(DECISION, 2, SHARE, 80, comparator=">="),
    target(PLAN, 1, FEW_WORDS, (70, 75), comparator="range"),
    target(PLAN, 2, "mức độ 3 của dịch vụ công trực tuyến", 50),
    target(DECISION, 3, "mức độ 4 của dịch vụ công trực tuyến", 50),
    target(PLAN, 3, "số sáng chế được cấp bằng bảo hộ của tỉnh", 2, "lần", comparator="increase"),
    target(DECISION, 4, "số sáng chế được cấp bằng bảo hộ của tỉnh", 9, "sáng chế", year=None),
    target(DECISION, 5, f"{SCRIPT}\u202e {LONG}", 5, SCRIPT),
    target(PLAN, 4, "số người làm nghiên cứu khoa học và phát triển công nghệ ở khu vực nhà nước trên một vạn dân", 2),
    target(DECISION, 6, f"{SCRIPT}\u202e {LONG}", 7, SCRIPT, 2026),
)


@cache
def targets_kb() -> Path:
    small = small_corpus()
    tasks = tuple(replace(each, topics=("chuyen-doi-so",)) for each in small.tasks)
    twin = replace(tasks[0], id=f"{DECISION}/muc/1", document=DECISION)
    hostile = replace(tasks[0], id=f"{DECISION}/muc/2", document=DECISION, text=f"{SCRIPT} {LONG}", name=SCRIPT)
    corpus: Corpus = replace(small, targets=TARGETS, tasks=(*tasks, twin, hostile))
    return publish_corpus(corpus)


def open_here(kb: Path) -> Opened:
    here = open_generation(
        open_current(kb), lambda live, records, names: open_search(live, WordEncoder, records, names)
    )
    atexit.register(here.hold.close)
    return here


@cache
def targets_here() -> Opened:
    return open_here(targets_kb())


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_pages(targets_kb()) as client:
        yield client


# --- which wordings stand together ---------------------------------------------------------------------------------


WORDINGS = [
    pytest.param("Năng suất lao động", "năng suất  lao động", True, id="case-and-spaces"),
    pytest.param("tỷ trọng kinh tế số", "tỉ trọng kinh tế số", True, id="two-right-spellings"),
    pytest.param("tỷ lệ hoá đơn điện tử", "tỷ lệ hóa đơn điện tử", True, id="place-of-the-tone"),
    pytest.param(SHARE, FEW_WORDS, True, id="a-word-more"),
    pytest.param(
        "Số lượng sáng chế, giải pháp hữu ích đăng ký bảo hộ",
        "Số sáng chế/giải pháp hữu ích được đăng ký bảo hộ",
        True,
        id="ha-nam-and-tuyen-quang",
    ),
    pytest.param("dịch vụ công trực tuyến mức độ 3", "dịch vụ công trực tuyến mức độ 4", False, id="figure"),
    pytest.param(
        "Số doanh nghiệp có hoạt động đổi mới sáng tạo",
        "số doanh nghiệp thực hiện đổi mới công nghệ",
        False,
        id="near-in-meaning-only",
    ),
    pytest.param("tỷ lệ hộ nghèo", "diện tích rừng trồng mới", False, id="nothing-in-common"),
]
ONE_PLAN = ("tỷ lệ xã có đường giao thông được cứng hóa", "tỷ lệ thôn xã có đường giao thông được cứng hóa")


@cache
def groups_of_wordings() -> list[set[str]]:
    """Which wordings stand together where one plan has the first of each pair and another the second."""
    pairs = [
        (document, text) for case in WORDINGS for document, text in zip((PLAN, DECISION), case.values, strict=False)
    ]
    pairs += [(PLAN, text) for text in ONE_PLAN]
    records = tuple(target(document, at, str(text), 1) for at, (document, text) in enumerate(pairs))
    here = open_here(publish_corpus(replace(small_corpus(), targets=records)))
    return [{wording.slug for wording in each.wordings} for each in list_indicators(here)]


def together(one: str, two: str) -> bool:
    return any({title_slug(one), title_slug(two)} <= each for each in groups_of_wordings())


@pytest.mark.parametrize(("one", "two", "are_one"), WORDINGS)
def test_wordings_stand_together_where_they_say_the_same(one: str, two: str, are_one: bool) -> None:
    assert together(one, two) is are_one


def test_what_one_plan_words_in_two_ways_it_means_as_two_things() -> None:
    assert together(*ONE_PLAN) is False


def test_several_plans_come_first() -> None:
    found = list_indicators(targets_here())
    assert [len(each.documents) for each in found[:3]] == [2, 2, 1]
    assert {each.text for each in found[1].wordings} == {SHARE, FEW_WORDS}


def test_a_wording_can_be_taken_alone() -> None:
    here = targets_here()
    ((both,), (alone,)) = (find_indicators(here, [SHARE], exact) for exact in (False, True))
    assert ([each.text for each in both.wordings], [each.text for each in alone.wordings]) == (
        [SHARE, FEW_WORDS],
        [SHARE],
    )


def test_related_indicators_are_offered_and_not_counted() -> None:
    here = targets_here()
    (shown,) = find_indicators(here, ["mức độ 3 của dịch vụ công trực tuyến"])
    assert [each.text for each in list_related(here, shown.wordings)] == ["mức độ 4 của dịch vụ công trực tuyến"]


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        ("cấp tỉnh", "cấp xã", ["tỉnh"]),
        ("đăng ký bảo hộ", "được đăng ký bảo hộ", []),
        ("được đăng ký bảo hộ", "đăng ký bảo hộ", ["được"]),
        ("tỷ lệ hộ", "tỉ lệ hộ", []),
    ],
)
def test_differing_words_are_found(one: str, two: str, words: list[str]) -> None:
    assert [one[start:end] for start, end in list_differences(one, two)] == words


# --- the picture ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (20, 50, [0, 10, 20, 30, 40, 50]),
        (1.2, 2, [0, 0.5, 1, 1.5, 2]),
        (0, 0, [0, 0.2]),
        (-20, 10, [-20, -10, 0, 10]),
        (5, 5, [0, 1, 2, 3, 4, 5]),
    ],
)
def test_ticks_are_round_and_begin_at_nought(low: float, high: float, ticks: list[float]) -> None:
    assert find_ticks(low, high) == ticks


def test_a_plan_has_one_mark_and_its_years_are_joined() -> None:
    points = [
        Point("A", 2025, 20, 20, "", "20"),
        Point("A", 2030, 30, 30, "up", "≥ 30"),
        Point("B", 2030, 5, 7, "", "5–7"),
    ]
    chart = draw_chart(points)
    assert [each.name for each in chart.series] == ["A", "B"]
    assert len({each.path for each in chart.series}) == 2
    assert [year for _, year in chart.years] == [2025, 2030]
    assert len(chart.lines) == 1
    first, second, third = chart.marks
    assert first.x < second.x < third.x  # 2030 has a column for each plan
    assert first.y > second.y  # more stands higher
    assert (second.bound, third.y < third.y_low) == ("up", True)
    assert [each.label for each in chart.marks] == ["20", "≥ 30", "5–7"]


def test_what_has_no_year_stands_last_and_is_joined_to_nothing() -> None:
    chart = draw_chart([Point("A", None, 8, 8, "", "8"), Point("A", 2030, 9, 9, "", "9")])
    assert [year for _, year in chart.years] == [2030, None]
    assert not chart.lines


def test_labels_never_cover_each_other() -> None:
    chart = draw_chart([Point(str(at), 2030, 50 + at % 2, 50 + at % 2, "", f"{50 + at % 2},25") for at in range(10)])
    boxes = [(each.x * 3.2, each.y_label) for each in chart.marks if each.label]
    assert boxes
    assert all(abs(x - u) > 20 or abs(y - v) > 11 for at, (x, y) in enumerate(boxes) for u, v in boxes[:at])


def test_more_plans_than_marks_are_said() -> None:
    chart = draw_chart([Point(str(at), 2030, at, at, "", str(at)) for at in range(MOST_SERIES + 3)])
    assert (len(chart.series), chart.left_out) == (MOST_SERIES, 3)
    assert len({(each.path, each.hollow) for each in chart.series}) == MOST_SERIES


# --- pages ---------------------------------------------------------------------------------------------------------

INDICATOR = "/compare?indicator=ty-le-ho-gia-dinh-co-internet-bang-rong"
PATENTS = "so-sang-che-duoc-cap-bang-bao-ho-cua-tinh"
PAGES = [
    "/compare",
    INDICATOR,
    "/compare?topic=chuyen-doi-so",
    "/compare?topic=nope",
    "/compare?indicator=nope",
    "/compare?q=internet",
    "/compare?q=zzz",
    f"{INDICATOR}&indicator={PATENTS}",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_is_whole(client: TestClient, path: str, language: str) -> None:
    page = check_whole(client, path, language, 404 if "indicator=nope" in path else 200)
    ours = [link for link in page.links if link.startswith("/compare")]
    back = [str(each["href"]) for each in page.of("a") if each.get("class") == "language"]
    assert [link for link in ours if link not in back and ("lang=en" in link) is (language == "vi")] == []


def test_every_indicator_of_the_list_can_be_opened(client: TestClient) -> None:
    links = [each for each in Outline(client.get("/compare").text).links if "indicator=" in each]
    assert any(title_slug(link.split("=")[1]) != link.split("=")[1] for link in links)  # one whose slug was cut
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize(
    ("quote", "value", "said", "in_english"),
    [
        ("đến năm 2030, thành lập ít nhất 2-3 doanh nghiệp", (2, 3), "ít nhất 2–3 doanh nghiệp",
         "at least 2–3 doanh nghiệp"),
        ("phấn đấu đạt khoảng 1,5 doanh nghiệp", 1.5, "khoảng 1,5 doanh nghiệp", "about 1.5 doanh nghiệp"),
        ("phấn đấu có 7 doanh nghiệp", 7, ">7 doanh nghiệp<", ">7 doanh nghiệp<"),
    ],
)  # fmt: skip
def test_a_value_keeps_the_word_that_softens_it(
    quote: str, value: float | tuple[float, float], said: str, in_english: str
) -> None:
    first = target(PLAN, 1, "số doanh nghiệp", value, "doanh nghiệp")
    first = replace(first, comparator="range" if isinstance(value, tuple) else "=")
    record = replace(first, source=replace(first.source, quote=quote))
    other = target(DECISION, 2, "số doanh nghiệp", 9, "doanh nghiệp")
    with open_pages(publish_corpus(replace(small_corpus(), targets=(record, other)))) as client:
        for language, words in (("vi", said), ("en", in_english)):
            html = client.get(f"/compare?indicator=so-doanh-nghiep&lang={language}").text
            (told,) = re.findall(r"<desc[^>]*>(.*?)</desc>", html)
            assert words in html
            assert f": {words.strip('<>')} (" in told


@pytest.mark.parametrize(
    ("printed", "in_english"),
    [("Khoảng", "about"), ("ít nhất", "at least"), ("tối thiểu", "at least"), ("tối đa khoảng", "at most about"),
     ("gần", "nearly")],
)  # fmt: skip
def test_every_word_that_softens_is_known_in_english(printed: str, in_english: str) -> None:
    assert load_phrase("target_qualifier").fullmatch(printed)
    assert say_softer(printed, Page("en", "/", {})) == in_english
    assert say_softer(printed, Page("vi", "/", {})) == printed.lower()


def test_every_link_of_an_indicator_leads_on(client: TestClient) -> None:
    for path in PAGES:
        for link in set(Outline(client.get(path).text).links):
            if link.startswith(("/compare", "/task", "/document/")) and "indicator=nope" not in link:
                assert client.get(link).status_code == 200, link


def test_an_indicator_shows_values_sentences_and_wordings(client: TestClient) -> None:
    html = client.get(INDICATOR).text
    for words in ("719/QĐ-UBND", "102/KH-UBND", "từ 80% trở lên", "70–75%", "≥ 80", "Trích nguyên văn",
                  "<mark>kết nối</mark>", "exact=1", "Đơn vị: %"):  # fmt: skip
        assert words in html, words
    assert html.count('role="img"') == 1


def test_the_picture_is_told_in_words(client: TestClient) -> None:
    html = client.get(f"{INDICATOR}&lang=en").text
    (told,) = re.findall(r"<desc[^>]*>(.*?)</desc>", html)
    assert "719/QĐ-UBND: 60% (2025)" in told
    assert "102/KH-UBND: 70–75% (2030)" in told


def test_other_units_stand_on_no_common_scale(client: TestClient) -> None:
    html = client.get(f"/compare?indicator={PATENTS}").text
    assert 'role="img"' not in html  # one target for each unit: nothing to draw
    assert ("tăng 2 lần" in html, "9 sáng chế" in html, "không nêu năm" in html) == (True, True, True)


def test_indicators_put_side_by_side_by_hand_are_said_to_be(client: TestClient) -> None:
    html = client.get(PAGES[-1]).text
    assert "do người xem đặt cạnh nhau" in html
    assert INDICATOR in Outline(html).links  # the page without the other


def test_an_indicator_is_found_without_accents_and_by_meaning(client: TestClient) -> None:
    assert Outline(client.get("/compare?q=ho gia dinh").text).links.count(INDICATOR) == 1
    near = client.get("/compare?q=sáng chế của người dân").text
    assert "gần nghĩa nhất" in near
    assert f"/compare?indicator={PATENTS}" in Outline(near).links


def test_near_tasks_share_a_row_and_others_stand_apart(client: TestClient) -> None:
    html = client.get("/compare?topic=chuyen-doi-so").text
    aligned, apart = html[html.index('id="aligned"') : html.index('id="apart"')], html[html.index('id="apart"') :]
    assert aligned.count("trí tuệ nhân tạo") == 2
    assert "gần như cùng câu chữ" in aligned
    assert "Nâng cấp Trung tâm dữ liệu" in apart
    assert "Nâng cấp Trung tâm dữ liệu" not in aligned


def test_plans_can_be_chosen(client: TestClient) -> None:
    one = client.get("/compare", params={"topic": "chuyen-doi-so", "plan": DECISION.split("/id/")[1]}).text
    assert "Chọn ít nhất hai văn bản" in one
    assert 'id="aligned"' not in one
    checked = [each["value"] for each in Outline(one).of("input") if "checked" in each]
    assert checked == [DECISION.split("/id/")[1]]


def test_hostile_words_are_shown_as_text(client: TestClient) -> None:
    for path in ("/compare", "/compare?q=xxx", "/compare?topic=chuyen-doi-so"):
        html = client.get(path).text
        assert SCRIPT not in html
        assert not Outline(html).programs
    (link,) = [each for each in Outline(client.get("/compare").text).links if "indicator=script" in each]
    html = client.get(link).text
    assert (SCRIPT in html, html.count('role="img"')) == (False, 1)
    assert client.get("/compare", params={"indicator": SCRIPT, "topic": SCRIPT}).text.count(SCRIPT) == 0


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", "page=999", "plan=x", "topic=", "topic=%00", "indicator=", "exact=x", "indicator=%E2%80%AE",
     "topic=chuyen-doi-so&plan=nope&plan=", "topic=chuyen-doi-so&" + "plan=a&" * 50, "q=" + "a" * 3000,
     "indicator=" + "a" * 3000, "indicator=1&topic=2"],
)  # fmt: skip
def test_odd_parameters_never_break_a_page(client: TestClient, query: str) -> None:
    is_unknown = re.match("indicator=[1a]", query)
    assert client.get(f"/compare?{query}").status_code == (404 if is_unknown else 200)


def test_a_knowledge_base_with_one_target_has_pages(client: TestClient) -> None:
    with open_pages(small_kb()) as small:
        html = small.get("/compare").text
        (link,) = [each for each in Outline(html).links if "indicator=" in each]
        assert small.get(link).status_code == 200
