"""Pages as pictures: drawn from a PDF or opened from a picture, in grey, at one resolution, within limits."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.source import Unreadable

try:  # only scans need these: `make install EXTRAS=ocr`
    import pypdfium2
    from PIL import Image, ImageFilter, ImageOps, ImageSequence

    _INSTALLED = True
except ImportError:
    _INSTALLED = False

Gray = NDArray[np.uint8]

DOTS = 200  # an inch, of every page that is read
POINTS = 72
DARK = 170  # of 255, on a page that was whitened: below it is ink
_SPECK = 2  # dots together that are no part of a letter
_LEVELS = (30, 215)  # what is made black and white before letters are read
_FORMATS = ("PNG", "JPEG", "TIFF")
_MOST_PIXELS = 120_000_000  # of a picture as stored: A4 at 1,200 dots an inch, or A1 at 300
_MOST_DRAWN = 24_000_000  # of a page as it is read: A2 at 200 dots an inch
_MOST_PAGES = 2000
_SHORT_SIDES = (5.0, 17.0)  # inches: of A5 and A2; a picture that says otherwise does not know its resolution
_A4_SHORT = 8.27  # inches
_SHOWN_DOTS = 120  # an inch, of a page that is kept to check quotes by eye,
_SHOWN_PIXELS = 992 * 1403  # and no more than A4 has at that
_SHOWN_STEP = 17  # of grey: 16 greys without loss take less room than all of them with it, and letters stay sharp
_NOT_INSTALLED = "a picture of text, which takes more to read: `make install EXTRAS=ocr`"


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page in grey, 0 is black; `dots` an inch."""

    number: int
    gray: Gray
    dots: float = DOTS

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.gray.shape
        return width * POINTS / self.dots, height * POINTS / self.dots


def draw_pages(
    raw: bytes, numbers: Sequence[int], dots: float = DOTS, most: float = _MOST_DRAWN
) -> Iterator[PageImage]:
    """Some pages of a PDF, counted from 1, of `most` pixels; raises Unreadable for a damaged file."""
    _need_libraries()
    try:
        with closing(pypdfium2.PdfDocument(raw)) as document:
            for number in numbers:
                with closing(document[number - 1]) as page:
                    width, height = page.get_size()
                    scale = min(dots / POINTS, (most / max(width * height, 1.0)) ** 0.5)
                    drawn = page.render(scale=scale, grayscale=True, may_draw_forms=False)
                    yield PageImage(number, np.array(drawn.to_numpy()).squeeze().astype(np.uint8), scale * POINTS)
    except (pypdfium2.PdfiumError, ValueError, IndexError) as error:
        raise Unreadable(f"damaged PDF: {error}") from error


def open_pages(raw: bytes) -> Iterator[PageImage]:
    """The pages of a picture, of which a .tif may hold many; raises Unreadable for a damaged or too large one."""
    for number, picture in enumerate(_frames(raw), start=1):
        if number > _MOST_PAGES:
            raise Unreadable(f"a picture of more than {_MOST_PAGES} pages")
        dots = _dots(picture)
        scale = min(DOTS / dots, (_MOST_DRAWN / (picture.width * picture.height)) ** 0.5)
        gray = _level(_in_gray(picture), scale)
        yield PageImage(number, gray, scale * dots)


def count_pages(raw: bytes) -> int:
    """How many pages a PDF or a picture has."""
    _need_libraries()
    try:
        if _is_pdf(raw):
            with closing(pypdfium2.PdfDocument(raw)) as document:
                return len(document)
        with Image.open(io.BytesIO(raw), formats=_FORMATS) as picture:
            return int(getattr(picture, "n_frames", 1))
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"damaged PDF: {error}") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable(f"damaged picture: {error}") from error


