"""Every page in both languages, at three widths, light and dark: no barrier, no error, nothing from elsewhere.

`make test` takes every pair of two of these, `make test-all` takes them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser import find_barriers, needs_browser, open_browser, open_details, open_tab, serve
from tests.every_page import PAGES, PROBLEMS
from tests.pages import app_over
from tests.small_kb import small_kb

pytestmark = needs_browser
LANGUAGES = ("vi", "en")
WIDTHS = (360, 768, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class Case(NamedTuple):
    """One way to look at one page."""

    page: str
    language: str
    width: int
    scheme: Literal["light", "dark"]


WHOLE = [Case(*each) for each in product(PAGES, LANGUAGES, WIDTHS, SCHEMES)]
# Three looks at each page; the other choices take turns so that every two values meet.
PAIRS = [
    Case(page, LANGUAGES[(at + turn) % 2], width, SCHEMES[(at // 2 + turn // 2) % 2])
    for at, page in enumerate(PAGES)
    for turn, width in enumerate(WIDTHS)
]
REST = [case for case in WHOLE if case not in PAIRS]


def pairs_of(cases: list[Case]) -> set[tuple[object, ...]]:
    return {pair for case in cases for pair in combinations(enumerate(case), 2)}


def test_every_pair_is_looked_at() -> None:
    left = [pair for pair in pairs_of(WHOLE) - pairs_of(PAIRS) if pair[0][0] != 0]  # type: ignore[index]
    assert left == []
    for page in PAGES:
        looks = [case for case in PAIRS if case.page == page]
        assert {case.width for case in looks} == set(WIDTHS)
        assert {case.language for case in looks} == set(LANGUAGES)
        assert {case.scheme for case in looks} == set(SCHEMES)


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """Where the small knowledge base is served."""
    with serve(app_over(small_kb())) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


def look_at(browser: Browser, base: str, case: Case) -> None:
    size = ViewportSize(width=case.width, height=800)
    context = browser.new_context(base_url=base, viewport=size, color_scheme=case.scheme, locale="vi-VN")
    visit = open_tab(context)
    path = PAGES[case.page]
    answer = visit.page.goto(path + ("&" if "?" in path else "?") + f"lang={case.language}")
    assert answer is not None
    expected = PROBLEMS.get(case.page, 200)
    assert answer.status == expected
    assert visit.page.locator("html").get_attribute("lang") == case.language
    visit.page.wait_for_load_state("networkidle")
    open_details(visit.page)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= case.width
    assert find_barriers(visit.page) == []
    assert visit.hosts() == {urlsplit(base).netloc}
    assert [line for line in visit.said if expected == 200 or str(expected) not in line] == []
    context.close()


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: "-".join(map(str, case)))
def test_a_page_is_open_to_all(browser: Browser, base: str, case: Case) -> None:
    look_at(browser, base, case)


@pytest.mark.slow
@pytest.mark.parametrize("case", REST, ids=lambda case: "-".join(map(str, case)))
def test_a_page_is_open_to_all_in_every_way(browser: Browser, base: str, case: Case) -> None:
    look_at(browser, base, case)
