"""What a build tells the person who started it: counts, a table, a line for each file that could not be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from graph.records import Corpus

ROWS = {
    "documents_held": "plans read",
    "documents_cited": "documents cited, not held",
    "tasks_table": "tasks in tables",
    "tasks_prose": "tasks in prose",
    "duties": "duties",
    "targets": "targets",
    "mentions_resolved": "mentions resolved",
    "mentions_unresolved": "mentions unresolved",
    "links": "links between documents",
    "agencies": "agencies",
    "quads": "quads",
    "violations": "SHACL violations",
    "facts_without_quote": "facts without a quote",
}


def count_records(corpus: Corpus) -> dict[str, int]:
    """How many records of each kind there are: {"documents_held": 5, "tasks_table": 221, ...}."""
    forms = Counter(task.form for task in corpus.tasks)
    held = sum(document.held for document in corpus.documents)
    resolved = sum(mention.target is not None for mention in corpus.mentions)
    return {
        "documents_held": held,
        "documents_cited": len(corpus.documents) - held,
        "tasks_table": forms["table"],
        "tasks_prose": forms["prose"],
        "duties": len(corpus.duties),
        "targets": len(corpus.targets),
        "mentions_resolved": resolved,
        "mentions_unresolved": len(corpus.mentions) - resolved,
        "links": len(corpus.links),
        "agencies": len(corpus.agencies),
    }


def render_summary(counts: Mapping[str, int], seconds: Mapping[str, float]) -> str:
    """The table after a build, one row a count: "tasks in tables        221"."""
    rows = [(label, f"{counts[name]:,}") for name, label in ROWS.items() if name in counts]
    if seconds:
        rows.append(("seconds", f"{sum(seconds.values()):.1f}"))
    wide = max(len(label) for label, _ in rows)
    right = max(len(value) for _, value in rows)
    return "\n".join(f"{label:<{wide}}  {value:>{right}}" for label, value in rows)
