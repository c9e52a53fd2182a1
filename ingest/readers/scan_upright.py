"""How far a scanned page stands askew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Dark = NDArray[np.bool_]

_WIDEST = 5.0  # degrees either way
_STEPS = (0.5, 0.1, 0.02)  # degrees, each search around the best of the one before
_MOST_DOTS = 150_000  # that are looked at: every so many of a dense page
_LEAST_DOTS = 200
_BIN = 2  # dots


def find_skew(dark: Dark) -> float:
    """The angle by which a page must be turned counter-clockwise until its lines and rules lie level."""
    ys, xs = np.nonzero(dark)
    if len(ys) < _LEAST_DOTS:
        return 0.0
    step = -(-len(ys) // _MOST_DOTS)
    place, along = ys[::step].astype(np.float64), xs[::step] - dark.shape[1] / 2
    best, reach = 0.0, _WIDEST
    for fine in _STEPS:
        angles = best + np.arange(-reach, reach + fine / 2, fine)
        best = float(max(angles, key=lambda angle: (_sharpness(place, along, angle), -abs(angle))))
        reach = fine
    return best if abs(best) < _WIDEST else 0.0


def _sharpness(place: NDArray[np.float64], along: NDArray[np.float64], angle: float) -> float:
    """How much the dots of a page gather in rows once it is turned."""
    rows = (place - along * np.tan(np.radians(angle))) // _BIN
    counts = np.bincount((rows - rows.min()).astype(np.int64))
    return float(np.square(np.diff(counts.astype(np.float64))).sum())
