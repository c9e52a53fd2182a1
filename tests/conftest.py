"""What several tests share: the checkout's root and the hand labels."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from graph.gold import Gold, load_gold
from tests.readme import ROOT as ROOT
from tests.readme import transcript


@pytest.fixture(scope="session")
def gold() -> Gold:
    """data/gold, loaded once; its rows are frozen."""
    return load_gold(ROOT / "data" / "gold", ROOT / "data" / "plans")


@pytest.fixture(scope="session")
def built_kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of the shipped plans, built once by the command, by whichever process of the run comes first.

    Beside it stands what the command printed, in build.txt.
    """
    here = tmp_path_factory.getbasetemp()
    shared = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    kb = shared / "built-kb"
    with (shared / "built-kb.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kb / "CURRENT").exists():
            kb.mkdir(exist_ok=True)
            (kb / "build.txt").write_text(transcript("build", kb), encoding="utf-8")
    return kb
