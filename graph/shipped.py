"""The queries that come with the program: what each answers, and which of its variables take a value from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graph.generations import Problem
from graph.labels import KINDS
from graph.store import QUERIES, read_query

_HEAD = re.compile(r"^# (vi|en): (.+)$", re.MULTILINE)
_PARAM = re.compile(
    rf"^# param (\w+) \((id|iri|text|integer|{'|'.join(sorted(KINDS))})\): (.+?); e\.g\. (.+)$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Param:
    """A selected variable that may be given: Param("year", "integer", "one year", "2026")."""

    name: str
    kind: str
    words: str  # what it chooses
    example: str  # as a person would type it


@dataclass(frozen=True, slots=True)
class Shipped:
    """One query file: what it answers, what may be given to it, and the query itself."""

    name: str
    vi: str
    en: str
    asks: tuple[Param, ...]
    text: str

    @property
    def params(self) -> Mapping[str, str]:
        """The kind of value that each takes: {"year": "integer"}."""
        return {each.name: each.kind for each in self.asks}

    @property
    def body(self) -> str:
        """The query without the lines that say what it answers."""
        return re.sub(r"\A(?:#.*\n)+", "", self.text)


@dataclass(frozen=True, slots=True)
class Group:
    """Queries of one kind, as they are listed: Group("Deadlines", "Thời hạn", (Shipped("tasks_by_quarter", …), …))."""

    en: str
    vi: str
    queries: tuple[Shipped, ...]


@cache
def list_groups() -> tuple[Group, ...]:
    """All of them in their groups, in the order in which people read them."""
    rows = json.loads((QUERIES / "groups.json").read_text(encoding="utf-8"))
    return tuple(Group(row["en"], row["vi"], tuple(map(load_shipped, row["queries"]))) for row in rows)


def list_shipped() -> tuple[Shipped, ...]:
    """All of them, by name."""
    return tuple(load_shipped(path.stem) for path in sorted(QUERIES.glob("*.rq")))


def load_shipped(name: str) -> Shipped:
    """One of them: load_shipped("tasks_due_in_year").params == {"year": "integer"}"""
    if not re.fullmatch(r"\w+", name) or not (QUERIES / f"{name}.rq").is_file():
        raise Problem(f"no query is called {name}: `cancu sparql --list` names those that there are")
    text = read_query(name)
    said = dict(_HEAD.findall(text))
    asks = tuple(Param(*each.groups()) for each in _PARAM.finditer(text))
    return Shipped(name, said.get("vi", ""), said.get("en", ""), asks, text)
