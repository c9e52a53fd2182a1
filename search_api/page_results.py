"""A search answer as the page shows it: chips with the links that take them away, groups, results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from search_api.live import Opened
from search_api.page_base import Page, label_of, name_document, title_below
from search_api.page_facets import Editor
from search_api.page_filters import NAMES, Filters
from search_api.page_item import Value, list_places
from search_api.page_names import say_name
from search_api.page_words import Headed, Piece, explain_deadline, head_text, mark_text, say_value
from search_api.present import describe_deadline, describe_period, kind_of, list_chips, name_period, say_date, say_short
from search_api.understood import FILTERS

_LONGEST_FACT = 160  # characters of an output or a source of money


@dataclass(frozen=True, slots=True)
class Filter:
    """All chips of one filter, with the page without it."""

    name: str
    values: str
    words: str  # of the question; empty where the address sets it
    is_soft: bool
    without: str
    editor: Editor | None  # how to change it; None: it can only be taken away
    is_vietnamese: bool = False  # on a page in English as well


@dataclass(frozen=True, slots=True)
class Result:
    """One result: what it says, who, when, in which document, and the quote that proves it."""

    link: str
    kind: str
    short: str
    code: str | None
    headed: Headed
    text: tuple[Piece, ...]  # below the name where the task has one
    facts: Sequence[tuple[str, Sequence[Value]]]
    document: str
    document_link: str
    document_about: str
    document_title: str
    source: Mapping[str, Any]
    same: Sequence[tuple[str, str]]  # links and short names of what says nearly the same


@dataclass(frozen=True, slots=True)
class Group:
    """Results under one heading: what is due, or what is active; no heading where all stand together."""

    name: str
    heading: str
    note: str
    count: int
    results: Sequence[Result]


def list_filters(answer: Mapping[str, Any], filters: Filters, editors: Mapping[str, Editor]) -> Iterator[Filter]:
    """The understood filters, each once whatever number of values it has."""
    page = filters.page
    chips = list(list_chips(answer, page.language))
    for name in FILTERS:
        same = [chip for chip in chips if chip.filter == name]
        if same:
            values = ", ".join(chip.value for chip in same)
            is_set = NAMES.get(name) in filters.ask.demands  # its words are those of the address
            words = "" if is_set else ", ".join(chip.words for chip in same)
            editor = editors.get(NAMES.get(name, ""))
            is_vietnamese = all(chip.is_vietnamese for chip in same)
            yield Filter(same[0].name, values, words, same[0].is_soft, filters.without(name), editor, is_vietnamese)


def list_within(answer: Mapping[str, Any], filters: Filters) -> Iterator[Filter]:
    """The conditions that facets set on the results, each with the page without it."""
    chips = (chip for chip in list_chips(answer, filters.page.language) if chip.filter == "within")
    for chip, condition in zip(chips, filters.understood.within, strict=True):
        without = filters.widen(condition.name, condition.id)
        yield Filter(chip.name, chip.value, "", False, without, None, chip.is_vietnamese)


def list_emptied(answer: Mapping[str, Any], filters: Filters) -> Iterator[tuple[str, str]]:
    """The filters that left nothing, each with the page without it."""
    page = filters.page
    chips = list(list_chips(answer, page.language))
    for name in answer["understood"]["emptied_by"]:
        values = ", ".join(chip.value for chip in chips if chip.filter == name)
        name_shown = next((chip.name for chip in chips if chip.filter == name), page.say[name])
        yield f"{name_shown}: {values}", filters.without(name)
    if not answer["total"] and not answer["understood"]["emptied_by"]:
        for each in list_within(answer, filters):
            yield f"{each.name}: {each.values}", each.without


def list_groups(here: Opened, answer: Mapping[str, Any], page: Page) -> Iterator[Group]:
    """What is due, then what is active, as far as this page of the results has them."""
    counts = answer["groups"]
    for name in counts or (None,):
        results = [show_result(here, each, page) for each in answer["results"] if each["group"] == name]
        is_first = name == "due" and page.number == 1
        if results or (is_first and answer["total"]):
            heading, note = _head_group(name, answer["understood"], page)
            yield Group(name or "all", heading, note, counts.get(name, answer["total"]), results)


def say_total(answer: Mapping[str, Any], page: Page) -> str:
    """How many results: "3 kết quả"; where ranking decides, only the nearest are given."""
    if answer["nearest"] and answer["total"]:
        if answer["understood"]["within"]:
            return page.say["nearest_within"].format(count=answer["total"])
        return page.say["nearest"].format(count=answer["total"])
    return page.say["result_one"] if answer["total"] == 1 else f"{answer['total']} {page.say['results']}"


def say_nothing_due(answer: Mapping[str, Any], page: Page) -> str:
    """That nothing is due, where what is active follows: "Không có nội dung nào đến hạn trong 2026."."""
    due = answer["understood"]["due"]
    if not due:
        return ""
    if due["status"] == "overdue":
        return page.say["none_overdue"].format(when=name_period("due", due, page.language)[1])
    return page.say["none_due"].format(when=_say_when(due, page))


def show_result(here: Opened, result: Mapping[str, Any], page: Page) -> Result:
    """One result of an answer for the page."""
    record, document = result["record"], result["document"]
    marks = {name: [(each["start"], each["end"]) for each in result["highlights"] if each["field"] == name]
             for name in ("name", "text", "indicator", "title")}  # fmt: skip
    main = {"target": "indicator", "document": "title"}.get(result["kind"], "text")
    main = main if record.get(main) or result["kind"] != "section" else "title"
    field = "name" if record.get("name") else main
    said = record[field] or say_short(result["short"], document, page.language)
    is_document = result["kind"] == "document"
    about = [say_date(document["date"], page.language) if document["date"] else None, document["issuer"]]
    return Result(
        link=page.of_record(result["id"], result["kind"]),
        kind=kind_of(record, page.language),
        short=say_short(result["short"], document, page.language),
        code=record.get("code"),
        headed=head_text(said, marks[field] if record[field] else ()),
        text=tuple(mark_text(record[main] or "", marks[main])) if field == "name" else (),
        facts=tuple(_list_facts(here, record, page)),
        document=name_document(document, page),
        document_link=page.of_record(document["id"], "document"),
        document_about=", ".join(filter(None, about)),
        document_title="" if is_document else title_below(document),
        source=record["source"],
        same=[
            (page.of_record(each["id"], result["kind"]), say_name(here, each["id"], page.language))
            for each in result["same"]
        ],
    )


def _list_facts(here: Opened, record: Mapping[str, Any], page: Page) -> Iterator[tuple[str, Sequence[Value]]]:
    say, is_target = page.say, record["record"] == "target"
    if is_target:
        yield say["value"], [Value(say_value(record, page.language))]
    if lead := _show_bodies(here, record.get("lead", ()), page):
        yield say["lead" if record["record"] == "task" else "agencies"], lead
    if coordinating := _show_bodies(here, record.get("coordinating", ()), page):
        yield say["coordinating"], coordinating
    if record["record"] == "part" and (places := list(list_places(record, page))):
        yield say["under_heading"], [Value(" › ".join(places))]
    if deadline := describe_deadline(record):
        meaning = "" if is_target else explain_deadline(record["deadline"], page.language)
        yield say["year" if is_target else "deadline"], [Value(deadline, remark=meaning)]
    for name in ("output", "funding"):
        if record.get(name):
            yield say[name], [Value(shorten(record[name], _LONGEST_FACT, placeholder=" …"))]


def _show_bodies(here: Opened, bodies: Sequence[Mapping[str, Any]], page: Page) -> list[Value]:
    """Each body once, on an English page with what it is called in English."""
    shown: dict[str, Value] = {}
    for body in bodies:
        english = label_of(here, body["agency"], page) if body["agency"] and page.language == "en" else ""
        remark = "" if english in (body["agency"], body["name"]) else english
        shown.setdefault(body["name"], Value(body["name"], remark=remark and f"({remark})"))
    return list(shown.values())


def _head_group(name: str | None, understood: Mapping[str, Any], page: Page) -> tuple[str, str]:
    say, due = page.say, understood["due"]
    if name is None:
        return "", ""
    if due is None:
        period = describe_period(understood["active"], page.language)
        return say["active_in"].format(period=period), ""
    when = _say_when(due, page)
    if name == "active":
        return say["active_also"].format(when=when), say["active_also_note"]
    if due["status"] == "overdue":
        return " ".join(name_period("due", due, page.language)), ""
    return say["due_in" if due["start"] and due["end"] else "due_open"].format(when=when), ""


def _say_when(period: Mapping[str, str | None], page: Page) -> str:
    """ "trong 2026", "đến hết 2030"."""
    said = describe_period(period, page.language)
    if not (period["start"] and period["end"]):
        return said
    start, dash, end = said.partition(" – ")
    if dash:
        return page.say["between"].format(start=start, end=end)
    return page.say["on_day" if period["start"] == period["end"] else "in_period"].format(period=said)
