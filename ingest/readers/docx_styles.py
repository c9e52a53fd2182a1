"""What the styles of a Word document say of paragraphs and runs: hidden, in capitals, in which font, numbered."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.readers.ooxml import Element, attribute, child, is_on, name_of, number


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is drawn; None where nothing is said."""

    hidden: bool | None = None
    capitals: bool | None = None
    font: str | None = None  # of letters beyond ASCII; "" for one of the theme

    def over(self, below: Look) -> Look:
        """This look where it says something, else the one below."""
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            below.capitals if self.capitals is None else self.capitals,
            below.font if self.font is None else self.font,
        )


@dataclass(frozen=True, slots=True)
class ListItem:
    """That a paragraph is numbered: in which list, at which level; None where nothing is said."""

    list_id: int | None = None
    level: int | None = None


_PLAIN, _UNLISTED = Look(), ListItem()
_DEEPEST = 50  # styles based on one another; Word stops far earlier


@dataclass(frozen=True, slots=True)
class _Style:
    below: str | None
    look: Look
    item: ListItem


@dataclass(slots=True)
class Styles:
    """The styles of a document, each with what it inherits."""

    default: Look = _PLAIN
    default_paragraph: str = ""
    styles: dict[str, _Style] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)  # of styles asked for so far
    items: dict[str, ListItem] = field(default_factory=dict)

    def look_of(self, style: str | None) -> Look:
        """What a style and those under it say of a run."""
        if style is None:
            return _PLAIN
        if style not in self.looks:
            look = _PLAIN
            for each in self._chain(style):
                look = look.over(each.look)
            self.looks[style] = look
        return self.looks[style]

    def item_of(self, style: str | None) -> ListItem:
        """The list that a style puts its paragraphs in."""
        if style is None:
            return _UNLISTED
        if style not in self.items:
            list_id, level = None, None
            for each in self._chain(style):
                list_id = each.item.list_id if list_id is None else list_id
                level = each.item.level if level is None else level
            self.items[style] = ListItem(list_id, level)
        return self.items[style]

    def run_look(self, paragraph_style: str | None, properties: Element | None) -> Look:
        """The look of a run; hidden in both the paragraph's style and its own cancel out, as in Word."""
        paragraph = self.look_of(paragraph_style or self.default_paragraph)
        if properties is None:
            return paragraph.over(self.default)
        style = child(properties, "w:rStyle")
        own = _PLAIN if style is None else self.look_of(attribute(style, "val"))
        below = own.over(paragraph)
        if own.hidden and paragraph.hidden:
            below = Look(False, below.capitals, below.font)
        return read_look(properties).over(below).over(self.default)

    def _chain(self, style: str) -> list[_Style]:
        """A style and those that it is based on, itself first; a circle ends where it closes."""
        found: dict[str, _Style] = {}
        at: str | None = style
        while at is not None and at not in found and len(found) < _DEEPEST and (each := self.styles.get(at)):
            found[at] = each
            at = each.below
        return list(found.values())


def load_styles(root: Element | None) -> Styles:
    """The styles of word/styles.xml; none where a document has no such part."""
    styles = Styles()
    for each in () if root is None else root:
        if name_of(each) == "w:docDefaults":
            styles.default = read_look(child(each, "w:rPrDefault", "w:rPr"))
        elif name_of(each) == "w:style":
            name = attribute(each, "styleId") or ""
            below = child(each, "w:basedOn")
            item = read_item(child(each, "w:pPr"))
            look = read_look(child(each, "w:rPr"))
            styles.styles[name] = _Style(None if below is None else attribute(below, "val"), look, item)
            if attribute(each, "type") == "paragraph" and attribute(each, "default") in ("1", "true", "on"):
                styles.default_paragraph = name
    return styles


def read_look(properties: Element | None) -> Look:
    """What run properties say themselves."""
    if properties is None or not len(properties):
        return _PLAIN
    return Look(
        is_on(child(properties, "w:vanish")), is_on(child(properties, "w:caps")), _font(child(properties, "w:rFonts"))
    )


def read_item(properties: Element | None) -> ListItem:
    """What paragraph properties say themselves of a list; list 0 takes a paragraph out of the one of its style."""
    listed = child(properties, "w:numPr")
    if listed is None:
        return _UNLISTED
    return ListItem(number(child(listed, "w:numId")), number(child(listed, "w:ilvl")))


def _font(fonts: Element | None) -> str | None:
    if fonts is None:
        return None
    if attribute(fonts, "hAnsiTheme") or attribute(fonts, "asciiTheme"):
        return ""
    return attribute(fonts, "hAnsi") or attribute(fonts, "ascii")
