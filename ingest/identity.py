"""Who a document is, as far as its own pages tell: type, number, date, issuer, province, title, signer, period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ingest.dates import find_date
from ingest.facts import FactReader, give_number, give_province, give_title
from ingest.fold import fold, key, squeeze
from ingest.mentions import find_mentions
from ingest.names import find_name
from ingest.numbered_mentions import type_names, type_of_symbol
from ingest.portal_box import read_portal
from ingest.records import DocumentFacts, Evidence, Origin, Source
from ingest.reference import load_phrase
from ingest.source import SourceText
from ingest.structure import Region, signer, signer_name
from ingest.titles import document_type, titled_type
from ontology import AgencyType, load_agency_types, load_provinces

_DIGITS = "0123456789"
_SHORT = {"uy ban nhan dan": "UBND", "ubnd": "UBND", "hoi dong nhan dan": "HĐND", "hdnd": "HĐND"}
_COMMITTEE = re.compile(r"(?:[UỦ]y|Uỷ) ban nhân dân|UBND", re.IGNORECASE)


def read_identity(source: SourceText, regions: Sequence[Region]) -> DocumentFacts:
    """The identity of a document; a field that no page gives is None."""
    reader = FactReader(source, regions)
    _read_title(reader)
    _read_header(reader)
    _read_captions(reader)
    _read_signer(reader)
    read_portal(reader)
    _read_issuer(reader)
    _assume_title(reader)
    values = reader.values
    first = next((block for region in regions for block in region.blocks), None)
    title = reader.evidence.get("title")
    return DocumentFacts(
        type=values.get("type"),
        number=values.get("number"),
        symbol=values.get("symbol"),
        date=values.get("date"),
        issuer=values.get("issuer"),
        province=values.get("province"),
        title=values.get("title"),
        signer=values.get("signer"),
        period=values.get("period"),
        evidence=reader.evidence,
        source=title.source if title else source.cite(first.start if first else 0, first.end if first else 1),
    )


def _read_title(reader: FactReader) -> None:
    blocks = list(reader.blocks("title"))
    if not blocks:
        return
    alone = document_type(blocks[0])
    both = None if alone else titled_type(blocks[0])
    reader.give("type", alone or (both[0] if both else None), blocks[0].start, blocks[0].end)
    words = ([both[1]] if both else []) + [block.text for block in (blocks if not (alone or both) else blocks[1:])]
    if words:
        start = blocks[1].start if alone else blocks[0].start + (len(both[0]) if both else 0)
        give_title(reader, " ".join(words), start, blocks[-1].end)


def _read_header(reader: FactReader) -> None:
    blocks = list(reader.blocks("header"))
    texts = [(block.start, reader.source.text[block.start : block.end]) for block in blocks]
    own = [each for each in texts if load_phrase("own_number").search(each[1])]
    for block in blocks:
        subject = load_phrase("subject_of_letter").match(block.text)
        if subject and not any(reader.blocks("title")):
            give_title(reader, subject["title"], block.end - len(subject["title"]), block.end)
    for start, text in own or texts:
        for found in find_mentions(text):
            if found.symbol:
                give_number(reader, found, start)
        _read_letter(reader, text, start)
    # "ngày 14 tháng 5 năm 2025" tells more than the year in a heading of the portal
    dated = [(start, date) for start, text in texts if (date := find_date(text))]
    placed = {start for start, text in texts if load_phrase("placed_date").search(text)}
    for start, (day, begin, end) in sorted(dated, key=lambda each: (each[0] not in placed, -len(each[1][0]))):
        reader.give("date", day, start + begin, start + end)
    for start, text in texts:
        place = re.match(r"[^\n]{0,80}?(?=,?\s*ngày\b)", text, re.IGNORECASE)  # also before a date that cannot be
        if place:
            give_province(reader, place[0], start, anywhere=True)


def _read_letter(reader: FactReader, text: str, offset: int) -> None:
    """A letter, numbered by its sender without a type: "Số: 6869/VPCP-KGVX", and what it is about: "V/v ..."."""
    found = load_phrase("letter_number").search(text)
    if not found or "symbol" in reader.values or not issuer_of_symbol(found["symbol"]):
        return
    start, end = offset + found.start("number"), offset + found.end("number")
    reader.give("number", re.sub(r"\s+", "", found["number"]) if found["serial"] else None, start, end)
    reader.give("symbol", re.sub(r"\s+", "", found["symbol"]), start, end)
    reader.give("type", "Công văn", start, end)


def _read_captions(reader: FactReader) -> None:
    """An annex says which document it goes with, often better than a header that was lost."""
    for region in reader.regions:
        if region.caption is None:
            continue
        start = region.caption.start
        # the caption may run over into the next line
        end = min(start + 400, region.blocks[region.heading - 1].end)
        text = reader.source.text[start:end]
        for found in find_mentions(text)[:1]:
            if found.symbol and found.type == reader.values.get("type", found.type):
                give_number(reader, found, start)
                reader.give("date", found.date, start + found.start, start + found.end)
        give_province(reader, text, start)


def _read_issuer(reader: FactReader) -> None:
    """The issuer by the symbol of the number, its province by the first place that the document names for it."""
    for block in (*reader.blocks("recitals"), *reader.blocks("title"), *reader.blocks("header")):
        text = reader.source.text[block.start : block.end]
        for found in _COMMITTEE.finditer(text):
            name = find_name(text, fold(text), found.start())
            if name and not name.collective:
                give_province(reader, text[name.start : name.end], block.start + name.start)
        give_province(reader, text, block.start)
    agency = issuer_of_symbol(reader.values.get("symbol"))
    if agency is None:
        return
    evidence = reader.evidence["symbol"]
    if "central" in agency.level:  # the place where a ministry dates its papers is not where they hold
        reader.values.pop("province", None)
        reader.evidence.pop("province", None)
    local = _local_issuer(reader)
    if local:
        reader.values["issuer"], reader.evidence["issuer"] = local
        return
    if agency.level == "party-central":  # "TW" is the symbol of several bodies
        agency, place = next(_party_bodies(reader), (agency, evidence.source))
        evidence = Evidence(place)
    reader.values["issuer"] = official_name(agency, reader.values.get("province"))
    reader.evidence["issuer"] = Evidence(evidence.source, Origin.STATED)


def _party_bodies(reader: FactReader) -> Iterator[tuple[AgencyType, Source]]:
    """The bodies of the Party's centre that a letterhead or title says it is of: "CỦA BỘ CHÍNH TRỊ"."""
    for block in (*reader.blocks("header"), *reader.blocks("title")):
        text = reader.source.text[block.start : block.end]
        for found in re.finditer(r"^(?:của\s+)?(?=\w)", text, re.IGNORECASE):
            agency = issuer_of_name(text[found.end() :])
            if agency and agency.level == "party-central":
                yield agency, reader.source.cite(block.start, block.end)


