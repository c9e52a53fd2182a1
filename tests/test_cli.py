"""The command line as people and scripts meet it: exit codes, one-line errors, clean stdout, quick help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.generations import FORMAT
from tests.small_kb import plan_text, small_kb

CANCU = [sys.executable, "-m", "search_api.cli"]
COMMANDS = [
    "build", "rebuild", "add", "remove", "export", "report", "search", "serve", "trace", "sparql", "evaluate", "schema",
    "mcp",
]  # fmt: skip
SLOWEST_HELP = 0.3


def cancu(*args: str, kb: Path | None = None, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "CANCU_KB": str(kb or small_kb())}
    return subprocess.run([*CANCU, *args], capture_output=True, text=True, input=stdin, env=env, check=False)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_reads_well_and_comes_quickly(command: str) -> None:
    took = []
    for _ in range(3):
        began = time.perf_counter()
        done = cancu(*filter(None, [command]), "--help")
        took.append(time.perf_counter() - began)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: cancu")
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert [line for line in done.stdout.splitlines()[1:] if line.endswith("...")] == []  # nothing is cut short
    assert not command or "Example" in done.stdout
    assert min(took) < SLOWEST_HELP


def test_the_commands_are_those_that_there_are() -> None:
    listed = [line.split()[0] for line in cancu().stdout.partition("Commands:")[2].splitlines() if line.strip()]
    assert listed == sorted(COMMANDS)
    assert cancu("--version").stdout.startswith("cancu ")


WRONG = [
    pytest.param(["serch"], "expected one of add, build", id="no-such-command"),
    pytest.param(["trace"], "Missing argument 'ID'", id="no-id"),
    pytest.param(["trace", "x", "--format", "pdf"], "'text', 'mermaid', 'dot'", id="no-such-drawing"),
    pytest.param(["trace", "x", "--upp"], "No such option", id="no-such-option"),
    pytest.param(["trace", "999/QĐ-UBND"], "the nearest are 719/QĐ-UBND", id="unknown-id"),
    pytest.param(["export", "plans"], "expected one of tasks, duties", id="no-such-kind"),
    pytest.param(["export", "tasks", "--format", "ics"], "expected one of jsonl, csv, xlsx", id="a-format-it-has-not"),
    pytest.param(["schema", "plan"], "expected one of document, task", id="no-such-record"),
    pytest.param(["sparql"], "expected one query", id="no-query"),
    pytest.param(["sparql", "tasks_of_nobody"], "cancu sparql --list", id="no-such-query"),
    pytest.param(["sparql", "-f", "/nowhere.rq"], "cannot be read", id="no-such-file"),
    pytest.param(["sparql", "ASK {}", "--format", "pdf"], "expected one of json", id="no-such-result"),
    pytest.param(["sparql", "tasks_due_in_year", "--param", "year"], "NAME=VALUE", id="half-a-parameter"),
    pytest.param(["sparql", "tasks_due_in_year", "--param", "year=soon"], "a whole number", id="no-year"),
    pytest.param(["sparql", "tasks_due_in_year", "--param", "month=9"], "expected one of year", id="no-such-parameter"),
    pytest.param(["sparql", "tasks_led_by_agency", "--param", "agency=Sở Y tế"], "name=Sở Y tế", id="no-iri"),
    pytest.param(["sparql", "tasks_by_topic", "--param", "topic=AI"], "name=AI", id="no-iri-of-a-topic"),
    pytest.param(["sparql", "tasks_of_directive", "--param", "directive=7-NQ/TW"], "nearest", id="unknown-directive"),
    pytest.param(["sparql", "CLEAR ALL"], "read-only", id="update"),
    pytest.param(["sparql", "SELECT * {"], "line 1, column 11", id="syntax"),
    pytest.param(["build", "/nowhere"], "no such file or folder: /nowhere", id="no-plans"),
    pytest.param(["evaluate", "--gold", "/nowhere"], "no labels in /nowhere", id="no-labels"),
]


@pytest.mark.parametrize(("args", "message"), WRONG)
def test_what_is_wrong_is_one_line(args: list[str], message: str) -> None:
    done = cancu(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("cancu: ")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "args", [["trace", "x"], ["export", "tasks"], ["sparql", "ASK {}"], ["evaluate"], ["remove", "x"]]
)
def test_without_a_knowledge_base_it_says_how_to_build_one(tmp_path: Path, args: list[str]) -> None:
    done = cancu(*args, kb=tmp_path / "none")
    assert done.returncode == 2
    assert done.stderr.endswith("build one with `make build` or `cancu build PATH`\n")


def test_trace_prints_a_tree_or_data() -> None:
    assert cancu("trace", "719/qd-ubnd#ii.1").stdout.startswith(
        "719/QĐ-UBND#II.1\nNâng cấp Trung tâm dữ liệu\nChủ trì: Sở Khoa học và Công nghệ\n"
        "Thời hạn: 2025 -2030\nMã: CQS1.1\nCăn cứ kế thừa từ văn bản:\n└─ thuộc: "
    )
    answer = json.loads(cancu("trace", "719/QĐ-UBND", "--json").stdout)
    assert [[step["relation"] for step in path] for path in answer["paths"]] == [
        ["legal_basis"],
        ["legal_basis", "implements"],
    ]
    assert cancu("trace", "57-NQ/TW", "--down", "--format", "dot").stdout.startswith("digraph")
    assert cancu("trace", "57-NQ/TW", "--down", "--format", "mermaid").stdout.startswith("flowchart")


def test_the_top_points_down() -> None:
    top = cancu("trace", "57-nq/tw")
    assert (top.returncode, top.stderr.count("\n")) == (0, 1)
    assert top.stderr.endswith("cancu trace '57-NQ/TW' --down\n")
    assert cancu("trace", "719/QĐ-UBND").stderr == ""


def test_sparql_by_text_by_name_from_a_file_and_from_stdin(tmp_path: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?t a cc:Task }"
    (tmp_path / "count.rq").write_text(count, encoding="utf-8")
    wanted = "n\n3\n"
    assert cancu("sparql", count, "--format", "csv").stdout == wanted
    assert cancu("sparql", "-f", str(tmp_path / "count.rq"), "--format", "csv").stdout == wanted
    assert cancu("sparql", "-f", "-", "--format", "csv", stdin=count).stdout == wanted
    named = cancu("sparql", "tasks_of_directive", "--param", "directive=57-nq/tw", "--format", "csv").stdout
    assert len(named.splitlines()) == 4
    assert json.loads(cancu("sparql", "ASK {}").stdout) == {"head": {}, "boolean": True}
    table = cancu("sparql", "tasks_due_in_year", "--param", "year=2026", "--format", "table")
    assert "102/KH-UBND#1 " in table.stdout
    assert table.stderr == "1 rows\n"
    assert "tasks_due_in_year [--param year=INTEGER]\n" in cancu("sparql", "--list").stdout


def test_export_goes_to_stdout_or_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "tasks.jsonl"
    done = cancu("export", "tasks", "--out", str(out))
    assert (done.returncode, done.stdout) == (0, "")
    assert out.read_text(encoding="utf-8") == cancu("export", "tasks").stdout


def test_a_reader_that_stops_early_hears_nothing() -> None:
    env = {**os.environ, "CANCU_KB": str(small_kb())}
    with subprocess.Popen([*CANCU, "export", "graph"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        assert done.stdout.readline().startswith(b"<")
        done.stdout.close()
        assert done.stderr.read() == b""
    assert done.returncode == 0


@pytest.mark.parametrize("kind", ["tasks", "agencies", "graph"])
def test_a_full_device_is_one_plain_line(kind: str) -> None:
    with Path("/dev/full").open("wb") as full:
        env = {**os.environ, "CANCU_KB": str(small_kb())}
        done = subprocess.run([*CANCU, "export", kind], stdout=full, stderr=subprocess.PIPE, env=env, check=False)
    assert done.returncode == 2
    assert done.stderr == b"cancu: the output cannot be written: No space left on device\n"


def test_help_says_what_happens_without_an_option() -> None:
    said = " ".join(cancu("sparql", "--help").stdout.split())
    assert "[default: table on a terminal, else json or ttl]" in said


def test_json_is_a_format_of_trace() -> None:
    assert cancu("trace", "719/QĐ-UBND", "--format", "json").stdout == cancu("trace", "719/QĐ-UBND", "--json").stdout


def test_schema_is_json() -> None:
    assert json.loads(cancu("schema", "task").stdout)["properties"]["lead"]


def test_build_tells_counts_on_stdout_and_trouble_on_stderr(tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "a.txt").write_text(plan_text(11), encoding="utf-8")
    first = cancu("build", str(plans), kb=kb)
    where = f"knowledge base: {kb}\n"
    assert (first.returncode, first.stderr) == (0, where)
    assert "plans read " in first.stdout
    assert "facts without a quote " in first.stdout
    (plans / "b.txt").write_text("", encoding="utf-8")
    second = cancu("build", str(plans), kb=kb)
    assert (second.returncode, second.stderr) == (3, f"refused: b.txt: the file is empty\n{where}")
    third = cancu("build", str(plans), kb=kb)
    assert (third.returncode, third.stderr.splitlines()[0]) == (3, "nothing changed since the last build")
    nothing = cancu("add", str(plans / "b.txt"), kb=kb)
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert nothing.stderr == "refused: b.txt: the file is empty\ncancu: none of the files can be used\n"


def test_a_fault_of_ours_is_one_line_unless_asked(tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    live = kb / "generations" / "0001-abcdef01"
    live.mkdir(parents=True)
    (kb / "CURRENT").write_text(live.name, encoding="utf-8")
    (live / "manifest.json").write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    done = cancu("export", "tasks", kb=kb)  # its records are gone
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("cancu: internal error: FileNotFoundError")
