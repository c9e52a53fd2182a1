"""The tests' own eyes: axe-core finds what is wrong with a page, and a tab keeps what it asked for."""

from __future__ import annotations

from tests.browser import find_barriers, needs_browser, open_browser, open_tab


@needs_browser
def test_a_barrier_is_found() -> None:
    with open_browser() as browser:
        context = browser.new_context()
        visit = open_tab(context)
        visit.page.set_content("<html lang=vi><title>x</title><main><h1>x</h1><img src='data:,'><input></main>")
        found = find_barriers(visit.page)
        assert {line.split(":")[0] for line in found} == {"image-alt", "label"}
        assert visit.hosts() == set()
