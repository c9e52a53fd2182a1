"""Word documents made by hand, as small as a trap allows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from ingest.readers.docx import read_docx
from ingest.readers.reading import Grid, Paragraph, Role

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SPACES = (
    f'xmlns:w="{WORD}" xmlns:m="{OFFICE}/math" xmlns:r="{OFFICE}/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_PLAN = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "\uf0b7"))
_MAIN = {"document": "document.main"}
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(text: str, properties: str = "") -> str:
    """A run: run("bỏ", "<w:vanish/>")."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(inside: str, properties: str = "") -> str:
    """A paragraph of runs, or of plain words."""
    inside = inside if "<" in inside else run(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def listed(text: str, level: int = 0, list_id: int = 1) -> str:
    """A paragraph with an automatic number."""
    return par(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(at: int, style: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list: level(0, "decimal", "%1.")."""
    said = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>{more}'
    return f'<w:lvl w:ilvl="{at}">{said}</w:lvl>'


def definition(at: int, *levels: str) -> str:
    """What lists of levels may be made of."""
    return f'<w:abstractNum w:abstractNumId="{at}">{"".join(levels)}</w:abstractNum>'


def number_list(at: int, counter: int, more: str = "") -> str:
    """A list made of a definition."""
    return f'<w:num w:numId="{at}"><w:abstractNumId w:val="{counter}"/>{more}</w:num>'


def plan_lists(more: str = "") -> str:
    """List 1, numbered as plans are, and what more there is."""
    levels = [level(at, style, text) for at, (style, text) in enumerate(_PLAN)]
    return definition(0, *levels) + number_list(1, 0) + more


def cell(text: str, properties: str = "") -> str:
    """A cell; its text may be whole blocks."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<w:') else par(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells or of plain words."""
    inside = "".join(each if each.startswith("<w:") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table; widths of its columns in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def part(root: str, inside: str) -> str:
    """An XML part: part("styles", "<w:style .../>")."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {_SPACES}>{inside}</w:{root}>'


def relations(rows: Mapping[str, str]) -> str:
    """What a part refers to: kind -> target; the name of a relation is its kind."""
    inside = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/relationships/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for kind, target in rows.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A package of members by name."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return raw.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document of a body and parts by kind: docx(par("..."), styles="<w:style .../>")."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(("document", *parts)),
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations({kind: f"{kind}.xml" for kind in parts}),
    }
    roots = {"header": "hdr", "footer": "ftr"}
    for kind, inside in parts.items():
        root = kind.rstrip("0123456789")
        members[f"word/{kind}.xml"] = part(roots.get(root, root), inside)
    return zipped(members)


def _types(kinds: Iterable[str]) -> str:
    """What each part is, without which other programs do not open a package."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    rows = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{word}.{_MAIN.get(kind, kind.rstrip("0123456789"))}+xml"/>'
        for kind in kinds
    )
    relation = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{relation}{rows}</Types>'
    )


def texts(raw: bytes, *roles: Role) -> list[str]:
    """The paragraphs of a document that are text, or play one of the roles given."""
    blocks = read_docx(raw).blocks
    return [each.text for each in blocks if isinstance(each, Paragraph) and each.role in (roles or (Role.TEXT,))]


def grids(raw: bytes) -> list[list[tuple[int, int, int, int, str]]]:
    """The tables of a document: each cell's row, column, how many it covers of each, and its text."""
    return [
        [(each.row, each.column, each.rows, each.columns, each.text) for each in block.cells]
        for block in read_docx(raw).blocks
        if isinstance(block, Grid)
    ]
