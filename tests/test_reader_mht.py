"""Web pages saved as one file: the page is found, decoded and read."""

from __future__ import annotations

import base64
import quopri

import pytest

from ingest.readers.mht import read_mht
from ingest.readers.reading import Paragraph
from ingest.source import Unreadable
from tests.legacy_bytes import write_windows_1258

SAID = "Kế hoạch chuyển đổi số"


def archive(*parts: tuple[str, bytes], start: str = "") -> bytes:
    """Headers of each part with its body."""
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"{start}\r\n\r\n'.encode()
    return (
        head
        + b"".join(b"--b\r\n" + said.encode() + b"\r\n\r\n" + body + b"\r\n" for said, body in parts)
        + b"--b--\r\n"
    )


def page(text: str = SAID) -> bytes:
    return f"<html><body><p>{text}</p></body></html>".encode()


def html(more: str, charset: str = "utf-8") -> str:
    return f'Content-Type: text/html; charset="{charset}"\r\n{more}'


QUOTED = html("Content-Transfer-Encoding: quoted-printable")
PICTURE = ("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", b"aGVsbG8=")
ARCHIVES = [
    pytest.param(archive((QUOTED, quopri.encodestring(page())), PICTURE), id="quoted-printable"),
    pytest.param(archive(PICTURE, (html("Content-Transfer-Encoding: base64"), base64.b64encode(page()))), id="base64"),
    pytest.param(archive((html("Content-Transfer-Encoding: 8bit"), page())), id="plain"),
    pytest.param(
        archive((html("Content-Transfer-Encoding: 8bit", "windows-1258"), write_windows_1258(page().decode()))),
        id="windows-1258",
    ),
    pytest.param(archive((html("", "unicode"), page())), id="unknown-charset"),
    pytest.param(archive((QUOTED, quopri.encodestring(page())), (html(""), b"<p>x")), id="header-beside-the-page"),
    pytest.param(
        archive((html("Content-ID: <2>"), page("x" * 99)), (html("Content-ID: <1>"), page()), start='; start="<1>"'),
        id="named-start",
    ),
    pytest.param(b"MIME-Version: 1.0\r\n" + html("").encode() + b"\r\n\r\n" + page(), id="page-alone"),
]


@pytest.mark.parametrize("raw", ARCHIVES)
def test_the_page_of_an_archive_is_read(raw: bytes) -> None:
    assert [each.text for each in read_mht(raw).blocks if isinstance(each, Paragraph)] == [SAID]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(archive(PICTURE), id="no-page"),
        pytest.param(b"\xff" * 99, id="noise"),
    ],
)
def test_what_holds_no_page_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_mht(raw)
