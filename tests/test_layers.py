"""Imports point one way: ontology <- ingest <- graph <- search_api, and none hides inside a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

MAY_IMPORT: dict[str, set[str]] = {
    "ontology": set(),
    "ingest": {"ontology"},
    "graph": {"ontology", "ingest"},
    "search_api": {"ontology", "ingest", "graph"},
}
# Each command imports the part that it runs: a help text must not load torch.
LATE_IMPORTS = {"search_api/cli.py", "search_api/cli_ask.py"}
OURS = {*MAY_IMPORT, "tests", "data"}
MODULES = sorted(path.relative_to(ROOT).as_posix() for folder in MAY_IMPORT for path in (ROOT / folder).rglob("*.py"))


def read_tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def find_imports(tree: ast.AST, here: str) -> set[str]:
    """The top-level folders that a module imports; a relative import is of its own folder."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(here if node.level else (node.module or "").partition(".")[0])
    return found


def find_late_imports(tree: ast.AST) -> Iterator[int]:
    """Lines of imports inside functions, import_module and __import__ included."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom) or (isinstance(node, ast.Call) and is_dynamic(node)):
                    yield node.lineno


def is_dynamic(call: ast.Call) -> bool:
    called = ast.unparse(call.func)
    return called.endswith("import_module") or called == "__import__"


def test_there_are_modules() -> None:
    assert {Path(module).parts[0] for module in MODULES} == set(MAY_IMPORT)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module: str) -> None:
    here = Path(module).parts[0]
    assert (find_imports(read_tree(module), here) & OURS) - {here} <= MAY_IMPORT[here]


@pytest.mark.parametrize("module", [module for module in MODULES if module not in LATE_IMPORTS])
def test_no_import_hides_in_a_function(module: str) -> None:
    assert list(find_late_imports(read_tree(module))) == []


@pytest.mark.parametrize(
    ("code", "folders"),
    [
        pytest.param("import graph.iri as iri", {"graph"}, id="dotted"),
        pytest.param("from search_api.cli import main", {"search_api"}, id="from"),
        pytest.param("from . import records", {"ingest"}, id="relative"),
        pytest.param("if True:\n    from graph import iri", {"graph"}, id="nested"),
    ],
)
def test_imports_are_seen(code: str, folders: set[str]) -> None:
    assert find_imports(ast.parse(code), "ingest") == folders


@pytest.mark.parametrize("code", ["import torch", "from torch import nn", "importlib.import_module('torch')"])
def test_late_imports_are_seen(code: str) -> None:
    assert list(find_late_imports(ast.parse(f"def load():\n    {code}"))) == [2]
    assert list(find_late_imports(ast.parse(code))) == []
