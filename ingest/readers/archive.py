"""Archives (.zip): each member a plan of its own, "archive.zip/inner/plan.docx", unpacked within limits.

A member is kept under a number, never under its own name, so a name can lead nowhere. What an archive says of sizes is
not believed: bytes are counted as they come.
"""

from __future__ import annotations

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.readers.kinds import METHODS, Kind, kind_of, open_zip
from ingest.source import Unreadable

MOST_MEMBERS = 5_000
MOST_BYTES = 1 * 2**30  # of all members together
LARGEST = 64 * 2**20  # of one member, as of any file
DEEPEST = 3  # an archive in an archive in an archive
_RATIO = 250  # how far deflate shrinks honest text at the very most; a bomb comes near 1,000
_SMALL = 2**20  # below this no ratio is asked for: a short file of one letter is no bomb
_LONGEST_NAME = 200
_CHUNK = 2**16
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_HIDDEN = (".", "__MACOSX")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: where its bytes lie now, or why it was left out."""

    name: str  # inside the archive: "inner/plan.docx"
    path: Path | None = None
    reason: str | None = None


@dataclass(slots=True)
class Unpacking:
    """One run over archives into a scratch folder; what may be unpacked in all is shared by them."""

    folder: Path
    members: int = 0
    size: int = 0
    kept: int = field(default=0)

    def unpack(self, raw: bytes, depth: int = 1) -> Iterator[Member]:
        """The members of an archive in the order of their names; raises Unreadable for a broken one."""
        archive, seen = open_zip(raw), set[str]()
        for info in sorted(archive.infolist(), key=lambda each: each.filename):
            name = member_name(info)
            parts = name.split("/")
            if name.endswith("/") or any(part.startswith(_HIDDEN) and part != ".." for part in parts):
                continue
            self.members += 1
            if self.members > MOST_MEMBERS:
                yield Member(name, reason=f"the archive holds more than {MOST_MEMBERS} files: the rest is left out")
                return
            reason = "two files of the archive have this name" if name in seen else _refuse(info, parts)
            seen.add(name)
            yield from [Member(name, reason=reason)] if reason else self._unpack_member(archive, info, name, depth)

    def _unpack_member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int
    ) -> Iterator[Member]:
        try:
            path = self._write(archive, info)
            raw = path.read_bytes()
            inner = raw.startswith(b"PK") and kind_of(raw) is Kind.ZIP
            if not inner:
                yield Member(name, path)
                return
            path.unlink()
            if depth == DEEPEST:
                raise Unreadable(f"archives are nested deeper than {DEEPEST}")
            for member in self.unpack(raw, depth + 1):
                yield Member(f"{name}/{member.name}", member.path, member.reason)
        except Unreadable as error:
            yield Member(name, reason=error.reason)

    def _write(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Path:
        """The bytes of a member in a file of the scratch folder, counted while they come."""
        self.kept += 1
        path, written = self.folder / f"{self.kept:06d}", 0
        try:
            with archive.open(info) as stream, path.open("wb") as out:
                while chunk := stream.read(_CHUNK):
                    written += len(chunk)
                    self.size += len(chunk)
                    if reason := self._too_large(written, info.compress_size):
                        path.unlink()
                        raise Unreadable(reason)
                    out.write(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, NotImplementedError) as error:
            raise Unreadable(f"cut short or damaged: {error}") from error
        return path

    def _too_large(self, written: int, packed: int) -> str | None:
        if written > LARGEST:
            return f"larger than {LARGEST // 2**20} MB"
        if written > _SMALL and written > _RATIO * max(packed, 1):
            return "it swells too much when unpacked: a bomb?"
        if self.size > MOST_BYTES:
            return f"what was unpacked is more than {MOST_BYTES // 2**20} MB in all"
        return None


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name as a person wrote it: UTF-8 where it can be, else a Vietnamese code page, "/" between folders."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = name.encode("utf-8", "replace")
        name = _decode_name(raw) or name
    name = "".join(char if char.isprintable() else "_" for char in name.replace("\\", "/"))
    kept = (part for part in unicodedata.normalize("NFC", name).split("/") if part != ".")
    return "/".join(kept)


def _decode_name(raw: bytes) -> str | None:
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _refuse(info: zipfile.ZipInfo, parts: list[str]) -> str | None:
    """Why a member is not unpacked; None for an honest one."""
    if "" in parts or ".." in parts or parts[0].endswith(":"):
        return "its name leads out of the archive"
    if len("/".join(parts)) > _LONGEST_NAME:
        return "its name is too long"
    if info.flag_bits & _ENCRYPTED_FLAG:
        return "protected by a password"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, not a file"
    if info.compress_type not in METHODS:
        return "packed in a way that is not read: pack it again as a plain .zip"
    return None
