"""What a record states of its time, its money and its result, in the closed words that a question may ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from search_api.cues import load_cues
from search_api.words import lower

_EXPECTED = {
    "task": ("deadline", "lead", "coordinating", "output", "funding"),
    "duty": ("deadline", "coordinating"),
    "target": ("year",),
}
_SAME = {"year": "deadline"}  # a target ends with its year


def list_states(record: Mapping[str, Any]) -> tuple[str, ...]:
    """What a reader looks for and the text leaves out, and who leads where it is nobody in particular.

    ("no-deadline", "no-funding", "collective-lead") of a task without a date and money that "các sở, ngành" lead.
    """
    missing = [f"no-{_SAME.get(name, name)}" for name in _EXPECTED.get(record["record"], ()) if not _has(record, name)]
    if any(body["collective"] for body in record.get("lead", ())):
        missing.append("collective-lead")
    return tuple(missing)


def list_recurrences(record: Mapping[str, Any]) -> tuple[str, ...]:
    """("recurring", "yearly") of what is done every year, ("ongoing",) of what has no end, ("conditional",)."""
    deadline = record.get("deadline") or {}
    if deadline.get("kind") == "recurring":
        return ("recurring", *filter(None, [deadline["recurrence"]]))
    return (deadline["kind"],) if deadline.get("kind") in ("ongoing", "conditional") else ()


def find_named(name: str, text: str | None) -> tuple[str, ...]:
    """The rows of a closed vocabulary that a text names: find_named("funding", "Ngân sách địa phương")."""
    return tuple(dict.fromkeys(_find(name, text))) if text else ()


def _find(name: str, text: str) -> Iterator[str]:
    said = " ".join(lower(text).split())
    for cue in load_cues()[name]:
        if cue.row["language"] == "vi" and cue.anywhere[0].search(said):
            yield cue.row["id"]


def _has(record: Mapping[str, Any], name: str) -> bool:
    if name == "deadline":
        return bool(record["deadline"]["kind"] != "none")
    return bool(record[name])
