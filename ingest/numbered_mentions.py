"""Documents that a text names by their number, or with a number left blank: "Nghị quyết số 57-NQ/TW"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.dates import match_date
from ingest.fold import fold, squeeze
from ingest.names import find_name
from ingest.reference import load_phrase, load_rows
from ontology import load_agency_types

_ORGAN = r"[A-ZĐÀ-Ỹ][A-Za-zĐđÀ-ỹ&]{0,14}\d{0,2}"
MAX_TITLE = 500
_MAX_ISSUER = 150


@dataclass(frozen=True, slots=True)
class Found:
    """A mention at `start:end` of a text; `number`, `date` and `issuer` as far as printed."""

    start: int
    end: int  # of what identifies it: type, number, date, issuer
    number: str | None
    blank: bool
    symbol: str | None
    type: str | None
    date: str | None
    issuer: str | None
    title: str | None


@cache
def _codes() -> str:
    codes = sorted((row["code"] for row in load_rows("document_types") if row["code"]), key=len, reverse=True)
    plain = [code for code in codes if code not in _in_code()]
    return "|".join(map(_spell, plain))


def _spell(code: str) -> str:
    """A code as a pattern, also in the capitals of a title; scans print the Icelandic letter for the Vietnamese one."""
    spelled = re.escape(code).replace("Đ", "[Đ\u00d0]")
    return spelled if code == code.upper() else f"{spelled}|{spelled.upper()}"


@cache
def _in_code() -> frozenset[str]:
    """Codes that hold their issuer, and number its term: QH15, UBTVQH15."""
    return frozenset(row["code"] for row in load_rows("document_types") if row.get("issuer_in_code"))


@cache
def type_names() -> str:
    names = sorted({row["type"] for row in load_rows("document_types")}, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)


@cache
def number_pattern(code: str | None = None) -> re.Pattern[str]:
    """Numbers of one type, or of any: "433 -KH/TU", "361/QĐ- UBND", "88/2025/NĐ-CP", "193/2025/QH15"."""
    terms = (
        "|".join(sorted(_in_code(), key=len, reverse=True)) if code is None else code if code in _in_code() else "(?!)"
    )
    codes = _codes() if code is None else "(?!)" if code in _in_code() else _spell(code)
    return re.compile(
        rf"(?<![\d/.,-])(?P<serial>\d{{1,5}}[a-zA-Z]?)\s*(?:/\s*(?P<year>(?:19|20)\d\d)\s*)?(?P<join>[/–-])\s*"
        rf"(?P<symbol>(?:{codes})\s*[/–-]\s*{_ORGAN}(?:\s*[–-]\s*{_ORGAN})*(?:/{_ORGAN})?|(?:{terms})(?:\s*\d{{1,2}})?)(?![\w])"
    )


@cache
def _blank_pattern() -> re.Pattern[str]:
    """A number that was to be filled in by hand: "Quyết định số /QĐ-UBND", "Kế hoạch số      /KH-UBND"."""
    return re.compile(
        rf"số\s{{0,40}}:?[\s.…_]{{0,80}}/\s{{0,10}}(?P<symbol>(?:{_codes()})\s*-\s*{_ORGAN})(?!\w)", re.IGNORECASE
    )


@cache
def _type_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!pháp\s)(?<!\w)(?P<type>{type_names()})(?P<more>\s+hành động(?:\s+chiến lược)?)?\s*(?:số\s*)?:?\s*$",
        re.IGNORECASE,
    )


@cache
def _organ_first() -> re.Pattern[str]:
    """Letters are numbered by their sender: "Công văn số 1234/BKHCN-CNC", "Văn bản số 4455/UBND-KGVX"."""
    number = rf"(?P<number>\d{{1,5}}\s*/\s*(?P<symbol>{_ORGAN}(?:\s*-\s*{_ORGAN})+))"
    one_more = r"(?<=,\s)số|(?<=;\s)số|(?<=và\s)số"  # "các văn bản số 14/UBND-NN và số 15/UBND-NN"
    return re.compile(rf"(?:(?P<type>(?i:Công văn|Văn bản|CV))\s*(?:số)?|{one_more})\s*:?\s*{number}(?!\w)")


def find_numbered(text: str) -> Iterator[Found]:
    for found in number_pattern().finditer(text):
        number = clean_number(found[0])
        symbol = clean_number(found["symbol"])
        yield _complete(text, found.start(), found.end(), number, symbol)


def find_letters(text: str) -> Iterator[Found]:
    for found in _organ_first().finditer(text):
        if not number_pattern().match(text, found.start("number")):
            date, end = date_after(text, found.end())
            issuer, end = issuer_after(text, end)
            number, symbol = clean_number(found["number"]), clean_number(found["symbol"])
            title = title_after(text, end)
            yield Found(found.start(), end, number, False, symbol, "Công văn", date, issuer, title)


def find_blank(text: str) -> Iterator[Found]:
    for found in _blank_pattern().finditer(text):
        yield _complete(text, found.start(), found.end(), None, re.sub(r"\s+", "", found["symbol"]))


def clean_number(printed: str) -> str:
    """A number without the spaces that a page put in: "433 -KH/TU" -> "433-KH/TU", "12/QĐ-TTG" -> "12/QĐ-TTg"."""
    number = re.sub(r"\s+", "", printed).replace("–", "-").replace("\u00d0", "Đ")
    return re.sub(r"[A-ZĐ]+", lambda part: _mixed_case().get(part[0], part[0]), number) if number.isupper() else number


@cache
def _mixed_case() -> Mapping[str, str]:
    """The parts of symbols that have small letters, by how a title in capitals prints them: "CTR" -> "CTr"."""
    codes = [row["code"] for row in load_rows("document_types") if row["code"]]
    parts = [*codes, *(symbol for agency in load_agency_types() for symbol in agency.symbols)]
    return {part.upper(): part for part in parts if part != part.upper()}


def _complete(text: str, start: int, end: int, number: str | None, symbol: str) -> Found:
    """Widen a number by its type before it, and its date and issuer behind it."""
    kind, title = type_of_symbol(symbol), None
    law = _law_before(text, start) if _code(symbol) in _in_code() else None
    before = _type_before().search(text, max(0, start - 60), start)
    if law:
        start, kind, title = law
    elif before:
        printed = squeeze(before["type"] + (before["more"] or "")).capitalize()
        start = before.start()
        # "Thông báo Kết luận số 08-TB/...": the number tells which of two types it is
        double = re.search(rf"{re.escape(kind or printed)}\s+$", text[max(0, start - 30) : start])
        start, kind = (start - len(double[0]), kind) if double and kind != printed else (start, printed)
    date, end = date_after(text, end)
    issuer, end = issuer_after(text, end)
    return Found(start, end, number, number is None, symbol, kind, date, issuer, title or title_after(text, end))


def _law_before(text: str, at: int) -> tuple[int, str, str] | None:
    """A law whose number stands behind its name: "Luật Khoa học, công nghệ và đổi mới sáng tạo số 93/2025/QH15"."""
    offset = max(0, at - 400)
    amending = next((f for f in load_phrase("amending_law").finditer(text, offset) if f.end() <= at), None)
    if amending and re.fullmatch(r",?\s*số\s*:?\s*", text[amending.end() : at]):
        return amending.start(), "Luật", squeeze(amending["title"])
    offset = max(0, at - 200)
    laws = list(re.finditer(r"(?<!\w)(?P<type>Luật|Bộ luật|Pháp lệnh)\s+(?=[A-ZĐÀ-Ỹ])", text[offset:at]))
    if not laws:
        return None
    found, start = laws[-1], offset + laws[-1].start()
    name = re.fullmatch(r"(?P<name>[^;.:()\d]{4,180}?),?\s*số\s*:?\s*", text[start + len(found[0]) : at])
    return (start, found["type"], squeeze(name["name"])) if name else None


def _code(symbol: str) -> str:
    return re.split(r"[-/]", symbol)[0].rstrip("0123456789")


def type_of_symbol(symbol: str) -> str | None:
    """The type that the first part of a symbol stands for: "QĐ-UBND" -> "Quyết định", "QH15" -> "Luật"."""
    return next((row["type"] for row in load_rows("document_types") if row["code"] == _code(symbol)), None)


def date_after(text: str, at: int) -> tuple[str | None, int]:
    gap = re.match(r"\s*,?\s*", text[at : at + 20])
    return match_date(text, at + (gap.end() if gap else 0)) or (None, at)


def issuer_after(text: str, at: int) -> tuple[str | None, int]:
    """The issuer that follows: " của Thủ tướng Chính phủ"; a Party congress or meeting may stand between."""
    of = load_phrase("of_issuer").match(text, at)
    here = of.end() if of else at + len(text[at:]) - len(text[at:].lstrip())
    meeting = load_phrase("party_meeting").match(text, here)
    if not of and not meeting:
        return None, at
    here = meeting.end() if meeting else here
    # a minister signs for the ministry: "của Bộ trưởng Bộ Nội vụ"
    officer = load_phrase("officer_of").match(text, here)
    here = officer.end() if officer else here
    window = text[here : here + _MAX_ISSUER]
    name = find_name(window, fold(window), 0)
    if name is None or name.collective:
        return None, at
    printed = squeeze(window[: name.end])
    return (name.name if printed.isupper() and len(printed.split()) > 1 else printed), here + name.end


@cache
def title_ends() -> re.Pattern[str]:
    """Where a title stops: at a stop, a bracket, or the next document."""
    return re.compile(load_phrase("title_end").pattern.replace("TYPES", type_names()))


def title_after(text: str, at: int) -> str | None:
    """What the document is about, as far as the sentence tells: "về đột phá phát triển khoa học ..."."""
    start = load_phrase("title_start").match(text, at)
    if not start:
        return None
    end = title_ends().search(text, start.end(), start.end() + MAX_TITLE)
    title = squeeze(text[start.end() : end.start() if end else start.end() + MAX_TITLE]).strip(' ,.;“"').rstrip("”")
    return f"{title}”" if "“" in title[title.rfind("”") + 1 :] else title or None
