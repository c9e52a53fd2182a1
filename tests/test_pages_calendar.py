"""The calendar: spans, ends as precise as printed, rounds of rhythms, filters, and what the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from ingest.records import Deadline
from search_api.page_days import Span, Timed, is_within, list_dues, read_span, runs_in
from tests.pages import DUTY, IMAGE, IN_PROSE, INHERITING, SCRIPT, TASK, Outline, check_whole, hostile_kb, open_pages
from tests.small_corpus import small_corpus
from tests.small_kb import publish_corpus, small_kb

BODY = "hung-yen/so-khoa-hoc-va-cong-nghe"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_pages(small_kb()) as client:
        yield client


def timed(since: str = "2025-08-27", until: str = "9999-12-31", **fields: str) -> Timed:
    deadline = {name: fields.get(name) for name in Deadline.__slots__}
    bounds = (fields.get("active_from") or since, fields.get("active_to") or until)
    return Timed("https://example.org/id/1", deadline, *map(date.fromisoformat, bounds))


def dates(item: Timed, unit: str, text: str) -> list[tuple[str, str, str]]:
    span, _ = read_span({unit: (text,)}, date(2026, 1, 1))
    return [(str(each.first), str(each.last), each.unit) for each in list_dues([item], span)]


# --- spans ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "name", "first", "last", "is_span"),
    [
        ({"year": ("2026",)}, "2026", "2026-01-01", "2026-12-31", True),
        ({"quarter": ("2026-Q3",)}, "2026-Q3", "2026-07-01", "2026-09-30", True),
        ({"month": ("2028-02",)}, "2028-02", "2028-02-01", "2028-02-29", True),
        ({"year": ("2027",), "month": ("2026-06",)}, "2026-06", "2026-06-01", "2026-06-30", True),
        ({}, "2026", "2026-01-01", "2026-12-31", True),
        ({"month": ("2026-13",)}, "2026", "2026-01-01", "2026-12-31", False),
        ({"quarter": ("2026-Q5",)}, "2026", "2026-01-01", "2026-12-31", False),
        ({"year": ("9999",)}, "2026", "2026-01-01", "2026-12-31", False),
        ({"year": ("２０２６",)}, "2026", "2026-01-01", "2026-12-31", False),
    ],
)
def test_spans(asked: dict[str, tuple[str, ...]], name: str, first: str, last: str, is_span: bool) -> None:
    span, known = read_span(asked, date(2026, 11, 22))
    assert (span.name, str(span.first), str(span.last), known) == (name, first, last, is_span)


def test_spans_follow_each_other() -> None:
    assert Span("month", 2026, 12).step(1) == Span("month", 2027, 1)
    assert Span("quarter", 2026, 1).step(-1) == Span("quarter", 2025, 4)
    assert Span("year", 2145).step(1) is None
    assert Span("month", 2026, 8).around() == [Span("year", 2026), Span("quarter", 2026, 3)]


# --- what falls due ------------------------------------------------------------------------------------------------

YEAR = timed(kind="by", end="2026", earliest="2026-01-01", latest="2026-12-31")
MONTH = timed(kind="by", end="2026-09", earliest="2026-09-01", latest="2026-09-30")
QUARTER = timed(kind="by", end="2026-09", earliest="2026-07-01", latest="2026-09-30")
REPORT = timed(kind="recurring", recurrence="quarterly", due="quarter-last-month-10")


@pytest.mark.parametrize(
    ("item", "unit", "text", "found"),
    [
        pytest.param(YEAR, "year", "2026", [("2026-01-01", "2026-12-31", "year")], id="a-year-is-a-year"),
        pytest.param(YEAR, "month", "2026-12", [("2026-01-01", "2026-12-31", "year")], id="not-in-december"),
        pytest.param(YEAR, "year", "2027", [], id="another-year"),
        pytest.param(MONTH, "month", "2026-09", [("2026-09-01", "2026-09-30", "month")], id="month"),
        pytest.param(MONTH, "month", "2026-08", [], id="another-month"),
        pytest.param(QUARTER, "quarter", "2026-Q3", [("2026-07-01", "2026-09-30", "quarter")], id="quarter"),
        pytest.param(REPORT, "month", "2026-06", [("2026-06-10", "2026-06-10", "day")], id="day-of-a-round"),
        pytest.param(REPORT, "month", "2026-05", [], id="no-round-in-this-month"),
        pytest.param(REPORT, "year", "2025", [("2025-09-10", "2025-09-10", "day"), ("2025-12-10", "2025-12-10", "day")],
                     id="from-its-document-on"),
        pytest.param(timed(kind="recurring", recurrence="yearly"), "year", "2026",
                     [("2026-01-01", "2026-12-31", "year")], id="each-year-on-no-day"),
        pytest.param(timed(kind="recurring", recurrence="quarterly"), "quarter", "2026-Q2",
                     [("2026-04-01", "2026-06-30", "quarter")], id="each-quarter-on-no-day"),
        pytest.param(timed(kind="recurring", recurrence="half-yearly"), "month", "2026-02",
                     [("2026-01-01", "2026-06-30", "year")], id="half-a-year-is-no-month"),
        pytest.param(timed(kind="recurring", recurrence="monthly", due="31"), "month", "2026-02",
                     [("2026-02-28", "2026-02-28", "day")], id="last-day-of-a-short-month"),
        pytest.param(timed(kind="recurring", recurrence="yearly", due="quarter-4"), "year", "2026",
                     [("2026-10-01", "2026-12-31", "quarter")], id="a-quarter-of-each-year"),
        pytest.param(timed(kind="recurring", recurrence="yearly", due="11"), "month", "2026-11",
                     [("2026-11-01", "2026-11-30", "month")], id="a-month-of-each-year"),
        pytest.param(timed(kind="recurring", recurrence="yearly", due="06-15,12-15", active_to="2026-06-30"), "year",
                     "2026", [("2026-06-15", "2026-06-15", "day")], id="until-its-end"),
        pytest.param(timed(until="2030-12-31", kind="recurring", recurrence="yearly"), "year", "2030",
                     [("2030-01-01", "2030-12-31", "year")], id="in-the-last-year-of-its-plan"),
        pytest.param(timed(until="2030-12-31", kind="recurring", recurrence="yearly"), "year", "2031", [],
                     id="after-the-end-of-its-plan"),
        pytest.param(timed(kind="recurring", recurrence="every-5-years"), "year", "2026", [], id="another-rhythm"),
        pytest.param(timed(kind="ongoing"), "year", "2026", [], id="ongoing"),
    ],
)  # fmt: skip
def test_what_falls_due(item: Timed, unit: str, text: str, found: list[tuple[str, str, str]]) -> None:
    assert dates(item, unit, text) == found


def test_a_year_does_not_lie_in_its_quarters() -> None:
    (due,) = list_dues([YEAR], Span("quarter", 2026, 4))
    assert not is_within(due, Span("quarter", 2026, 4))
    assert is_within(due, Span("year", 2026))


def test_what_has_no_bounds_runs_from_its_document_on() -> None:
    assert [runs_in(timed(kind="ongoing"), Span("year", year)) for year in (2024, 2025, 2040)] == [False, True, True]
    period = timed(kind="period", active_from="2025-01-01", active_to="2030-12-31")
    assert [runs_in(period, Span("year", year)) for year in (2024, 2025, 2030, 2031)] == [False, True, True, False]


def test_what_goes_on_stops_with_its_plan_or_its_bodies() -> None:
    small = small_corpus()
    rhythm = Deadline("recurring", recurrence="yearly", raw="Hằng năm")
    tasks = tuple(replace(each, deadline=rhythm) for each in small.tasks)  # the first one is of an office that ended
    with open_pages(publish_corpus(replace(small, tasks=tasks, duties=()))) as client:
        pages = {year: client.get(f"/calendar?year={year}&show=rounds").text for year in (2025, 2026, 2030, 2031)}
    listed = {year: [each in Outline(html).links for each in (IN_PROSE, TASK)] for year, html in pages.items()}
    assert listed == {2025: [True, True], 2026: [False, True], 2030: [False, True], 2031: [False, False]}
    assert ("không nêu hạn cuối" in pages[2025], "không nêu hạn cuối" in pages[2030]) == (False, False)


def test_what_no_plan_ends_says_so() -> None:
    small = small_corpus()
    documents = tuple(replace(each, period=None, evidence={}) for each in small.documents)
    with open_pages(publish_corpus(replace(small, documents=documents))) as client:
        assert "Văn bản không nêu hạn cuối." in client.get("/calendar?year=2040&show=rounds").text


# --- pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["", "year=2026", "quarter=2026-Q3", "month=2026-09", "year=1990", "show=due", "year=2026&show=rounds",
     "show=periods", "show=ongoing", f"agency={BODY}&year=2026", "agency=S%E1%BB%9F+Y+t%E1%BA%BF"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_is_whole(client: TestClient, query: str, language: str) -> None:
    check_whole(client, f"/calendar?{query}", language)


def part(html: str, start: str, end: str = "</section>") -> list[str]:
    return Outline(html[html.index(start) :].split(end)[0]).links


def test_a_year_has_its_months_and_its_band(client: TestClient) -> None:
    html = client.get("/calendar", params={"year": "2026"}).text
    assert IN_PROSE in part(html, 'id="month-9"')
    assert DUTY in part(html, 'id="month-9"')
    assert DUTY in part(html, 'id="month-12"')
    assert INHERITING in part(html, 'id="band-1"')  # "Hàng năm" says no month
    assert "Không có" in html[html.index('id="month-1"') :].split("</h4>")[0]
    assert "1 đến hạn · 1 định kỳ" in html[html.index('id="month-9"') :].split("</h4>")[0]


def test_a_month_says_that_it_is_empty_and_shows_what_is_wider(client: TestClient) -> None:
    html = client.get("/calendar", params={"month": "2026-08"}).text
    assert "Không có nội dung nào đến hạn trong tháng này." in html
    assert INHERITING in part(html, 'id="band-1"')


def test_periods_are_bars_among_all_years(client: TestClient) -> None:
    html = client.get("/calendar", params={"year": "2026", "lang": "en"}).text
    chart = html[html.index('id="bars"') :].split("</table>")[0]
    assert "2025 – 2030" in chart
    run, shown = (
        next(each for each in Outline(chart).of("rect") if each["class"] == name) for name in ("run", "shown")
    )
    assert (run["x"], run["width"]) == ("0.0", "100.0")
    assert 16 < float(str(shown["x"])) < 17


def test_lists_hold_the_same(client: TestClient) -> None:
    found = {}
    for view in ("due", "rounds", "periods", "ongoing"):
        links = Outline(client.get("/calendar", params={"year": "2026", "show": view}).text).links
        found[view] = {each for each in (TASK, IN_PROSE, INHERITING, DUTY) if each in links}
    assert re.findall(r">(10/\d\d/2026)<", client.get("/calendar?year=2026&show=rounds").text) == [
        "10/03/2026", "10/06/2026", "10/09/2026", "10/12/2026"
    ]  # fmt: skip
    assert found == {"due": {IN_PROSE}, "rounds": {INHERITING, DUTY}, "periods": {TASK}, "ongoing": set()}


def test_a_month_counts_what_falls_in_it(client: TestClient) -> None:
    empty = client.get("/calendar", params={"month": "2026-08", "show": "rounds"}).text
    assert 'Định kỳ <span class="count">0</span>' in empty
    assert INHERITING not in Outline(empty).links
    assert "/calendar?year=2026&show=rounds" in Outline(empty[empty.index("Chưa tính nội dung") :]).links


def test_what_waits_for_a_condition_is_not_ongoing() -> None:
    small = small_corpus()
    kinds = ("ongoing", "conditional", "ongoing")
    tasks = tuple(
        replace(each, deadline=Deadline(kind, raw="khi")) for each, kind in zip(small.tasks, kinds, strict=True)
    )
    with open_pages(publish_corpus(replace(small, tasks=tasks))) as client:
        html = client.get("/calendar?year=2025").text
        (row,) = (each for each in client.get("/overview").text.split("<tr>") if ">Thường xuyên<" in each)
    assert 'Thường xuyên <span class="count">2</span>' in html
    assert 'Theo điều kiện <span class="count">1</span>' in html
    assert 'class="number">2<' in row


def test_a_year_without_anything_says_so(client: TestClient) -> None:
    assert "Nothing is due" in client.get("/calendar", params={"year": "1990", "lang": "en"}).text


@pytest.mark.parametrize(
    ("query", "shown", "missing"),
    [
        pytest.param({"agency": BODY}, DUTY, IN_PROSE, id="one-body"),
        pytest.param({"agency": "so khoa hoc va cong nghe"}, DUTY, IN_PROSE, id="by-name"),
        pytest.param({"kind": "duty"}, DUTY, IN_PROSE, id="kind"),
        pytest.param({"kind": "task"}, IN_PROSE, DUTY, id="other-kind"),
    ],
)
def test_filters(client: TestClient, query: dict[str, str], shown: str, missing: str) -> None:
    links = Outline(client.get("/calendar", params={"year": "2026", **query}).text).links
    assert shown in links
    assert missing not in links
    feeds = [link for link in links if "/api/deadlines.ics" in link]
    assert [link.split(":")[0] for link in feeds if not link.startswith("/")] == ["webcal"]
    for link in feeds:
        assert client.get(urlsplit(link).path, params=parse_qs(urlsplit(link).query)).status_code == 200


def test_filters_stay_when_one_turns_the_page(client: TestClient) -> None:
    page = Outline(client.get("/calendar", params={"month": "2026-12", "agency": BODY, "show": "rounds"}).text)
    (following,) = [each for each in page.of("a") if each.get("rel") == "next"]
    asked = parse_qs(urlsplit(str(following["href"])).query)
    assert asked == {"month": ["2027-01"], "agency": [BODY], "show": ["rounds"]}
    assert {"type": "hidden", "name": "agency", "value": BODY} in page.of("input")


def test_an_unknown_body_is_said_and_not_filtered(client: TestClient) -> None:
    html = client.get("/calendar", params={"year": "2026", "agency": "Bộ Phép thuật"}).text
    assert "Không có cơ quan nào tên là “Bộ Phép thuật”" in html
    assert IN_PROSE in html
    assert "/api/deadlines.ics" in Outline(html).links  # the filter would be an error there


@pytest.mark.parametrize(
    "query",
    ["year=abc", "month=2026-00", "quarter=Q", "year=2026&year=2027", "page=-1&show=due", "show=%3Cscript%3E",
     "kind=document", "jurisdiction=nope", "agency=a/b", "agency=" + "x" * 5000, "month=%00"],
)  # fmt: skip
def test_odd_requests(client: TestClient, query: str) -> None:
    answer = client.get(f"/calendar?{query}")
    assert answer.status_code == 200
    assert not Outline(answer.text).programs


def test_a_span_that_is_none_is_said(client: TestClient) -> None:
    assert "names no year" in client.get("/calendar?month=2026-13&lang=en").text
    assert "names no year" not in client.get("/calendar?lang=en").text


@pytest.mark.parametrize("text", [SCRIPT, IMAGE])
def test_a_question_is_text(client: TestClient, text: str) -> None:
    asked: dict[str, Any] = dict.fromkeys(("year", "month", "agency", "jurisdiction", "kind", "show"), text)
    page = Outline(client.get("/calendar", params=asked).text)
    assert not page.programs
    assert not page.of("img")


def test_a_plan_is_text() -> None:
    with open_pages(hostile_kb()) as client:
        for query in ("year=2026", "month=2026-09", "year=2026&show=periods"):
            answer = client.get(f"/calendar?{query}")
            assert answer.status_code == 200
            assert not Outline(answer.text).programs
            assert not Outline(answer.text).of("img")


def test_an_address_keeps_no_empty_fields(client: TestClient) -> None:
    answer = client.get("/calendar?year=2026&agency=&jurisdiction=&kind=task&lang=en")
    assert (answer.status_code, answer.headers["location"]) == (303, "/calendar?kind=task&year=2026&lang=en")
