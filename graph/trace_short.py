"""What rests on a directive, as a person reads it: each document once, a few of its tasks, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.names import Names
from graph.trace import write_step
from graph.trace_down import STATED, Below, Resting, Steps, count_by_document, sort_items
from graph.trace_notes import find_notes

FEW = 5  # tasks, duties and targets under each document
_MOST_DOCUMENTS = 30  # under each document, or as many as tasks
_COUNTED = {"documents": "văn bản", "tasks": "nhiệm vụ", "duties": "trách nhiệm", "targets": "chỉ tiêu"}
_LONGEST = 160  # characters of a task's words


def shorten_below(below: Below, names: Names, limit: int = FEW) -> dict[str, Any]:
    """A trace answer downwards with one path to each thing that is shown, and remarks on what is not."""
    return _Shortened(below, names, limit).write()


def say_counts(counts: Mapping[str, int]) -> str:
    """Counts in words: "221 nhiệm vụ, 40 trách nhiệm, 12 chỉ tiêu (3 tự nêu căn cứ)"."""
    said = [f"{counts[kind]} {word}" for kind, word in _COUNTED.items() if counts.get(kind)]
    stated = f" ({counts[STATED]} tự nêu căn cứ)" if counts.get(STATED) else ""
    return ", ".join(said) + stated if said else ""


class _Shortened:
    def __init__(self, below: Below, names: Names, limit: int) -> None:
        self.below, self.names, self.limit = below, names, limit
        self._most_documents = max(limit, _MOST_DOCUMENTS)
        self.counts = count_by_document(below)
        self.steps = Steps(names, below.start)
        self.described: dict[str, dict[str, Any]] = {}
        self.further: dict[str, list[Resting]] = {}
        for each in (*below.documents.values(), *sort_items(below.items.values())):
            self.further.setdefault(each.parent, []).append(each)

    def write(self) -> dict[str, Any]:
        start, names = self.below.start, self.names
        return {
            "start": start,
            "name": names.short(start),
            "down": True,
            "cut": self.below.cut,
            **find_notes(names, start),
            "remarks": self._remarks(start, say_counts(self.below.count(names.facts))),
            "paths": list(self._paths(start, ())),
        }

    def _paths(self, node: str, path: tuple[dict[str, Any], ...]) -> Iterator[tuple[dict[str, Any], ...]]:
        for each in self._shown(node):
            longer = (*path, self._step(each))
            further = list(self._paths(each.iri, longer))
            yield from further or [longer]

    def _shown(self, node: str) -> list[Resting]:
        found = self.further.get(node, [])
        documents = [each for each in found if not each.basis]
        return documents[: self._most_documents] + [each for each in found if each.basis][: self.limit]

    def _step(self, each: Resting) -> dict[str, Any]:
        step = write_step(self.steps.find(each), self.names, True, self.described)
        if each.basis:
            source = step["source"]
            # where the sentence is its own words, once is enough
            title = None if source and step["relation"] == "part_of" else _cut(step["title"] or "")
            return {
                **step,
                "basis": each.basis,
                "title": title,
                "source": source and {**source, "quote": _cut(source["quote"])},
            }
        return {**step, "basis": None, "remarks": self._remarks(each.iri, say_counts(self.counts[each.iri]))}

    def _remarks(self, node: str, counted: str) -> list[str]:
        """How much there is, and how much of it is not shown: ["221 nhiệm vụ", "hiện 5/221 nội dung"]."""
        found = self.further.get(node, [])
        items = sum(1 for each in found if each.basis)
        left = {"văn bản": len(found) - items - self._most_documents, "nội dung": items - self.limit}
        hidden = ", ".join(f"{count} {word}" for word, count in left.items() if count > 0)
        return [*([counted] if counted else []), *([f"không hiện hết: còn {hidden}"] if hidden else [])]


def _cut(text: str) -> str:
    """The beginning of a long text, on one line: "Tiếp tục rà soát, xây dựng, tham mưu …"."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
