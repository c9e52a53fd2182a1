"""The documents that a question names by number: "57-NQ/TW", "Nghị quyết số 57", "QĐ 569", "Decision 569 of 2022"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.fold import fold
from search_api.cues import Asked, load_cues
from search_api.question_reading import Span
from search_api.terms import Found
from search_api.understood import Named
from search_api.vocabulary import AgencyTerm, DocumentTerm, Term, Vocabulary

_NUMBER = re.compile(
    r"(?<![\w/.,-])0*(?P<serial>[1-9]\d{0,4}[a-z]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d)(?=\s?[-/–]))?(?P<join>\s?[-/–]\s?|\s|)"
    r"(?P<symbol>[a-z]+\d{0,2}(?:(?:[-/&–]\s?|\s[-/&–])[a-z]+\d{0,2})*)(?!\w)"
)
_SERIAL = re.compile(r"0*(?P<serial>[1-9]\d{0,4}[a-z]?)(?![\w%]|[.,]\d|-\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHUNK = re.compile(r"[a-z]+\d{0,2}")
_CENTRAL = ("central", "party-central")


@dataclass(frozen=True, slots=True)
class Cited:
    """Documents that one place may mean: text[start:end] is "thực hiện Nghị quyết số 57"."""

    documents: tuple[DocumentTerm, ...]
    id: str
    label: str
    label_en: str
    start: int
    end: int

    def name(self, asked: Asked) -> Named:
        """As it is answered; one document stands for itself."""
        ids = tuple(sorted(document.id for document in self.documents))
        words = asked.text[self.start : self.end]
        if len(self.documents) == 1:
            return Named(ids[0], self.documents[0].label, self.documents[0].label_en, words, ids)
        return Named(self.id, self.label, self.label_en, words, ids)


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """The documents of a vocabulary by what people type of their numbers."""

    by_symbol: Mapping[tuple[str, str], Sequence[DocumentTerm]]  # ("57", "nqtw")
    by_type: Mapping[tuple[str, str], Sequence[DocumentTerm]]  # ("57", "Nghị quyết")
    codes: Mapping[str, Term]  # "nq"
    names: Mapping[str, Term]  # "nghi quyet", "resolution"
    named: re.Pattern[str]


@lru_cache(maxsize=2)
def compile_numbers(vocabulary: Vocabulary) -> Numbers:
    """Once for each vocabulary."""
    by_symbol: defaultdict[tuple[str, str], list[DocumentTerm]] = defaultdict(list)
    by_type: defaultdict[tuple[str, str], list[DocumentTerm]] = defaultdict(list)
    for document in vocabulary.documents:
        found = _NUMBER.match(fold(document.spellings[0]))
        if found:
            by_symbol[found["serial"], "".join(_CHUNK.findall(found["symbol"]))].append(document)
            by_type[found["serial"], document.type].append(document)
    codes = {fold(code): term for term in vocabulary.types for code in term.ids}
    names = {fold(name): term for term in vocabulary.types for name in term.spellings}
    listed = "|".join(sorted((re.escape(name) for name in names), key=lambda name: (-len(name), name)))
    short = "|".join(sorted(codes, key=lambda code: (-len(code), code)))
    named = re.compile(rf"(?<!\w)(?:(?P<name>{listed})s?(?!\w)|(?P<code>{short})(?=[ .-]?\d|\s+so\s))")
    return Numbers(by_symbol, by_type, codes, names, named)


def find_documents(asked: Asked, numbers: Numbers) -> list[Cited]:
    """Every document that is named, with its type in front and its date behind, but not yet with its issuer."""
    full = {one.start: one for found in _NUMBER.finditer(asked.folded) if (one := _full(asked, numbers, found))}
    cited: list[Cited] = []
    for found in numbers.named.finditer(asked.folded):
        at = _serial_place(asked, found.end())
        if at in full:
            cited.append(replace(full.pop(at), start=found.start()))
        else:
            bare = _bare(asked, numbers, found, at)
            cited += [bare] if bare else []
    return sorted((_dated(asked, each) for each in (*cited, *full.values())), key=lambda each: each.start)


def _serial_place(asked: Asked, at: int) -> int:
    """Where the number begins behind its type: behind "số", "No.", a colon or nothing."""
    at = _skip(asked, at)
    for cue in load_cues()["number-word"]:
        found = cue.starts_at(asked, at)
        if found:
            return _skip(asked, at + found.end())
    return at


def _skip(asked: Asked, at: int) -> int:
    while asked.text[at : at + 1] in (" ", ":", ".", "-") and at < len(asked.text):
        at += 1
    return at


def _full(asked: Asked, numbers: Numbers, found: re.Match[str]) -> Cited | None:
    """A number with its symbol, as far as one is known: "57-NQ/TW", "57/NQ-TW", "88/NĐ-CP" without its year."""
    chunks = list(_CHUNK.finditer(found["symbol"]))
    explicit = bool(found["join"].strip())
    for last in range(len(chunks) if explicit or len(chunks) > 1 else 0, 0, -1):
        key = "".join(chunk[0] for chunk in chunks[:last])
        known = numbers.by_symbol.get((found["serial"], key), ())
        if known:
            end = found.start("symbol") + chunks[last - 1].end()
            return _by_words(asked, _of_year(known, found["year"]), (found.start(), end))
    type_ = numbers.codes.get(chunks[0][0].rstrip("0123456789"))
    if type_ is None or not explicit or (len(chunks[0][0]) == 1 and len(chunks) == 1):
        return None
    known = numbers.by_type.get((found["serial"], type_.label), ()) if len(chunks) == 1 else ()
    return _by_words(asked, _of_year(known, found["year"]), found.span())


def _bare(asked: Asked, numbers: Numbers, type_found: re.Match[str], at: int) -> Cited | None:
    """A type and a number without symbol: "Nghị quyết 57"; a programme is often called by its decision's number."""
    found = _SERIAL.match(asked.folded, at)
    if found is None:
        return None
    type_ = numbers.names[type_found["name"]] if type_found["name"] else numbers.codes[type_found["code"]]
    known: Sequence[DocumentTerm] = numbers.by_type.get((found["serial"], type_.label), ())
    if _counts(asked, found, bool(known)):
        return None
    after_decision = any(cue.is_whole(type_.label) for cue in load_cues()["named-after-decision"])
    if not known and after_decision:
        known = [each for (serial, _), all_ in numbers.by_type.items() for each in all_ if serial == found["serial"]]
        known = [each for each in known if fold(each.type) == _decision(numbers)]
    if not known:
        plain = at - type_found.end() <= 1
        capital = asked.text[type_found.start() : type_found.end()].isupper()
        no_type = after_decision or not type_.ids or (type_found["code"] and not capital)
        if no_type or (plain and _YEAR.fullmatch(found["serial"])):
            return None
    return _by_serial(tuple(known), type_, found["serial"], (type_found.start(), found.end()))


