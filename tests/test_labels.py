"""Values of parameters by any name that the store or the vocabulary knows."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from graph.generations import Problem
from graph.labels import KINDS, find_value
from graph.shipped import list_shipped
from graph.store import open_store
from tests.small_kb import small_generation
from tests.test_cli import cancu


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store(small_generation().store)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        pytest.param("agency", "Sở Khoa học và Công nghệ", "Sở Khoa học và Công nghệ", id="as-it-is"),
        pytest.param("agency", "sở khoa học và công nghệ", "Sở Khoa học và Công nghệ", id="lower-case"),
        pytest.param("agency", "so  khoa hoc va cong nghe", "Sở Khoa học và Công nghệ", id="without-accents"),
        pytest.param("agency", "Sở KH&CN", "Sở Khoa học và Công nghệ", id="as-the-plan-writes-it"),
        pytest.param("agency", "SỞ KH & CN", "Sở Khoa học và Công nghệ", id="spaces-around-and"),
        pytest.param("agency", "Sở KHCN", "Sở Khoa học và Công nghệ", id="as-the-vocabulary-has-it"),
        pytest.param("agency", "Department of Science and Technology", "Sở Khoa học và Công nghệ", id="in-english"),
        pytest.param("topic", "artificial intelligence", "artificial intelligence", id="topic-as-it-is"),
        pytest.param("topic", "Trí tuệ nhân tạo", "artificial intelligence", id="topic-in-vietnamese"),
        pytest.param("topic", "tri tue nhan tao", "artificial intelligence", id="topic-without-accents"),
        pytest.param("topic", "AI", "artificial intelligence", id="topic-abbreviated"),
        pytest.param("province", "hung-yen", "hung-yen", id="the-letters-of-the-iri"),
        pytest.param("province", "Hưng Yên", "hung-yen", id="province"),
        pytest.param("province", "tỉnh Hưng Yên", "hung-yen", id="with-its-kind"),
        pytest.param("province", "Hưng Yên Province (before 1 July 2025)", "hung-yen-truoc-2025", id="an-earlier-life"),
        pytest.param("jurisdiction", "Trung ương", "trung-uong", id="the-centre"),
    ],
)
def test_a_name_stands_for_a_value(store: Store, kind: str, text: str, value: str) -> None:
    assert find_value(store, kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        pytest.param("agency", "Sở Khoa học", 'no agency is called "Sở Khoa học"; nearest: Sở Khoa học', id="agency"),
        pytest.param("topic", "trí tuệ", 'no topic is called "trí tuệ"', id="topic"),
        pytest.param("province", "Atlantis", 'no province is called "Atlantis"', id="province"),
    ],
)
def test_what_nothing_is_called_is_said(store: Store, kind: str, text: str, message: str) -> None:
    with pytest.raises(Problem) as caught:
        find_value(store, kind, text)
    assert str(caught.value).startswith(message)


def test_a_shipped_query_takes_such_names() -> None:
    assert {kind for each in list_shipped() for kind in each.params.values()} >= KINDS
    found = cancu("sparql", "tasks_led_by_agency", "--param", "name=so kh&cn", "--format", "csv")
    assert (found.returncode, len(found.stdout.splitlines())) == (0, 2)
    none = cancu("sparql", "tasks_led_by_agency", "--param", "name=Sở Hàng hải", "--format", "csv")
    assert (none.returncode, none.stdout, none.stderr.count("\n")) == (2, "", 1)
    assert 'no agency is called "Sở Hàng hải"; nearest: ' in none.stderr


def test_a_query_file_that_is_not_text_is_a_plain_line() -> None:
    done = cancu("sparql", "-f", "/bin/sh")
    assert (done.returncode, done.stderr) == (2, "cancu: /bin/sh cannot be read: it is not UTF-8 text\n")