def _local_issuer(reader: FactReader) -> tuple[str, Evidence] | None:
    """A commune or district that issues under the same symbol as its province: "ỦY BAN NHÂN DÂN" over "XÃ ..."."""
    blocks = list(reader.blocks("header"))
    if not blocks:
        return None
    start, end = blocks[0].start, blocks[-1].end
    found = load_phrase("local_issuer").search(reader.source.text, start, end)
    if not found:
        return None
    name = squeeze(found["name"])
    body = _SHORT.get(key(found["body"]), squeeze(found["body"]).capitalize())
    shown = f"{body} {found['level'].lower()} {name.title() if name.isupper() else name}"
    return shown, Evidence(reader.source.cite(found.start(), found.end()))


def local_unit(issuer: str | None) -> str | None:
    """The place below a province whose body an issuer is: "UBND xã Văn Giang" -> "xã Văn Giang"."""
    found = load_phrase("local_unit").search(issuer) if issuer else None
    return squeeze(found[0]) if found else None


def issuer_of_symbol(symbol: str | None) -> AgencyType | None:
    """The body behind a number: "KH-UBND" -> UBND tỉnh, "QĐ-TTg" -> Thủ tướng Chính phủ, None for a stranger."""
    parts = re.split(r"[-/]", symbol) if symbol else []
    # letters are numbered by their sender, "1234/BKHCN-CNC", all else by type and then organ
    organ = (parts[1] if len(parts) > 1 and type_of_symbol(symbol or "") else parts[0] if parts else "").rstrip(_DIGITS)
    return _issuers().get(organ.casefold()) if organ else None


def issuer_of_name(name: str) -> AgencyType | None:
    """The type of body that a name means: "Bộ Chính trị" -> its type, None for a stranger."""
    found = find_name(name, fold(name), 0)
    return next((a for a in load_agency_types() if found and a.id == found.type), None)


@cache
def _issuers() -> Mapping[str, AgencyType]:
    """The first body of each symbol, of the higher level where several share it: UBND is the province's."""
    order = {"central": 0, "party-central": 0, "province": 1, "party-province": 1}
    preferred = ("ubnd-tinh", "hdnd-tinh", "tinh-uy", "ban-chap-hanh-trung-uong-dang", "quoc-hoi", "chinh-phu")
    issuers: dict[str, AgencyType] = {}
    ranked = sorted(load_agency_types(), key=lambda a: (a.id not in preferred, order.get(a.level, 2), a.id))
    for agency in ranked:
        for symbol in agency.symbols:
            issuers.setdefault(symbol.casefold(), agency)
    return issuers


def official_name(agency: AgencyType, province: str | None) -> str:
    """A body with its province: "UBND tỉnh Hà Nam", "Sở Y tế tỉnh Hà Nam"; central bodies have none."""
    if province is None or "central" in agency.level:
        return agency.vi
    kind = next((p.kind for p in load_provinces() if p.short == province), "tỉnh")
    bare = agency.vi.removesuffix(" tỉnh")
    if bare.endswith("Tỉnh ủy"):
        return f"{bare.replace('Tỉnh ủy', 'Thành ủy') if kind == 'thành phố' else bare} {province}"
    return f"{bare} {kind} {province}"


def _assume_title(reader: FactReader) -> None:
    """A text without a title, such as an annex on its own, is known by the title of that or by its first line."""
    if "title" in reader.values:
        return
    titled = next((region for region in reader.regions if region.title and region.heading), None)
    blocks = titled.blocks[: titled.heading] if titled else tuple(reader.blocks("body", "recitals", "header"))[:1]
    if not blocks or load_phrase("letterhead").match(blocks[0].text) or load_phrase("motto").search(blocks[0].text):
        return
    why = "no title of the document was found: the first heading stands in"
    title = titled.title if titled else blocks[0].text
    reader.give("title", title, blocks[0].start, blocks[-1].end, why)
    named = re.match(rf"(?:{type_names()})(?=\s\S)", title)
    if named and not titled:
        reader.give("type", squeeze(named[0]), blocks[0].start, blocks[0].start + named.end(), why)


def _read_signer(reader: FactReader) -> None:
    block = signer(reader.regions)
    name = signer_name(block) if block else None
    if block and name:
        start = reader.source.text.rindex(name, block.start, block.end)
        reader.give("signer", name, start, start + len(name))
