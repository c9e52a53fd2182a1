"""The head of a table: what its columns mean, also where it stands on two lines, and what a cell shows by its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ingest.fold import squeeze
from ingest.lines import drop_emphasis
from ingest.reference import load_patterns

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_YEAR = re.compile(r"(?:năm )?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?", re.IGNORECASE)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTED = re.compile(r"\(?(\d{1,2}|[A-D])\)?(?:\s*=.*)?")
MIN_HEADS = 3  # a table of tasks has at least a number, a text and one more column
_MAX_HEAD = 90  # a cell that goes on longer is no head
# Columns without which a table is no list of tasks or indicators.
_MAIN = frozenset({"content", "name", "indicator"})
_OF_TASKS = frozenset({"lead", "coordinating", "output", "deadline"})
# Columns of figures: no table of tasks has them, and a table of indicators may have many of one kind.
_FIGURES = frozenset({"value", "baseline", "goal", "amount"})
_DONE_OR_PAID = frozenset({"coordinating", "output", "deadline", "funding"})
_OVER_YEARS = frozenset({"", "goal", "value", "baseline", "deadline", "indicator", "lead", "output"})


@lru_cache(maxsize=4096)
def column_of(head: str) -> str:
    """The meaning of a column head: "Đơn vị chủ trì" -> lead, "" when unknown."""
    return next(_meanings(head), "")


@lru_cache(maxsize=4096)
def figure_of(head: str) -> str:
    """Which figures a column of an indicator table holds: "Kết quả thực hiện" -> baseline, "" when it holds none."""
    return next((column for column in _meanings(head) if column in _FIGURES), "")


def task_column_of(head: str) -> str:
    """The meaning of a head in a table of tasks, where no column holds figures: "Năm 2026" -> ""."""
    column = column_of(head)
    return "" if column in _FIGURES else column


def _meanings(head: str) -> Iterator[str]:
    text = plain_words(head).strip(" *_:|.")
    for words in (text, _BRACKET.sub("", text)) if len(text) <= _MAX_HEAD else ():
        for row, pattern in load_patterns("columns"):
            if words and pattern.search(words):
                yield str(row["column"])


def cell_kind(text: str) -> str:
    """What a cell shows by its form alone: serial "7.", group "IV", code "CQS1.2", funding, or text."""
    flat = plain_words(text)
    return next((row["kind"] for row, pattern in load_patterns("cells") if pattern.search(flat)), "text")


def plain_words(text: str) -> str:
    """The words of a cell on one line, without Markdown: "**Số hóa**<br>hồ sơ" -> "Số hóa hồ sơ"."""
    return squeeze(drop_emphasis(_BREAK.sub(" ", text)).replace("\\|", "|"))


def kind_of(columns: Sequence[str]) -> str:
    """What a table with these columns lists: "STT | Chỉ tiêu | ĐVT | Năm 2025" -> indicators."""
    named = set(columns)
    if "indicator" in named and not ("content" in named and named & _OF_TASKS):
        return "indicators"
    return "other" if "unit" in named and not named & _OF_TASKS else "tasks"


def columns_of(heads: Sequence[str]) -> tuple[str, ...] | None:
    """The meanings of a row of heads, or None when it is no head of a table of tasks."""
    columns = _name_lead(_name_indicators(heads))
    figures = sum(column in _FIGURES for column in columns) if "indicator" in columns else 0
    columns = tuple("" if column in _FIGURES else column for column in columns)
    known = len(set(columns) - {""}) + figures
    if known < min(MIN_HEADS, len(heads)) or not _MAIN & set(columns) or len(heads) < 2:
        return None
    return _split_repeats(columns)


def _name_lead(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Where something is to be done by a day, "Đơn vị" is who does it and no unit of measure."""
    named = set(columns)
    if "lead" in named or columns.count("unit") != 1 or named & {"indicator", *_FIGURES}:
        return columns
    tasks = {"content", "name"} & named and {"coordinating", "deadline"} & named
    return tuple("lead" if column == "unit" else column for column in columns) if tasks else columns


def _name_indicators(heads: Sequence[str]) -> tuple[str, ...]:
    """The meanings of heads, "Mục tiêu" or "Nội dung" an indicator where a unit and figures stand beside it."""
    columns = tuple(column_of(head) for head in heads)
    named = set(columns)
    if "indicator" in named or "unit" not in named:
        return columns
    what = {"content", "name"} if {"content", "name"} & named else {"goal"}
    beside = {"value", "baseline", "goal"} - what
    goals = [at for at, head in enumerate(heads) if columns[at] in what]
    if (
        len(goals) != 1
        or figure_of(heads[goals[0]]) != "goal"
        or not beside & named
        or (what != {"goal"} and _DONE_OR_PAID & named)
    ):
        return columns
    return (*columns[: goals[0]], "indicator", *columns[goals[0] + 1 :])


def _split_repeats(columns: tuple[str, ...]) -> tuple[str, ...]:
    """One column for each meaning; what stands in for a missing one takes its place.

    A name without content is the task itself, the first of two contents is a name ("Nhiệm vụ | Nội dung thực hiện"),
    and the form of a document is the output where no other is asked for. A second column of one meaning is unknown.
    """
    measured = {"indicator", "unit"} <= set(columns)  # "Lĩnh vực | Chỉ tiêu | ĐVT"
    if "content" not in columns and "name" in columns and not measured:
        columns = tuple("content" if column == "name" else column for column in columns)
    if columns.count("content") > 1 and "name" not in columns:
        first = columns.index("content")
        columns = (*columns[:first], "name", *columns[first + 1 :])
    if "form" in columns and "output" not in columns:
        columns = tuple("output" if column == "form" else column for column in columns)
    return tuple(column if column not in columns[:at] else "" for at, column in enumerate(columns))


