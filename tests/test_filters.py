"""Filters are exact, topics only beside another filter, and an empty answer says what emptied it."""

from __future__ import annotations

import numpy as np
import pytest

from search_api.columns import SETS, Columns
from search_api.filters import select_rows, without
from search_api.passage import Passage
from search_api.understood import FILTERS, Assigned, Excluded, Named, Period, Understood


def named(name: str, *ids: str) -> Named:
    return Named(name, name, name, f"w-{name}", ids or (name,))


def row(iri: str, due: str | None = None, active: str | None = None, **values: str) -> Passage:
    held = {name: tuple(values.get(name, "").split()) for name in SETS} | {"kind": (values.get("kind", "task"),)}
    end = (f"{due}-01-01", f"{due}-12-31") if due else (None, None)
    first, last = active.split("-") if active else (None, due)
    return Passage(
        iri, held["kind"][0], iri, held, end, (f"{first}-01-01" if first else None, end[1] if last else None)
    )


COLUMNS = Columns.of(
    [
        row("ai-2026", due="2026", topic="ai so", lead="skhcn", jurisdiction="hy", directive="57 102"),
        row("ai-2030", due="2030", active="2025-2030", topic="ai", lead="sgd", coordinating="skhcn", jurisdiction="hy"),
        row("ai-undated", topic="ai", lead="skhcn", jurisdiction="tq", directive="57"),
        row("rung-2026", due="2026", topic="rung", coordinating="syt", jurisdiction="tq"),
        row("report", kind="duty", lead="syt", report_to="skhcn", jurisdiction="tq"),
        row("decision", kind="document", issuer="ttg", jurisdiction="tw"),
        row("target-2026", due="2026", topic="ai", kind="target", jurisdiction="hn"),
    ]
)
EVERY = list(COLUMNS.ids)
YEAR = Period("2026-01-01", "2026-12-31", "2026")


def no(name: str, *columns: str, within: tuple[str, ...] = ()) -> Excluded:
    return Excluded(name, name, name, f"not {name}", (name,), columns, within)


