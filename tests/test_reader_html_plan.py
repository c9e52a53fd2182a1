"""A plan as a web page says what its text says, whatever stands around it."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.readers.html import read_html
from tests.plan_as_docx import laid_source
from tests.plan_as_html import plan_html
from tests.test_reader_docx_plan import PLANS, plan_records, plan_source, said

MENU = "<ul>" + "".join(f'<li><a href="/{at}">Chuyên mục số {at}</a></li>' for at in range(30)) + "</ul>"
SITE_HEAD = (
    f'<header><div class="logo">CỔNG THÔNG TIN ĐIỆN TỬ</div></header><nav>{MENU}</nav><div id="main"><div id="text">'
)
SITE_FOOT = (
    f'</div><div class="side"><h3>Văn bản mới</h3>{MENU}<p>Tin ngắn: ngày hội chuyển đổi số.</p></div></div>'
    "<footer><p>Cơ quan chủ quản: Văn phòng. Địa chỉ: 10 đường Chùa Chuông.</p></footer>"
)


@pytest.mark.parametrize(
    ("before", "after"), [pytest.param("", "", id="alone"), pytest.param(SITE_HEAD, SITE_FOOT, id="in-a-portal")]
)
@pytest.mark.parametrize("name", PLANS)
def test_plan_says_the_same_as_a_web_page(name: str, before: str, after: str) -> None:
    reading = read_html(plan_html(plan_source(name), before, after))
    found = said(extract(laid_source(reading, name)))
    box = {value for _, value in reading.portal}
    for kind, records in said(plan_records(name)).items():
        assert _without(found[kind], box) == _without(records, box)


def _without(records: list[object], box: set[str]) -> list[object]:
    """Records but for what is the whole of a value in the site's box, which is told apart from the document."""
    return [each for each in records if not (isinstance(each, tuple) and each[-1] in box)]
