"""Whole ways through the site over the real plans: from a question to the sentence in the source and to a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from search_api.app import create_app
from search_api.service import ROUTERS, open_live_search
from tests.browser import Visit, needs_browser, open_browser, open_tab, serve
from tests.every_page import BUILT

pytestmark = needs_browser
QUESTIONS = [pytest.param("vi", "nhiệm vụ AI hạn 2026", id="vi"), pytest.param("en", "AI tasks due 2026", id="en")]
RESOLUTION = "/document/vn/trung-uong/nq-tw/2024/57"
_WHILE_LOADING = 15_000  # milliseconds, on a busy machine


@pytest.fixture(scope="module")
def base(built_kb: Path) -> Iterator[str]:
    """Where the knowledge base of the five plans is served, with the model that comes with the program."""
    with serve(create_app(built_kb, open_live_search, routers=ROUTERS)) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def open_visit(browser: Browser, base: str) -> Iterator[Callable[..., Visit]]:
    """Tabs that stay on the host and say nothing to the console."""
    visits = []

    def start(**options: Any) -> Visit:
        context = browser.new_context(base_url=base, accept_downloads=True, **options)
        context.set_default_timeout(_WHILE_LOADING)
        visits.append(open_tab(context))
        return visits[-1]

    yield start
    for visit in visits:
        assert visit.hosts() == {urlsplit(base).netloc}
        assert visit.said == []
        visit.page.context.close()


def ask(page: Page, language: str, question: str) -> None:
    page.goto(f"/?lang={language}")
    page.locator("main input[name=q][type=search]").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    expect(page.locator("article h3 a").first).to_be_visible()


def check_sentence(page: Page) -> None:
    """The reading view stands at the line of its address, in sight."""
    line = re.search(r"#(L\d+)$", page.url)
    assert line is not None
    expect(page.locator(f"#{line[1]}")).to_be_in_viewport()
    assert len(page.locator(f"#{line[1]}").inner_text().strip()) > 10


@pytest.mark.parametrize(("language", "question"), QUESTIONS)
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_from_a_question_to_the_sentence_and_the_file(
    open_visit: Callable[..., Visit], language: str, question: str, scripts: bool, tmp_path: Path
) -> None:
    page = open_visit(java_script_enabled=scripts).page
    ask(page, language, question)
    results = page.url
    first = page.locator("article h3 a").first
    task = urlsplit(str(first.get_attribute("href"))).path
    first.click()
    page.wait_for_url("**/task/**")
    assert page.locator("html").get_attribute("lang") == language

    page.locator(f"svg a[href^='{RESOLUTION}']").first.click()  # its box in the picture of the trace
    page.wait_for_url(f"**{RESOLUTION}*")
    assert "57-NQ/TW" in page.get_by_role("heading", level=1).inner_text()
    page.go_back()

    step = page.locator(".tree li", has=page.locator(f"a[href^='{RESOLUTION}']")).last
    step.locator("details.quote summary").first.click()
    quoted = " ".join(step.locator("blockquote").first.inner_text().split())
    step.locator("figcaption a").first.click()
    page.wait_for_url("**/read/**")
    check_sentence(page)
    assert quoted[:40] in " ".join(page.locator("main").inner_text().split())

    page.goto(results)
    files = page.get_by_role("link", name="XLSX")  # of what is due, and of that with what is under way
    rows = []
    for at in range(files.count()):
        with page.expect_download() as waiting:
            files.nth(at).click()
        waiting.value.save_as(tmp_path / "answer.xlsx")
        workbook = openpyxl.load_workbook(tmp_path / "answer.xlsx")
        cells = {str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value}
        assert [each for each in cells if each.endswith(task.removeprefix("/task"))]
        rows.append(workbook.worksheets[0].max_row)
    assert len(rows) == 2
    assert rows == sorted(set(rows))


@pytest.mark.parametrize(("language", "question"), QUESTIONS)
def test_the_keyboard_goes_all_the_way(open_visit: Callable[..., Visit], language: str, question: str) -> None:
    page = open_visit().page
    ask(page, language, question)
    tab_to(page, "article h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/task/**")
    tab_to(page, "svg a.step-arrow, svg a[class*=arrow]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/read/**")
    check_sentence(page)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something of this kind has the focus, each stop to be seen."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no number of tabs leads to {selector}")


def test_back_and_reload_keep_the_question(open_visit: Callable[..., Visit]) -> None:
    page = open_visit().page
    ask(page, "vi", "chuyển đổi số")
    titles = page.locator("article h3").all_inner_texts()
    chosen = page.locator("#facets a").first
    chosen.click()
    page.wait_for_function("before => location.href !== before", arg=page.url)
    narrowed, fewer = page.url, page.locator("article h3").all_inner_texts()
    page.reload()
    assert (page.url, page.locator("article h3").all_inner_texts()) == (narrowed, fewer)
    page.go_back()
    expect(page.locator("article h3").first).to_have_text(titles[0])
    assert page.locator("main input[name=q][type=search]").input_value() == "chuyển đổi số"


@pytest.mark.parametrize("name", [each for each in BUILT if each != "not-found"])
def test_every_page_of_the_pictures_is_there(base: str, name: str) -> None:
    answer = httpx2.get(base + BUILT[name], timeout=60)
    assert answer.status_code == 200
    assert len(answer.content) < 200_000
