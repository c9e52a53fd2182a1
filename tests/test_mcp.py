"""The MCP server, asked as assistants ask it: with the SDK's own client, in process, over stdio and over HTTP."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult, TextContent

from graph.generations import open_current
from search_api.app import Settings, create_app
from search_api.live import Live, Opened, open_generation
from search_api.mcp_http import HOSTS, create_router
from search_api.mcp_server import create_mcp_server
from search_api.mcp_tools import Tools
from search_api.search import open_search
from search_api.sparql_pool import PoolLimits, SparqlPool
from tests.conftest import ROOT
from tests.small_corpus import DECISION, PLAN, RESOLUTION
from tests.small_kb import small_kb
from tests.test_serve import serve
from tests.test_trace import TARGET, TASK_1, TASK_2
from tests.word_encoder import WordEncoder

TOOLS = ["search", "get", "trace", "coverage", "sparql"]
STDIO = (
    "import sys; from pathlib import Path; from search_api.cli_mcp import run_mcp;"
    "from tests.word_encoder import WordEncoder; run_mcp(Path(sys.argv[1]), WordEncoder)"
)
HTTP = (
    "import sys; from pathlib import Path; from search_api import cli_serve as c; from search_api import mcp_http;"
    "from search_api.search import open_search; from tests.word_encoder import WordEncoder;"
    "c.open_live_search = lambda live, records, names: open_search(live, WordEncoder, records, names);"
    "c.ROUTERS = (mcp_http.router,);"
    "c.run_serve(Path(sys.argv[1]), '127.0.0.1', 0)"
)
SERVING = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}
Asking = Callable[[Client], Awaitable[Any]]


def open_words() -> Opened:
    """The small knowledge base with the search of a toy model."""
    return open_generation(
        open_current(small_kb()), lambda live, records, names: open_search(live, WordEncoder, records, names)
    )


@pytest.fixture(scope="module")
def tools() -> Iterator[Tools]:
    opened = open_words()
    pool = SparqlPool(PoolLimits(timeout=2, in_flight=1), opened.generation.store)
    yield Tools(lambda: opened, pool.run)
    pool.close()


def ask(server: Any, asking: Asking) -> Any:
    """What a client gets to know while it is connected."""

    async def connect() -> Any:
        async with Client(server) as client:
            return await asking(client)

    return asyncio.run(connect())


async def call_tool(name: str, arguments: dict[str, Any], client: Client) -> CallToolResult:
    return await client.call_tool(name, arguments)


def call(tools: Tools, tool: str, /, **arguments: Any) -> dict[str, Any]:
    """The answer of a tool, the same as data and as text."""
    result = ask(create_mcp_server(tools), partial(call_tool, tool, arguments))
    assert not result.is_error, result.content
    assert json.loads(read_text(result)) == result.structured_content
    answer: dict[str, Any] = result.structured_content
    assert answer["generation"]["id"] == open_current(small_kb()).id
    assert answer["generation"]["date"].endswith("+00:00")
    return answer


def refuse(tools: Tools, tool: str, /, **arguments: Any) -> str:
    """Why a tool refuses a call."""
    result = ask(create_mcp_server(tools), partial(call_tool, tool, arguments))
    assert result.is_error
    return read_text(result)


def read_text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_every_tool_says_that_it_only_reads(tools: Tools) -> None:
    async def look(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    listed, instructions = ask(create_mcp_server(tools), look)
    assert [each.name for each in listed] == TOOLS
    for each in listed:
        assert each.annotations is not None
        hints = each.annotations
        assert (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint) == (
            True, False, True, False
        )  # fmt: skip
        assert each.title
        assert len(each.description) > 40
        assert each.output_schema["type"] == "object"
        assert "generation" in each.output_schema["properties"]
        for name, schema in each.input_schema["properties"].items():
            assert bounded(schema), f"{each.name} takes {name} of any size"
    assert "coverage" in instructions


def bounded(schema: dict[str, Any]) -> bool:
    """Whether an argument has an end: a longest text, a largest number, so many values."""
    if "anyOf" in schema:
        return all(bounded(each) for each in schema["anyOf"])
    if schema["type"] in ("boolean", "null"):
        return True
    if schema["type"] == "array":
        return "maxItems" in schema and bounded(schema["items"])
    return bool({"maxLength", "maximum", "enum"} & schema.keys())


CITED = [
    pytest.param(
        "search", {"query": "trung tâm dữ liệu"}, lambda answer: answer["results"][0]["source"], TASK_1,
        "Nhiệm vụ II.1, Quyết định số 719/QĐ-UBND ngày 27/08/2025 của UBND tỉnh Hưng Yên",
        "Nâng cấp Trung tâm dữ liệu", "719-qd-ubnd.txt:15", id="search",
    ),
    pytest.param(
        "get", {"name": "719/QĐ-UBND#II.1"}, lambda answer: answer["source"], TASK_1,
        "Nhiệm vụ II.1, Quyết định số 719/QĐ-UBND ngày 27/08/2025 của UBND tỉnh Hưng Yên",
        "Nâng cấp Trung tâm dữ liệu", "719-qd-ubnd.txt:15", id="get",
    ),
    pytest.param(
        "trace", {"name": TARGET}, lambda answer: answer["paths"][0][1]["to"], RESOLUTION,
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, về đột phá phát triển khoa học, công nghệ",
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "102-kh-ubnd.txt:5", id="trace",
    ),
    pytest.param(
        "sparql", {"query": "SELECT ?t { ?t a cc:Target }"}, lambda answer: answer["sources"][0], TARGET,
        "Chỉ tiêu 0.chi-tieu-1, Kế hoạch số 102/KH-UBND ngày 19/05/2025 của UBND tỉnh Hưng Yên",
        "Đến năm 2030, đóng góp của năng suất nhân tố tổng hợp (TFP) vào tăng trưởng ở mức 1,2%-1,5%",
        "102-kh-ubnd.txt:6", id="sparql",
    ),
    pytest.param(
        "coverage", {}, lambda answer: answer["documents"][0]["source"], PLAN,
        "Kế hoạch số 102/KH-UBND ngày 19/05/2025 của UBND tỉnh Hưng Yên, "
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "102-kh-ubnd.txt:5", id="coverage",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "arguments", "find", "iri", "citation", "words", "place"), CITED)
def test_an_answer_can_be_cited_and_checked(
    tools: Tools, tool: str, arguments: dict[str, Any], find: Callable[[Any], Any], iri: str, citation: str,
    words: str, place: str,
) -> None:  # fmt: skip
    source = find(call(tools, tool, **arguments))
    assert (source["iri"], source["citation"], source["quote"], source["place"]) == (iri, citation, words, place)


def test_filters_that_are_set_and_filters_that_are_understood(tools: Tools) -> None:
    asked = call(tools, "search", query="việc cần làm", due="2026-09", kind=["task"])
    assert [each["source"]["iri"] for each in asked["results"] if each["group"] == "due"] == [PLAN + "/muc/1"]
    assert asked["results"][0]["lead"] == ["Văn phòng UBND tỉnh"]
    assert asked["results"][0]["due"] == ["2026-09-01", "2026-09-30"]
    assert any(each.startswith("due: ") for each in asked["understood"])


def test_pages_of_a_search(tools: Tools) -> None:
    first = call(tools, "search", query="nhiệm vụ", limit=1)
    second = call(tools, "search", query="nhiệm vụ", limit=1, offset=first["next_offset"])
    assert first["results"][0]["source"]["iri"] != second["results"][0]["source"]["iri"]
    beyond = call(tools, "search", query="nhiệm vụ", offset=1000)
    assert (beyond["results"], beyond["next_offset"]) == ([], None)
    assert "smaller offset" in beyond["note"]


NOTHING = [
    pytest.param("search", {"query": "nhiệm vụ hạn 1999"}, {"total": 0, "results": []}, "ignore=due", id="search"),
    pytest.param("search", {"query": "x", "due": "1999"}, {"total": 0}, "without due", id="a-filter-that-was-set"),
    pytest.param("get", {"name": "720/QĐ-UBND"}, {"found": False}, "nearest are 719/QĐ-UBND", id="get"),
    pytest.param("get", {"name": "CQS1.1"}, {"found": False}, "is the name of 2", id="several"),
    pytest.param("trace", {"name": "1/QĐ-UBND"}, {"found": False, "paths": []}, "nothing is called", id="trace"),
    pytest.param("trace", {"name": "57-NQ/TW"}, {"found": True, "paths": []}, "`down`", id="the-top"),
    pytest.param("sparql", {"query": "SELECT * { ?s a cc:Nothing }"}, {"rows": [], "total": 0}, "No row", id="sparql"),
    pytest.param("sparql", {"query": "ASK { ?s a cc:Nothing }"}, {"boolean": False}, "", id="ask"),
]


@pytest.mark.parametrize(("tool", "arguments", "answer", "note"), NOTHING)
def test_nothing_found_is_no_error(
    tools: Tools, tool: str, arguments: dict[str, Any], answer: dict[str, Any], note: str
) -> None:
    found = call(tools, tool, **arguments)
    assert {name: found[name] for name in answer} == answer
    assert note in found["note"]


def test_only_what_ignore_takes_away_is_offered_so(tools: Tools) -> None:
    note = call(tools, "search", query="nhiệm vụ", due="1999")["note"]
    assert note.endswith("leave no result: due; ask again without due.")
    note = call(tools, "search", query="nhiệm vụ hạn 1999")["note"]
    assert note.endswith("leave no result: due; ask again with ignore=due.")


def test_one_thing_with_the_quote_of_every_field(tools: Tools) -> None:
    answer = call(tools, "get", name="719/qd-ubnd#ii.1")
    assert answer["record"]["evidence"]["lead"]["source"]["quote"] == "Sở KH&CN"
    agency = answer["record"]["lead"][0]["agency"]
    assert call(tools, "get", name=agency)["source"]["citation"] == "Sở Khoa học và Công nghệ"


@pytest.mark.parametrize("tool", ["get", "trace"])
def test_a_name_may_be_given_as_id_as_in_rest(tools: Tools, tool: str) -> None:
    assert call(tools, tool, id="719/qd-ubnd#ii.1") == call(tools, tool, name="719/qd-ubnd#ii.1")


def test_what_a_document_asks_for_page_by_page(tools: Tools) -> None:
    first = call(tools, "get", name="719/QĐ-UBND", limit=2)
    assert (first["total"], first["next_offset"], first["record"]["number"]) == (3, 2, "719/QĐ-UBND")
    second = call(tools, "get", name="719/QĐ-UBND", limit=2, offset=2)
    assert second["next_offset"] is None
    assert len({each["iri"] for each in (*first["contains"], *second["contains"])}) == 3


def test_own_basis_and_inherited_basis(tools: Tools) -> None:
    answer = call(tools, "trace", name=TASK_2)
    assert [(path[0]["relation"], path[0]["basis"], path[0]["place"]) for path in answer["paths"]] == [
        ("implements", "stated", "719-qd-ubnd.txt:16"),
        ("part_of", "inherited", "719-qd-ubnd.txt:16"),
        ("part_of", "inherited", "719-qd-ubnd.txt:16"),
    ]
    assert [step["to"]["held"] for step in answer["paths"][0]] == [True, False]


def test_what_rests_on_a_directive(tools: Tools) -> None:
    answer = call(tools, "trace", name="57-NQ/TW", down=True, limit=2)
    counts = {"documents": 2, "held": 2, "tasks": 3, "duties": 1, "targets": 1, "stated": 1}
    assert (answer["counts"], answer["total"], answer["next_offset"]) == (counts, 5, 2)
    assert [(each["source"]["iri"], each["relation"], each["tasks"]) for each in answer["documents"]] == [
        (DECISION, "legal_basis", 2),
        (PLAN, "implements", 1),
    ]
    assert (answer["items"][0]["to"]["iri"], answer["items"][0]["basis"]) == (TASK_2, "stated")
    assert call(tools, "trace", name="57-NQ/TW", down=True, depth=1)["note"] != ""


def test_coverage_says_what_is_held_and_what_is_not(tools: Tools) -> None:
    answer = call(tools, "coverage")
    assert answer["counts"] | {"documents_held": 2, "documents_only_cited": 1, "tasks": 3} == answer["counts"]
    assert answer["by_province"] == {"Hưng Yên": {"documents": 2, "tasks": 3, "duties": 1, "targets": 1}}
    assert (answer["by_type"], answer["by_year"]) == ({"Kế hoạch": 1, "Quyết định": 1}, {"2025": 2})
    assert answer["due_by_year"] == {"2026": 1, "2030": 1, "recurring": 2}
    assert ([each["iri"] for each in answer["not_held"]], answer["not_held_total"]) == ([RESOLUTION], 1)
    assert answer["scope"]
    assert len(answer["not_covered"]) >= 3


def test_rows_triples_and_their_limits(tools: Tools) -> None:
    rows = call(tools, "sparql", query="SELECT ?s ?p { ?s ?p ?o ; a cc:Task }", limit=3)
    assert (len(rows["rows"]), rows["columns"]) == (3, ["s", "p"])
    assert rows["total"] > 3
    assert "the first 3 are shown" in rows["note"]
    triples = call(tools, "sparql", query="CONSTRUCT { ?t a cc:Target } { ?t a cc:Target }")
    assert f"<{TARGET}> a cc:Target" in triples["turtle"]


REFUSED = [
    pytest.param("sparql", {"query": "SELEC ?t"}, "line 1, column 1", id="syntax"),
    pytest.param("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "read-only", id="update"),
    pytest.param("sparql", {"query": "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"}, "SERVICE", id="service"),
    pytest.param("sparql", {"query": "ASK FROM <file:///etc/passwd> { ?s ?p ?o }"}, "not in this store", id="file"),
    pytest.param("sparql", {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"},
                 "stopped after 2 s", id="too-slow"),
    pytest.param("sparql", {"query": "SELECT * { ?s ?p ?o }"}, "more than 2 MB", id="too-many-bytes"),
    pytest.param("sparql", {"query": "ASK {} #" + "x" * 20_000}, "query: String should have at most", id="too-long"),
    pytest.param("sparql", {"query": "ASK {}", "limit": 501}, "less than or equal to 500", id="too-many-rows"),
    pytest.param("search", {"query": "x" * 2001}, "query: String should have at most 2000", id="question-too-long"),
    pytest.param("search", {"query": "AI", "limit": 0}, "limit: ", id="limit-zero"),
    pytest.param("search", {"query": "AI", "topic": "x" * 301}, "topic: ", id="value-too-long"),
    pytest.param("search", {"query": "AI", "due": "soon"}, "soon", id="no-such-time"),
    pytest.param("search", {"query": "AI", "dew": "2026"}, "search has no dew: it takes query", id="misspelt"),
    pytest.param("search", {}, "query: Field required", id="no-question"),
    pytest.param("get", {"name": ""}, "name: ", id="no-name"),
    pytest.param("trace", {"name": "57-NQ/TW", "depth": 99}, "depth: ", id="too-deep"),
    pytest.param("coverage", {"of": "everything"}, "coverage has no of: it takes nothing", id="an-argument-too-many"),
    pytest.param("delete", {}, "Unknown tool", id="no-such-tool"),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "arguments", "why"), REFUSED)
def test_what_is_wrong_is_said(tools: Tools, tool: str, arguments: dict[str, Any], why: str) -> None:
    said = refuse(tools, tool, **arguments)
    assert why in said
    assert str(small_kb()) not in said


def test_a_fault_of_ours_tells_nothing_of_the_machine(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("/home/secret")

    monkeypatch.setattr(tools, "coverage", fail)
    assert refuse(tools, "coverage") == "Error executing tool coverage"


async def ask_each(client: Client) -> list[Any]:
    """One call of each tool, and what was missing."""
    calls = [("search", {"query": "trung tâm dữ liệu"}), ("get", {"name": TASK_1}), ("trace", {"name": TASK_1}),
             ("coverage", {}), ("sparql", {"query": "ASK { ?t a cc:Task }"})]  # fmt: skip
    assert [each.name for each in (await client.list_tools()).tools] == TOOLS
    return [await client.call_tool(name, arguments) for name, arguments in calls]


def test_over_stdio() -> None:
    parameters = StdioServerParameters(command=sys.executable, args=["-c", STDIO, str(small_kb())], cwd=str(ROOT))
    answers = ask(parameters, ask_each)
    assert [each.is_error for each in answers] == [False] * 5
    assert answers[0].structured_content["results"][0]["source"]["iri"] == TASK_1
    assert answers[4].structured_content["boolean"] is True


def test_stdout_is_the_protocol_alone() -> None:
    noisy = "from search_api.mcp_tools import Tools; Tools.coverage = lambda self: print('noise');" + STDIO
    messages = [
        INITIALIZE,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "coverage", "arguments": {}}},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call",
         "params": {"name": "sparql", "arguments": {"query": "ASK {}"}}},
    ]  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", noisy, str(small_kb())],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write("".join(json.dumps(each) + "\n" for each in messages))
    process.stdin.flush()
    answers = [json.loads(process.stdout.readline()) for _ in range(3)]
    assert {each["id"] for each in answers} == {1, 2, 3}
    process.stdin.close()
    assert process.wait(20) == 0
    assert process.stdout.read() == ""
    assert "noise" in process.stderr.read()
    process.stdout.close()
    process.stderr.close()


def test_what_can_not_be_served_is_one_line(tmp_path: Any) -> None:
    command = [sys.executable, "-m", "search_api.cli", "mcp", "--kb", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert "no knowledge base" in ended.stderr


def test_over_http_and_as_the_documents_show(capfd: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", SERVING, re.DOTALL)
    with serve("-c", HTTP, str(small_kb())) as served:
        answers = ask(served.url + "mcp", ask_each)
        assert [each.is_error for each in answers] == [False] * 5
        assert answers[0].structured_content["results"][0]["source"]["iri"] == TASK_1
        assert answers[4].structured_content["boolean"] is True
        shown = example.replace("http://127.0.0.1:8000/", served.url)
        subprocess.run([sys.executable, "-c", shown], cwd=ROOT, check=True, timeout=60)
    assert "719-qd-ubnd.txt:" in capfd.readouterr().out


def test_the_settings_in_the_documents_start_this_command() -> None:
    (settings,) = re.findall(r"```json\n(.*?)```", SERVING, re.DOTALL)
    (entry,) = json.loads(settings)["mcpServers"].values()
    command, *options = entry["args"]
    assert (command, options[::2]) == ("mcp", ["--kb"])
    assert entry["command"].endswith("/.venv/bin/cancu")


@pytest.fixture(scope="module")
def http() -> Iterator[TestClient]:
    """The service with /mcp, reached at an address of this machine alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOSTS, "plans.example.org")
        router = create_router()
    settings = Settings(PoolLimits(timeout=1, in_flight=1))
    with TestClient(
        create_app(small_kb(), None, settings, [router]),
        base_url="http://127.0.0.1:8000",
        raise_server_exceptions=False,
    ) as client:
        yield client


