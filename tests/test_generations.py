"""One folder a build, one file that names the live one, and nothing half-made ever live."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.generations import (
    FORMAT,
    Generation,
    Problem,
    draft_generation,
    find_current,
    find_earlier,
    hold_generation,
    hold_lock,
    open_current,
    publish_generation,
)
from search_api.search import open_search
from tests.small_kb import plan_text
from tests.word_encoder import WordEncoder

MOMENTS = 10


def publish(kb: Path, content: str) -> Generation:
    with draft_generation(kb) as draft:
        (draft / "graph.nq").write_text(content, encoding="utf-8")
        (draft / "manifest.json").write_text(json.dumps({"format": FORMAT, "content": content}), encoding="utf-8")
        return publish_generation(kb, draft, "abcdef0123456789")


def test_the_newest_is_live_and_the_last_three_stay(tmp_path: Path) -> None:
    for content in "abcde":
        publish(tmp_path, content)
    assert sorted(os.listdir(tmp_path / "generations")) == ["0003-abcdef01", "0004-abcdef01", "0005-abcdef01"]
    assert open_current(tmp_path).manifest["content"] == "e"


def test_the_build_before_is_found_while_it_is_kept(tmp_path: Path) -> None:
    first, second, third = (publish(tmp_path, content) for content in "abc")
    assert [find_earlier(each) for each in (first, second, third)] == [None, first, second]
    (second.path / "manifest.json").unlink()
    assert find_earlier(third) is None


def test_a_failed_draft_leaves_nothing(tmp_path: Path) -> None:
    publish(tmp_path, "old")
    with pytest.raises(OSError, match="disk"), draft_generation(tmp_path):
        raise OSError("disk full")
    assert os.listdir(tmp_path / "generations") == ["0001-abcdef01"]


def test_a_killed_draft_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / "generations" / ".building-1"
    left.mkdir(parents=True)
    (left / "graph.nq").write_text("half", encoding="utf-8")
    publish(tmp_path, "new")
    assert os.listdir(tmp_path / "generations") == ["0001-abcdef01"]


@pytest.mark.parametrize(
    ("current", "message"),
    [
        pytest.param(None, "cancu build", id="nothing-built-yet"),
        pytest.param("0009-abcdef01\n", "build it again", id="names-a-folder-that-is-gone"),
        pytest.param("../../etc\n", "build it again", id="names-a-folder-elsewhere"),
        pytest.param("", "build it again", id="empty"),
    ],
)
def test_no_live_generation_says_how_to_build_one(tmp_path: Path, current: str | None, message: str) -> None:
    if current is not None:
        (tmp_path / "CURRENT").write_text(current, encoding="utf-8")
    with pytest.raises(Problem, match=message):
        open_current(tmp_path)
    assert find_current(tmp_path) is None


def test_a_second_builder_waits_and_says_so(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, time; from graph.generations import hold_lock\n"
        "with hold_lock(pathlib.Path(sys.argv[1]), print): print('held', flush=True); time.sleep(30)"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        said: list[str] = []

        def note(line: str) -> None:
            said.append(line)
            other.kill()  # a killed builder leaves no lock behind

        with hold_lock(tmp_path, note):
            assert said == [f"another build is writing {tmp_path}: waiting for it to finish"]


def test_a_generation_that_is_held_outlives_later_builds(tmp_path: Path) -> None:
    served = publish(tmp_path, "0")
    with hold_generation(served):
        for number in range(1, 6):
            publish(tmp_path, str(number))
        assert served.path.is_dir()
    publish(tmp_path, "6")
    assert not served.path.exists()
    assert len(os.listdir(tmp_path / "generations")) == 3


def test_a_build_killed_at_any_moment_leaves_a_complete_generation_live(tmp_path: Path) -> None:
    """Ten moments spread over one build's length; the build after each kill may succeed or be killed in turn."""
    plans, kb = tmp_path / "plans", tmp_path / "kb"
    plans.mkdir()
    command = [sys.executable, "-m", "tests.words_build", str(plans), str(kb)]

    def plan(number: int) -> None:
        (plans / "plan.txt").write_text(plan_text(number), encoding="utf-8")

    plan(1)
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    length = time.perf_counter() - began
    for moment in range(MOMENTS):
        plan(moment + 2)  # something new each time, or the build would have nothing to do
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as build:
            time.sleep(length * (moment + 0.5) / MOMENTS)
            build.send_signal(signal.SIGKILL)
        live = open_current(kb)
        parts = {"records.jsonl", "graph.nq", "store", "index", "sources", "manifest.json"}
        assert parts <= set(os.listdir(live.path))
        open_search(live, WordEncoder)
        assert len(list(live.sources.iterdir())) == 1
    assert subprocess.run(command, check=True, capture_output=True).returncode == 0
    assert not list((kb / "generations").glob(".building-*"))
