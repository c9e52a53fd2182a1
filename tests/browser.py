"""A browser for tests of pages: tabs that remember what they asked for, a service of a thread, and axe-core."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from search_api.assets import WORK

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
# Continuous integration installs a browser, so that there its absence is a failure and not a reason to skip.
IS_REQUIRED = bool(os.environ.get("CI"))
needs_browser = pytest.mark.skipif(
    BROWSER is None and not IS_REQUIRED,
    reason="no Chromium: install it with `apt-get install chromium` or `brew install chromium`",
)
_SEVERE = ("serious", "critical")
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(slots=True)
class Visit:
    """A tab with all it asked for and all it complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def hosts(self) -> set[str]:
        """The servers that the tab has asked: {"127.0.0.1:8000"}."""
        return {urlsplit(url).netloc for url in self.asked if not url.startswith(("data:", "blob:"))}


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium, headless; AssertionError where there is none."""
    assert BROWSER is not None, "no Chromium: install it with `apt-get install chromium`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield browser
        browser.close()


def open_tab(context: BrowserContext) -> Visit:
    """A new tab that keeps what it asks for and what it says to the console."""
    visit = Visit(context.new_page())
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    visit.page.on("console", lambda message: visit.said.append(message.text))
    visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
    return visit


@contextmanager
def serve(app: FastAPI) -> Iterator[str]:
    """Where the application is served meanwhile: "http://127.0.0.1:41233"."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def find_barriers(page: Page, leave_out: Sequence[str] = ()) -> list[str]:
    """What axe-core finds serious or critical, one line each: "color-contrast: .chip a"; [] is what a page should give.

    `leave_out` are selectors of parts that are not ours.
    """
    # Evaluated by the driver, to which the page's Content-Security-Policy does not apply.
    page.evaluate((WORK / "axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "([tags, exclude]) => axe.run({include: [['html']], exclude}, {runOnly: tags, resultTypes: ['violations']})",
        [list(_TAGS), [[each] for each in leave_out]],
    )
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '').splitlines()[-1:]}"
        for rule in found["violations"]
        if rule["impact"] in _SEVERE
        for node in rule["nodes"]
    ]


def open_details(page: Page) -> None:
    """Everything folded is unfolded: what is hidden must be as good as what is seen."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


def write_screenshot(page: Page, file: Path) -> None:
    """The whole page as a picture."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True)
