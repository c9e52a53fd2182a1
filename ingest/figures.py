"""The figures of a sentence: values with a unit, the piece of text that speaks of each, and what it says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.fold import squeeze
from ingest.lines import drop_emphasis
from ingest.reference import load_patterns, load_phrase

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
LOW_NUMBER = re.compile(rf"(?<![\w/.,-])(?:{_NUMBER})")
HIGH_NUMBER = re.compile(rf"\s{{0,3}}%?\s{{0,3}}(?:-|–|đến)\s{{0,3}}({_NUMBER})")
_SPELLED = re.compile(r"\s{0,9}(?:\((?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\)\s{0,9})?")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = re.compile(r"(?:năm|đến|từ|vào|trước|giai đoạn|[-–])\s*$", re.IGNORECASE)
_BREAK = re.compile(r",\s|\svà\s|\strong đó\s")
_MAX_INDICATOR = 220
_UNIT_REACH = 100  # no unit is longer
_GROWN = ("%", "%/năm", "lần")  # what tells of growth; a share of a whole does not


@dataclass(frozen=True, slots=True)
class Value:
    """One number with its unit: "05-07 sáng chế"."""

    start: int
    end: int
    low: float
    high: float | None
    printed: str  # the unit as printed
    row: Mapping[str, Any]  # of units.json

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.printed.startswith("%")


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of a sentence with the piece of text that speaks of it."""

    value: Value
    start: int  # of its piece, in the sentence
    end: int


def find_values(text: str) -> Iterator[Value]:
    """The numbers of a text that a known unit follows; years, dates and numbers of documents are none."""
    at = 0
    for low in LOW_NUMBER.finditer(text):
        if low.start() < at:
            continue
        value = _value(text, low)
        if value is not None:
            at = value.end
            yield value


def _value(text: str, low: re.Match[str]) -> Value | None:
    """The value that begins with a number, a range first: "từ 7% đến 10%"; None when no unit follows."""
    high = HIGH_NUMBER.match(text, low.end())
    for upper, stop in ((high[1], high.end()), (None, low.end())) if high else ((None, low.end()),):
        spelled = _SPELLED.match(text, stop)
        at = spelled.end() if spelled else stop
        ahead = text[at : at + _UNIT_REACH]
        for row, pattern in load_patterns("units"):
            unit = pattern.match(ahead)
            if not unit:
                continue
            if not unit[0].startswith("%") and is_year(text, low):
                return None  # "Đến năm 2030 doanh nghiệp ..."
            high_number = read_number(upper) if upper else None
            return Value(low.start(), at + unit.end(), read_number(low[0]), high_number, squeeze(unit[0]), row)
    return None


def is_year(text: str, low: re.Match[str]) -> bool:
    before = text[max(0, low.start() - 20) : low.start()]
    return _YEAR_LIKE.fullmatch(low[0]) is not None and _BEFORE_YEAR.search(before) is not None


def find_figures(text: str, values: Sequence[Value]) -> Iterator[Figure]:
    """The values of a sentence, each with its piece: from the end of the last value's piece to the next break."""
    start = 0
    for at, value in enumerate(values):
        limit = values[at + 1].start if at + 1 < len(values) else len(text)
        start = max(start, text.rfind(";", start, value.start) + 1)
        end = _close_brackets(text, start, value, _end_of_piece(text, start, value, limit, at + 1 < len(values)))
        yield Figure(value, start, end)
        start = min(end + 1, limit)


def _end_of_piece(text: str, start: int, value: Value, limit: int, more: bool) -> int:
    """Commas end a piece, unless it goes on about its value: "100% sản phẩm ..., được quản lý bằng quy chuẩn"."""
    whole = text[max(0, value.end - 4) : value.end] == "100%"
    opens = len(_before(text, start, value).split()) <= 2 and value.row["kind"] != "money"
    found = re.search(r";\s|\.\s" if whole or opens else r"[;,]\s|\.\s", text[value.end : limit])
    if found:
        return value.end + found.start()
    breaks = list(_BREAK.finditer(text, value.end, limit)) if more and (whole or opens) else []
    return breaks[-1].start() if breaks else limit


