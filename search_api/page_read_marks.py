"""Marks in a text: facts that overlap become marks that nest, each cut where another one ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from search_api.page_read_facts import Fact

# Markup of a plan that stands for a look and not for words: **bold**, <br>.
_MARKUP = re.compile(r"\*{1,3}|</?(?:sup|sub|b|i|u)\s*/?>|(?P<line><br\s*/?>)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """What comes next in a text: Token("text", text="Sở Y tế"), Token("open", fact), Token("close", fact).

    Also "line" (a line of the file begins here) and "break"; `is_link` where the mark leads straight to what it names.
    """

    kind: str
    fact: Fact | None = None
    text: str = ""
    line: int = 0
    is_link: bool = False
    is_first: bool = True  # else the rest of a mark that was cut


@dataclass(slots=True)
class _Mark:
    """A mark with those inside it; it runs from `start` to `end`, which may be a part of its fact."""

    fact: Fact
    start: int
    end: int
    inside: list[_Mark] = field(default_factory=list)


def nest_facts(facts: Iterable[Fact], start: int, end: int) -> list[_Mark]:
    """The marks of a stretch of text, outermost first; what runs over an end is cut there."""
    waiting = [_Mark(fact, max(fact.start, start), min(fact.end, end)) for fact in facts]
    waiting = [mark for mark in waiting if mark.start < mark.end]
    roots: list[_Mark] = []
    while waiting:
        waiting.sort(key=lambda mark: (mark.start, -mark.end))
        mark = waiting.pop(0)
        among, limit = _place(roots, mark)
        if limit is not None and limit < mark.end:
            waiting.append(_Mark(mark.fact, limit, mark.end))
            mark.end = limit
        among.append(mark)
    return roots


def _place(roots: list[_Mark], mark: _Mark) -> tuple[list[_Mark], int | None]:
    """The innermost marks that a mark begins in, and where they end."""
    among, limit = roots, None
    while among and among[-1].end > mark.start:
        limit, among = among[-1].end, among[-1].inside
    return among, limit


def write_tokens(
    text: str, span: tuple[int, int], facts: Sequence[Fact], lines: Sequence[tuple[int, int]]
) -> list[Token]:
    """A stretch of text with its marks, and with the (offset, number) of each line that begins in it."""
    writer = _Writer(text, iter(lines))
    writer.write(*span, nest_facts(facts, *span), False)
    return writer.tokens


class _Writer:
    def __init__(self, text: str, lines: Iterator[tuple[int, int]]) -> None:
        self.text, self.lines, self.tokens = text, lines, list[Token]()
        self.next_line = next(self.lines, None)

    def write(self, start: int, end: int, marks: Sequence[_Mark], in_link: bool) -> None:
        for mark in marks:
            self._write_text(start, mark.start)
            is_link = not in_link and leads_straight(mark.fact) and not any(_may_lead(each) for each in mark.inside)
            self.tokens.append(Token("open", mark.fact, is_link=is_link, is_first=mark.start == mark.fact.start))
            self.write(mark.start, mark.end, mark.inside, in_link or is_link)
            self.tokens.append(Token("close", mark.fact, is_link=is_link))
            start = mark.end
        self._write_text(start, end)

    def _write_text(self, start: int, end: int) -> None:
        while self.next_line and self.next_line[0] < end:
            offset, line = self.next_line
            self._write_words(start, max(offset, start))
            self.tokens.append(Token("line", line=line))
            start, self.next_line = max(offset, start), next(self.lines, None)
        self._write_words(start, end)

    def _write_words(self, start: int, end: int) -> None:
        at = start
        for found in _MARKUP.finditer(self.text, start, end):
            self._add(self.text[at : found.start()])
            if found["line"]:
                self.tokens.append(Token("break"))
            at = found.end()
        self._add(self.text[at:end])

    def _add(self, words: str) -> None:
        if words:
            self.tokens.append(Token("text", text=words))


def _may_lead(mark: _Mark) -> bool:
    """Whether there is or may be a link in a mark: there is none in words that a scan shows badly."""
    return mark.fact.kind != "doubt" or any(map(_may_lead, mark.inside))


def leads_straight(fact: Fact) -> bool:
    """Whether the words of a fact are a link: what names one document or agency, or is the deadline of one item."""
    if fact.kind == "deadline":
        return len(fact.items) == 1
    return fact.kind in ("document", "agency") and len(fact.things) == 1
