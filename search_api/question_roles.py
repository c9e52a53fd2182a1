"""The role in which a question asks for its agencies: "do Sở Y tế chủ trì", "reports to the Department of Health"."""

from __future__ import annotations

from collections.abc import Sequence

from search_api.cues import Asked, Cue, load_cues
from search_api.question_reading import PUNCTUATION, Reading, Span
from search_api.terms import Found
from search_api.understood import Assigned, Named


def read_role(reading: Reading) -> tuple[Named | None, tuple[Assigned, ...]]:
    """The role that the words next to the agencies give to all of them, else, where each has one, who has which."""
    hidden = reading.hidden()
    roles: list[Named | None] = []
    tied: list[bool] = []  # to the agency before: "Sở A và Sở B"
    last = 0
    for agency in reading.of("agency"):
        start, end = with_place(reading.asked, agency, reading.of("jurisdiction"))
        tied.append(any(cue.is_whole(reading.asked.text[last:start]) for cue in load_cues()["agency-link"]))
        role, span = role_at(hidden, start, end)
        if role and roles and reading.removed[-1][1] > span[0]:
            roles[-1] = None  # "Sở A phối hợp với Sở B": either may lead
        roles.append(role)
        if role:
            reading.removed.append(span)
        last = end
    _share(roles, tied)
    given = [role for role in roles if role]
    if len({role.id for role in given}) == 1 and len(given) == len(roles):
        return roles[0], ()
    if len(given) < len(roles):
        return None, ()
    pairs = zip(reading.of("agency"), given, strict=True)
    return None, tuple(Assigned(agency.term.id, role.id, role.label, role.label_en) for agency, role in pairs)


def _share(roles: list[Named | None], tied: Sequence[bool]) -> None:
    """Agencies in one list have one role, wherever it is said: "do Sở A và Sở B chủ trì"."""
    for at in range(1, len(roles)):
        if tied[at] and roles[at] is None:
            roles[at] = roles[at - 1]
    for at in reversed(range(1, len(roles))):
        if tied[at] and roles[at - 1] is None:
            roles[at - 1] = roles[at]


def with_place(asked: Asked, agency: Found, places: Sequence[Found]) -> Span:
    """An agency with the province next to it: "Sở Y tế tỉnh Hưng Yên"."""
    start, end = agency.start, agency.end
    for place in places:
        if asked.text[place.end : start].strip() == "" and place.end <= start:
            start = place.start
        elif asked.text[end : place.start].strip() in ("", "của", "cua", "of", "in") and end <= place.start:
            end = place.end
    return start, end


def role_at(hidden: Asked, start: int, end: int) -> tuple[Named | None, Span]:
    """The role that stands right behind an agency, else the one in front of it."""
    rows = load_cues()["role"]
    after = [
        (end + found.end(), cue.row)
        for cue in rows
        if cue.row["side"] == "after" and (found := cue.starts_at(hidden, end))
    ]
    before = [
        (at, cue.row)
        for cue in rows
        if cue.row["side"] == "before" and (at := _before_article(cue, hidden, start)) is not None
    ]
    to, row = max(after, key=lambda pair: pair[0], default=(start, None))
    at, row_before = min(before, key=lambda pair: pair[0], default=(start, None))
    if row is None:
        row, span = row_before, (at, start)
    else:  # "giao Sở Y tế chủ trì": both say the same
        span = (at if row_before and row_before["role"] == row["role"] else end, to)
    if row is None:
        return None, span
    words = hidden.text[span[0] : span[1]].strip(PUNCTUATION)
    return Named(row["role"], row["label"], row["label_en"], words, (row["role"],)), span


def _before_article(cue: Cue, hidden: Asked, at: int) -> int | None:
    article = hidden.lowered[:at].rstrip()
    if article.endswith(" the"):
        at = len(article) - len(" the")
    return cue.ends_at(hidden, at)
