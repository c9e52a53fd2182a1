"""Numbers cut short that no text gives in full where they stand: "Nghị quyết 57", "Đề án 06", "Nghị định 13/2023"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.identities import Identity, home_of
from graph.jurisdictions import CENTRE, family_in
from graph.named import Named
from ingest.identity import issuer_of_name, issuer_of_symbol
from ingest.numbered_mentions import type_of_symbol
from ingest.records import Extraction, Mention


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A document that a serial may mean, with all that is printed of its type and issuer."""

    id: str
    jurisdiction: str
    types: frozenset[str]
    issuers: frozenset[str]  # ids of agency types
    year: int | None


class SerialIndex:
    """The documents of a corpus by what a short form gives of their numbers."""

    def __init__(self, identities: Iterable[Identity], named: Iterable[Named]) -> None:
        self._known: defaultdict[str, list[_Candidate]] = defaultdict(list)
        for identity in identities:
            if identity.number:
                self._known[_serial(identity.number)].append(_numbered(identity))
        for each in named:
            if each.by:  # "Đề án 06" goes by the number of the decision that approves the scheme
                year, serial = each.by.split("/")[-2:]
                types = frozenset({each.type.lower()})
                made = _Candidate(each.id, each.jurisdiction, types, frozenset(), _year(year))
                self._known[_serial(serial)].append(made)

    def match(self, extraction: Extraction, mention: Mention) -> list[str]:
        """The documents within reach that have the type, serial and, where printed, the year and issuer."""
        serial, _, year = (mention.number or "").partition("/")
        wanted = _year(year or (mention.date or "")[:4])
        found = [
            each
            for each in self._known[_serial(serial)]
            if _is_a(mention.type, each.types)
            and _within_reach(extraction, mention, each)
            and wanted in (None, each.year)
            and _issued_by(mention.issuer, each)
        ]
        return sorted({each.id for each in found})


def _numbered(identity: Identity) -> _Candidate:
    said = [statement.mention for statement in identity.statements if statement.mention]
    symbols = {mention.symbol for mention in said} | {identity.held.document.symbol if identity.held else None}
    types = {mention.type for mention in said} | {type_of_symbol(symbol) for symbol in symbols if symbol}
    issuers = set(_issuers(mention.issuer for mention in said if mention.issuer))
    issuers |= {issuer.id for symbol in symbols if (issuer := issuer_of_symbol(symbol))} if not issuers else set()
    lower = frozenset(each.lower() for each in types if each)
    year = _year(identity.id.split("/")[-2][:4])
    return _Candidate(identity.id, identity.jurisdiction, lower, frozenset(issuers), year)


def _issuers(names: Iterable[str]) -> Iterator[str]:
    return (issuer.id for name in names if (issuer := issuer_of_name(name)))


def _serial(number: str) -> str:
    """ "06/QĐ-TTg" -> "6": scans and people drop the nought."""
    return number.replace("-", "/").split("/")[0].lstrip("0").lower()


def _year(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def _is_a(kind: str | None, types: Iterable[str]) -> bool:
    """Whether a type may be called so: a "Chương trình hành động" is a "Chương trình"."""
    return bool(kind) and any(each.startswith(kind.lower()) for each in types if kind)


def _within_reach(extraction: Extraction, mention: Mention, candidate: _Candidate) -> bool:
    """Documents of the centre and of the jurisdiction that speaks or is named, and none that came later."""
    home = family_in(mention.issuer) or home_of(extraction)
    said = _year((extraction.document.date or "")[:4])
    if said and candidate.year and candidate.year > said:
        return False
    return candidate.jurisdiction == CENTRE or candidate.jurisdiction.split("/")[0] == home


def _issued_by(printed: str | None, candidate: _Candidate) -> bool:
    issuer = issuer_of_name(printed) if printed else None
    return issuer is None or not candidate.issuers or issuer.id in candidate.issuers
