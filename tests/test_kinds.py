"""What a file is, by what it holds."""

from __future__ import annotations

import struct
import zipfile

import pytest

from ingest.readers.dispatch import kind_of_file
from ingest.readers.kinds import Kind, has_macros, kind_of, misnamed
from ingest.source import Unreadable
from tests.made_files import old_word, small_docx, zip_of

TYPES = {"[Content_Types].xml": b"<Types/>"}
OPEN_TEXT = b"application/vnd.oasis.opendocument.text"


def wide_zip(size: int) -> bytes:
    """An archive of one member whose wide end record says how long the list of members is; it is 47 bytes long."""
    raw = zip_of({"a": b""})
    wide = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, size, len(raw) - 22 - 47)
    return raw[:-22] + wide + struct.pack("<4sIQI", b"PK\6\7", 0, len(raw) - 22, 1) + raw[-22:]


def open_document(holds: str) -> bytes:
    """An OpenDocument package of another kind."""
    said = f"application/vnd.oasis.opendocument.{holds}".encode()
    return zip_of({"mimetype": said, "META-INF/manifest.xml": b""})


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        pytest.param("KẾ HOẠCH\n".encode(), Kind.TEXT, id="text"),
        pytest.param(b"", Kind.TEXT, id="nothing"),
        pytest.param("# Kế hoạch <b>số</b> 1".encode(), Kind.TEXT, id="markdown-with-a-tag-inside"),
        pytest.param("Kế hoạch".encode("utf-16"), Kind.TEXT, id="utf-16"),
        pytest.param(b"<!DOCTYPE html><p>", Kind.HTML, id="html"),
        pytest.param(b"\xef\xbb\xbf \n<!-- saved -->\n<HTML lang=vi>", Kind.HTML, id="html-after-a-comment"),
        pytest.param('<?xml version="1.0"?><html>'.encode("utf-16"), Kind.HTML, id="xhtml-in-utf-16"),
        pytest.param(b"<!---->" * 500 + "kế hoạch".encode(), Kind.TEXT, id="text-after-500-comments"),
        pytest.param(b"<table><tr><td>1", Kind.HTML, id="a-table-alone"),
        pytest.param(
            b"From: <Saved>\r\nSubject: =?utf-8?Q?a?=\r\n b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;",
            Kind.MHT,
            id="a-page-in-one-file",
        ),
        pytest.param("Kính gửi: các sở\nMIME-Version".encode(), Kind.TEXT, id="a-colon-is-no-mail"),
        pytest.param(b"{\\rtf1\\ansi", Kind.RTF, id="rtf"),
        pytest.param(b"%PDF-1.7\n", Kind.PDF, id="pdf"),
        pytest.param(b"\n\n%PDF-1.4\n", Kind.PDF, id="pdf-after-blank-lines"),
        pytest.param(b"\x89PNG\r\n\x1a\n", Kind.IMAGE, id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", Kind.IMAGE, id="jpg"),
        pytest.param(b"MM\0*\0", Kind.IMAGE, id="tif"),
        pytest.param(small_docx(1), Kind.DOCX, id="docx"),
        pytest.param(zip_of({**TYPES, "xl/workbook.xml": b""}), Kind.XLSX, id="xlsx"),
        pytest.param(zip_of({"mimetype": OPEN_TEXT, "META-INF/manifest.xml": b""}), Kind.ODT, id="odt"),
        pytest.param(zip_of({"a/b.txt": b""}), Kind.ZIP, id="zip"),
        pytest.param(zip_of({}), Kind.ZIP, id="empty-zip"),
        pytest.param(wide_zip(47), Kind.ZIP, id="zip-with-a-wide-end"),
        pytest.param(old_word(), Kind.DOC, id="doc"),
    ],
)
def test_kind_of(raw: bytes, kind: Kind) -> None:
    assert kind_of(raw) is kind


