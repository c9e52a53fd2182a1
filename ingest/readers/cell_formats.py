"""What a cell of a workbook shows: a number or date as its format prints it, in Vietnamese notation."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

_GENERAL = "general"
_DIGITS = 10  # that a number without a format shows
_SECTION = re.compile(r'(?:[^;"\\]|"[^"]*"|\\.)+|(?<=;)(?=;)')
_ASIDE = re.compile(r"\[[^\]]*\]|_.|\*.")  # colours, conditions, languages, blanks as wide as a letter
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_DATE_PART = re.compile(r'"[^"]*"|\\.|am/pm|a/p|y+|m+|d+|h+|s+(?:\.0+)?|.', re.IGNORECASE)
_PLACES = re.compile(r"[#0?](?:[#0?,]*[#0?])?(?:\.[#0?]*)?|\.[#0?]+")
_SHORT_DATES = ("mm-dd-yy", "m/d/yyyy", "m/d/yy", "mm/dd/yyyy", "mm/dd/yy")  # what the format of the country replaces
_COUNTRY_DATE = "dd/mm/yyyy"
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_MOST_PLACES = 15
_EXACT = Context(prec=400)  # the largest number of a sheet has 309 digits before its places


def show_value(value: object, number_format: str, point: str = ",") -> str:
    """A cell as a sheet shows it: show_value(datetime(2025, 8, 27), "dd/mm/yyyy") is "27/08/2025"."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _show_number(value, number_format, point)
        case datetime() | date() | time():
            return _show_date(value, number_format)
        case timedelta():
            minutes, seconds = divmod(int(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(value)


def _show_number(value: float, number_format: str, point: str) -> str:
    if not math.isfinite(value):
        return ""
    sections = _SECTION.findall(number_format) or [_GENERAL]
    negative_has_own = value < 0 and len(sections) > 1
    section = sections[1] if negative_has_own else sections[2] if value == 0 and len(sections) > 2 else sections[0]
    bare = _ASIDE.sub("", section)
    plain = _LITERAL.sub("", bare)
    places = _PLACES.search(plain)
    if bare.strip().lower() in (_GENERAL, "@", "") or places is None or "e+" in plain.lower() or "/" in plain:
        return _show_general(value, point) if places or not _LITERAL.search(bare) else _LITERAL.sub(r"\1\2", bare)
    amount = Decimal(repr(value)) * (100 if "%" in plain else 1)
    before, after = _split_literals(bare)
    thousands = len(after) - len(after.lstrip(","))  # each comma behind the digits leaves three of them out
    amount = (abs(amount) if negative_has_own else amount).scaleb(-3 * thousands)
    return f"{before}{_write_places(amount, places[0], point)}{after[thousands:]}".strip()


def _split_literals(section: str) -> tuple[str, str]:
    """What stands before and behind the digits of a format, its quotes and backslashes resolved."""
    spots = [found.span() for found in _PLACES.finditer(_LITERAL.sub(lambda each: "\0" * len(each[0]), section))]
    first, last = spots[0]
    return _LITERAL.sub(r"\1\2", section[:first]), _LITERAL.sub(r"\1\2", section[last:])


def _write_places(amount: Decimal, places: str, point: str) -> str:
    whole, _, decimals = places.partition(".")
    most, least = min(len(decimals), _MOST_PLACES), decimals.count("0")
    rounded = amount.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, _EXACT)
    digits = f"{rounded.copy_abs():f}"
    units, _, rest = digits.partition(".")
    units = units.zfill(whole.count("0"))
    while len(rest) > least and rest.endswith("0"):
        rest = rest[:-1]
    if "," in whole:
        units = f"{int(units):,}".replace(",", ".").zfill(whole.count("0"))
    sign = "-" if rounded < 0 else ""
    return f"{sign}{units}{point}{rest}" if rest else f"{sign}{units}"


def _show_general(value: float, point: str) -> str:
    if float(value).is_integer() and abs(value) < 10**_DIGITS * 10:
        return str(int(value))
    return f"{value:.{_DIGITS}g}".replace(".", point)


def _show_date(value: date | datetime | time, number_format: str) -> str:
    """A date by its format; a month by its name is written as a number, for the names are English in most files."""
    bare = _ASIDE.sub("", number_format.partition(";")[0])
    if bare.lower() in _SHORT_DATES or bare.lower() == _GENERAL:
        bare = _COUNTRY_DATE if isinstance(value, date) else "hh:mm"
    parts, after_hours = [], False
    tokens = _DATE_PART.findall(bare)
    for at, token in enumerate(tokens):
        letter = token[0].lower()
        follows = next((each[0].lower() for each in tokens[at + 1 :] if each[0].isalpha()), "")
        minutes = letter == "m" and (after_hours or follows == "s")
        parts.append(_write_part(value, token, minutes))
        if letter in "ymdhs":
            after_hours = letter == "h"
    return "".join(parts).strip()


def _write_part(value: date | datetime | time, token: str, minutes: bool) -> str:
    letter, size = token[0].lower(), len(token)
    if letter in "hs" or minutes:
        clock = value if isinstance(value, datetime | time) else time()
        amount = {"h": clock.hour, "m": clock.minute, "s": clock.second}[letter]
        return f"{amount:02d}" if size > 1 else str(amount)
    if letter in "ymd" and isinstance(value, date):
        if letter == "y":
            return f"{value.year % 100:02d}" if size < 3 else str(value.year)
        if letter == "d" and size > 2:
            return _WEEKDAYS[value.weekday()]
        amount = value.day if letter == "d" else value.month
        return f"{amount:02d}" if size > 1 else str(amount)
    if letter in "ymd" or token.lower() in ("am/pm", "a/p"):
        return ""
    return token[1:-1] if letter == '"' and size > 1 else token[-1]
