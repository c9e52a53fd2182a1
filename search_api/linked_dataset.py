"""The dataset described for catalogues: VoID and DCAT, with counts, licence, files and the services over it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from graph.facts import CC, Facts, node
from graph.prefixes import PREFIXES
from search_api.download import MEDIA_TYPES
from search_api.linked_formats import RDF_FORMATS
from search_api.linked_node import base_of, list_labels
from search_api.live import Opened

DATASET = "dataset/can-cu"  # the path of the IRI that names all of it
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
WORDS: Mapping[str, Mapping[str, str]] = {
    "description": {
        "vi": "Kế hoạch của các tỉnh về khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số dưới dạng đồ thị tri "
        "thức: nhiệm vụ, cơ quan, thời hạn, chỉ tiêu, văn bản làm căn cứ, và câu chữ của từng thông tin. IRI không "
        "chính thức.",
        "en": "Plans of Vietnamese provinces for science, technology, innovation and digital transformation as a "
        "knowledge graph: tasks, bodies, deadlines, targets, the documents they rest on, and the words behind each "
        "fact. IRIs are unofficial.",
    },
    "rights": {
        "vi": "Văn bản hành chính không thuộc đối tượng bảo hộ quyền tác giả (Điều 15 Luật Sở hữu trí tuệ). Phần do "
        "chương trình tạo ra theo giấy phép Apache-2.0.",
        "en": "Administrative documents are not objects of copyright (Article 15 of Viet Nam's Law on Intellectual "
        "Property). What the program adds is under Apache-2.0.",
    },
}
KEYWORDS: Mapping[str, Sequence[str]] = {
    "vi": ("kế hoạch", "chuyển đổi số", "khoa học và công nghệ", "căn cứ pháp lý", "tỉnh"),
    "en": ("plans", "digital transformation", "science and technology", "legal basis", "provinces of Viet Nam"),
}
_W3C_FORMATS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
_VOCABULARIES = ("eli", "org", "skos", "prov", "oa", "dcterms", "dcat", "void")
_FILE = re.compile(r"/api/(?P<what>[a-z]+)\.(?P<format>\{format\}|[a-z]+)")
_MOST_EXAMPLES = 3
MOST_GRAPHS = 1000  # that a record lists one by one; all can be asked for at the SPARQL endpoint


@dataclass(frozen=True, slots=True)
class File:
    """One file that can be downloaded: File("/api/tasks.csv", "tasks", "csv", "text/csv")."""

    path: str
    what: str
    format: str
    media_type: str


def list_files(api: Mapping[str, Any]) -> Iterator[File]:
    """The files that a server offers, by its own OpenAPI document: "/api/tasks.{format}" is one for each format."""
    for path, operations in api["paths"].items():
        found, operation = _FILE.fullmatch(path), operations.get("get", {})
        parameters = operation.get("parameters", ())
        asks = any(each["in"] == "query" and each.get("required") for each in parameters)
        if not found or asks or found["what"] == "search":
            continue  # an answer to a question is no file of the dataset
        choices = next((each["schema"].get("enum", ()) for each in parameters if each["name"] == "format"), ())
        for each in choices if found["format"] == "{format}" else (found["format"],):
            media_type = MEDIA_TYPES.get(each, "application/octet-stream")
            yield File(f"/api/{found['what']}.{each}", found["what"], each, media_type)


def list_graphs(here: Opened) -> list[str]:
    """The named graphs, sorted: one for each text and a few that all share; the first of very many."""
    return sorted(each.value for each in here.store.named_graphs() if isinstance(each, ox.NamedNode))[:MOST_GRAPHS]


def count_classes(here: Opened) -> dict[str, int]:
    """How many of each thing there are, as the graph itself says: {"documents": 83, "tasks": 608, ...}."""
    facts = Facts(here.store)
    parts = facts.values(f"{base_of(here)}id/{DATASET}", _term("void", "classPartition"))
    counts = {each.rsplit("/", 1)[-1]: facts.value(each, _term("void", "entities")) for each in parts}
    return {name: int(count) for name, count in counts.items() if count}


def dataset_triples(here: Opened, site: str, files: Sequence[File]) -> Iterator[ox.Triple]:
    """The whole record; `site` is where this server answers, "https://example.org": services and files are there."""
    dataset = node(f"{base_of(here)}id/{DATASET}")
    for each in here.store.quads_for_pattern(dataset, None, None, ox.DefaultGraph()):
        yield each.triple
        if each.predicate.value == _term("void", "classPartition") and isinstance(each.object, ox.NamedNode):
            yield from (
                part.triple for part in here.store.quads_for_pattern(each.object, None, None, ox.DefaultGraph())
            )
    for prefixed, value in _about(here, site):
        yield ox.Triple(dataset, _node(prefixed), value)
    for graph in list_graphs(here):
        yield ox.Triple(dataset, _node("void:subset"), node(graph))
        yield ox.Triple(node(graph), _node("rdf:type"), _node("void:Dataset"))
        yield ox.Triple(node(graph), _node("void:dataDump"), node(dump_of(here, graph, site)))
    yield from _distributions(dataset, site, files)
    yield from _services(dataset, site)


def dump_of(here: Opened, graph: str, site: str) -> str:
    """Where a named graph can be downloaded as N-Triples."""
    return f"{site}/{graph.removeprefix(base_of(here))}.nt"


def schema_of_dataset(here: Opened, site: str, files: Sequence[File], language: str) -> dict[str, Any]:
    """The dataset in the words of schema.org, for searches of datasets."""
    return {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "Dataset",
        "@id": f"{base_of(here)}id/{DATASET}",
        "name": "Căn Cứ",
        "description": WORDS["description"][language],
        "keywords": KEYWORDS[language],
        "license": LICENCE,
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "dateModified": here.generation.finished.date().isoformat(),
        "version": here.generation.id,
        "url": f"{site}/dataset",
        "distribution": [
            {"@type": "DataDownload", "contentUrl": url, "encodingFormat": media_type}
            for url, media_type in (
                *((site + each.path, each.media_type) for each in files),
                *((dump_of(here, each, site), RDF_FORMATS["nt"]) for each in list_graphs(here)),
            )
        ],
    }


def _about(here: Opened, site: str) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    for name, words in WORDS.items():
        yield from ((f"dcterms:{name}", ox.Literal(text, language=each)) for each, text in words.items())
    for language, keywords in KEYWORDS.items():
        yield from (("dcat:keyword", ox.Literal(each, language=language)) for each in keywords)
    yield "dcterms:license", node(LICENCE)
    yield "dcterms:language", ox.Literal("vi")
    yield "dcterms:modified", ox.Literal(here.generation.finished.isoformat(), datatype=_node("xsd:dateTime"))
    yield "dcterms:identifier", ox.Literal("can-cu")
    yield "dcat:version", ox.Literal(here.generation.id)
    yield "dcat:landingPage", node(f"{site}/dataset")
    yield "void:sparqlEndpoint", node(f"{site}/sparql")
    yield "void:uriSpace", ox.Literal(f"{base_of(here)}id/")
    yield from (("void:vocabulary", node(PREFIXES[each])) for each in _VOCABULARIES)
    yield from (("void:feature", node(f"http://www.w3.org/ns/formats/{each}")) for each in _W3C_FORMATS)
    facts = Facts(here.store)
    held = [each["id"] for each in here.documents if each["held"]]
    for document in held[:_MOST_EXAMPLES]:
        examples = (document, *here.records.items_of(document, "task")[:1])
        yield from (("void:exampleResource", node(each)) for each in examples)
    provinces = {place for each in held for place in facts.values(each, CC + "inProvince")}
    yield from (("dcterms:spatial", node(each)) for each in sorted(provinces))


def label_triples(here: Opened, triples: Sequence[ox.Triple]) -> Iterator[ox.Triple]:
    """What the provinces and examples of a record are called."""
    for each in triples:
        if each.predicate.value in (_term("dcterms", "spatial"), _term("void", "exampleResource")):
            assert isinstance(each.object, ox.NamedNode)
            yield from list_labels(here.store, each.object.value)


def _distributions(dataset: ox.NamedNode, site: str, files: Sequence[File]) -> Iterator[ox.Triple]:
    for each in files:
        one = node(f"{site}/dataset#{each.what}-{each.format}")
        yield ox.Triple(dataset, _node("dcat:distribution"), one)
        yield ox.Triple(one, _node("rdf:type"), _node("dcat:Distribution"))
        yield ox.Triple(one, _node("dcterms:title"), ox.Literal(f"{each.what}, {each.format}", language="en"))
        yield ox.Triple(one, _node("dcterms:license"), node(LICENCE))
        yield ox.Triple(one, _node("dcat:accessURL"), node(site + each.path))
        yield ox.Triple(one, _node("dcat:downloadURL"), node(site + each.path))
        media_type = node(f"https://www.iana.org/assignments/media-types/{each.media_type}")
        yield ox.Triple(one, _node("dcat:mediaType"), media_type)
        if each.what == "graph":
            yield ox.Triple(dataset, _node("void:dataDump"), node(site + each.path))


def _services(dataset: ox.NamedNode, site: str) -> Iterator[ox.Triple]:
    services = {
        "sparql": ("SPARQL 1.1", f"{site}/sparql", "https://www.w3.org/TR/sparql11-protocol/"),
        "rest": ("REST", f"{site}/api", f"{site}/openapi.json"),
    }
    for name, (title, endpoint, described) in services.items():
        one = node(f"{site}/dataset#{name}")
        conforms = "dcterms:conformsTo" if name == "sparql" else "dcat:endpointDescription"
        yield ox.Triple(one, _node("rdf:type"), _node("dcat:DataService"))
        yield ox.Triple(one, _node("dcterms:title"), ox.Literal(title, language="en"))
        yield ox.Triple(one, _node("dcat:endpointURL"), node(endpoint))
        yield ox.Triple(one, _node(conforms), node(described))
        yield ox.Triple(one, _node("dcat:servesDataset"), dataset)


def _term(prefix: str, name: str) -> str:
    return PREFIXES[prefix] + name


def _node(prefixed: str) -> ox.NamedNode:
    prefix, _, name = prefixed.partition(":")
    return node(_term(prefix, name))
