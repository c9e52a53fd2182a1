"""Files are read in a process of their own: what it may take, and what it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.readers import sandbox
from ingest.readers.dispatch import read_source
from ingest.readers.kinds import Kind
from ingest.readers.layout import LaidCell, LaidGrid, LaidPlace, Layout
from ingest.readers.layout_json import dump_layout, parse_layout
from ingest.readers.reading import Place
from ingest.readers.sandbox import Keeping, Limits, read_apart
from ingest.source import Unreadable
from tests.made_files import small_docx, zip_of

GIB = 2**30


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.docx"
    path.write_bytes(small_docx(1))
    return path


def test_a_file_is_read_apart(plan: Path) -> None:
    layout = read_apart(plan, Kind.DOCX)
    assert "Số: 1/KH-UBND\n" in layout.text
    assert layout.places[0].place.block


def test_a_table_that_is_vast_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(f"<table><tr>{'<td>a' * 1000}{'<tr><td>b' * 5000}</table>")
    with pytest.raises(Unreadable, match=r"more than 5,000,000 cells"):
        read_apart(path, Kind.HTML)


def run_instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child run something else behind the same limits."""
    begin = "import sys; from ingest.readers.child import *; limit_self(*map(int, sys.argv[1:3])); leave_with_parent();"
    whole = subprocess.Popen

    def start(command: list[str], **rest: object) -> object:
        return whole([sys.executable, "-c", begin + code, *command[3:]], **rest)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", start)


@pytest.mark.parametrize(
    ("code", "limits", "reason"),
    [
        pytest.param("\nwhile True: pass", Limits(GIB, 1, 60), "more than 1 seconds of work", id="work"),
        pytest.param("import time; time.sleep(60)", Limits(GIB, 60, 1), "longer than 1 seconds", id="time"),
        pytest.param("bytearray(2**31)", Limits(GIB, 60, 60), "failed in its own process", id="memory"),
        pytest.param("os.abort()", Limits(GIB, 60, 60), r"failed in its own process \(code -6\)", id="crash"),
        pytest.param("pass", Limits(GIB, 60, 60), "without a word", id="nothing"),
        pytest.param("Path(sys.argv[5]).write_text('[]')", Limits(GIB, 60, 60), "is no text", id="nonsense"),
        pytest.param("Path(sys.argv[5]).write_text('[' * 10**6)", Limits(GIB, 60, 60), "is no text", id="deep"),
        pytest.param(
            r"Path(sys.argv[5]).write_bytes(b'\xe1\xba')", Limits(GIB, 60, 60), "is no text", id="half-a-letter"
        ),
    ],
)
def test_limits(plan: Path, monkeypatch: pytest.MonkeyPatch, code: str, limits: Limits, reason: str) -> None:
    run_instead(monkeypatch, code)
    with pytest.raises(Unreadable, match=reason):
        read_apart(plan, Kind.DOCX, limits=limits)


def test_what_a_child_says_steers_no_terminal(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = json.dumps({"refused": "a\n\x1b[2Jb"})
    run_instead(monkeypatch, f"Path(sys.argv[5]).write_text({said!r})")
    with pytest.raises(Unreadable, match=r"^a \[2Jb$"):
        read_apart(plan, Kind.DOCX)
    said = dump_layout(Layout("Kế hoạch", notes=("\x1b]0;b\x07 left out",)))
    monkeypatch.undo()
    run_instead(monkeypatch, f"Path(sys.argv[5]).write_text({said!r})")
    assert read_apart(plan, Kind.DOCX).notes == ("]0;b left out",)


def test_progress_is_told(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_BETWEEN_LINES", 0.0)
    code = "tell = keep_output(); tell(1, 2); print('noise'); import time; time.sleep(0.2); tell(2, 2); time.sleep(0.2)"
    run_instead(monkeypatch, code)
    said: list[str] = []
    with pytest.raises(Unreadable):
        read_apart(plan, Kind.DOCX, Keeping(tell=said.append))
    assert said == ["page 1 of 2", "page 2 of 2"]


def test_what_a_child_starts_ends_with_it(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = tmp_path / "pid"
    code = (
        "import subprocess; "
        f"Path({str(noted)!r}).write_text(str(subprocess.Popen(['sleep', '600']).pid)); import time; time.sleep(60)"
    )
    run_instead(monkeypatch, code)
    with pytest.raises(Unreadable):
        read_apart(plan, Kind.DOCX, limits=Limits(GIB, 60, 3))
    for _ in range(50):
        if not is_running(int(noted.read_text())):
            return
        time.sleep(0.1)
    raise AssertionError("it still runs")


def is_running(pid: int) -> bool:
    """Whether a process does anything: one that ended may wait for its parent to notice."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def test_a_child_has_no_network() -> None:
    code = (
        "from ingest.readers.child import leave_network; leave_network(); "
        "print(open('/proc/net/dev').read().count(':'))"
    )
    links = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    if os.geteuid() != 0 and links != "1":
        pytest.skip("this system does not let a user leave the network")
    assert links == "1"  # the loop to itself, which is down


def test_a_hostile_package_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "' + "x" * 1000 + '"><!ENTITY c "' + "&b;" * 1000 + '">]>'
    main = f"{bomb}<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p>"
    main += "<w:r><w:t>" + "&c;" * 1000 + "</w:t></w:r></w:p></w:body></w:document>"
    path = tmp_path / "bomb.docx"
    path.write_bytes(zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": main.encode()}))
    with pytest.raises(Unreadable) as caught:
        read_source(path, "bomb.docx")
    assert "\n" not in caught.value.reason


def test_a_layout_survives_json() -> None:
    layout = Layout(
        "Một\nhai",
        (LaidGrid(1, 2, (LaidCell(0, 0, 1, 2, 0, 3),), 0, 3),),
        (LaidPlace(0, 3, Place("p[1]", 2, (0.0, 1.5, 2.0, 3.0))), LaidPlace(4, 7, Place("p[2]"))),
        ((0, 2),),
        4,
        ("hidden rows were left out",),
        3,
    )
    assert parse_layout(dump_layout(layout)) == layout


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"text": "a", "grids": [[1]]}'])
def test_no_layout(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_layout(text)
