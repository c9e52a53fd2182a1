"""The outline of a part: its items hung under one another by the document's own numbering, each with an address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.blocks import Block, follows
from ingest.fold import fold
from ingest.records import Heading

_ROMAN = {"i": 1, "v": 5, "x": 10}
# Telex spellings keep letters apart that folding would merge: item đ) is not item d).
_LETTERS = {"đ": "dd", "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_WORDS = {"article": "dieu", "section": "muc", "chapter": "chuong", "part": "phan"}
_BULLETS = {"dash": "gach", "plus": "cong", "star": "sao"}
_PLAIN = "doan"
_LONG = 160  # a heading is shorter
_ENDS = (".", ";", ",", "…")


@dataclass(slots=True, eq=False)
class Node:
    """One block in the outline; `style` is "" for the root and "plain" for a paragraph without a mark."""

    block: Block | None
    style: str
    label: str
    parent: Node | None
    address: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the node, without its mark."""
        return self.block.text if self.block else ""

    @property
    def marked(self) -> bool:
        """Whether the page gives it a number, letter or dash."""
        return self.style not in ("", "plain", "table")

    def path(self) -> tuple[Heading, ...]:
        """Headings from the outermost in, this node last."""
        above = self.parent.path() if self.parent else ()
        return (*above, Heading(self.label, self.text)) if self.marked else above

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the page."""
        yield self
        for child in self.children:
            yield from child.walk()


def build_outline(blocks: Sequence[Block], base: str, taken: set[str]) -> Node:
    """Hang blocks under one another: a style seen before closes back to its level, a new one opens a level below.

    `taken` holds the addresses of the document so far, so that none is given twice.
    """
    root = Node(None, "", "", None, base)
    stack = [root]
    for block in blocks:
        style, label = _style(block, stack)
        if style in ("plain", "table"):
            parent = _plain_parent(stack)
            parent.children.append(Node(block, style, "", parent))
            continue
        while any(node.style == style for node in stack) and stack.pop().style != style:
            pass
        node = Node(block, style, label, stack[-1])
        stack[-1].children.append(node)
        stack.append(node)
    _give_addresses(root, taken)
    return root


def _plain_parent(stack: Sequence[Node]) -> Node:
    """A paragraph belongs to the nearest heading; below a bullet it is the bullet's neighbour, not its child."""
    return next(node for node in reversed(stack) if node.style not in _BULLETS)


def _style(block: Block, stack: Sequence[Node]) -> tuple[str, str]:
    if block.table:
        return "table", ""
    if block.mark is None:
        return "plain", ""
    style, label = block.mark.style, block.mark.label
    if style == "number":
        return f"number{label.count('.')}", label
    # "C." and "D." are Roman numbers too: they are letters where A. and B. went before
    if style == "roman" and any(node.style == "upper" and follows(node.label.lower(), label.lower()) for node in stack):
        style = "upper"
    return style, label


def is_heading(node: Node) -> bool:
    """Whether an item only names what stands below it: "1.1. Khoa học nông nghiệp"."""
    below = [child for child in node.children if child.style != "table"]
    return bool(below) and len(node.text) <= _LONG and not node.text.endswith(_ENDS)


def roman_value(label: str) -> int:
    """The value of a Roman number: "XIV" -> 14."""
    values = [_ROMAN[char] for char in label.lower()]
    return sum(-v if any(v < w for w in values[at + 1 :]) else v for at, v in enumerate(values))


def slug_label(label: str) -> str:
    """A label as an address prints it: "II" -> "ii", "đ" -> "dd", "1.1" -> "1.1"."""
    lowered = label.strip(" .)").lower()
    return fold("".join(_LETTERS.get(char, char) for char in lowered)).replace(" ", "-")


def _give_addresses(root: Node, taken: set[str]) -> None:
    counts: dict[tuple[int, str], int] = {}
    for node in root.walk():
        if node.parent is None:
            continue
        step = slug_label(node.label)
        if node.style in _BULLETS or not node.marked:
            word = _BULLETS.get(node.style, "bang" if node.style == "table" else _PLAIN)
            counts[id(node.parent), word] = counts.get((id(node.parent), word), 0) + 1
            step = f"{word}-{counts[id(node.parent), word]}"
        elif node.style in _WORDS:
            step = f"{_WORDS[node.style]}-{step}"
        node.address = unique(f"{node.parent.address}/{step}", taken)


def unique(address: str, taken: set[str]) -> str:
    """An address that nobody has yet: the second ".../b" of a list that repeats a letter is ".../b-2"."""
    number, free = 2, address
    while free in taken:
        free, number = f"{address}-{number}", number + 1
    taken.add(free)
    return free
