"""Calendars, reopened as a calendar program would: the day, the rule, and what is left out."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from graph.export_calendar import Feed, describe_feed, describe_left_out, make_calendar
from graph.export_rows import read_records
from graph.rhythms import Lifetimes, Rhythm, find_rhythms, first_day, last_of_period
from tests.small_corpus import DECISION
from tests.small_kb import small_generation

MADE = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
NONE = {"kind": "none", "start": None, "end": None, "recurrence": None, "due": None, "raw": None, "earliest": None,
        "latest": None, "active_from": None, "active_to": None}  # fmt: skip
DOCUMENTS = {DECISION: {"number": "719/QĐ-UBND", "date": "2025-08-27", "title": "Chương trình"}}


def item(name: str = "1", **deadline: Any) -> dict[str, Any]:
    (record, *_) = [each for each in read_records(small_generation(), "tasks") if each["document"] == DECISION]
    return {**record, "id": f"{DECISION}/phu-luc/2/muc/{name}", "deadline": {**NONE, **deadline}}


def feed_of(*items: dict[str, Any]) -> tuple[Feed, bytes]:
    feed = make_calendar(lambda: items, Lifetimes(DOCUMENTS), MADE, "Lịch")
    return feed, b"".join(feed.parts)


def events_of(*items: dict[str, Any]) -> list[Any]:
    return list(Calendar.from_ical(feed_of(*items)[1]).walk("VEVENT"))


SINGLE = [
    pytest.param("by", "Tháng 9/2026", "2026-09-30", id="month"),
    pytest.param("by", "2026", "2026-12-31", id="year"),
    pytest.param("period", "2025 - 2030", "2030-12-31", id="period"),
]


@pytest.mark.parametrize(("kind", "raw", "latest"), SINGLE)
def test_an_end_is_an_all_day_event_on_its_last_day(kind: str, raw: str, latest: str) -> None:
    (event,) = events_of(item(kind=kind, raw=raw, latest=latest))
    assert type(event.decoded("dtstart")) is date
    assert event.decoded("dtstart") == date.fromisoformat(latest)
    assert event.decoded("duration") == timedelta(days=1)
    assert f"(thời hạn: {raw})" in event["summary"]
    assert "rrule" not in event
    assert (str(event["uid"]), event.decoded("dtstamp")) == (f"{DECISION}/phu-luc/2/muc/1", MADE)
    assert "719/QĐ-UBND" in event["description"]


RECURRING = [
    pytest.param("yearly", None, ["2025-12-31", "2026-12-31"], id="every-year"),
    pytest.param("yearly", "12-10", ["2025-12-10", "2026-12-10"], id="a-day-of-the-year"),
    pytest.param("yearly", "01-15", ["2026-01-15", "2027-01-15"], id="a-day-that-is-over-this-year"),
    pytest.param("yearly", "11", ["2025-11-30", "2026-11-30"], id="a-month"),
    pytest.param("yearly", "quarter-4", ["2025-12-31", "2026-12-31"], id="a-quarter-of-the-year"),
    pytest.param("yearly", "02-29", ["2026-02-28", "2027-02-28", "2028-02-29"], id="leap-day"),
    pytest.param("half-yearly", None, ["2025-12-31", "2026-06-30"], id="half-years"),
    pytest.param("quarterly", None, ["2025-09-30", "2025-12-31", "2026-03-31"], id="quarters"),
    pytest.param("quarterly", "quarter-last-month-10", ["2025-09-10", "2025-12-10"], id="last-month-of-a-quarter"),
    pytest.param("quarterly", "quarter-last-month-31", ["2025-09-30", "2025-12-31"], id="a-day-not-every-month-has"),
    pytest.param("quarterly", "quarter-first-month-05", ["2025-10-05", "2026-01-05"], id="first-month-of-a-quarter"),
    pytest.param("monthly", None, ["2025-08-31", "2025-09-30", "2025-10-31"], id="every-month"),
    pytest.param("monthly", "20", ["2025-09-20", "2025-10-20"], id="a-day-of-the-month"),
    pytest.param("monthly", "30", ["2025-08-30", "2025-09-30"], id="the-thirtieth"),
]


@pytest.mark.parametrize(("recurrence", "due", "days"), RECURRING)
def test_a_rhythm_is_a_rule(recurrence: str, due: str | None, days: list[str]) -> None:
    (event,) = events_of(item(kind="recurring", recurrence=recurrence, due=due, raw="Hằng năm"))
    start = event.decoded("dtstart")
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=datetime.combine(start, datetime.min.time()))
    assert [each.date().isoformat() for each in rule[: len(days)]] == days  # from the document's date on
    assert start.isoformat() == days[0]


def test_every_month_has_its_round() -> None:
    (event,) = events_of(item(kind="recurring", recurrence="monthly", due="30", raw="ngày 30 hằng tháng"))
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=datetime(2025, 8, 30))
    assert [each.date().isoformat() for each in rule[5:8]] == ["2026-01-30", "2026-02-28", "2026-03-30"]


def test_two_days_of_one_duty_are_two_events() -> None:
    first, second = events_of(item(kind="recurring", recurrence="half-yearly", due="06-15,12-10", raw="6 tháng, năm"))
    assert [each.decoded("dtstart") for each in (first, second)] == [date(2026, 6, 15), date(2025, 12, 10)]
    assert str(second["uid"]) == str(first["uid"]) + "#2"


def test_a_rhythm_ends_where_the_page_says_so() -> None:
    deadline = {"kind": "recurring", "recurrence": "yearly", "raw": "Hằng năm (2026 - 2030)"}
    (event,) = events_of(item(**deadline, active_from="2026-01-01", active_to="2030-12-31"))
    assert event.decoded("dtstart") == date(2026, 12, 31)
    assert event["rrule"]["UNTIL"] == [date(2030, 12, 31)]


def test_a_rhythm_that_ends_before_its_first_round_is_over() -> None:
    ends = {"kind": "recurring", "recurrence": "yearly", "raw": "Hằng năm", "active_to": "2025-12-31"}
    over = item("1", **ends, due="08-15")  # the document is of 27 August 2025
    one_of_two = item("2", **ends, due="08-15,12-15")
    feed, _ = feed_of(over, one_of_two)
    assert (feed.events, describe_left_out(feed)) == (1, "1 over")
    (event,) = events_of(over, one_of_two)
    assert event.decoded("dtstart") == date(2025, 12, 15) <= event["rrule"]["UNTIL"][0]
    assert str(event["uid"]).endswith("/2#2")


PLAN = {DECISION: {**DOCUMENTS[DECISION], "period": "GIAI ĐOẠN 2025-2030, TẦM NHÌN ĐẾN NĂM 2045"}}
ENDS = [
    pytest.param({}, None, ["2030-12-31"], id="with-its-plan"),
    pytest.param({"active_to": "2027-12-31"}, None, ["2027-12-31"], id="where-it-says-so-itself"),
    pytest.param({"active_to": "2035-12-31"}, None, ["2035-12-31"], id="also-after-its-plan"),
    pytest.param({}, "2027-06-30", ["2027-06-30"], id="with-the-body-that-leads"),
    pytest.param({}, "2020-01-01", ["2030-12-31"], id="an-old-name-means-the-body-of-today"),
    pytest.param({}, "2025-06-30", ["2030-12-31"], id="a-body-that-was-gone-before"),
]


@pytest.mark.parametrize(("stated", "gone", "until"), ENDS)
def test_a_rhythm_stops_with_its_plan_or_its_body(stated: dict[str, Any], gone: str | None, until: list[str]) -> None:
    record = item(kind="recurring", recurrence="quarterly", raw="Hằng quý", **stated)
    record["lead"] = [{"name": "Sở Y tế", "agency": "https://example.org/id/agency/x/so-y-te"}]
    feed = make_calendar(lambda: [record], Lifetimes(PLAN, lambda _: gone), MADE, "Lịch")
    events: list[Any] = list(Calendar.from_ical(b"".join(feed.parts)).walk("VEVENT"))
    (event,) = events
    assert [str(each) for each in event["rrule"]["UNTIL"]] == until


def test_a_rhythm_of_a_plan_that_is_over_is_no_event() -> None:
    plan = {DECISION: {"date": "2025-12-01", "period": "năm 2025"}}
    record = item(kind="recurring", recurrence="yearly", due="06-15", raw="Hằng năm")
    feed = make_calendar(lambda: [record], Lifetimes(plan), MADE, "Lịch")
    assert (feed.events, feed.left_out) == (0, {"over": 1})


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("GIAI ĐOẠN 2025-2030, TẦM NHÌN ĐẾN NĂM 2045", "2030-12-31"),
        ("giai đoạn 2021 – 2025 và định hướng đến 2030", "2025-12-31"),
        ("đến năm 2030", "2030-12-31"),
        ("năm 2024", "2024-12-31"),
        (None, "9999-12-31"),
    ],
)
def test_a_plan_ends_with_the_time_in_its_title(period: str | None, end: str) -> None:
    assert str(last_of_period(period)) == end


def test_what_has_no_day_is_left_out_and_counted() -> None:
    items = [
        item("1", kind="ongoing", raw="Thường xuyên"),
        item("2", kind="conditional", raw="Khi có quy định"),
        item("3"),
        item("4"),
        item("5", kind="by", end="2026", raw="2026", latest="2026-12-31"),
        item("6", kind="recurring", recurrence="weekly", raw="Hằng tuần"),
    ]
    feed, raw = feed_of(*items)
    assert feed.events == len(events_of(*items)) == 1
    assert describe_left_out(feed) == "1 conditional, 1 of another rhythm, 1 ongoing, 2 without a date"
    words = str(Calendar.from_ical(raw)["x-wr-caldesc"])
    assert words == describe_feed(feed)
    assert words.split(" · ") == [
        "1 sự kiện trong lịch; không đưa vào: 1 theo điều kiện, 1 định kỳ khác, 1 thường xuyên, 2 không có ngày hạn",
        "1 events in the calendar; left out: 1 conditional, 1 of another rhythm, 1 ongoing, 2 without a date",
    ]


def test_lines_have_75_octets_and_whole_letters() -> None:
    _, raw = feed_of(
        *[item(str(n), kind="by", raw="Tháng 9/2026; “ố, ữ” \\ 😀", latest="2026-09-30") for n in range(20)]
    )
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
    assert b"\n" not in raw.replace(b"\r\n", b"")
    (first, *_) = Calendar.from_ical(raw).walk("VEVENT")
    assert str(first["summary"]).endswith("(thời hạn: Tháng 9/2026; “ố, ữ” \\ 😀)")


def test_the_small_corpus() -> None:
    live = small_generation()
    items = [*read_records(live, "tasks"), *read_records(live, "duties")]
    documents = {each["id"]: each for each in read_records(live, "documents")}
    feed = make_calendar(lambda: items, Lifetimes(documents), MADE, "Lịch")
    raw = b"".join(feed.parts)
    events = list(Calendar.from_ical(raw).walk("VEVENT"))
    assert feed.events + sum(feed.left_out.values()) == len(items)
    assert max(Counter(str(each["uid"]) for each in events).values()) == 1
    assert raw == b"".join(make_calendar(lambda: items, Lifetimes(documents), MADE, "Lịch").parts)


def test_an_unknown_rhythm_has_no_rounds() -> None:
    assert find_rhythms({**NONE, "recurrence": None}) == ()


@pytest.mark.parametrize(
    ("since", "day"),
    [
        pytest.param("2025-12-09", "2025-12-10", id="before"),
        pytest.param("2025-12-10", "2025-12-10", id="on-the-day"),
        pytest.param("2025-12-11", "2026-12-10", id="after"),
    ],
)
def test_the_first_round(since: str, day: str) -> None:
    assert first_day(Rhythm(12, (12,), 10), date.fromisoformat(since)) == date.fromisoformat(day)
