"""What kind of file some bytes are, told by what they hold: a name may say anything."""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePosixPath

from ingest.source import Unreadable


class Kind(StrEnum):
    """A kind of file that has a reader; the value is the suffix that such a file mostly carries."""

    TEXT = "txt"
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    PDF = "pdf"
    IMAGE = "image"
    HTML = "html"
    MHT = "mht"
    XLSX = "xlsx"
    ZIP = "zip"


# Which suffixes a kind goes by; the first is the one to call it by.
SUFFIXES: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: (".txt", ".md", ".text"),
    Kind.DOCX: (".docx", ".docm", ".dotx", ".dotm"),
    Kind.DOC: (".doc", ".dot"),
    Kind.RTF: (".rtf",),
    Kind.ODT: (".odt", ".ott"),
    Kind.PDF: (".pdf",),
    Kind.IMAGE: (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
    Kind.HTML: (".html", ".htm", ".xhtml"),
    Kind.MHT: (".mht", ".mhtml"),
    Kind.XLSX: (".xlsx", ".xlsm"),
    Kind.ZIP: (".zip",),
}
KNOWN = frozenset(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
_SNIFFED = 4096  # bytes at the head in which a text shows what it is
_LARGEST_DIRECTORY = 8 * 2**20  # bytes of a zip's list of members: some 100,000 of them
_WIDE_END = 56 + 20  # bytes of the wide end record and of what leads to it, before the plain one
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # in which a member may be packed
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_HEADER, _ENCRYPTED = b"\xec\xa5", 0x0100  # how the text of a .doc begins, and the flag of a password
_SECTOR = 512
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|base|link|style|script"
    rb"|article|section|main|div|table|center|font|span|h[1-6]|p|br|ul|ol)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_MHT = re.compile(rb"(?:[A-Za-z][A-Za-z-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*mime-version\s*:", re.IGNORECASE)
# What only a letter's head has: a web page saved as one file names nobody that it goes to.
_LETTER = re.compile(rb"^(?:to|cc|bcc|message-id|received|delivered-to|return-path)\s*:", re.IGNORECASE | re.MULTILINE)
_MAIL = "an e-mail: save the files attached to it, and add those"
_SLIDES = "a presentation: export it as .pdf, or save its text as .docx"
_SHEET = "save it as .xlsx"
_STRANGERS = (  # what people also have on disk: named, so that they know what to do
    (b"Rar!", "a .rar archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a .7z archive: unpack it first"),
    (b"\x1f\x8b", "a .gz archive: unpack it first"),
    (b"GIF8", "a .gif picture: save it as .png"),
    (b"BM", "a .bmp picture: save it as .png"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_PASSWORD = "protected by a password"


def kind_of(raw: bytes) -> Kind:
    """The kind of a file: kind_of(b"%PDF-1.7 ...") is Kind.PDF; raises Unreadable for one that has no reader."""
    if raw.startswith(_OLE):
        return _kind_of_ole(raw)
    if raw.startswith(b"PK"):
        return _kind_of_zip(open_zip(raw))
    if b"%PDF-" in raw[:1024]:
        return Kind.PDF
    if raw.startswith(b"{\\rtf"):
        return Kind.RTF
    if raw.startswith(_IMAGES):
        return Kind.IMAGE
    for magic, reason in _STRANGERS:
        if raw.startswith(magic) and b"\0" in raw[:_SNIFFED]:
            raise Unreadable(reason)
    head = _plain_head(raw)
    if _HTML.match(head):
        return Kind.HTML
    if (found := _MHT.match(head)) and b"content-type" in raw[: 4 * _SNIFFED].lower():
        if _LETTER.search(head, 0, found.end()):
            raise Unreadable(_MAIL)
        return Kind.MHT
    if head.lstrip().startswith(b"<?xml"):
        raise Unreadable("an XML file that is no web page: save it as .docx")
    return Kind.TEXT


def is_whole_page(raw: bytes) -> bool:
    """Whether a text in HTML is a page by itself; Markdown may well begin with a tag: '<h1 align="center">'."""
    return _PAGE.search(_plain_head(raw)) is not None


def has_macros(raw: bytes, kind: Kind) -> bool:
    """Whether an office file holds programs; they are never run."""
    if kind is Kind.DOC:
        return "_VBA_PROJECT".encode("utf-16-le") in raw
    if kind in (Kind.DOCX, Kind.XLSX):
        return any(name.lower().endswith("vbaproject.bin") for name in open_zip(raw).namelist())
    return kind is Kind.ODT and any(name.startswith("Basic/") for name in open_zip(raw).namelist())


def open_zip(raw: bytes) -> zipfile.ZipFile:
    """The list of a zip's members; Unreadable where it is broken or longer than any honest one."""
    end = raw.rfind(b"PK\5\6", max(len(raw) - 2**16 - 22, 0))
    if end < 0 or len(raw) < end + 22:
        raise Unreadable("cut short or damaged: not a whole zip package")
    if _directory_size(raw, end) > _LARGEST_DIRECTORY:
        raise Unreadable("its list of members is too long")
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, struct.error) as error:
        raise Unreadable(f"cut short or damaged: {error}") from error


def misnamed(file: str, kind: Kind) -> str | None:
    """What to say of a name that promises another kind: misnamed("a.pdf", Kind.DOCX)."""
    suffix = PurePosixPath(file).suffix.lower()
    if suffix in SUFFIXES[kind] or suffix not in KNOWN:
        return None
    return f"its name says {suffix}, but it is {kind_name(kind)}: read as that"


def kind_name(kind: Kind) -> str:
    """A kind in words: "a .docx file"."""
    return {Kind.TEXT: "plain text", Kind.IMAGE: "a picture"}.get(kind, f"a .{kind} file")


def _directory_size(raw: bytes, end: int) -> int:
    """What a zip says of the size of its list, in the wide form where it has one: the library believes that one."""
    wide = end - _WIDE_END
    if wide >= 0 and raw.startswith(b"PK\6\6", wide) and raw.startswith(b"PK\6\7", wide + 56):
        return int(struct.unpack_from("<Q", raw, wide + 40)[0])
    return int(struct.unpack_from("<I", raw, end + 12)[0])


def _kind_of_ole(raw: bytes) -> Kind:
    if "__properties_version1.0".encode("utf-16-le") in raw:  # first: a message may hold a .doc
        raise Unreadable(_MAIL)
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise Unreadable(_PASSWORD)
    if "WordDocument".encode("utf-16-le") in raw:
        for at in range(_SECTOR, len(raw) - 12, _SECTOR):
            if raw.startswith(_WORD_HEADER, at):
                if struct.unpack_from("<H", raw, at + 10)[0] & _ENCRYPTED:
                    raise Unreadable(_PASSWORD)
                return Kind.DOC
        raise Unreadable("cut short or damaged: a .doc file without its text")
    if any(name.encode("utf-16-le") in raw for name in ("Workbook", "Book")):
        raise Unreadable(f"a spreadsheet of Excel 97 to 2003: {_SHEET}")
    if "PowerPoint Document".encode("utf-16-le") in raw:
        raise Unreadable(_SLIDES)
    raise Unreadable("an office file of another kind: save it as .docx")


def _kind_of_zip(archive: zipfile.ZipFile) -> Kind:
    names = {name.lower() for name in archive.namelist()}
    if "mimetype" in names:
        return _kind_of_open_document(archive)
    if "[content_types].xml" in names:
        for folder, kind in (("word/", Kind.DOCX), ("xl/", Kind.XLSX)):
            if any(name.startswith(folder) and name.endswith(".xml") for name in names):
                return kind
        if any(name.startswith("ppt/") for name in names):
            raise Unreadable(_SLIDES)
        raise Unreadable("an office file of another kind: save it as .docx")
    return Kind.ZIP


def _kind_of_open_document(archive: zipfile.ZipFile) -> Kind:
    try:
        said = _head_of(archive, "mimetype", 200).decode("ascii", "replace")
        if b"encryption-data" in _head_of(archive, "META-INF/manifest.xml", 2**20):
            raise Unreadable(_PASSWORD)
    except KeyError:
        return Kind.ZIP
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Unreadable(f"cut short or damaged: {error}") from error
    if said.startswith(f"{_OPEN_DOCUMENT}text"):
        return Kind.ODT
    if said.startswith(f"{_OPEN_DOCUMENT}spreadsheet"):
        raise Unreadable(f"an OpenDocument spreadsheet: {_SHEET}")
    if said.startswith(f"{_OPEN_DOCUMENT}presentation"):
        raise Unreadable(_SLIDES)
    if said.startswith(_OPEN_DOCUMENT):
        raise Unreadable("an OpenDocument file that holds no text: save it as .docx or .xlsx")
    return Kind.ZIP


def _head_of(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The first bytes of a member; other methods than the two of office files may ask for any memory."""
    info = archive.getinfo(name)
    if info.compress_type not in METHODS:
        raise NotImplementedError("packed in a way that no office file is")
    with archive.open(info) as stream:
        return stream.read(most)


def _plain_head(raw: bytes) -> bytes:
    """The head of a text with its marks in single bytes, whatever the encoding."""
    head = raw[:_SNIFFED].removeprefix(codecs.BOM_UTF8)
    return head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
