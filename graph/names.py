"""Ids as people type them: a whole IRI, a document number, `719/QĐ-UBND#II.7`, a task's code, a file name."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from pyoxigraph import NamedNode, Store

from graph.facts import CC, RDF_TYPE, SAME_AS, Facts
from graph.generations import Problem
from graph.store import select
from graph.typed import clean_name, find_numbers, find_years, means_file
from ingest.fold import fold

_ASKED_FOR = frozenset({"Task", "Duty", "Target"})  # a document has headings and open questions as well
_MOST_LISTED = 8
_PIECE = 50  # characters of a task's text beside its name
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Unknown(Problem):
    """A name that nothing answers to."""


class Ambiguous(Problem):
    """A name that several answer to; `choices` are their IRIs."""

    def __init__(self, message: str, choices: Sequence[str]) -> None:
        super().__init__(message)
        self.choices = tuple(choices)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it can be asked for: 719/QĐ-UBND of hung-yen in 2025."""

    iri: str
    number: str | None
    jurisdiction: str
    file: str | None

    @property
    def year(self) -> str:
        """The year in its IRI: "2025"."""
        return self.iri.rsplit("/", 2)[-2]

    @property
    def tail(self) -> str:
        """Its IRI without the base: "vn/hung-yen/qd-ubnd/2025/719"."""
        return self.iri.split("/id/", 1)[-1]


class Names:
    """Every name that one store answers to: Names(store).find("719/qd-ubnd#ii.7") is a task's IRI."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.facts = Facts(store)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All documents, held or only cited, sorted by IRI."""
        found = self.facts.subjects(RDF_TYPE, CC + "Document")
        value = self.facts.value
        return tuple(
            Document(iri, value(iri, CC + "documentNumber"), value(iri, CC + "jurisdiction") or "",
                     value(iri, CC + "sourceFile"))
            for iri in found
        )  # fmt: skip

    @cached_property
    def _short(self) -> dict[str, str]:
        """IRI -> the shortest name that no other document has."""
        numbers = Counter(_key(each.number or "") for each in self.documents)
        years = Counter((_key(each.number or ""), each.year) for each in self.documents)
        short = {}
        for each in self.documents:
            if each.number is None:
                short[each.iri] = each.tail
            elif numbers[_key(each.number)] == 1:
                short[each.iri] = each.number
            elif years[_key(each.number), each.year] == 1:
                short[each.iri] = f"{each.number}@{each.year}"
            else:
                short[each.iri] = f"{each.number}@{each.year}:{each.jurisdiction}"
        return short

    def short(self, iri: str) -> str:
        """The short form of a document, task, duty or target: "719/QĐ-UBND#II.7"."""
        if iri in self._short:
            return self._short[iri]
        document = self.facts.value(iri, CC + "partOf")
        if document is None or not iri.startswith(document + "/"):
            return iri
        return f"{self._short.get(document, document)}#{short_path(iri[len(document) + 1 :])}"

    def find(self, text: str) -> str:
        """The IRI that a name means; Problem when none or several answer to it, naming those that come near."""
        text = _read(text)
        found = self._by_iri(text)
        if not found and "#" in text:
            head, _, fragment = text.partition("#")
            if not head:
                raise Problem(f"expected a document in front of {text}, as in NUMBER{text}")
            document = self.find_document(head)
            return self._find_item(document, fragment) if fragment.strip() else document.iri
        found = found or [each.iri for each in self._documents_named(text)] or self._by_code(text)
        return self._only(text, found, {**self._documents_by_name, **dict.fromkeys(self._codes, "")})

    def find_document(self, text: str) -> Document:
        """The document that a name means: find_document("102/KH-UBND@2025")."""
        text = _read(text)
        by_iri = {each.iri: each for each in self.documents}
        known = [by_iri[iri] for iri in self._by_iri(text) if iri in by_iri] or self._documents_named(text)
        return by_iri[self._only(text, [each.iri for each in known], self._documents_by_name)]

    @property
    def _documents_by_name(self) -> dict[str, str]:
        return {name: iri for iri, name in self._short.items()}

    def _by_iri(self, text: str) -> list[str]:
        tail = re.search(r"(?:^|/)(vn/.+)$", text)
        if tail is None or not self.documents:
            return []
        base = self.documents[0].iri.split("/id/", 1)[0]
        for iri in filter(is_iri, (text, f"{base}/id/{tail[1]}")):
            if self.facts.classes(iri):
                return [iri]
            for alias in (iri, *_parents(iri)):  # the name of an unnumbered draft, settled since
                for document in self.facts.subjects(SAME_AS, alias) if "://" in alias else ():
                    moved = document + iri[len(alias) :]
                    if self.facts.classes(moved):
                        return [moved]
        return []

    def _documents_named(self, text: str) -> list[Document]:
        """By number, with `@year`, `@jurisdiction` or `@year:jurisdiction` behind it, by file, or in a sentence."""
        name, _, where = text.partition("@")
        wanted = {each for each in re.split(r"[:\s]+", fold(where)) if each}
        found = self._numbered(name, wanted)
        found = found or [each for each in self.documents if each.file and fold(each.file) == fold(text)]
        found = found or [each for each in self.documents if each.file and means_file(text, each.file)]
        return found or self._in_words(name, wanted)

    def _numbered(self, number: str, wanted: Set[str]) -> list[Document]:
        return [
            each
            for each in self.documents
            if each.number and _key(each.number) == _key(number) and wanted <= {each.year, fold(each.jurisdiction)}
        ]

    def _in_words(self, words: str, wanted: Set[str]) -> list[Document]:
        """The first known number in "Quyết định số 719/QĐ-UBND ngày 27/8/2025"; its date chooses among several."""
        for number in find_numbers(words):
            if found := self._numbered(number, wanted):
                return [each for each in found if each.year in find_years(words)] or found
        return []

    def _find_item(self, document: Document, fragment: str) -> str:
        paths = {
            iri: iri[len(document.iri) + 1 :]
            for iri in self.facts.subjects(CC + "partOf", document.iri)
            if iri.startswith(document.iri + "/") and not _ASKED_FOR.isdisjoint(self.facts.classes(iri))
        }
        wanted = _key(fragment)
        found = [iri for iri, path in paths.items() if _key(short_path(path)) == wanted]
        found = found or [iri for iri, path in paths.items() if _key(short_path(path, roman=False)) == wanted]
        found = found or [iri for iri in paths if _key(self.facts.value(iri, CC + "code") or "#") == wanted]
        found = found or [iri for iri, path in paths.items() if path.startswith("phu-luc/") and _row(path) == wanted]
        head = self._short[document.iri]
        known = {f"{head}#{short_path(path)}": iri for iri, path in paths.items()}
        return self._only(f"{head}#{fragment}", found, known)

    @cached_property
    def _codes(self) -> dict[str, list[str]]:
        codes: dict[str, list[str]] = {}
        for row in select(self.store, f"SELECT DISTINCT ?item ?code {{ ?item <{CC}code> ?code }} ORDER BY ?item"):
            codes.setdefault(row["code"].value, []).append(row["item"].value)
        return codes

    def _by_code(self, text: str) -> list[str]:
        return [item for code, items in self._codes.items() if _key(code) == _key(text) for item in items]

    def _only(self, text: str, found: Sequence[str], known: Mapping[str, str]) -> str:
        """The one that was found, else a Problem; `known` are the names that come near, with their IRIs."""
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(self._show(self.short(iri), iri) for iri in found[:_MOST_LISTED])
            more = f" and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
            raise Ambiguous(f"{text} is the name of {len(found)}: say which of {names}{more}", found)
        by_key = {_key(each): each for each in known}
        near = [by_key[each] for each in get_close_matches(_key(text), by_key, 3, 0.5)]
        names = ", ".join(self._show(each, known[each]) for each in near)
        raise Unknown(f"nothing is called {text}" + (f"; the nearest are {names}" if near else ""))

    def _show(self, name: str, iri: str) -> str:
        """A name, and for a task the beginning of its text: "719/QĐ-UBND#II.1 (Nâng cấp Trung tâm …)"."""
        text = self.facts.value(iri, CC + "text") if iri else None
        return f"{name} ({textwrap.shorten(text, _PIECE, placeholder=' …')})" if text else name


