"""PDFs that are damaged or mean harm: refused with one line, or read within limits."""

from __future__ import annotations

import time

import pytest

from ingest.readers.pdf import read_pdf
from ingest.source import Unreadable
from tests.made_pdf import Page, pdf, texts, write

WHOLE = pdf(*(Page().text(50, 80, f"Mục {at}") for at in range(3)))
_FORM = (
    "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {next} 0 R>>>>/Length {length}>>\n"
    "stream\n{s}\nendstream"
)


def forms(deep: int, wide: int) -> bytes:
    """A page that draws a form that draws another many times, and so on."""
    inside = "/F Do " * wide
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", page]
    objects.append(f"<</Length {len(inside)}>>\nstream\n{inside}\nendstream")
    for at in range(deep):
        following = 6 + at if at + 1 < deep else 5
        objects.append(_FORM.format(next=following, length=len(inside), s=inside))
    return write(objects)


def protected() -> bytes:
    """A file whose text is behind a password."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"]
    secret = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>/ID[<00><00>]"
    return write(objects, secret)


REFUSED = [
    pytest.param(WHOLE[: len(WHOLE) // 2], "cut short", id="cut-short"),
    pytest.param(WHOLE.replace(b"/Count 3", b"/Count 9"), "damaged PDF: 6 of 9 pages are missing", id="pages-missing"),
    pytest.param(b"%PDF-1.7\n%%EOF", "damaged PDF", id="nothing-inside"),
    pytest.param(protected(), "protected by a password", id="password"),
    pytest.param(forms(9, 9), "page 1 draws more than", id="forms-that-draw-forms"),
    pytest.param(pdf(Page().text(50, 80, "a" * 70_000)), "page 1 holds more than", id="too-many-letters"),
    pytest.param(
        pdf(Page().text(50, 80, "Kế").draw("0 0 m 9 0 l S " * 110_000)), "page 1 draws more than", id="too-many-lines"
    ),
]


@pytest.mark.parametrize(("raw", "reason"), REFUSED)
def test_what_cannot_be_read_is_refused(raw: bytes, reason: str) -> None:
    """One line for a person, and soon."""
    begun = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read_pdf(raw)
    assert refused.value.reason.startswith(reason)
    assert "\n" not in refused.value.reason
    assert time.monotonic() - begun < 20


def test_any_cut_is_refused_or_harmless() -> None:
    """Bytes lost anywhere never end in another error."""
    for at in range(0, len(WHOLE), 97):
        damaged = WHOLE[:at] + WHOLE[at + 31 :]
        try:
            read_pdf(damaged)
        except Unreadable:
            continue


def test_a_drawing_of_many_lines_is_no_table() -> None:
    """A map has thousands of lines; the words around it are read."""
    page = Page().text(50, 40, "Bản đồ hành chính")
    for at in range(4500):
        page.rule(50, 50 + at / 7, 550, 50 + at / 7).rule(50 + at / 9, 50, 50 + at / 9, 700)
    assert texts(pdf(page)) == ["Bản đồ hành chính"]


@pytest.mark.slow
def test_time_grows_with_the_pages_only() -> None:
    """Ten times the pages take about ten times as long."""
    taken = []
    for count in (50, 500):
        pages = []
        for _ in range(count):
            page = Page().grid((50, 90, 350, 550), [60 + 20 * at for at in range(30)])
            for at in range(29):
                page.text(55, 74 + 20 * at, str(at)).text(95, 74 + 20 * at, "Xây dựng cơ sở dữ liệu dùng chung")
            pages.append(page)
        raw = pdf(*pages)
        begun = time.process_time()
        read_pdf(raw)
        taken.append(time.process_time() - begun)
    assert taken[1] < 15 * taken[0]
