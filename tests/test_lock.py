"""requirements.lock installs the same environment everywhere, with a GPU and without one."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tests.conftest import ROOT

PINNED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][0-9A-Za-z.]*(?:\.post[0-9]+)?(?:  # extra: [a-z]+)?")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
PINS = [line for line in LOCK if line and not line.startswith("#")]


def fold(requirement: str) -> str:
    """The name as indexes compare it: "huggingface_hub==2.4.0" is "huggingface-hub"."""
    name = NAME.match(requirement)
    assert name is not None, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def find_direct() -> list[str]:
    """What pyproject.toml names: the program, what rare kinds of files need, its tests, the build."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    program, tests = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    extras = (each for group in find_extras().values() for each in group)
    return sorted(
        {fold(requirement) for requirement in (*program, *extras, *tests, *project["build-system"]["requires"])}
    )


def find_extras() -> dict[str, list[str]]:
    """What is installed on request alone: {"ocr": ["pillow>=11", ...]}."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    return extras


def test_every_line_is_one_exact_version() -> None:
    assert [line for line in PINS if not PINNED.fullmatch(line)] == []


def test_torch_is_not_of_one_machine() -> None:
    assert [line for line in PINS if fold(line) == "torch"] == ["torch==2.13.0"]


@pytest.mark.parametrize("text", ["+", "file:", "--hash", "--index", "--extra-index", "--find-links", "://", "@"])
def test_nothing_ties_the_lock_to_a_machine(text: str) -> None:
    assert [line for line in LOCK if text in line] == []


def test_no_package_needs_a_gpu() -> None:
    assert [line for line in PINS if fold(line).startswith(("nvidia", "cuda", "triton"))] == []


def test_each_package_once_and_in_order() -> None:
    names = [fold(line) for line in PINS]
    assert len(set(names)) == len(names)
    assert names == sorted(names)


@pytest.mark.parametrize("file", ["requirements.in", "requirements.lock"])
def test_extras_are_marked(file: str) -> None:
    marked = [line.split("  # extra: ") for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    found = sorted((part[1], fold(part[0])) for part in marked if len(part) > 1)
    assert found == sorted((extra, fold(each)) for extra, group in find_extras().items() for each in group)


@pytest.mark.parametrize("name", find_direct())
def test_direct_dependency_is_locked_and_explained(name: str) -> None:
    assert name in {fold(line) for line in PINS}
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert len(re.findall(rf"^\| {re.escape(name)} \|", text, re.MULTILINE)) == 1


def test_lists_of_direct_dependencies_agree() -> None:
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    assert sorted(fold(line) for line in lines if line and not line.startswith("#")) == find_direct()


def test_docs_name_nothing_that_is_gone() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([@a-z0-9./-]+) \|", text, re.MULTILINE)
    pages = json.loads((ROOT / "search_api" / "web" / "package.json").read_text(encoding="utf-8"))
    loaded = {*pages["dependencies"], *pages["devDependencies"]}
    named = [row for row in rows if row not in ("package", "program")]  # the heads of the tables
    assert sorted(named) == sorted({*find_direct(), *loaded})
