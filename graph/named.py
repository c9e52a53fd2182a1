"""Documents that texts name without a number: "Chiến lược phát triển khoa học, công nghệ và đổi mới sáng tạo ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from graph import iri
from graph.identities import Statement, home_of
from graph.jurisdictions import CENTRE, family_in
from graph.laws import LAWS, LawIndex, title_key
from ingest.fold import key
from ingest.identity import issuer_of_name
from ingest.records import Extraction, Mention, Relation
from ingest.reference import load_phrase
from ontology import load_provinces

_MIN_TITLE = 20


@dataclass(slots=True)
class Named:
    """A document known by its name alone."""

    id: str
    jurisdiction: str
    type: str
    title: str
    by: str | None  # the document that approves or promulgates it
    statements: list[Statement] = field(default_factory=list)


class NamedIndex:
    """The named documents of a corpus, by type and title."""

    def __init__(self, extractions: Sequence[Extraction], resolved: dict[int, str], laws: LawIndex) -> None:
        """`resolved` gives the IRI of each numbered mention by the identity (`id`) of the mention object."""
        self._known: dict[tuple[str, str], Named] = {}
        self._resolved = resolved
        mentions = [(e, m) for e in extractions for m in e.mentions if m.number is None and not m.blank]
        # names that a numbered document puts in force come first: the others may repeat them with a place behind
        for extraction, mention in sorted(mentions, key=lambda pair: self._promulgator(*pair) is None):
            numbered = laws.match(extraction, mention) if mention.type in LAWS else None
            if numbered:
                self._resolved[id(mention)] = numbered
                continue
            named = self._find(extraction, mention) or self._add(extraction, mention)
            if named:
                named.statements.append(Statement(extraction, mention))
                self._resolved[id(mention)] = named.id

    def all(self) -> list[Named]:
        """Every named document, each once."""
        return list({named.id: named for named in self._known.values()}.values())

    def _find(self, extraction: Extraction, mention: Mention) -> Named | None:
        """The document of that type and title; a place in the title does not make a national one another."""
        kind, title = mention.type or "", title_key(mention.title)
        if (kind, title) in self._known:
            return self._known[kind, title]
        by, bare = self._promulgator(extraction, mention), _without_place(title)
        for (known_kind, known), named in self._known.items():
            if known_kind != kind or len(bare) < _MIN_TITLE or _without_place(known) != bare:
                continue
            if named.by and (named.by == by or (by is None and named.jurisdiction == CENTRE)):
                return named
        return None

    def _add(self, extraction: Extraction, mention: Mention) -> Named | None:
        if not (mention.type and mention.title):
            return None
        by = self._promulgator(extraction, mention)
        jurisdiction = self._jurisdiction(extraction, mention, by)
        year = _year_of(by) or (int(mention.date[:4]) if mention.date else None)
        made = iri.unnumbered_iri(jurisdiction, mention.type, year, _shown(mention))
        named = Named(made, jurisdiction, mention.type, mention.title, by)
        self._known[mention.type, title_key(mention.title)] = named
        return named

    def _promulgator(self, extraction: Extraction, mention: Mention) -> str | None:
        """The numbered document that approves or promulgates a name, where the same sentence says so."""
        position = next(at for at, other in enumerate(extraction.mentions) if other is mention)
        for relation in extraction.relations:
            if relation.relation is Relation.PROMULGATED_WITH and relation.subject == position:
                return self._resolved.get(id(extraction.mentions[relation.object]))
            if relation.relation is Relation.APPROVES and relation.object == position and relation.subject >= 0:
                return self._resolved.get(id(extraction.mentions[relation.subject]))
        return None

    def _jurisdiction(self, extraction: Extraction, mention: Mention, by: str | None) -> str:
        if mention.type in LAWS:
            return CENTRE
        if by:
            return by.split("/id/vn/")[1].split("/")[0]
        issuer = issuer_of_name(mention.issuer) if mention.issuer else None
        stated = family_in(mention.issuer) or family_in(mention.title)
        if issuer:
            return CENTRE if "central" in issuer.level else stated or home_of(extraction) or CENTRE
        if stated is None and load_phrase("national_title").search(mention.title or ""):
            return CENTRE
        return stated or home_of(extraction) or CENTRE


@cache
def _places() -> re.Pattern[str]:
    """Where a document is carried out: "tren dia ban tinh ha nam", "tinh hung yen", "tren dia ban tinh"."""
    names = sorted({key(name) for p in load_provinces() for name in (p.short, *p.alt)}, key=len, reverse=True)
    listed = "|".join(map(re.escape, names))
    return re.compile(rf"(?: (?:tren dia ban|o|cua))? (?:tinh|thanh pho)(?: (?:{listed}))?(?!\w)")


def _without_place(title: str) -> str:
    return _places().sub("", title)


def _shown(mention: Mention) -> str:
    """A title that tells the document apart: with its issuer where that is all there is besides the subject."""
    return f"{mention.issuer} {mention.title}" if mention.issuer else mention.title or ""


def _year_of(document: str | None) -> int | None:
    year = document.split("/")[-2] if document else ""
    return int(year) if year.isdigit() else None
