"""Code knows no province, no plan and no document by name: such names live in ontology/*.ttl and data/."""

from __future__ import annotations

import ast
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SKOS

from tests.conftest import ROOT

FOLDERS = ("ingest", "graph", "search_api")
MODULES = sorted(path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
QUERIES = sorted(path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in (ROOT / folder).rglob("*.rq"))
PROVINCE = URIRef("https://w3id.org/cancu/ns#Province")
KIND_OF_PROVINCE = re.compile(r"^(?:tỉnh|thành phố)\s+", re.IGNORECASE)
# "719/QĐ-UBND", "193/2025/QH15", "57-NQ/TW"; patterns of such numbers hold \d, not digits.
DOCUMENT_NUMBER = re.compile(
    r"\d+\s*/\s*(?:\d{4}\s*/\s*)?[A-ZĐ]{1,3}r?\s*-\s*[A-ZĐ]\w*|\d+\s*/\s*\d{4}\s*/\s*QH\d+|\d+\s*-\s*[A-ZĐ]{2,}\s*/\s*[A-ZĐ]{2}"
)
EXAMPLE = "12/KH-UBND"  # what error messages show; no plan here has this number


def fold(text: str) -> str:
    """Words only, without case: "Hưng-Yên" and r"Hưng\\s+Yên" are "hưng yên"."""
    plain = re.sub(r"\\[a-zA-Z][+*?]?", " ", unicodedata.normalize("NFC", text))
    return " ".join(re.findall(r"[^\W_]+", plain.lower()))


def strip_accents(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def find_provinces() -> frozenset[str]:
    """Folded short names of two words or more; a single word (Huế) may be anything."""
    graph = Graph().parse(ROOT / "ontology" / "provinces.ttl", format="turtle")
    labels = [
        str(label)
        for province in graph.subjects(RDF.type, PROVINCE)
        for label in graph.objects(province, SKOS.prefLabel)
        if getattr(label, "language", None) == "vi"
    ]
    names = {fold(KIND_OF_PROVINCE.sub("", label)) for label in labels}
    return frozenset(name for name in names if " " in name)


@cache
def find_plan_files() -> frozenset[str]:
    rows = json.loads((ROOT / "data" / "plans" / "manifest.json").read_text(encoding="utf-8"))
    return frozenset(name.rpartition(".")[0] for row in rows for name in (row["file"], row["original"]))


def find_literals(source: str) -> Iterator[tuple[int, str]]:
    """Every string in the code, pieces of f-strings too; docstrings and comments are free to quote examples."""
    tree = ast.parse(source)
    bodies = [node for node in ast.walk(tree) if hasattr(node, "body") and isinstance(node.body, list)]
    # A string that stands alone as a statement is a docstring or a note, not data.
    notes = {id(line.value) for node in bodies for line in node.body if isinstance(line, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in notes:
            value = node.value.decode("utf-8", "replace") if isinstance(node.value, bytes) else node.value
            if isinstance(value, str):
                yield node.lineno, value


def find_names(text: str) -> list[str]:
    """What a literal must not say."""
    words = f" {fold(text)} "
    # "hằng năm định kỳ" names nobody, "nam-dinh" does: accents count where a literal has any.
    names = find_provinces() if not words.isascii() else {strip_accents(name) for name in find_provinces()}
    provinces = [name for name in sorted(names) if f" {name} " in words]
    files = [name for name in sorted(find_plan_files()) if name in text]
    return provinces + [number for number in DOCUMENT_NUMBER.findall(text) if number != EXAMPLE] + files


def test_provinces_are_known() -> None:
    assert len(find_provinces()) >= 60
    assert {"hưng yên", "hà nam", "tuyên quang"} <= find_provinces()


def test_the_example_number_is_of_no_plan() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "data" / "plans").iterdir()]
    assert [text for text in texts if re.search(rf"\b{EXAMPLE}", text)] == []


@pytest.mark.parametrize("module", MODULES)
def test_no_literal_names_a_plan(module: str) -> None:
    source = (ROOT / module).read_text(encoding="utf-8")
    assert [(line, found) for line, text in find_literals(source) if (found := find_names(text))] == []


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_names_a_plan(query: str) -> None:
    lines = (ROOT / query).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.lstrip().startswith("#") and find_names(line)] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        pytest.param('X = "tỉnh Hưng Yên"', ["hưng yên"], id="accents"),
        pytest.param('X = "vn/hung-yen/"', ["hung yen"], id="slug"),
        pytest.param(r'X = re.compile(r"Tuyên\s+Quang")', ["tuyên quang"], id="pattern"),
        pytest.param('X = f"{a} Hà Nam {b}"', ["hà nam"], id="f-string"),
        pytest.param('X = "số 719/QĐ-UBND"', ["719/QĐ-UBND"], id="number"),
        pytest.param('X = "57-NQ/TW"', ["57-NQ/TW"], id="party-number"),
        pytest.param('X = "193/2025/QH15"', ["193/2025/QH15"], id="law"),
        pytest.param('X = "000_511e82507eab59f1.txt"', ["000_511e82507eab59f1"], id="file"),
        pytest.param('X = "http://www.w3.org/2001/XMLSchema#"', [], id="namespace"),
        pytest.param('X = "such as 12/KH-UBND"', [], id="example-of-a-message"),
        pytest.param('X = "hằng năm định kỳ"', [], id="accents-tell-apart"),
        pytest.param('X = "ha namespace"', [], id="inside-a-word"),
        pytest.param('"""719/QĐ-UBND of Hưng Yên"""', [], id="docstring"),
        pytest.param('def f():\n    """719/QĐ-UBND of Hưng Yên"""', [], id="docstring-of-a-function"),
        pytest.param("X = 1  # 719/QĐ-UBND of Hưng Yên", [], id="comment"),
        pytest.param(r'X = r"\d+/QĐ-UBND"', [], id="pattern-of-any-number"),
    ],
)
def test_names_are_seen(code: str, found: list[str]) -> None:
    assert [name for _, text in find_literals(code) for name in find_names(text)] == found
