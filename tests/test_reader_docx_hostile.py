"""Broken and hostile Word documents are refused in one line, or read within limits."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from ingest.readers import ooxml
from ingest.readers.docx import read_docx
from ingest.readers.reading import Grid
from ingest.source import Unreadable
from tests.made_docx import OFFICE, cell, docx, listed, par, part, relations, row, run, table, texts, zipped

ENTITIES = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
LOCAL = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
MAIN = {"_rels/.rels": relations({"officeDocument": "word/document.xml"})}


def declared(declaration: str, encoding: str = "utf-8") -> bytes:
    xml = part("document", f"<w:body>{par(run('&a;').replace('&amp;', '&'))}</w:body>")
    xml = xml.replace("UTF-8", encoding).replace("<w:document", f"{declaration}<w:document")
    return zipped({**MAIN, "word/document.xml": xml.encode(encoding)})


def locked(raw: bytes) -> bytes:
    """The same package with the mark of encryption on every member, in its list and before its bytes."""
    changed = bytearray(raw)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        starts = [info.header_offset + 6 for info in archive.infolist()]
    at = -1
    while (at := raw.find(b"PK\x01\x02", at + 1)) >= 0:
        starts.append(at + 8)
    for start in starts:
        flags = struct.unpack_from("<H", changed, start)[0]
        struct.pack_into("<H", changed, start, flags | 1)
    return bytes(changed)


REFUSED = [
    pytest.param(b"", "cut short", id="empty"),
    pytest.param(b"PK\x03\x04 nothing", "cut short", id="no-list-of-members"),
    pytest.param(docx(par("a"))[:-30], "cut short", id="truncated"),
    pytest.param(docx(par("a")).replace(b"word/document.xml", b"word/documentXxml"), "no text", id="part-is-missing"),
    pytest.param(zipped({"a.txt": "a"}), "no text", id="other-archive"),
    pytest.param(zipped({"word/document.xml": part("styles", "")}), "no text", id="other-part-in-its-place"),
    pytest.param(zipped({"word/document.xml": part("document", "")}), "no text", id="no-body"),
    pytest.param(zipped({"word/document.xml": part("document", "<w:body>")}), "damaged", id="broken-xml"),
    pytest.param(zipped({"word/document.xml": b""}), "damaged", id="empty-xml"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password", id="older-file"),
    pytest.param(locked(docx(par("a"))), "protected by a password", id="locked-archive"),
    pytest.param(declared(ENTITIES), "entities", id="entities"),
    pytest.param(declared(LOCAL), "entities", id="entity-from-a-file"),
    pytest.param(declared(ENTITIES, "utf-16"), "entities", id="entities-in-utf-16"),
    pytest.param(
        zipped({"word/document.xml": part("document", "<w:body>" + "<w:p>" * 5000)}), "damaged", id="nested-without-end"
    ),
]


@pytest.mark.parametrize(("raw", "reason"), REFUSED)
def test_refused_in_one_line(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_docx(raw)
    assert reason in error.value.reason
    assert "\n" not in error.value.reason


def test_every_cut_of_a_file_is_read_or_refused() -> None:
    raw = docx(par("Kế hoạch") + listed("a"), styles="", numbering="")
    for end in range(0, len(raw), 7):
        with pytest.raises(Unreadable):
            read_docx(raw[:end])


def test_every_changed_byte_is_read_or_refused() -> None:
    raw = docx(par("Kế hoạch") + table(row("a", "b")))
    for at in range(0, len(raw), 3):
        changed = raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :]
        try:
            read_docx(changed)
        except Unreadable:
            continue


def test_part_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "_LARGEST_PART", 100_000)
    with pytest.raises(Unreadable, match="too large"):
        read_docx(docx(par("a" * 200_000)))


def test_bomb_beside_the_text_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "_LARGEST_PART", 100_000)
    members: dict[str, str | bytes] = {
        **MAIN,
        "word/document.xml": part("document", f"<w:body>{par('a')}</w:body>"),
        "word/media/1.png": bytes(9**7),
    }
    assert texts(zipped(members)) == ["a"]


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "_MOST_MEMBERS", 3)
    with pytest.raises(Unreadable, match="too large: 5 members"):
        read_docx(docx(par("a"), styles=""))


def test_broken_part_beside_the_text_is_a_warning() -> None:
    members = {
        **MAIN,
        "word/document.xml": part("document", f"<w:body>{par('a')}</w:body>"),
        "word/_rels/document.xml.rels": relations({"styles": "styles.xml", "numbering": "../word/missing.xml"}),
        "word/styles.xml": "<w:styles",
    }
    raw = zipped(members)
    assert (texts(raw), read_docx(raw).warnings) == (["a"], ("word/styles.xml left out: its XML is damaged",))


@pytest.mark.parametrize("target", ["http://example.invalid/header.xml", "file:///etc/hostname", "../../etc/hostname"])
def test_nothing_outside_is_opened(target: str) -> None:
    outside = relations({"header1": target}).replace("/>", ' TargetMode="External"/>' if ":" in target else "/>")
    body = par("a") + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    members = {**MAIN, "word/document.xml": part("document", f"<w:body>{body}</w:body>")}
    raw = zipped({**members, "word/_rels/document.xml.rels": outside})
    assert (len(read_docx(raw).blocks), read_docx(raw).warnings) == (1, ())


def test_names_as_careless_tools_write_them() -> None:
    """Members with backslashes or capitals, and no list of types."""
    members = {
        "_rels\\.rels": MAIN["_rels/.rels"],
        "Word\\Document.xml": part("document", f"<w:body>{par('a')}</w:body>"),
    }
    assert texts(zipped(members)) == ["a"]


NESTED = 30
BIG = [
    pytest.param("".join(listed(f"Nhiệm vụ {at}", at % 3) for at in range(20_000)), 20_000, id="500-pages"),
    pytest.param(table(*(row(*(f"ô {at} {each}" for each in range(8))) for at in range(3_000))), 1, id="3000-rows"),
    pytest.param(
        table(row("a", cell(table(*(row("ô", "ô") for _ in range(10_000)))))), 1, id="10000-rows-inside-a-cell"
    ),
    pytest.param("".join(par("a", "<w:rPr><w:del/></w:rPr>") for _ in range(20_000)), 1, id="20000-deleted-ends"),
    pytest.param(
        par('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 50_000 + run("a")) + par("b"), 1, id="50000-fields"
    ),
    pytest.param(
        "".join(par("<w:r><w:lastRenderedPageBreak/><w:t> </w:t></w:r>") for _ in range(20_000)) + par("b"),
        1,
        id="20000-pages",
    ),
]


@pytest.mark.parametrize(("body", "blocks"), BIG)
def test_big_documents_take_seconds(body: str, blocks: int) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{at + 1}."/></w:lvl>'
        for at in range(3)
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    raw = docx(body, numbering=numbering)
    begun = time.process_time()
    assert len(read_docx(raw).blocks) == blocks
    assert time.process_time() - begun < 20  # about one on a machine of today


def test_tables_deep_inside_one_another() -> None:
    inner = table(row("a", "b"))
    for _ in range(NESTED):
        inner = table(row("x", f"<w:tc>{inner}{par('')}</w:tc>"))
    (grid,) = read_docx(docx(inner)).blocks
    assert isinstance(grid, Grid)
    assert grid.cells[1].text.count("x") == NESTED - 1


def test_no_namespace_is_made_up() -> None:
    """A paragraph of another vocabulary is none of the text."""
    assert texts(docx(par("a") + f'<p xmlns="{OFFICE}/other">b</p>')) == ["a"]
