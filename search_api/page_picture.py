"""What something rests on as a picture: boxes in layers, and arrows that each say their sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph.trace_notes import LATER
from search_api.layers import Edge, Layout, Sizes, lay_out
from search_api.page_base import Page, name_document, one_line, title_below
from search_api.page_places import say_origin
from search_api.page_words import shorten
from search_api.present import say_date

TextOf = Callable[[Mapping[str, Any]], str]
_SIZES = Sizes()
_MOST_BOXES = 40
_MOST_SENTENCES = 4  # of one arrow
_LONGEST_SENTENCE = 360  # characters
_LINE = 20.8  # small letters of a name that fit in a line of a box
_SMALL_LINE = 25.5  # of what stands below it
_WORDS = ("name", "text", "indicator", "title")
_WIDE, _NARROW = frozenset("mw"), frozenset(" .,:;·/'()1ijlft")
_FROM_SIDE = 12  # pixels from a box to the words of an arrow


@dataclass(frozen=True, slots=True)
class Box:
    """A node: its place, its name in lines, what stands below, where it leads, and all of it in words."""

    x: float
    y: float
    name: Sequence[str]
    about: str
    note: str
    link: str
    title: str
    is_held: bool
    is_start: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step: its path, its words and where they stand, the page of its first sentence, and all sentences in words."""

    path: str
    label: str
    x: float
    y: float
    link: str
    title: str
    is_stated: bool  # in the task's own words


@dataclass(frozen=True, slots=True)
class Picture:
    """All boxes and arrows; `left_out` is how many documents have no room in it."""

    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    width: float
    height: float
    box_width: float
    box_height: float
    left_out: int


@dataclass(frozen=True, slots=True)
class _Graph:
    start: str
    layout: Layout
    names: Mapping[str, str]
    out: Mapping[str, int]  # how many arrows leave a node
    into: Mapping[str, int]
    text_of: TextOf


def draw_picture(answer: Mapping[str, Any], item: Mapping[str, Any], page: Page, text_of: TextOf) -> Picture | None:
    """A trace answer as a picture: draw_picture(trace_as_json(found, names), item, page, text_of).boxes[0].is_start

    None where nothing is rested on. What lies nearest is drawn where there is more than fits. `text_of` tells where a
    source stands in its text, "" where the text is not kept.
    """
    start = answer["start"]
    steps = {(step["from"], step["to"]): step for path in answer["paths"] for step in path}
    kept = {start: None, **dict.fromkeys(step["to"] for path in _across(answer["paths"]) for step in path)}
    shown = set(list(kept)[:_MOST_BOXES])
    edges = _reach(start, [edge for edge in steps if set(edge) <= shown])
    if not edges:
        return None
    layout = lay_out(start, edges, _SIZES)
    reached = {to: steps[from_, to] for from_, to in edges}
    names = {start: answer["name"], **{iri: _short_name(step, page) for iri, step in reached.items()}}
    out, into = (Counter(edge[end] for edge in edges) for end in (0, 1))
    graph = _Graph(start, layout, names, out, into, text_of)
    return Picture(
        [_draw_start(item, answer["name"], layout.boxes[start], page)]
        + [_draw_box(iri, step, layout.boxes[iri], page) for iri, step in reached.items()],
        [_draw_arrow(steps[edge], graph, page) for edge in edges],
        layout.width,
        layout.height,
        _SIZES.width,
        _SIZES.height,
        len(kept) - len(layout.boxes),
    )


def wrap_name(text: str, line: float = _LINE, most: int = 2) -> list[str]:
    """A name in at most two lines: wrap_name("Kế hoạch 102/KH-UBND") == ["Kế hoạch 102/KH-UBND"]."""
    lines: list[str] = []
    for word in text.split():
        if lines and _measure(f"{lines[-1]} {word}") <= line:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    shown = [*lines[: most - 1], " ".join(lines[most - 1 : most + 1])] if len(lines) > most else lines
    return [_shorten_line(each, line) for each in shown]


def _shorten_line(text: str, line: float) -> str:
    """A line that fits: whole words as far as they go, and that there are more."""
    if _measure(text) <= line:
        return text
    text = text[: int(line / 0.65)]
    while " " in text and _measure(text) > line - 2:
        text = text.rpartition(" ")[0]
    while _measure(text) > line - 1:
        text = text[:-1]
    return text.rstrip(" ,;.") + " …"


def _measure(text: str) -> float:
    """How wide a text is, in small letters: capitals take more room, spaces and strokes less."""
    return sum(1.3 if char.isupper() or char in _WIDE else 0.65 if char in _NARROW else 1 for char in text)


