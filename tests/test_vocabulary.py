"""The names that questions may use: built from records and schemes, written and read back without an RDF library."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

from graph.schema import CLASSES, record_as_json, records_of
from ontology import load_agency_types, load_provinces, load_topics
from search_api.question import read_question
from search_api.vocabulary import Term, Vocabulary, read_vocabulary
from search_api.vocabulary_build import build_vocabulary, write_vocabulary
from search_api.words import accent_key, is_acronym, is_syllable, word_key
from tests.asked import RECORDS, brief, vocabulary
from tests.conftest import ROOT
from tests.texts import corpus

KINDS = ("topics", "agencies", "jurisdictions", "documents", "types")


@cache
def real() -> Vocabulary:
    """The vocabulary of the five plans."""
    rows = ({"record": kind} | record_as_json(kind, each) for kind in CLASSES for each in records_of(corpus(), kind))
    return build_vocabulary(rows)


def term(terms: Sequence[Term], id_: str) -> Term:
    [found] = [each for each in terms if each.id == id_]
    return found


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_vocabulary(vocabulary(), tmp_path / "one.json")
    read = read_vocabulary(tmp_path / "one.json")
    assert {kind: getattr(read, kind) for kind in KINDS} == {kind: getattr(vocabulary(), kind) for kind in KINDS}
    write_vocabulary(read, tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_the_order_of_records_makes_no_difference() -> None:
    turned = build_vocabulary(reversed(RECORDS))
    assert [asdict(each) for kind in KINDS for each in getattr(turned, kind)] == [
        asdict(each) for kind in KINDS for each in getattr(vocabulary(), kind)
    ]


def test_reading_loads_no_heavy_library() -> None:
    """One question on the command line must be answered at once."""
    code = "import sys, search_api.question, search_api.vocabulary; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"rdflib", "pydantic", "numpy", "torch", "pyoxigraph", "ontology"}
    assert heavy & set(done.stdout.split()) == set()


def test_every_topic_type_and_province_is_there() -> None:
    assert {each.id for each in vocabulary().topics} == {each.id for each in load_topics()}
    assert {each.id for each in load_agency_types()} <= {each.id for each in vocabulary().agencies}
    families = {each.family for each in load_provinces()}
    assert {each.id for each in vocabulary().jurisdictions} == {*families, "trung-uong"}


@pytest.mark.parametrize("province", sorted({each.short for each in load_provinces()}))
def test_every_province_is_understood(province: str) -> None:
    """With its accents, without them behind "tinh", and in English."""
    [family] = {each.family for each in load_provinces() if each.short == province}
    plain = "".join(word.capitalize() + " " for word in word_key_by_word(province))
    for question in (f"nhiệm vụ về AI của {province}", f"nhiem vu cua tinh {plain.lower()}", f"AI tasks in {plain}"):
        assert brief(read_question(question, vocabulary()))["places"] == [family], question


def word_key_by_word(name: str) -> list[str]:
    return [word_key(word) for word in name.replace("-", " ").split()]


@pytest.mark.parametrize("kind", [each.id for each in load_agency_types()])
def test_every_type_is_understood_by_its_names(kind: str) -> None:
    """One agency is named, be it another type of the same name; what is a topic as well is a topic.

    A type of many bodies of which no record knows one is no filter: it could only give nothing.
    """
    [found] = [each for each in vocabulary().agencies if each.id == kind]
    for question in (f"do {found.label} chủ trì", f"tasks led by the {found.label_en}"):
        named = brief(read_question(question, vocabulary()))
        agencies = named.get("agencies", named.get("topics"))
        if not found.ids and found.level.removeprefix("party-") in ("commune", "district"):
            assert agencies is None or kind not in str(agencies), question
            continue
        assert isinstance(agencies, list), question
        assert len(agencies) == 1, question


@pytest.mark.parametrize("topic", [each.id for each in load_topics()])
def test_every_topic_is_understood_by_its_names(topic: str) -> None:
    found = term(vocabulary().topics, topic)
    for name in (found.label, found.label_en, f"tasks on {found.label_en} due 2026"):
        assert topic in brief(read_question(name, vocabulary())).get("topics", ()), name  # type: ignore[operator]


def test_a_province_means_what_was_merged_into_it() -> None:
    """Ninh Bình of today took in Hà Nam and Nam Định; Hà Nam of then means itself."""
    assert term(vocabulary().jurisdictions, "ninh-binh").ids == ("ha-nam", "nam-dinh", "ninh-binh")
    assert term(vocabulary().jurisdictions, "ha-nam").ids == ("ha-nam",)


def test_the_five_plans() -> None:
    plans = real()
    health = term(plans.agencies, "so-khoa-hoc-va-cong-nghe")
    assert {each.split("/")[-2] for each in health.ids} >= {"hung-yen", "ha-nam", "tuyen-quang-truoc-2025"}
    numbers = {each.spellings[0] for each in plans.documents}
    assert {"719/QĐ-UBND", "57-NQ/TW", "57/KH-UBND", "569/QĐ-TTg"} <= numbers
    assert brief(read_question("kế hoạch 102 của Tuyên Quang", plans)) == {
        "places": ["tuyen-quang"],
        "directives": ["tuyen-quang/kh-ubnd/2022/102"],
    }


def test_the_questions_of_the_gold_set_lose_no_topic_words() -> None:
    """What the labelled questions are about stays in their text; none is emptied by its filters."""
    rows = [json.loads(line) for line in (ROOT / "data/gold/queries.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows if not read_question(row["text"], real()).text] == []
    languages = {row["id"]: read_question(row["text"], real()).language for row in rows}
    assert languages == {row["id"]: row["lang"] for row in rows}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("hoá", "hóa", True, id="place-of-the-tone"),
        pytest.param("hoà", "hóa", False, id="another-tone"),
        pytest.param("uỷ", "ủy", True, id="uy"),
        pytest.param("Đắk", "đắk", True, id="case"),
        pytest.param("an", "ăn", False, id="another-letter"),
    ],
)
def test_accents_of_a_word(one: str, other: str, same: bool) -> None:
    assert (accent_key(one) == accent_key(other)) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("payments", "payment", id="plural"),
        pytest.param("technologies", "technology", id="ies"),
        pytest.param("digitisation", "digitization", id="american"),
        pytest.param("programme", "program", id="programme"),
        pytest.param("centre", "centers", id="centre"),
        pytest.param("và", "&", id="and"),
        pytest.param("Sở", "so", id="accents"),
    ],
)
def test_keys_of_a_word(one: str, other: str) -> None:
    assert word_key(one) == word_key(other)


def test_syllables_and_acronyms() -> None:
    assert [word for word in ("nghiem", "quyet", "ai", "truong", "khuya", "oanh") if not is_syllable(word)] == []
    assert [word for word in ("iot", "cntt", "plant", "growing", "his", "tax") if is_syllable(word)] == []
    assert [is_acronym(name) for name in ("AI", "KH&CN", "IoT", "Techmart", "Huế", "Sở YT")] == [True] * 3 + [False] * 3
