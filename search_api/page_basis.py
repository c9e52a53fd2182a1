"""What a task or document rests on, as its page shows it: the trace, as a picture and as words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.trace import trace, trace_as_json
from search_api.live import Opened
from search_api.page_base import Page
from search_api.page_picture import draw_picture
from search_api.page_read import link_texts
from search_api.page_trace import grow_tree


def show_basis(here: Opened, record: Mapping[str, Any], page: Page) -> tuple[dict[str, Any], dict[str, object]]:
    """The trace of a record, and what a page says of it: show_basis(here, task, page)[1]["tree"]."""
    found = trace(here.store, record["id"])
    answer, text_of = trace_as_json(found, here.names), link_texts(here, page)
    return answer, {
        "text_of": text_of,
        "picture": draw_picture(answer, record, page, text_of),
        "tree": grow_tree(answer, page),
        "is_cut": found.cut,
    }
