"""Filters that a caller sets beside the question."""

from __future__ import annotations

import pytest

from search_api.demands import DEMANDS, UnknownValue, demand
from search_api.question import read_question
from search_api.understood import FILTERS, Understood
from tests.asked import ID, brief, span, vocabulary


def ask(question: str, **demands: str) -> Understood:
    wanted = {name: tuple(value.split("|")) for name, value in demands.items()}
    return demand(read_question(question, vocabulary()), wanted, vocabulary())


def test_every_demand_sets_a_filter() -> None:
    assert set(DEMANDS.values()) == set(FILTERS) - {"excluded"}


@pytest.mark.parametrize(
    ("demands", "expected"),
    [
        pytest.param({"topic": "tri-tue-nhan-tao"}, {"topics": ["tri-tue-nhan-tao"]}, id="by-id"),
        pytest.param({"topic": "artificial intelligence"}, {"topics": ["tri-tue-nhan-tao"]}, id="by-a-name"),
        pytest.param({"topic": "TRI TUE NHAN TAO|chữ ký số"}, {"topics": ["tri-tue-nhan-tao", "chu-ky-so"]}, id="two"),
        pytest.param({"agency": "sở y tế", "role": "lead"}, {"agencies": ["so-y-te"], "role": "lead"}, id="agency"),
        pytest.param({"jurisdiction": "Hưng Yên"}, {"places": ["hung-yen"]}, id="province"),
        pytest.param({"kind": "task|Duty"}, {"kinds": ["task", "duty"]}, id="kinds"),
        pytest.param({"directive": "57-NQ/TW"}, {"directives": ["trung-uong/nq-tw/2024/57"]}, id="directive"),
    ],
)
def test_values_by_id_and_name(demands: dict[str, str], expected: dict[str, object]) -> None:
    found = {name: value for name, value in brief(ask("?", **demands)).items() if name != "text"}
    assert found == expected


def test_one_agency_of_a_type() -> None:
    (named,) = ask("?", agency=f"{ID}agency/bac-ninh/so-y-te").agencies
    assert named.ids == (f"{ID}agency/bac-ninh/so-y-te",)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2026", "2026-01-01..2026-12-31", id="year"),
        pytest.param("2028-02", "2028-02-01..2028-02-29", id="month"),
        pytest.param("2026-09-15", "2026-09-15..2026-09-15", id="day"),
        pytest.param("2026-01/2026-06", "2026-01-01..2026-06-30", id="span"),
        pytest.param("/2026", "..2026-12-31", id="open-beginning"),
        pytest.param("2026-07/", "2026-07-01..", id="open-end"),
    ],
)
def test_periods(value: str, expected: str) -> None:
    assert span(ask("?", due=value).due) == expected


def test_a_demand_stands_in_place_of_the_question() -> None:
    understood = ask("AI tasks due 2026", due="2027")
    assert span(understood.due) == "2027-01-01..2027-12-31"
    assert [each.id for each in understood.topics] == ["tri-tue-nhan-tao"]
    assert understood.demanded == {"due"}


@pytest.mark.parametrize(
    ("demands", "said"),
    [
        pytest.param({"topic": "tri tue nhan tap"}, "no topic is called tri tue nhan tap; the nearest are", id="near"),
        pytest.param({"topic": "zzzzzz"}, "no topic is called zzzzzz", id="far"),
        pytest.param({"topic": "chu ki so"}, "the nearest are chữ ký số", id="one-letter"),
        pytest.param({"role": "boss"}, "no role is called boss: expected one of", id="closed-list"),
        pytest.param({"role": "lead|coordinating"}, "role takes one value, got 2", id="two-roles"),
        pytest.param({"role": "lead"}, "role says what an agency does", id="role-of-nobody"),
        pytest.param({"due": "2026-13"}, "due is 2026-13: expected a year", id="no-month"),
        pytest.param({"due": "2027/2026"}, "due is 2027/2026", id="backwards"),
        pytest.param({"due": "/"}, "due is /", id="nothing"),
        pytest.param({"due": "0000"}, "due is 0000", id="year-zero"),
        pytest.param({"colour": "red"}, "no filter is called colour: expected one of topic, agency", id="no-filter"),
    ],
)
def test_unknown_values_name_the_nearest(demands: dict[str, str], said: str) -> None:
    with pytest.raises(UnknownValue) as problem:
        ask("?", **demands)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("topic", ["nope", "zzzzzz", "xe máy", "abc"])
def test_nothing_is_offered_that_is_not_spelt_alike(topic: str) -> None:
    with pytest.raises(UnknownValue) as problem:
        ask("?", topic=topic)
    assert problem.value.near == ()
