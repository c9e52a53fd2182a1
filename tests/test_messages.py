"""Words of the interface: both languages say the same, each message is in use, and one thing has one name."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

from search_api.messages import FOLDER, LANGUAGES, load_messages
from tests.conftest import ROOT

FILES = sorted(FOLDER.glob("*.json"))
CODE = [path for folder in ("ingest", "graph", "search_api") for path in (ROOT / folder).rglob("*.py")]
TEMPLATES = sorted((ROOT / "search_api" / "templates").glob("*.html"))

# Several people wrote these pages; what stands left was found in them, what stands right is what officers say.
ONE_NAME = [
    ("vi", "kho tri thức", "cơ sở dữ liệu"),
    ("vi", "cơ sở tri thức", "cơ sở dữ liệu"),
    ("vi", "dữ kiện", "thông tin"),
    ("vi", "dựa (vào|trên)", "căn cứ vào"),
    ("vi", "tìm kiếm", "tra cứu"),
    ("vi", "bộ lọc", "điều kiện"),
    ("vi", "dẫn chiếu", "viện dẫn"),
    ("vi", "kế tục", "kế thừa"),
    ("vi", "địa bàn", "tỉnh, thành phố"),
    ("vi", "bản dựng", "lần dựng"),
    ("vi", "năm kết thúc", "năm đến hạn"),
    ("vi", "lỗi in", "lỗi chính tả"),
    ("en", "bod(y|ies)", "agency"),
    ("en", "database", "knowledge base"),
]


@cache
def read_strings() -> tuple[frozenset[str], frozenset[str]]:
    """The strings that code and templates hold, and those that begin one put together: "say['level_' ~ name]"."""
    whole, begun = {"inverse"}, set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun.add(str(node.values[0].value))
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        whole |= {*re.findall(r"say\.(\w+)", text), *re.findall(r"'/?([^'\n]*)'", text)}
        begun |= set(re.findall(r"'([^'\n]*)' ~", text))
    return frozenset(whole | read_names()), frozenset(each for each in begun if each.endswith("_"))


def read_names() -> set[str]:
    """Names from data that end a key: figures of accuracy, and what shipped queries leave open."""
    scores = json.loads((ROOT / "search_api" / "accuracy.json").read_text(encoding="utf-8"))
    queries = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "graph" / "queries").rglob("*.rq"))
    return {each["metric"] for rows in scores.values() for each in rows} | set(re.findall(r"[?$](\w+)", queries))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_messages_are_sorted(file: Path) -> None:
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert list(rows) == sorted(rows)
    assert {key: set(row) for key, row in rows.items() if set(row) != set(LANGUAGES)} == {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_every_message_is_in_use(file: Path) -> None:
    whole, begun = read_strings()
    ends = {key: [key.removeprefix(each).removesuffix("_inverse") for each in begun if key.startswith(each)]
            for key in json.loads(file.read_text(encoding="utf-8")) if key not in whole}  # fmt: skip
    assert [key for key, some in ends.items() if whole.isdisjoint(some)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.name))
def test_every_message_that_a_template_says_exists(path: Path) -> None:
    said = re.findall(r"\bsay\.(\w+)|\bsay\['(\w+)'\]", path.read_text(encoding="utf-8"))
    assert {one or other for one, other in said} - {"get"} - load_messages("vi").keys() == set()


def test_both_languages_use_the_same_places() -> None:
    names = re.compile(r"\{(\w*)\}")
    vi, en = load_messages("vi"), load_messages("en")
    assert {key for key in vi if set(names.findall(vi[key])) != set(names.findall(en[key]))} == set()


@pytest.mark.parametrize(("language", "other", "name"), ONE_NAME)
def test_one_thing_has_one_name(language: str, other: str, name: str) -> None:
    said = re.compile(rf"\b{other}\b", re.IGNORECASE)
    assert [key for key, words in load_messages(language).items() if said.search(words)] == [], f"say “{name}”"
    if language == "vi":  # templates hold names of tags and classes in English
        assert [path.name for path in TEMPLATES if said.search(path.read_text(encoding="utf-8"))] == []
