"""Text in fonts from before Unicode reads as the page shows it."""

from __future__ import annotations

import pytest

from ingest.readers.legacy_fonts import font_named, write_shown

CASES = [
    pytest.param([("KÕ ho¹ch chuyÓn ®æi sè", ".VnTime")], "Kế hoạch chuyển đổi số", id="tcvn3"),
    pytest.param([("thñ t\u00adíng", ".VnTime")], "thủ tướng", id="tcvn3-keeps-a-letter-at-the-soft-hyphen"),
    pytest.param([("ñy ban nh©n d©n", ".VnTimeH")], "ỦY BAN NHÂN DÂN", id="tcvn3-drawn-as-capitals"),
    pytest.param([("kh¼ng ®Þnh", ".VnArial")], "khẳng định", id="tcvn3-rare-letter"),
    pytest.param([("Keá hoaïch chuyeån ñoåi soá", "VNI-Times")], "Kế hoạch chuyển đổi số", id="vni"),
    pytest.param([("khaúng ñònh", "VNI-Helve")], "khẳng định", id="vni-rare-letter"),
    pytest.param([("ÖÙNG DUÏNG", "VNI-Times")], "ỨNG DỤNG", id="vni-capitals"),
    pytest.param([("Ke", "VNI-Times"), ("á", "VNI-Times")], "Kế", id="vni-mark-in-a-run-of-its-own"),
    pytest.param([("Sè ", ".VnTime"), ("hóa", "Times New Roman")], "Số hóa", id="two-fonts-in-one-line"),
    pytest.param([("Kế hoạch", ".VnTime")], "Kế hoạch", id="unicode-typed-in-an-old-font"),
    pytest.param(
        [("còn ", ".VnTime"), ("x", None), (" Kế", ".VnTime")], "còn x Kế", id="unicode-in-a-line-of-an-old-font"
    ),
    pytest.param([("Ke\u0302\u0301", ".VnTime")], "Ke\u0302\u0301", id="unicode-in-pieces-typed-in-an-old-font"),
    pytest.param([("\uf0b3 90%", "Symbol")], "≥ 90%", id="sign-of-the-symbol-font"),
    pytest.param([("\uf0fc", "Wingdings")], "✓", id="tick-of-wingdings"),
    pytest.param([("\uf0b7 Đào tạo", None)], "- Đào tạo", id="bullet-with-its-font-lost"),
    pytest.param([("từ\uf0aa 2025", None)], "từ 2025", id="sign-with-its-font-lost"),
    pytest.param([("phát\u00ad triển\u200b", None)], "phát triển", id="soft-hyphen-and-zero-width"),
    pytest.param([("719/QĐ\u2011UBND\u00a0ngày", None)], "719/QĐ-UBND ngày", id="hyphen-and-space-that-do-not-break"),
]


@pytest.mark.parametrize(("pieces", "shown"), CASES)
def test_text_reads_as_shown(pieces: list[tuple[str, str | None]], shown: str) -> None:
    assert write_shown([(text, font_named(name) if name else None) for text, name in pieces]) == shown


@pytest.mark.parametrize("name", [".VnTime", "VNI-Times"])
def test_every_small_vietnamese_letter_is_there(name: str) -> None:
    font = font_named(name)
    assert font is not None
    codes = [chr(code) for code in range(0xA1, 0x100)]
    stored = [*codes, *(base + mark for base in "aeiouyôö" for mark in codes)]
    shown = {font.convert(text) for text in stored}
    direct = set("ìí") if name == "VNI-Times" else set()  # where Latin-1 has them too
    letters = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    assert set(letters) - shown - direct == set()
