"""Scores relations between documents: labels name them by number, year and place, records by IRI."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.gold_rows import LinkLabel, NotLinkLabel
from graph.gold_set import Gold
from graph.iri import serial, symbol_slug
from graph.score import Record, Sheet, overlaps, read_line, read_original

NUMBERED = re.compile(
    r"/id/vn/(?P<place>.+?)/(?P<symbol>[^/]+)/(?P<year>\d{4})/(?P<serial>\d+[a-z]*)(?P<rest>[/#].*)?$"
)
KEY = re.compile(r"(?P<number>\d[^@]+)@(?P<year>\d{4})(?::(?P<place>.+))?")
CENTRAL = "trung-uong"  # the jurisdiction of a key that names none
Triple = tuple[str, str, str, str]  # document, from, relation, to


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a numbered document one: 569/QĐ-TTg of the centre in 2022."""

    serial: str
    symbol: str
    year: int
    place: str

    def is_same(self, other: Identity, years: Iterable[int]) -> bool:
        """Equal up to the years that sources give it, and to which life of a province is meant."""
        same_place = other.place == self.place or other.place.startswith(f"{self.place}-truoc-")
        return (self.serial, self.symbol) == (other.serial, other.symbol) and same_place and other.year in years


def read_key(key: str) -> Identity | None:
    """ "2209/QĐ-UBND@2021:hung-yen"; None for a document without a number."""
    parts = KEY.fullmatch(key)
    if parts is None:
        return None
    number = parts["number"]
    return Identity(serial(number), symbol_slug(number), int(parts["year"]), parts["place"] or CENTRAL)


def read_iri(iri: str) -> Identity | None:
    """The identity in a document's IRI; None where it is of no number, or of a part of a document."""
    parts = NUMBERED.search(iri)
    if parts is None or parts["rest"]:
        return None
    return Identity(parts["serial"], parts["symbol"], int(parts["year"]), parts["place"])


@dataclass(frozen=True, slots=True)
class Sides:
    """Decides whether an IRI is the document that a label's key names."""

    held: Mapping[str, frozenset[str]]  # key of a plan -> the IRIs it has in the build
    years: Mapping[str, frozenset[int]]  # key -> the years that sources print

    def are_same(self, key: str, iri: str, resolved: str | None = None) -> bool:
        base, _, part = key.partition("#")
        if part:
            return any(iri.startswith((f"{own}/", f"{own}#")) for own in self.find_own(base, iri))
        if key.startswith("un:"):
            # Which unnumbered document it is, the overlapping quotes have to tell.
            return read_iri(iri) is None or (resolved is not None and self.are_same(resolved, iri))
        # A relation that a task states may start from the task: it counts for its plan.
        return iri in self.held.get(key, ()) or self.is_numbered(key, iri) or self.is_task_of(key, iri)

    def is_numbered(self, key: str, iri: str) -> bool:
        wanted, found = read_key(key), read_iri(iri)
        if wanted is None or found is None:
            return False
        return wanted.is_same(found, self.years.get(key, frozenset()) | {wanted.year})

    def is_task_of(self, key: str, iri: str) -> bool:
        return "/muc/" in iri and any(iri.startswith(f"{own}/") for own in self.held.get(key, ()))

    def find_own(self, key: str, iri: str) -> frozenset[str]:
        """The IRIs of a plan, also when no document record tells them."""
        head = re.match(r".*/id/vn/[^#]*?/\d{4}/\d+[a-z]*", iri)
        return self.held.get(key, frozenset()) | ({head[0]} if head and self.is_numbered(key, head[0]) else set())


def score_links(records: Sequence[Record], documents: Sequence[Record], gold: Gold) -> Sheet:
    """Recall of labelled relations, relations that must not appear, and precision where all are labelled."""
    sheet = Sheet("links")
    sides = read_sides(documents, gold)
    required, hit = count_required(sheet, records, sides, gold)
    sheet.add("recall", hit / required if required else None, required)
    add_precision(sheet, records, sides, gold)
    wrong = [(label, record) for label in gold.not_links for record in records if is_wrong(label, record, sides, gold)]
    sheet.add("wrong", len({id(label) for label, _ in wrong}), len(gold.not_links))
    for label, record in wrong:
        sheet.note(f"{label.doc[:3]}:{read_line(record)}", f"wrong: {name_link(record)} ({label.why})")
    return sheet


