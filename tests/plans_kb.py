"""A knowledge base of the shipped plans without an index of meanings, built once a process."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from graph.generations import Generation
from graph.pipeline import build
from tests.conftest import ROOT


@cache
def plans_generation() -> Generation:
    """Its live generation; tests only read it."""
    kb = Path(tempfile.mkdtemp(prefix="plans-kb-"))
    atexit.register(shutil.rmtree, kb, ignore_errors=True)
    return build([ROOT / "data" / "plans"], kb).generation
