"""Understanding of a question: which of its words are filters, and which are left to rank by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from search_api.cues import HIDDEN, Asked, Cue, load_cues, read_asked
from search_api.question_dates import find_dates, read_periods
from search_api.question_documents import Cited, compile_numbers, find_documents, find_issuers, place_documents
from search_api.terms import Found, Terms, choose_terms, compile_terms, find_terms
from search_api.understood import Named, Understood
from search_api.vocabulary import Vocabulary
from search_api.words import is_syllable

_MOST_LINKS = 4  # little words in a row that go with what they lead to
_PUNCTUATION = " \t.,;:!?…–—-/\\()[]{}<>\"'“”‘’«»*|=~`^"
_LOOSE = re.compile(r" ([,;:.?!])(?=\s|$)")
_LAST_WORD, _FIRST_WORD = re.compile(r"(\w+) *$"), re.compile(r" *(\w+)")
_Span = tuple[int, int]


@dataclass(slots=True)
class _Reading:
    """What is read so far: the spans of filters leave the text, those of topics stay."""

    asked: Asked
    terms: list[Found]
    removed: list[_Span] = field(default_factory=list)
    kept: list[_Span] = field(default_factory=list)

    def of(self, kind: str) -> list[Found]:
        """The terms of one kind, in the order of the text."""
        return [each for each in self.terms if each.kind == kind]

    def hidden(self) -> Asked:
        """The question with all that is read blacked out."""
        return self.asked.hide([*self.removed, *self.kept])

    def hide_names(self) -> None:
        """Black out the terms, a province with the word in front: "trên địa bàn tỉnh Hưng Yên"."""
        self.kept += [(each.start, each.end) for each in self.of("topic")]
        self.removed += [(each.start, each.end) for each in self.of("agency")]
        hidden = self.hidden()
        self.terms = [_with_kind(hidden, each) if each.kind == "jurisdiction" else each for each in self.terms]
        self.removed += [(each.start, each.end) for each in self.of("jurisdiction")]


def read_question(text: str, vocabulary: Vocabulary, today: date | None = None) -> Understood:
    """A question as filters and a rest: "AI tasks due 2026" is a topic, a kind and a period, and "AI" is left.

    Without `today` nobody knows when "năm nay" is: the words stay in the text.
    """
    terms, numbers = compile_terms(vocabulary), compile_numbers(vocabulary)
    asked = read_asked(text)
    cited = find_documents(asked, numbers)
    asked = replace(asked, language=_language(asked, terms, [*find_terms(asked, terms), *cited]))
    found = find_terms(asked, terms)  # once more: small letters mean other things in English
    cited = [each for each in cited if each.documents or not _is_name(each, found)]
    chosen = choose_terms(found, [(each.start, each.end) for each in cited])
    placed = list(place_documents(asked.hide([(each.start, each.end) for each in chosen]), cited, chosen))
    issuers = [issuer for _, issuer in placed if issuer] + find_issuers(asked, numbers, chosen)
    reading = _Reading(asked, [each for each in chosen if each not in issuers])
    reading.removed += [(each.start, each.end) for each, _ in placed]
    reading.hide_names()
    names = reading.hidden()
    role = _read_role(reading)
    periods, spans = read_periods(asked, find_dates(reading.hidden(), asked, today))
    kinds = _read_kinds(reading, names)
    reading.removed += spans
    return Understood(
        query=text.encode(errors="replace").decode(),  # half a surrogate pair cannot be printed
        text=_rest(reading, terms),
        language=asked.language,
        topics=_named(asked, reading.of("topic")),
        agencies=_named(asked, reading.of("agency")),
        role=role,
        jurisdictions=_named(asked, reading.of("jurisdiction")),
        due=periods.get("due"),
        active=periods.get("active"),
        kinds=kinds,
        directives=tuple({each.id: each for each in (one.name(asked) for one, _ in placed)}.values()),
    )


def _named(asked: Asked, found: Sequence[Found]) -> tuple[Named, ...]:
    """Each term once, by its first words."""
    named: dict[str, Named] = {}
    for each in found:
        term = each.term
        named.setdefault(
            term.id, Named(term.id, term.label, term.label_en, asked.text[each.start : each.end], term.ids)
        )
    return tuple(named.values())


def _is_name(cited: Cited, found: Sequence[Found]) -> bool:
    """Whether a number that no document has is part of a longer name: "Tổ công tác triển khai Đề án 06"."""
    return any(each.start <= cited.start and cited.end <= each.end for each in found)


def _with_kind(hidden: Asked, found: Found) -> Found:
    """A province with the word in front that says what it is: "trên địa bàn tỉnh Hưng Yên"."""
    starts = [at for cue in load_cues()["place-kind"] if (at := cue.ends_at(hidden, found.start)) is not None]
    return replace(found, start=min(starts, default=found.start))


# --- language ------------------------------------------------------------------------------------------------------


def _language(asked: Asked, terms: Terms, names: Sequence[Found | Cited]) -> str:
    """Accents outside the names of provinces, agencies and documents are Vietnamese; else what most words are."""
    spans = [(each.start, each.end) for each in names if not isinstance(each, Found) or each.kind != "topic"]
    outside = [word for word in asked.words if not any(start <= word.start < end for start, end in spans)]
    for words in (outside, asked.words):  # of a question that is all names, the names
        vietnamese = english = 0.0
        for word in words:
            text = asked.lowered[word.start : word.end]
            if text != asked.folded[word.start : word.end]:
                return "vi"
            if len(text) == 1 or asked.all_capitals or not asked.text[word.start : word.end].isupper():
                one, other = _weigh(asked, terms, text, word.key)  # an acronym is of no language
                vietnamese, english = vietnamese + one, english + other
        if vietnamese != english:
            break
    if vietnamese <= english:
        return "en"
    return "vi" if asked.accented else "vi-unaccented"


def _weigh(asked: Asked, terms: Terms, text: str, key: str) -> tuple[float, float]:
    """How much a word without accents speaks for each language: "cashless" (0, 1), "nhiem" (1, 0), "an" (0.5, 0.5)."""
    if not text.isalpha():
        return 0, 0
    vietnamese = key in terms.vietnamese or any(cue.is_whole(text) for cue in load_cues()["vietnamese-word"])
    english = key in terms.english or asked.is_english_word(text)
    if vietnamese == english:
        if english:
            return 0.5, 0.5
        return (0.4, 0) if is_syllable(text) else (0, 0.6)
    return (1, 0) if vietnamese else (0, 1)


# --- roles and kinds -----------------------------------------------------------------------------------------------


def _read_role(reading: _Reading) -> Named | None:
    """The role that the words next to the agencies give to all of them: two roles cannot be asked for at once."""
    hidden = reading.hidden()
    roles: list[Named | None] = []
    tied: list[bool] = []  # to the agency before: "Sở A và Sở B"
    last = 0
    for agency in reading.of("agency"):
        start, end = _with_place(reading.asked, agency, reading.of("jurisdiction"))
        tied.append(any(cue.is_whole(reading.asked.text[last:start]) for cue in load_cues()["agency-link"]))
        role, span = _role_at(hidden, start, end)
        if role and roles and reading.removed[-1][1] > span[0]:
            roles[-1] = None  # "Sở A phối hợp với Sở B": either may lead
        roles.append(role)
        if role:
            reading.removed.append(span)
        last = end
    _share(roles, tied)
    return roles[0] if len({role and role.id for role in roles}) == 1 else None


def _share(roles: list[Named | None], tied: Sequence[bool]) -> None:
    """Agencies in one list have one role, wherever it is said: "do Sở A và Sở B chủ trì"."""
    for at in range(1, len(roles)):
        if tied[at] and roles[at] is None:
            roles[at] = roles[at - 1]
    for at in reversed(range(1, len(roles))):
        if tied[at] and roles[at - 1] is None:
            roles[at - 1] = roles[at]


def _with_place(asked: Asked, agency: Found, places: Sequence[Found]) -> _Span:
    """An agency with the province next to it: "Sở Y tế tỉnh Hưng Yên"."""
    start, end = agency.start, agency.end
    for place in places:
        if asked.text[place.end : start].strip() == "" and place.end <= start:
            start = place.start
        elif asked.text[end : place.start].strip() in ("", "của", "cua", "of", "in") and end <= place.start:
            end = place.end
    return start, end


def _role_at(hidden: Asked, start: int, end: int) -> tuple[Named | None, _Span]:
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
    words = hidden.text[span[0] : span[1]].strip(_PUNCTUATION)
    return Named(row["role"], row["label"], row["label_en"], words, (row["role"],)), span


def _before_article(cue: Cue, hidden: Asked, at: int) -> int | None:
    article = hidden.lowered[:at].rstrip()
    if article.endswith(" the"):
        at = len(article) - len(" the")
    return cue.ends_at(hidden, at)


def _read_kinds(reading: _Reading, hidden: Asked) -> tuple[Named, ...]:
    """The kinds of records that are asked for, outside all names; "năm 2026 làm gì" is a period and a kind."""
    kinds: dict[str, Named] = {}
    for cue in load_cues()["kind"]:
        for found in cue.find(reading.asked):
            if HIDDEN in hidden.lowered[found.start() : found.end()]:
                continue
            kind, words = cue.row["kind"], reading.asked.text[found.start() : found.end()]
            # what a body has to do stands in tasks and in the duties that a plan gives it
            ids = ("task", "duty") if kind == "task" and reading.of("agency") else (kind,)
            kinds.setdefault(kind, Named(kind, cue.row["label"], cue.row["label_en"], words, ids))
            reading.removed.append(found.span())
    return tuple(kinds.values())


# --- what is left --------------------------------------------------------------------------------------------------


def _rest(reading: _Reading, terms: Terms) -> str:
    """The words that are no filter's, topics included, without little words at the ends."""
    hidden = reading.hidden()
    chars = list(reading.asked.text)
    for start, end in reading.removed:
        start = _with_links(hidden, start)
        chars[start:end] = " " * (end - start)
    for start, end in reading.kept:
        chars[start:end] = reading.asked.text[start:end]
    left = "".join(chars)
    asked = replace(reading.asked, text=left).hide(reading.kept)
    asked = replace(
        asked,
        lowered="".join(" " if char == " " else low for char, low in zip(left, asked.lowered, strict=True)),
        folded="".join(" " if char == " " else low for char, low in zip(left, asked.folded, strict=True)),
    )
    rest = _LOOSE.sub(r"\1", " ".join(_trim(asked, terms).split()))
    if rest or reading.removed:
        return rest
    return reading.asked.text


