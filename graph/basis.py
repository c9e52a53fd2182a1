"""Which documents stand above an item, at any distance, by the rules of tracing, from the records alone.

`graph.trace` lists the paths from one node; here all nodes are needed for every item, and no path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from graph.trace import FOLLOWED

_UPWARDS = frozenset(FOLLOWED) - {"part_of", "cites", "approves"}
Edges = Mapping[str, Iterable[str]]


class Basis:
    """Links between documents as a graph to climb: Basis(links).above(task) are the IRIs above it, sorted."""

    def __init__(self, links: Iterable[Mapping[str, Any]]) -> None:
        self._all: defaultdict[str, set[str]] = defaultdict(set)
        self._by_item: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._from_document: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for link in links:
            if link["relation"] in _UPWARDS:
                low, high = link["from"], link["to"]
            elif link["relation"] == "approves":
                low, high = link["to"], link["from"]
            else:
                continue
            if link["stated_by"] is None:
                self._all[low].add(high)
                continue
            # what one item states counts for that item, and for the document where it stands
            self._by_item[link["stated_by"]][low].add(high)
            for document in {link["stated_in"], link["from"]}:
                self._from_document[document][low].add(high)

    def above(self, record: Mapping[str, Any]) -> tuple[str, ...]:
        """The documents above a task, duty, target or document record, its own document among them for an item."""
        if record["record"] == "document":
            start = record["id"]
            return tuple(sorted(self._climb([start], self._from_document.get(start, {})) - {start}))
        own = record["document"]
        stated: Mapping[str, set[str]] = self._by_item.get(record["id"], {})
        beside = {low: highs for low, highs in stated.items() if low != own}
        first = {own, *record.get("cites", ()), *stated.get(own, ())}
        return tuple(sorted(self._climb(first, beside)))

    def _climb(self, first: Iterable[str], beside: Edges) -> set[str]:
        seen: set[str] = set()
        waiting = list(first)
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting.extend(self._all.get(here, ()))
                waiting.extend(beside.get(here, ()))
        return seen
