"""Another model than the bundled one: a small real one, made on disk, builds a knowledge base and searches it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from graph import pipeline
from graph.generations import Generation, Problem
from search_api.encoder import Vectors
from search_api.index import read_header
from search_api.indexing import SearchIndexer
from search_api.sbert import SbertEncoder
from search_api.search import Ask, open_search
from tests.small_kb import plan_text

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
LONGEST = 12  # tokens


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer with the words of the plan as its vocabulary; its weights are drawn by a fixed seed."""
    folder = tmp_path_factory.mktemp("model")
    words = sorted(set(plan_text(1).lower().split()))
    tokens = {token: number for number, token in enumerate([*SPECIAL, *words])}
    tokenizer = Tokenizer(models.WordLevel(tokens, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", tokens["[CLS]"]), ("[SEP]", tokens["[SEP]"])]
    )
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        model_max_length=LONGEST,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    )
    fast.save_pretrained(folder / "bert")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(tokens),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=LONGEST,
    )
    BertModel(config).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"), max_seq_length=LONGEST)
    whole = SentenceTransformer(modules=[transformer, Pooling(32, "mean")], prompts={"query": "", "document": ""})
    whole.save(str(folder / "whole"))
    return folder / "whole"


@pytest.fixture(scope="module")
def built(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Generation:
    folder = tmp_path_factory.mktemp("built")
    (folder / "plan.txt").write_text(plan_text(1), encoding="utf-8")
    result = pipeline.build([folder / "plan.txt"], folder / "kb", indexer=SearchIndexer(SbertEncoder, str(model)))
    return result.generation


def test_it_builds_and_finds(built: Generation) -> None:
    search = open_search(built, SbertEncoder)
    (first, *_) = search.find(Ask("trung tâm dữ liệu của tỉnh"))["results"]
    assert "trung tâm dữ liệu" in first["record"]["text"]
    assert first["why"]["cosine"] is not None


def test_the_index_says_what_made_it_and_what_was_cut(built: Generation, model: Path) -> None:
    header = read_header(built.path)
    assert (header.model, header.dimension) == (str(model), 32)
    assert header.cut > 0  # a sentence of the plan is longer than twelve words


def test_eight_clients_at_once_get_what_one_gets(built: Generation) -> None:
    search = open_search(built, SbertEncoder)
    asks = [Ask(f"{words} {number}") for number in range(8) for words in ("trung tâm dữ liệu", "bố trí kinh phí", "x")]
    alone = [search.find(ask)["results"] for ask in asks]
    with ThreadPoolExecutor(8) as threads:
        together = [answer["results"] for answer in threads.map(search.find, asks * 4)]
    assert together == alone * 4


def test_vectors_that_are_not_of_length_1_are_refused(built: Generation) -> None:
    class Longer(SbertEncoder):
        def encode_queries(self, texts: Sequence[str]) -> Vectors:
            return 3 * super().encode_queries(texts)

    with pytest.raises(Problem, match=r"not of length 1: build it again with `cancu rebuild"):
        open_search(built, Longer)
