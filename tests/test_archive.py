"""Archives: what is unpacked, what is refused, and what nobody writes outside of the scratch folder."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from ingest.readers import archive
from ingest.readers.archive import Member, Unpacking, member_name
from ingest.source import Unreadable
from tests.made_files import zip_of


def unpack(folder: Path, raw: bytes) -> dict[str, bytes | str | None]:
    """Name -> the bytes of a member, or why there are none."""
    found: list[Member] = list(Unpacking(folder).unpack(raw))
    return {each.name: each.path.read_bytes() if each.path else each.reason for each in found}


def test_members_of_folders_and_of_archives_inside(tmp_path: Path) -> None:
    inner = zip_of({"c.txt": b"c"})
    raw = zip_of({"./a.txt": b"a", "x/b.txt": b"b", "x/": b"", "in.zip": inner, ".DS_Store": b"", "__MACOSX/a": b""})
    assert unpack(tmp_path, raw) == {"a.txt": b"a", "x/b.txt": b"b", "in.zip/c.txt": b"c"}
    assert all(path.parent == tmp_path for path in tmp_path.rglob("*"))


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "x/../../a.txt", "/etc/a.txt", "C:/a.txt", "..\\a.txt"],
    ids=["up", "later", "root", "drive", "back"],
)
def test_a_name_that_leads_out(tmp_path: Path, name: str) -> None:
    assert list(unpack(tmp_path / "in", zip_of({name: b"a"})).values()) == ["its name leads out of the archive"]
    assert not any(tmp_path.rglob("a.txt"))


def special(**fields: int) -> bytes:
    """An archive with one member whose entry says something unusual."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = fields.get("external_attr", 0)
        info.compress_type = fields.get("compress_type", zipfile.ZIP_STORED)
        made.writestr(info, b"a")
        info.flag_bits |= fields.get("flag_bits", 0)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(special(flag_bits=1), "protected by a password", id="password"),
        pytest.param(special(external_attr=(stat.S_IFLNK | 0o777) << 16), "a link, not a file", id="link"),
        pytest.param(special(compress_type=zipfile.ZIP_LZMA), "packed in a way that is not read", id="lzma"),
        pytest.param(zip_of({"a.txt": b"\0" * 2**22}), "it swells too much", id="bomb"),
        pytest.param(zip_of({"a" * 300: b""}), "its name is too long", id="long-name"),
        pytest.param(zip_of({"a.txt": b"a" * 99}).replace(b"a.txt\x4b", b"a.txt\xff", 1), "damaged", id="damaged"),
    ],
)
def test_a_member_that_is_refused(tmp_path: Path, raw: bytes, reason: str) -> None:
    (said,) = unpack(tmp_path, raw).values()
    assert isinstance(said, str)
    assert said.startswith(("cut short or damaged", reason))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 100


def test_archives_in_archives_come_to_an_end(tmp_path: Path) -> None:
    raw = zip_of({"a.txt": b"a"})
    for _ in range(archive.DEEPEST):
        raw = zip_of({"in.zip": raw})
    assert unpack(tmp_path, raw) == {"in.zip/in.zip/in.zip": f"archives are nested deeper than {archive.DEEPEST}"}


def test_what_is_unpacked_in_all_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    said = unpack(tmp_path, zip_of({f"{n}.txt": b"123456" for n in range(5)}))
    assert said["0.txt"] == b"123456"
    assert "in all" in str(said["1.txt"])
    assert str(said["3.txt"]) == "the archive holds more than 3 files: the rest is left out"
    assert "4.txt" not in said


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        pytest.param("Kế hoạch.txt".encode(), "Kế hoạch.txt", id="utf-8-without-the-flag"),
        pytest.param(b"K\xea\xec ho\xe0ch.txt", "Kế hoàch.txt", id="windows-1258"),
        pytest.param(b"a\x01b\\c.txt", "a_b/c.txt", id="controls-and-backslashes"),
    ],
)
def test_names_of_members(raw: bytes, name: str) -> None:
    info = zipfile.ZipInfo()
    info.filename, info.flag_bits = raw.decode("cp437"), 0
    assert member_name(info) == name


@pytest.mark.parametrize("raw", [b"PK\3\4", zip_of({"a.txt": b"a"})[:-1]], ids=["head", "cut-short"])
def test_a_broken_archive(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(Unreadable, match="cut short or damaged"):
        list(Unpacking(tmp_path).unpack(raw))
