"""`make screenshots`: pictures of every page of the built knowledge base, light and dark, in var/screenshots.

They are for eyes: cramped, ugly or badly wrapped is a defect that no test finds.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize

from search_api.app import create_app
from search_api.cli_group import DEFAULT_KB
from search_api.service import ROUTERS, open_live_search
from tests.browser import open_browser, serve, write_screenshot
from tests.conftest import ROOT
from tests.every_page import BUILT

OUT = ROOT / "var" / "screenshots"
LOOKS: tuple[tuple[str, int, Literal["light", "dark"]], ...] = (
    ("vi", 390, "light"),
    ("vi", 1280, "light"),
    ("vi", 1280, "dark"),
    ("en", 1280, "light"),
)


def take(browser: Browser, base: str, out: Path) -> None:
    """One picture of each page in each look."""
    for language, width, scheme in LOOKS:
        size = ViewportSize(width=width, height=900)
        context = browser.new_context(base_url=base, viewport=size, color_scheme=scheme)
        page = context.new_page()
        for name, path in BUILT.items():
            page.goto(path + ("&" if "?" in path else "?") + f"lang={language}", wait_until="networkidle")
            write_screenshot(page, out / f"{name}-{language}-{width}-{scheme}.png")
        context.close()


def main() -> None:
    """All of them, in place of those from before."""
    shutil.rmtree(OUT, ignore_errors=True)
    with serve(create_app(ROOT / DEFAULT_KB, open_live_search, routers=ROUTERS)) as base, open_browser() as browser:
        take(browser, base, OUT)
    print(f"{len(LOOKS) * len(BUILT)} pictures in {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
