"""One run of a build: read, resolve, build, validate, write, load, report, index, publish."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from graph.build import build_dataset
from graph.copies import drop_copies
from graph.extracting import extract_all
from graph.generations import FORMAT, Generation, Problem, publish_generation
from graph.inputs import (
    Input,
    Inputs,
    NothingUsable,
    Refused,
    Repeated,
    program_fingerprint,
    program_version,
    source_name,
    versions,
)
from graph.layouts import keep_sources
from graph.pictures import Pictures, has_pages
from graph.records import Corpus
from graph.report import REPORT, build_report, write_report
from graph.resolve import resolve_corpus
from graph.schema import write_records
from graph.store import count_rows, load_store, open_store
from graph.summary import count_records
from graph.validate import Violation, validate
from graph.write import write_dataset
from ingest.readers.tools import found_tools
from ingest.records import Extraction
from ingest.source import SourceText

T = TypeVar("T")


class Reporter(Protocol):
    """Whoever watches a build: a progress bar, a log, or nobody."""

    def start(self, stage: str, steps: int) -> None:
        """A stage begins: start("read", 5)."""

    def advance(self, steps: int = 1) -> None:
        """Steps of the stage are done."""

    def say(self, line: str) -> None:
        """Something worth knowing, in one line."""


class Silent:
    """Nobody watches."""

    def start(self, stage: str, steps: int) -> None:
        """Told to nobody."""

    def advance(self, steps: int = 1) -> None:
        """Told to nobody."""

    def say(self, line: str) -> None:
        """Told to nobody."""


class Indexer(Protocol):
    """Whoever makes a build searchable; search stands to the right of this folder, so it is handed in."""

    def matches(self, live: Generation) -> bool:
        """Whether a finished generation has just the index that would be written."""

    def write(self, draft: Path, live: Generation | None, cache: Path, reporter: Reporter) -> Mapping[str, Any]:
        """Write the index of a draft beside its records; returns what the manifest says of it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did; `unchanged` when the live generation already held just this."""

    generation: Generation
    used: tuple[str, ...]
    refused: tuple[Refused, ...]
    repeated: tuple[Repeated, ...]
    counts: Mapping[str, int]
    seconds: Mapping[str, float] = field(default_factory=dict)
    violations: tuple[str, ...] = ()
    unchanged: bool = False

    @property
    def exit_code(self) -> int:
        """0 when all was used, 3 when files or rows of them were refused and the rest is live."""
        return 3 if self.refused else 0


class Building:
    """One run through the stages, timed; everything is written into the draft."""

    def __init__(
        self, kb: Path, draft: Path, reporter: Reporter, indexer: Indexer | None, before: Generation | None
    ) -> None:
        self.kb, self.draft, self.reporter, self.indexer, self.before = kb, draft, reporter, indexer, before
        self.seconds: dict[str, float] = {}

    def run(self, inputs: Inputs, live: Sequence[Input]) -> Result:
        used, extractions, unusable = self._read(inputs, live)
        partly = [Refused(each.file, warning) for each in extractions for warning in each.warnings]
        refused = tuple(sorted((*inputs.refused, *unusable, *partly), key=lambda each: each.file))
        originals = {each.file: each.original for each in used if each.original}
        for each in extractions:
            for note in each.notes:
                self.reporter.say(f"{each.file}: {note}")
        corpus = self._stage("resolve", lambda: resolve_corpus(extractions, originals))
        dataset = self._stage("build", lambda: build_dataset(corpus, program_version()))
        violations = tuple(map(_describe, self._stage("validate", lambda: validate(dataset))))
        graph = self.draft / "graph.nq"
        self._stage("write", lambda: self._write_files(corpus, violations, lambda: write_dataset(dataset, graph)))
        quads = self._stage("load", lambda: load_store(graph, self.draft / "store"))
        sources = self._stage("report", lambda: self._write_report(corpus, used))
        pages = self._keep_pages(used, sources)
        store = open_store(self.draft / "store")
        counts = count_records(corpus) | {
            "quads": quads,
            "violations": len(violations),
            "facts_without_quote": count_rows(store, "facts_without_quote"),
        }
        del store
        index = self._write_index()
        made = {"counts": counts, "violations": violations, "index": index, "pages": pages}
        generation = self._stage("publish", lambda: self._publish(inputs, used, refused, made))
        names = tuple(each.file for each in used)
        return Result(generation, names, refused, inputs.repeated, counts, self.seconds, violations)

    def _read(self, inputs: Inputs, live: Sequence[Input]) -> tuple[list[Input], list[Extraction], list[Refused]]:
        """The plans that can be used, as kept copies, and what they yield."""
        sources = self.draft / "sources"
        sources.mkdir()
        cache = self.kb / "cache" / "extractions"
        copies = [self._keep(each, sources) for each in inputs.plans]
        extractions, refused = self._stage(
            "read", lambda: extract_all(copies, cache, self.reporter.advance, self.reporter.say), len(copies)
        )
        extractions, repeated = drop_copies(extractions, {each.file for each in inputs.plans if each in live})
        refused += repeated
        unusable = {each.file for each in refused}
        fresh = {each.file for each in inputs.plans if each not in live}
        if fresh and fresh <= unusable:
            raise NothingUsable((*inputs.refused, *refused))
        # a plan that cannot be read does not push out the one that had its name
        back = [self._keep(each, sources) for each in live if each.file in unusable and each not in inputs.plans]
        extractions += extract_all(back, cache, lambda: None, self.reporter.say)[0]
        extractions, repeated = drop_copies(extractions, {each.file for each in live})
        refused += repeated
        unusable |= {each.file for each in repeated}
        used = sorted([each for each in copies if each.file not in unusable] + back, key=lambda each: each.file)
        for gone in {each.path for each in copies} - {each.path for each in used}:
            gone.unlink()
        return used, sorted(extractions, key=lambda each: each.file), refused

    def _keep(self, plan: Input, sources: Path) -> Input:
        """A copy of the plan's bytes in the draft; what an older generation holds is shared with it."""
        kept = sources / source_name(plan.file, plan.sha256)
        if plan.path.is_relative_to(self.kb / "generations"):
            os.link(plan.path, kept)
        else:
            shutil.copyfile(plan.path, kept)
            if _hash_file(kept) != plan.sha256:
                raise Problem(f"{plan.file} changed while it was being read: build again")
        return replace(plan, path=kept)

    def _stage(self, name: str, work: Callable[[], T], steps: int = 1) -> T:
        self.reporter.start(name, steps)
        began = time.perf_counter()
        done = work()
        self.seconds[name] = time.perf_counter() - began
        return done

    def _write_files(self, corpus: Corpus, violations: Sequence[str], write_graph: Callable[[], None]) -> None:
        write_graph()
        write_records(corpus, self.draft / "records.jsonl")
        (self.draft / "shacl-report.txt").write_text("".join(f"{each}\n" for each in violations), encoding="utf-8")

    def _write_report(self, corpus: Corpus, used: Sequence[Input]) -> Mapping[str, SourceText]:
        sources = keep_sources(used, self.kb / "cache" / "extractions", self.draft)
        write_report(build_report(corpus, sources), self.draft / REPORT)
        return sources

    def _keep_pages(self, used: Sequence[Input], sources: Mapping[str, SourceText]) -> Mapping[str, int]:
        """The pictures of pages; the stage is not spoken of where no file has any."""
        steps = sum(has_pages(each) for each in sources.values())
        pictures = Pictures(self.kb / "cache", self.draft, self.reporter.say)
        keep = partial(pictures.keep, used, sources, self.before, self.reporter.advance)
        return asdict(self._stage("pages", keep, steps) if steps else keep())

    def _write_index(self) -> Mapping[str, Any] | None:
        """The indexer tells the reporter itself, for it alone knows how many steps there are."""
        if self.indexer is None:
            return None
        began = time.perf_counter()
        index = self.indexer.write(self.draft, self.before, self.kb / "cache", self.reporter)
        self.seconds["index"] = time.perf_counter() - began
        return index

    def _publish(
        self,
        inputs: Inputs,
        used: Sequence[Input],
        refused: Sequence[Refused],
        made: Mapping[str, Any],
    ) -> Generation:
        """The generation with its manifest: what went in, what was refused, and what was `made` of it."""
        hashes = {name: _hash_file(self.draft / name) for name in ("graph.nq", "records.jsonl")}
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "inputs": inputs.as_json(),
            "used": [each.as_json() for each in used],
            "refused": [asdict(each) for each in refused],
            **made,
            "hashes": hashes,
            "program": program_fingerprint(),
            "tools": sorted(found_tools()),
            "versions": versions(),
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        (self.draft / "manifest.json").write_text(text + "\n", encoding="utf-8")
        digest = hashlib.sha256("".join(hashes.values()).encode()).hexdigest()
        return publish_generation(self.kb, self.draft, digest)


def _hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _describe(violation: Violation) -> str:
    return f"{violation.focus} {violation.path}: {violation.message_en}"
