"""Every IRI is made here: the same document gets the same one on any machine, and two never share one.

`CANCU_BASE` moves what a publisher serves (`id/`, `graph/`); concepts and vocabulary stay where their Turtle puts them.
"""

from __future__ import annotations

import os
import re

from ingest.slug import slug, title_slug

HOME = "https://w3id.org/cancu/"
NAMESPACE = HOME + "ns#"

# "719/QĐ-UBND", "57-NQ/TW", "193/2025/QH15", "17a/CT-UBND": serial, a year that some issuers print, symbol
NUMBER = re.compile(r"(?P<serial>[0-9]+[a-zđ]?)(?:[/-](?:19|20)\d\d)?[/-](?P<symbol>[^\W\d_].*)", re.IGNORECASE)
JURISDICTION = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
# Lists go a, b, c, d, đ, e: the two letters need two addresses, spelled as on a Vietnamese keyboard.
TELEX = {"đ": "dd", "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}


def base() -> str:
    """Where this publisher serves its data, ending in a slash: "https://w3id.org/cancu/"."""
    return os.environ.get("CANCU_BASE", HOME).rstrip("/") + "/"


def split_number(number: str) -> tuple[str, str]:
    """ "01/NQ-CP" -> ("1", "NQ-CP"); a ValueError where either half is missing."""
    match = NUMBER.fullmatch("".join(number.split()))
    if match is None:
        raise ValueError(f"expected a document number such as 12/KH-UBND, got {number!r}")
    return match["serial"].lstrip("0") or "0", match["symbol"]


def serial(number: str) -> str:
    """ "719/QĐ-UBND" -> "719", "17a/CT-UBND" -> "17a", "01/NQ-CP" -> "1"."""
    printed = split_number(number)[0].lower()
    return printed.replace("đ", TELEX["đ"])


def symbol_slug(number: str) -> str:
    """ "57-NQ/TW" -> "nq-tw", "193/2025/QH15" -> "qh15": the year in a number is dropped."""
    return slug(split_number(number)[1])


def in_jurisdiction(kind: str, jurisdiction: str) -> str:
    """The start of an IRI below an issuer: in_jurisdiction("vn", "hung-yen") -> ".../id/vn/hung-yen"."""
    if JURISDICTION.fullmatch(jurisdiction) is None:
        raise ValueError(f"expected a jurisdiction such as a-b or a-b/c-d, got {jurisdiction!r}")
    return f"{base()}id/{kind}/{jurisdiction}"


def document_iri(number: str, jurisdiction: str, year: int) -> str:
    """719/QĐ-UBND of Hưng Yên in 2025 -> .../id/vn/hung-yen/qd-ubnd/2025/719"""
    return f"{in_jurisdiction('vn', jurisdiction)}/{symbol_slug(number)}/{year}/{serial(number)}"


def unnumbered_iri(jurisdiction: str, type_name: str, year: int | None, title: str) -> str:
    """The 2025 law on local government -> .../id/vn/trung-uong/luat/2025/to-chuc-chinh-quyen-dia-phuong"""
    return f"{in_jurisdiction('vn', jurisdiction)}/{slug(type_name)}/{year or 'khong-ro-nam'}/{title_slug(title)}"


def blank_number_iri(jurisdiction: str, symbol: str, year_month: str, sha256: str) -> str:
    """ "Số: /KH-UBND" of August 2022 -> .../id/vn/ha-nam/kh-ubnd/2022-08/chua-ro-so-1f0c83ab"""
    return f"{in_jurisdiction('vn', jurisdiction)}/{slug(symbol)}/{slug(year_month)}/chua-ro-so-{sha256[:8]}"


def item_iri(document: str, address: str) -> str:
    """Row 7 of annex II -> {document}/phu-luc/2/muc/7; point đ is `dd`, since point d is its neighbour."""
    return f"{document}/{'/'.join(step(each) for each in address.strip('/').split('/'))}"


def step(part: str) -> str:
    """One step of an address, in the letters of an IRI: "1.1" -> "1.1", "Đ" -> "dd", "gạch 2" -> "gach-2"."""
    letter = TELEX.get(part.casefold())
    return letter or ".".join(slug(each) for each in part.strip(".").split("."))


def agency_iri(jurisdiction: str, name: str) -> str:
    """Sở Y tế of Hưng Yên -> .../id/agency/hung-yen/so-y-te"""
    return f"{in_jurisdiction('agency', jurisdiction)}/{slug(name)}"


def collective_iri(jurisdiction: str, name: str) -> str:
    """ "Các sở, ban, ngành" of Hưng Yên -> .../id/collective/hung-yen/cac-so-ban-nganh"""
    return f"{in_jurisdiction('collective', jurisdiction)}/{slug(name)}"


def province_iri(province: str) -> str:
    """hung-yen-truoc-2025 -> https://w3id.org/cancu/id/province/hung-yen-truoc-2025"""
    return concept_iri("province", province)


def topic_iri(topic: str) -> str:
    """tri-tue-nhan-tao -> https://w3id.org/cancu/id/topic/tri-tue-nhan-tao"""
    return concept_iri("topic", topic)


def agency_type_iri(agency_type: str) -> str:
    """so-y-te -> https://w3id.org/cancu/id/agency-type/so-y-te"""
    return concept_iri("agency-type", agency_type)


def concept_iri(scheme: str, name: str) -> str:
    """A concept of the ontology, by its slug; a whole IRI stays as it is: concept_iri("topic", "du-lieu-so")."""
    return name if name.startswith(HOME) else f"{HOME}id/{scheme}/{name}"


def mention_iri(document: str, n: int) -> str:
    """The third mention of a document in a text -> {document}/vien-dan/3"""
    return f"{document}/vien-dan/{n}"


def link_iri(document: str, n: int) -> str:
    """The third relation that a text states -> {document}/lien-ket/3"""
    return f"{document}/lien-ket/{n}"


def unresolved_iri(document: str, n: int) -> str:
    """The third thing that a text leaves open -> {document}/chua-ro/3"""
    return f"{document}/chua-ro/{n}"


def impossible_date_iri(document: str, start: int) -> str:
    """A date at character 120 that no calendar has -> {document}/chua-ro/ngay-120"""
    return f"{document}/chua-ro/ngay-{start}"


def assignment_iri(item: str, role: str, name: str) -> str:
    """The lead of a task -> {task}/phan-cong/lead/so-y-te"""
    return f"{item}/phan-cong/{slug(role)}/{slug(name)}"


def date_statement_iri(stating: str, subject: str, date: str) -> str:
    """The day that one document gives for another -> {stating}/ngay/vn/trung-uong/nq-tw/2024/57/2024-12-22"""
    return f"{stating}/ngay/{below_id(subject)}/{date}"


def annotation_iri(subject: str, field: str) -> str:
    """Why a task is led by whom -> {task}/chung-cu/ledBy"""
    return f"{subject}/chung-cu/{field}"


def foreign_annotation_iri(stating: str, subject: str, field: str) -> str:
    """Why one document gives another its title -> {stating}/chung-cu/vn/trung-uong/nq-tw/2024/57/title"""
    return f"{stating}/chung-cu/{below_id(subject)}/{field}"


def quote_iri(document: str, start: int, end: int) -> str:
    """Characters 120 to 180 of a text -> {document}/trich/120-180"""
    return f"{document}/trich/{start}-{end}"


def selector_iri(quote: str) -> str:
    """The words and offsets of a quote -> {quote}/vi-tri"""
    return f"{quote}/vi-tri"


def graph_iri(document: str) -> str:
    """The named graph of a document: .../id/vn/... -> .../graph/vn/...; "agencies" -> .../graph/agencies"""
    return f"{base()}graph/{below_id(document)}"


def below_id(node: str) -> str:
    """The path that names a thing: ".../id/vn/hung-yen/qd-ubnd/2025/719" -> "vn/hung-yen/qd-ubnd/2025/719"."""
    return node.removeprefix(base() + "id/")


def about_iri(kind: str, name: str) -> str:
    """What the dataset says of itself: ("file", its sha256) -> .../id/file/{sha256}"""
    return f"{base()}id/{kind}/{name}"