ACCEPT = {"Accept": "application/json, text/event-stream"}
BY_HTTP = [
    pytest.param({}, 200, id="local"),
    pytest.param({"Host": "localhost:8000"}, 200, id="localhost"),
    pytest.param({"Host": "plans.example.org"}, 200, id="behind-a-proxy"),
    pytest.param({"Host": "plans.example.org", "Origin": "https://plans.example.org"}, 200, id="a-page-of-its-own"),
    pytest.param({"Origin": "http://localhost:5173"}, 200, id="a-local-page"),
    pytest.param({"Host": "evil.example"}, 421, id="a-name-that-was-rebound"),
    pytest.param({"Host": "localhost.evil.example"}, 421, id="a-name-that-begins-alike"),
    pytest.param({"Origin": "https://evil.example"}, 403, id="a-page-elsewhere"),
    pytest.param({"Content-Type": "text/plain"}, 400, id="a-form-of-a-page"),
]


@pytest.mark.parametrize(("headers", "status"), BY_HTTP)
def test_who_may_speak_to_a_local_server(http: TestClient, headers: dict[str, str], status: int) -> None:
    assert http.post("/mcp", json=INITIALIZE, headers=ACCEPT | headers).status_code == status


def test_each_request_stands_alone(http: TestClient) -> None:
    asked = {"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "coverage", "arguments": {}}}
    answer = http.post("/mcp", json=asked, headers=ACCEPT)  # no session: another process may have had what came before
    assert answer.headers["content-type"] == "application/json"
    assert "mcp-session-id" not in answer.headers
    assert answer.json()["result"]["structuredContent"]["counts"]["tasks"] == 3


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "HEAD"])
def test_nothing_is_streamed(http: TestClient, method: str) -> None:
    answer = http.request(method, "/mcp", headers=ACCEPT)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_a_request_has_an_end(http: TestClient) -> None:
    asked = {**INITIALIZE, "params": {"x": "a" * 300_000}}
    assert http.post("/mcp", json=asked, headers=ACCEPT).status_code == 413


def test_the_public_address_needs_no_list_of_names() -> None:
    with TestClient(
        create_app(small_kb(), None, Settings(PoolLimits(in_flight=1)), [create_router()]), base_url="http://10.0.0.5"
    ) as client:
        assert client.post("/mcp", json=INITIALIZE, headers=ACCEPT | {"Host": "any.example"}).status_code == 200


def test_a_new_build_is_taken_up() -> None:
    live = Live(small_kb())
    pool = SparqlPool(PoolLimits(in_flight=1), live.current().generation.store)
    try:
        tools = Tools(live.current, pool.run)
        assert tools.coverage() is tools.coverage()  # counted once
        assert tools.coverage().generation.id == live.current().generation.id
    finally:
        pool.close()
        live.close()
