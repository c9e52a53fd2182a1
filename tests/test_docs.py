"""What the documents show is what the program prints, and every command in them runs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.readme import read_part, run_cancu, transcript

DOCS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_SECONDS = re.compile(r"^seconds .*$", re.MULTILINE)  # the one line of a build that differs from run to run
_COMMAND = re.compile(r"^(?: {4})?\$ (?:\.venv/bin/)?cancu (.+)$", re.MULTILINE)
_QUERY = re.compile(r"```sparql\n(.*?)```", re.DOTALL)
_ROW = re.compile(r"^\| (.+?) \| ([\d.]+) \| (\d+) \|", re.MULTILINE)
_TOLERANCE = 0.01  # on rates


@pytest.fixture(scope="module")
def kb(built_kb: Path) -> Path:
    """A knowledge base of the shipped plans, built as the README says."""
    printed = (built_kb / "build.txt").read_text(encoding="utf-8")
    assert _SECONDS.sub("", printed) == _SECONDS.sub("", read_part("build"))
    return built_kb


@pytest.mark.parametrize("part", ["search", "trace"])
def test_a_command_prints_what_the_readme_shows(part: str, kb: Path) -> None:
    assert transcript(part, kb) == read_part(part)


@pytest.mark.parametrize("part", ["evaluate", "evaluate-search"])
def test_the_accuracy_is_that_of_the_readme(part: str, kb: Path) -> None:
    command = part.replace("-", " --")
    shown = {row[0]: (float(row[1]), int(row[2])) for row in _ROW.findall(read_part(part))}
    now = {row[0]: (float(row[1]), int(row[2])) for row in _ROW.findall(run_cancu(command, kb))}
    assert shown.keys() == now.keys() != set()
    assert {name: now[name] for name in now if abs(now[name][0] - shown[name][0]) > _TOLERANCE} == {}


def test_search_is_better_than_the_plain_ways(kb: Path) -> None:
    now = {name: float(value) for name, value, _ in _ROW.findall(run_cancu("evaluate --search", kb))}
    better = {name: value for name, value in now.items() if "better than" in name}
    assert now["search: nDCG@10 Căn Cứ"] >= 0.8
    assert len(better) == 10
    assert {name: value for name, value in better.items() if value <= 0} == {}
    assert {name: value for name, value in now.items() if "exact sets" in name and value < 1} == {}


def commands() -> list[object]:
    """Every `cancu` command of the documents, once."""
    found = [(path.name, command) for path in DOCS for command in _COMMAND.findall(path.read_text(encoding="utf-8"))]
    return [pytest.param(command, id=f"{name}: {command}") for name, command in sorted(set(found))]


@pytest.mark.parametrize("command", commands())
def test_every_command_in_the_documents_runs(command: str, kb: Path, tmp_path: Path) -> None:
    """Each on a copy of the knowledge base, in a folder where the user's plan lies."""
    shutil.copytree(kb, tmp_path / "kb")
    plan = next((ROOT / "data" / "plans").glob("*.md"))
    (tmp_path / "my-plan.txt").write_bytes(plan.read_bytes() + b"\n")
    arguments = [str(Path(sys.executable).parent / "cancu"), *shlex.split(command, comments=True), "--kb", "kb"]
    ran = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr if ran.returncode else "") == (0, "")


def queries() -> list[object]:
    """Every query of the documents."""
    found = [query for path in DOCS for query in _QUERY.findall(path.read_text(encoding="utf-8"))]
    return [pytest.param(query, id=str(at)) for at, query in enumerate(found)]


@pytest.mark.parametrize("query", queries())
def test_every_query_in_the_documents_finds_something(query: str, kb: Path) -> None:
    command = [str(Path(sys.executable).parent / "cancu"), "sparql", query, "--format", "csv", "--kb", str(kb)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(ran.stdout.splitlines()) > 1
