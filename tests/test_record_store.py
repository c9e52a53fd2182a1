"""Records by id: every line found, nothing parsed that is not asked for, damage noticed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from graph.generations import Problem
from search_api.record_store import Damaged, RecordStore
from tests.conftest import ROOT
from tests.small_corpus import DECISION, PLAN, RESOLUTION
from tests.small_kb import small_generation

LINES = small_generation().records.read_text(encoding="utf-8").splitlines()
RECORDS = [json.loads(line) for line in LINES]


@pytest.fixture(scope="module")
def store() -> RecordStore:
    return RecordStore(small_generation().records)


def test_every_record_is_found(store: RecordStore) -> None:
    assert [store.get(each["id"]) for each in RECORDS] == RECORDS
    assert store.get("https://w3id.org/cancu/id/vn/nowhere") is None


def test_kinds_are_told_apart(store: RecordStore) -> None:
    kinds = Counter(each["record"] for each in RECORDS)
    assert {kind: len(store.ids(kind)) for kind in kinds} == kinds
    assert [each["id"] for each in store.records("task")] == list(store.ids("task"))
    assert list(store.records("nothing")) == []


def test_what_belongs_to_a_document(store: RecordStore) -> None:
    assert list(store.items_of(DECISION, "task")) == [f"{DECISION}/phu-luc/2/muc/1", f"{DECISION}/phu-luc/2/muc/2"]
    assert (len(store.items_of(DECISION, "duty")), len(store.items_of(PLAN, "target"))) == (1, 1)
    assert len(store.links_of(RESOLUTION, "to")) == 3
    assert list(store.links_of(RESOLUTION, "from")) == []


def test_two_kinds_may_share_an_id(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    lines = [{"record": "task", "id": "a:b"}, {"record": "part", "id": "a:b"}, {"record": "part", "id": "a:c"}]
    path.write_text("".join(json.dumps(each) + "\n" for each in lines))
    store = RecordStore(path)
    assert [each["id"] for each in store.records("part")] == ["a:b", "a:c"]
    assert [store.get("a:b"), store.get("a:c")] == [lines[0], lines[2]]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(LINES[0].encode()[:-9], id="cut-off"),
        pytest.param(b'{"id": "a:b", "record": "task"}\n', id="another-order"),
        pytest.param(b"\x00" * 100 + b"\n", id="zeros"),
        pytest.param(b'{"record": "task", "id": "a:\xff"}\n', id="no-utf-8"),
    ],
)
def test_damage_is_a_problem(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(content)
    with pytest.raises(Damaged, match="damaged"):
        RecordStore(path)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be read"):
        RecordStore(tmp_path / "records.jsonl")


def test_it_needs_no_server_and_no_parser() -> None:
    code = "import sys, search_api.record_store; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"fastapi", "pydantic", "rdflib"}.isdisjoint(loaded.split())
