"""Which mentions are the same document: number, issuer and year, told from all texts of the corpus together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph import iri
from graph.jurisdictions import UNKNOWN, family_in, family_of, jurisdiction_of
from ingest.fold import key
from ingest.identity import local_unit
from ingest.records import Extraction, Mention
from ingest.slug import slug

_SHORT_TITLE = 40  # titles are compared by so many letters at least


@dataclass(frozen=True, slots=True)
class Statement:
    """What one text says of a document: a mention, or (where it is None) the document's own pages."""

    extraction: Extraction
    mention: Mention | None

    @property
    def date(self) -> str | None:
        return self.mention.date if self.mention else self.extraction.document.date

    @property
    def title(self) -> str | None:
        return self.mention.title if self.mention else self.extraction.document.title


@dataclass(slots=True)
class Identity:
    """One document with all that is said of it."""

    id: str
    jurisdiction: str
    number: str | None
    statements: list[Statement] = field(default_factory=list)
    held: Extraction | None = None
    settled_by: Extraction | None = None  # the text that gave a held document its number
    aliases: list[str] = field(default_factory=list)


_Key = tuple[str, str, str]  # jurisdiction, symbol, serial


def number_key(number: str, symbol: str, province: str | None, unit: str | None = None) -> _Key | None:
    """What a number is told by before its year is known: ("102/KH-UBND", ..., "hung-yen") -> hung-yen, kh-ubnd, 102."""
    jurisdiction = jurisdiction_of(symbol, province, unit)
    return (jurisdiction, iri.symbol_slug(number), iri.serial(number)) if jurisdiction else None


def home_of(extraction: Extraction) -> str | None:
    """The province that a document speaks from, None for the centre."""
    return family_of(extraction.document.province)


def mention_key(extraction: Extraction, mention: Mention) -> _Key | None:
    """The key of a numbered mention; a province printed with the issuer wins over that of the citing document."""
    if mention.number is None or mention.symbol is None:
        return None
    home = family_in(mention.issuer) or home_of(extraction)
    return number_key(mention.number, mention.symbol, home, local_unit(mention.issuer))


class Index:
    """Every numbered document of a corpus, to be found by key and date."""

    def __init__(self, extractions: Sequence[Extraction]) -> None:
        self.identities: dict[str, Identity] = {}
        self._by_key: defaultdict[_Key, list[Identity]] = defaultdict(list)
        self.held: dict[str, Identity] = {}  # by file
        statements: defaultdict[_Key, list[Statement]] = defaultdict(list)
        for extraction in extractions:
            for mention in extraction.mentions:
                if (found := mention_key(extraction, mention)) and not mention.itself:
                    statements[found].append(Statement(extraction, mention))
            own = own_key(extraction)
            if own:
                statements[own].append(Statement(extraction, None))
        for key_of, said in statements.items():
            for group in _same_document(said):
                self._add(key_of, group)

    def _add(self, found: _Key, group: Sequence[Statement]) -> None:
        year = _year(group)
        if year is None:
            return
        number = _spelling(group)
        made = iri.document_iri(number, found[0], year)
        identity = self.identities.setdefault(made, Identity(made, found[0], number))
        identity.statements += group
        if identity not in self._by_key[found]:
            self._by_key[found].append(identity)
        for statement in group:
            if statement.mention is None:
                identity.held = statement.extraction
                self.held[statement.extraction.file] = identity

    def match(self, extraction: Extraction, mention: Mention) -> list[Identity]:
        """The documents that a numbered mention may mean: one when its date agrees or only one has the number."""
        found = self._by_key.get(mention_key(extraction, mention) or ("", "", ""), [])
        own = [i for i in found if any(s.mention is mention for s in i.statements)]
        if own or mention.date is not None or len(found) < 2:
            return own or found
        # "(viết tắt là Kế hoạch số 12/KH-UBND)": the same text gave the date before
        dated_here = [i for i in found if any(s.extraction is extraction for s in i.statements)]
        return dated_here if len(dated_here) == 1 else found


def own_key(extraction: Extraction) -> _Key | None:
    """The key of a document's own number, None when it is blank."""
    document = extraction.document
    if document.number is None or document.symbol is None or document.date is None:
        return None
    home = home_of(extraction)
    if jurisdiction_of(document.symbol, home) is None:
        home = UNKNOWN
    return number_key(document.number, document.symbol, home, local_unit(document.issuer))