def _counts(asked: Asked, serial: re.Match[str], is_known: bool) -> bool:
    """Whether a number only counts what follows: "kế hoạch 5 năm"; "Nghị quyết 57 nhiệm vụ nào" names what is known."""
    at = _skip(asked, serial.end())
    if any(cue.starts_at(asked, at) for cue in load_cues()["not-a-serial"]):
        return True
    is_asked = is_known or any(cue.starts_at(asked, at) for cue in load_cues()["asked-behind"])
    return not is_asked and any(cue.starts_at(asked, at) for cue in load_cues()["counted"])


def _decision(numbers: Numbers) -> str:
    return fold(numbers.codes["qd"].label) if "qd" in numbers.codes else ""


def _of_year(known: Sequence[DocumentTerm], year: str | None) -> tuple[DocumentTerm, ...]:
    return tuple(each for each in known if year in (None, each.year))


def _by_words(asked: Asked, documents: tuple[DocumentTerm, ...], span: Span) -> Cited:
    """A number with its symbol, called as it is written."""
    words = asked.text[slice(*span)]
    return Cited(documents, asked.folded[slice(*span)].replace(" ", ""), words, words, *span)


def _by_serial(documents: tuple[DocumentTerm, ...], type_: Term, serial: str, span: Span) -> Cited:
    """A type with a number alone: "Nghị quyết 57"."""
    return Cited(documents, f"{type_.id}-{serial}", f"{type_.label} {serial}", f"{type_.label_en} {serial}", *span)


