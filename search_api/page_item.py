"""A task, duty or target as its page shows it: every field with how it is known and the words it was read in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten as shorten_title
from typing import Any

from graph.facts import ELI
from ingest.records import AROUND
from search_api.live import Opened
from search_api.page_base import Page, label_of, name_document, tail, title_below
from search_api.page_names import say_name
from search_api.page_words import explain_deadline, say_value
from search_api.present import describe_deadline, say_date

_FIELDS = ("role", "lead", "coordinating", "report_to", "deadline", "output", "funding", "cites", "number", "code")
_OF_TARGET = ("value", "year", "baseline")
_OF_DOCUMENT = ("number", "type", "date", "issuer", "signer", "period")
_LONGEST_TITLE = 110  # characters of a document that is cited
_BODIES = frozenset({"lead", "coordinating", "report_to"})
_EXPECTED = ("lead", "coordinating", "deadline", "output", "funding")  # of a task; what is missing is said


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, with a page to go on to and a remark: Value("Sở Y tế", "/?q=…", "Department of Health")."""

    text: str
    link: str = ""
    remark: str = ""
    is_vietnamese: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: its values, how it is known ("stated", "inherited", "assumed"), why, and its source."""

    label: str
    values: Sequence[Value]
    origin: str
    reason: str | None
    candidates: Sequence[str]
    source: Mapping[str, Any] | None


def list_fields(here: Opened, record: Mapping[str, Any], page: Page) -> Iterator[Field]:
    """The fields that have a value, in the order in which people ask."""
    is_target = record["record"] == "target"
    for name in _OF_TARGET if is_target else _FIELDS:
        values = list(_list_values(here, record, name, page))
        if values:
            yield _field(page.say[_label_of_field(name, record)], values, record["evidence"].get(name))


def list_wording(record: Mapping[str, Any], page: Page) -> Iterator[Field]:
    """How the words at the head of the page are known: a task's name and text, a target's indicator, a title."""
    for name, label in (("name", "name"), ("text", "field_text"), ("indicator", "indicator"), ("title", "title")):
        if record.get(name):
            yield _field(page.say[label], (), record["evidence"].get(name))
    if AROUND in record["evidence"]:
        yield _field(page.say[AROUND], (), record["evidence"][AROUND])


def list_missing(record: Mapping[str, Any], page: Page) -> list[str]:
    """What a reader looks for and the text does not state."""
    if record["record"] != "task":
        return []
    stated = {name for name in _EXPECTED if record[name]} - {"deadline"}
    if describe_deadline(record):
        stated.add("deadline")
    return [page.say[_label_of_field(name, record)] for name in _EXPECTED if name not in stated]


def list_identity(here: Opened, record: Mapping[str, Any], page: Page) -> Iterator[Field]:
    """The fields of a document, its issuer with the page of that body."""
    issuer = here.names.facts.value(record["id"], ELI + "passed_by")
    for name in _OF_DOCUMENT:
        if record[name]:
            text = say_date(record[name], page.language) if name == "date" else record[name]
            label = page.say["number_of_document" if name == "number" else name]
            link = page.link(tail(issuer)) if issuer and name == "issuer" and here.records.get(issuer) else ""
            yield _field(label, [Value(text, link)], record["evidence"].get(name))


def list_dates(here: Opened, record: Mapping[str, Any], page: Page) -> list[tuple[str, str, str, Mapping[str, Any]]]:
    """Where texts print different dates of a document: date, name and page of the text, quote."""
    said = {each["date"] for each in record["dates"]}
    if not any(not one.startswith(other) and not other.startswith(one) for one in said for other in said):
        return []  # "2025" is no other date than "2025-08-27"
    return [
        (
            say_date(each["date"], page.language),
            say_name(here, each["stated_in"], page.language),
            page.of_record(each["stated_in"], "document"),
            each["source"],
        )
        for each in record["dates"]
    ]


def list_places(record: Mapping[str, Any], page: Page) -> Iterator[str]:
    """Where an item stands, from the outside in: "Phụ lục II", "A. Nhóm nhiệm vụ …"."""
    if record.get("annex"):
        yield f"{page.say['annex']} {record['annex']}"
    for heading in record.get("section", ()):
        parts = [heading["label"] and f"{heading['label']}.", heading["title"]]
        if said := " ".join(part for part in parts if part):
            yield said


def list_topics(here: Opened, record: Mapping[str, Any], page: Page) -> Iterator[Value]:
    """The topics of an item, each with a search for it and the words that name it where they are others."""
    words = {each["topic"]: " ".join(each["source"]["quote"].split()) for each in record.get("tags", ())}
    for topic in record.get("topics", ()):
        label, said = label_of(here, topic, page), words.get(topic, "")
        remark = said if said.casefold() != label.casefold() else ""
        yield Value(label, page.link("/", q=label), remark, is_vietnamese=page.language == "vi")


def _label_of_field(name: str, record: Mapping[str, Any]) -> str:
    if name == "lead":
        return "field_lead" if record["record"] == "task" else "agencies"
    return "field_coordinating" if name == "coordinating" else name


def _field(label: str, values: Sequence[Value], evidence: Mapping[str, Any] | None) -> Field:
    if evidence is None:
        return Field(label, values, "", None, (), None)
    return Field(label, values, evidence["origin"], evidence["reason"], evidence["candidates"], evidence["source"])


def _list_values(here: Opened, record: Mapping[str, Any], name: str, page: Page) -> Iterator[Value]:
    if name in _BODIES:
        yield from (_show_body(here, each, page) for each in record.get(name, ()))
    elif name == "deadline":
        if raw := describe_deadline(record):
            yield Value(raw, remark=explain_deadline(record["deadline"], page.language))
    elif name == "cites":
        yield from (_show_document(here, each, page) for each in record["cites"])
    elif name == "value":
        yield Value(say_value(record, page.language))
    elif name == "role":
        if record.get("role"):
            yield Value(page.say[f"role_{record['role']}"], is_vietnamese=page.language == "vi")
    elif record[name]:
        yield Value(str(record[name]))


def _show_body(here: Opened, body: Mapping[str, Any], page: Page) -> Value:
    """A body with its page; a collective name is only said."""
    iri, remarks = body["agency"], []
    if iri and page.language == "en" and (english := label_of(here, iri, page)) not in (iri, body["name"]):
        remarks.append(english)
    if body["as_written"].casefold() != body["name"].casefold():
        remarks.append(page.say["as_written"].format(words=body["as_written"]))
    return Value(body["name"], page.of_record(iri, "agency") if iri else "", "; ".join(remarks))


def _show_document(here: Opened, iri: str, page: Page) -> Value:
    document = here.records.get(iri)
    if document is None:
        return Value(here.names.short(iri))
    title = shorten_title(title_below(document), width=_LONGEST_TITLE, placeholder=" …")
    return Value(name_document(document, page), page.of_record(iri, "document"), title)
