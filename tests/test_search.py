"""Search as a whole, over the small corpus and a toy encoder: understood, filtered, grouped, shown with sources."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from graph.generations import Generation, Problem, open_current
from graph.pipeline import build
from search_api.highlights import find_highlights
from search_api.index import HEADER, VECTORS, index_folder
from search_api.indexing import SearchIndexer
from search_api.present import list_chips
from search_api.search import Ask, Search, open_search
from tests.small_corpus import DECISION, PLAN
from tests.small_kb import plan_text, small_generation, small_kb
from tests.word_encoder import WordEncoder


@pytest.fixture(scope="module")
def search() -> Search:
    return open_search(small_generation(), WordEncoder)


def ids(answer: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [(each["group"], each["short"]) for each in answer["results"]]


def test_a_question_is_filters_and_a_rest(search: Search) -> None:
    answer = search.find(Ask("AI tasks due 2026"))
    understood = answer["understood"]
    assert [(each["id"], each["words"]) for each in understood["topics"]] == [("tri-tue-nhan-tao", "AI")]
    assert (understood["due"]["start"], understood["due"]["end"]) == ("2026-01-01", "2026-12-31")
    assert understood["due"]["words"] == "due 2026"
    assert understood["topics_are_hard"]
    assert ids(answer) == [("due", "102/KH-UBND#1")]
    assert answer["groups"] == {"due": 1, "active": 0}
    assert answer["total"] == 1


def test_active_stands_apart(search: Search) -> None:
    answer = search.find(Ask("nhiệm vụ đến hạn năm 2026"))
    assert ids(answer) == [("due", "102/KH-UBND#1"), ("active", "719/QĐ-UBND#II.1")]


def test_a_misprint_hides_no_topic(tmp_path: Path) -> None:
    plan = plan_text(1).replace("xây dựng trung tâm dữ liệu", "ứng dụng trí tuệ nhận tạo vào quản lý")
    (tmp_path / "plan.txt").write_text(plan, encoding="utf-8")
    indexer = SearchIndexer(WordEncoder, "words")
    generation = build([tmp_path / "plan.txt"], tmp_path / "kb", indexer=indexer).generation
    (first,) = open_search(generation, WordEncoder).find(Ask("AI tasks due 2026"))["results"]
    assert "trí tuệ nhận tạo" in first["record"]["text"]  # as printed
    assert first["why"]["corrected"] == ["tri-tue-nhan-tao"]


@pytest.fixture(scope="module")
def reporting(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """A plan in which the communes have a duty and report to a department."""
    folder = tmp_path_factory.mktemp("reporting")
    plan = (
        plan_text(1)
        + """\