def find_document(store: Store, text: str) -> Document:
    """The document that a name means in a store: find_document(store, "719/qd-ubnd").iri"""
    return Names(store).find_document(text)


def short_path(path: str, *, roman: bool = True) -> str:
    """The part of a short form behind the #: "phu-luc/2/muc/7" -> "II.7", "phan/ii/a/gach-2" -> "ii.a.gach-2"."""
    steps = path.split("/")
    if steps[0] == "phu-luc" and len(steps) > 1:
        annex = _roman(int(steps[1])) if roman and steps[1].isdigit() else steps[1].upper()
        steps = [annex, *steps[2 + (steps[2:3] == ["muc"]) :]]
    elif steps[0] in ("phan", "muc") and len(steps) > 1:
        steps = steps[1:]
    return ".".join(steps)


def natural_key(iri: str) -> list[tuple[int, str]]:
    """Sorts row 2 before row 10: natural_key("muc/10") > natural_key("muc/2")."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", iri) if part]


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text or "0"  # the annex that has no number


def _read(text: str) -> str:
    if name := clean_name(text):
        return name
    raise Problem("expected a document, a task or a file, such as NUMBER or NUMBER#ANNEX.ROW, got nothing")


def _row(path: str) -> str:
    """The row of an annex alone: "phu-luc/2/muc/7" -> "7"."""
    return _key(short_path(path).partition(".")[2])


def _key(text: str) -> str:
    return re.sub(r"^0+(?=\d)", "", re.sub(r"\s+", "", fold(text)))


def is_iri(text: str) -> bool:
    """Whether a store takes it for an IRI: is_iri("https://x/id/vn/%2") is False."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _parents(iri: str) -> Iterable[str]:
    while iri.count("/") > 4:
        iri = iri.rsplit("/", 1)[0]
        yield iri
