"""Every page of the site: over the small knowledge base for the tests, over the built one for the pictures."""

from __future__ import annotations

from urllib.parse import quote

from tests.pages import DOCUMENT, DUTY, INHERITING, TARGET, TASK

_PATH = DOCUMENT.removeprefix("/document/")

QUESTION = "nhiệm vụ đến hạn 2026"
PAGES: dict[str, str] = {
    "home": "/",
    "results": f"/?q={quote(QUESTION)}",
    "no-result": f"/?q={quote('nhiệm vụ đến hạn 2019')}",
    "about": "/about",
    "task": TASK,
    "task-inheriting": INHERITING,
    "duty": DUTY,
    "target": TARGET,
    "document": DOCUMENT,
    "document-report": f"{DOCUMENT}/report",
    "documents": "/documents",
    "directive": "/directive/vn/trung-uong/nq-tw/2024/57",
    "agencies": "/agencies",
    "agency": "/agency/hung-yen/so-khoa-hoc-va-cong-nghe",
    "calendar-year": "/calendar?year=2026",
    "calendar-month": "/calendar?month=2026-06",
    "compare": "/compare",
    "overview": "/overview",
    "query": "/query",
    "query-answer": "/query?shipped=tasks_due_in_year&year=2026",
    "query-problem": "/query?query=SELECT",
    "api": "/docs",
    "dataset": "/dataset",
    "vocabulary": "/ns",
    "shapes": "/shapes",
    "node": "/doc/topic/tri-tue-nhan-tao",
    "graph": "/graph/agencies",
    "not-found": "/task/no",
}

PROBLEMS = {"not-found": 404, "query-problem": 400}  # pages that say what went wrong, with their status

_DECISION = "vn/hung-yen/qd-ubnd/2025/719"
_PLAN = "vn/tuyen-quang/kh-ubnd/2023/57"
_RESOLUTION = "vn/trung-uong/nq-tw/2024/57"
_AI = f"{_DECISION}/phu-luc/2/muc/7"
BUILT: dict[str, str] = {
    "home": "/",
    "results": f"/?q={quote('nhiệm vụ AI hạn 2026')}",
    "results-many": f"/?q={quote('chuyển đổi số')}",
    "no-result": f"/?q={quote('nhiệm vụ đến hạn 2019')}",
    "about": "/about",
    "task": f"/task/{_AI}",
    "task-prose": f"/task/{_PLAN}/phan/iii/2/2.3/doan-1",
    "document": f"/document/{_DECISION}",
    "document-report": f"/document/{_DECISION}/report",
    "documents": "/documents",
    "read": f"/read/{_DECISION}",
    "read-table": f"/read/{_DECISION}?line=277",
    "directive": f"/directive/{_RESOLUTION}",
    "agencies": "/agencies",
    "agency": "/agency/hung-yen/so-khoa-hoc-va-cong-nghe",
    "calendar-year": "/calendar?year=2026",
    "calendar-month": "/calendar?month=2026-12",
    "compare": "/compare",
    "compare-topic": "/compare?topic=tri-tue-nhan-tao",
    "overview": "/overview",
    "query": "/query",
    "query-answer": "/query?shipped=agencies_by_task_count",
    "api": "/docs",
    "document-cited": f"/document/{_RESOLUTION}",
    "dataset": "/dataset",
    "vocabulary": "/ns",
    "node": "/doc/topic/tri-tue-nhan-tao",
    "not-found": "/document/vn/hung-yen/qd-ubnd/2025/7190",
}
