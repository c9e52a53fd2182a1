"""The parts of the README that the program itself prints; `python -m tests.readme` writes them anew.

Each stands between `<!-- name -->` and `<!-- /name -->`; `tests/test_docs.py` compares them with a fresh build. The
accuracy is put where the page "About" finds it as well.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
ACCURACY = ROOT / "search_api" / "accuracy.json"
WIDTH = "100"
_SCORE = re.compile(r"^\| (\S.*?) \| ([\d.]+|-) \| (\d+) \|", re.MULTILINE)
_COMMAND = re.compile(r"^\$ \.venv/bin/cancu (.+)$", re.MULTILINE)


def read_part(name: str) -> str:
    """What stands between the marks of one part."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise LookupError(f"the README has no part {name}")
    return found[1]


def transcript(name: str, kb: Path) -> str:
    """A part as it should be: its command and what that prints now."""
    found = _COMMAND.search(read_part(name))
    if found is None:
        raise LookupError(f"part {name} has no command")
    return f"```console\n{found[0]}\n{run_cancu(found[1], kb)}```\n"


def run_cancu(arguments: str, kb: Path) -> str:
    """What a command prints on stdout at a fixed width."""
    words = [word.strip("'") for word in arguments.split()]
    command = [str(Path(sys.executable).parent / "cancu"), *words, "--kb", str(kb)]
    environment = {**os.environ, "COLUMNS": WIDTH}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def write_part(name: str, text: str) -> None:
    """Put a part in place."""
    whole = README.read_text(encoding="utf-8")
    marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    README.write_text(marked.sub(lambda found: found[1] + text + found[2], whole), encoding="utf-8")


def read_accuracy() -> dict[str, list[dict[str, str | int]]]:
    """What `cancu evaluate` printed: read_accuracy()["records"][0] == {"metric": "tasks: F1", "value": "1.000", …}."""
    parts = {"records": "evaluate", "search": "evaluate-search"}
    return {
        name: [{"metric": row[0], "value": row[1], "n": int(row[2])} for row in _SCORE.findall(read_part(part))]
        for name, part in parts.items()
    }


def write_accuracy() -> None:
    """Put it where the pages find it."""
    ACCURACY.write_text(json.dumps(read_accuracy(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Build afresh and write every part; the benchmark only on request, since it takes a minute."""
    with tempfile.TemporaryDirectory() as folder:
        kb = Path(folder)
        for name in ("build", "search", "trace"):
            write_part(name, transcript(name, kb))
        write_part("evaluate", run_cancu("evaluate", kb))
        write_part("evaluate-search", run_cancu("evaluate --search", kb))
    write_accuracy()
    if "--bench" in sys.argv:
        bench = [sys.executable, "-m", "tests.bench"]
        write_part("bench", subprocess.run(bench, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
