"""The live generation: opened whole or not at all, and replaced without anybody noticing."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.generations import Generation, Problem, draft_generation, open_current, publish_generation
from graph.names import Names
from search_api.live import Live, Opened
from search_api.record_store import RecordStore
from tests.small_corpus import DECISION
from tests.small_kb import small_generation, small_kb


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """A knowledge base of its own, to publish in."""
    return Path(shutil.copytree(small_kb(), tmp_path / "kb"))


def publish(kb: Path, spoil: Callable[[Path], object] = lambda draft: None) -> Generation:
    """The same build once more, as another generation."""
    with draft_generation(kb) as draft:
        shutil.copytree(small_generation().path, draft, dirs_exist_ok=True)
        spoil(draft)
        return publish_generation(kb, draft, "abcdef01")


def test_all_parts_are_open(kb: Path) -> None:
    live = Live(kb, lambda generation, *_: generation.id.upper())
    here = live.current()
    assert here.names.find("719/QĐ-UBND") == DECISION
    assert (here.records.get(DECISION) or {})["number"] == "719/QĐ-UBND"
    assert [each["counts"]["tasks"] for each in here.documents if each["id"] == DECISION] == [2]
    assert here.search == here.generation.id.upper()


def test_a_new_generation_takes_over(kb: Path) -> None:
    live = Live(kb)
    switched: list[Opened] = []
    live.on_switch(switched.append)
    before = live.current()
    assert not live.refresh()
    newer = publish(kb)
    assert live.refresh()
    assert not live.refresh()
    assert live.current().generation == newer
    assert switched == [live.current()]
    assert before.names.find("719/QĐ-UBND") == DECISION  # a request that began with it goes on


def test_a_watcher_sees_it(kb: Path) -> None:
    live, seen = Live(kb), threading.Event()
    live.on_switch(lambda opened: seen.set())
    live.watch(0.05)
    publish(kb)
    assert seen.wait(5)
    live.close()


SPOILS: list[object] = [
    pytest.param(lambda draft: (draft / "records.jsonl").write_text("{"), id="records-damaged"),
    pytest.param(lambda draft: (draft / "records.jsonl").unlink(), id="records-missing"),
    pytest.param(lambda draft: shutil.rmtree(draft / "store"), id="store-missing"),
    pytest.param(lambda draft: [each.write_bytes(b"") for each in (draft / "store").iterdir()], id="store-emptied"),
    pytest.param(lambda draft: (draft / "manifest.json").write_text("{}"), id="no-manifest"),
    pytest.param(
        lambda draft: (draft / "manifest.json").write_text(
            json.dumps(dict(small_generation().manifest) | {"hashes": {"records.jsonl": "0" * 64}})
        ),
        id="another-hash",
    ),
    pytest.param(
        lambda draft: (draft / "records.jsonl").write_text(
            "".join(
                line
                for line in small_generation().records.read_text(encoding="utf-8").splitlines(keepends=True)
                if not line.startswith('{"record": "document"')
            )
        ),
        id="records-of-another-build",
    ),
]


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_damaged_one_is_refused_at_the_start(kb: Path, spoil: Callable[[Path], object]) -> None:
    publish(kb, spoil)
    with pytest.raises(Problem, match=r"build it again|build the knowledge base again|cannot be read"):
        Live(kb)


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_damaged_one_leaves_the_old_one_serving(
    kb: Path, spoil: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    live = Live(kb)
    old = live.current()
    publish(kb, spoil)
    assert not live.refresh()
    assert not live.refresh()
    assert live.current() is old
    assert live.problem is not None
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"{old.generation.id} goes on serving" in said
    publish(kb)
    assert live.refresh()
    assert live.problem is None


def test_an_index_that_can_not_be_opened_leaves_the_old_one(kb: Path) -> None:
    def open_search(generation: Generation, records: RecordStore, names: Names) -> str:
        if generation.id.startswith("0002"):
            raise Problem("the index is of another model")
        return generation.id

    live = Live(kb, open_search)
    publish(kb)
    assert not live.refresh()
    assert (live.current().search, live.problem) == (live.current().generation.id, "the index is of another model")


def test_a_vanished_pointer_leaves_the_old_one(kb: Path) -> None:
    live = Live(kb)
    name = (kb / "CURRENT").read_text()
    (kb / "CURRENT").unlink()
    assert not live.refresh()
    assert "no knowledge base" in (live.problem or "")
    (kb / "CURRENT").write_text(name)
    live.refresh()
    assert live.problem is None


def test_no_knowledge_base_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no knowledge base"):
        Live(tmp_path)
    assert open_current(small_kb()).id == small_generation().id
