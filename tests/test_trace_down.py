"""What rests on a directive, in all, by document and by task."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pyoxigraph import Store

from graph.facts import Facts, Statement
from graph.names import Names
from graph.store import open_store
from graph.trace_down import below_as_json, describe_directive, find_below, sort_items, write_items
from graph.trace_draw import render_mermaid
from graph.trace_short import shorten_below
from graph.trace_show import TraceAsked, answer_trace, show_trace
from graph.trace_text import render_text
from search_api.cli_trace import TraceOptions, run_trace
from tests.service import open_client, read_problem
from tests.small_corpus import DECISION, PLAN, RESOLUTION, small_corpus
from tests.small_kb import small_generation, small_kb
from tests.test_trace import DUTY, SCHEME, TARGET, TASK_1, TASK_2, TASK_3, store_of, with_links


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(open_store(small_generation().store))


def shown(names: Names, start: str, depth: int = 12) -> dict[str, tuple[str, int, str | None]]:
    """Everything that rests on a node: what it hangs on, how far it is, by whose words."""
    below = find_below(names, start, depth)
    everything = [*below.documents.values(), *below.items.values()]
    return {each.iri: (each.parent, each.depth, each.basis) for each in everything}


def test_everything_once_and_the_nearest_way(names: Names) -> None:
    assert shown(names, RESOLUTION) == {
        DECISION: (RESOLUTION, 1, None),
        PLAN: (RESOLUTION, 1, None),
        TASK_1: (DECISION, 2, "inherited"),
        TASK_2: (PLAN, 2, "stated"),  # its own words go before those of its document
        TASK_3: (PLAN, 2, "inherited"),
        TARGET: (PLAN, 2, "inherited"),
        DUTY: (DECISION, 2, "inherited"),
    }


COUNTS = [
    pytest.param(RESOLUTION, (2, 2, 3, 1, 1, 1), id="from-the-top"),
    pytest.param(PLAN, (1, 1, 3, 1, 1, 1), id="from-the-middle"),
    pytest.param(DECISION, (0, 0, 2, 1, 0, 0), id="its-own-tasks-alone"),
    pytest.param(TASK_1, (0, 0, 0, 0, 0, 0), id="nothing-rests-on-a-task"),
]


@pytest.mark.parametrize(("start", "counts"), COUNTS)
def test_counts_in_all(names: Names, start: str, counts: tuple[int, ...]) -> None:
    counted = below_as_json(find_below(names, start), names)["counts"]
    assert counted == dict(zip(("documents", "held", "tasks", "duties", "targets", "stated"), counts, strict=True))


def test_counts_by_document_with_the_sentence_that_ties_it(names: Names) -> None:
    documents = below_as_json(find_below(names, RESOLUTION), names)["documents"]
    assert [(each["name"], each["relation"], each["depth"], each["counts"]) for each in documents] == [
        ("719/QĐ-UBND", "legal_basis", 1, {"tasks": 2, "duties": 1, "targets": 0, "stated": 1}),
        ("102/KH-UBND", "implements", 1, {"tasks": 1, "duties": 0, "targets": 1, "stated": 0}),
    ]
    assert [each["source"]["line"] for each in documents] == [5, 5]


def test_a_document_of_which_one_task_alone_rests_on_it(tmp_path: Path) -> None:
    names = Names(store_of(tmp_path, with_links((DECISION, "implements", RESOLUTION, TASK_1))))
    about, below = describe_directive(names, RESOLUTION)
    assert {iri: item.basis for iri, item in below.items.items()} == {TASK_1: "stated"}
    assert about["counts"] == {"documents": 0, "held": 0, "tasks": 1, "duties": 0, "targets": 0, "stated": 1}
    (document,) = about["documents"]
    assert (document["id"], document["relation"], document["depth"]) == (DECISION, None, None)
    assert document["counts"] == {"tasks": 1, "duties": 0, "targets": 0, "stated": 1}


def test_a_circle_ends(tmp_path: Path) -> None:
    around = with_links((DECISION, "legal_basis", PLAN, None), (PLAN, "implements", DECISION, None))
    names = Names(store_of(tmp_path, around))
    assert {iri for iri in shown(names, DECISION) if "/muc/" not in iri and "/chi-tieu" not in iri} == {PLAN}


def test_an_approved_scheme_rests_on_its_decision(tmp_path: Path) -> None:
    approved = with_links((RESOLUTION, "approves", SCHEME, None), (DECISION, "implements", SCHEME, None))
    assert shown(Names(store_of(tmp_path, approved)), RESOLUTION)[DECISION] == (SCHEME, 2, None)


DEPTHS = [pytest.param(1, {DECISION, PLAN}, True, id="one-step"), pytest.param(2, None, False, id="all-of-it")]


@pytest.mark.parametrize(("depth", "reached", "is_cut"), DEPTHS)
def test_no_farther_than_asked_for(names: Names, depth: int, reached: set[str] | None, is_cut: bool) -> None:
    assert set(shown(names, RESOLUTION, depth)) == (reached or set(shown(names, RESOLUTION)))
    assert find_below(names, RESOLUTION, depth).cut is is_cut


def test_those_that_say_so_themselves_come_first(names: Names) -> None:
    below = find_below(names, RESOLUTION)
    first, *others = write_items(below, sort_items(below.items.values()), names)
    assert (first["id"], first["kind"], first["basis"], first["document"]) == (TASK_2, "task", "stated", DECISION)
    assert first["source"]["quote"] == "Tiếp tục triển khai thực hiện Kế hoạch số 102/KH-UBND"
    assert {each["basis"] for each in others} == {"inherited"}


SHORT = """\
57-NQ/TW
2 văn bản, 3 nhiệm vụ, 1 trách nhiệm, 1 chỉ tiêu (1 tự nêu căn cứ)
├─ là căn cứ của: 719/QĐ-UBND, 27/08/2025, UBND tỉnh Hưng Yên
│  │  Ban hành Chương trình phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số giai
│  │  đoạn 2025-2030
│  │  “Căn cứ Nghị quyết số 57-NQ/TW” (719-qd-ubnd.txt:5)
│  │  2 nhiệm vụ, 1 trách nhiệm (1 tự nêu căn cứ)
│  │  không hiện hết: còn 1 nội dung
│  └─ gồm: 719/QĐ-UBND#iii.1.them-1.so-khoa-hoc-va-cong-nghe
│        “Báo cáo UBND tỉnh kết quả thực hiện trước ngày 10 tháng cuối Quý.” (719-qd-ubnd.txt:12)
└─ được thực hiện tại: 102/KH-UBND, 19/05/2025, UBND tỉnh Hưng Yên
   │  Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị
   │  “Thực hiện Nghị quyết số 57-NQ/TW” (102-kh-ubnd.txt:5)
   │  1 nhiệm vụ, 1 chỉ tiêu
   │  không hiện hết: còn 2 nội dung
   └─ được thực hiện tại: 719/QĐ-UBND#II.2
         “Tiếp tục triển khai thực hiện Kế hoạch số 102/KH-UBND” (719-qd-ubnd.txt:16)"""


def test_a_person_reads_few_and_how_many_there_are(names: Names) -> None:
    assert render_text(shorten_below(find_below(names, RESOLUTION), names, 1), {}, 98) == SHORT


def test_a_drawing_downwards_says_how_many_too(names: Names) -> None:
    drawn = render_mermaid(shorten_below(find_below(names, RESOLUTION), names, 1), {})
    assert "2 nhiệm vụ, 1 trách nhiệm #40;1 tự nêu căn cứ#41;" in drawn
    assert drawn.count("-->") == 4


def test_a_long_list_stays_readable(tmp_path: Path) -> None:
    corpus = small_corpus()
    task = next(each for each in corpus.tasks if each.id == TASK_1)
    many = tuple(replace(task, id=f"{DECISION}/phu-luc/2/muc/{n}", number=str(n), code=None) for n in range(10, 210))
    names = Names(store_of(tmp_path, replace(corpus, tasks=(*corpus.tasks, *many))))
    text, _ = show_trace(names, TraceAsked(RESOLUTION, down=True, limit=3), "text")
    assert "202 nhiệm vụ" in text
    assert len(text.splitlines()) < 40
    assert answer_trace(names, TraceAsked(RESOLUTION, down=True))["below"]["counts"]["tasks"] == 203  # data is whole


def star_of(folder: Path, size: int) -> Names:
    """A directive that so many documents name as their legal basis."""
    corpus = with_links()
    link = with_links((DECISION, "legal_basis", RESOLUTION, None)).links[0]
    plan = next(each for each in corpus.documents if each.id == PLAN)
    iris = [f"{PLAN}-{number}" for number in range(size)]
    documents = tuple(replace(plan, id=iri, number=f"{at}/KH-UBND") for at, iri in enumerate(iris))
    links = tuple(replace(link, id=f"{iri}/lien-ket/1", from_=iri) for iri in iris)
    folder.mkdir()
    return Names(store_of(folder, replace(corpus, documents=(*corpus.documents, *documents), links=links)))


def test_statements_are_read_as_often_as_there_are_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    kept = Facts._statement

    def note(facts: Facts, iri: str) -> Statement:
        read.append(iri)
        return kept(facts, iri)

    monkeypatch.setattr(Facts, "_statement", note)
    counts = []
    for size in (50, 400):
        names = star_of(tmp_path / str(size), size)
        read.clear()
        about, _ = describe_directive(names, RESOLUTION)
        assert (len(about["documents"]), about["more_documents"]) == (size, 0)
        counts.append(len(read))
    assert counts[1] <= 8 * counts[0] <= 8 * 10 * 50


def test_documents_come_in_pages(names: Names) -> None:
    below = find_below(names, RESOLUTION)
    pages = [below_as_json(below, names, slice(at, at + 1)) for at in (0, 1, 2)]
    assert [[each["id"] for each in page["documents"]] for page in pages] == [[DECISION], [PLAN], []]
    assert [page["more_documents"] for page in pages] == [1, 0, 0]
    assert {page["counts"]["documents"] for page in pages} == {2}
    with open_client() as client:
        answer = client.get("/api/directives/57-NQ%2FTW?documents_offset=1").json()
    assert ([each["id"] for each in answer["documents"]], answer["more_documents"]) == ([PLAN], 0)


ANSWERS = [
    pytest.param("", 5, id="all"),
    pytest.param("?kind=task", 3, id="tasks"),
    pytest.param("?basis=stated", 1, id="stated"),
    pytest.param("?kind=target&basis=stated", 0, id="none"),
    pytest.param("?depth=1", 0, id="too-near"),
]


@pytest.mark.parametrize(("query", "total"), ANSWERS)
def test_a_directive_by_http(query: str, total: int) -> None:
    with open_client() as client:
        answer: dict[str, Any] = client.get("/api/directives/57-NQ%2FTW" + query).json()
    assert (answer["id"], answer["held"], answer["counts"]["documents"]) == (RESOLUTION, False, 2)
    assert (answer["items"]["total"], len(answer["items"]["results"])) == (total, total)


def test_pages_of_a_directive_and_what_is_wrong() -> None:
    with open_client() as client:
        pages = [
            client.get(f"/api/directives/{quote(RESOLUTION, safe='')}?limit=2&offset={offset}").json()["items"][
                "results"
            ]
            for offset in (0, 2, 4, 6)
        ]
        assert [len(page) for page in pages] == [2, 2, 1, 0]
        assert len({each["id"] for page in pages for each in page}) == 5
        assert read_problem(client.get("/api/directives/99-NQ%2FTW"))["status"] == 404
        assert read_problem(client.get("/api/directives/57-NQ%2FTW?kind=plan"))["status"] == 422
        assert read_problem(client.get(f"/api/directives/{TASK_1}"))["status"] == 404


TRACES = [
    pytest.param("", "application/json", '"below"', id="json-has-the-counts"),
    pytest.param("&format=text&limit=1", "text/plain", "không hiện hết: còn 1 nội dung", id="text"),
    pytest.param("&format=mermaid", "text/vnd.mermaid", "flowchart BT", id="mermaid"),
    pytest.param("&format=dot", "text/vnd.graphviz", "digraph trace", id="dot"),
]


@pytest.mark.parametrize(("query", "media_type", "words"), TRACES)
def test_down_by_http(query: str, media_type: str, words: str) -> None:
    with open_client() as client:
        answer = client.get(f"/api/trace?id=57-NQ/TW&down=true{query}")
    assert answer.headers["content-type"].startswith(media_type)
    assert words in answer.text


OPTIONS = [
    pytest.param(TraceOptions(down=True, limit=1), "không hiện hết: còn 1 nội dung", "", id="few"),
    pytest.param(TraceOptions(down=True, depth=1), "2 văn bản", "--depth shows more", id="near"),
    pytest.param(TraceOptions(down=True, format="json"), '"below"', "", id="data"),
    pytest.param(TraceOptions(), "không thấy văn bản nào khác", "cancu trace '57-NQ/TW' --down", id="the-top"),
]


@pytest.mark.parametrize(("options", "printed", "said"), OPTIONS)
def test_on_the_terminal(options: TraceOptions, printed: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    run_trace(small_kb(), "57-NQ/TW", options)
    shown = capsys.readouterr()
    assert printed in shown.out
    assert said in shown.err
    assert bool(said) == bool(shown.err)


def test_the_store_is_only_read(names: Names) -> None:
    store: Store = names.store
    before = len(store)
    describe_directive(names, RESOLUTION)
    assert len(store) == before
