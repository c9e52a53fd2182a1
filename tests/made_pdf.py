"""PDFs written by hand, as small as a trap allows; everything is placed from the top left corner of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from ingest.readers.pdf import read_pdf
from ingest.readers.reading import Grid, Paragraph, Role

WIDTH, HEIGHT = 600.0, 800.0
LETTER = 0.5  # of the size: how wide every letter of the fonts is
_IMAGE = "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"


@dataclass(slots=True)
class Page:
    """A page as it is drawn."""

    rotate: int = 0
    size: tuple[float, float] = (WIDTH, HEIGHT)
    marks: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def text(self, left: float, base: float, words: str, size: float = 12, more: str = "") -> Page:
        """Words on a base line: page.text(50, 80, "Kế hoạch", more="3 Tr") sets them unseen."""
        return self.turned((1, 0, 0, 1), (left, base), words, size, more)

    def turned(
        self,
        matrix: tuple[int, int, int, int],
        at: tuple[float, float],
        words: str,
        size: float = 12,
        more: str = "",
    ) -> Page:
        """Words that run another way: (0, 1, -1, 0) upwards."""
        self.used |= set(words)
        codes = "".join(f"{ord(char):04X}" for char in words)
        place = " ".join(f"{each:g}" for each in (*matrix, at[0], self.size[1] - at[1]))
        self.marks.append(f"q BT {more} /F1 {size:g} Tf {place} Tm <{codes}> Tj ET Q")
        return self

    def old(self, left: float, base: float, raw: bytes, font: str) -> Page:
        """Letters by their codes in another font: page.old(50, 80, b"K\\xd5", "F2")."""
        self.marks.append(f"BT /{font} 12 Tf 1 0 0 1 {left:g} {self.size[1] - base:g} Tm <{raw.hex()}> Tj ET")
        return self

    def lines(self, left: float, base: float, *lines: str, step: float = 16) -> Page:
        """Lines one under the other."""
        for at, line in enumerate(lines):
            self.text(left, base + at * step, line)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """A straight line."""
        height = self.size[1]
        return self.draw(f"0.5 w {x0:g} {height - y0:g} m {x1:g} {height - y1:g} l S")

    def area(self, left: float, top: float, right: float, bottom: float, gray: float = 0) -> Page:
        """A filled area."""
        place = f"{left:g} {self.size[1] - bottom:g} {right - left:g} {bottom - top:g}"
        return self.draw(f"q {gray:g} g {place} re f Q")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Page:
        """All rules of a table."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    def picture(self) -> Page:
        """A picture over the whole page, as a scan has."""
        return self.draw(f"q {self.size[0]:g} 0 0 {self.size[1]:g} 0 0 cm /I1 Do Q")

    def draw(self, marks: str) -> Page:
        """Operators as they are."""
        self.marks.append(marks)
        return self


def pdf(*pages: Page, unicode: bool = True, fonts: Sequence[str] = (), catalog: str = "") -> bytes:
    """A file of pages; `unicode` says whether the font tells its letters, `fonts` are the names of F2, F3, ..."""
    used = sorted({char for page in pages for char in page.used})
    objects = [f"<</Type/Catalog/Pages 2 0 R{catalog}>>", "", *_composite(used, unicode)]
    image = _stream(_IMAGE, b"\0")
    objects.append(image)
    named = "".join(f"/F{at + 2} {len(objects) + 1 + at} 0 R" for at in range(len(fonts)))
    objects += [_simple(font) for font in fonts]
    resources = f"<</Font<</F1 3 0 R{named}>>/XObject<</I1 {3 + 4} 0 R>>>>"
    kids = []
    for page in pages:
        objects.append(_stream("", "\n".join(page.marks).encode("ascii")))
        box = f"[0 0 {page.size[0]:g} {page.size[1]:g}]"
        turn = f"/Rotate {page.rotate}" if page.rotate else ""
        about = f"/Parent 2 0 R/MediaBox{box}{turn}/Resources{resources}/Contents {len(objects)} 0 R"
        objects.append(f"<</Type/Page{about}>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    return write(objects)


def pdf_of_text(text: str, parts: int = 1) -> bytes:
    """A plan in plain text as a PDF with text, each of so many pages with its share of the lines."""
    lines = [line for paragraph in text.splitlines() for line in wrap(paragraph, 70)]
    share = -(-len(lines) // parts)
    return pdf(*(Page().lines(50, 60, *lines[at : at + share], step=20) for at in range(0, len(lines), share)))


def write(objects: Iterable[str], trailer: str = "") -> bytes:
    """Objects numbered from 1 on as a whole file."""
    raw, starts = b"%PDF-1.7\n", []
    for number, inside in enumerate(objects, start=1):
        starts.append(len(raw))
        raw += f"{number} 0 obj\n{inside}\nendobj\n".encode("latin-1")
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(starts) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n"
    return raw + f"{end}startxref\n{len(raw)}\n%%EOF\n".encode("latin-1")


def texts(raw: bytes, *roles: Role) -> list[str]:
    """The paragraphs of a file that are text, or play one of the roles given."""
    blocks = read_pdf(raw).blocks
    return [each.text for each in blocks if isinstance(each, Paragraph) and each.role in (roles or (Role.TEXT,))]


def grids(raw: bytes) -> list[list[tuple[int, int, int, int, str]]]:
    """The tables of a file: each cell's row, column, how many it covers of each, and its text."""
    return [
        [(each.row, each.column, each.rows, each.columns, each.text) for each in block.cells]
        for block in read_pdf(raw).blocks
        if isinstance(block, Grid)
    ]


def _stream(about: str, inside: bytes) -> str:
    return f"<<{about}/Length {len(inside)}>>\nstream\n{inside.decode('latin-1')}\nendstream"


def _composite(used: Sequence[str], unicode: bool) -> list[str]:
    """A font of all letters, its four objects numbered from 3 on."""
    rows = "\n".join(f"<{ord(char):04X}> <{char.encode('utf-16-be').hex()}>" for char in used)
    mapping = (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(used)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    )
    said = "/ToUnicode 6 0 R" if unicode else ""
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    wide = round(LETTER * 1000)
    return [
        f"<</Type/Font/Subtype/Type0/BaseFont/Serif/Encoding/Identity-H/DescendantFonts[4 0 R]{said}>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Serif{system}/DW {wide}/FontDescriptor 5 0 R>>",
        _descriptor("Serif"),
        _stream("", mapping.encode("ascii")),
    ]


def _simple(name: str) -> str:
    widths = " ".join([str(round(LETTER * 1000))] * 256)
    about = f"/FirstChar 0/LastChar 255/Widths[{widths}]/FontDescriptor{_descriptor(name)}"
    return f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/Encoding/WinAnsiEncoding{about}>>"


def _descriptor(name: str) -> str:
    box = "/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80"
    return f"<</Type/FontDescriptor/FontName/{name}/Flags 32{box}>>"
