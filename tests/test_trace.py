"""Paths up to what something rests on, and the names by which people ask for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from graph.build import build_dataset
from graph.generations import Problem
from graph.names import Names, short_path
from graph.records import Corpus, LinkRecord
from graph.store import load_store, open_store
from graph.trace import MOST_PATHS, leads_on, trace, trace_as_json
from graph.trace_draw import render_dot, render_mermaid
from graph.trace_text import render_text
from graph.write import write_dataset
from search_api.page_base import Page
from search_api.page_trace import grow_tree
from tests.small_corpus import DECISION, PLAN, RESOLUTION, quote, small_corpus
from tests.small_kb import small_generation

TASK_1, TASK_2, TASK_3 = DECISION + "/phu-luc/2/muc/1", DECISION + "/phu-luc/2/muc/2", PLAN + "/muc/1"
DUTY = DECISION + "/muc/iii/1/them-1/so-khoa-hoc-va-cong-nghe"
TARGET = PLAN + "/phan/0/chi-tieu-1"
SCHEME = RESOLUTION.replace("/57", "/58")


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store(small_generation().store)


def store_of(folder: Path, corpus: Corpus) -> Store:
    """A store of a corpus made for one test."""
    write_dataset(build_dataset(corpus, "0.1.0"), folder / "graph.nq")
    load_store(folder / "graph.nq", folder / "store")
    return open_store(folder / "store")


def with_links(*links: tuple[str, str, str, str | None]) -> Corpus:
    """The small corpus with one more document and these links alone: (from, relation, to, stated by)."""
    corpus = small_corpus()
    resolution = next(each for each in corpus.documents if each.id == RESOLUTION)
    scheme = replace(resolution, id=SCHEME, number="58-NQ/TW")
    source = quote(DECISION, "Căn cứ Nghị quyết số 57-NQ/TW")
    records = tuple(
        LinkRecord(f"{DECISION}/lien-ket/{n}", start, end, None, None, relation, DECISION, by, source)
        for n, (start, relation, end, by) in enumerate(links, 1)
    )
    tasks = tuple(replace(each, cites=()) for each in corpus.tasks)
    return replace(corpus, documents=(*corpus.documents, scheme), links=records, tasks=tasks)


def shown(store: Store, start: str, down: bool = False) -> list[list[tuple[str, str]]]:
    """Each path as (relation, where it leads)."""
    found = trace(store, start, down)
    return [[(step.relation, step.from_ if down else step.to) for step in path] for path in found.paths]


UP = [
    pytest.param(
        TASK_1,
        [
            [("part_of", DECISION), ("legal_basis", RESOLUTION)],
            [("part_of", DECISION), ("legal_basis", PLAN), ("implements", RESOLUTION)],
        ],
        id="through-its-document-nearest-first",
    ),
    pytest.param(
        TASK_2,
        [
            [("implements", PLAN), ("implements", RESOLUTION)],
            [("part_of", DECISION), ("legal_basis", RESOLUTION)],
            [("part_of", DECISION), ("legal_basis", PLAN), ("implements", RESOLUTION)],
        ],
        id="what-the-task-itself-states-comes-from-the-task",
    ),
    pytest.param(
        DUTY,
        [
            [("part_of", DECISION), ("legal_basis", RESOLUTION)],
            [("part_of", DECISION), ("legal_basis", PLAN), ("implements", RESOLUTION)],
        ],
        id="a-duty-like-a-task",
    ),
    pytest.param(TARGET, [[("part_of", PLAN), ("implements", RESOLUTION)]], id="a-target"),
    pytest.param(
        DECISION,
        [[("legal_basis", RESOLUTION)], [("legal_basis", PLAN), ("implements", RESOLUTION)]],
        id="a-document",
    ),
    pytest.param(RESOLUTION, [], id="the-top"),
]


@pytest.mark.parametrize(("start", "paths"), UP)
def test_upwards(store: Store, start: str, paths: list[Any]) -> None:
    assert shown(store, start) == paths


def test_downwards(store: Store) -> None:
    assert shown(store, PLAN, down=True) == [
        [("part_of", TASK_3)],
        [("part_of", TARGET)],
        [("implements", TASK_2)],
        [("legal_basis", DECISION), ("part_of", DUTY)],
        [("legal_basis", DECISION), ("part_of", TASK_1)],
        [("legal_basis", DECISION), ("part_of", TASK_2)],
    ]


LINKS = [
    pytest.param([(SCHEME, "approves", RESOLUTION, None)], RESOLUTION, [[("approves", SCHEME)]], id="approved"),
    pytest.param([(SCHEME, "approves", RESOLUTION, None)], SCHEME, [], id="approves-not-forwards"),
    pytest.param([(DECISION, "cites", RESOLUTION, None)], DECISION, [], id="documents-that-only-cite"),
    pytest.param([(DECISION, "replaces", RESOLUTION, None)], DECISION, [], id="what-it-replaces"),
    pytest.param(
        [(DECISION, "legal_basis", PLAN, None), (PLAN, "implements", DECISION, None)], DECISION,
        [[("legal_basis", PLAN)]], id="a-circle-ends",
    ),
    pytest.param(
        [(DECISION, "guides", RESOLUTION, None), (DECISION, "legal_basis", RESOLUTION, None)], DECISION,
        [[("legal_basis", RESOLUTION)]], id="two-relations-are-one-step",
    ),
    pytest.param(
        [(DECISION, "implements", RESOLUTION, TASK_1)], TASK_1,
        [[("part_of", DECISION)], [("implements", RESOLUTION)]], id="stated-by-this-task",
    ),
    pytest.param([(DECISION, "implements", RESOLUTION, TASK_1)], TASK_2, [[("part_of", DECISION)]], id="by-another"),
    pytest.param(
        [(DECISION, "implements", RESOLUTION, TASK_1)], DECISION, [[("implements", RESOLUTION)]],
        id="from-the-document-all-are",
    ),
    pytest.param(
        [(DECISION, "legal_basis", PLAN, None), (PLAN, "amends", RESOLUTION, TASK_1)], TASK_1,
        [[("part_of", DECISION), ("legal_basis", PLAN), ("amends", RESOLUTION)]], id="a-task-about-two-others",
    ),
    pytest.param(
        [(DECISION, "legal_basis", PLAN, None), (PLAN, "amends", RESOLUTION, TASK_1)], TASK_2,
        [[("part_of", DECISION), ("legal_basis", PLAN)]], id="not-heard-by-its-neighbour",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("links", "start", "paths"), LINKS)
def test_which_relations_lead_on(
    tmp_path: Path, links: Sequence[tuple[str, str, str, str | None]], start: str, paths: list[Any]
) -> None:
    assert sorted(shown(store_of(tmp_path, with_links(*links)), start)) == sorted(paths)


def test_a_web_of_documents_is_cut_and_says_so(tmp_path: Path) -> None:
    corpus = with_links()
    first = corpus.documents[-1]
    web = tuple(replace(first, id=f"{SCHEME}{n}", number=f"58{n}-NQ/TW") for n in range(10))
    ids = [each.id for each in web]
    links = [
        LinkRecord(f"{DECISION}/lien-ket/{n}-{m}", a, b, None, None, "legal_basis", DECISION, None, first.source)
        for n, a in enumerate(ids)
        for m, b in enumerate(ids)
        if a != b and first.source
    ]
    corpus = replace(corpus, documents=(*corpus.documents, *web), links=tuple(links))
    found = trace(store_of(tmp_path, corpus), ids[0])
    assert found.cut
    assert len(found.paths) <= MOST_PATHS


def test_the_answer_has_the_names_of_the_contract(store: Store) -> None:
    answer = trace_as_json(trace(store, TASK_2), Names(store))
    step = answer["paths"][0][0]
    assert (answer["start"], step["from"], step["to"]) == (TASK_2, TASK_2, PLAN)
    wanted = {"relation", "number", "title", "date", "issuer", "held", "source"}
    assert wanted <= step.keys()
    assert (step["number"], step["date"], step["held"]) == ("102/KH-UBND", "2025-05-19", True)
    words = quote(DECISION, "Tiếp tục triển khai thực hiện Kế hoạch số 102/KH-UBND")
    assert step["source"] == {
        "file": words.file, "line": words.line, "start": words.start, "end": words.end, "quote": words.quote
    }  # fmt: skip
    assert json.loads(json.dumps(answer)) == answer


def test_further_sentences_stand_beside_the_first(store: Store) -> None:
    answer = trace_as_json(trace(store, PLAN), Names(store))
    (step,) = answer["paths"][0]
    assert step["source"]["file"] == "102-kh-ubnd.txt"  # the plan's own words before those of another document
    assert [each["source"]["file"] for each in step["also"]] == ["719-qd-ubnd.txt"]


TEXT = """\
719/QĐ-UBND#II.1
Nâng cấp Trung tâm dữ liệu
Căn cứ kế thừa từ văn bản:
└─ thuộc: 719/QĐ-UBND, 27/08/2025, UBND tỉnh Hưng Yên
   │  Ban hành Chương trình phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số giai
   │  đoạn 2025-2030
   │  “Nâng cấp Trung tâm dữ liệu” (719-qd-ubnd.txt:15)
   ├─ căn cứ: 57-NQ/TW, 22/12/2024, Bộ Chính trị, chưa có toàn văn
   │     về đột phá phát triển khoa học, công nghệ
   │     “Căn cứ Nghị quyết số 57-NQ/TW” (719-qd-ubnd.txt:5)
   └─ căn cứ: 102/KH-UBND, 19/05/2025, UBND tỉnh Hưng Yên
      │  Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị
      │  “Căn cứ Kế hoạch số 102/KH-UBND” (719-qd-ubnd.txt:6)
      └─ thực hiện: 57-NQ/TW, 22/12/2024, Bộ Chính trị, chưa có toàn văn
            về đột phá phát triển khoa học, công nghệ
            “Thực hiện Nghị quyết số 57-NQ/TW” (102-kh-ubnd.txt:5)"""


def test_as_an_officer_reads_it(store: Store) -> None:
    names = Names(store)
    answer = trace_as_json(trace(store, TASK_1), names)
    assert render_text(answer, names.facts.describe(TASK_1), 98) == TEXT
    narrow = render_text(answer, names.facts.describe(TASK_1), 50)
    assert max(map(len, narrow.splitlines())) <= 50


def test_a_task_is_introduced_by_who_leads_it_and_until_when(store: Store) -> None:
    names = Names(store)
    about = {**names.facts.describe(TASK_1), **names.facts.assignment(TASK_1)}
    lines = render_text(trace_as_json(trace(store, TASK_1), names), about, 98).splitlines()
    assert lines[2:5] == ["Chủ trì: Sở Khoa học và Công nghệ", "Thời hạn: 2025 -2030", "Mã: CQS1.1"]
    assert lines[:2] + lines[5:] == TEXT.splitlines()
    assert names.facts.assignment(DECISION) == {"lead": None, "deadline": None, "code": None}


def test_the_strongest_basis_comes_first_then_as_the_text_names_them() -> None:
    named = [("cites", 10, "a"), ("implements", 30, "b"), ("part_of", 1, "c"), ("implements", 20, "d")]
    steps = [
        {"to": name, "name": name, "title": None, "relation": relation, "number": name, "held": True}
        | {"source": {"file": "plan.txt", "line": 1, "start": start, "quote": name}}
        for relation, start, name in named
    ]
    answer = {"name": "12/KH-UBND", "down": False, "paths": [[step] for step in steps]}
    lines = [line for line in render_text(answer, {}).splitlines() if line[0] in "├└"]
    assert lines == ["├─ thực hiện: d", "├─ thực hiện: b", "├─ viện dẫn: a", "└─ thuộc: c"]


def test_whether_anything_leads_on(store: Store) -> None:
    assert [leads_on(store, RESOLUTION), leads_on(store, RESOLUTION, down=True)] == [False, True]


def test_what_has_no_number_goes_by_its_type(tmp_path: Path) -> None:
    corpus = small_corpus()
    documents = tuple(replace(each, number=None) if each.id == RESOLUTION else each for each in corpus.documents)
    names = Names(store_of(tmp_path, replace(corpus, documents=documents)))
    answer = trace_as_json(trace(names.store, PLAN), names)
    assert answer["paths"][0][0]["name"] == "vn/trung-uong/nq-tw/2024/57"
    assert "thực hiện: Nghị quyết (không số), 22/12/2024, " in render_text(answer, names.facts.describe(PLAN))


def test_drawings_are_escaped(store: Store) -> None:
    names = Names(store)
    answer = trace_as_json(trace(store, TASK_3), names)
    about = names.facts.describe(TASK_3)
    assert 'n0["102/KH-UBND#35;1<br/>Triển khai ứng dụng #34;trí tuệ nhân tạo#34; trong cơ quan"]' in (
        render_mermaid(answer, about)
    )
    assert 'label="102/KH-UBND#1\\nTriển khai ứng dụng \\"trí tuệ nhân tạo\\" trong cơ quan"' in render_dot(
        answer, about
    )
    assert 'n0 -->|"thuộc"| n1' in render_mermaid(answer, about)


BASES = [
    pytest.param(TASK_2, ["stated", "inherited", "inherited"], id="what-a-task-says-itself-and-what-it-has"),
    pytest.param(TARGET, ["inherited"], id="a-target-says-nothing-itself"),
    pytest.param(DECISION, [None, None], id="of-a-document-there-is-no-question"),
]


@pytest.mark.parametrize(("start", "bases"), BASES)
def test_own_basis_and_inherited_basis_are_told_apart(store: Store, start: str, bases: list[str | None]) -> None:
    paths = trace_as_json(trace(store, start), Names(store))["paths"]
    assert [path[0]["basis"] for path in paths] == bases
    assert all(step["basis"] == path[0]["basis"] for path in paths for step in path)


def test_downwards_each_task_says_by_whose_words(store: Store) -> None:
    answer = trace_as_json(trace(store, PLAN, down=True), Names(store))
    bases = {path[-1]["from"]: path[-1]["basis"] for path in answer["paths"] if len(path) == 1}
    assert bases == {TASK_3: "inherited", TARGET: "inherited", TASK_2: "stated"}
    longer = next(path for path in answer["paths"] if len(path) == 2)
    assert [step["basis"] for step in longer] == [None, "inherited"]


def test_a_person_reads_them_under_two_headings(store: Store) -> None:
    answer = trace_as_json(trace(store, TASK_2), Names(store))
    lines = [line for line in render_text(answer, {}).splitlines() if line[0] != " "]
    assert [line.split(",")[0] for line in lines] == [
        "719/QĐ-UBND#II.2",
        "Căn cứ nêu ngay trong nội dung này:",
        "└─ thực hiện: 102/KH-UBND",
        "Căn cứ kế thừa từ văn bản:",
        "└─ thuộc: 719/QĐ-UBND",
    ]


LATER = [
    pytest.param("amends", "amended_by", "được sửa đổi, bổ sung bởi: 58-NQ/TW", "sửa đổi, bổ sung", id="amended"),
    pytest.param("replaces", "replaced_by", "được thay thế bởi: 58-NQ/TW", "thay thế", id="replaced"),
]


@pytest.mark.parametrize(("relation", "note", "said", "drawn"), LATER)
def test_what_came_later_is_shown_and_not_followed(
    tmp_path: Path, relation: str, note: str, said: str, drawn: str
) -> None:
    later = with_links((DECISION, "legal_basis", RESOLUTION, None), (SCHEME, relation, RESOLUTION, None))
    names = Names(store_of(tmp_path, later))
    answer = trace_as_json(trace(names.store, TASK_1), names)
    (path,) = answer["paths"]
    assert [step["to"] for step in path] == [DECISION, RESOLUTION]
    assert path[0][note] == []
    (met,) = path[1][note]
    assert (met["id"], met["number"], met["held"], met["stated_in"]) == (SCHEME, "58-NQ/TW", False, DECISION)
    assert met["source"]["quote"] == "Căn cứ Nghị quyết số 57-NQ/TW"
    assert said in " ".join(render_text(answer, {}).replace("│", " ").split())
    mermaid, dot = render_mermaid(answer, {}), render_dot(answer, {})
    assert f'n3 -.->|"{drawn}"| n2' in mermaid
    assert f'n3 -> n2 [label="{drawn}", style=dotted]' in dot
    start = trace_as_json(trace(names.store, RESOLUTION), names)
    assert [each["id"] for each in start[note]] == [SCHEME]


@pytest.mark.parametrize(("language", "said"), [("vi", "được thay thế bởi"), ("en", "replaced by")])
def test_a_page_shows_what_came_later_with_its_place(tmp_path: Path, language: str, said: str) -> None:
    later = with_links((DECISION, "legal_basis", RESOLUTION, None), (SCHEME, "replaces", RESOLUTION, None))
    names = Names(store_of(tmp_path, later))
    (document,) = grow_tree(trace_as_json(trace(names.store, TASK_1), names), Page(language, "/", {}))
    assert document.notes == []
    (note,) = document.further[0].notes
    assert (note.label, note.name, note.sources[0]["line"]) == (said, "Nghị quyết 58-NQ/TW", 5)
    assert note.link.startswith("/document/vn/trung-uong/nq-tw/2024/58")


CONFLICTS = [
    pytest.param(["2024-12-22", "2023-12-22"], ["2023-12-22", "2024-12-22"], id="two-years"),
    pytest.param(["2024-12-22", "2024"], [], id="less-precise-is-no-conflict"),
    pytest.param(["2024-12-22", "2024-12-22"], [], id="the-same"),
]


@pytest.mark.parametrize(("dates", "conflicting"), CONFLICTS)
def test_texts_that_disagree_are_shown_with_their_places(
    tmp_path: Path, dates: list[str], conflicting: list[str]
) -> None:
    corpus = small_corpus()
    documents = tuple(
        replace(each, dates=tuple(replace(said, date=date) for said, date in zip(each.dates, dates, strict=True)))
        if each.id == RESOLUTION
        else each
        for each in corpus.documents
    )
    names = Names(store_of(tmp_path, replace(corpus, documents=documents)))
    answer = trace_as_json(trace(names.store, DECISION), names)
    conflicts = answer["paths"][0][0]["conflicts"]
    assert [each["value"] for each in conflicts] == conflicting
    assert {each["source"]["file"] for each in conflicts} == (
        {"102-kh-ubnd.txt", "719-qd-ubnd.txt"} if conflicting else set()
    )
    (resolution, _) = grow_tree(answer, Page("vi", "/", {}))
    assert [note.name for note in resolution.notes] == (["22/12/2023, 22/12/2024"] if conflicting else [])
    text = render_text(answer, {})
    assert ("các văn bản ghi ngày khác nhau" in text) == bool(conflicting)
    assert ("các văn bản ghi ngày khác nhau: 22/12/2023, 22/12/2024" in render_mermaid(answer, {})) == bool(conflicting)


def test_what_is_not_held_is_drawn_dashed(store: Store) -> None:
    answer = trace_as_json(trace(store, TARGET), Names(store))
    about = Names(store).facts.describe(TARGET)
    assert [(step["name"], step["held"]) for step in answer["paths"][0]] == [("102/KH-UBND", True), ("57-NQ/TW", False)]
    mermaid = render_mermaid(answer, about).splitlines()
    assert mermaid[-2:] == ["    classDef notHeld stroke-dasharray: 5 5", "    class n2 notHeld"]
    dashed = [line for line in render_dot(answer, about).splitlines() if "style=dashed" in line]
    assert [line.split()[0] for line in dashed] == ["n2"]


def test_so_many_steps_and_no_more(store: Store) -> None:
    near = trace(store, TASK_1, depth=1)
    assert ([[step.to for step in path] for path in near.paths], near.cut) == ([[DECISION]], True)
    assert trace(store, TASK_1, depth=3).cut is False  # the longest path has three steps


NAMES = [
    pytest.param(DECISION, DECISION, id="iri"),
    pytest.param(f"<{DECISION}>", DECISION, id="iri-in-brackets"),
    pytest.param("id/vn/hung-yen/qd-ubnd/2025/719", DECISION, id="iri-without-base"),
    pytest.param("vn/hung-yen/qd-ubnd/2025/719/phu-luc/2/muc/1", TASK_1, id="a-row-without-base"),
    pytest.param("https://elsewhere.example/id/vn/hung-yen/qd-ubnd/2025/719", DECISION, id="another-base"),
    pytest.param("vn/hung-yen/qd-ubnd/2025-08/chua-ro-so-bbbbbbbb", DECISION, id="its-name-as-a-draft"),
    pytest.param("vn/hung-yen/qd-ubnd/2025-08/chua-ro-so-bbbbbbbb/phu-luc/2/muc/1", TASK_1, id="a-row-of-the-draft"),
    pytest.param("719/QĐ-UBND", DECISION, id="number"),
    pytest.param("719/qd-ubnd", DECISION, id="number-unaccented"),
    pytest.param(" 719 /QĐ- UBND ", DECISION, id="number-with-spaces"),
    pytest.param("102/KH-UBND@2025", PLAN, id="with-its-year"),
    pytest.param("102/KH-UBND@hung-yen", PLAN, id="with-its-province"),
    pytest.param("102/KH-UBND@2025:hung-yen", PLAN, id="with-both"),
    pytest.param("102-kh-ubnd.txt", PLAN, id="file"),
    pytest.param("data/plans/102-kh-ubnd.txt", PLAN, id="path"),
    pytest.param("./102-KH-UBND.txt", PLAN, id="path-from-here"),
    pytest.param("102-kh-ubnd", PLAN, id="file-without-its-ending"),
    pytest.param("719/QĐ-UBND#", DECISION, id="nothing-behind-the-sign"),
    pytest.param("７１９／ＱĐ－ＵＢＮＤ＃ＩＩ．２", TASK_2, id="full-width"),
    pytest.param("Quyết định 719/QĐ-UBND", DECISION, id="with-its-type"),
    pytest.param("Quyết định số 719/QĐ-UBND ngày 27/8/2025 của UBND tỉnh", DECISION, id="as-it-is-cited"),
    pytest.param("Quyết định số 719/QĐ-UBND ngày 27/8/2025#II.2", TASK_2, id="a-row-of-it"),
    pytest.param("“Nghị quyết số 57-NQ/TW”", RESOLUTION, id="in-quotation-marks"),
    pytest.param("719/QĐ-UBND#2", TASK_2, id="row-of-the-only-table"),
    pytest.param("719/QĐ-UBND#II.2", TASK_2, id="row"),
    pytest.param("719/qd-ubnd#ii.2", TASK_2, id="row-in-lower-case"),
    pytest.param("719/QĐ-UBND#2.2", TASK_2, id="annex-in-arabic"),
    pytest.param("102/KH-UBND#1", TASK_3, id="prose"),
    pytest.param("102/KH-UBND#0.chi-tieu-1", PLAN + "/phan/0/chi-tieu-1", id="target"),
]


@pytest.mark.parametrize(("text", "iri"), NAMES)
def test_names_that_mean_something(store: Store, text: str, iri: str) -> None:
    assert Names(store).find(text) == iri


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("720/QĐ-UBND", "nearest are 719/QĐ-UBND", id="near-a-number"),
        pytest.param("719/QĐ-UBND#II.9", "nearest are 719/QĐ-UBND#II.", id="near-a-row"),
        pytest.param("57-NQ/TW@2023", "nearest are 57-NQ/TW", id="another-year"),
        pytest.param(
            "CQS1.1",
            r"is the name of 2: say which of 719/QĐ-UBND#II.1 \(Nâng cấp .*\), 719/QĐ-UBND#II.2 \(Tiếp tục .* …\)",
            id="code-used-twice",
        ),
        pytest.param("CQS1.2", "nearest are CQS1.1", id="near-a-code"),
        pytest.param("#II.7", "expected a document", id="row-of-nothing"),
        pytest.param("", "expected a document, a task or a file", id="empty"),
        pytest.param(" ", "expected a document, a task or a file", id="a-space"),
        pytest.param("719/QĐ-UBND@2024", "nearest are 719/QĐ-UBND", id="a-year-is-not-overlooked"),
        pytest.param("719/QĐ-UBND-VX", "nearest are 719/QĐ-UBND", id="a-longer-symbol"),
        pytest.param("Quyết định 1719/QĐ-UBND", "nothing is called", id="another-number-in-words"),
        pytest.param("plans/other.txt", "nothing is called", id="path-to-another-file"),
    ],
)
def test_names_that_do_not(store: Store, text: str, message: str) -> None:
    with pytest.raises(Problem, match=message):
        Names(store).find(text)


@pytest.mark.parametrize("iri", [DECISION, PLAN, RESOLUTION, TASK_1, TASK_2, TASK_3, DUTY])
def test_a_short_form_leads_back(store: Store, iri: str) -> None:
    names = Names(store)
    assert names.find(names.short(iri)) == iri


def test_one_number_in_two_years_needs_the_year(tmp_path: Path) -> None:
    corpus = small_corpus()
    other = replace(corpus.documents[2], id=RESOLUTION.replace("2024", "2020"))
    names = Names(store_of(tmp_path, replace(corpus, documents=(*corpus.documents, other))))
    assert [names.short(RESOLUTION), names.short(other.id)] == ["57-NQ/TW@2024", "57-NQ/TW@2020"]
    assert names.find("57-NQ/TW@2020") == other.id
    assert names.find("Nghị quyết số 57-NQ/TW ngày 22/12/2020") == other.id
    with pytest.raises(Problem, match="say which of 57-NQ/TW@2020, 57-NQ/TW@2024"):
        names.find("57-NQ/TW")


@pytest.mark.parametrize(
    ("path", "short"),
    [
        pytest.param("phu-luc/2/muc/7", "II.7", id="annex-and-row"),
        pytest.param("phu-luc/0/muc/7", "0.7", id="unnamed-annex"),
        pytest.param("phu-luc/14/muc/3/them-1", "XIV.3.them-1", id="row-without-a-number"),
        pytest.param("phan/ii/a/1/a/gach-2", "ii.a.1.a.gach-2", id="prose"),
    ],
)
def test_short_paths(path: str, short: str) -> None:
    assert short_path(path) == short