def _across(paths: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """The first steps of all paths, then the second: what is nearest comes first."""
    for depth in range(max(map(len, paths), default=0)):
        yield [path[depth] for path in paths if depth < len(path)]


def _reach(start: str, edges: Sequence[Edge]) -> list[Edge]:
    """The edges that a way from the start leads to."""
    reached, before = {start}, 0
    while len(reached) > before:
        before = len(reached)
        reached |= {to for from_, to in edges if from_ in reached}
    return [edge for edge in edges if edge[0] in reached]


def _draw_start(item: Mapping[str, Any], name: str, at: tuple[float, float], page: Page) -> Box:
    text = one_line(next(filter(None, map(item.get, _WORDS)), ""))
    lines = wrap_name(f"{page.say[item['record']]} {name.rpartition('#')[2]}")
    return Box(
        *at,
        lines,
        _shorten_line(text, _SMALL_LINE),
        "",
        "",
        f"{page.say[item['record']]} {name}: {shorten(text)}",
        True,
        True,
    )


def _draw_box(iri: str, step: Mapping[str, Any], at: tuple[float, float], page: Page) -> Box:
    name, title = name_document(step, page), title_below(step)
    notes = [page.say[f"noted_{key}"] for key in (*LATER, "conflicts") if step[key]]
    about = " · ".join(filter(None, (say_date(step["date"], page.language) if step["date"] else "", step["issuer"])))
    held = [] if step["held"] else [page.say["not_held"]]
    full = "\n".join(filter(None, (name, title, about, *held, *notes)))
    link = page.of_record(iri, "document")
    called = name if step["number"] or not title else f"{step['type'] or ''} {title}"
    small, note = (_shorten_line(each, _SMALL_LINE) for each in (about, ", ".join(notes)))
    return Box(*at, wrap_name(called), small, note, link, full, step["held"], False)


def _draw_arrow(step: Mapping[str, Any], graph: _Graph, page: Page) -> Arrow:
    edge = (step["from"], step["to"])
    points = graph.layout.arrows[edge]
    readings = [each for each in (step, *step["also"]) if each["source"]]
    said = [f"{_relation(each, step, page)}: {_tell(each['source'], page.say)}" for each in readings[:_MOST_SENTENCES]]
    if more := len(readings) - _MOST_SENTENCES:
        said += [page.say["picture_more"].format(count=more)] if more > 0 else []
    head = f"{graph.names[edge[0]]} → {graph.names[edge[1]]}"
    is_stated = edge[0] == graph.start and step["basis"] == "stated"
    x, y = _place_words(points, graph.out[edge[0]], graph.into[edge[1]])
    link = graph.text_of(readings[0]["source"]) if readings else ""
    label = _relation(step, step, page)
    return Arrow(_curve(points), label, x, y, link or "#trace", "\n".join([head, *(said or [label])]), is_stated)


def _relation(reading: Mapping[str, Any], step: Mapping[str, Any], page: Page) -> str:
    inverse = "_inverse" if step["inverse"] and reading["relation"] == "approves" else ""
    return page.say[f"relation_{reading['relation']}{inverse}"]


def _tell(source: Mapping[str, Any], say: Mapping[str, str]) -> str:
    quote = one_line(source["quote"])
    if len(quote) > _LONGEST_SENTENCE:
        quote = quote[:_LONGEST_SENTENCE].rstrip() + " …"
    return f"“{quote}” ({say_origin(source, say)})"


def _short_name(step: Mapping[str, Any], page: Page) -> str:
    return step["number"] or shorten(name_document(step, page))


def _place_words(points: Sequence[tuple[float, float]], out: int, into: int) -> tuple[float, float]:
    """Where the words of an arrow stand: at the end where fewer arrows meet, else halfway."""
    (x0, y0), (x1, _) = points[:2]
    (x2, y2), (x3, y3) = points[-2:]
    if into == 1 and out > 1:
        return round(x3 + (x2 - x3) * 0.06, 1), y3 - _FROM_SIDE - 6
    if out == 1 and into > 1:
        return round(x0 + (x1 - x0) * 0.06, 1), y0 + _FROM_SIDE + 8
    return round((x2 + x3) / 2, 1), round((y2 + y3) / 2, 1)


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """A path through points that leaves each of them straight up or down."""
    path = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (y0 + y1) / 2
        path.append(f"L{x1:g} {y1:g}" if x0 == x1 else f"C{x0:g} {middle:g} {x1:g} {middle:g} {x1:g} {y1:g}")
    return " ".join(path)
