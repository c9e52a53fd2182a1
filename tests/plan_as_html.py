"""A plan of data/plans as a web page: cells over several rows, lines as paragraphs."""

from __future__ import annotations

from html import escape

from ingest.readers.reading import Grid, Paragraph
from ingest.source import SourceText
from tests.plan_as_docx import plan_blocks


def plan_html(source: SourceText, before: str = "", after: str = "") -> bytes:
    """The page, with what a site sets before and after the document."""
    body = "\n".join(
        f"<p>{_lines(each.text)}</p>" if isinstance(each, Paragraph) else write_table(each)
        for each in plan_blocks(source)
    )
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Văn bản</title></head><body>{before}{body}{after}'
    return f"{page}</body></html>".encode()


def write_table(grid: Grid) -> str:
    """A grid as a table of a page: <td rowspan="2">..."""
    rows = []
    for at in range(grid.height):
        cells = sorted((each for each in grid.cells if each.row == at), key=lambda each: each.column)
        rows.append("".join(f"<td{_spans(each.rows, each.columns)}>{_lines(each.text)}</td>" for each in cells))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _spans(rows: int, columns: int) -> str:
    return (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))
