"""What is known of a document, told from all that the texts say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from graph.identities import Identity, Statement
from graph.jurisdictions import CENTRE
from graph.named import Named
from graph.records import DateStatement, DocumentRecord
from ingest.fold import key
from ingest.identity import issuer_of_name, issuer_of_symbol, local_unit, official_name
from ingest.numbered_mentions import type_of_symbol
from ingest.records import Evidence, Source
from ontology import load_provinces


def describe_identity(identity: Identity, ids: Mapping[str, str], originals: Mapping[str, str]) -> DocumentRecord:
    """The record of a numbered document; `ids` gives the IRI of each held file."""
    said = sorted(identity.statements, key=lambda s: (s.mention is not None, s.extraction.file, _place(s).start))
    held = identity.held
    own = held.document if held else None
    dates = tuple(_dates(said, ids))
    date = own.date if own and own.date and len(own.date) == 10 else _best_date(identity, said)
    evidence = dict(own.evidence) if own else {}
    for name, chosen in (("title", _best(said, "title")), ("date", _saying(said, date)), ("number", said[0])):
        if chosen and name not in evidence and chosen.mention:
            evidence[name] = Evidence(chosen.mention.source)
    issuer, by = _issuer(identity, said)
    if issuer and by and "issuer" not in evidence:
        evidence["issuer"] = Evidence(_place(by))
    return DocumentRecord(
        id=identity.id,
        held=held is not None,
        file=held.file if held else None,
        original=originals.get(held.file) if held else None,
        type=own.type if own and own.type else _type(said),
        number=identity.number,
        number_from=_number_from(identity, ids),
        date=date,
        issuer=own.issuer if own and own.issuer else issuer,
        jurisdiction=identity.jurisdiction,
        title=own.title if own and own.title else _title(said),
        signer=own.signer if own else None,
        period=own.period if own else None,
        sha256=held.sha256 if held else None,
        dates=dates,
        aliases=tuple(sorted(identity.aliases)),
        evidence=dict(sorted(evidence.items())),
        source=own.source if own else _place(said[0]),
    )


def describe_named(named: Named) -> DocumentRecord:
    """The record of a document that texts name without a number."""
    said = sorted(named.statements, key=lambda s: (s.extraction.file, _place(s).start))
    dated = next((s for s in said if s.date), None)
    issued = next((s for s in said if s.mention and s.mention.issuer), None)
    evidence = {"title": Evidence(_place(said[0]))}
    if dated:
        evidence["date"] = Evidence(_place(dated))
    if issued:
        evidence["issuer"] = Evidence(_place(issued))
    return DocumentRecord(
        id=named.id,
        held=False,
        file=None,
        original=None,
        type=named.type,
        number=None,
        number_from=None,
        date=dated.date if dated else None,
        issuer=issued.mention.issuer if issued and issued.mention else None,
        jurisdiction=named.jurisdiction,
        title=named.title,
        signer=None,
        period=None,
        sha256=None,
        dates=(),
        aliases=(),
        evidence=dict(sorted(evidence.items())),
        source=_place(said[0]),
    )


def _place(statement: Statement) -> Source:
    if statement.mention:
        return statement.mention.source
    document = statement.extraction.document
    return document.evidence["date"].source if "date" in document.evidence else document.source


def _number_from(identity: Identity, ids: Mapping[str, str]) -> str | None:
    if identity.settled_by:
        return ids[identity.settled_by.file]
    return "printed" if identity.number else None


def _dates(said: Sequence[Statement], ids: Mapping[str, str]) -> Iterator[DateStatement]:
    """Each date that a text prints, once a text, with the first place."""
    seen: set[tuple[str, str]] = set()
    for statement in said:
        stated_in = ids[statement.extraction.file]
        if statement.date and (stated_in, statement.date) not in seen:
            seen.add((stated_in, statement.date))
            yield DateStatement(statement.date, stated_in, _place(statement))


def _best_date(identity: Identity, said: Sequence[Statement]) -> str | None:
    """The fullest date of the year that the IRI took, the one that most texts print."""
    year = identity.id.split("/")[-2][:4]
    dates = Counter(s.date for s in said if s.date and s.date.startswith(year))
    return min(dates, key=lambda d: (-len(d), -dates[d], d)) if dates else None


def _saying(said: Sequence[Statement], date: str | None) -> Statement | None:
    return next((s for s in said if s.date == date and date), None)


def _best(said: Sequence[Statement], name: str) -> Statement | None:
    """The statement whose title most texts share, the longest of those as common."""
    titled = [s for s in said if s.title]
    common = Counter(key(s.title or "") for s in titled)
    return min(titled, key=lambda s: (-common[key(s.title or "")], -len(s.title or ""), _place(s).start), default=None)


def _title(said: Sequence[Statement]) -> str | None:
    best = _best(said, "title")
    return best.title if best else None


def _type(said: Sequence[Statement]) -> str | None:
    """The type that most texts print: "Kế hoạch hành động"; else that of the symbol."""
    types = Counter(s.mention.type for s in said if s.mention and s.mention.type)
    if types:
        return min(types, key=lambda t: (-types[t], t))
    symbol = next((s.mention.symbol for s in said if s.mention and s.mention.symbol), None)
    return type_of_symbol(symbol) if symbol else None


def _issuer(identity: Identity, said: Sequence[Statement]) -> tuple[str | None, Statement | None]:
    """Who issued a document: as printed where a text says so, else by the symbol of its number."""
    printed = next((s for s in said if s.mention and s.mention.issuer), None)
    if printed and printed.mention and local_unit(printed.mention.issuer):
        return printed.mention.issuer, printed
    agency = issuer_of_name(printed.mention.issuer) if printed and printed.mention and printed.mention.issuer else None
    if agency is None:
        symbol = next((s.mention.symbol for s in said if s.mention and s.mention.symbol), None)
        agency = issuer_of_symbol(symbol)
    if agency is None:
        return None, None
    province = identity.jurisdiction.split("/")[0]
    short = next((p.short for p in load_provinces() if p.family == province), None)
    return official_name(agency, None if province == CENTRE else short), printed or (said[0] if said else None)
