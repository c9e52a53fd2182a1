"""Relations that a sentence states between the documents it names, read from the words between and before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.fold import squeeze
from ingest.identity import issuer_of_name, issuer_of_symbol
from ingest.numbered_mentions import Found
from ingest.records import Relation
from ingest.reference import load_patterns

_CLAUSE = re.compile(r"[;.](?=\s|$)")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*")
_JOINED = re.compile(r"^(?:,|và|, và|cùng với)?\s*(?:số)?$", re.IGNORECASE)  # "A và B", "số 57-NQ/TW, số 59-NQ/TW"
_LISTED = re.compile(r"^(?:và|các|số|\s)*$", re.IGNORECASE)  # what may stand between ";" and one more document
_LATER_VERB = re.compile(r"[,:]\s+|\svà\s+(?=(?:tổ chức|triển khai|thực hiện)\s)")  # where one may begin
_MAX_CLAUSE = 4000  # no further back do the words stand that govern a mention
_MAX_QUOTE = 2000
_RECENT = 8  # relations of the same chain stand together
_UNDER = "the document is named after a word such as \u201ctheo\u201d: that it put the other in force is inferred"
_AMENDED_BY = "amended_by"  # the passive: the later document amends the nearest of its own type, "được sửa đổi bởi"
SELF = -1


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation between two mentions of one text by position; SELF is the document that speaks."""

    subject: int
    object: int
    relation: Relation
    start: int
    end: int
    reason: str | None = None


def find_relations(text: str, mentions: Sequence[Found]) -> tuple[Stated, ...]:
    """The relations of one paragraph or cell; every mention that nothing governs is plainly cited.

    "Kế hoạch số 26/KH-UBND ... thực hiện Quyết định số 100/QĐ-TTg ... phê duyệt Đề án ..." gives SELF -> 26, 26 ->
    100 (implements) and 100 -> scheme (approves), and nothing from 26 to the scheme.
    """
    stated: list[Stated] = []
    incoming: list[Stated | None] = []  # how each mention came to be named
    opened = Relation.CITES  # by the words that opened the list we are in
    for at, mention in enumerate(mentions):
        chained = list(_chained(text, mentions, at, stated)) if at else []
        stated += chained
        here: Stated | None = chained[0] if chained else None
        if chained:
            carried = _carried_on(chained, stated, at)
            if carried:
                stated.append(Stated(SELF, at, carried.relation, carried.start, mention.end))
        elif at and (short := _short_name(text, mentions, at, incoming[at - 1])):
            here = short
            stated.append(short)
        elif at and (joined := _joined(text, mentions, at, incoming[at - 1])):
            here = joined
            stated.append(joined)
        else:
            relation, start = _governing(text, mentions, at)
            if relation is None:
                one_more = _is_one_more(text, mentions, at) or _turns_home(text, mentions, at)
                relation = opened if one_more else Relation.CITES
            else:
                opened = relation
            here = Stated(SELF, at, relation or Relation.CITES, start, mention.end)
            stated.append(here)
        incoming.append(here)
    return tuple(stated)


def _short_name(text: str, mentions: Sequence[Found], at: int, before: Stated | None) -> Stated | None:
    """The same document once more in brackets: "Nghị quyết số 5 ... (viết tắt là Nghị quyết số 5)"."""
    if before is None or mentions[at].number is None or mentions[at].number != mentions[at - 1].number:
        return None
    gap = text[mentions[at - 1].end : mentions[at].start]
    return replace(before, object=at, end=mentions[at].end) if "(" in gap and ")" not in gap else None


def _joined(text: str, mentions: Sequence[Found], at: int, before: Stated | None) -> Stated | None:
    """One more document in the place of the last: "Căn cứ Nghị quyết A và Nghị quyết B", "thực hiện số 5, số 6"."""
    if before and before.subject == at - 1 and before.object < at - 1 and before.relation is Relation.AMENDS:
        listed = _JOINED.match(text[mentions[at - 1].end : mentions[at].start].strip())
        return replace(before, subject=at, end=mentions[at].end) if listed else None  # "sửa đổi bởi Luật A, Luật B"
    if before is None or before.object != at - 1:
        return None
    gap = _BRACKET.sub(" ", text[mentions[at - 1].end : mentions[at].start])
    words = gap.strip()
    with_title = re.search(r"(?:,|\svà)$", words, re.IGNORECASE) and before.subject == SELF and not _CLAUSE.search(gap)
    if not (gap.strip() and _JOINED.match(words)) and not with_title:
        return None
    if before.subject != SELF and _is_central(mentions[before.subject]) and _is_central(mentions[at]) is False:
        return None  # "... Kế hoạch của Chính phủ triển khai A và Chương trình hành động số 03-CTr/TU"
    # the quote of a long list does not go back to its first words: the list would be copied for each of its members
    start = before.start if mentions[at].end - before.start < _MAX_QUOTE else mentions[at - 1].start
    return Stated(before.subject, at, before.relation, start, mentions[at].end, before.reason)


