"""Scores the identity of the plans themselves, and the places where they name numbered documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from graph.gold_rows import DocumentLabel, MentionLabel, ReferenceLabel
from graph.gold_set import Gold, PlanText
from graph.score import Record, Records, Sheet, fold_name, fold_text, match_pairs, overlaps, read_original, remaining


def score_documents(records: Sequence[Record], gold: Gold) -> Sheet:
    """Type, number, date, issuer, title, signer and period of each labelled plan."""
    sheet = Sheet("documents")
    held = {str(record.get("original") or read_original(record, gold)): record for record in records}
    cases: dict[str, list[tuple[str, object, object, bool]]] = {}
    for label in gold.documents:
        for field, expected, found, equal in compare_document(label, held.get(label.doc, {})):
            cases.setdefault(field, []).append((label.doc[:3], expected, found, equal))
    for field, rows in cases.items():
        sheet.add_agreement(field, rows)
    return sheet


def compare_document(label: DocumentLabel, record: Record) -> list[tuple[str, object, object, bool]]:
    """Field, expected, found, equal; a number or date that another document settles may also stay as printed."""
    numbers = [label.number, label.number_inferred.number if label.number_inferred else label.number]
    dates = [label.date_printed.iso(), label.date_inferred or label.date_printed.iso()]
    number, date = record.get("number"), record.get("date")
    signer, period = record.get("signer"), record.get("period")
    years = [year for year in (label.period.start, label.period.end, label.period.vision) if year]
    return [
        ("type", label.type, record.get("type"), fold_text(label.type) == fold_text(record.get("type"))),
        ("number", numbers, number, bool(record) and clean_number(number) in map(clean_number, numbers)),
        ("date", dates, date, date in dates),
        ("issuer", label.issuer, record.get("issuer"), fold_name(label.issuer) == fold_name(record.get("issuer"))),
        ("title", label.title, record.get("title"), fold_text(label.title) == fold_text(record.get("title"))),
        ("signer", label.signer.name, signer, fold_name(label.signer.name) == fold_name(read_name(signer))),
        ("period", label.period.text, period, read_years(period) == years),
    ]


def clean_number(number: str | None) -> str:
    """ "433 -KH/TU" is "433-KH/TU"."""
    return "".join((number or "").split())


def read_name(signer: Any) -> str | None:
    return signer.get("name") if isinstance(signer, dict) else signer


def read_years(period: Any) -> list[int]:
    """The years of a period, as words or as start and end: "giai đoạn 2025-2030" is [2025, 2030]."""
    if isinstance(period, dict):
        period = " ".join(str(value) for key, value in period.items() if key != "text")
    return [int(year) for year in re.findall(r"\d{4}", period or "")]


def score_mentions(records: Sequence[Record], gold: Gold) -> Sheet:
    """Missed and invented mentions of numbered documents, in the documents where all are labelled."""
    sheet = Sheet("mentions")
    labels = [
        (reference, mention)
        for reference in gold.references
        for mention in reference.mentions
        if mention.doc in gold.scope.references
    ]
    printed = [(reference, mention) for reference, mention in labels if not mention.number_blank]
    blank = [mention for _, mention in labels if mention.number_blank]
    found = [r for r in records if r["number"] and read_original(r, gold) in gold.scope.references]

    def cost(label: tuple[ReferenceLabel, MentionLabel], record: Record) -> int | None:
        same = stands_at(label[1], record, gold) and clean_number(label[0].number) == clean_number(record["number"])
        return 0 if same else None

    pairs = match_pairs(printed, found, cost)
    missed = remaining(printed, (pair[0] for pair in pairs))
    # A blank number may be filled in from elsewhere or left out: neither is invented.
    invented = [
        record
        for record in remaining(found, (pair[1] for pair in pairs))
        if not any(stands_at(mention, record, gold) for mention in blank)
    ]
    sheet.add("found", len(pairs) / len(printed) if printed else None, len(printed))
    sheet.add("missed", len(missed), len(printed))
    sheet.add("invented", len(invented), len(found))
    for _, mention in missed:
        sheet.note(f"{mention.doc[:3]}:{mention.line}", f"missed: {mention.quote}")
    for record in invented:
        sheet.note(f"{read_original(record, gold)[:3]}:{record['source']['line']}", f"invented: {record['number']}")
    named = [(f"{m.doc[:3]}:{m.line} {reference.number}", reference, record) for (reference, m), record in pairs]
    dates = [(where, [label.date, *label.date_alternatives], r["date"]) for where, label, r in named]
    sheet.add_agreement("date", [(where, expected, date, date in expected) for where, expected, date in dates])
    types = [(where, label.type, r["type"]) for where, label, r in named]
    sheet.add_agreement("type", [(where, a, b, fold_text(a) == fold_text(b)) for where, a, b in types])
    return sheet


def stands_at(mention: MentionLabel, record: Record, gold: Gold) -> bool:
    text = gold.texts[mention.doc]
    start, end = text.offset(mention.line, mention.start), text.offset(mention.line, mention.end)
    return read_original(record, gold) == mention.doc and overlaps(record, start, end)


def score_quotes(records: Records, gold: Gold) -> Sheet:
    """Of every record that has a source in a known plan: is the quote what stands there, on that line?"""
    sheet = Sheet("quotes")
    for kind in sorted(records):
        cases = []
        for record in records[kind]:
            source = record.get("source")
            plan = gold.texts.get(read_original({"source": source}, gold))
            if source and plan:
                cases.append((f"{source['file']}:{source['line']}", source["quote"], *compare_quote(source, plan)))
        if cases:
            sheet.add_agreement(kind, cases)
    return sheet


def compare_quote(source: Record, plan: PlanText) -> tuple[str, bool]:
    """What stands at a source's offsets, and whether it is the quote and begins on the source's line."""
    start, line = int(source["start"]), int(source["line"])
    there = plan.text[start : int(source["end"])]
    on_line = 1 <= line <= len(plan.starts) and plan.offset(line, 0) <= start < plan.line_end(line)
    return there, on_line and there == source["quote"]
