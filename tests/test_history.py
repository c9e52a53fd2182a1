"""What came before a body and what took over: its kind and its province may both have changed."""

from __future__ import annotations

import pytest

from graph.facts import Facts
from graph.history import Body, find_history
from graph.store import open_store
from tests.plans_kb import plans_generation
from tests.small_corpus import ID

AGENCY = ID + "agency/"
MERGER = "Nghị quyết số 202/2025/QH15 ngày 12/06/2025 của Quốc hội"

CASES = [
    pytest.param(
        "hung-yen/so-khoa-hoc-va-cong-nghe",
        [("Sở Khoa học và Công nghệ", "Tỉnh Hưng Yên (trước ngày 01/07/2025)", "2025-06-30", (MERGER,)),
         ("Sở Khoa học và Công nghệ", "Tỉnh Thái Bình", "2025-06-30", (MERGER,)),
         ("Sở Thông tin và Truyền thông", "Tỉnh Hưng Yên (trước ngày 01/07/2025)", "2025-02-28", ()),
         ("Sở Thông tin và Truyền thông", "Tỉnh Thái Bình", "2025-02-28", ())],
        [],
        id="kind-and-province-both-merged",
    ),
    pytest.param(
        "ha-nam/so-ke-hoach-va-dau-tu",
        [],
        [("Sở Tài chính", "Tỉnh Hà Nam", "2025-06-30", (MERGER,)), ("Sở Tài chính", "Tỉnh Ninh Bình", None, (MERGER,))],
        id="merged-before-its-province-did",
    ),
    pytest.param(
        "trung-uong/bo-khoa-hoc-va-cong-nghe",
        [("Bộ Thông tin và Truyền thông", "", "2025-02-28", ())],
        [],
        id="a-ministry-has-no-province",
    ),
]  # fmt: skip


def tell(body: Body) -> tuple[str, str, str | None, tuple[str, ...]]:
    return body.name, body.province, body.ended, body.sources


@pytest.mark.parametrize(("agency", "before", "after"), CASES)
def test_bodies_before_and_after(agency: str, before: list[object], after: list[object]) -> None:
    found = find_history(Facts(open_store(plans_generation().store)), AGENCY + agency)
    assert found is not None
    assert ([tell(each) for each in found.before], [tell(each) for each in found.after]) == (before, after)


def test_nothing_is_known_of_a_body_without_a_kind() -> None:
    assert find_history(Facts(open_store(plans_generation().store)), AGENCY + "hung-yen/khong-co") is None