def show_pages(raw: bytes, numbers: Sequence[int]) -> Iterator[tuple[PageImage, bytes]]:
    """Some pages as small WebP pictures, to check quotes by eye; works for every PDF and picture."""
    wanted = frozenset(numbers)
    drawn = draw_pages(raw, numbers, _SHOWN_DOTS, _SHOWN_PIXELS) if _is_pdf(raw) else open_pages(raw)
    for page in drawn:
        if page.number in wanted:
            shown = Image.fromarray(page.gray)
            shrink = min(_SHOWN_DOTS / page.dots, (_SHOWN_PIXELS / page.gray.size) ** 0.5, 1.0)
            shown.thumbnail((round(shown.width * shrink), round(shown.height * shrink)))
            out = io.BytesIO()
            few = Image.fromarray(np.asarray(shown) // _SHOWN_STEP * _SHOWN_STEP)
            few.save(out, "WEBP", lossless=True, quality=0, method=1)
            yield page, out.getvalue()


def rotate(gray: Gray, degrees: float) -> Gray:
    """A page turned by a little, counter-clockwise, as large as before; white where nothing was."""
    turned = Image.fromarray(gray).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(turned)


def whiten(gray: Gray) -> Gray:
    """A page on white: shadows and yellowed paper taken away."""
    page = Image.fromarray(gray)
    small = page.resize((max(page.width // 16, 1), max(page.height // 16, 1)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(3)).resize(page.size)
    light = np.maximum(np.asarray(paper, dtype=np.float32), 64.0)  # what is black over a wide stretch stays black
    return np.clip(np.asarray(page, dtype=np.float32) * 255.0 / light, 0, 255).astype(np.uint8)


def drop_specks(gray: Gray) -> Gray:
    """A page with its letters darker, its paper lighter, and without the single dots that dust leaves."""
    dark = np.pad(gray < DARK, 1).astype(np.uint8)
    height, width = gray.shape
    near = sum(dark[y : y + height, x : x + width] for y in range(3) for x in range(3))
    kept = np.where((near <= _SPECK) & (gray < DARK), 255, gray).astype(np.float32)
    black, white = _LEVELS
    return np.clip((kept - black) * 255.0 / (white - black), 0, 255).astype(np.uint8)


def write_tiff(pictures: Sequence[Gray], dots: float) -> bytes:
    """Pictures as one file, a page each."""
    first, *more = [Image.fromarray(np.ascontiguousarray(each)) for each in pictures]
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=more, dpi=(round(dots), round(dots)))
    return out.getvalue()


def _need_libraries() -> None:
    if not _INSTALLED:
        raise Unreadable(_NOT_INSTALLED)


def _is_pdf(raw: bytes) -> bool:
    return b"%PDF-" in raw[:1024]


def _frames(raw: bytes) -> Iterator[Any]:
    _need_libraries()
    try:
        with Image.open(io.BytesIO(raw), formats=_FORMATS) as picture:
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise Unreadable(f"a picture of {frame.width} x {frame.height} dots: too large")
                frame.load()
                yield frame
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:  # Pillow raises all of these
        raise Unreadable(f"damaged picture: {error}") from error


def _dots(picture: Any) -> float:
    """Dots an inch, from the picture, or else as if it showed a page of A4."""
    short = min(picture.size)
    said = picture.info.get("dpi")
    dots = float(said[0]) if said and said[0] else 0.0
    low, high = _SHORT_SIDES
    return dots if dots and low <= short / dots <= high else max(short / _A4_SHORT, 1.0)


def _in_gray(picture: Any) -> Any:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(upright) >> 8).astype(np.uint8))
    if "transparency" in upright.info or upright.mode in ("RGBA", "LA", "PA"):
        upright = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright)
    return upright.convert("L")


def _level(picture: Any, scale: float) -> Gray:
    size = (max(round(picture.width * scale), 1), max(round(picture.height * scale), 1))
    if size == picture.size:
        return np.asarray(picture, dtype=np.uint8)
    return np.asarray(picture.resize(size, Image.Resampling.LANCZOS), dtype=np.uint8)