def read_sides(documents: Sequence[Record], gold: Gold) -> Sides:
    keys = {label.doc: label.key for label in gold.documents}
    held = {}
    for record in documents:
        key = keys.get(str(record.get("original") or read_original(record, gold)))
        if key and record.get("held", True):
            held[key] = frozenset([record["id"], *(record.get("aliases") or ())])
    dates = {ref.key: (ref.date, *ref.date_alternatives) for ref in gold.references}
    years = {key: frozenset(int(date[:4]) for date in printed) for key, printed in dates.items()}
    return Sides(held, years)


def count_required(sheet: Sheet, records: Sequence[Record], sides: Sides, gold: Gold) -> tuple[int, int]:
    """How many relations are asked for and how many are there; the two readings of a preamble count once."""
    groups: dict[Triple | str, list[LinkLabel]] = {}
    for label in gold.links:
        if not label.optional:
            groups.setdefault(label.either_of or (label.doc, label.from_, label.relation, label.to), []).append(label)
    hit = 0
    for labels in groups.values():
        if any(is_link(label, record, sides, gold) for label in labels for record in records):
            hit += 1
        else:
            label = labels[0]
            sheet.note(f"{label.doc[:3]}:{label.line}", f"missed: {label.from_} {label.relation} {label.to}")
    return len(groups), hit


def add_precision(sheet: Sheet, records: Sequence[Record], sides: Sides, gold: Gold) -> None:
    """Of the relations found where labels are complete, plain citations aside, the share that is labelled."""
    triples: dict[Triple, list[Record]] = {}
    for record in records:
        doc = read_original(record, gold)
        if doc in gold.scope.references and record["relation"] != "cites":
            triples.setdefault((doc, record["from"], record["relation"], record["to"]), []).append(record)
    right = 0
    for stated in triples.values():
        if any(is_link(label, record, sides, gold) for record in stated for label in gold.links):
            right += 1
        else:
            where = f"{read_original(stated[0], gold)[:3]}:{read_line(stated[0])}"
            sheet.note(where, f"invented: {name_link(stated[0])}")
    sheet.add("precision", right / len(triples) if triples else None, len(triples))


def is_link(label: LinkLabel, record: Record, sides: Sides, gold: Gold) -> bool:
    """Same relation, same two documents, stated in the same plan; quotes decide for a document without a number."""
    if label.relation != record["relation"] or read_original(record, gold) != label.doc:
        return False
    if not sides.are_same(label.from_, record["from"]):
        return False
    if not sides.are_same(label.to, record["to"], label.to_resolved):
        return False
    text = gold.texts[label.doc]
    start, end = text.offset(label.line, label.start), text.offset(label.line, label.end)
    return overlaps(record, start, end) or not (label.from_.startswith("un:") or label.to.startswith("un:"))


def is_wrong(label: NotLinkLabel, record: Record, sides: Sides, gold: Gold) -> bool:
    """A relation that must not appear; without a number the line decides."""
    same = sides.are_same(label.from_, record["from"]) and sides.are_same(label.to, record["to"])
    if not same or label.relation != record["relation"]:
        return False
    here = read_original(record, gold) == label.doc and read_line(record) == label.line
    return here or not label.to.startswith("un:")


def name_link(record: Record) -> str:
    """A link in one line: "…/tuyen-quang/kh-ubnd/2023/57 implements …/trung-uong/qd-ttg/2022/569"."""
    ends = ["…" + iri.partition("/id/vn")[2] if "/id/vn" in iri else iri for iri in (record["from"], record["to"])]
    return f"{ends[0]} {record['relation']} {ends[1]}"
