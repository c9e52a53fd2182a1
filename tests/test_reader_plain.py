"""Text files in every encoding that Vietnamese offices have saved them in."""

from __future__ import annotations

import string
import unicodedata
from pathlib import Path

import pytest

from ingest.readers.dispatch import read_source
from ingest.readers.plain import decode_text, raise_capitals, repair_writing
from ingest.readers.spelling import is_syllable, spelling_share
from ingest.source import Unreadable
from tests.conftest import ROOT
from tests.legacy_bytes import write_tcvn3, write_vni, write_windows_1258

TEXT = (
    "KẾ HOẠCH\r\nCăn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị; Đề án “chuyển đổi số” – giai đoạn 2.\n"
)
PLANS = sorted(path for path in (ROOT / "data" / "plans").iterdir() if path.suffix in (".md", ".txt"))
_STORABLE = frozenset(string.printable) | {*"đĐ“”–"}  # a page shows more signs than its old encoding has
ENCODINGS = [
    pytest.param(TEXT.encode(), id="utf-8"),
    pytest.param(TEXT.encode("utf-8-sig"), id="utf-8-marked"),
    pytest.param(TEXT.encode("utf-16"), id="utf-16-marked"),
    pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="utf-16-big-marked"),
    pytest.param(TEXT.encode("utf-32"), id="utf-32-marked"),
    pytest.param(TEXT.encode("utf-16-le"), id="utf-16-little"),
    pytest.param(TEXT.encode("utf-16-be"), id="utf-16-big"),
    pytest.param(write_windows_1258(TEXT), id="windows-1258"),
    pytest.param(write_tcvn3(TEXT).encode("cp1252"), id="tcvn3"),
    pytest.param(write_tcvn3(TEXT).encode(), id="tcvn3-saved-as-utf-8"),
    pytest.param(write_vni(TEXT).encode("cp1252"), id="vni"),
    pytest.param(write_vni(TEXT).encode(), id="vni-saved-as-utf-8"),
]


@pytest.mark.parametrize("raw", ENCODINGS)
def test_every_encoding_gives_the_same_text(raw: bytes) -> None:
    assert decode_text(raw) == TEXT


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"\x89\x00\x01\x02 text", "NUL", id="binary"),
        pytest.param(b"\x00" * 100, "NUL", id="nothing-but-nuls"),
        pytest.param("Số: 5".encode("utf-16") + b"\xd8", "UTF-16", id="half-a-letter"),
        pytest.param("Ошибка: файл".encode("cp1251"), "not valid UTF-8", id="russian"),
        pytest.param(bytes(range(128, 256)), "no older Vietnamese encoding", id="every-byte-once"),
    ],
)
def test_what_no_encoding_explains_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        decode_text(raw)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Kế hoạch số 5", "Kế hoạch số 5", id="unicode"),
        pytest.param("Ke hoach cua tinh", "Ke hoach cua tinh", id="accents-lost"),
        pytest.param("déjà vu, naïve café", "déjà vu, naïve café", id="french"),
        pytest.param("và có thì là mà", "và có thì là mà", id="only-letters-that-french-has"),
        pytest.param("", "", id="empty"),
    ],
)
def test_only_text_in_a_legacy_font_is_converted(text: str, expected: str) -> None:
    assert repair_writing(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("KếT QUả", "KẾT QUẢ", id="capitals-beside-small-accents"),
        pytest.param("Kế HOạCH Và", "KẾ HOẠCH VÀ", id="one-capital-beside-capitals"),
        pytest.param("Kế hoạch", "Kế hoạch", id="a-sentence"),
        pytest.param("UBND ở tỉnh", "UBND ở tỉnh", id="beside-an-abbreviation"),
        pytest.param("HOạCH. Đó", "HOẠCH. Đó", id="behind-a-full-stop"),
    ],
)
def test_capitals_that_tcvn3_cannot_store(text: str, expected: str) -> None:
    assert raise_capitals(text) == expected


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem[:20])
def test_plans_come_back_from_old_encodings(path: Path) -> None:
    """Whole plans, letter for letter; TCVN3 cannot store the capital of "Ủy", so it is compared without case."""
    text = read_source(path, path.name).text
    text = "".join(char for char in text if char in _STORABLE or unicodedata.normalize("NFD", char)[0] in _STORABLE)
    assert spelling_share(text) > 0.99
    assert decode_text(text.encode()) == text
    assert decode_text(write_windows_1258(text)) == text
    assert decode_text(write_vni(text).encode("cp1252")) == text
    assert decode_text(write_tcvn3(text).encode("cp1252")).lower() == text.lower()


@pytest.mark.parametrize("word", ["nghiêng", "khuỷu", "gìn", "quyết", "đường", "rượu", "yêu", "oan", "xoèn", "ứng"])
def test_vietnamese_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["hồạ", "façade", "ho¹ch", "đm", "keá", "štěstí"])
def test_strange_syllables(word: str) -> None:
    assert not is_syllable(word)
