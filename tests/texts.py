"""Texts for tests: the five plans, each read once, and small ones made up of real sentences."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from functools import cache

from graph.iri import base
from graph.records import Corpus
from graph.resolve import resolve_corpus
from ingest.blocks import Block, find_blocks
from ingest.extract import extract, extract_file
from ingest.lines import split_lines
from ingest.outline import Node, build_outline
from ingest.readers.dispatch import read_source
from ingest.records import Extraction, Source
from ingest.source import SourceText
from ingest.structure import Region, split_regions
from ingest.tables import find_tables
from tests.conftest import ROOT

PLANS = ROOT / "data" / "plans"
HA_NAM = "ha-nam-2022-ke-hoach-chien-luoc-khcn-dmst-2030.txt"
HUNG_YEN_2022 = "hung-yen-2022-ke-hoach-chien-luoc-khcn-dmst-2030.txt"
HUNG_YEN_2024 = "hung-yen-2024-skhcn-ke-hoach-chi-tieu-kinh-te-xa-hoi.md"
DECISION = "hung-yen-2025-719-qd-ubnd-chuong-trinh-khcn-dmst-cds.txt"
TUYEN_QUANG = "tuyen-quang-2023-57-kh-ubnd-chien-luoc-khcn-dmst-2030.txt"
FILES = (HA_NAM, HUNG_YEN_2022, HUNG_YEN_2024, DECISION, TUYEN_QUANG)


@cache
def plan_source(file: str) -> SourceText:
    """The text of one of the five plans."""
    return read_source(PLANS / file, file)


@cache
def plan(file: str) -> Extraction:
    """All that one of the five plans yields."""
    return extract_file(PLANS / file, file)


@cache
def corpus() -> Corpus:
    """The five plans resolved together."""
    return resolve_corpus([plan(file) for file in FILES], {})


def source_of(text: str, file: str = "a.txt") -> SourceText:
    """A text as it stands, however short: only files are asked whether they are Vietnamese."""
    return SourceText(file, "0" * 64, text, (0, *(found.end() for found in re.finditer("\n", text))))


def read(text: str, file: str = "a.txt") -> Extraction:
    """All records of a made-up plan."""
    return extract(source_of(text, file))


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs and items of a made-up text, its tables as one block each."""
    source = source_of(text)
    lines = split_lines(source)
    return find_blocks(source, lines, find_tables(source, lines))


def regions_of(text: str) -> tuple[Region, ...]:
    """The parts of a made-up document."""
    return split_regions(blocks_of(text))


def outline_of(text: str) -> Node:
    """The outline of a made-up body."""
    return build_outline(blocks_of(text), "phan", set())


def plan_of(number: str, place: str, date: str, title: str, recitals: str, file: str = "a.txt") -> Extraction:
    """A small plan: letterhead, title, what it rests on, and one task."""
    head = f"Số: {number}\n{place}, ngày {date}\n\nKẾ HOẠCH\n{title}\n\n"
    return read(f"{head}{recitals}\nII. NHIỆM VỤ\n1. Phát triển hạ tầng số trên địa bàn tỉnh.\n", file)


def find_sources(record: object) -> Iterator[Source]:
    """Every quote inside a record, however deep."""
    if isinstance(record, Source):
        yield record
    elif dataclasses.is_dataclass(record) and not isinstance(record, type):
        for each in dataclasses.fields(record):
            yield from find_sources(getattr(record, each.name))
    elif isinstance(record, Mapping):
        for value in record.values():
            yield from find_sources(value)
    elif isinstance(record, tuple):
        for value in record:
            yield from find_sources(value)


def short(iri: str | None) -> str | None:
    """An IRI without the publisher's base: ".../id/vn/hung-yen/kh-ubnd/2025/102" -> "hung-yen/kh-ubnd/2025/102"."""
    return iri.removeprefix(f"{base()}id/").removeprefix("vn/") if iri else None