def _dated(asked: Asked, cited: Cited) -> Cited:
    """With the day or the year that stands right behind; a year that none of them has is no part of the name."""
    for cue in load_cues()["issued-on"]:
        found = cue.starts_at(asked, cited.end)
        if found:
            return replace(cited, end=cited.end + found.end())
    for cue in load_cues()["issued-in"]:
        found = cue.starts_at(asked, cited.end)
        if found:
            meant = tuple(each for each in cited.documents if each.year == found["year"])
            if meant or found[0].lstrip().startswith("/"):
                return replace(cited, documents=meant, end=cited.end + found.end())
    return cited


# --- what stands around --------------------------------------------------------------------------------------------


def place_documents(
    asked: Asked, cited: Sequence[Cited], terms: Sequence[Found]
) -> Iterator[tuple[Cited, Found | None]]:
    """Each with the words that lead to it and with its issuer, which then is no agency of the question's own."""
    places = [each for each in terms if each.kind == "jurisdiction"]
    for each in cited:
        issuer = _issuer(asked, each, terms)
        if issuer:
            start, end = min(each.start, issuer.start), max(each.end, issuer.end)
            each = replace(each, start=start, end=end, documents=_issued(each.documents, issuer))
        meant = {name for place in places for name in place.term.ids}
        own = tuple(one for one in each.documents if one.jurisdiction in meant)
        if own and len(each.documents) > 1:
            each = replace(each, documents=own)
        starts = [at for cue in load_cues()["directive-before"] if (at := cue.ends_at(asked, each.start)) is not None]
        yield replace(each, start=min(starts, default=each.start)), issuer


def _issuer(asked: Asked, cited: Cited, terms: Sequence[Found]) -> Found | None:
    """Who issued it: "của Bộ Chính trị" behind, "Politburo" in front; not the "của Sở Y tế" who carries it out."""
    for each in terms:
        if isinstance(each.term, AgencyTerm) and _is_tied(asked, cited, each):
            return each if each.term.level in _CENTRAL or _issued_by(cited.documents, each.term) else None
    return None


def _is_tied(asked: Asked, cited: Cited, body: Found) -> bool:
    if body.end <= cited.start:
        return asked.text[body.end : cited.start] in (" ", "'s ", "’s ")
    return any(cue.is_whole(asked.text[cited.end : body.start]) for cue in load_cues()["issued-by"])


def find_issuers(asked: Asked, numbers: Numbers, terms: Sequence[Found]) -> list[tuple[Found, re.Match[str]]]:
    """Bodies that only say whose a kind of document is, with that kind: "Thủ tướng" of "quyết định của Thủ tướng"."""
    named = [found for found in numbers.named.finditer(asked.folded) if found["name"]]
    return [
        (each, found)
        for each in terms
        if isinstance(each.term, AgencyTerm) and (each.term.level in _CENTRAL or each.term.issues)
        for found in named
        if _is_of(asked, found, each)
    ]


def _is_of(asked: Asked, type_: re.Match[str], body: Found) -> bool:
    """ "quyết định của Thủ tướng", "Prime Minister's decisions"."""
    if body.end <= type_.start():
        return asked.language == "en" and asked.text[body.end : type_.start()] in (" ", "'s ", "’s ")
    return any(cue.is_whole(asked.text[type_.end() : body.start]) for cue in load_cues()["issued-by"])


def leads_to(asked: Asked, at: int) -> bool:
    """Whether what begins here is a basis: "theo quyết định của Thủ tướng"."""
    return any(cue.ends_at(asked, at) is not None for cue in load_cues()["directive-before"])


def _issued(documents: tuple[DocumentTerm, ...], issuer: Found) -> tuple[DocumentTerm, ...]:
    fitting = _issued_by(documents, issuer.term) if isinstance(issuer.term, AgencyTerm) else ()
    return fitting or documents


def _issued_by(documents: Sequence[DocumentTerm], agency: AgencyTerm) -> tuple[DocumentTerm, ...]:
    """Those whose number ends in a symbol of the body: "…/QĐ-TTg" is the Prime Minister's."""
    ends = {fold(symbol) for symbol in agency.symbols}
    return tuple(each for each in documents if re.split(r"[-/]", fold(each.spellings[0]))[-1] in ends)