def _with_links(hidden: Asked, start: int) -> int:
    for _ in range(_MOST_LINKS):
        starts = [at for cue in _own("link", hidden) if (at := cue.ends_at(hidden, start)) is not None]
        if not starts:
            break
        start = min(starts)
    return start


def _trim(asked: Asked, terms: Terms) -> str:
    """Cut at both ends until no little word is there: "các … về trợ lý ảo ?" -> "trợ lý ảo"."""
    first, last = _own("filler", asked), (*_own("filler", asked), *_own("filler-end", asked))
    start, end = 0, len(asked.text)
    while True:
        before = (start, end)
        while start < end and asked.text[start] in _PUNCTUATION:
            start += 1
        while start < end and asked.text[end - 1] in _PUNCTUATION:
            end -= 1
        starts = [start + found.end() for cue in first if (found := cue.starts_at(asked, start))]
        start = min(end, max((at for at in starts if not _parts(asked, terms, at)), default=start))
        ends = [at for cue in last if (at := cue.ends_at(asked, end)) is not None]
        end = max(start, min((at for at in ends if not _parts(asked, terms, at)), default=end))
        if (start, end) == before:
            return asked.text[start:end]


def _parts(asked: Asked, terms: Terms, at: int) -> bool:
    """Whether a cut would part two syllables of one word: the "can" of "can bo" is not the little word "cần"."""
    if asked.language != "vi-unaccented":
        return False
    left, right = _LAST_WORD.search(asked.folded[max(0, at - 20) : at]), _FIRST_WORD.match(asked.folded, at)
    return bool(left and right and (left[1], right[1]) in terms.pairs)


def _own(name: str, asked: Asked) -> list[Cue]:
    """The little words of the question's own language: "to" and "in" are words of both."""
    return [cue for cue in load_cues()[name] if cue.row["language"] == asked.language[:2]]