def _same_document(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Groups that agree on day and month, on the year where that is all, or on the title."""
    groups: list[list[Statement]] = []
    dated = [s for s in statements if _when(s)]
    for statement in sorted(dated, key=lambda s: (-len(_when(s) or ""), _when(s) or "", s.extraction.file)):
        near = [g for g in groups if any(_agree(statement, other) for other in g) and not _another_plan(statement, g)]
        # the very date goes before the same day of another year
        near.sort(key=lambda g: all(_when(other) != _when(statement) for other in g))
        if near:
            near[0].append(statement)
        else:
            groups.append([statement])
    return groups


def _another_plan(statement: Statement, group: Iterable[Statement]) -> bool:
    """Whether two held documents print two years: a number may return a year later, on the same day."""
    own = {s.date[:4] for s in (statement, *group) if s.mention is None and s.date}
    return statement.mention is None and len(own) > 1


def _when(statement: Statement) -> str | None:
    """The date, or the year that stands in the number: "88/2025/NĐ-CP" is of 2025 without a date."""
    if statement.date:
        return statement.date
    number = statement.mention.number if statement.mention else None
    parts = number.split("/") if number else []
    return parts[1] if len(parts) > 1 and parts[1].isdigit() else None


def _agree(one: Statement, other: Statement) -> bool:
    mine, theirs = _when(one) or "", _when(other) or ""
    if len(mine) == len(theirs) == len("2025-01-01"):
        if mine[5:] == theirs[5:]:
            return True
    elif mine.startswith(theirs) or theirs.startswith(mine):
        return True
    titles = [key(s.title or "") for s in (one, other)]
    return min(map(len, titles)) >= _SHORT_TITLE and (
        titles[0].startswith(titles[1]) or titles[1].startswith(titles[0])
    )


def _year(group: Sequence[Statement]) -> int | None:
    """The year that most texts print, the earlier of two as often printed."""
    years = Counter(date[:4] for s in group if (date := _when(s)))
    return int(min(years, key=lambda year: (-years[year], year))) if years else None


def _spelling(group: Sequence[Statement]) -> str:
    numbers = Counter(s.mention.number if s.mention else s.extraction.document.number for s in group)
    return min((n for n in numbers if n), key=lambda n: (-numbers[n], n))


# --- held documents without a number --------------------------------------------------------------------------------


def add_unnumbered(index: Index, extractions: Sequence[Extraction]) -> None:
    """Give each held document with a blank number its identity: as another text settles it, or by its bytes."""
    for extraction in extractions:
        if extraction.file in index.held:
            continue
        settled = _settled_by(index, extraction)
        blank = _blank_iri(extraction)
        if settled:
            identity, by = settled
            identity.aliases.append(blank)
            identity.settled_by = by
        else:
            identity = index.identities.setdefault(
                blank, Identity(blank, _jurisdiction(extraction), extraction.document.number)
            )
        identity.held = extraction
        identity.statements.append(Statement(extraction, None))
        index.held[extraction.file] = identity


def _blank_iri(extraction: Extraction) -> str:
    document, jurisdiction = extraction.document, _jurisdiction(extraction)
    if document.symbol:
        when = (document.date or "khong-ro-nam")[:7]
        return iri.blank_number_iri(jurisdiction, document.symbol, when, extraction.sha256)
    year = int(document.date[:4]) if document.date else None
    return iri.unnumbered_iri(jurisdiction, document.type or "Văn bản", year, document.title or extraction.sha256[:8])


def _jurisdiction(extraction: Extraction) -> str:
    symbol, home = extraction.document.symbol, home_of(extraction)
    unit = local_unit(extraction.document.issuer)
    return (jurisdiction_of(symbol, home, unit) if symbol else None) or home or UNKNOWN


def _settled_by(index: Index, extraction: Extraction) -> tuple[Identity, Extraction] | None:
    """Another text that gives the number: same issuer and symbol, a date within the one printed, the same title."""
    document = extraction.document
    if not (document.symbol and document.title and document.date):
        return None
    home = _jurisdiction(extraction)
    for identity in index.identities.values():
        if identity.held or identity.jurisdiction != home or f"/{slug(document.symbol)}/" not in identity.id:
            continue
        for said in identity.statements:
            if said.mention and (said.date or "").startswith(document.date) and _same_title(said.title, document.title):
                return identity, said.extraction
    return None


def _same_title(one: str | None, other: str) -> bool:
    mine, theirs = key(one or ""), key(other)
    return len(mine) >= _SHORT_TITLE and (mine.startswith(theirs) or theirs.startswith(mine))