def ask(**filters: object) -> Understood:
    return Understood("question", "text", "vi", **filters)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("understood", "found"),
    [
        pytest.param(ask(), EVERY, id="none"),
        pytest.param(ask(topics=[named("rung")]), EVERY, id="a-topic-alone-widens"),
        pytest.param(ask(topics=[named("ai")], due=YEAR), ["ai-2026", "target-2026"], id="a-topic-beside-a-date"),
        pytest.param(ask(topics=[named("ai"), named("rung")], due=YEAR), ["ai-2026", "rung-2026", "target-2026"],
                     id="one-of-the-topics-is-enough"),
        pytest.param(ask(topics=[named("rung")], kinds=[named("target")]), ["target-2026"], id="a-kind-aside"),
        pytest.param(ask(due=Period("2026-11-22", "2027-02-20", "soon", "upcoming")),
                     ["ai-2026", "rung-2026", "target-2026"], id="upcoming-is-what-runs-out"),
        pytest.param(ask(due=Period("2026-11-22", "2027-02-20", "in these days")), [], id="a-year-is-not-due-in-them"),
        pytest.param(ask(agencies=[named("skhcn")]), ["ai-2026", "ai-2030", "ai-undated"], id="in-any-role"),
        pytest.param(ask(agencies=[named("skhcn")], role=named("lead")), ["ai-2026", "ai-undated"], id="as-lead"),
        pytest.param(ask(agencies=[named("sgd"), named("skhcn")],
                         assigned=[Assigned("sgd", "lead", "", ""), Assigned("skhcn", "coordinating", "", "")]),
                     ["ai-2030"], id="each-in-its-role"),
        pytest.param(ask(agencies=[named("skhcn")], role=named("coordinating")), ["ai-2030"], id="as-partner"),
        pytest.param(ask(agencies=[named("so", "sgd", "syt")]), ["ai-2030", "rung-2026", "report"],
                     id="a-type-is-several"),
        pytest.param(ask(jurisdictions=[named("today", "hy", "hn")]), ["ai-2026", "ai-2030", "target-2026"],
                     id="a-merged-province"),
        pytest.param(ask(directives=[named("57"), named("102")]), ["ai-2026"], id="under-both"),
        pytest.param(ask(agencies=[named("skhcn")], role=named("report_to")), ["report"], id="who-is-reported-to"),
        pytest.param(ask(agencies=[named("ttg")], kinds=[named("document")]), ["decision"], id="who-passed-a-document"),
        pytest.param(ask(agencies=[named("ttg")], kinds=[named("document")], topics=[named("ai")]), ["decision"],
                     id="a-title-not-known-has-no-topic"),
        pytest.param(ask(agencies=[named("ttg")]), [], id="who-passed-a-document-does-no-task"),
        pytest.param(ask(excluded=[no("skhcn", "lead", "coordinating", "issuer")]),
                     ["rung-2026", "report", "decision", "target-2026"], id="not-of-an-agency"),
        pytest.param(ask(excluded=[no("skhcn", "lead")]),
                     ["ai-2030", "rung-2026", "report", "decision", "target-2026"], id="not-led-by"),
        pytest.param(ask(excluded=[no("ttg", "lead", "coordinating", "issuer")], kinds=[named("document")]), [],
                     id="not-passed-by"),
        pytest.param(ask(excluded=[no("skhcn", "lead", within=("tq",))]),
                     ["ai-2026", "ai-2030", "rung-2026", "report", "decision", "target-2026"], id="not-led-by-there"),
        pytest.param(ask(topics=[named("ai")], excluded=[no("hy", "jurisdiction")]), ["ai-undated", "target-2026"],
                     id="a-topic-beside-what-is-left-out"),
        pytest.param(ask(active=YEAR), ["ai-2026", "ai-2030", "rung-2026", "target-2026"], id="active"),
    ],
)  # fmt: skip
def test_filters_are_exact(understood: Understood, found: list[str]) -> None:
    assert [COLUMNS.ids[at] for at in np.flatnonzero(select_rows(understood, COLUMNS).rows)] == found


def test_active_stands_apart_from_due() -> None:
    selection = select_rows(ask(topics=[named("ai")], due=YEAR, kinds=[named("task")]), COLUMNS)
    assert selection.active is not None
    assert [COLUMNS.ids[at] for at in np.flatnonzero(selection.rows)] == ["ai-2026"]
    assert [COLUMNS.ids[at] for at in np.flatnonzero(selection.active)] == ["ai-2030"]
    assert selection.topics_are_hard


@pytest.mark.parametrize(
    ("understood", "emptied"),
    [
        pytest.param(ask(due=YEAR), (), id="something"),
        pytest.param(ask(agencies=[named("nobody")], due=YEAR), ("agencies",), id="one-of-two"),
        pytest.param(ask(agencies=[named("sgd")], jurisdictions=[named("tq")]), ("agencies", "jurisdictions"), id="2"),
        pytest.param(ask(agencies=[named("nobody")], directives=[named("none")]), ("agencies", "directives"),
                     id="each-alone-empties"),
    ],
)  # fmt: skip
def test_an_empty_answer_says_why(understood: Understood, emptied: tuple[str, ...]) -> None:
    assert select_rows(understood, COLUMNS).emptied_by == emptied


def test_a_filter_taken_away_is_text_again() -> None:
    asked = ask(due=YEAR, agencies=[named("skhcn")], role=named("lead"), topics=[named("ai")])
    left = without(asked, ["due", "topics", "unknown"])
    assert (left.due, left.topics, left.text) == (None, (), "text 2026")
    assert left.agencies == asked.agencies
    assert without(asked, []) == asked
    gone = without(asked, FILTERS)
    assert select_rows(gone, COLUMNS).rows.all()
    assert gone.role is None
