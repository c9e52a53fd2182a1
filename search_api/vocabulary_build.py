"""Builds the vocabulary of questions from the records of a build and the concept schemes of the ontology."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rdflib.namespace import RDFS

from ingest.fold import fold, key, squeeze
from ingest.reference import load_rows
from ingest.slug import slug
from ontology import AgencyType, load_agency_types, load_topics, load_vocabulary
from search_api.cues import load_cues
from search_api.passages import collective_id, issuer_of
from search_api.vocabulary import AgencyTerm, DocumentTerm, Term, Vocabulary
from search_api.vocabulary_places import list_jurisdictions
from search_api.vocabulary_spellings import list_spellings, read_further_names

_PLACE_AT_END = re.compile(r"\s+(?:tỉnh|thành phố)$", re.IGNORECASE)
_OF = re.compile(r"(?P<what>Department|Ministry|Office|Board|Centre) of (?P<field>.+)")
_BRACKETS = re.compile(r"(?P<first>Provincial )?(?P<named>[^()]+?) \((?P<inside>[^()]+)\)(?P<last>.*)")
_FIRST_FIELD = re.compile(r"[^,&–-]+?(?=,| và | - | & |$)")
_FIRST_FIELD_EN = re.compile(r"[^,&–-]+?(?=,| and |$)")
_AT_LEVEL = re.compile(r"(?P<bodies>.+?) (?P<places>(?:các|cấp) .+)")
_SHORTEST_SYMBOL = 3  # "TT", "VP" and "CA" are too many things


def build_vocabulary(records: Iterable[Mapping[str, Any]]) -> Vocabulary:
    """All names that a question about these records may use, each kind sorted by id."""
    by_kind: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in records:
        by_kind[record["record"]].append(record)
    types = tuple(_types())
    return Vocabulary(
        topics=tuple(_topics()),
        agencies=tuple(sorted(_agencies(by_kind["agency"], by_kind["document"]), key=lambda term: term.id)),
        jurisdictions=tuple(sorted(list_jurisdictions(by_kind["document"]), key=lambda term: term.id)),
        documents=tuple(sorted(_documents(by_kind["document"], types), key=lambda term: term.id)),
        types=types,
    )


def write_vocabulary(vocabulary: Vocabulary, path: Path) -> None:
    """The vocabulary as JSON, one term a line: the same records give the same bytes."""
    parts = []
    for name in ("agencies", "documents", "jurisdictions", "topics", "types"):
        rows = (json.dumps(asdict(term), ensure_ascii=False, sort_keys=True) for term in getattr(vocabulary, name))
        parts.append(f'"{name}": [\n' + ",\n".join(rows) + "\n]")
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _topics() -> Iterator[Term]:
    narrower: defaultdict[str, list[str]] = defaultdict(list)
    for topic in load_topics():
        for above in topic.broader:
            narrower[above].append(topic.id)
    for topic in load_topics():
        names = list_spellings(topic.vi, topic.en, *topic.alt, *topic.hidden)
        yield Term(topic.id, tuple(_with_narrower(topic.id, narrower)), topic.vi, topic.en, names)


def _with_narrower(topic: str, narrower: Mapping[str, Sequence[str]]) -> list[str]:
    """A topic and all that is below it: y-te-so, then ho-so-suc-khoe-dien-tu, kham-chua-benh-tu-xa, ..."""
    found = [topic]
    for each in found:  # grows while it is read
        found += [below for below in narrower.get(each, ()) if below not in found]
    return [topic, *sorted(found[1:])]


# --- agencies ------------------------------------------------------------------------------------------------------


def _agencies(records: Iterable[Mapping[str, Any]], documents: Iterable[Mapping[str, Any]]) -> Iterator[AgencyTerm]:
    of_type: defaultdict[str, set[str]] = defaultdict(set)
    printed: defaultdict[str, set[str]] = defaultdict(set)  # names of collectives of a type
    named = {key(name): kind.id for kind in load_agency_types() for name in (*kind.alt, kind.vi)}
    others: list[Mapping[str, Any]] = []
    for record in records:
        if record["collective"]:
            kinds = list(_types_of(record["name"], named))
            for kind in kinds:
                of_type[kind].add(collective_id(record["name"]))
                printed[kind] |= {record["name"], *record["as_written"]}
            others += [] if kinds else [record]
        elif record["type"]:
            of_type[record["type"]].add(record["id"])
        else:
            names = list_spellings(record["name"], *record["as_written"])
            yield AgencyTerm(record["id"], (record["id"],), record["name"], record["name"], names)
    yield from _collectives(others)
    yield from _short_names(of_type)
    symbols = _own_symbols()
    passed = {each for document in documents for each in issuer_of(document)}
    for each in load_agency_types():
        english = [name for given in _without_brackets(each.en) for name in (given, *_turned(given))]
        own = (*symbols.get(each.id, ()), *read_further_names(each.id), *printed[each.id])
        names = list_spellings(each.vi, each.en, *english, *each.alt, *own)
        beside = tuple(sorted({stem for name in names for stem in _without_place(name)} - set(names)))
        ids = tuple(sorted(of_type[each.id]))
        yield AgencyTerm(
            each.id, ids, each.vi, each.en, names, beside, each.symbols, each.level, issues=each.id in passed
        )


def _types_of(name: str, named: Mapping[str, str]) -> Iterator[str]:
    """The types that a collective stands for: "UBND các xã, phường" and "UBND cấp xã" for `ubnd-cap-xa`."""
    if key(name) in named:
        yield named[key(name)]
    found = _AT_LEVEL.fullmatch(_without_qualifiers(name))
    if found and key(name) not in named:
        rows = [cue.row for cue in load_cues()["level"] if cue.is_whole(found["places"])]
        wanted = [f"{body} {row['level']}" for row in rows for body in found["bodies"].split(", ")]
        yield from dict.fromkeys(named[key(each)] for each in wanted if key(each) in named)


def _without_qualifiers(name: str) -> str:
    """ "Các sở, ngành liên quan" -> "Các sở, ngành"."""
    for row in load_rows("collectives"):
        if row["part"] == "qualifier":
            shorter = name.removesuffix(f" {row['name']}")
            name = name if shorter.endswith(",") else shorter  # "các huyện, thành phố" are places
    return name


def _collectives(records: Iterable[Mapping[str, Any]]) -> Iterator[AgencyTerm]:
    """Bodies of no type that a question can ask for: "Các sở, ban, ngành" are among those with "đơn vị" behind."""
    printed: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    canonical: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for record in records:
        if any(cue.is_whole(record["name"]) for cue in load_cues()["collective"]):
            plain = _without_qualifiers(record["name"])
            parts = frozenset(plain.removeprefix("Các ").lower().split(", "))
            canonical[parts].add(record["name"])
            for name in (plain, record["name"], *record["as_written"]):
                printed[parts] |= {name, name.removeprefix("Các ").removeprefix("các ")}
    for parts, names in canonical.items():
        label = min((_without_qualifiers(name) for name in names), key=lambda name: (len(name), name))
        ids = {collective_id(name) for other, named in canonical.items() if parts <= other for name in named}
        made = collective_id(label)
        yield AgencyTerm(
            made, tuple(sorted(ids)), label, label, list_spellings(*printed[parts], *read_further_names(made))
        )


def _short_names(of_type: Mapping[str, set[str]]) -> Iterator[AgencyTerm]:
    """ "Sở Nông nghiệp": the department of today and those before it that begin so."""
    known = {key(name) for kind in load_agency_types() for name in (kind.vi, *kind.alt)}
    meant: defaultdict[str, list[AgencyType]] = defaultdict(list)
    for kind in load_agency_types():
        short = _FIRST_FIELD.match(kind.vi)
        if short and short.end() < len(kind.vi) and _OF.fullmatch(kind.en):
            meant[short[0]].append(kind)
    for name, kinds in sorted(meant.items()):
        if key(name) not in known:
            ids = sorted({each for kind in kinds for each in of_type[kind.id]})
            english = sorted({found[0] for kind in kinds if (found := _FIRST_FIELD_EN.match(kind.en))})
            yield AgencyTerm(slug(name), tuple(ids), name, english[0], (*english, name), level=kinds[0].level)


def _own_symbols() -> Mapping[str, list[str]]:
    """Symbols that name one type and nothing else: "SYT"; "UBND" is of three, "IOC" is a topic, "TTr" a document."""
    taken = {fold(name) for topic in load_topics() for name in (*topic.hidden, *topic.alt)}
    taken |= {fold(row["code"]) for row in load_rows("document_types") if row["code"]}
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for each in load_agency_types():
        for symbol in each.symbols:
            owners[symbol].add(each.id)
    own: defaultdict[str, list[str]] = defaultdict(list)
    for symbol, (owner, *others) in sorted(owners.items()):
        if not others and len(symbol) >= _SHORTEST_SYMBOL and fold(symbol) not in taken:
            own[owner].append(symbol)
    return own


def _without_brackets(name: str) -> Iterator[str]:
    """ "Provincial Public Security (Police) Department" -> with "Public Security", with "Police"."""
    found = _BRACKETS.fullmatch(name)
    if found is None:
        yield name.replace("(s)", "")
        yield name.replace("-level", "")
    else:
        yield squeeze(f"{found['first']} {found['named']} {found['last']}")
        yield squeeze(f"{found['first']} {found['inside']} {found['last']}")


def _turned(name: str) -> Iterator[str]:
    """ "Department of Health" -> "Health Department", "Dept of Health"."""
    found = _OF.fullmatch(name)
    if found:
        yield f"{found['field']} {found['what']}"
        if found["what"] == "Department":
            yield f"Dept of {found['field']}"
            yield f"Provincial {name}"


def _without_place(name: str) -> Iterator[str]:
    """What is left of a name whose place a province can take: "Công an tỉnh" -> "Công an"."""
    stem = _PLACE_AT_END.sub("", name)
    if stem != name:
        yield stem
    elif name.startswith("Provincial ") and " of " not in name.split("(")[0]:
        yield name.removeprefix("Provincial ")


# --- provinces -----------------------------------------------------------------------------------------------------


def _types() -> Iterator[Term]:
    """Every type that numbers have, with its codes: "Nghị quyết", "Resolution", ("NQ", "UBTVQH")."""
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for row in load_rows("document_types"):
        codes[row["type"]] += [row["code"]] if row["code"] and not row.get("issuer_in_code") else []
    labels: defaultdict[object, dict[str, str]] = defaultdict(dict)
    for subject, _, label in load_vocabulary().triples((None, RDFS.label, None)):
        labels[subject][str(getattr(label, "language", ""))] = str(label)
    english = {both["vi"]: both["en"] for both in labels.values() if {"vi", "en"} <= both.keys()}
    for name in sorted(codes):
        yield Term(
            slug(name), tuple(sorted(codes[name])), name, english.get(name, name), (name, english.get(name, name))
        )


def _documents(records: Iterable[Mapping[str, Any]], types: Iterable[Term]) -> Iterator[DocumentTerm]:
    english = {term.label: term.label_en for term in types}
    for record in records:
        number, kind = record["number"], record["type"] or ""
        if number:
            year = re.search(r"/((?:19|20)\d\d)/", number)
            yield DocumentTerm(
                id=record["id"],
                ids=(record["id"],),
                label=f"{kind} {number}".strip(),
                label_en=f"{english.get(kind, kind)} {number}".strip(),
                spellings=(number,),
                type=kind,
                year=(record["date"] or (year[1] if year else ""))[:4],
                jurisdiction=record["jurisdiction"] or "",
            )
