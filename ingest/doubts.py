"""What was read from words that a scan shows badly is assumed, and says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ingest.records import AROUND, Evidence, Extraction, Origin
from ingest.source import SourceText

REASON = "the scan shows these words badly: check them against the page"


def doubt_fields(source: SourceText, extraction: Extraction) -> Extraction:
    """The same records, each field whose words overlap a doubtful stretch marked as assumed."""
    document = extraction.document
    return replace(
        extraction,
        document=replace(document, evidence=_doubt(source, document.evidence)),
        tasks=tuple(replace(each, evidence=_doubt(source, each.evidence)) for each in extraction.tasks),
        duties=tuple(replace(each, evidence=_doubt(source, each.evidence)) for each in extraction.duties),
        targets=tuple(replace(each, evidence=_doubt(source, each.evidence)) for each in extraction.targets),
    )


def _doubt(source: SourceText, evidence: Mapping[str, Evidence]) -> Mapping[str, Evidence]:
    return {
        name: replace(each, origin=Origin.ASSUMED, reason=each.reason or REASON)
        if name != AROUND and source.is_doubtful(each.source.start, each.source.end)
        else each
        for name, each in evidence.items()
    }
