"""Pages that put plans side by side: the targets of one indicator, the tasks of one topic."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from search_api.depends import Here
from search_api.live import Opened
from search_api.page_base import Page, read_page, respond
from search_api.page_compare import compare_targets, list_found
from search_api.page_problem import render_problem
from search_api.page_topics import choose_plans, compare_topic, list_plans, list_topics

router = APIRouter(include_in_schema=False)
_ASKED = ("indicator", "exact", "topic", "plan")


@router.get("/compare")
def show_compare(request: Request, here: Here) -> Response:
    """One indicator or one topic in several plans; without either, what can be compared."""
    page = read_page(request, *_ASKED)
    topic = page.first("topic")
    names = tuple(filter(None, page.asked["indicator"]))
    if topic and not names:
        if here.search is None:
            return render_problem(503, "this server was started without search", request, "no-search")
        return _show_topic(here, page, topic)
    exact = page.first("exact") == "1"
    comparison = compare_targets(here, page, names, exact) if names else None
    if comparison is not None:
        return respond(page, "compare_indicator.html", comparison=comparison)
    return respond(
        page,
        "compare.html",
        404 if names else 200,
        unknown=", ".join(names),
        listed=list_found(here, page),
        topics=list_topics(here, page, ""),
        plans=list_plans(here, page, "", ()),
    )


def _show_topic(here: Opened, page: Page, topic: str) -> Response:
    chosen = choose_plans(here, topic, page.asked["plan"])
    table = compare_topic(here, page, topic, chosen)
    return respond(
        page,
        "compare_topic.html",
        topic=topic,
        table=table,
        topics=list_topics(here, page, topic),
        plans=list_plans(here, page, topic if table else "", chosen),
    )