def is_second_head(heads: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row goes on with the head: it has no number, and all it says are heads or years."""
    names = [text for text in below if text]
    known = all(task_column_of(name) or _YEAR.fullmatch(plain_words(name)) for name in names)
    return len(names) > 1 and "" in heads[1:] and known


def merge_heads(heads: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """One head from two lines: names, left to right, over the columns that a head above spans.

    "TT | Nhiệm vụ | Phân công || Thời gian" over "|| Chủ trì | Phối hợp ||" -> "TT, Nhiệm vụ, Chủ trì, Phối hợp, ...".
    """
    names = [text for text in below if text]
    spans = [at for at, head in enumerate(heads) if not head or (at + 1 < len(heads) and not heads[at + 1])]
    printed = [head for head in heads if head]
    whose = {task_column_of(name) for name in names}
    if len(spans) > len(names) and spans == list(range(spans[0], len(heads))):
        spans = spans[: len(names)]  # one head over the last columns, padded further
    wanted = {"lead", ""} if whose <= {"lead", "coordinating"} else {"deadline", "", "indicator", "funding", "output"}
    if len(spans) == len(names) and {task_column_of(heads[at]) for at in spans if heads[at]} <= wanted:
        over = dict(zip(spans, _under(heads, spans, names), strict=True))
        return tuple(over.get(at, head) for at, head in enumerate(heads))
    # the span was lost and the head is padded on the right: "TT | Nhiệm vụ | Phân công | Thời gian |"
    parents = [at for at, head in enumerate(printed) if at and task_column_of(head) in wanted]
    if len(printed) + len(names) - 1 != len(heads) or not parents:
        return tuple(heads)
    parent = parents[0]
    below_parent = [name if task_column_of(name) else f"{printed[parent]} {name}" for name in names]
    return (*printed[:parent], *below_parent, *printed[parent + 1 :])


def merge_years(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...] | None:
    """The head of an indicator table with the years under it, None when the second line is none.

    "Chỉ tiêu | ĐVT | Mục tiêu |" over "|| 2025 | 2030" -> "Chỉ tiêu, ĐVT, Mục tiêu 2025, Mục tiêu 2030".
    """
    first = columns_of(above)
    if first and kind_of(first) == "tasks":
        return None
    merged = _years_by_place(above, below) or _years_by_count(above, [name for name in below if name])
    columns = columns_of(merged) if merged else None
    return merged if columns and kind_of(columns) == "indicators" else None


def merge_last_years(heads: Sequence[str]) -> tuple[str, ...]:
    """The same where all heads stand in one run: "Chỉ tiêu, ĐVT, Mục tiêu, Ghi chú, 2025, 2030"."""
    first = len(heads)
    while first and _YEAR.fullmatch(plain_words(heads[first - 1])):
        first -= 1
    return merge_years(heads[:first], heads[first:]) or tuple(heads)


def _years_by_place(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...] | None:
    """Each name under its own place; a head may stand again in the line below."""
    if len(above) != len(below) or not any(below):
        return None
    merged, parent = [], ""
    for head, name in zip(above, below, strict=True):
        parent = head or parent
        again = plain_words(name) in ("", plain_words(head))
        if (not again and not _names_figures(parent, name)) or (again and not head):
            return None
        merged.append(head if again else f"{parent} {name}")
    return tuple(merged) if merged != list(above) else None


def _years_by_count(above: Sequence[str], names: Sequence[str]) -> tuple[str, ...] | None:
    """All names under the one head that can span them, where the places were lost."""
    printed = [head for head in above if head]
    spanning = [at for at, head in enumerate(printed) if at and _spans_years(head)]
    at = min(spanning, key=lambda at: _unlike_span(printed[at]), default=0)
    blanks = len(above) - len(printed)
    padded = tuple(above[: len(printed)]) == tuple(printed)  # all blanks stand at the end
    enough = blanks == len(names) - 1 or (padded and (not blanks or blanks >= len(names) - 1))
    if not at or len(names) < MIN_HEADS - 1 or not enough:
        return None
    if not all(_names_figures(printed[at], name) for name in names):
        return None
    return (*printed[:at], *(f"{printed[at]} {name}" for name in names), *printed[at + 1 :])


def _spans_years(head: str) -> bool:
    column = column_of(head)
    return column == "deadline" or (column in _OVER_YEARS and figure_of(head) != "")


def _unlike_span(head: str) -> tuple[bool, int]:
    """How little a head looks like one over years: one with a year of its own least of all."""
    return _ANY_YEAR.search(head) is not None, ("value", "goal", "amount", "", "baseline").index(figure_of(head))


def _names_figures(parent: str, name: str) -> bool:
    return column_of(parent) in _OVER_YEARS and figure_of(name) in ("value", "baseline")


def _under(heads: Sequence[str], spans: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    parent = ""
    for at, name in zip(spans, names, strict=True):
        parent = heads[at] or parent
        yield name if task_column_of(name) else f"{parent} {name}"


def counts_columns(texts: Sequence[str]) -> bool:
    """A row of column numbers: "(1) | (2) | (3)", "A | B | 1 | 2"."""
    found = [_COUNTED.fullmatch(text.upper()) for text in texts]
    labels = [one[1] for one in found if one]
    numbers = [int(label) for label in labels if label.isdigit()]
    return len(labels) == len(texts) >= MIN_HEADS and numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1
