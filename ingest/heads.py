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
_COUNTED = re.compile(r"\(?(\d{1,2}|[A-D])\)?(?:\s*=.*)?")
MIN_HEADS = 3  # a table of tasks has at least a number, a text and one more column
_MAX_HEAD = 90  # a cell that goes on longer is no head
# Columns without which a table is no list of tasks or indicators.
_MAIN = frozenset({"content", "name", "indicator"})
_OF_TASKS = frozenset({"lead", "coordinating", "output", "deadline"})


@lru_cache(maxsize=4096)
def column_of(head: str) -> str:
    """The meaning of a column head: "Đơn vị chủ trì" -> lead, "" when unknown."""
    text = plain_words(head).strip(" *_:|.")
    if len(text) > _MAX_HEAD:
        return ""
    for words in (text, _BRACKET.sub("", text)):
        for row, pattern in load_patterns("columns"):
            if words and pattern.search(words):
                return str(row["column"])
    return ""


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
    columns = tuple(column_of(head) for head in heads)
    if len(set(columns) - {""}) < min(MIN_HEADS, len(heads)) or not _MAIN & set(columns) or len(heads) < 2:
        return None
    return _split_repeats(columns)


def _split_repeats(columns: tuple[str, ...]) -> tuple[str, ...]:
    """One column for each meaning; what stands in for a missing one takes its place.

    A name without content is the task itself, the first of two contents is a name ("Nhiệm vụ | Nội dung thực hiện"),
    and the form of a document is the output where no other is asked for. A second column of one meaning is unknown.
    """
    if "content" not in columns and "name" in columns:
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
    known = all(column_of(name) or _YEAR.fullmatch(plain_words(name)) for name in names)
    return len(names) > 1 and "" in heads[1:] and known


def merge_heads(heads: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """One head from two lines: names, left to right, over the columns that a head above spans.

    "TT | Nhiệm vụ | Phân công || Thời gian" over "|| Chủ trì | Phối hợp ||" -> "TT, Nhiệm vụ, Chủ trì, Phối hợp, ...".
    """
    names = [text for text in below if text]
    spans = [at for at, head in enumerate(heads) if not head or (at + 1 < len(heads) and not heads[at + 1])]
    printed = [head for head in heads if head]
    whose = {column_of(name) for name in names}
    if len(spans) > len(names) and spans == list(range(spans[0], len(heads))):
        spans = spans[: len(names)]  # one head over the last columns, padded further
    wanted = {"lead", ""} if whose <= {"lead", "coordinating"} else {"deadline", "", "indicator", "funding", "output"}
    if len(spans) == len(names) and {column_of(heads[at]) for at in spans if heads[at]} <= wanted:
        over = dict(zip(spans, _under(heads, spans, names), strict=True))
        return tuple(over.get(at, head) for at, head in enumerate(heads))
    # the span was lost and the head is padded on the right: "TT | Nhiệm vụ | Phân công | Thời gian |"
    parents = [at for at, head in enumerate(printed) if at and column_of(head) in wanted]
    if len(printed) + len(names) - 1 != len(heads) or not parents:
        return tuple(heads)
    parent = parents[0]
    below_parent = [name if column_of(name) else f"{printed[parent]} {name}" for name in names]
    return (*printed[:parent], *below_parent, *printed[parent + 1 :])


def _under(heads: Sequence[str], spans: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    parent = ""
    for at, name in zip(spans, names, strict=True):
        parent = heads[at] or parent
        yield name if column_of(name) else f"{parent} {name}"


def counts_columns(texts: Sequence[str]) -> bool:
    """A row of column numbers: "(1) | (2) | (3)", "A | B | 1 | 2"."""
    found = [_COUNTED.fullmatch(text.upper()) for text in texts]
    labels = [one[1] for one in found if one]
    numbers = [int(label) for label in labels if label.isdigit()]
    return len(labels) == len(texts) >= MIN_HEADS and numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1
