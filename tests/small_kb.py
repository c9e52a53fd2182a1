"""A knowledge base of the small corpus, published as a build would, once a process."""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from graph.build import build_dataset
from graph.building import Silent
from graph.generations import FORMAT, Generation, draft_generation, open_current, publish_generation
from graph.records import Corpus
from graph.schema import write_records
from graph.store import load_store
from graph.write import write_dataset
from search_api.indexing import SearchIndexer
from tests.small_corpus import small_corpus
from tests.word_encoder import WordEncoder


@cache
def small_kb() -> Path:
    """The folder of the knowledge base; tests only read it."""
    return publish_corpus(small_corpus())


def publish_corpus(corpus: Corpus, kb: Path | None = None, **manifest: Any) -> Path:
    """A knowledge base of some records, gone when the process ends: publish_corpus(small_corpus(), counts={}).

    One that is given gets a further generation.
    """
    if kb is None:
        kb = Path(tempfile.mkdtemp(prefix="small-kb-"))
        atexit.register(shutil.rmtree, kb, ignore_errors=True)
    with draft_generation(kb) as draft:
        write_dataset(build_dataset(corpus, "0.1.0"), draft / "graph.nq")
        write_records(corpus, draft / "records.jsonl")
        load_store(draft / "graph.nq", draft / "store")
        index = SearchIndexer(WordEncoder, "words").write(draft, None, kb / "cache", Silent())
        written = {"format": FORMAT, "index": index, **manifest}
        (draft / "manifest.json").write_text(json.dumps(written), encoding="utf-8")
        publish_generation(kb, draft, hashlib.sha256((draft / "graph.nq").read_bytes()).hexdigest())
    return kb


def small_generation() -> Generation:
    """Its live generation."""
    return open_current(small_kb())


def plan_text(number: int, basis: str = "57-NQ/TW") -> str:
    """A plan of a few lines that the reader takes for one: its number, one basis, one task with lead and date."""
    return f"""\
ỦY BAN NHÂN DÂN
TỈNH HƯNG YÊN
Số: {number}/KH-UBND
Hưng Yên, ngày 05 tháng 8 năm 2025
KẾ HOẠCH
Về chuyển đổi số của tỉnh, phần {number}
Căn cứ Nghị quyết số {basis} ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ;
I. MỤC TIÊU
Đến năm 2030, tỷ lệ hồ sơ trực tuyến đạt trên 80%.
II. NHIỆM VỤ
1. Sở Khoa học và Công nghệ chủ trì xây dựng trung tâm dữ liệu của tỉnh, hoàn thành trong tháng 9/2026.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
Bố trí kinh phí thực hiện Kế hoạch.
"""
