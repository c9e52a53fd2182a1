"""Documents that texts name without a number: "Chiến lược phát triển khoa học, công nghệ và đổi mới sáng tạo ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph import iri
from graph.identities import Statement, home_of
from graph.jurisdictions import CENTRE, family_in
from ingest.fold import key
from ingest.identity import issuer_of_name
from ingest.records import Extraction, Mention, Relation

# A title may go on with the place where it is carried out: that is the same document.
_PLACE = re.compile(r"^(?: tren dia ban (?:tinh|thanh pho)\b.*| (?:tinh|thanh pho) .{2,40}| o tinh .*)?$")
_MIN_TITLE = 20
_LAWS = frozenset({"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"})


@dataclass(slots=True)
class Named:
    """A document known by its name alone."""

    id: str
    jurisdiction: str
    type: str
    title: str
    statements: list[Statement] = field(default_factory=list)


class NamedIndex:
    """The named documents of a corpus, by type and title."""

    def __init__(self, extractions: Sequence[Extraction], resolved: dict[int, str]) -> None:
        """`resolved` gives the IRI of each numbered mention by the identity (`id`) of the mention object."""
        self._known: dict[tuple[str, str], Named] = {}
        self._resolved = resolved
        mentions = [(e, m) for e in extractions for m in e.mentions if m.number is None and not m.blank]
        # names that a numbered document puts in force come first: the others may repeat them with a place behind
        for extraction, mention in sorted(mentions, key=lambda pair: self._promulgator(*pair) is None):
            named = self._find(mention) or self._add(extraction, mention)
            if named:
                named.statements.append(Statement(extraction, mention))
                self._resolved[id(mention)] = named.id

    def all(self) -> list[Named]:
        """Every named document, each once."""
        return list({named.id: named for named in self._known.values()}.values())

    def _find(self, mention: Mention) -> Named | None:
        kind, title = mention.type or "", key(mention.title or "")
        if (kind, title) in self._known:
            return self._known[kind, title]
        for (known_kind, known), named in self._known.items():
            if (
                known_kind == kind
                and len(known) >= _MIN_TITLE
                and title.startswith(known)
                and _PLACE.match(title[len(known) :])
            ):
                return named
        return None

    def _add(self, extraction: Extraction, mention: Mention) -> Named | None:
        if not (mention.type and mention.title):
            return None
        by = self._promulgator(extraction, mention)
        jurisdiction = self._jurisdiction(extraction, mention, by)
        year = _year_of(by) or (int(mention.date[:4]) if mention.date else None)
        made = iri.unnumbered_iri(jurisdiction, mention.type, year, _shown(mention))
        named = Named(made, jurisdiction, mention.type, mention.title)
        self._known[mention.type, key(mention.title)] = named
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
        if mention.type in _LAWS:
            return CENTRE
        if by:
            return by.split("/id/vn/")[1].split("/")[0]
        issuer = issuer_of_name(mention.issuer) if mention.issuer else None
        if issuer and "central" in issuer.level:
            return CENTRE
        return family_in(mention.title) or family_in(mention.issuer) or home_of(extraction) or CENTRE


def _shown(mention: Mention) -> str:
    """A title that tells the document apart: with its issuer where that is all there is besides the subject."""
    return f"{mention.issuer} {mention.title}" if mention.issuer else mention.title or ""


def _year_of(document: str | None) -> int | None:
    year = document.split("/")[-2] if document else ""
    return int(year) if year.isdigit() else None
