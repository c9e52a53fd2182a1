"""The agencies of a corpus: a body belongs to a jurisdiction, and a province that merged has two lives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graph import iri
from graph.jurisdictions import CENTRE, family_in, province_life
from graph.records import AgencyRecord, DocumentRecord
from ingest.identity import issuer_of_name, local_unit
from ingest.records import Body


class AgencyRegister:
    """Collects every body met, under one IRI for each name and jurisdiction."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, str | None, str | None, str, bool]] = {}
        self._spellings: defaultdict[str, set[str]] = defaultdict(set)

    @staticmethod
    def life_of(jurisdiction: str, date: str | None) -> str:
        """The life of the province that a document speaks from: ("hung-yen", "2022-12") -> hung-yen-truoc-2025."""
        return province_life(jurisdiction, date)

    def add(self, body: Body, home: str, date: str | None) -> str:
        """The IRI of a body that a document of `home` names; ministries are of the centre, others where they say."""
        central = body.level is not None and "central" in body.level
        where = CENTRE if central else self.life_of(family_in(body.as_written) or home, date)
        make = iri.collective_iri if body.collective else iri.agency_iri
        made = make(where, body.name)
        self._known.setdefault(made, (body.name, body.type, body.level, where, body.collective))
        self._spellings[made].update(() if body.short else (body.as_written,))  # "Sở" means it in one text only
        return made

    def add_issuer(self, document: DocumentRecord) -> None:
        """Whoever passed a document is an agency too, also when no task names it."""
        agency = issuer_of_name(document.issuer) if document.issuer else None
        if agency is None or document.issuer is None:
            return
        where = CENTRE if "central" in agency.level else self.life_of(document.jurisdiction, document.date)
        name = document.issuer if local_unit(document.issuer) else agency.vi
        made = iri.agency_iri(where, name)
        self._known.setdefault(made, (name, agency.id, agency.level, where, False))
        self._spellings[made].add(document.issuer)

    def records(self) -> Iterator[AgencyRecord]:
        """Every body, sorted by IRI."""
        for made, (name, kind, level, where, collective) in sorted(self._known.items()):
            yield AgencyRecord(made, name, kind, level, where, collective, tuple(sorted(self._spellings[made])))
