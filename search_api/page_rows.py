"""A task, duty or target as one line of a table: what it says, who has part in it, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_api.page_base import Page
from search_api.page_item import Value
from search_api.page_words import explain_deadline, say_value, shorten
from search_api.present import describe_deadline


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line: ItemRow("II.7", "Trợ lý ảo", "Xây dựng …", "/task/…", bodies, "2026", "Đến hạn …").

    `who` are bodies, of a target its value; `meaning` is what a deadline as printed says.
    """

    number: str
    name: str
    text: str
    link: str
    who: Sequence[Value]
    when: str
    meaning: str
    is_stated: bool = False  # it names the document of the page itself


def show_item(item: Mapping[str, Any], page: Page, role: str = "lead") -> ItemRow:
    """One line; `role` says which bodies stand in it: show_item(task, page, "coordinating")."""
    is_target = item["record"] == "target"
    value = [Value(say_value(item, page.language), is_vietnamese=False)] if is_target else []
    deadline = item.get("deadline") or {"kind": "none"}
    return ItemRow(
        number=".".join(filter(None, (item.get("annex"), item.get("number")))),
        name=item.get("name") or "",
        text=shorten(item["indicator"] if is_target else item["text"]),
        link=page.of_record(item["id"]),
        who=value or show_bodies(item.get(role, ()), page),
        when=describe_deadline(item) or "",
        meaning=explain_deadline(deadline, page.language) if deadline["kind"] != "none" else "",
    )


def show_bodies(bodies: Sequence[Mapping[str, Any]], page: Page) -> list[Value]:
    """Bodies of a record, each once with its page; a collective name is only said."""
    links = {each["name"]: page.of_record(each["agency"], "agency") if each["agency"] else "" for each in bodies}
    return [Value(name, link) for name, link in links.items()]
