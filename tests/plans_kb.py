"""Knowledge bases of the shipped plans, each built once a process: without an index, and with one that counts words."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from graph.generations import Generation
from graph.pipeline import build
from search_api.indexing import SearchIndexer
from tests.conftest import ROOT
from tests.word_encoder import WordEncoder


@cache
def plans_generation() -> Generation:
    """The live generation without an index; tests only read it."""
    return build([ROOT / "data" / "plans"], _new_folder()).generation


@cache
def searched_plans() -> Path:
    """A knowledge base with an index of the toy encoder; tests only read it."""
    kb = _new_folder()
    build([ROOT / "data" / "plans"], kb, indexer=SearchIndexer(WordEncoder, "words"))
    return kb


def _new_folder() -> Path:
    kb = Path(tempfile.mkdtemp(prefix="plans-kb-"))
    atexit.register(shutil.rmtree, kb, ignore_errors=True)
    return kb
