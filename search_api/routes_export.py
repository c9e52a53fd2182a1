"""REST: everything as files, all rows that pass the filters of search and not a page of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response, StreamingResponse

from graph.export import CALENDAR, stream_rows
from graph.export_calendar import describe_left_out, make_calendar
from graph.export_graph import stream_graph, stream_items
from graph.export_rows import Record, stream_jsonl
from graph.export_xlsx import load_columns, name_sheet, stream_workbook
from graph.generations import Problem
from graph.names import Unknown
from graph.rhythms import Lifetimes, ends_of_bodies
from graph.schema import singular
from search_api.demands import Demands
from search_api.depends import Here
from search_api.download import MEDIA_TYPES, name_file, send_file
from search_api.exports import MAKES_A_FILE, TooManyFiles
from search_api.given import Given, Ignored, Listed, Values, Within, describe
from search_api.live import Opened
from search_api.messages import load_messages
from search_api.problems import KINDS, document_problem
from search_api.routes_lists import NameOfAgency, Province, Question, find_agencies, find_items
from search_api.search import Ask

router = APIRouter(tags=["files"], dependencies=[MAKES_A_FILE])
# Kinds that a search finds, and those that belong to a document.
SEARCHED: Mapping[str, str] = {name: singular(name) for name in ("tasks", "duties", "targets", "documents")}
OF_DOCUMENTS: Mapping[str, str] = {
    "mentions": "citing",
    "links": "stated_in",
    "unresolved": "document",
    "parts": "document",
}
ItemFormat: TypeAlias = Literal["jsonl", "csv", "xlsx", "nq", "nt", "ttl", "jsonld", "rdf"]
RowFormat: TypeAlias = Literal["jsonl", "csv", "xlsx"]
GraphFormat: TypeAlias = Literal["nq", "nt", "ttl", "jsonld", "rdf"]
_ROWS = ("jsonl", "csv", "xlsx")
_GRAPHS = ("nq", "nt", "ttl", "jsonld", "rdf")
_ENDING = Path(description="The ending says which format. · Đuôi tệp cho biết định dạng.", examples=["xlsx"])
Most = Annotated[
    int | None,
    Query(ge=1, le=10**6, description="How many at most; without it all. · Tối đa bao nhiêu dòng.", examples=[100]),
]
Lang = Annotated[
    Literal["vi", "en"],
    Query(description="The language of the heads of a workbook and of the name of the file.", examples=["en"]),
]
OfDocument = Annotated[
    str | None,
    Query(
        max_length=1000,
        description="Only those of one document, by any of its names. · Chỉ của một văn bản.",
        examples=["12/KH-UBND"],
    ),
]


_BUSY = document_problem(KINDS[TooManyFiles], "4 files were being made for 5 s")


def _files(endings: Iterable[str]) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The file.", "content": {MEDIA_TYPES[each]: {} for each in endings}}, 503: _BUSY}


_NO_DOCUMENT: dict[int | str, dict[str, Any]] = {
    400: document_problem(KINDS[Problem], "12/KH-UBND is the name of 2: say which of 12/KH-UBND@2024, 12/KH-UBND@2025"),
    404: document_problem(KINDS[Unknown], "nothing is called 12/KH-UBND"),
}


def _add_items(kind: str) -> None:
    name = load_columns()["sheets"][SEARCHED[kind]][0]

    def export_items(
        here: Here,
        given: Given,
        format: Annotated[ItemFormat, _ENDING],
        q: Question = "",
        limit: Most = None,
        ignore: Ignored = None,
        within: Within = None,
        listed: Listed = None,
        lang: Lang = "vi",
    ) -> Response:
        ask = Ask(q, ignore=tuple(ignore or ()), demands=given, within=tuple(within or ()))
        ids = find_items(here, (SEARCHED[kind],), ask, listed)[:limit]
        file = _name(kind, q, given, lang)
        if format in _GRAPHS:
            return send_file(stream_items(here.store, ids, _as_format(format)), file, format)
        records = _read_each(here, ids, SEARCHED[kind])
        return send_file(stream_rows(kind, records, format, here.generation.finished, lang), file, format)

    export_items.__doc__ = f"All {kind} that pass the filters, e.g. `/api/{kind}.xlsx?due=2026`; `q` orders them."
    _add(kind, export_items, f"{kind.capitalize()} as a file · {name}", _files((*_ROWS, *_GRAPHS)))


def _add_parts(kind: str) -> None:
    name = load_columns()["sheets"][singular(kind)][0]

    def export_parts(here: Here, format: Annotated[RowFormat, _ENDING], document: OfDocument = None) -> Response:
        records: Iterable[Record] = here.records.records(singular(kind))
        if document is not None:
            iri = here.names.find(document)
            records = (each for each in records if each[OF_DOCUMENTS[kind]] == iri)
        return _send_rows(here, kind, records, format, _name(kind, document or "", {}))

    export_parts.__doc__ = f"All {kind}, or those of one document."
    responses = {**_files(_ROWS), **_NO_DOCUMENT}
    _add(kind, export_parts, f"{kind.capitalize()} as a file · {name}", responses)


def _add(kind: str, route: Any, summary: str, responses: dict[int | str, dict[str, Any]]) -> None:
    router.add_api_route(
        f"/api/{kind}.{{format}}",
        route,
        summary=summary,
        responses=responses,
        response_class=StreamingResponse,
        operation_id=f"export_{kind}",
    )


for _kind in SEARCHED:
    _add_items(_kind)
for _kind in OF_DOCUMENTS:
    _add_parts(_kind)


@router.get(
    "/api/agencies.{format}",
    summary="Agencies as a file · Cơ quan (agencies)",
    response_class=StreamingResponse,
    responses=_files(_ROWS),
)
def export_agencies(
    here: Here, format: Annotated[RowFormat, _ENDING], q: NameOfAgency = "", jurisdiction: Province = None
) -> Response:
    """All bodies that plans name, e.g. `/api/agencies.csv?jurisdiction=trung-uong`."""
    name = _name("agencies", " ".join(filter(None, (q, jurisdiction))), {})
    return _send_rows(here, "agencies", find_agencies(here, q, jurisdiction), format, name)


@router.get(
    "/api/search.{format}",
    summary="What a search finds, as a file · Kết quả tìm kiếm",
    response_class=StreamingResponse,
    responses=_files(("xlsx", "jsonl")),
)
def export_search(
    here: Here,
    given: Given,
    format: Annotated[Literal["xlsx", "jsonl"], _ENDING],
    q: Question = "",
    kind: Annotated[Values, describe("task, duty, target, section, document", "task")] = None,
    limit: Most = None,
    ignore: Ignored = None,
    within: Within = None,
    listed: Listed = None,
    lang: Lang = "vi",
) -> Response:
    """Results of any kind: one sheet for each, or lines that say their kind; where ranking decides, the nearest 200."""
    demands = {**given, "kind": tuple(kind)} if kind else given
    ask = Ask(q, ignore=tuple(ignore or ()), demands=demands, within=tuple(within or ()))
    ids = here.search.find_ids(ask, listed or "due")[:limit]
    records = (record for iri in ids if (record := here.records.get(iri)) is not None)
    name = name_file(load_messages(lang)["results_for"], [q, *_values(demands)])
    if format == "jsonl":
        return send_file(_stream_kinds(records), name, format)
    made = here.generation.finished
    rows = ((str(each["record"]), each) for each in records)
    return send_file(stream_workbook(rows, made, language=lang), name, format)


@router.get(
    "/api/deadlines.ics",
    summary="Deadlines and reporting days as a calendar · Lịch thời hạn và báo cáo",
    response_class=StreamingResponse,
    responses=_files(("ics",)),
)
def export_deadlines(
    here: Here,
    given: Given,
    q: Question = "",
    kind: Annotated[Literal["task", "duty"] | None, Query(description="Only tasks, or only duties.")] = None,
    ignore: Ignored = None,
    within: Within = None,
    listed: Listed = None,
) -> Response:
    """An all-day event on the last day of each end, and a rule for each rhythm; X-Left-Out counts what has neither."""
    kinds = (kind,) if kind else ("task", "duty")
    ask = Ask(q, ignore=tuple(ignore or ()), demands=given, within=tuple(within or ()))
    ids = find_items(here, kinds, ask, listed)
    documents = {each["id"]: each for each in here.records.records("document")}
    lifetimes = Lifetimes(documents, ends_of_bodies(here.names.facts))
    feed = make_calendar(lambda: _read_any(here, ids), lifetimes, here.generation.finished, _name("", q, given))
    headers = {"X-Left-Out": describe_left_out(feed)}
    return send_file(feed.parts, _name("", q, given), "ics", headers)


@router.get(
    "/api/graph.{format}",
    summary="The whole graph · Toàn bộ đồ thị",
    response_class=StreamingResponse,
    responses=_files(_GRAPHS),
)
def export_graph(here: Here, format: Annotated[GraphFormat, _ENDING]) -> Response:
    """N-Quads (sorted) and JSON-LD keep which text states what; the others are the union of all graphs."""
    return send_file(stream_graph(here.generation, _as_format(format)), "Đồ thị (graph)", format)


def _send_rows(here: Opened, kind: str, records: Iterable[Record], format_: str, name: str) -> Response:
    return send_file(stream_rows(kind, records, format_, here.generation.finished), name, format_)


def _read_each(here: Opened, ids: Iterable[str], kind: str) -> Iterator[Record]:
    return (each for each in _read_any(here, ids) if each["record"] == kind)


def _read_any(here: Opened, ids: Iterable[str]) -> Iterator[Record]:
    return (record for iri in ids if (record := here.records.get(iri)) is not None)


def _stream_kinds(records: Iterable[Record]) -> Iterator[bytes]:
    """JSON lines of several kinds: each says under "kind" what it is, as the records of tasks and duties do."""
    return stream_jsonl({**each, "kind": each.get("kind") or each["record"]} for each in records)


def _as_format(ending: str) -> str:
    return "rdfxml" if ending == "rdf" else ending


def _name(kind: str, q: str, given: Demands, language: str = "vi") -> str:
    """What a file is called: its kind, and what was asked for."""
    title = name_sheet(singular(kind), language) if kind else CALENDAR
    return name_file(title, [q, *_values(given)])


def _values(given: Demands) -> Iterator[str]:
    return (value for values in given.values() for value in values)