def _close_brackets(text: str, start: int, value: Value, end: int) -> int:
    """The end of a piece moved so that no bracket opened behind its value stays open, nor one before it gets closed."""
    opened: list[int] = []
    for at in range(value.end, end):
        if text[at] == "(":
            opened.append(at)
        elif text[at] == ")" and opened:
            opened.pop()
        elif text[at] == ")" and "(" not in text[start : value.start]:
            return at  # the whole piece stands in a bracket that ends here
    return opened[0] if opened else end


# --- what is measured -----------------------------------------------------------------------------------------------


def indicator_of(text: str, figure: Figure) -> str:
    """What is measured: the words before the value, or behind one that opens its piece ("100% cơ sở ...")."""
    value = figure.value
    before = _before(text, figure.start, value)
    kind = value.row["kind"]
    having = load_phrase("indicator_having").search(before) if kind == "count" else None
    if len(before.split()) > 2 and not having:
        return before[-_MAX_INDICATOR:]
    behind = noun_behind(text, figure)
    if kind == "count":
        counted = _strip(value.printed + _after(text, figure))[:_MAX_INDICATOR]
        if having:  # "mỗi xã có 01 tổ"; in front of a comma stands what is done for it
            owner = "" if having["at"] else _inside(before[: having.start()].strip())
            return f"Số {counted} của {owner}" if owner else f"Số {counted}"
        return f"{before} {counted}" if before else f"Số {counted}" if behind else ""
    if kind == "money" and before and not load_phrase("indicator_no_noun").match(behind):
        return f"{before} {behind}"
    if before and _is_linked(text, figure):
        return before
    if len(behind.split()) > 2 and value.printed.startswith("%") and not _named_unit(value):
        return _share_of(text, figure, behind)
    return before


def _inside(words: str) -> str:
    """Words as they stand inside a sentence: "Mỗi xã" -> "mỗi xã"; a last word with a capital shows a name."""
    return words[:1].lower() + words[1:] if words.split(" ")[-1].islower() else words


def noun_behind(text: str, figure: Figure) -> str:
    """The words behind a value in its piece, without "trở lên"."""
    return _strip(_after(text, figure))[:_MAX_INDICATOR].removeprefix("là ")


def _after(text: str, figure: Figure) -> str:
    after = text[figure.value.end : figure.end]
    for row, pattern in load_patterns("comparators"):
        if row["where"] == "after":
            after = pattern.sub("", after)
    return after


def own_indicator(text: str, figure: Figure) -> str:
    """What a value measures by its own few words when it starts a new clause: "...; có thêm 15 hợp tác xã"."""
    value = figure.value
    if value.row["kind"] == "count":
        return bare_indicator(text, figure)
    return "" if _is_linked(text, figure) else _named_behind(text, figure)


def _is_linked(text: str, figure: Figure) -> bool:
    """Whether a verb in front of a value says that it is of what was named before: "đạt", "chiếm"."""
    return load_phrase("indicator_linked").search(text, figure.start, figure.value.start) is not None


def _named_behind(text: str, figure: Figure) -> str:
    behind = noun_behind(text, figure)
    named = figure.value.printed == "%" and not load_phrase("indicator_no_noun").match(behind)
    return _share_of(text, figure, behind) if named else ""


def _share_of(text: str, figure: Figure, noun: str) -> str:
    """ "95% hồ sơ" tells of a share, "giảm 10% chi phí" of the thing itself."""
    return noun if compared(text, figure)[0] == "increase" else f"Tỷ lệ {_whole(figure.value)}{noun}"


def _named_unit(value: Value) -> bool:
    return value.row.get("unit") not in (None, "%")


def _whole(value: Value) -> str:
    """The whole that a share is of, when it opens what is measured: "100% tổng số hộ được ..."."""
    whole = value.printed.removeprefix("%").strip().removeprefix("của ")
    return f"{whole} " if whole else ""


