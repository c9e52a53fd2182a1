"""How search is scored: the gain of a ranking, the bounds of a mean, and which passages a result stands for."""

from __future__ import annotations

import numpy as np
import pytest

from search_api.evaluate_search import bootstrap, ndcg


@pytest.mark.parametrize(
    ("gains", "grades", "value"),
    [
        pytest.param([3, 1], [2, 1, 0], 1.0, id="best-order"),
        pytest.param([0, 3], [2], 1 / np.log2(3), id="second-place"),
        pytest.param([0] * 10 + [3], [2], 0.0, id="beyond-the-tenth"),
        pytest.param([], [2], 0.0, id="nothing-found"),
        pytest.param([], [0], 0.0, id="nothing-to-find"),
    ],
)
def test_ndcg(gains: list[int], grades: list[int], value: float) -> None:
    assert ndcg(gains, grades) == pytest.approx(value)


def test_bounds_hold_the_mean_and_stay_the_same() -> None:
    values = np.random.default_rng(1).random(40)
    low, high = bootstrap(values)
    assert low < values.mean() < high
    assert bootstrap(values) == (low, high)
    assert bootstrap(np.full(5, 0.5)) == (0.5, 0.5)
