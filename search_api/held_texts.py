"""The texts that a generation keeps, read again as its build read them, the last few ready for the next page."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from graph.inputs import Input, live_inputs
from graph.layouts import has_layout, read_kept
from ingest.source import SourceText, Unreadable
from search_api.live import Opened
from search_api.page_read_facts import Fact, in_order, list_doubts, list_facts, list_table_fields, read_items
from search_api.page_read_layout import Layout, Unit, lay_out
from search_api.per_generation import keep

_KEPT = 12  # texts that are ready, of one generation


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is laid out, and what was read in it."""

    layout: Layout
    facts: Sequence[Sequence[Fact]]  # of each unit
    counts: Mapping[str, int]  # of facts by kind
    kinds: Mapping[str, str]  # of each task, duty and target
    parts: Mapping[int, str]  # sections and annexes by where their heading begins


class _Shelf:
    """The texts of one generation."""

    def __init__(self, here: Opened) -> None:
        inputs = live_inputs(here.generation) if "used" in here.generation.manifest else ()
        kept = {each.file: each for each in inputs}
        held = [each for each in here.documents if each["held"] and each["file"] in kept]
        self.files: Mapping[str, str] = {each["file"]: each["id"] for each in held}  # file -> document
        self.inputs: Mapping[str, Input] = {each["id"]: kept[each["file"]] for each in held}
        self._ready: OrderedDict[str, Reading] = OrderedDict()
        self._lock = Lock()

    def read(self, here: Opened, document: str) -> Reading | None:
        if document not in self.inputs:
            return None
        with self._lock:
            if ready := self._ready.get(document):
                self._ready.move_to_end(document)
                return ready
        reading = _read(here, document, self.inputs[document])
        if reading is not None:
            with self._lock:
                self._ready[document] = reading
                while len(self._ready) > _KEPT:
                    self._ready.popitem(last=False)
        return reading


def list_texts(here: Opened) -> Mapping[str, str]:
    """The documents whose texts the generation keeps, by the name of their file."""
    return _shelf(here).files


def read_text(here: Opened, document: str) -> Reading | None:
    """The text of a document with what was read in it; None where the generation does not keep it."""
    return _shelf(here).read(here, document)


def find_input(here: Opened, document: str) -> Input | None:
    """The file of a document whose text the generation keeps."""
    return _shelf(here).inputs.get(document)


def read_laid_out(here: Opened, document: str) -> SourceText | None:
    """The text of a file that has pages or blocks, to say where its lines stand; None of plain text."""
    plan = find_input(here, document)
    reading = read_text(here, document) if plan and has_layout(here.generation, plan.sha256) else None
    return reading.layout.source if reading else None


@keep
def _shelf(here: Opened) -> _Shelf:
    return _Shelf(here)


def _read(here: Opened, document: str, plan: Input) -> Reading | None:
    try:
        source = read_kept(here.generation, plan)
    except Unreadable:
        return None
    items = read_items(here, document)
    layout = lay_out(source, list_table_fields(items))
    facts = in_order([*list_facts(here, document, items), *list_doubts(source.doubts)])
    kinds = {item["id"]: item["record"] for item in items}
    counts = Counter(fact.kind for fact in facts)
    return Reading(layout, list(_share_out(layout.units, facts)), counts, kinds, _find_parts(here, document))


def _share_out(units: Sequence[Unit], facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """The facts that touch each unit; both are in the order of the text."""
    at, running = 0, list[Fact]()
    for unit in units:
        while at < len(facts) and facts[at].start < unit.end:
            running.append(facts[at])
            at += 1
        running = [fact for fact in running if fact.end > unit.start]
        yield [fact for fact in running if fact.start < unit.end]


def _find_parts(here: Opened, document: str) -> dict[int, str]:
    parts = (here.records.get(iri) for iri in here.records.items_of(document, "part"))
    return {part["source"]["start"]: part["id"] for part in parts if part and part["kind"] != "paragraph"}
