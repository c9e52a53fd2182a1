"""Pages as a scanner shows them: 200 dots an inch, half a degree askew, with noise; no letter of text left."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

_DOTS, _POINTS = 200, 72  # an inch
_ASKEW = 0.5  # degrees
_NOISE = 12.0  # of 255
_SEED = 7  # same pages, same noise


def draw_scan(pdf: Path) -> bytes:
    """A PDF of pictures, one a page of the given PDF."""
    raw = io.BytesIO()
    pages = list(_draw_pages(pdf))
    pages[0].save(raw, "PDF", resolution=_DOTS, save_all=True, append_images=pages[1:])
    return raw.getvalue()


def _draw_pages(pdf: Path) -> Iterator[Image.Image]:
    random = np.random.default_rng(_SEED)
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            drawn = page.render(scale=_DOTS / _POINTS, grayscale=True).to_pil()
            askew = drawn.rotate(_ASKEW, Image.Resampling.BICUBIC, fillcolor=255)
            dots = np.asarray(askew, dtype=np.float32) + random.normal(0, _NOISE, (askew.height, askew.width))
            yield Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))
    finally:
        document.close()
