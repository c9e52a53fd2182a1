"""What a body leads as a list to print: each task with its partners, deadline, output, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator

from graph.export_docx import TaskList
from search_api.live import Opened
from search_api.page_agency import Record, Work, name_sources
from search_api.page_base import Page, name_document, one_line, title_below
from search_api.page_places import say_place as say_place_of_quote
from search_api.present import describe_deadline, list_names, say_date
from search_api.sentence_case import write_small

_VIETNAMESE = Page("vi", "/", {})  # the papers of an office are in one language
_MOST_ROWS = 2000
_NONE = "Chưa có nhiệm vụ nào do cơ quan này chủ trì trong các văn bản đã đọc"


def list_for_print(here: Opened, agency: Record, place: str, work: Work) -> TaskList:
    """The list of what a body leads, with the date of the build: list_for_print(here, agency, "Tỉnh Hà Nam", work)."""
    led = work.led[:_MOST_ROWS]
    sources = list(name_sources(here, led, _VIETNAMESE))
    day = say_date(here.generation.finished.date().isoformat(), "vi")
    said = f"Tổng hợp {len(work.led)} nhiệm vụ từ {len(sources)} văn bản" if led else _NONE
    cut = f"; chỉ in {_MOST_ROWS} nhiệm vụ đầu" if len(work.led) > _MOST_ROWS else ""
    return TaskList(
        title="Danh mục nhiệm vụ chủ trì",
        about=(
            f"{one_line(agency['name'])} – {place}",
            f"({said}; dữ liệu ngày {day}{cut})",
        ),
        rows=(_cells(here, each) for each in led),
        sources=[_describe_source(here, name, document) for name, document in sources],
        made=here.generation.finished,
    )


def say_place(item: Record) -> str:
    """Where a task stands in its document: "Phụ lục II, mục 7", "mục III.1.2", else its line."""
    labels = [each["label"].strip(".") for each in item["section"] if each["label"]] if not item["annex"] else []
    number = ".".join(filter(None, [*labels, (item["number"] or "").strip(".")]))
    parts = [f"Phụ lục {item['annex']}" if item["annex"] else "", f"mục {number}" if number else ""]
    return ", ".join(filter(None, parts)) or say_place_of_quote(item["source"], _VIETNAMESE.say)


def _cells(here: Opened, item: Record) -> tuple[str, ...]:
    words = ": ".join(write_small(one_line(item[each])) for each in ("name", "text") if item[each])
    return (
        words,
        "; ".join(list_names(item, "coordinating")),
        describe_deadline(item) or "",
        write_small(one_line(item["output"] or "")),
        "; ".join(_say_basis(here, item)),
    )


def _say_basis(here: Opened, item: Record) -> Iterator[str]:
    """The document with the place in it, then what the task itself names."""
    document = here.records.get(item["document"])
    if document is not None:
        yield f"{_name(document)}, {say_place(item)}"
    for iri in item["cites"]:
        if (cited := here.records.get(iri)) is not None:
            yield f"viện dẫn {_name(cited)}"


def _describe_source(here: Opened, name: str, document: Record) -> str:
    """A source with its date, title, and the documents that it says it rests on."""
    said = ". ".join(filter(None, [_name(document), title_below(document)])).rstrip(".")
    basis = []
    for iri in here.records.links_of(document["id"], "from"):
        link = here.records.get(iri) or {}
        above = here.records.get(link.get("to", "")) if link.get("relation") == "legal_basis" else None
        if above is not None and not link.get("stated_by"):
            basis.append(_name(above))
    return f"{said}. Căn cứ: {'; '.join(dict.fromkeys(basis))}." if basis else f"{said}."


def _name(document: Record) -> str:
    dated = f" ngày {say_date(document['date'], 'vi')}" if document["date"] and document["number"] else ""
    return f"{_name_small(document)}{dated}"


def _name_small(document: Record) -> str:
    """The name of a document; one that goes by its title has that in small letters."""
    title = document["title"] and write_small(document["title"])
    return name_document({**document, "title": title}, _VIETNAMESE)
