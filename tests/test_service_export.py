"""Files by HTTP: all rows that pass the filters, in every format, under names that browsers keep."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from openpyxl import load_workbook
from rdflib import Dataset, Graph

from graph.export_rows import read_records
from search_api import routes_search
from search_api.download import name_download, name_file
from search_api.record_store import RecordStore
from tests.service import open_client, open_small_search, read_problem
from tests.small_corpus import DECISION, PLAN
from tests.small_kb import small_generation


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_client([routes_search.router], open_small_search) as client:
        yield client


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


FILTERED = [
    pytest.param("", [f"{PLAN}/muc/1", f"{DECISION}/phu-luc/2/muc/1", f"{DECISION}/phu-luc/2/muc/2"], id="all"),
    pytest.param("due=2026", [f"{PLAN}/muc/1"], id="due"),
    pytest.param("due=2026-09", [f"{PLAN}/muc/1"], id="due-in-a-month"),
    pytest.param("active=2026", [f"{PLAN}/muc/1", f"{DECISION}/phu-luc/2/muc/1"], id="active"),
    pytest.param("q=nhiệm vụ đến hạn năm 2026", [f"{PLAN}/muc/1"], id="a-question-that-filters"),
    pytest.param("agency=Sở Khoa học và Công nghệ&role=lead", [f"{DECISION}/phu-luc/2/muc/1"], id="agency"),
    pytest.param("agency=so khoa hoc va cong nghe&due=2027", [], id="nothing"),
    pytest.param("states=collective-lead", [f"{DECISION}/phu-luc/2/muc/2"], id="state"),
    pytest.param("limit=1", [f"{PLAN}/muc/1"], id="the-first"),
]


@pytest.mark.parametrize(("asked", "ids"), FILTERED)
def test_the_filters_are_those_of_search(client: TestClient, asked: str, ids: list[str]) -> None:
    table = client.get(f"/api/tasks.csv?{asked}")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert [row["id"] for row in rows(table.text)] == ids
    assert [json.loads(line)["id"] for line in client.get(f"/api/tasks.jsonl?{asked}").text.splitlines()] == ids
    book = load_workbook(io.BytesIO(client.get(f"/api/tasks.xlsx?{asked}").content))
    assert [row[0].value for row in book["Nhiệm vụ"].iter_rows(min_row=2)] == ids
    graph = Graph().parse(data=client.get(f"/api/tasks.ttl?{asked}").text, format="turtle")
    assert set(ids) <= {str(each) for each in graph.subjects()}
    if asked != "limit=1":
        assert [each["id"] for each in client.get(f"/api/tasks?{asked}").json()["results"]] == ids


@pytest.mark.parametrize(
    "kind", ["tasks", "duties", "targets", "documents", "mentions", "links", "agencies", "unresolved", "parts"]
)
def test_every_kind_is_there_whole(client: TestClient, kind: str) -> None:
    records = list(read_records(small_generation(), kind))
    lines = client.get(f"/api/{kind}.jsonl").text.splitlines()
    assert [json.loads(line) for line in lines] == records
    assert len(rows(client.get(f"/api/{kind}.csv").text)) == len(records)


def test_a_question_orders(client: TestClient) -> None:
    lines = client.get("/api/tasks.jsonl", params={"q": "trung tâm dữ liệu"}).text.splitlines()
    assert len(lines) == 3
    found = client.get("/api/search", params={"q": "trung tâm dữ liệu", "kind": "task"}).json()["results"]
    assert [json.loads(line)["id"] for line in lines] == [each["id"] for each in found]


@pytest.mark.parametrize(
    ("ending", "parser", "media_type"),
    [
        ("nq", "nquads", "application/n-quads"),
        ("nt", "nt", "application/n-triples"),
        ("ttl", "turtle", "text/turtle; charset=utf-8"),
        ("jsonld", "json-ld", "application/ld+json"),
        ("rdf", "xml", "application/rdf+xml"),
    ],
)
def test_the_graph_in_every_format(client: TestClient, ending: str, parser: str, media_type: str) -> None:
    response = client.get(f"/api/graph.{ending}")
    assert response.headers["content-type"] == media_type
    dataset = Dataset(default_union=True)
    (dataset if ending in ("nq", "jsonld") else dataset.default_graph).parse(data=response.content, format=parser)
    whole = Dataset()
    whole.parse(data=small_generation().graph.read_bytes(), format="nquads")
    assert {(s, p, o) for s, p, o, _ in dataset.quads()} == {(s, p, o) for s, p, o, _ in whole.quads()}


def test_a_calendar_says_what_it_leaves_out(client: TestClient) -> None:
    response = client.get("/api/deadlines.ics")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    events = [str(each["uid"]) for each in calendar.walk("VEVENT")]
    assert f"{PLAN}/muc/1" in events
    assert response.headers["x-left-out"] == str(calendar["x-wr-caldesc"]).partition("left out: ")[2]
    only = client.get("/api/deadlines.ics?due=2026&kind=task")
    assert [str(each["uid"]) for each in Calendar.from_ical(only.content).walk("VEVENT")] == [f"{PLAN}/muc/1"]
    assert only.headers["x-left-out"] == "nothing"


def test_what_a_search_finds_as_a_workbook(client: TestClient) -> None:
    response = client.get("/api/search.xlsx", params={"q": "chuyển đổi số"})
    book = load_workbook(io.BytesIO(response.content))
    assert {"Nhiệm vụ", "Văn bản"} <= set(book.sheetnames)
    assert book.sheetnames[-1] == "Giải thích"
    lines = [json.loads(line) for line in client.get("/api/search.jsonl?q=chuyển đổi số").text.splitlines()]
    assert {each["kind"] for each in lines} >= {"task", "document"}
    assert len(lines) == sum(book[name].max_row - 1 for name in book.sheetnames[:-1])


def test_what_belongs_to_one_document(client: TestClient) -> None:
    found = [json.loads(line) for line in client.get("/api/mentions.jsonl?document=719/QĐ-UBND").text.splitlines()]
    assert found
    assert {each["citing"] for each in found} == {DECISION}
    assert read_problem(client.get("/api/mentions.csv?document=1/QĐ-UBND"))["status"] == 404


WRONG = [
    pytest.param("/api/tasks.pdf", 422, "'jsonl', 'csv', 'xlsx'", id="format"),
    pytest.param("/api/mentions.ttl", 422, "'jsonl', 'csv' or 'xlsx'", id="format-of-another-kind"),
    pytest.param("/api/tasks.csv?due=soon", 422, "expected a year, month or day", id="period"),
    pytest.param("/api/tasks.csv?agency=Sở Ma Thuật", 422, "no agency is called", id="agency"),
    pytest.param("/api/tasks.csv?agnecy=x", 422, "known are", id="misspelt-filter"),
    pytest.param("/api/links.csv?due=2026", 422, "known are document", id="a-filter-that-it-has-not"),
    pytest.param("/api/tasks.csv?limit=0", 422, "limit", id="limit"),
    pytest.param("/api/plans.csv", 404, "Not Found", id="kind"),
]


@pytest.mark.parametrize(("path", "status", "detail"), WRONG)
def test_what_cannot_be_had(client: TestClient, path: str, status: int, detail: str) -> None:
    problem = read_problem(client.get(path))
    assert (problem["status"], detail in problem["detail"]) == (status, True), problem


def test_a_workbook_speaks_the_language_of_its_page(client: TestClient) -> None:
    for path, name in (("/api/search.xlsx", "Search results"), ("/api/tasks.xlsx", "Tasks")):
        response = client.get(path, params={"q": "chuyển đổi số", "lang": "en"})
        assert f"filename*=UTF-8''{quote(name)}" in response.headers["content-disposition"]
        assert load_workbook(io.BytesIO(response.content)).sheetnames[0] == "Tasks"
    codes = client.get("/api/tasks.csv?lang=en").text.lstrip("\ufeff").splitlines()[0]
    assert codes.startswith("id,kind,document")  # whatever the language: programs read them


NAMES = [
    pytest.param({}, "Nhiệm vụ", "nhiem-vu", id="plain"),
    pytest.param({"q": "chữ ký số"}, "Nhiệm vụ - chữ ký số", "nhiem-vu-chu-ky-so", id="vietnamese"),
    pytest.param({"due": "2026-01/2026-06"}, "Nhiệm vụ - 2026-01 2026-06", "nhiem-vu-2026-01-2026-06", id="a-slash"),
    pytest.param({"q": 'a"; x.exe\r\nX: 1'}, "Nhiệm vụ - a x exe X 1", "nhiem-vu-a-x-exe-x-1", id="a-header"),
    pytest.param({"q": "../../etc/passwd\x00"}, "Nhiệm vụ - etc passwd", "nhiem-vu-etc-passwd", id="a-path"),
    pytest.param({"q": "数据 😀"}, "Nhiệm vụ - 数据", "nhiem-vu", id="other-letters"),
]


@pytest.mark.parametrize(("asked", "name", "plain"), NAMES)
def test_file_names_download(client: TestClient, asked: dict[str, str], name: str, plain: str) -> None:
    header = client.get("/api/tasks.csv", params=asked).headers["content-disposition"]
    found = re.fullmatch(r"attachment; filename=\"([a-z0-9.-]+)\"; filename\*=UTF-8''([A-Za-z0-9%._~-]+)", header)
    assert found is not None, header
    assert (unquote(found[2]), found[1]) == (f"{name}.csv", f"{plain}.csv")


def test_a_long_name_is_cut() -> None:
    assert len(name_file("Nhiệm vụ", ["ố" * 5000])) < 100
    assert name_download("数", "csv").startswith('attachment; filename="ten-')


@pytest.mark.parametrize("path", ["/api/tasks.csv", "/api/tasks.xlsx", "/api/mentions.jsonl", "/api/search.xlsx?q=x"])
def test_a_file_that_cannot_be_made_is_an_error(client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    def fail(*_: object) -> dict[str, Any]:
        raise OSError("the disk is gone")

    monkeypatch.setattr(RecordStore, "records", lambda *_: map(fail, [0]))  # as it is read, not as it is opened
    monkeypatch.setattr(RecordStore, "get", fail)
    response = client.get(path)
    assert read_problem(response)["status"] == 500
    assert "etag" not in response.headers
    assert "content-disposition" not in response.headers


def test_an_empty_file_is_a_file(client: TestClient) -> None:
    response = client.get("/api/tasks.jsonl?due=1999")
    assert (response.status_code, response.content) == (200, b"")
    assert "etag" in response.headers


def test_a_large_file_comes_in_pieces(client: TestClient) -> None:
    with client.stream("GET", "/api/graph.nq", headers={"Accept-Encoding": "identity"}) as response:
        pieces = [len(each) for each in response.iter_raw()]
    assert "content-length" not in response.headers
    assert len(pieces) > 3
    assert sum(pieces) == small_generation().graph.stat().st_size
