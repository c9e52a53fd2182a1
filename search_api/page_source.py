"""Every quote with a link to the place in the reading view where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from graph.names import Names
from search_api.live import Opened
from search_api.page_base import Page, tail

_PLACE = frozenset({"file", "line", "quote"})  # what makes a value a source
_FILES: WeakKeyDictionary[Names, dict[str, str]] = WeakKeyDictionary()  # of each open generation: file -> document


def link_sources(here: Opened, value: Any, page: Page) -> Any:
    """A record or an answer in which each source has its "link": link_sources(here, item, page) is item."""
    files = _read_files(here)
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if each.keys() >= _PLACE:
                each["link"] = _link(files, each, page)
            else:
                waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return value


def _link(files: Mapping[str, str], source: Mapping[str, Any], page: Page) -> str:
    """The line in the reading view, which may show a long text in parts: "/read/vn/…/719?line=277#L277"."""
    document = files.get(source["file"])
    return page.link(f"/read/{tail(document)}", line=source["line"]) + f"#L{source['line']}" if document else ""


def _read_files(here: Opened) -> dict[str, str]:
    if here.names not in _FILES:
        _FILES[here.names] = {each["file"]: each["id"] for each in here.documents if each["file"]}
    return _FILES[here.names]
