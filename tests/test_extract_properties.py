"""What holds for any text at all: no exception, true offsets, and the same records however its letters are composed."""

from __future__ import annotations

import dataclasses
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.readers.dispatch import source_text
from ingest.records import Extraction
from ingest.source import Unreadable
from tests.small_kb import plan_text
from tests.texts import find_sources

# Pieces of plans in any order, and what should be in none.
PIECES = [
    *plan_text(3).splitlines(keepends=True),
    "PHỤ LỤC II\n",
    "TT | Nội dung nhiệm vụ | Đơn vị chủ trì | Thời gian |\n",
    "1. | - Nâng cấp cổng | Sở KH&CN | 2026 |\n",
    "| | ||||\n",
    "\t\t",
    "a) ",
    "- ",
    "1.1. ",
    "Điều 2. ",
    "Căn cứ ",
    "Nghị quyết số 57-NQ/TW ",
    "Nghị quyết 57 ",
    "(sau đây gọi tắt là Chiến lược) ",
    "thực hiện Chiến lược; ",
    "Đề án 06. ",
    "Quyết định số /QĐ-UBND ",
    "TT | Chỉ tiêu | ĐVT | Năm 2026 |\n",
    "1 | Tỷ lệ hồ sơ trực tuyến | % | ≥ 80 |\n",
    "Sở Y tế (sau đây gọi tắt là Sở) ",
    "phối hợp với Sở, ",
    "trước ngày 10 tháng cuối Quý",
    "20% (năm 2025), 30% (năm 2030)",
    "phối hợp với Sở Y tế, Sở Tài chính",
    "(",
    ")",
    "“",
    ";",
    "\u00a0",
    "\ufeff",
    "\u0303",
    "😀",
    "<script>",
    "**",
    "***\n",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=25).map("".join)


def read(text: str) -> Extraction | str:
    try:
        return extract(source_text("plan.txt", text.encode("utf-8", "surrogatepass")))
    except Unreadable as error:
        return error.reason


@given(TEXTS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_records_that_quote_it(text: str) -> None:
    padded = plan_text(1) + text
    got = read(padded)
    if isinstance(got, str):
        return
    whole = source_text("plan.txt", padded.encode("utf-8", "surrogatepass")).text
    for field in dataclasses.fields(got):
        for source in find_sources(getattr(got, field.name)):
            assert whole[source.start : source.end] == source.quote


@given(TEXTS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_decomposed_letters_give_the_same_records(text: str) -> None:
    padded = unicodedata.normalize("NFC", plan_text(1) + text)
    one, other = read(padded), read(unicodedata.normalize("NFD", padded))
    if isinstance(one, Extraction) and isinstance(other, Extraction):
        one, other = (dataclasses.replace(each, sha256="") for each in (one, other))
    assert one == other
