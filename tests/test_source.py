"""Bytes become one text: NFC, line ends \\n, and every offset leads back to the raw line."""

from __future__ import annotations

import codecs
import hashlib
import unicodedata
from pathlib import Path

import pytest

from ingest.readers.dispatch import read_source, source_text
from ingest.records import Source
from ingest.source import Unreadable

LINE = "Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Tài chính"
TWO = f"{LINE}\n{LINE}"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(TWO.encode(), TWO, id="plain"),
        pytest.param(codecs.BOM_UTF8 + TWO.encode(), TWO, id="utf-8-bom-is-dropped"),
        pytest.param(codecs.BOM_UTF16_LE + TWO.encode("utf-16-le"), TWO, id="utf-16-le-bom"),
        pytest.param(codecs.BOM_UTF16_BE + TWO.encode("utf-16-be"), TWO, id="utf-16-be-bom"),
        pytest.param(f"{LINE}\r\n{LINE}".encode(), TWO, id="crlf"),
        pytest.param(f"{LINE}\r{LINE}".encode(), TWO, id="lone-cr"),
        pytest.param(f"{LINE}\r\n\r{LINE}\r".encode(), f"{LINE}\n\n{LINE}\n", id="mixed-line-ends"),
        pytest.param(unicodedata.normalize("NFD", TWO).encode(), TWO, id="decomposed-letters"),
        pytest.param(TWO.encode("utf-16-le"), TWO, id="utf-16-without-a-mark"),
        pytest.param(f"  {LINE}\t ".encode(), f"  {LINE}\t ", id="spaces-stay"),
        pytest.param(
            f"{LINE}\u2028{LINE}\x0b{LINE}".encode(), f"{LINE}\u2028{LINE}\x0b{LINE}", id="only-newline-ends-lines"
        ),
    ],
)
def test_text_is_nfc_with_plain_line_ends(raw: bytes, text: str) -> None:
    assert source_text("a.txt", raw).text == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b" \r\n\t\n", "the file is empty", id="only-white-space"),
        pytest.param(codecs.BOM_UTF8, "the file is empty", id="only-a-bom"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "not text: it holds NUL bytes", id="picture"),
        pytest.param(LINE.encode() + b"\0", "not text: it holds NUL bytes", id="nul-bytes"),
        pytest.param(
            LINE.encode()[:20] + b"\xff",
            "not text: byte 20 is not valid UTF-8, and no older Vietnamese encoding makes words of it",
            id="a-broken-byte",
        ),
        pytest.param(
            b"\xed\xa0\x80", "no Vietnamese text found (or its accents were lost)", id="half-a-surrogate-pair"
        ),
        pytest.param(
            b"So Khoa hoc va Cong nghe", "no Vietnamese text found (or its accents were lost)", id="no-accents"
        ),
        pytest.param(
            b"The department shall lead.", "no Vietnamese text found (or its accents were lost)", id="english"
        ),
        pytest.param(
            "Le comité a été créé".encode(), "no Vietnamese text found (or its accents were lost)", id="french"
        ),
        pytest.param(
            "国务院关于印发计划的通知".encode(), "no Vietnamese text found (or its accents were lost)", id="chinese"
        ),
        pytest.param(b"12345 67 \n89", "no Vietnamese text found (or its accents were lost)", id="figures"),
    ],
)
def test_unreadable_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as error:
        source_text("a.txt", raw)
    assert error.value.reason == reason


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as error:
        read_source(tmp_path / "none.txt", "none.txt")
    assert error.value.reason == "cannot be read: No such file or directory"


def test_the_hash_is_of_the_raw_bytes() -> None:
    raw = codecs.BOM_UTF8 + unicodedata.normalize("NFD", TWO).encode()
    assert source_text("a.txt", raw).sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(f"Một việc.\r\n\r\n{LINE}".encode(), id="crlf"),
        pytest.param(f"Một việc.\r\r{LINE}".encode(), id="lone-cr"),
        pytest.param(unicodedata.normalize("NFD", f"Một việc.\n\n{LINE}").encode(), id="decomposed-letters"),
        pytest.param(codecs.BOM_UTF16_LE + f"Một việc.\n\n{LINE}".encode("utf-16-le"), id="utf-16"),
    ],
)
def test_quotes_lead_back_to_the_raw_line(raw: bytes) -> None:
    source = source_text("a.txt", raw)
    start = source.text.index("Sở Khoa học")
    assert source.cite(start, start + 24) == Source("a.txt", 3, 11, 35, "Sở Khoa học và Công nghệ")


def test_a_quote_has_no_white_space_at_its_ends() -> None:
    source = source_text("a.txt", f"- {LINE} \n".encode())
    assert source.cite(1, len(source.text)) == Source("a.txt", 1, 2, 2 + len(LINE), LINE)


@pytest.mark.parametrize(
    ("offset", "line"),
    [pytest.param(0, 1, id="first"), pytest.param(9, 1, id="the-line-end"), pytest.param(10, 2, id="next")],
)
def test_lines_are_counted_from_one(offset: int, line: int) -> None:
    assert source_text("a.txt", "Một việc.\nHai việc.\n".encode()).line_at(offset) == line
