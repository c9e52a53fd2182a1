"""The XML parts of an Office Open XML package, read within limits, and nothing but what the package holds."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml import etree

from ingest.source import Unreadable

Element = Any  # an lxml element: the library ships no types

_LARGEST_PART = 64 * 2**20  # bytes of XML; 500 pages of tables have 20 million
_LARGEST_SUM = 2 * _LARGEST_PART
_MOST_MEMBERS = 20_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # how .doc files and encrypted .docx files begin
_CUT = "cut short or damaged: not a whole .docx package"
_NUMBER = re.compile(r"\s*-?[0-9]{1,10}\s*")
# Both dialects of the standard, under one prefix each: they differ in little else.
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another: Relation("rId3", "footnotes", "word/footnotes.xml")."""

    name: str
    kind: str  # the last word of its type, which both dialects share
    target: str


@dataclass(slots=True)
class Package:
    """The members of a package by name in small letters, as the standard compares them."""

    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    warnings: list[str] = field(default_factory=list)
    read: int = 0

    def part(self, name: str) -> Element | None:
        """The root of an XML part, or None where the package has none."""
        member = self.members.get(name.lower())
        return None if member is None else parse_xml(self._bytes(member))

    def spare_part(self, name: str) -> Element | None:
        """The same for a part that a document can do without: one that is broken becomes a warning."""
        try:
            return self.part(name)
        except Unreadable as error:
            self.warnings.append(f"{name} left out: {error.reason}")
            return None

    def relations(self, name: str) -> tuple[Relation, ...]:
        """What a part refers to inside the package; targets outside of it are left out and never opened."""
        folder, base = posixpath.split(name)
        root = self.spare_part(posixpath.join(folder, "_rels", f"{base}.rels"))
        return () if root is None else tuple(_relations(root, folder))

    def _bytes(self, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & 0x1:
            raise Unreadable("protected by a password")
        if member.file_size > _LARGEST_PART or self.read + member.file_size > _LARGEST_SUM:
            raise Unreadable(f"too large: {member.filename} would unpack to {member.file_size // 2**20} MB")
        self.read += member.file_size
        try:
            with self.archive.open(member) as stream:
                return stream.read(_LARGEST_PART)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise Unreadable(_CUT) from error


def open_package(raw: bytes) -> Package:
    """A package by its bytes; nothing is unpacked yet."""
    if raw.startswith(_OLD_OFFICE):
        raise Unreadable("not a .docx package: an older .doc, or protected by a password")
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        infos = archive.infolist()
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise Unreadable(_CUT) from error
    if len(infos) > _MOST_MEMBERS:
        raise Unreadable(f"too large: {len(infos)} members")
    return Package(archive, {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos})


def parse_xml(raw: bytes) -> Element:
    """The root of an XML text; entities, which no part of a package may declare, are refused and not expanded."""
    if b"<!DOCTYPE" in raw.replace(b"\0", b""):
        raise Unreadable("its XML declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("its XML is damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("its XML declares entities")  # written in an encoding that hid the declaration
    return root


def name_of(element: Element) -> str:
    """The name of an element under one prefix for both dialects: "w:p"; "" for what is no element."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


@cache
def _short(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    return _PREFIXES.get(space[1:], "") + name


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute by its name without a prefix, which some tools leave out: attribute(e, "val")."""
    for full in _spelled(name):
        if (value := element.get(full)) is not None:
            return str(value)
    return None


@cache
def _spelled(name: str) -> tuple[str, ...]:
    spaces = [f"{{{space}}}{name}" for space, prefix in _PREFIXES.items() if prefix in ("w:", "r:")]
    return (*spaces, name)


def number(element: Element | None, name: str = "val") -> int | None:
    """A whole number in an attribute; None where there is none or the value is no number that Word would write."""
    value = None if element is None else attribute(element, name)
    return int(value) if value is not None and _NUMBER.fullmatch(value) else None


def is_on(element: Element | None) -> bool | None:
    """What a switch such as <w:vanish/> says; None where it does not stand."""
    return None if element is None else attribute(element, "val") not in ("0", "false", "off")


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of a name, then its first child, and so on: child(row, "w:trPr", "w:del")."""
    for name in path:
        if element is None:
            return None
        element = next((found for tag in _tags(name) if (found := element.find(tag)) is not None), None)
    return element


@cache
def _tags(name: str) -> tuple[str, ...]:
    prefix, _, local = name.rpartition(":")
    return tuple(f"{{{space}}}{local}" for space, each in _PREFIXES.items() if each == f"{prefix}:")


def chosen(alternates: Element) -> Element:
    """The one of several ways to say the same (mc:AlternateContent) that counts: the first, which newer Word shows."""
    return next((each for each in alternates if name_of(each) in ("mc:Choice", "mc:Fallback")), ())


def _relations(root: Element, folder: str) -> Iterator[Relation]:
    for each in root:
        target, kind = each.get("Target"), each.get("Type", "").rpartition("/")[2]
        if not target or each.get("TargetMode") == "External":
            continue
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield Relation(each.get("Id", ""), kind, whole)