def _carried_on(chained: Sequence[Stated], stated: Sequence[Stated], at: int) -> Stated | None:
    """ "Triển khai Đề án ... theo Quyết định số ..." carries out the decision too, through its scheme."""
    schemes = {link.object for link in chained if link.subject == at and link.relation is Relation.APPROVES}
    return next(
        (s for s in stated if s.subject == SELF and s.object in schemes and s.relation is Relation.IMPLEMENTS), None
    )


def _match_nested(before: Found, gap: str) -> str | None:
    """What the title of a document says of the next one: "Kế hoạch số 8 về chuyển đổi số nhằm thực hiện ..."."""
    return _match("nested", gap) if (before.title or "").startswith(squeeze(gap)) else None


def _chained(text: str, mentions: Sequence[Found], at: int, stated: Sequence[Stated]) -> Iterator[Stated]:
    """The relation to the document named just before, when only a verb stands between the two."""
    before, here = mentions[at - 1], mentions[at]
    gap = _BRACKET.sub(" ", text[before.end : here.start]).strip(' \n\t“"')
    relation = _match("between", gap) or _match_nested(before, gap)
    span = before.start, here.end
    if relation == "under":
        if before.number is None and not any(_puts_in_force(link, at - 1) for link in stated[-_RECENT:]):
            yield Stated(at, at - 1, Relation.APPROVES, *span, _UNDER)
        elif before.number is None:
            yield Stated(at - 1, at, Relation.CITES, *span)  # one has approved it already: this is what it goes by
    elif relation == _AMENDED_BY:
        same = [n for n in range(at) if mentions[n].type == here.type]
        yield Stated(at, same[-1] if same else at - 1, Relation.AMENDS, *span)
    elif relation == Relation.PROMULGATED_WITH:
        yield Stated(at, at - 1, Relation.PROMULGATED_WITH, *span)  # the programme -> the decision
    elif relation:
        yield Stated(at - 1, at, Relation(relation), *span)


def _puts_in_force(link: Stated, named: int) -> bool:
    approved = link.relation is Relation.APPROVES and link.object == named
    return approved or (link.relation is Relation.PROMULGATED_WITH and link.subject == named)


def _governing(text: str, mentions: Sequence[Found], at: int) -> tuple[Relation | None, int]:
    """What the speaking document says of a mention by the words that open its clause, and where they begin."""
    here = mentions[at]
    floor = max(0, here.start - _MAX_CLAUSE)
    opens = max((found.end() for found in _CLAUSE.finditer(text, floor, here.start)), default=floor)
    start = opens + len(text[opens : here.start]) - len(text[opens : here.start].lstrip())
    words = text[start : here.start].strip()
    relation = _match("opening", words) if not at or mentions[at - 1].end <= opens else None
    relation = relation or _match("tail", words)
    for stop in _LATER_VERB.finditer(words) if relation is None else ():
        # a later verb may govern alone: "..., tổ chức triển khai thực hiện Quyết định số ..."
        after = start + stop.end()
        if not at or mentions[at - 1].end <= after:
            relation = relation or _match("opening", words[stop.end() :], implements_only=True)
    return (Relation(relation), start) if relation in set(Relation) else (None, here.start)


def _is_one_more(text: str, mentions: Sequence[Found], at: int) -> bool:
    """Whether a list goes on behind ";": "Thực hiện Nghị quyết A về ...; Nghị quyết B về ...; Quyết định C"."""
    here = mentions[at]
    last = text.rfind(";", 0, here.start)
    return at > 0 and last >= mentions[0].end and bool(_LISTED.match(text[last + 1 : here.start]))


def _is_central(found: Found) -> bool | None:
    """Whether a document is of the centre by its symbol or issuer; None where neither tells."""
    agency = issuer_of_symbol(found.symbol) or (issuer_of_name(found.issuer) if found.issuer else None)
    return "central" in agency.level if agency else None


def _turns_home(text: str, mentions: Sequence[Found], at: int) -> bool:
    """Whether a list goes back from the centre to the province: "... thực hiện B của Chính phủ và C của Tỉnh ủy"."""
    gap = _BRACKET.sub(" ", text[mentions[at - 1].end : mentions[at].start]).strip() if at else ""
    joined = bool(gap and _JOINED.match(gap))
    return joined and bool(_is_central(mentions[at - 1])) and _is_central(mentions[at]) is False


def _match(where: str, words: str, implements_only: bool = False) -> str | None:
    for row, pattern in load_patterns("relations"):
        if row["where"] != where or not words or (implements_only and row["relation"] != Relation.IMPLEMENTS):
            continue
        if pattern.search(words) and ("must" not in row or re.search(row["must"], words, re.IGNORECASE)):
            return str(row["relation"])
    return None
