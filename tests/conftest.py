"""What several tests share: the checkout's root and the hand labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.gold import Gold, load_gold

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def gold() -> Gold:
    """data/gold, loaded once; its rows are frozen."""
    return load_gold(ROOT / "data" / "gold", ROOT / "data" / "plans")
