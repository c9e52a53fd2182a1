"""What became of a body, for people: those that it came of, those that took over, when, and by which document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.history import Body, find_history
from search_api.live import Opened
from search_api.page_base import Page
from search_api.present import say_date

_MOST_BODIES = 6  # on each side


@dataclass(frozen=True, slots=True)
class Life:
    """A body before or after another: its name and province, its link, from when or until when, by what."""

    name: str
    link: str
    when: str
    sources: Sequence[str]


@dataclass(frozen=True, slots=True)
class Lives:
    """A body, from when or until when there is one, and those that it came of and that took over."""

    name: str
    when: str
    ended: str  # its last day, for people; "" of a body that still is
    before: Sequence[Life]
    after: Sequence[Life]


def list_lives(here: Opened, item: Mapping[str, Any], page: Page) -> Iterator[Lives]:
    """Of each leading body that changed: what it came of and what took over."""
    for iri in dict.fromkeys(each["agency"] for each in item.get("lead", ()) if each["agency"]):
        lives = read_lives(here, iri, page)
        if lives and (lives.before or lives.after):
            yield lives


def read_lives(here: Opened, agency: str, page: Page) -> Lives | None:
    """A body with those before and after it; None where its kind is not known, as of a collective name."""
    history = find_history(here.names.facts, agency)
    if history is None:
        return None
    return Lives(
        _name_body(history.body, page),
        _say_life(history.body, page),
        say_date(history.body.ended, page.language) if history.body.ended else "",
        [_show_life(each, page) for each in history.before[:_MOST_BODIES]],
        [_show_life(each, page) for each in history.after[:_MOST_BODIES]],
    )


def _name_body(body: Body, page: Page) -> str:
    parts = (body.name_en, body.province_en) if page.language == "en" else (body.name, body.province)
    return ", ".join(filter(None, parts))


def _say_life(body: Body, page: Page) -> str:
    began = page.say["life_from"].format(day=say_date(body.began, page.language)) if body.began else ""
    ended = page.say["life_to"].format(day=say_date(body.ended, page.language)) if body.ended else ""
    return ", ".join(filter(None, (began, ended)))


def _show_life(body: Body, page: Page) -> Life:
    link = page.of_record(body.iri, "agency") if body.iri else ""
    return Life(_name_body(body, page), link, _say_life(body, page), body.sources)
