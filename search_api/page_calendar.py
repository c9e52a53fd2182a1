"""A year, quarter or month as the calendar shows it: what falls due in each month or wider time, and what runs on."""

from __future__ import annotations

from calendar import month_name
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from search_api.linked_node import base_of
from search_api.live import Opened
from search_api.page_base import Page, name_document
from search_api.page_days import Due, Span, Timed, has_rounds, is_within, list_dues, list_timed, runs_in
from search_api.page_item import Value
from search_api.page_rows import show_bodies
from search_api.page_words import explain_deadline, shorten
from search_api.present import describe_deadline, describe_period, say_date

ROWS = 40  # of one page of a list
VIEWS = ("due", "rounds", "periods", "ongoing", "conditional")
_IN_YEAR, _IN_SHORTER, _IN_BAND = 3, 60, 6  # entries shown of a month in its year, of a month, of a wider time
_MOST_BARS = 24
_PARAMETERS = ("year", "quarter", "month")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what is to be done, when as printed, by whom, in which document."""

    day: str  # "05/12" where the page gives a day
    text: str
    link: str
    when: str
    meaning: str
    bodies: Sequence[Value]
    document: str
    document_link: str
    is_round: bool
    round: str = ""  # which one it is: "10/03/2026", "2026"


@dataclass(frozen=True, slots=True)
class Box:
    """A month, or a wider time in which something falls due on no day that is known."""

    heading: str
    link: str
    due: int
    rounds: int
    entries: Sequence[Entry]
    more: int  # that are not shown here
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class PeriodBar:
    """All that runs from one printed time to another: PeriodBar("2025 – 2030", 121, 40.0, 60.0)."""

    label: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of all periods, the years at its two ends, and where the span that is shown lies, in percent."""

    bars: Sequence[PeriodBar]
    first: int
    last: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Times:
    """Everything that the filters let through, sorted by how it lies to a span."""

    span: Span
    dues: Sequence[Due]  # in the span
    wider: Sequence[Due]  # in a longer time that holds the span
    periods: Sequence[Timed]
    ongoing: Sequence[Timed]
    conditional: Sequence[Timed]

    def rows(self, view: str) -> Sequence[Due | Timed]:
        """What a list has; a year is no part of its months, and what is due some time in it is not theirs."""
        if view in ("due", "rounds"):
            return [each for each in self.dues if each.is_round == (view == "rounds")]
        return {"periods": self.periods, "ongoing": self.ongoing}.get(view, self.conditional)

    def has_wider(self, view: str) -> bool:
        """Whether a wider time has what a list leaves out."""
        return view in ("due", "rounds") and any(each.is_round == (view == "rounds") for each in self.wider)


def read_times(here: Opened, span: Span, ids: Iterable[str] | None) -> Times:
    """What a span has, of the items with some ids or (None) of all."""
    wanted = None if ids is None else set(ids)
    items = [each for each in list_timed(here) if wanted is None or each.id in wanted]
    dues = list_dues(items, span)
    kinds: Mapping[str, list[Timed]] = {"period": [], "ongoing": [], "conditional": [], "recurring": []}
    for each in items:
        if each.deadline["kind"] in kinds and not has_rounds(each) and runs_in(each, span):
            kinds[each.deadline["kind"]].append(each)
    return Times(
        span,
        [each for each in dues if is_within(each, span)],
        [each for each in dues if not is_within(each, span)],
        sorted(
            kinds["period"], key=lambda each: (each.deadline["active_to"] or "9", each.deadline["active_from"] or "")
        ),
        [*kinds["ongoing"], *kinds["recurring"]],
        kinds["conditional"],
    )


def list_months(here: Opened, times: Times, page: Page, today: date) -> Iterator[Box]:
    """Each month of the span with what falls due on a day of it or somewhere in it."""
    most = _IN_YEAR if times.span.unit == "year" else _IN_SHORTER
    for month in times.span.months:
        dues = [each for each in times.dues if is_within(each, month)]
        yield _box(here, page, (name_span(month, page), link_span(month, page), dues), most, _holds(month, today))


def list_bands(here: Opened, times: Times, page: Page) -> Iterator[Box]:
    """The wider times, the shortest first: quarters of a year, the quarter and year of a month."""
    year, quarters = Span("year", times.span.year), [Span("quarter", times.span.year, each) for each in (1, 2, 3, 4)]
    for band in (*quarters, year):
        unit = "year" if band.unit == "year" else "quarter"
        dues = [each for each in (*times.dues, *times.wider) if each.unit == unit and is_within(each, band)]
        if dues:
            name = name_span(band, page)
            heading = page.say[f"calendar_in_{band.unit}"].format(name=name[0].lower() + name[1:])
            yield _box(here, page, (heading, link_span(band, page, show="due"), dues), _IN_BAND)
    beyond = [each for each in times.wider if not is_within(each, year)]
    if beyond:
        told = page.say["calendar_in_longer"], link_span(times.span, page), beyond
        yield _box(here, page, told, len(beyond))  # no list has them


