"""`cancu search`: one question, one answer, without torch, so that it is there in a second."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from graph.generations import Problem, open_current
from graph.trace_text import print_place
from search_api.encoder import Encoder
from search_api.messages import load_messages
from search_api.present import describe_deadline, kind_of, list_chips, list_names, list_notices, say_short, title_of
from search_api.search import Ask, open_search
from search_api.understood import FILTERS

WIDEST, NARROWEST = 120, 40


def read_ask(query: str, filters: Sequence[str], ignore: Sequence[str]) -> Ask:
    """A question with the filters of the command line: read_ask("AI", ["due=2026"], ["topics"])."""
    demands: dict[str, tuple[str, ...]] = {}
    for each in filters:
        name, equals, value = each.partition("=")
        if not (equals and value.strip()):
            raise Problem(f"--filter {each[:100]}: expected NAME=VALUE, as in due=2026")
        demands[name.strip()] = (*demands.get(name.strip(), ()), value.strip())
    for each in ignore:
        if each not in FILTERS:
            raise Problem(f"--ignore {each[:100]}: expected one of {', '.join(FILTERS)}")
    return Ask(query, ignore=tuple(ignore), demands=demands)


def run_search(kb: Path, ask: Ask, as_json: bool, load: Callable[[str], Encoder]) -> None:
    """Print the answer to a question, for people or as JSON."""
    if not ask.query.strip() and not ask.demands:
        raise Problem("expected a question, got nothing")
    answer = open_search(open_current(kb), load).find(ask)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        width = max(NARROWEST, min(shutil.get_terminal_size((100, 24)).columns, WIDEST))
        click.echo("\n".join(render_answer(answer, width, ask.offset)))


def render_answer(answer: Mapping[str, Any], width: int, offset: int = 0) -> Iterator[str]:
    """The answer as lines of text, in the language of the question."""
    language = "en" if answer["understood"]["language"] == "en" else "vi"
    say = load_messages(language)
    yield from _fill(f"{say['understood']}: {_describe_question(answer, language)}", width, "  ")
    for notice in list_notices(answer, language):
        yield from _fill(notice, width, "  ")
    shown, total = offset + len(answer["results"]), answer["total"]
    if not total:
        yield from _explain_nothing(answer, language)
        return
    group = None
    for place, result in enumerate(answer["results"], offset + 1):
        if result["group"] != group or place == offset + 1:
            group = result["group"]
            yield f"\n{_describe_count(answer, group, say)}"
        yield ""
        yield from _render_result(place, result, language, width)
    if total > shown:
        yield f"\n(+ {total - shown} {say['more']}: {f'--limit {total}' if total <= 200 else f'--offset {shown}'})"


def _describe_count(answer: Mapping[str, Any], group: str | None, say: Mapping[str, str]) -> str:
    if answer["nearest"]:
        return say["nearest"].format(count=answer["total"])
    count = answer["groups"].get(group, answer["total"])
    due = answer["understood"]["due"]
    name = "overdue" if group == "due" and due and due["status"] == "overdue" else group
    return f"{f'{say[name]}: ' if name else ''}{count} {say['result' if count == 1 else 'results']}"


def _describe_question(answer: Mapping[str, Any], language: str) -> str:
    chips = [
        f"{chip.name} {chip.value}" + (f" (“{chip.words}”)" if chip.words not in (chip.value, "") else "")
        for chip in list_chips(answer, language)
    ]
    text = answer["understood"]["text"]
    return "; ".join([*chips, *([f"{load_messages(language)['text']} “{text}”"] if text else [])])


def _explain_nothing(answer: Mapping[str, Any], language: str) -> Iterator[str]:
    say = load_messages(language)
    emptied = answer["understood"]["emptied_by"]
    if not emptied:
        yield say["nothing"]
        return
    blocking = [f"{chip.name} {chip.value}" for chip in list_chips(answer, language) if chip.filter in emptied]
    yield f"{say['emptied_by' if len(set(emptied)) == 1 else 'emptied_together']}: {'; '.join(blocking)}"


def _render_result(place: int, result: Mapping[str, Any], language: str, width: int) -> Iterator[str]:
    say, record = load_messages(language), result["record"]
    indent = " " * 4
    short = say_short(result["short"], result["document"], language)
    yield from _fill(f"{place:>2}. {kind_of(record, language)} {short}", width, indent)
    text = textwrap.shorten(title_of(record), 3 * (width - 4), placeholder=" …")
    yield from _fill(indent + text, width, indent)
    facts = [(say[role], "; ".join(list_names(record, role))) for role in ("lead", "coordinating")]
    facts.append((say["deadline"], describe_deadline(record) or ""))
    if record["record"] == "part":
        facts.append((say["under_heading"], " › ".join(each["title"] for each in record["section"])))
    facts.append((say["same"], ", ".join(each["short"] for each in result["same"])))
    for name, value in facts:
        if value:
            yield from _fill(f"{indent}{name}: {value}", width, indent + "  ")
    if source := record.get("source"):
        yield f"{indent}({print_place(source)})"


def _fill(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
