"""A plan of data/plans as the Word document that it was: tables with merged cells, numbers typed or automatic."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from graph.as_docx import plan_blocks as plan_blocks
from ingest.readers.layout import lay_out
from ingest.readers.reading import Grid, Paragraph, Reading
from ingest.source import SourceText
from tests.made_docx import cell, docx, par, row, run, table

_WIDTH = 1200  # of every column, in twentieths of a point
_NUMBER = re.compile(r"^(?:(?P<roman>[IVX]+)|(?P<digits>\d{1,3})|(?P<letter>[a-h]))(?P<after>[.)] ?)(?=\S|$)")
_FORMATS = {"roman": "upperRoman", "digits": "decimal", "letter": "lowerLetter"}


def laid_source(reading: Reading, file: str) -> SourceText:
    """What the later steps read of a file."""
    laid = lay_out(reading)
    starts = (0, *(found.end() for found in re.finditer("\n", laid.text)))
    return SourceText(file, "", laid.text, starts, laid.grids, laid.places, laid.doubts)


def plan_docx(blocks: tuple[Paragraph | Grid, ...], automatic: bool = False) -> bytes:
    """Blocks as a Word document; `automatic` leaves every number that Word can count to Word."""
    lists = Lists(automatic)
    body = "".join(
        lists.write(each.text) if isinstance(each, Paragraph) else _write_grid(each, lists) for each in blocks
    )
    return docx(body, numbering=lists.write_lists())


@dataclass(slots=True)
class Lists:
    """Lists of one level each; one that does not count on starts anew at the number printed."""

    automatic: bool
    last: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)  # kind -> list, number
    definitions: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)

    def write(self, text: str) -> str:
        """A paragraph, its number counted where it can be."""
        found = _NUMBER.match(text) if self.automatic else None
        if found is None:
            return par(_run(text))
        kind = next(each for each in _FORMATS if found[each])
        list_id = self._list(_FORMATS[kind], found["after"], _value(kind, found[kind]))
        return par(_run(text[found.end() :]), f'<w:numPr><w:numId w:val="{list_id}"/></w:numPr>')

    def write_lists(self) -> str:
        """The part that says how lists count."""
        return "".join(self.definitions) + "".join(self.lists)

    def _list(self, style: str, after: str, value: int) -> int:
        list_id, last = self.last.get((style, after), (0, -1))
        if last + 1 != value:
            list_id = len(self.lists) + 1
            behind = "space" if after.endswith(" ") else "nothing"
            level = (
                f'<w:start w:val="{value}"/><w:numFmt w:val="{style}"/><w:suff w:val="{behind}"/>'
                f'<w:lvlText w:val="%1{after.strip()}"/>'
            )
            self.definitions.append(
                f'<w:abstractNum w:abstractNumId="{list_id}"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
            )
            self.lists.append(f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>')
        self.last[style, after] = list_id, value
        return list_id


def _value(kind: str, printed: str) -> int:
    if kind == "digits":
        return int(printed)
    if kind == "letter":
        return ord(printed) - ord("a") + 1
    worth = [{"I": 1, "V": 5, "X": 10}[sign] for sign in printed]
    return sum(-one if one < next_one else one for one, next_one in zip(worth, [*worth[1:], 0], strict=True))


def _write_grid(grid: Grid, lists: Lists) -> str:
    rows = []
    standing = {(row, each.column): each for each in grid.cells for row in range(each.row, each.row + each.rows)}
    for at in range(grid.height):
        parts = []
        for column in range(grid.width):
            each = standing[at, column]
            merge = "" if each.rows == 1 else '<w:vMerge w:val="restart"/>' if each.row == at else "<w:vMerge/>"
            lines = each.text.split("\n") if each.row == at else [""]
            parts.append(cell("".join(lists.write(line) for line in lines), merge))
        rows.append(row(*parts))
    return table(*rows, widths=(_WIDTH,) * grid.width)


def _run(text: str) -> str:
    """Words as one run, a tab as Word has it."""
    return run(escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">'))
