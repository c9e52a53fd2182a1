"""Which part of a web page is the document and which is the site around it, told by what documents have in common.

No site is known by name: the document stands where most of the words outside links do, and where lines have the marks
of a document (national motto, number, recitals, articles, annexes, signature).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.html_flow import Shown
from ingest.readers.html_portal import is_box
from ingest.readers.ooxml import Element
from ingest.readers.reading import Paragraph
from ingest.reference import load_patterns

_AROUND = frozenset({"nav", "aside", "footer", "header", "menu"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog"})
_BOXES = frozenset({"body", "div", "section", "article", "main", "form", "center", "table", "tbody", "tr", "td", "font",
                    "span", "fieldset", "details", "dd", "blockquote"})  # fmt: skip
_MARK_WORTH = 500  # letters: marks say more than length does
_MOST_LINKED = 0.5
_TASK_TABLE = (3, 3)  # rows and columns that a list of links or a box of data does not have
_LONGEST_MARK = 300
_LIKE = 5  # a part without a class is like the main one where it is not so many times shorter
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class _Weight:
    """What stands in an element and below it."""

    letters: int = 0
    linked: int = 0
    marks: int = 0

    def add(self, other: _Weight) -> None:
        self.letters += other.letters
        self.linked += other.linked
        self.marks += other.marks

    @property
    def worth(self) -> int:
        return self.letters - self.linked + _MARK_WORTH * self.marks

    @property
    def is_links(self) -> bool:
        return self.linked > _MOST_LINKED * self.letters


def find_content(root: Element, shown: Sequence[Shown]) -> list[bool]:
    """For each block whether it is the document's."""
    weights = _weigh(root, shown)
    if root not in weights:
        return [True] * len(shown)
    content = _descend(root, weights) if weights[root].marks else root
    inside = set(content.iter())
    for child in _around(content, weights):
        inside -= set(child.iter())
    return [each.element in inside for each in shown]


def has_mark(text: str) -> bool:
    """Whether a line is one that documents have and sites have not: "Số: 719/QĐ-UBND", "Điều 1. ...", "Nơi nhận:"."""
    text = text.strip()[:_LONGEST_MARK]
    return any(pattern.search(text) for _, pattern in load_patterns("page_marks"))


def _weigh(root: Element, shown: Iterable[Shown]) -> dict[Element, _Weight]:
    weights: dict[Element, _Weight] = {}
    for each in shown:
        own = weights.setdefault(each.element, _Weight())
        own.add(_Weight(each.letters, each.linked, _count_marks(each)))
    for element in reversed(list(root.iter())):
        if element in weights and element is not root:
            weights.setdefault(element.getparent(), _Weight()).add(weights[element])
    return weights


def _count_marks(shown: Shown) -> int:
    block = shown.block
    if isinstance(block, Paragraph):
        return sum(map(has_mark, block.text.split("\n")[:_LONGEST_MARK]))
    marks = sum(has_mark(line) for cell in block.cells[:20] for line in cell.text.split("\n")[:20])
    is_tasks = block.height >= _TASK_TABLE[0] and block.width >= _TASK_TABLE[1] and not is_box(block)
    return marks + (is_tasks and 2 * shown.linked <= shown.letters)


def _descend(root: Element, weights: dict[Element, _Weight]) -> Element:
    """The innermost element outside which nothing is the document's."""
    here = root
    while True:
        children = [each for each in here if each in weights]
        main = max(children, key=lambda each: weights[each].worth, default=None)
        if main is None or main.tag not in _BOXES or 2 * weights[main].worth < weights[here].worth:
            return here
        inner = _Weight(*(sum(getattr(weights[each], name) for each in children) for name in _Weight.__slots__))
        if weights[here].marks > inner.marks:  # marks in the element's own words, or it is a table by itself
            return here
        if any(_belongs(each, main, weights) for each in children if each is not main):
            return here
        here = main


def _belongs(element: Element, main: Element, weights: dict[Element, _Weight]) -> bool:
    """Whether what stands beside the main part is a part of the document too."""
    weight = weights[element]
    if weight.is_links:
        return False
    if weight.marks or _kind(element) != _kind(main) or _is_around(element):
        return weight.marks > 0
    return bool(element.get("class")) or weight.letters * _LIKE >= weights[main].letters


def _around(content: Element, weights: dict[Element, _Weight]) -> list[Element]:
    """What of the content's parts is the site's: bars and menus anywhere, lists of links at both ends."""
    children = [each for each in content if each in weights]
    found = [each for each in content.iterdescendants(*_AROUND) if each in weights and not weights[each].marks]
    found += [each for each in children if each.get("role") in _ROLES and not weights[each].marks]
    for order in (children, children[::-1]):
        for each in order:
            if weights[each].marks or not (weights[each].is_links or _is_around(each)):
                break
            found.append(each)
    return found


def _is_around(element: Element) -> bool:
    return element.tag in _AROUND or element.get("role") in _ROLES


def _kind(element: Element) -> tuple[str, str]:
    """Elements of one tag and class, numbers aside: sections 1 and 2 of a document are one kind."""
    return element.tag, _DIGITS.sub("", element.get("class") or "")
