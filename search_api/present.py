"""A search answer for people, in one of the two languages: what the terminal and the pages both say."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graph.trace_text import print_date
from search_api.demands import DEMANDS
from search_api.messages import load_messages
from search_api.understood import FILTERS

Answer = Mapping[str, Any]
_PATH = "vn/"  # where the name of a document is its path, for want of a number
_PERIODS = ("due", "active")


@dataclass(frozen=True, slots=True)
class Chip:
    """One understood filter: Chip("due", "Đến hạn", "2026", "due 2026")."""

    filter: str  # as a caller names it to take it away
    name: str
    value: str
    words: str  # of the question
    is_soft: bool = False  # ranks, but lets everything through
    is_vietnamese: bool = False  # it has no name in English


def list_chips(answer: Answer, language: str) -> Iterator[Chip]:
    """The filters of an answer in the order in which people ask: what, who, where, when, under what."""
    say, understood = load_messages(language), answer["understood"]
    label = "label_en" if language == "en" else "label"
    for name in FILTERS:
        value = understood[name]
        for each in value if isinstance(value, list) else [value] if value else []:
            named, shown = name_period(name, each, language) if name in _PERIODS else (say[name], each[label])
            roles = [one[label] for one in understood["assigned"] if name == "agencies" and one["agency"] == each["id"]]
            shown += f" ({roles[0]})" if roles else ""
            is_soft = name == "topics" and not understood["topics_are_hard"]
            yield Chip(name, named, shown, each["words"], is_soft, _has_one_name(each))
    for each in understood["within"]:
        yield Chip("within", say[DEMANDS[each["filter"]]], each[label], "", is_vietnamese=_has_one_name(each))


def _has_one_name(value: Mapping[str, Any]) -> bool:
    """Whether a value is called in Vietnamese on any page: a collective without an English name, a document."""
    name = str(value.get("label", ""))
    return name == value.get("label_en") and not name.isascii()


def name_period(name: str, period: Mapping[str, str | None], language: str) -> tuple[str, str]:
    """What a period is called and says: ("Đến hạn", "2026"), ("Quá hạn", "tính đến 22/11/2026")."""
    say, start, end = load_messages(language), period["start"], period["end"]
    said = describe_period(period, language)
    if period["status"] == "overdue" and end:
        if start:
            return say["overdue"], say["in_period"].format(period=said)
        day = (date.fromisoformat(end) + timedelta(days=1)).isoformat()
        return say["overdue"], say["overdue_on"].format(date=say_date(day, language))
    if period["status"] == "upcoming" and start and end:
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days
        return say[name], say["within_days"].format(days=days, period=said)
    return say[name], said


def list_notices(answer: Answer, language: str) -> Iterator[str]:
    """What was not understood and why: "“31/2/2026” is no date of the calendar; the results are not …"."""
    say, label = load_messages(language), "label_en" if language == "en" else "label"
    for each in answer["understood"]["notices"]:
        near = ", ".join(one[label] for one in each["near"])
        said = say[f"notice_{each['kind']}"].format(words=each["words"])
        also = say["notice_held" if each["kind"] == "no-document-of" else "notice_near"]
        yield f"{said} {also.format(names=near)}" if near else said


def say_short(short: str, document: Mapping[str, Any], language: str) -> str:
    """A short name for people: of what has no number by type, issuer and date, "Kế hoạch chưa ghi số, …, 02/2024"."""
    path, mark, place = short.partition("#")
    if document.get("number") or not document.get("date") or not path.startswith(_PATH):
        return short
    say = load_messages(language)
    named = say["unnumbered"].format(type=document.get("type") or say["document"])
    parts = [named, document.get("issuer"), say_date(document["date"], language)]
    return ", ".join(filter(None, parts)) + mark + place


def say_date(date: str, language: str) -> str:
    """A date as a reader writes it: "2026-09-30" is "30/09/2026" or "30 September 2026", "2026-09" is "09/2026"."""
    if language != "en":
        return print_date(date)
    year, *rest = date.split("-")
    named = [month_name[int(rest[0])], year] if rest else [year]
    return " ".join([str(int(rest[1])), *named] if len(rest) > 1 else named)


def describe_period(period: Mapping[str, str | None], language: str) -> str:
    """A span of days as short as it can be said: "2026", "09/2026", "01/07/2026 – 30/09/2026", "đến hết 2030"."""
    say, start, end = load_messages(language), period["start"], period["end"]
    if start and end:
        ends = [_round(start, end) or start] if start == end or _round(start, end) else [start, end]
        return " – ".join(say_date(each, language) for each in ends)
    if end:
        return f"{say['period_to']} {say_date(_round(end[:4] + '-01-01', end) or end, language)}"
    return f"{say['period_from']} {say_date(_round(start, start[:4] + '-12-31') or start, language)}" if start else ""


def describe_deadline(record: Mapping[str, Any]) -> str | None:
    """A deadline as printed; of a target its year."""
    if record.get("record") == "target":
        return str(record["year"]) if record["year"] else None
    deadline = record.get("deadline") or {}
    raw = deadline.get("raw")
    return " ".join(raw.split()) if raw else None


def list_names(record: Mapping[str, Any], role: str) -> list[str]:
    """The canonical names of the bodies in a role: list_names(task, "lead") == ["Sở Y tế"]."""
    return list(dict.fromkeys(body["name"] for body in record.get(role, ())))


def kind_of(record: Mapping[str, Any], language: str) -> str:
    """What a record is called: "Nhiệm vụ", "Đoạn văn", "Phụ lục II"."""
    say = load_messages(language)
    if record["record"] != "part":
        return say[record["record"]]
    numbered = record["kind"] == "annex" and record["label"]
    return f"{say[record['kind']]} {record['label']}" if numbered else say[record["kind"]]


def title_of(record: Mapping[str, Any]) -> str:
    """What a result says, on one line: a task's name and text, a target's sentence, the title of a document."""
    if record["record"] == "part":
        numbered = record["kind"] == "section" and record["label"]  # the number of an annex stands with its kind
        parts = [numbered and f"{record['label']}.", record["text"] or record["title"]]
    elif record["record"] == "document":
        parts = [record["type"], record["number"], record["title"]]
    elif record["record"] == "target":
        parts = [record["source"]["quote"]]
    else:
        parts = [record["name"] and f"{record['name']}:", record["text"]]
    return " ".join(" ".join(part for part in parts if part).split())


def _round(start: str, end: str) -> str | None:
    """A whole year or month by its name, else None."""
    if (start[4:], end[4:]) == ("-01-01", "-12-31") and start[:4] == end[:4]:
        return start[:4]
    following = date.fromisoformat(end) + timedelta(days=1)
    return start[:7] if start[:7] == end[:7] and start.endswith("-01") and following.day == 1 else None
