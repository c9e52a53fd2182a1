"""Two files of one document: the first is used, the other named, and every other document is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.inputs import NothingUsable
from graph.pipeline import add, build, remove
from tests.small_kb import plan_text
from tests.test_pipeline import numbers, refused, write

COPY = plan_text(11) + " "
HELD = "is 11/KH-UBND of 5/8/2025, already held as a.txt"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    write(folder, {"a.txt": plan_text(11), "b.txt": plan_text(12)})
    return folder


def test_a_folder_with_a_copy_is_built_without_it(plans: Path, tmp_path: Path) -> None:
    write(plans, {"other.txt": COPY, "third.txt": COPY + " "})
    for _ in range(2):  # the second build finds that nothing changed
        result = build([plans], tmp_path / "kb")
        assert (result.used, result.exit_code) == (("a.txt", "b.txt"), 3)
        assert refused(result) == {"other.txt": HELD, "third.txt": HELD}
    assert numbers(tmp_path / "kb") == {"11/KH-UBND", "12/KH-UBND"}


def test_what_is_held_stays_though_its_name_comes_later(plans: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    build([plans], kb)
    write(tmp_path, {"0.txt": COPY, "c.txt": plan_text(13)})
    with pytest.raises(NothingUsable) as caught:
        add([tmp_path / "0.txt"], kb)
    reason = f"{HELD} (`cancu remove a.txt` first to take this one)"
    assert [each.reason for each in caught.value.refused] == [reason]
    result = add([tmp_path / "0.txt", tmp_path / "c.txt"], kb)
    assert (result.used, result.exit_code, refused(result)) == (("a.txt", "b.txt", "c.txt"), 3, {"0.txt": reason})
    remove("a.txt", kb)
    assert add([tmp_path / "0.txt"], kb).used == ("0.txt", "b.txt", "c.txt")


def test_a_copy_under_a_known_name_does_not_push_out_the_plan_of_that_name(plans: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    build([plans], kb)
    write(tmp_path / "more", {"b.txt": COPY, "c.txt": plan_text(13), "d.txt": plan_text(12) + " "})
    result = add([tmp_path / "more"], kb)
    assert (result.used, list(refused(result))) == (("a.txt", "b.txt", "c.txt"), ["b.txt", "d.txt"])
    assert numbers(kb) == {"11/KH-UBND", "12/KH-UBND", "13/KH-UBND"}


def test_the_same_number_a_year_later_is_another_plan(plans: Path, tmp_path: Path) -> None:
    later = plan_text(11).replace("năm 2025", "năm 2026")
    write(plans, {"later.txt": later})
    result = build([plans], tmp_path / "kb")
    assert (result.used, result.exit_code) == (("a.txt", "b.txt", "later.txt"), 0)
