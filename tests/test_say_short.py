"""Short names as people read them: a plan whose number is left blank goes by type, issuer and date."""

from __future__ import annotations

from typing import Any

import pytest

from search_api.present import say_short

PATH = "vn/ha-nam/kh-ubnd/2022-08/chua-ro-so-a9dc43d6"
BLANK = {"number": None, "type": "Kế hoạch", "issuer": "UBND tỉnh Hà Nam", "date": "2022-08"}


@pytest.mark.parametrize(
    ("short", "document", "language", "said"),
    [
        pytest.param(PATH, BLANK, "vi", "Kế hoạch chưa ghi số, UBND tỉnh Hà Nam, 08/2022", id="document"),
        pytest.param(f"{PATH}#II.7", BLANK, "en", "Kế hoạch without a number, UBND tỉnh Hà Nam, August 2022#II.7",
                     id="row-in-english"),
        pytest.param("719/QĐ-UBND#II.7", {**BLANK, "number": "719/QĐ-UBND"}, "vi", "719/QĐ-UBND#II.7", id="numbered"),
        pytest.param("vn/trung-uong/luat/x", {**BLANK, "date": None}, "vi", "vn/trung-uong/luat/x", id="no-date"),
    ],
)  # fmt: skip
def test_short_names_for_people(short: str, document: dict[str, Any], language: str, said: str) -> None:
    assert say_short(short, document, language) == said
