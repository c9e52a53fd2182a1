"""Pages in a real browser: clicking, the keyboard alone, without JavaScript, dark, narrow; nothing leaves the host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, ViewportSize

from search_api.messages import load_messages
from tests.browser import Visit, needs_browser, open_browser, open_tab, serve
from tests.every_page import PAGES, PROBLEMS, QUESTION
from tests.pages import DOCUMENT, TASK, app_over, hostile_kb
from tests.small_kb import small_kb

NARROW, WIDE = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
EVERY = list(PAGES.values())
pytestmark = needs_browser


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """Where the small knowledge base is served."""
    with serve(app_over(small_kb())) as base:
        yield base


@pytest.fixture(scope="module")
def hostile_base() -> Iterator[str]:
    """Where the one with markup in its plans is served."""
    with serve(app_over(hostile_kb())) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Visit]:
    """A tab that must stay on the host and say nothing to the console."""
    context = browser.new_context(base_url=base, viewport=WIDE, locale="vi-VN")
    visit = open_tab(context)
    yield visit
    assert visit.hosts() == {urlsplit(base).netloc}
    assert visit.said == []
    context.close()


def search(page: Page, question: str) -> None:
    page.goto("/")
    page.locator("#q").fill(question)
    page.get_by_role("button", name="Tìm").click()


def test_from_question_to_task_and_back(visit: Visit) -> None:
    page = visit.page
    search(page, QUESTION)
    assert page.locator("#q").input_value() == QUESTION
    first = page.locator("article h3 a").first
    title = first.inner_text()
    first.click()
    assert page.get_by_role("heading", level=1).inner_text().casefold() == title.casefold()
    page.go_back()
    assert page.locator("#q").input_value() == QUESTION
    assert page.locator("article").count() == 2


def test_a_quote_opens_without_a_script(visit: Visit) -> None:
    page = visit.page
    page.goto(TASK)
    quote = page.locator("details.quote", has_text="Nêu rõ").first
    assert not quote.locator("blockquote").is_visible()
    quote.locator("summary").click()
    assert quote.locator("blockquote").is_visible()


def test_a_filter_goes_and_comes_back(visit: Visit) -> None:
    page = visit.page
    search(page, QUESTION)
    assert page.get_by_role("heading", name="Đến hạn trong 2026 1").is_visible()
    page.get_by_role("link", name="Bỏ điều kiện: Đến hạn").click()
    page.get_by_role("heading", name="Đến hạn trong 2026 1").wait_for(state="detached")
    page.get_by_role("link", name="Dùng lại: Đến hạn").click()
    page.get_by_role("heading", name="Đến hạn trong 2026 1").wait_for()


def test_no_result_offers_a_way_on(visit: Visit) -> None:
    page = visit.page
    search(page, "nhiệm vụ đến hạn 2019")
    assert load_messages("vi")["nothing"] in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Bỏ điều kiện “Đến hạn: 2019”").click()
    page.locator("article").first.wait_for()  # the answer alone is replaced
    assert page.locator("article").count() > 0


def test_language_is_kept_from_page_to_page(visit: Visit) -> None:
    page = visit.page
    search(page, QUESTION)
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#q").input_value() == QUESTION
    assert page.get_by_role("heading", name="Due in 2026 1", exact=True).is_visible()
    page.locator("article h3 a").first.click()
    assert page.get_by_text("Lead agency").is_visible()
    assert page.locator("h1").get_attribute("lang") == "vi"
    page.locator("#q").fill("data")
    page.keyboard.press("Enter")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Tiếng Việt").click()
    assert page.locator("html").get_attribute("lang") == "vi"


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    for _ in range(30):
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none"
        if page.evaluate("Boolean(document.activeElement.closest('article h3'))"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/task/**")


def test_nothing_needs_javascript(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base, java_script_enabled=False)
    page = context.new_page()
    search(page, QUESTION)
    page.get_by_role("link", name="Bỏ điều kiện: Đến hạn").click()
    page.locator("article h3 a").first.click()
    page.locator("details.quote summary").first.click()
    assert page.locator("details.quote blockquote").first.is_visible()
    context.close()


# Lightness of the colours that a text and the nearest background have, and their contrast (WCAG 2).
CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = color => color.slice(0, 3).map(c => c / 255)
    .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const behind = each => { for (let at = each; at; at = at.parentElement) {
    const color = rgb(getComputedStyle(at).backgroundColor);
    if (color[3] > 250) return color; } return [255, 255, 255]; };
  return [...document.querySelectorAll('body *')].filter(each => each.checkVisibility() &&
    [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim())).map(each => {
    const [one, other] = [light(rgb(getComputedStyle(each).color)), light(behind(each))].sort((a, b) => b - a);
    return [(one + .05) / (other + .05), each.textContent.trim().slice(0, 40)]; }).filter(([ratio]) => ratio < 4.5);
}"""


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_stands_out(browser: Browser, base: str, scheme: Literal["light", "dark"]) -> None:
    context = browser.new_context(base_url=base, color_scheme=scheme)
    page = context.new_page()
    for path in EVERY:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate(CONTRAST) == [], path
    context.close()


