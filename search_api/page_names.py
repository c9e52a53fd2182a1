"""Paths of pages as names of things: the record of a path, and where a path that is another name leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.facts import SAME_AS
from graph.names import Unknown, is_iri
from search_api.live import Opened
from search_api.page_base import tail
from search_api.present import say_short

_LONGEST = 1000  # characters of a name


def find_record(here: Opened, path: str) -> dict[str, Any] | None:
    """The task, duty, target, section or document whose IRI has exactly this path: find_record(here, "vn/…/719")."""
    record = here.records.get(_base(here) + path)
    return record if record and record["record"] in ("task", "duty", "target", "document", "part") else None


def say_name(here: Opened, iri: str, language: str) -> str:
    """The short name of a record as people read it, by type, issuer and date where its document has no number."""
    record = here.records.get(iri) or {}
    document = record if record.get("record") == "document" else here.records.get(record.get("document", "")) or {}
    return say_short(here.names.short(iri), document, language)


def find_moved(here: Opened, path: str) -> str | None:
    """The path that stands for a name that a draft once had; None where nothing was ever called so."""
    for old in _parents(path):
        iri = _base(here) + old
        for document in here.names.facts.subjects(SAME_AS, iri) if len(iri) < _LONGEST and is_iri(iri) else ():
            moved = tail(document) + path[len(old) :]
            if find_record(here, moved):
                return moved
    return None


def find_named(here: Opened, name: str) -> str:
    """The path of what people call otherwise, "719/QĐ-UBND#II.7"; Problem when nothing or several have the name."""
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise Unknown("nothing has this name")
    return tail(here.names.find(name))


def _base(here: Opened) -> str:
    documents = here.names.documents
    return documents[0].iri.split("/id/", 1)[0] + "/id/" if documents else "/id/"


def _parents(path: str) -> Iterator[str]:
    steps = path.split("/")
    for length in range(len(steps), 3, -1):
        yield "/".join(steps[:length])