def list_bars(times: Times, page: Page) -> Chart:
    """Periods as bars between the first and last year of any, and where the span itself lies among them."""
    counts = Counter(
        (each.deadline["active_from"], each.deadline["active_to"], each.deadline["start"], each.deadline["end"])
        for each in times.periods
        if each.deadline["start"] and each.deadline["end"]
    )
    years = [int(day[:4]) for start, end, *_ in counts for day in (start, end)] or [times.span.year]
    first, last = date(min(years), 1, 1), date(max(years), 12, 31)

    def place(start: date, end: date) -> tuple[float, float]:
        whole = (last - first).days + 1
        start, end = max(start, first), min(end, last)
        return round(100 * (start - first).days / whole, 2), round(100 * ((end - start).days + 1) / whole, 2)

    bars = []
    for (start, end, *printed), count in sorted(counts.items())[:_MOST_BARS]:
        label = " – ".join(say_date(each, page.language) for each in printed)
        bars.append(PeriodBar(label, count, *place(date.fromisoformat(start), date.fromisoformat(end))))
    return Chart(bars, first.year, last.year, *place(times.span.first, times.span.last))


def list_view(here: Opened, times: Times, view: str, page: Page) -> tuple[list[Entry], int, int]:
    """One page of a list, which page that is, and how many there are."""
    cut, number, pages = page.cut(times.rows(view), ROWS)
    return [_show(here, each, page) for each in cut], number, pages


def name_span(span: Span, page: Page) -> str:
    """A span as people say it: "Năm 2026", "Quý III/2026", "Tháng 6/2026"."""
    month = month_name[span.number] if span.unit == "month" and page.language == "en" else span.number
    return page.say[f"span_{span.unit}"].format(year=span.year, number=span.roman, month=month)


def link_span(span: Span, page: Page, **further: object) -> str:
    """The calendar of a span with the filters of this page: link_span(Span("year", 2026), page)."""
    spans = {name: span.name if name == span.unit else "" for name in _PARAMETERS}
    return page.here(**{**spans, "page": "", "show": "", **further})


def _holds(span: Span, day: date) -> bool:
    return span.first <= day <= span.last


def _box(here: Opened, page: Page, told: tuple[str, str, Sequence[Due]], most: int, is_now: bool = False) -> Box:
    """The due before the rounds: what happens once is what a reader must not miss."""
    heading, link, dues = told
    ordered = sorted(dues, key=lambda each: (each.unit != "day", each.last, each.is_round))
    rounds = sum(each.is_round for each in dues)
    entries = [_show(here, each, page) for each in ordered[:most]]
    return Box(heading, link, len(dues) - rounds, rounds, entries, len(dues) - len(entries), is_now)


def _show(here: Opened, each: Due | Timed, page: Page) -> Entry:
    item = each.item if isinstance(each, Due) else each
    record: Mapping[str, Any] = here.records.get(item.id) or {}
    document = here.records.get(record["document"]) or {}
    is_day = isinstance(each, Due) and each.unit == "day"
    is_round = isinstance(each, Due) and each.is_round
    time = {"start": f"{each.first}", "end": f"{each.last}"} if isinstance(each, Due) else {}
    return Entry(
        day=f"{each.last:%d/%m}" if is_day and isinstance(each, Due) else "",
        text=shorten(f"{record['name']}: {record['text']}" if record["name"] else record["text"]),
        link=page.of_record(item.id),
        when=describe_deadline(record) or "",
        meaning=_explain(item, page),
        bodies=show_bodies(record["lead"], page),
        document=name_document(document, page) if document else "",
        document_link=page.of_record(record["document"], "document"),
        is_round=is_round,
        round=describe_period(time, page.language) if is_round else "",
    )


def _explain(item: Timed, page: Page) -> str:
    """What a deadline means; of what goes on, that nothing says until when."""
    meaning = explain_deadline(item.deadline, page.language)
    is_endless = item.deadline["kind"] in ("ongoing", "recurring") and item.until == date.max
    return f"{meaning} {page.say['calendar_no_end']}" if is_endless else meaning


def find_chosen(here: Opened, path: str) -> Mapping[str, Any] | None:
    """The body that a path in the address means, "ha-nam/so-y-te", as links of its page give it."""
    record = here.records.get(f"{base_of(here)}id/agency/{path}") if "/" in path else None
    return record if record and record["record"] == "agency" else None
