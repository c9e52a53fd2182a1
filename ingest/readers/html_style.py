"""What a web page's styles say that matters to its text: hidden or not, typeface, how lists are marked.

Only what a selector of one tag, class or id says is read, and what stands in the element itself; no file is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ingest.readers.ooxml import Element

_SELECTOR = re.compile(r"[\w-]*(?:[.#][\w-]+)?")
_BRACE = re.compile(r"[{}]")
_MARKER = re.compile(r"(?P<item>(?:ul|ol)?\.[\w-]+)\s*>\s*li:{1,2}before")
_LARGEST = 2_000_000  # characters of one style sheet
Styles = Mapping[str, str]


@dataclass(slots=True)
class StyleSheet:
    """What the page says of tags, classes and ids ("p.MsoNormal" -> {"font-family": ".VnTime"}), and before items."""

    rules: dict[str, dict[str, str]] = field(default_factory=dict)
    markers: dict[str, str] = field(default_factory=dict)  # class of a list -> content of its items' marker

    def style_of(self, element: Element) -> Styles:
        """All that is said of an element, the last word last: sheet by tag, class and id, then its own style."""
        tag, names = str(element.tag), (element.get("class") or "").split()[:20]
        own = element.get("style")
        if not self.rules and own is None:
            return _NOTHING
        found: dict[str, str] = {}
        for key in (tag, *(each for name in names for each in (f".{name}", f"{tag}.{name}"))):
            found |= self.rules.get(key, _NOTHING)
        if (identity := element.get("id")) is not None:
            found |= self.rules.get(f"#{identity}", _NOTHING) | self.rules.get(f"{tag}#{identity}", _NOTHING)
        return found | dict(read_declarations(own or ""))

    def marker_of(self, element: Element) -> str | None:
        """What a style sheet writes before the items of a list; None where it says nothing."""
        names = (element.get("class") or "").split()
        return next((self.markers[name] for name in names if name in self.markers), None)


_NOTHING: dict[str, str] = {}


def load_styles(root: Element) -> StyleSheet:
    """The style sheets that stand in the page of an element."""
    sheet = StyleSheet()
    for each in root.getroottree().iter("style"):
        text = "".join(each.itertext())[:_LARGEST]
        for selectors, body in _split_rules(_drop_comments(text)):
            said = dict(read_declarations(body))
            for selector in (part.strip() for part in selectors.split(",")):
                if found := _MARKER.fullmatch(selector):
                    sheet.markers[found["item"].partition(".")[2]] = said.get("content", "")
                elif selector and _SELECTOR.fullmatch(selector):
                    sheet.rules.setdefault(selector, {}).update(said)
    return sheet


def read_declarations(body: str) -> Iterator[tuple[str, str]]:
    """ "display: none; mso-hide:all" -> ("display", "none"), ("mso-hide", "all")."""
    for each in body.split(";"):
        name, colon, value = each.partition(":")
        if colon:
            yield name.strip().lower(), value.replace("!important", "").strip()


def is_hidden(element: Element, style: Styles) -> bool:
    """Whether a page does not show an element."""
    return (
        element.get("hidden") is not None
        or style.get("display", "").lower() == "none"
        or style.get("visibility", "").lower() in ("hidden", "collapse")
        or style.get("mso-hide", "").lower() == "all"
    )


def font_of(element: Element, style: Styles) -> str | None:
    """The first typeface that an element names: ".VnTime"."""
    named = style.get("font-family") or (element.get("face") if element.tag == "font" else None)
    first = named.partition(",")[0].strip(" \"'") if named else ""
    return None if first.lower() in ("", "inherit", "initial", "unset") else first


def _drop_comments(text: str) -> str:
    first, *rest = text.split("/*")
    kept = (part.partition("*/")[2] for part in rest)
    return " ".join((first, *kept)).replace("<!--", " ").replace("-->", " ")


def _split_rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations; what holds for one medium only is left out."""
    depth, start, selectors = 0, 0, ""
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            if depth == 0:
                selectors = text[start : brace.start()].rpartition(";")[2].strip()
            depth, start = depth + 1, brace.end()
            continue
        if depth == 1 and not selectors.startswith("@"):
            yield selectors, text[start : brace.start()]
        depth, start = max(depth - 1, 0), brace.end()
