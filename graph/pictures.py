"""The pictures of pages that a generation keeps beside its sources, so that quotes of scans can be checked by eye."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from graph.generations import Generation
from graph.inputs import Input
from ingest.readers.dispatch import kind_of_file
from ingest.readers.page_pictures import DONE, PagePicture, list_pictures
from ingest.readers.sandbox import draw_apart
from ingest.readers.tools import can_draw
from ingest.source import SourceText, Unreadable

_FOLDER = "pages"
_AT_ONCE = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Pictured:
    """How many pages the sources of a generation have, and of how many it has the pictures."""

    of: int
    shown: int


class Pictures:
    """The pictures of a build: Pictures(cache, draft, say).keep(used, sources, advance).

    They are drawn into the cache page by page, so that a killed build loses none, and shared with each generation.
    """

    def __init__(self, cache: Path, draft: Path, say: Callable[[str], None]) -> None:
        self.cache, self.draft, self.say = cache / "pictures", draft / _FOLDER, say

    def keep(
        self,
        used: Sequence[Input],
        sources: Mapping[str, SourceText],
        before: Generation | None,
        advance: Callable[[], None],
    ) -> Pictured:
        """Put the pictures of all files that have pages into the draft; `before` may have some of them already."""
        paged = [each for each in used if has_pages(sources[each.file])]
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            for _ in threads.map(lambda each: self._keep_file(each, before), paged):
                advance()
        self._drop_others({each.sha256 for each in paged})
        shown = sum(len(list_pictures(self.draft / each.sha256)) for each in paged)
        return Pictured(sum(sources[each.file].pages or 0 for each in paged), shown)

    def _keep_file(self, plan: Input, before: Generation | None) -> None:
        own = self.cache / plan.sha256
        if not own.exists():
            own.mkdir(parents=True)
            earlier = folder_of(before, plan.sha256) if before else own
            for each in list_pictures(earlier).values():
                os.link(earlier / each.name, own / each.name)
        if can_draw() and not (own / DONE).exists():
            self._draw(plan, own)
        if found := list_pictures(own):
            (self.draft / plan.sha256).mkdir(parents=True)
            for each in found.values():
                os.link(own / each.name, self.draft / plan.sha256 / each.name)

    def _draw(self, plan: Input, folder: Path) -> None:
        try:
            kind = kind_of_file(plan.path.read_bytes(), plan.file)
            failed = draw_apart(plan.path, kind, folder, lambda line: self.say(f"{plan.file}: drawing {line}"))
        except (OSError, Unreadable) as error:
            failed = str(error)
        for half in folder.glob("*.new"):  # of a run that was killed
            half.unlink(missing_ok=True)
        if failed:
            self.say(f"{plan.file}: some pages cannot be shown")

    def _drop_others(self, kept: set[str]) -> None:
        """What no file of this build needs; generations that show it have it themselves."""
        for folder in self.cache.glob("*"):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)


def has_pages(source: SourceText) -> bool:
    """Whether a file is laid out in pages that can be shown: a PDF or a scan, but no .docx."""
    return source.has_boxes and source.pages is not None


def folder_of(generation: Generation, sha256: str) -> Path:
    """Where the pictures of a file are."""
    return generation.path / _FOLDER / sha256


def load_pictures(generation: Generation, sha256: str) -> dict[int, PagePicture]:
    """The pictures of a file by page: load_pictures(generation, sha256)[12].width; empty where none was drawn."""
    return list_pictures(folder_of(generation, sha256))
