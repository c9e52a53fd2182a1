"""SHACL over a built graph, and its findings in words for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyshacl
import pyshacl.shape
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP
from rdflib import SH, Dataset, Graph, URIRef
from rdflib.term import Literal, Node

from graph import iri
from graph.validate_facts import facts_graph
from ontology import load_shapes

# pySHACL looks every triple of a shape up in a list, for every node: as a set, this takes a third off the whole run.
QUICK_PARAMETERS = frozenset(ALL_CONSTRAINT_PARAMETERS), CONSTRAINT_PARAMETERS_MAP


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that must hold and does not: focus "…/muc/7", path "cc:text", "Exactly one text, not empty"."""

    focus: str
    path: str
    value: str
    message_vi: str
    message_en: str
    severity: str  # Violation | Warning | Info


def validate(dataset: Dataset) -> tuple[Violation, ...]:
    """Everything in the graph that its shapes refuse, sorted: () for a sound one."""
    setattr(pyshacl.shape, "CONSTRAINT_PARAMS", QUICK_PARAMETERS)  # noqa: B010  (its own name for a cache)
    conforms, report, text = pyshacl.validate(
        facts_of(dataset), shacl_graph=facts_graph(load_shapes()), inference=None, advanced=False, inplace=True
    )
    if not isinstance(report, Graph):
        raise RuntimeError(f"the shapes could not be checked: {text}")
    found = () if conforms else violations_of(report)
    return tuple(sorted(set(found), key=lambda each: (each.focus, each.path, each.value, each.message_en)))


def facts_of(dataset: Dataset) -> Graph:
    """The union of all graphs but the vocabulary, which has tests of its own."""
    ontology = URIRef(iri.graph_iri("ontology"))
    return facts_graph(triple for graph in dataset.graphs() if graph.identifier != ontology for triple in graph)


def violations_of(report: Graph) -> Iterable[Violation]:
    """The results of a SHACL report as plain values; of "this task is not well formed" the details alone."""
    results = set(report.subjects(SH.resultSeverity)) - set(report.subjects(SH.detail))
    for result in results:
        messages = list(report.objects(result, SH.resultMessage))
        yield Violation(
            focus=str(report.value(result, SH.focusNode) or ""),
            path=short_name(report.value(result, SH.resultPath)),
            value=str(report.value(result, SH.value) or ""),
            message_vi=message_in("vi", messages),
            message_en=message_in("en", messages),
            severity=str(report.value(result, SH.resultSeverity) or "").rpartition("#")[2],
        )


def message_in(language: str, messages: Iterable[Node]) -> str:
    """The message in one language, else whatever the shape says: message_in("en", [...])."""
    tagged = {each.language: str(each) for each in messages if isinstance(each, Literal)}
    return tagged.get(language) or next((tagged[each] for each in sorted(tagged, key=str)), "")


def short_name(property_: Node | None) -> str:
    """A property as people write it: "cc:text"; the whole IRI where it is not ours, "" where there is none."""
    if property_ is None:
        return ""
    name = str(property_)
    return f"cc:{name.removeprefix(iri.NAMESPACE)}" if name.startswith(iri.NAMESPACE) else name


def report_lines(violations: Iterable[Violation], language: str = "vi") -> list[str]:
    """One line for each finding: "Violation …/muc/7 cc:text: Phải có đúng một nội dung, không rỗng"."""
    return [
        f"{each.severity} {each.focus} {each.path}: {each.message_vi if language == 'vi' else each.message_en}"
        + (f" [{each.value}]" if each.value and each.value != each.focus else "")
        for each in violations
    ]
