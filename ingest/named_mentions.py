"""Documents that a text names without a number: a law, a title in quotes, what follows a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.fold import squeeze
from ingest.numbered_mentions import (
    MAX_TITLE,
    Found,
    date_after,
    issuer_after,
    number_pattern,
    title_after,
    title_ends,
    type_names,
)
from ingest.reference import load_phrase

_MIN_TITLE_WORDS = 3
_LAWS = ("Luật", "Bộ luật", "Hiến pháp")
_NEVER_NAMED = ("Báo cáo", "Công văn", "Công điện", "Tờ trình", "Thông báo", "Lệnh", "Sao y", "Giấy mời", "Hướng dẫn")


@cache
def _named_pattern() -> re.Pattern[str]:
    """A type, then a title in quotes, its issuer, or a title in plain words."""
    return re.compile(
        rf"(?<!\w)(?P<type>{type_names()})(?P<more>\s+hành động(?:\s+chiến lược)?)?\s*:?\s+"
        r"(?:(?P<quoted>[“\"][^”\"]{8,300}[”\"])|(?P<of>của\s)|(?P<about>về\s+(?!việc\s))|(?=\w))",
        re.IGNORECASE,
    )


def find_named(text: str) -> Iterator[Found]:
    at = 0
    while found := _named_pattern().search(text, at):
        at = found.end()
        named = _named_mention(text, found) if _can_be_named(text, found) else None
        if named:
            yield named
            at = max(at, named.end)


def _can_be_named(text: str, found: re.Match[str]) -> bool:
    """Whether a type is followed by a title that makes it one document: a law, a quoted title, or after a verb."""
    kind = squeeze(found["type"]).capitalize()
    if kind in _NEVER_NAMED or (
        not found["of"] and not found["quoted"] and load_phrase("no_title").match(text, found.end())
    ):
        return False
    own = not (found["of"] or found["about"]) and load_phrase("own_plan").match(text, found.end())
    if own and kind.startswith("Kế hoạch"):
        return False
    capital = text[found.end() : found.end() + 1].isupper()
    if kind in _LAWS:
        dated = load_phrase("dated_law").match(text, found.end())  # "Luật tổ chức ... ngày 19/6/2015"
        return found[0][0].isupper() and bool(capital or dated or kind == "Hiến pháp")
    if not (found[0][0].isupper() or found["quoted"] or found["about"] or capital):
        return False
    before = text[max(0, found.start() - 40) : found.start()]
    listed = found["of"] and load_phrase("named_in_list").search(before)
    # "ban hành Quy chế ..." alone is work still to be done; behind a number it tells what that document is
    act = load_phrase("named_after_act").search(before) and number_pattern().search(
        text, max(0, found.start() - 250), found.start()
    )
    return bool(found["quoted"] or load_phrase("named_after_verb").search(before) or listed or act)


def _named_mention(text: str, found: re.Match[str]) -> Found | None:
    kind = squeeze(found["type"] + (found["more"] or "")).capitalize()
    if found["of"]:
        issuer, end = issuer_after(text, found.start("of") - 1)
        term = load_phrase("party_term").match(text, end)
        end = term.end() if term else end
        title = title_after(text, end)
        return Found(found.start(), end, None, False, None, kind, None, issuer, title) if issuer and title else None
    if found["quoted"]:
        return Found(
            found.start(), found.end(), None, False, None, kind, None, None, squeeze(found["quoted"].strip('“”"'))
        )
    if text[found.end()].isdigit():
        return None  # "Nghị quyết 57": a number cut short is no title
    end = found.end()
    stop = (_law_ends() if kind in _LAWS else title_ends()).search(text, end, end + MAX_TITLE)
    limit = stop.start() if stop else min(len(text), end + MAX_TITLE)
    inner = number_pattern().search(text, end, limit)
    if inner:
        return None  # "Kế hoạch triển khai Quyết định số ...": the number inside tells more than the name
    end += len(text[end:limit].rstrip(" ,.;\n"))
    term = load_phrase("party_term").match(text, end)
    end = term.end() if term else end  # the sixth meeting of one term is not that of another
    title = squeeze(text[found.end() : end])
    if len(title.split()) < (2 if kind in _LAWS else _MIN_TITLE_WORDS):
        return None
    date, end = date_after(text, end) if kind in _LAWS else (None, end)
    year = re.match(r"\s+((?:19|20)\d\d)(?!\d|\s*[-–/])", text[end : end + 12]) if kind in _LAWS and not date else None
    date, end = (year[1], end + year.end()) if year else (date, end)  # "Luật Đầu tư công 2024"
    return Found(found.start(), end, None, False, None, kind, date, None, title)


@cache
def _law_ends() -> re.Pattern[str]:
    """Where the name of a law ends: at its number or date, or where the sentence goes on."""
    return re.compile(load_phrase("law_title_end").pattern.replace("TYPES", type_names()))
