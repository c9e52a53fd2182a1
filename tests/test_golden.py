"""From the words of a small excerpt to its graph: what a reader of the page would expect, read in review like code.

Each tests/golden/NAME.txt has its graph beside it, quotes left out; `python -m tests.test_golden` writes them anew.
"""

from __future__ import annotations

import pytest
from rdflib import Graph

from graph import iri
from graph.build import build_dataset
from graph.build_terms import CC
from graph.prefixes import PREFIXES
from graph.resolve import resolve_corpus
from ingest.extract import extract_file
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"
EXCERPTS = sorted(path.stem for path in GOLDEN.glob("*.txt"))
QUOTES = ("/chung-cu/", "/trich/")  # of evidence, and of the places that it points to


def read_graph(name: str) -> str:
    """The document, tasks, duties, targets and links of one excerpt as Turtle."""
    path = GOLDEN / f"{name}.txt"
    corpus = resolve_corpus([extract_file(path, path.name)], {})
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    held = {iri.graph_iri(document.id) for document in corpus.documents if document.held}
    for subject, predicate, value, where in build_dataset(corpus, "0.0.0").quads():
        is_quote = any(part in str(subject) for part in QUOTES)
        if str(where) in held and not is_quote and predicate != CC.sha256:
            graph.add((subject, predicate, value))
    return graph.serialize(format="turtle")


@pytest.mark.parametrize("name", EXCERPTS)
def test_an_excerpt_gives_its_graph(name: str) -> None:
    assert read_graph(name) == (GOLDEN / f"{name}.ttl").read_text(encoding="utf-8")


def test_there_are_excerpts() -> None:
    assert len(EXCERPTS) >= 3


if __name__ == "__main__":
    for each in EXCERPTS:
        (GOLDEN / f"{each}.ttl").write_text(read_graph(each), encoding="utf-8")