2. UBND các xã, phường
Tổ chức thực hiện Kế hoạch trên địa bàn; báo cáo kết quả về Sở Khoa học và Công nghệ trước ngày 15/12/2026.
"""
    )
    (folder / "plan.txt").write_text(plan, encoding="utf-8")
    indexer = SearchIndexer(WordEncoder, "words")
    return open_search(build([folder / "plan.txt"], folder / "kb", indexer=indexer).generation, WordEncoder)


def leads(answer: dict[str, Any]) -> set[str]:
    return {body["name"] for each in answer["results"] for body in each["record"].get("lead", ())}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        pytest.param("UBND cấp xã làm gì", {"UBND các xã, phường"}, id="collective"),
        pytest.param("UBND xa lam gi", {"UBND các xã, phường"}, id="collective-unaccented"),
        pytest.param("tasks of commune people's committees", {"UBND các xã, phường"}, id="collective-in-english"),
        pytest.param("ai báo cáo Sở Khoa học và Công nghệ", {"UBND các xã, phường"}, id="who-reports"),
        pytest.param(
            "who reports to the Department of Science and Technology", {"UBND các xã, phường"}, id="reports-to"
        ),
        pytest.param("trách nhiệm không phải của UBND cấp xã", {"Sở Tài chính"}, id="left-out"),
        pytest.param("duties except the Department of Finance", {"UBND các xã, phường"}, id="left-out-in-english"),
    ],
)
def test_collectives_reports_and_what_is_left_out(reporting: Search, question: str, found: set[str]) -> None:
    assert leads(reporting.find(Ask(question))) == found


def test_what_is_left_out_is_shown_and_can_come_back(reporting: Search) -> None:
    answer = reporting.find(Ask("duties except the Department of Finance"))
    [chip] = [chip for chip in list_chips(answer, "en") if chip.filter == "excluded"]
    assert (chip.name, chip.value, chip.words) == (
        "Except",
        "Department of Finance",
        "except the Department of Finance",
    )
    freed = reporting.find(Ask("duties except the Department of Finance", ignore=("excluded",)))
    assert leads(freed) == {"UBND các xã, phường", "Sở Tài chính"}
    assert freed["understood"]["excluded"] == []


def test_an_issuer_is_asked_for_beside_documents(reporting: Search) -> None:
    answer = reporting.find(Ask("nghị quyết của Bộ Chính trị"))
    assert [each["record"]["number"] for each in answer["results"]] == ["57-NQ/TW"]
    facets = {each["id"]: each["label"] for each in reporting.find(Ask("UBND cấp xã"))["facets"]["agency"]}
    assert facets == {"collective:ubnd-cac-xa-phuong": "UBND các xã, phường"}


def test_each_result_has_its_record_source_and_document(search: Search) -> None:
    (first, *_) = search.find(Ask("trung tâm dữ liệu"))["results"]
    record = first["record"]
    assert first["id"] == f"{DECISION}/phu-luc/2/muc/1" == record["id"]
    assert record["source"]["quote"]
    assert first["document"]["id"] == DECISION
    assert first["document"]["number"] == "719/QĐ-UBND"
    marked = [record[each["field"]][each["start"] : each["end"]] for each in first["highlights"]]
    assert marked == ["Trung tâm dữ liệu"]
    assert first["why"]["words"] == 1


REPEATED = """\
KẾ HOẠCH
Phát triển kinh tế số
I. QUAN ĐIỂM
Kinh tế số là động lực mới của tăng trưởng, doanh nghiệp là trung tâm.
II. NHIỆM VỤ
1. Sở Công Thương chủ trì xây dựng sàn thương mại điện tử của tỉnh cho sản phẩm nông nghiệp.
2. Sở Công Thương chủ trì xây dựng sàn thương mại điện tử của tỉnh cho sản phẩm nông nghiệp và làng nghề của địa phương.
3. Bố trí kinh phí hằng năm cho công tác tuyên truyền về kinh tế số.
"""


@pytest.fixture(scope="module")
def repeated(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """A plan with a paragraph of views and two tasks that say nearly the same."""
    folder = tmp_path_factory.mktemp("repeated")
    (folder / "plan.txt").write_text(REPEATED, encoding="utf-8")
    indexer = SearchIndexer(WordEncoder, "words")
    return open_search(build([folder / "plan.txt"], folder / "kb", indexer=indexer).generation, WordEncoder)


def tails(answer: dict[str, Any]) -> list[str]:
    return [each["short"].partition("#")[2] for each in answer["results"]]


def test_what_is_nearly_the_same_is_shown_once(repeated: Search) -> None:
    answer = repeated.find(Ask("sàn thương mại điện tử"))
    assert tails(answer)[0] == "ii.1"
    assert [each["short"].partition("#")[2] for each in answer["results"][0]["same"]] == ["ii.2"]
    assert "ii.2" not in tails(answer)
    assert sum(each["count"] for each in answer["facets"]["kind"]) == answer["total"]


def test_a_filter_lists_every_row(repeated: Search) -> None:
    answer = repeated.find(Ask("nhiệm vụ do Sở Công Thương chủ trì"))
    assert tails(answer) == ["ii.1", "ii.2"]
    assert [each["same"] for each in answer["results"]] == [[], []]


def test_sections_are_found_by_their_words_and_headings(repeated: Search) -> None:
    (first, *_) = repeated.find(Ask("quan điểm kinh tế số"))["results"]
    assert (first["kind"], first["record"]["kind"]) == ("section", "paragraph")
    assert first["record"]["text"].startswith("Kinh tế số là động lực")
    asked = repeated.find(Ask("các mục về kinh tế số"))
    assert {each["kind"] for each in asked["results"]} == {"section"}


def test_who_asks_for_work_is_not_shown_headings(repeated: Search) -> None:
    answer = repeated.find(Ask("Sở Công Thương"))
    assert {each["kind"] for each in answer["results"]} == {"task"}


def test_what_is_left_out_is_a_filter(repeated: Search) -> None:
    assert tails(repeated.find(Ask("nhiệm vụ không có cơ quan chủ trì"))) == ["ii.3"]
    assert tails(repeated.find(Ask("tasks with no lead agency"))) == ["ii.3"]


def test_a_topic_that_the_caller_sets_is_hard(repeated: Search) -> None:
    widened = repeated.find(Ask("thương mại điện tử"))
    held = repeated.find(Ask("sàn", demands={"topic": ("thuong-mai-dien-tu",)}))
    assert not widened["understood"]["topics_are_hard"]
    assert held["understood"]["topics_are_hard"]
    assert sorted(tails(held)) == ["ii.1", "ii.2"]


def test_words_without_accents_find_the_same(search: Search) -> None:
    with_accents = search.find(Ask("trung tâm dữ liệu"))
    without = search.find(Ask("trung tam du lieu"))
    assert without["understood"]["text"] == "trung tâm dữ liệu"
    assert ids(without)[0] == ids(with_accents)[0]


def test_decomposed_letters_find_the_same(search: Search) -> None:
    question = "nhiệm vụ về trí tuệ nhân tạo"
    assert ids(search.find(Ask(unicodedata.normalize("NFD", question)))) == ids(search.find(Ask(question)))


def test_a_filter_can_be_taken_away(search: Search) -> None:
    answer = search.find(Ask("AI tasks due 2019"))
    assert answer["total"] == 0
    assert "due" in answer["understood"]["emptied_by"]
    freed = search.find(Ask("AI tasks due 2019", ignore=("due",)))
    assert freed["understood"]["due"] is None
    assert ids(freed)[0] == (None, "102/KH-UBND#1")


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        pytest.param("chuyển đổi số", True, id="no-filter"),
        pytest.param("nhiệm vụ trồng rau sạch", True, id="a-kind-and-words"),
        pytest.param("nhiệm vụ về AI", True, id="a-kind-and-a-topic"),
        pytest.param("nhiệm vụ", False, id="every-row-of-a-kind"),
        pytest.param("nhiệm vụ về AI của Hưng Yên", False, id="another-filter"),
    ],
)
def test_a_total_of_what_ranking_chose_is_that_of_the_nearest(search: Search, question: str, nearest: bool) -> None:
    assert search.find(Ask(question))["nearest"] is nearest


def test_of_a_kind_only_so_many_are_near(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_api.ranking.CANDIDATES", 1)
    ask = Ask("nhiệm vụ về trung tâm dữ liệu", limit=50)
    answer = search.find(ask)
    assert (answer["total"], len(answer["results"]), len(search.find_ids(ask))) == (1, 1, 1)
    assert len(search.find_ids(ask, every=True)) == len(list(search.records.ids("task")))


def test_pages_follow_each_other(search: Search) -> None:
    whole = search.find(Ask("chuyển đổi số", limit=50))
    pages = [search.find(Ask("chuyển đổi số", limit=2, offset=at))["results"] for at in range(0, whole["total"], 2)]
    assert [each["id"] for page in pages for each in page] == [each["id"] for each in whole["results"]]
    assert search.find(Ask("chuyển đổi số", limit=5, offset=10**6))["results"] == []


def test_facets_count_all_results_not_only_the_page(search: Search) -> None:
    answer = search.find(Ask("chuyển đổi số", limit=1))
    assert sum(each["count"] for each in answer["facets"]["kind"]) == answer["total"]
    labels = {each["id"]: each["label"] for each in answer["facets"]["document"]}
    assert labels[PLAN] == "102/KH-UBND"


def test_what_rests_on_a_directive(search: Search) -> None:
    under = search.find(Ask("nhiệm vụ theo Nghị quyết 57-NQ/TW", limit=50))
    tasks = set(search.records.ids("task"))
    assert {each["id"] for each in under["results"]} == tasks
    assert search.find(Ask("nhiệm vụ theo Nghị quyết 999-NQ/TW"))["total"] == 0


@pytest.mark.parametrize(
    "question",
    [
        "", " ", "?", "😀😀😀", "\0\1\2", "\ud800", "'; DROP TABLE tasks; --", "SELECT * WHERE { ?s ?p ?o }",
        "<script>alert(1)</script>", "a" * 100_000, "nhiệm vụ " * 5000, "2026" * 500, "\u202etxet", "%00%ff", "(((((",
        "ẵ\u0303\u0303\u0303" * 50,
    ],
)  # fmt: skip
def test_any_text_is_answered(search: Search, question: str) -> None:
    answer = search.find(Ask(question))
    assert answer["total"] >= 0
    json.dumps(answer)


def copy_kb(folder: Path) -> Generation:
    shutil.copytree(small_kb(), folder)
    return open_current(folder)


@pytest.mark.parametrize("file", [VECTORS, "columns.npz", "vocabulary.json", "accents.json", HEADER])
@pytest.mark.parametrize("damage", ["cut", "gone", "other"])
def test_a_damaged_index_is_refused_with_the_command(tmp_path: Path, file: str, damage: str) -> None:
    generation = copy_kb(tmp_path / "kb")
    path = index_folder(generation.path) / file
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: 40 if damage == "cut" else None] + (b"" if damage == "cut" else b"x"))
    with pytest.raises(Problem, match=r"`cancu rebuild --kb .*kb`") as problem:
        open_search(generation, WordEncoder)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    "encoder",
    [
        pytest.param(WordEncoder("other"), id="other-name"),
        pytest.param(WordEncoder("words", seed="other"), id="same-name-other-weights"),
    ],
)
def test_an_index_of_another_model_is_refused(encoder: WordEncoder) -> None:
    with pytest.raises(Problem, match=r"made by .*model.*`cancu rebuild"):
        open_search(small_generation(), lambda _: encoder)


def test_an_acronym_is_highlighted_as_it_is_written() -> None:
    found = find_highlights({"text": "Ai làm AI?"}, ["tri", "tue", "nhan", "tao", "tri tue"], ["AI"])
    assert [(each.start, each.words) for each in found] == [(7, "AI")]


@pytest.mark.parametrize(
    ("text", "terms", "marked"),
    [
        pytest.param("Cấp chữ ký số cho cán bộ", ["chu", "ky", "so", "chu ky", "ky so"], ["chữ ký số"], id="a-run"),
        pytest.param("Ứng dụng AI và chữ ký", ["ai"], ["AI"], id="one-word"),
        pytest.param("<b>Số</b> hóa số liệu", ["so", "hoa", "so hoa", "zz"], [], id="single-words-of-many-say-little"),
        pytest.param("số hóa, số hóa", ["so", "hoa", "so hoa", "x"], ["số hóa", "số hóa"], id="twice"),
    ],
)
def test_highlights_are_slices_of_the_text(text: str, terms: list[str], marked: list[str]) -> None:
    found = find_highlights({"text": text}, terms)
    assert [text[each.start : each.end] for each in found] == [each.words for each in found] == marked
