"""From files to a live generation: what is used, what is refused, what stays when something goes wrong."""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from graph import extracting
from graph.building import Result, Silent
from graph.generations import Problem, open_current
from graph.inputs import MAX_BYTES, Input, NothingUsable, collect_inputs
from graph.names import Names
from graph.pipeline import add, build, remove
from graph.store import open_store
from ingest.extract import extract_file
from ingest.readers.sandbox import NOTHING_KEPT, Keeping
from tests.small_kb import plan_text


class Listener(Silent):
    """Keeps what a build says, and which stages it went through."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.stages: list[str] = []

    def say(self, line: str) -> None:
        self.said.append(line)

    def start(self, stage: str, steps: int) -> None:
        self.stages.append(stage)


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    write(folder, {"a.txt": plan_text(11), "b.txt": plan_text(12)})
    return folder


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def numbers(kb: Path) -> set[str]:
    documents = Names(open_store(open_current(kb).store)).documents
    return {each.number or "" for each in documents if each.file}


def refused(result: Result) -> dict[str, str]:
    return {each.file: each.reason for each in result.refused}


def test_a_build_makes_a_whole_generation(plans: Path, tmp_path: Path) -> None:
    listener = Listener()
    result = build([plans], tmp_path / "kb", listener)
    assert (result.used, result.exit_code, result.unchanged) == (("a.txt", "b.txt"), 0, False)
    assert (
        listener.stages
        == ["read", "resolve", "build", "validate", "write", "load", "report", "publish"]
        == list(result.seconds)
    )
    live = open_current(tmp_path / "kb")
    assert live == result.generation
    assert {name: live.manifest["hashes"][name] for name in ("graph.nq", "records.jsonl")} == {
        name: hashlib.sha256((live.path / name).read_bytes()).hexdigest() for name in ("graph.nq", "records.jsonl")
    }
    assert result.counts["quads"] == len(live.graph.read_bytes().splitlines())
    assert result.counts["facts_without_quote"] == 0
    assert (live.path / "shacl-report.txt").read_text(encoding="utf-8") == "".join(f"{v}\n" for v in result.violations)
    assert numbers(tmp_path / "kb") == {"11/KH-UBND", "12/KH-UBND"}


def test_nothing_changed_is_said_and_nothing_is_built(plans: Path, tmp_path: Path) -> None:
    write(plans, {"bad.txt": ""})
    first = build([plans], tmp_path / "kb")
    listener = Listener()
    second = build([plans], tmp_path / "kb", listener)
    assert second.unchanged
    assert (second.generation, second.exit_code, second.counts) == (first.generation, 3, first.counts)
    assert refused(second) == refused(first) == {"bad.txt": "the file is empty"}
    assert (listener.said, listener.stages) == (["nothing changed since the last build"], [])


def test_a_changed_base_is_a_change(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([plans], tmp_path / "kb")
    monkeypatch.setenv("CANCU_BASE", "https://other.example/")
    assert not build([plans], tmp_path / "kb").unchanged


def test_add_and_remove_start_from_the_live_plans(plans: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    build([plans], kb)
    os.remove(plans / "a.txt")  # the generation keeps its own copies
    write(tmp_path, {"c.txt": plan_text(13)})
    assert add([tmp_path / "c.txt"], kb).used == ("a.txt", "b.txt", "c.txt")
    assert add([tmp_path / "c.txt"], kb).unchanged
    assert remove("12/kh-ubnd", kb).used == ("a.txt", "c.txt")
    assert numbers(kb) == {"11/KH-UBND", "13/KH-UBND"}
    assert remove("c.txt", kb).used == ("a.txt",)
    with pytest.raises(Problem, match="only plan"):
        remove("a.txt", kb)
    with pytest.raises(Problem, match="cited but not held"):
        remove("57-NQ/TW", kb)
    with pytest.raises(Problem, match="nearest are 11/KH-UBND"):
        remove("19/KH-UBND", kb)


def test_add_then_remove_gives_the_same_bytes(plans: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    before = build([plans], kb).generation.graph.read_bytes()
    write(tmp_path, {"c.txt": plan_text(13)})
    assert add([tmp_path / "c.txt"], kb).generation.graph.read_bytes() != before
    assert remove("c.txt", kb).generation.graph.read_bytes() == before


def test_a_file_of_a_known_name_takes_its_place(plans: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    build([plans], kb)
    write(tmp_path, {"a.txt": plan_text(21)})
    listener = Listener()
    add([tmp_path / "a.txt"], kb, listener)
    assert "a.txt replaces the text that the knowledge base had under this name" in listener.said
    assert numbers(kb) == {"21/KH-UBND", "12/KH-UBND"}


def test_one_that_cannot_be_read_does_not(plans: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    build([plans], kb)
    write(tmp_path, {"more/a.txt": b"\xff\xfe\xff", "more/c.txt": plan_text(13)})
    result = add([tmp_path / "more"], kb)
    assert (result.exit_code, list(refused(result))) == (3, ["a.txt"])
    assert numbers(kb) == {"11/KH-UBND", "12/KH-UBND", "13/KH-UBND"}


BAD: list[object] = [
    pytest.param("x.txt", b"", "the file is empty", id="empty"),
    pytest.param("x.txt", b"\1\2\r\n\x1a\n\0\0", "not text", id="not-text"),
    pytest.param("x.md", b"All work and no play makes a dull plan.\n" * 9, "no Vietnamese", id="no-vietnamese"),
    pytest.param("x.docx", b"PK\3\4", "cut short or damaged", id="cut-short"),
    pytest.param("x.csv", b"all:", r"\.csv is not readable \(readable: \.doc, ", id="another-format"),
    pytest.param("Makefile", b"all:", "without a suffix", id="no-suffix"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD)
def test_a_bad_file_is_named_and_the_rest_is_live(
    plans: Path, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    write(plans, {name: content})
    result = build([plans], tmp_path / "kb")
    assert (result.used, result.exit_code) == (("a.txt", "b.txt"), 3)
    assert list(refused(result)) == [name]
    assert re.search(reason, refused(result)[name])
    assert "\n" not in refused(result)[name]


@pytest.mark.parametrize(("name", "content", "reason"), BAD)
def test_nothing_usable_leaves_the_live_generation(
    plans: Path, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    kb = tmp_path / "kb"
    live = build([plans], kb).generation
    write(tmp_path / "bad", {name: content})
    for command in (build, add):
        with pytest.raises(NothingUsable) as caught:
            command([tmp_path / "bad"], kb)
        assert [each.file for each in caught.value.refused] == [name]
    assert open_current(kb) == live
    assert os.listdir(kb / "generations") == [live.id]


def test_what_a_folder_holds(tmp_path: Path) -> None:
    text = plan_text(1)
    rows = [{"file": "b.txt", "original": "00_b.txt"}]
    write(tmp_path / "in", {
        "b.txt": text, "sub/a.MD": plan_text(2), ".hidden.txt": text, ".git/x.txt": text, "again.txt": text,
        "manifest.json": json.dumps(rows), "huge.txt": b"",
    })  # fmt: skip
    os.truncate(tmp_path / "in" / "huge.txt", MAX_BYTES + 1)
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    found = collect_inputs([tmp_path / "in"], print, tmp_path)
    assert [(each.file, each.original) for each in found.plans] == [("again.txt", None), ("sub/a.MD", None)]
    assert [(each.file, each.same_as) for each in found.repeated] == [("b.txt", "again.txt")]
    assert [(each.file, each.reason) for each in found.refused] == [
        ("huge.txt", "larger than 64 MB"), ("pipe.txt", "not a regular file")
    ]  # fmt: skip
    os.remove(tmp_path / "in" / "again.txt")
    assert collect_inputs([tmp_path / "in"], print, tmp_path).plans[0].original == "00_b.txt"


def test_two_files_of_one_name_keep_apart(tmp_path: Path) -> None:
    write(tmp_path, {"2024/plan.txt": plan_text(1), "2025/plan.txt": plan_text(2)})
    both = [tmp_path / "2024", tmp_path / "2025"]
    assert [each.file for each in collect_inputs(both, print, tmp_path).plans] == ["2025/plan.txt", "plan.txt"]
    twice = [tmp_path / "2024", tmp_path / "2024" / "plan.txt"]
    assert [each.file for each in collect_inputs(twice, print, tmp_path).plans] == ["plan.txt"]


@pytest.mark.parametrize("spoil", [lambda raw: b"", lambda raw: raw[: len(raw) // 2], lambda raw: b"[]"])
def test_a_spoiled_cache_is_read_anew(plans: Path, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    kb = tmp_path / "kb"
    before = build([plans], kb).generation.graph.read_bytes()
    for entry in (kb / "cache" / "extractions").iterdir():
        entry.write_bytes(spoil(entry.read_bytes()))
    write(plans, {"c.txt": plan_text(13)})
    build([plans], kb)
    os.remove(plans / "c.txt")
    assert build([plans], kb).generation.graph.read_bytes() == before


def test_the_cache_spares_reading(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([plans], tmp_path / "kb")
    read: list[str] = []
    whole = extracting.read_plan

    def note(path: Path, file: str, keeping: Keeping) -> bytes | str:
        read.append(file)
        return whole(path, file, keeping)

    monkeypatch.setattr(extracting, "read_plan", note)
    write(plans, {"c.txt": plan_text(13)})
    build([plans], tmp_path / "kb")
    assert read == ["c.txt"]
    os.rename(plans / "a.txt", plans / "d.txt")  # every quote names its file
    build([plans], tmp_path / "kb")
    assert read == ["c.txt", "d.txt"]


def test_a_gap_in_the_reader_costs_one_file(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = extract_file

    def fail(path: Path, file: str, keeping: Keeping) -> object:
        if file == "b.txt":
            raise ZeroDivisionError("of all things")
        return whole(path, file, keeping)

    monkeypatch.setattr(extracting, "extract_file", fail)
    result = build([plans], tmp_path / "kb")
    assert refused(result) == {"b.txt": "reading it failed inside the program (ZeroDivisionError: of all things)"}


def die_of_one(plan: Input, _: Keeping) -> bytes | str:
    if plan.file == "b.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return plan.file


def test_a_worker_that_is_killed_costs_one_file(plans: Path) -> None:
    given = [Input(path.name, path, "") for path in sorted(plans.iterdir())]
    begin = partial(ProcessPoolExecutor, mp_context=get_context("spawn"))
    keepings = dict.fromkeys((each.file for each in given), NOTHING_KEPT)
    read = {plan.file: done for plan, done in extracting.read_in_workers(given, keepings, begin, die_of_one)}
    assert read == {each.file: each.file for each in given} | {"b.txt": extracting.ENDED}


def test_hash_seeds_and_processes_do_not_show(tmp_path: Path) -> None:
    write(tmp_path / "plans", {f"{n}.txt": plan_text(n) for n in range(4)})  # enough for several processes
    graphs = set()
    for seed in ("1", "2"):
        kb = tmp_path / f"kb{seed}"
        command = [sys.executable, "-m", "search_api.cli", "build", str(tmp_path / "plans"), "--kb", str(kb)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        graphs.add((open_current(kb).graph.read_bytes(), open_current(kb).records.read_bytes(), open_current(kb).id))
    assert len(graphs) == 1


@pytest.mark.parametrize("limit", [20_000, 200_000], ids=["while-writing", "while-loading"])
def test_a_full_disk_leaves_the_live_generation(plans: Path, tmp_path: Path, limit: int) -> None:
    kb = tmp_path / "kb"
    live = build([plans], kb).generation
    write(plans, {"c.txt": plan_text(13)})
    command = [sys.executable, "-m", "search_api.cli", "build", str(plans), "--kb", str(kb)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("cancu: the build stopped, the live generation stays: ")
    assert done.stderr.count("\n") == 1
    assert open_current(kb) == live
    assert os.listdir(kb / "generations") == [live.id]
    assert build([plans], kb).used == ("a.txt", "b.txt", "c.txt")
