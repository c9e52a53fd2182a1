"""What the page "About" tells: the documents that were read, how well, and what the program is made of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from graph.inputs import ROOT
from search_api.assets import Package
from search_api.live import Opened
from search_api.page_base import Page, label_of
from search_api.present import say_date

_ACCURACY = Path(__file__).with_name("accuracy.json")
_REQUIREMENTS = ROOT / "requirements.in"
_TESTS = "# tests"  # what follows is not part of the program


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of `cancu evaluate`, as it printed it: Score("tasks: F1", "1.000", 65)."""

    metric: str
    value: str
    n: int


@dataclass(frozen=True, slots=True)
class Held:
    """A document whose text was read, as a row: its record, where and when it was issued, what it asks for."""

    document: Mapping[str, Any]
    place: str
    date: str
    counts: Mapping[str, int]


@cache
def load_accuracy() -> Mapping[str, Sequence[Score]]:
    """How well records were read and search found, on the labels made by hand: load_accuracy()["search"]."""
    kinds = json.loads(_ACCURACY.read_text(encoding="utf-8"))
    return {kind: [Score(**row) for row in rows] for kind, rows in kinds.items()}


def list_accuracy(page: Page) -> Iterator[tuple[str, Score]]:
    """The figures that most people ask for, each with what it is called."""
    for score in (*load_accuracy()["records"], *load_accuracy()["search"]):
        if words := page.say.get(f"accuracy_{score.metric}"):
            yield words, score


def list_held(here: Opened, page: Page) -> list[Held]:
    """The documents that were read, by place and date."""
    held = (_read_held(here, each, page) for each in here.documents if each["held"])
    return sorted(held, key=lambda row: (row.place, row.document["date"] or ""))


@cache
def list_libraries() -> tuple[Package, ...]:
    """The packages that the program itself asks for, as they are installed here, by name."""
    text = _REQUIREMENTS.read_text(encoding="utf-8") if _REQUIREMENTS.is_file() else ""
    names = re.findall(r"^[A-Za-z][\w.-]*", text.partition(_TESTS)[0], re.MULTILINE)
    return tuple(found for name in sorted(names) if (found := _read_package(name)))


def _read_held(here: Opened, document: Mapping[str, Any], page: Page) -> Held:
    province = document["jurisdiction"].partition("/")[0]  # a department's plan is of its province
    date = say_date(document["date"] or "", page.language)
    return Held(document, label_of(here, province, page), date, document["counts"])


def _read_package(name: str) -> Package | None:
    """A package with its licence, which newer ones give as an expression and older ones in a classifier."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    classified = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License")]
    expressions, texts = told.get_all("License-Expression") or [""], told.get_all("License") or [""]
    licence = expressions[0] or " / ".join(classified) or texts[0].partition("\n")[0]
    return Package(name, told["Version"], licence)
