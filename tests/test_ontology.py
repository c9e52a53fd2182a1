"""The Turtle of ontology/: bilingual, unambiguous, sorted, and what the loader makes of it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import ORG, OWL, RDF, RDFS, SKOS

from ontology import FILES, AgencyType, Concept, load_agency_types, load_provinces, load_topics, load_vocabulary

CC = Namespace("https://w3id.org/cancu/ns#")
LABELS = (RDFS.label, RDFS.comment, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
LEVELS = {party + place for party in ("", "party-") for place in ("central", "province", "district", "commune")}
ENDED = ("0001-01-01", "9999-12-31")
# Not touched by the mergers of July 2025.
UNTOUCHED = "cao-bang dien-bien ha-noi ha-tinh hue lai-chau lang-son nghe-an quang-ninh son-la thanh-hoa"
ONE_LIFE = set(UNTOUCHED.split())


def fold(text: str) -> str:
    """ "Đô thị" -> "do thi"."""
    stripped = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return stripped.replace("đ", "d").replace("Đ", "D").casefold()


def find_repeated(labels: Iterable[str]) -> list[str]:
    return sorted(label for label, count in Counter(label.casefold() for label in labels).items() if count > 1)


def labels_of(concept: Concept) -> set[str]:
    return {label.casefold() for label in (concept.vi, concept.en, *concept.alt, *concept.hidden)}


def lived_together(one: AgencyType, other: AgencyType) -> bool:
    return max(one.valid_from or ENDED[0], other.valid_from or ENDED[0]) <= min(
        one.valid_to or ENDED[1], other.valid_to or ENDED[1]
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_are_nfc_and_sorted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    subjects = re.findall(r"^(\w+:[\w-]+|<[^>]+>) a ", text, flags=re.MULTILINE)
    assert sorted(subject for subject, count in Counter(subjects).items() if count > 1) == []
    for kinds in ("type:", "topic:", "province:", "event:", "shape:", "org:"):
        same = [subject for subject in subjects if subject.startswith(kinds)]
        assert same == sorted(same)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_label_has_a_language(path: Path) -> None:
    graph = Graph().parse(path, format="turtle")
    found = [value for label in LABELS for _, value in graph.subject_objects(label)]
    assert [value for value in found if not isinstance(value, Literal) or value.language not in {"vi", "en"}] == []


def test_every_term_is_explained_in_both_languages() -> None:
    vocabulary = load_vocabulary()
    terms = {term for term, _ in vocabulary.subject_objects(RDF.type) if str(term).startswith(CC)}
    assert len(terms) > 100
    for term in terms:
        for predicate in (RDFS.label, RDFS.comment):
            languages = sorted(
                value.language or "" for value in vocabulary.objects(term, predicate) if isinstance(value, Literal)
            )
            assert languages == ["en", "vi"], (term, predicate)


def test_every_cc_term_in_use_is_declared() -> None:
    used = set()
    declared = set()
    for path in FILES:
        graph = Graph().parse(path, format="turtle")
        used |= {term for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(CC)}
        declared |= {term for term, _ in graph.subject_objects(RDF.type)}
    assert sorted(used - declared) == []


@pytest.mark.parametrize(
    ("term", "above"),
    [
        ("implements", "http://data.europa.eu/eli/ontology#based_on"),
        ("legalBasis", "http://data.europa.eu/eli/ontology#based_on"),
        ("amends", "http://data.europa.eu/eli/ontology#amends"),
        ("cites", "http://data.europa.eu/eli/ontology#cites"),
        ("partOf", "http://purl.org/dc/terms/isPartOf"),
    ],
)
def test_relations_hang_under_known_vocabularies(term: str, above: str) -> None:
    assert (CC[term], RDFS.subPropertyOf, URIRef(above)) in load_vocabulary()


@pytest.mark.parametrize(
    "term", ["partOf", "inProvince", "form", "annex", "topic", "dueEarliest", "held", "sha256", "assignment"]
)
def test_what_is_computed_needs_no_quote(term: str) -> None:
    assert (CC[term], RDF.type, CC.ReadProperty) not in load_vocabulary()


@pytest.mark.parametrize(
    "term", ["text", "ledBy", "supportedBy", "deadlineEnd", "output", "value", "documentNumber", "signer"]
)
def test_what_is_read_needs_a_quote(term: str) -> None:
    assert (CC[term], RDF.type, CC.ReadProperty) in load_vocabulary()


def test_document_types_have_one_name_each() -> None:
    vocabulary = load_vocabulary()
    types = [term for term in vocabulary.transitive_subjects(RDFS.subClassOf, CC.Document) if term != CC.Document]
    assert len(types) > 25
    labels = [label for term in types for label in vocabulary.objects(term, RDFS.label)]
    names = [str(label) for label in labels if isinstance(label, Literal) and label.language == "vi"]
    assert find_repeated(names) == []
    assert {"Kế hoạch", "Quyết định", "Chương trình hành động", "Kết luận", "Tờ trình", "Chiến lược"} <= set(names)
    assert all((term, RDF.type, OWL.Class) in vocabulary for term in types)


def test_topics_are_many_and_bilingual() -> None:
    topics = load_topics()
    assert len(topics) >= 300
    for topic in topics:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic.id)
        assert topic.id == re.sub(r"[^a-z0-9]+", "-", fold(topic.vi)).strip("-")
        assert topic.en, topic.id
        assert fold(topic.vi) in {label.casefold() for label in (*topic.hidden, topic.vi)}, topic.id


def test_no_two_topics_share_a_label() -> None:
    assert find_repeated(label for topic in load_topics() for label in labels_of(topic)) == []


def test_no_topic_goes_by_one_syllable_without_accents() -> None:
    # "dược" without accents is also "được", which every page has
    bare = [label for topic in load_topics() for label in topic.hidden if re.fullmatch(r"[a-z]+", label)]
    assert bare == []


def test_topics_form_a_tree_without_rings() -> None:
    above = {topic.id: topic.broader for topic in load_topics()}
    assert {name for names in above.values() for name in names} <= above.keys()
    for start in above:
        seen, ahead = set(), list(above[start])
        while ahead:
            step = ahead.pop()
            assert step != start
            if step not in seen:
                seen.add(step)
                ahead.extend(above[step])


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        pytest.param("AI", "tri-tue-nhan-tao", id="abbreviation"),
        pytest.param("CĐS", "chuyen-doi-so", id="vietnamese-abbreviation"),
        pytest.param("thanh toan khong tien mat", "thanh-toan-khong-dung-tien-mat", id="no-accents"),
        pytest.param("cashless payments", "thanh-toan-khong-dung-tien-mat", id="english"),
        pytest.param("phòng họp không giấy tờ", "hop-khong-giay", id="synonym"),
        pytest.param("co so du lieu dat dai", "dat-dai", id="land-database"),
        pytest.param("medicinal plant growing areas", "cay-duoc-lieu", id="rare"),
        pytest.param("BIM", "mo-hinh-thong-tin-cong-trinh", id="capitals"),
        pytest.param("TFP", "nang-suat-nhan-to-tong-hop", id="indicator"),
        pytest.param("an toàn bức xạ, hạt nhân", "an-toan-buc-xa-va-hat-nhan", id="comma-inside"),
    ],
)
def test_words_of_a_question_lead_to_a_topic(words: str, topic: str) -> None:
    assert [found.id for found in load_topics() if words.casefold() in labels_of(found)] == [topic]


def test_agency_types_are_well_formed() -> None:
    types = load_agency_types()
    known = {kind.id for kind in types}
    assert len(types) == len(known) > 150
    for kind in types:
        assert kind.level in LEVELS, kind.id
        assert set(kind.successors) <= known - {kind.id}
        assert kind.vi not in kind.alt
        for day in (kind.valid_from, kind.valid_to):
            assert day is None or date.fromisoformat(day)


def test_one_spelling_means_one_body_at_any_time() -> None:
    owners = defaultdict(list)
    for kind in load_agency_types():
        for label in {label.casefold() for label in (kind.vi, *kind.alt)}:
            owners[label].append(kind)
    shared = [
        (label, one.id, other.id)
        for label, kinds in owners.items()
        for one in kinds
        for other in kinds
        if one.id < other.id and lived_together(one, other)
    ]
    assert shared == []


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        pytest.param("Sở Văn hóa Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch", id="comma-missing"),
        pytest.param("Sở KH&CN", "Sở Khoa học và Công nghệ", id="short-form"),
        pytest.param("Sở Lao động, Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội", id="other-dash"),
        pytest.param("Uỷ ban nhân dân tỉnh", "UBND tỉnh", id="other-tone-mark"),
        pytest.param("Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng UBND tỉnh", id="in-full"),
        pytest.param("Ngân hàng nhà nước chi nhánh tỉnh", "Ngân hàng Nhà nước chi nhánh tỉnh", id="lower-case"),
        pytest.param("Ban Quản lý khu kinh tế", "Ban Quản lý Khu kinh tế tỉnh", id="province-left-out"),
        pytest.param("Ban quản các khu công nghiệp", "Ban Quản lý các khu công nghiệp tỉnh", id="misprint"),
        pytest.param("Báo và Phát thành. truyền hình tỉnh", "Báo và Phát thanh, truyền hình tỉnh", id="two-misprints"),
        pytest.param("Hội Doanh nghiệp trẻ", "Hội Doanh nhân trẻ tỉnh", id="other-name"),
        pytest.param("Liên hiệp các Hội KHKT tỉnh", "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh", id="short-union"),
        pytest.param("Thành ủy", "Tỉnh ủy", id="city"),
        pytest.param("Công An tỉnh", "Công an tỉnh", id="capital"),
        pytest.param("ĐHQG Hà Nội", "Đại học Quốc gia Hà Nội", id="national-university"),
        pytest.param("VCCI", "Liên đoàn Thương mại và Công nghiệp Việt Nam", id="letters-of-an-english-name"),
        pytest.param("Đảng ủy MTTQ và các đoàn thể tỉnh", "Đảng ủy MTTQ, các đoàn thể tỉnh", id="party-committee"),
        pytest.param("VP HĐND&UBND xã", "Văn phòng HĐND và UBND cấp xã", id="office-of-a-commune"),
    ],
)
def test_spellings_lead_to_their_body(written: str, canonical: str) -> None:
    spellings = {kind.vi: {label.casefold() for label in (kind.vi, *kind.alt)} for kind in load_agency_types()}
    assert [name for name, known in spellings.items() if written.casefold() in known] == [canonical]


@pytest.mark.parametrize(
    ("ended", "last", "heirs"),
    [
        ("so-thong-tin-va-truyen-thong", "2025-02-28", ("so-khoa-hoc-va-cong-nghe",)),
        ("so-ke-hoach-va-dau-tu", "2025-02-28", ("so-tai-chinh",)),
        ("so-tai-nguyen-va-moi-truong", "2025-02-28", ("so-nong-nghiep-va-moi-truong",)),
        ("bo-giao-thong-van-tai", "2025-02-28", ("bo-xay-dung",)),
        ("ban-can-su-dang-ubnd-tinh", "2025-02-02", ("dang-uy-ubnd-tinh",)),
        ("dang-doan-hdnd-tinh", "2025-02-02", ("dang-uy-hdnd-tinh",)),
        ("ubnd-cap-huyen", "2025-06-30", ()),
        ("so-y-te", None, ()),
    ],
)
def test_bodies_end_and_pass_on(ended: str, last: str | None, heirs: tuple[str, ...]) -> None:
    (kind,) = [kind for kind in load_agency_types() if kind.id == ended]
    assert (kind.valid_to, kind.successors) == (last, heirs)


def test_sixty_three_provinces_became_thirty_four() -> None:
    lives = load_provinces()
    after = [life for life in lives if life.valid_to is None]
    before = [life for life in lives if (life.valid_from or ENDED[0]) <= "2025-06-30" <= (life.valid_to or ENDED[1])]
    assert (len(after), len(before)) == (34, 63)
    assert {life.slug for life in after if life.slug in {old.slug for old in before}} == ONE_LIFE
    assert len({life.code for life in after}) == 34
    assert len({life.code for life in before}) == 63
    assert sorted(life.slug for life in after if life.kind == "thành phố") == [
        "can-tho", "da-nang", "ha-noi", "hai-phong", "ho-chi-minh", "hue",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "name", "valid_from", "valid_to", "successors", "family"),
    [
        pytest.param("hung-yen", "Tỉnh Hưng Yên", "2025-07-01", None, (), "hung-yen", id="grown"),
        pytest.param("hung-yen-truoc-2025", "Tỉnh Hưng Yên", None, "2025-06-30", ("hung-yen",), "hung-yen", id="old"),
        pytest.param("ha-nam", "Tỉnh Hà Nam", None, "2025-06-30", ("ninh-binh",), "ha-nam", id="vanished"),
        pytest.param("cao-bang", "Tỉnh Cao Bằng", None, None, (), "cao-bang", id="unchanged"),
        pytest.param("bac-ninh", "Tỉnh Bắc Ninh", "2025-07-01", None, (), "bac-ninh", id="seat-in-bac-giang"),
        pytest.param(
            "thua-thien-hue", "Tỉnh Thừa Thiên Huế", None, "2024-12-31", ("hue",), "thua-thien-hue", id="city"
        ),
    ],
)
def test_lives_of_provinces(
    slug: str, name: str, valid_from: str | None, valid_to: str | None, successors: tuple[str, ...], family: str
) -> None:
    (life,) = [life for life in load_provinces() if life.slug == slug]
    assert (life.name, life.valid_from, life.valid_to) == (name, valid_from, valid_to)
    assert (life.successors, life.family) == (successors, family)


def test_every_change_names_its_legal_source() -> None:
    vocabulary = load_vocabulary()
    events = set(vocabulary.subjects(RDF.type, ORG.ChangeEvent))
    assert len(events) == 24  # 23 mergers of July 2025, and Huế
    merged = 0
    for event in events:
        assert vocabulary.value(event, ORG.resultingOrganization)
        old = set(vocabulary.objects(event, ORG.originalOrganization))
        assert all((life, ORG.changedBy, event) in vocabulary for life in old)
        source = str(vocabulary.value(event, CC.legalSource))
        if "202/2025/QH15" in source:
            merged += len(old)
        else:
            assert "175/2024/QH15" in source
    assert merged == 63 - len(ONE_LIFE)