@pytest.mark.parametrize(
    ("raw", "file", "kind"),
    [
        pytest.param(b'<h1 align="center">1</h1>\n\n| a |', "a.md", Kind.TEXT, id="markdown-with-a-tag-first"),
        pytest.param(b"<!-- 1 -->\n<html><p>", "a.md", Kind.HTML, id="a-whole-page-under-a-wrong-name"),
        pytest.param(b"<div><p>1", "a.txt", Kind.HTML, id="a-part-of-a-page"),
    ],
)
def test_markdown_may_begin_with_a_tag(raw: bytes, file: str, kind: Kind) -> None:
    assert kind_of_file(raw, file) is kind


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(old_word(0x100), "protected by a password", id="doc-with-password"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password", id="docx-with-one"
        ),
        pytest.param(
            zip_of({"mimetype": OPEN_TEXT, "META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
            "protected by a password",
            id="odt-with-password",
        ),
        pytest.param(small_docx(1)[:-40], "cut short or damaged", id="docx-cut-short"),
        pytest.param(old_word()[:512] + "Workbook".encode("utf-16-le"), r"save it as \.xlsx", id="xls"),
        pytest.param(
            zip_of({**TYPES, "ppt/presentation.xml": b""}), r"a presentation: export it as \.pdf", id="slides"
        ),
        pytest.param(zip_of({**TYPES, "visio/document.xml": b""}), "another kind", id="drawing"),
        pytest.param(
            old_word()[:512] + "PowerPoint Document".encode("utf-16-le"), r"export it as \.pdf", id="slides-of-old"
        ),
        pytest.param(open_document("spreadsheet"), r"spreadsheet: save it as \.xlsx", id="ods"),
        pytest.param(open_document("presentation"), r"export it as \.pdf", id="odp"),
        pytest.param(
            b"Received: by a\r\nTo: so@tinh.gov.vn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;",
            "the files attached",
            id="eml",
        ),
        pytest.param(old_word() + "__properties_version1.0".encode("utf-16-le"), "the files attached", id="msg"),
        pytest.param(b"Rar!\x1a\7\0", "unpack it first", id="rar"),
        pytest.param(b'<?xml version="1.0"?><w:wordDocument/>', "no web page", id="word-2003-xml"),
        pytest.param(
            zip_of({"mimetype": b"a" * 99, "META-INF/manifest.xml": b""}).replace(b"mimetypeK", b"mimetype\xff", 1),
            "damaged",
            id="a-member-damaged",
        ),
        pytest.param(
            zip_of({"mimetype": OPEN_TEXT, "META-INF/manifest.xml": b""}, zipfile.ZIP_LZMA), "damaged", id="lzma"
        ),
        pytest.param(
            zip_of({"a": b""})[:-22] + b"PK\5\6" + bytes(8) + (2**31).to_bytes(4, "little") + bytes(6),
            "too long",
            id="a-list-of-members-too-long",
        ),
        pytest.param(wide_zip(2**31), "too long", id="a-list-too-long-by-its-wide-end"),
    ],
)
def test_refused_with_a_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        kind_of(raw)


@pytest.mark.parametrize(
    ("file", "kind", "said"),
    [
        ("a.pdf", Kind.DOCX, "its name says .pdf, but it is a .docx file: read as that"),
        ("a.doc", Kind.HTML, "its name says .doc, but it is a .html file: read as that"),
        ("a.docm", Kind.DOCX, None),
        ("a.bin", Kind.DOCX, None),
        ("a.JPG", Kind.IMAGE, None),
    ],
)
def test_a_name_that_promises_another_kind(file: str, kind: Kind, said: str | None) -> None:
    assert misnamed(file, kind) == said


def test_macros_are_seen() -> None:
    assert has_macros(zip_of({**TYPES, "word/vbaProject.bin": b""}), Kind.DOCX)
    assert not has_macros(small_docx(1), Kind.DOCX)
