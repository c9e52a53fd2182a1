"""A vocabulary of a few made-up records, and what was understood in a form short enough for a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from search_api.understood import Named, Period, Understood
from search_api.vocabulary import Vocabulary
from search_api.vocabulary_build import build_vocabulary

ID = "https://w3id.org/cancu/id/"


def document(type_: str, number: str | None, date: str | None, path: str) -> dict[str, Any]:
    """document("Nghị quyết", "57-NQ/TW", "2024-12-22", "trung-uong/nq-tw/2024/57"): as far as a vocabulary looks."""
    place = "/".join(path.split("/")[:-3])
    iri = f"{ID}vn/{path}"
    return {"record": "document", "id": iri, "type": type_, "number": number, "date": date, "jurisdiction": place}


def agency(path: str, name: str, type_: str | None, *, collective: bool = False) -> dict[str, Any]:
    """agency("hung-yen/so-y-te", "Sở Y tế", "so-y-te")"""
    iri = f"{ID}{'collective' if collective else 'agency'}/{path}"
    return {
        "record": "agency", "id": iri, "name": name, "type": type_, "collective": collective, "as_written": [name],
    }  # fmt: skip


RECORDS = (
    document("Nghị quyết", "57-NQ/TW", "2024-12-22", "trung-uong/nq-tw/2024/57"),
    document("Nghị quyết", "71/NQ-CP", "2025-04-01", "trung-uong/nq-cp/2025/71"),
    document("Nghị định", "88/2025/NĐ-CP", None, "trung-uong/nd-cp/2025/88"),
    document("Quyết định", "569/QĐ-TTg", "2022-05-11", "trung-uong/qd-ttg/2022/569"),
    document("Quyết định", "844/QĐ-TTg", "2016-05-18", "trung-uong/qd-ttg/2016/844"),
    document("Quyết định", "719/QĐ-UBND", "2025-08-27", "hung-yen/qd-ubnd/2025/719"),
    document("Kế hoạch", "102/KH-UBND", "2025-05-19", "hung-yen/kh-ubnd/2025/102"),
    document("Kế hoạch", "102/KH-UBND", "2022-05-31", "tuyen-quang/kh-ubnd/2022/102"),
    document("Kế hoạch", None, "2024-02", "hung-yen/so-khoa-hoc-va-cong-nghe/kh-skhcn/2024-02/chua-ro-so"),
    agency("hung-yen/so-y-te", "Sở Y tế", "so-y-te"),
    agency("bac-ninh/so-y-te", "Sở Y tế", "so-y-te"),
    agency("hung-yen/so-khoa-hoc-va-cong-nghe", "Sở Khoa học và Công nghệ", "so-khoa-hoc-va-cong-nghe"),
    agency("tuyen-quang-truoc-2025/truong-dai-hoc-tan-trao", "Trường Đại học Tân Trào", None),
    agency("hung-yen/ubnd-cap-xa", "UBND cấp xã", None, collective=True),
    agency("hung-yen/ubnd-cac-xa-phuong", "UBND các xã, phường", None, collective=True),
    agency("hung-yen/ubnd-cac-huyen-thanh-pho", "UBND các huyện, thành phố", None, collective=True),
    agency("hung-yen/cac-so-ban-nganh", "Các sở, ban, ngành", None, collective=True),
    agency("hung-yen/cac-so-nganh-lien-quan", "Các sở, ngành liên quan", None, collective=True),
    agency("hung-yen/cac-to-chuc-ca-nhan", "Các tổ chức, cá nhân", None, collective=True),
    agency("hung-yen/doanh-nghiep", "doanh nghiệp", None, collective=True),
)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of these records, once a process."""
    return build_vocabulary(RECORDS)


def brief(understood: Understood) -> dict[str, object]:
    """What is not empty: {"text": "AI", "topics": ["tri-tue-nhan-tao"], "due": "2026-01-01..2026-12-31"}."""
    found = {
        "text": understood.text,
        "topics": names(understood.topics),
        "agencies": names(understood.agencies),
        "role": understood.role and understood.role.id,
        "places": names(understood.jurisdictions),
        "due": span(understood.due),
        "active": span(understood.active),
        "kinds": names(understood.kinds),
        "excluded": [(each.id.removeprefix(f"{ID}vn/"), each.words) for each in understood.excluded],
        "directives": [each.removeprefix("vn/") for each in names(understood.directives)],
    }
    return {name: value for name, value in found.items() if value}


def names(named: Sequence[Named]) -> list[str]:
    """The ids of what was named, in the order of the question."""
    return [each.id.removeprefix(ID) for each in named]


def span(period: Period | None) -> str:
    """ "2026-01-01..2026-12-31", "..2030-12-31" """
    return f"{period.start or ''}..{period.end or ''}" if period else ""
