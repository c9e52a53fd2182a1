"""Whose document a number belongs to: a province, a unit below it, or the centre."""

from __future__ import annotations

import re
from functools import cache

from ingest.fold import fold
from ingest.identity import issuer_of_symbol
from ingest.slug import slug
from ontology import AgencyType, Province, load_provinces

CENTRE = "trung-uong"
UNKNOWN = "khong-ro"  # a held document whose pages name no province and no central issuer
# Bodies that speak for a whole province: their numbers are the province's own.
_PROVINCIAL = frozenset({"ubnd-tinh", "hdnd-tinh", "tinh-uy", "ban-thuong-vu-tinh-uy", "ban-chap-hanh-dang-bo-tinh"})


def jurisdiction_of(symbol: str, province: str | None, unit: str | None = None) -> str | None:
    """The jurisdiction of a symbol in a province, or in a commune or district of it.

    ("QĐ-TTg", any) -> trung-uong, ("TTr-SKHCN", "hung-yen") -> hung-yen/so-khoa-hoc-va-cong-nghe; None when it needs a
    province and none is known.
    """
    issuer = issuer_of_symbol(symbol)
    if issuer is None:
        organ = re.split(r"[-/]", symbol)[-1]
        # ministries sign as B..., whoever else is unknown is taken for a unit of the province that speaks
        return CENTRE if province is None or organ.startswith("B") else f"{province}/{slug(organ)}"
    if "central" in issuer.level:
        return CENTRE
    if province is None:
        return None
    if unit:
        return f"{province}/{slug(unit)}"
    return province if _speaks_for_province(issuer) else f"{province}/{slug(issuer.vi)}"


def _speaks_for_province(issuer: AgencyType) -> bool:
    return issuer.id in _PROVINCIAL


@cache
def _families() -> tuple[tuple[str, str], ...]:
    names = {(fold(name), p.family) for p in load_provinces() for name in (p.short, *p.alt)}
    return tuple(sorted(names, key=lambda pair: (-len(pair[0]), pair[0])))


def family_of(name: str | None) -> str | None:
    """The slug of a province in document IRIs: "Hưng Yên" -> hung-yen, before and after the merger."""
    folded = fold(name) if name else ""
    return next((family for short, family in _families() if short == folded), None)


def family_in(text: str | None) -> str | None:
    """The province that a phrase names: "UBND tỉnh Hà Nam" -> ha-nam, "UBND tỉnh" -> None."""
    folded = f" {fold(text)} " if text else ""
    return next((family for short, family in _families() if f" {short} " in folded), None)


@cache
def lives_of(province: str) -> tuple[Province, ...]:
    """Every life of a province: lives_of("hung-yen") are that until 30 June 2025 and that since."""
    return tuple(each for each in load_provinces() if province in (each.family, each.slug))


def province_life(jurisdiction: str, date: str | None) -> str:
    """The life that a date chooses: ("hung-yen", "2025-05-19") -> "hung-yen-truoc-2025"; what is no province stays."""
    province = jurisdiction.split("/")[0]
    lives = lives_of(province)
    if not lives:
        return province
    if date is None:
        return next((each.slug for each in lives if each.valid_to is None), lives[-1].slug)
    day = (date + {4: "-12-31", 7: "-01"}.get(len(date), ""))[:10]  # only the year: its last day
    alive = [each.slug for each in lives if (each.valid_from or "") <= day <= (each.valid_to or "9")]
    return alive[0] if alive else lives[-1].slug