def test_dark_is_dark(browser: Browser, base: str) -> None:
    found = []
    for scheme in SCHEMES:
        context = browser.new_context(base_url=base, color_scheme=scheme)
        page = context.new_page()
        page.goto("/")
        found.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert [sum(map(int, color[4:-1].split(","))) > 380 for color in found] == [True, False]


@pytest.mark.parametrize("width", [320, 360, 768, 1920])
def test_no_page_scrolls_sideways(browser: Browser, base: str, width: int) -> None:
    context = browser.new_context(base_url=base, viewport=ViewportSize(width=width, height=740))
    page = context.new_page()
    for path in EVERY:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


# WCAG 2.2, 2.5.8: 24 pixels, but for links in a line of text.
SMALL = """() => [...document.querySelectorAll(
    'button, summary, nav a, .chip a, .pager a, .examples a, .brand, .links a')]
  .filter(each => each.checkVisibility()).map(each => [each.getBoundingClientRect(), each.textContent.trim()])
  .filter(([box]) => box.width < 24 || box.height < 24).map(([box, text]) => [box.width, box.height, text])"""


def test_targets_are_large_enough(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base, viewport=NARROW)
    page = context.new_page()
    for path in EVERY:
        page.goto(path)
        assert page.evaluate(SMALL) == [], path
    context.close()


def test_nothing_moves_while_it_loads(visit: Visit) -> None:
    for path in ("/", f"/?q={QUESTION}", TASK, DOCUMENT):
        visit.page.goto(path)
        moved = visit.page.evaluate(
            """() => new Promise(done => { let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(each => sum += each.value))
              .observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done(sum), 100); })"""
        )
        assert moved == 0, path


def test_paper_shows_the_quotes(visit: Visit) -> None:
    page = visit.page
    page.goto(TASK)
    page.emulate_media(media="print")
    assert page.locator("details.quote blockquote").first.is_visible()
    assert not page.get_by_role("search").is_visible()


def test_markup_in_plans_does_nothing(browser: Browser, hostile_base: str) -> None:
    context = browser.new_context(base_url=hostile_base)
    visit = open_tab(context)
    alarms: list[str] = []

    def hear(dialog: Dialog) -> None:
        alarms.append(dialog.message)
        dialog.dismiss()

    visit.page.on("dialog", hear)
    answered = [path for name, path in PAGES.items() if name not in PROBLEMS]
    for path in (*answered, '/?q="><img src=x onerror=alert(2)><script>alert(3)</script>'):
        visit.page.goto(path)
    assert alarms == []
    assert visit.said == []
    assert visit.hosts() == {urlsplit(hostile_base).netloc}
    context.close()
