"""One node of the graph as linked data: what it says, the words that was read in, what it points to is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from graph.facts import CC, ELI, MERGED, OA, PREF_LABEL, RDF_TYPE, RDFS_LABEL, SAME_AS, node
from graph.iri import HOME
from graph.names import is_iri
from graph.prefixes import PREFIXES
from search_api.live import Opened

# A description stays readable whatever a node is tied to; the rest can be asked for by SPARQL.
MOST_FACTS = 1000
MOST_EVIDENCE = 100  # annotations
MOST_POINTING = 40  # nodes that point here, on the page
_LONGEST = 1000  # characters of a path
_LABELS = ((PREF_LABEL,), (RDFS_LABEL,), (CC + "documentNumber", ELI + "title"), (CC + "officialName",))
_INTO = (OA + "hasTarget", OA + "hasSelector")  # from an annotation to its words


@dataclass(frozen=True, slots=True)
class Description:
    """What is told of a node: its own triples, those of its evidence, labels of the rest, and what was left out."""

    iri: str
    facts: tuple[ox.Triple, ...]
    evidence: tuple[ox.Triple, ...]
    labels: tuple[ox.Triple, ...]
    is_cut: bool


def base_of(here: Opened) -> str:
    """Where the IRIs of this generation begin; a program that runs elsewhere may have another base."""
    documents = here.names.documents
    return documents[0].iri.split("id/vn/", 1)[0] if documents else HOME


def find_node(here: Opened, path: str) -> str | None:
    """The IRI of ours that has this path: find_node(here, "topic/du-lieu-so"); concepts keep the project's own base."""
    if not path or len(path) > _LONGEST:
        return None
    for base in dict.fromkeys((base_of(here), HOME)):
        iri = f"{base}id/{path}"
        if is_iri(iri) and _is_told_of(here.store, iri):
            return iri
    return None


def describe_node(here: Opened, iri: str) -> Description:
    """The description of a node, bounded: describe_node(here, task).facts."""
    store = here.store
    facts = tuple(islice(_facts(store, iri), MOST_FACTS + 1))
    annotations = list(islice(_subjects(store, CC + "aboutSubject", iri), MOST_EVIDENCE + 1))
    is_cut = len(facts) > MOST_FACTS or len(annotations) > MOST_EVIDENCE
    facts = facts[:MOST_FACTS]
    explained = sorted(annotations)[:MOST_EVIDENCE]
    evidence = tuple(_read_into(store, [*explained, *_words_of(facts)]))
    known = {iri, *(each.subject.value for each in evidence if isinstance(each.subject, ox.NamedNode))}
    pointed = {each.object.value for each in (*facts, *evidence) if isinstance(each.object, ox.NamedNode)}
    labels = tuple(label for each in sorted(pointed - known) for label in list_labels(store, each))
    return Description(iri, facts, evidence, labels, is_cut)


def list_labels(store: ox.Store, iri: str) -> list[ox.Triple]:
    """The triples that say what a node is called, of the first kind of label that it has, hidden ones left out."""
    for predicates in _LABELS:
        quads = (store.quads_for_pattern(node(iri), node(each), None, MERGED) for each in predicates)
        if found := [each.triple for some in quads for each in some]:
            return sorted(found, key=str)
    return []


def list_pointing(store: ox.Store, iri: str) -> tuple[list[tuple[str, str]], bool]:
    """What points to a node, as (property, subject), and whether there is more: list_pointing(store, topic)."""
    skipped = {CC + "aboutSubject", CC + "aboutValue", CC + "assignee"}  # the last says again who leads or supports
    pointing = (
        (each.predicate.value, each.subject.value)
        for each in store.quads_for_pattern(None, None, node(iri), MERGED)
        if each.predicate.value not in skipped and isinstance(each.subject, ox.NamedNode)
    )
    found = list(islice(pointing, MOST_POINTING + 1))
    return sorted(found[:MOST_POINTING]), len(found) > MOST_POINTING


def document_triples(description: Description, dataset: str) -> Iterator[ox.Triple]:
    """What a description says of itself: which thing it is about, and of which dataset it is a part."""
    about = node(description.iri.replace("/id/", "/doc/", 1))
    yield ox.Triple(about, node(RDF_TYPE), node(PREFIXES["foaf"] + "Document"))
    yield ox.Triple(about, node(PREFIXES["foaf"] + "primaryTopic"), node(description.iri))
    yield ox.Triple(about, node(PREFIXES["void"] + "inDataset"), node(dataset))
    if description.is_cut:
        words = ox.Literal("There is more than stands here: ask for it at /sparql.", language="en")
        yield ox.Triple(about, node(PREFIXES["rdfs"] + "comment"), words)


def _is_told_of(store: ox.Store, iri: str) -> bool:
    told = next(store.quads_for_pattern(node(iri), None, None, MERGED), None)
    return bool(told or next(store.quads_for_pattern(None, None, node(iri), MERGED), None)) and not _is_alias(
        store, iri
    )


def _is_alias(store: ox.Store, iri: str) -> bool:
    return next(store.quads_for_pattern(None, node(SAME_AS), node(iri), MERGED), None) is not None


def _facts(store: ox.Store, iri: str) -> Iterator[ox.Triple]:
    return (each.triple for each in store.quads_for_pattern(node(iri), None, None, MERGED))


def _subjects(store: ox.Store, predicate: str, iri: str) -> Iterator[str]:
    for each in store.quads_for_pattern(None, node(predicate), node(iri), MERGED):
        if isinstance(each.subject, ox.NamedNode):
            yield each.subject.value


def _read_into(store: ox.Store, start: Iterable[str]) -> list[ox.Triple]:
    """The triples of annotations, of the places that they lead to, and of the words there, each once."""
    found: list[ox.Triple] = []
    ahead, seen = list(start), set()
    while ahead:
        iri = ahead.pop(0)
        if iri in seen:
            continue
        seen.add(iri)
        for triple in islice(_facts(store, iri), MOST_FACTS):
            found.append(triple)
            ahead += _words_of([triple])
    return found


def _words_of(triples: Iterable[ox.Triple]) -> list[str]:
    """Where triples lead on to the words of a text, as those of an annotation or of a place do."""
    into = (each for each in triples if each.predicate.value in _INTO)
    return [each.object.value for each in into if isinstance(each.object, ox.NamedNode)]
