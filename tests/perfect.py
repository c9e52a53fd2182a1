"""Records that say exactly what the labels say: a perfect program, for trying the scorers."""

from __future__ import annotations

import re
from typing import Any

from graph.gold import Gold
from graph.gold_rows import DocumentLabel, DutyLabel, LinkLabel, MentionLabel, ReferenceLabel, TargetLabel, TaskLabel
from graph.iri import document_iri

BASE = "https://w3id.org/cancu/id/vn"
Dict = dict[str, Any]


def make_records(gold: Gold) -> dict[str, list[Dict]]:
    """One record for each label, in the contract's names."""
    return {
        "tasks": [make_task(label, gold) for label in gold.tasks],
        "documents": [make_document(label, gold) for label in gold.documents],
        "mentions": [make_mention(ref, label, gold) for ref in gold.references for label in ref.mentions],
        "links": [make_link(label, gold) for label in gold.links],
        "targets": [make_target(label, gold) for label in gold.targets],
        "duties": [make_duty(label, gold) for label in gold.duties if not label.implied],
    }


def find_file(doc: str, gold: Gold) -> str:
    return next(file for file, original in gold.originals.items() if original == doc)


def make_source(doc: str, line: int, quote: str, gold: Gold, column: int | None = None) -> Dict:
    """The place of a quote; where it is broken over lines, the line as far as it goes."""
    text = gold.texts[doc]
    first = text.lines(line, line)
    words = quote if quote in first else first.strip()
    start = text.offset(line, first.index(words) if column is None else column)
    return {"file": find_file(doc, gold), "line": line, "start": start, "end": start + len(words), "quote": words}


def make_bodies(names: tuple[str, ...], gold: Gold) -> list[Dict]:
    spelled = [(name, gold.spellings.get(name)) for name in names]
    return [{"name": known.canonical if known else name, "as_written": name} for name, known in spelled]


def make_task(label: TaskLabel, gold: Gold) -> Dict:
    fields = ("code", "name", "lead", "coordinating", "deadline", "funding")
    return {
        "file": find_file(label.doc, gold),
        "annex": label.appendix,
        "number": label.number,
        "code": label.code,
        "name": label.name,
        "text": label.text,
        "form": "table",
        "lead": make_bodies(label.lead, gold),
        "coordinating": make_bodies(label.coordinating, gold),
        "deadline": {**label.deadline.model_dump(), "raw": label.deadline_raw},
        "output": label.output,
        "funding": label.funding,
        "origin": {field: "inherited" if field in label.inherited else "stated" for field in fields},
        "source": make_source(label.doc, label.line, label.text, gold),
    }


def make_document(label: DocumentLabel, gold: Gold) -> Dict:
    return {
        "id": make_iri(label.key),
        "held": True,
        "file": find_file(label.doc, gold),
        "original": label.doc,
        "type": label.type,
        "number": label.number,
        "date": label.date_printed.iso(),
        "issuer": label.issuer,
        "title": label.title,
        "signer": label.signer.name,
        "period": label.period.text,
        "source": make_source(label.doc, label.title_line, label.title, gold),
    }


def make_mention(reference: ReferenceLabel, label: MentionLabel, gold: Gold) -> Dict:
    return {
        "file": find_file(label.doc, gold),
        "number": None if label.number_blank else reference.number,
        "type": reference.type,
        "date": reference.date,
        "source": make_source(label.doc, label.line, label.quote, gold, label.start),
    }


def make_iri(key: str) -> str:
    """ "196/KH-UBND@2022:hung-yen#phu-luc" is .../hung-yen/kh-ubnd/2022/196/phu-luc/0."""
    whole, _, part = key.partition("#")
    numbered = re.fullmatch(r"(\d[^@]+)@(\d{4})(?::(.+))?", whole)
    if numbered:
        iri = document_iri(numbered[1], numbered[3] or "trung-uong", int(numbered[2]))
    elif whole.startswith("un:"):
        _, title, place = whole.split(":")
        iri = f"{BASE}/{'trung-uong' if place == 'vn' else place}/de-an/khong-ro-nam/{title}"
    else:
        symbol, _, rest = whole.partition("@")
        month, _, place = rest.partition(":")
        iri = f"{BASE}/{place}/{symbol.lower()}/{month}/chua-ro-so-00000000"
    return f"{iri}/phu-luc/0" if part else iri


def make_link(label: LinkLabel, gold: Gold) -> Dict:
    return {
        "from": make_iri(label.from_),
        "to": make_iri(label.to),
        "relation": label.relation,
        "stated_by": None,
        "source": make_source(label.doc, label.line, label.quote, gold, label.start),
    }


def make_target(label: TargetLabel, gold: Gold) -> Dict:
    return {
        "file": find_file(label.doc, gold),
        "comparator": label.comparator,
        "value": list(label.value) if isinstance(label.value, tuple) else label.value,
        "unit": label.unit,
        "year": label.year,
        "source": make_source(label.doc, label.line, label.quote, gold),
    }


def make_duty(label: DutyLabel, gold: Gold) -> Dict:
    return {
        "file": find_file(label.doc, gold),
        "role": label.role,
        "lead": make_bodies((label.agency,), gold),
        "coordinating": make_bodies(label.coordinating, gold),
        "report_to": make_bodies(label.report_to, gold),
        "deadline": label.deadline.model_dump(),
        "text": label.text,
        "source": make_source(label.doc, label.line, label.text, gold),
    }