def bare_indicator(text: str, figure: Figure) -> str:
    """What a value measures when nothing else says so: "có 100 doanh nghiệp", "60% tổng số hộ"."""
    value = figure.value
    if value.row["kind"] == "count":
        return f"Số {value.printed}"
    whole = value.printed.startswith("%") and "unit" not in value.row
    return f"Tỷ lệ {_whole(value).strip()}" if whole else _named_behind(text, figure)


def _before(text: str, start: int, value: Value) -> str:
    """The words before a value in its piece that name what is measured, without the verb that says it is to grow."""
    measured = _measured(text, start, value)
    grown = load_phrase("indicator_growth").match(measured)
    return measured[grown.end() :].strip() if grown else measured


def _measured(text: str, start: int, value: Value) -> str:
    """The same with that verb; a colon parts what is told from what it is told of, an aim what is done from its end."""
    opening = load_phrase("indicator_opening")
    named = not load_phrase("indicator_no_noun").match(text[value.end :].lstrip())
    head, colon, tail = text[start : value.start].rpartition(":")
    own = opening.sub("", _behind_aim(tail, named))
    return own if own or not colon else opening.sub("", _behind_aim(head, named=False))


def _behind_aim(told: str, named: bool) -> str:
    """The words behind the last "bảo đảm", "góp phần tăng": none when what is measured is named behind the value."""
    whole = _strip(told)
    measured = load_phrase("indicator_measured")
    for aim in reversed(list(load_phrase("indicator_aim").finditer(told))):
        behind = load_phrase("indicator_opening").sub("", _strip(told[aim.end() :]))
        if measured.match(behind) or (not measured.match(whole) and (behind or named)):
            return behind
    return whole


def _strip(text: str) -> str:
    stripped = squeeze(drop_emphasis(text)).strip(" ,;:()")
    while (shorter := load_phrase("indicator_closing").sub("", stripped)) != stripped:
        stripped = shorter
    return stripped.rstrip(" ,;:(")


# --- numbers, comparators, units ------------------------------------------------------------------------------------


def compared(text: str, figure: Figure) -> tuple[str, float | tuple[float, float]]:
    """The comparator with the number, a pair for a range; a fall is below nought."""
    value = figure.value
    before = text[figure.start : value.start].rstrip()
    sign = -1 if load_phrase("target_decrease").search(before) else 1
    if value.high is not None:
        low, high = sorted((sign * value.low, sign * value.high))
        return "range", (low, high)
    if sign < 0 or _opens_with(text, figure, "target_fall"):
        return "increase", -value.low
    for row, pattern in load_patterns("comparators"):
        if row["where"] == "before" and pattern.search(before):
            return row["comparator"], value.low
        if row["where"] == "after" and pattern.match(text[value.end : value.end + _UNIT_REACH]):
            return row["comparator"], value.low
    grows = value.printed == "lần" or _opens_with(text, figure, "target_growth")
    return ("increase" if grows else "="), value.low


def _opens_with(text: str, figure: Figure, phrase: str) -> bool:
    """Whether a verb before what is measured tells which way it goes: "Tăng năng suất lao động 8%/năm"."""
    value = figure.value
    if value.row.get("unit") not in _GROWN:
        return False
    told = squeeze(drop_emphasis(text[figure.start : value.start])).rpartition(":")[2]
    for aim in list(load_phrase("indicator_aim").finditer(told))[-1:]:
        told = told[aim.end() :]
    return load_phrase(phrase).match(load_phrase("indicator_opening").sub("", told).lstrip(" ,;.(")) is not None


def read_number(printed: str) -> float:
    """ "150.000" -> 150000; "1,5" and "1.5" -> 1.5; "0.750" is no thousand"""
    thousands = re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", printed)
    value = float((printed.replace(".", "") if thousands else printed).replace(",", "."))
    return int(value) if value.is_integer() else value


def unit_of(text: str, figure: Figure) -> str:
    """The unit by its own name; a growth told with "hàng năm" is one a year."""
    value = figure.value
    unit = str(value.row.get("unit") or value.printed)
    yearly = load_phrase("target_yearly").search(text[figure.start : value.start])
    return "%/năm" if unit == "%" and yearly else unit
