"""A graph laid out in layers, each arrow leading down: where each box stands and by which points each arrow goes.

The usual four steps (Sugiyama): arrows that would lead back are turned, each node gets the layer below all that lead
to it, the nodes of a layer are put in an order with few crossings, and each is moved to where its neighbours are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[str, str]
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the boxes measure, in pixels."""

    width: float = 180
    height: float = 74
    beside: float = 14  # between two boxes of a layer
    below: float = 70  # between two layers
    lane: float = 20  # of an arrow that passes a layer
    port: float = 28  # between two arrows that meet at one side of a box


@dataclass(frozen=True, slots=True)
class Layout:
    """The upper left corner of each box, the points of each arrow, and the size of the whole."""

    boxes: Mapping[str, tuple[float, float]]
    arrows: Mapping[Edge, Sequence[tuple[float, float]]]
    width: float
    height: float


def lay_out(start: str, edges: Sequence[Edge], sizes: Sizes) -> Layout:
    """Boxes and arrows of a graph that begins at one node: lay_out("a", [("a", "b")], Sizes()).boxes["b"]"""
    down = _turn_back(start, edges)
    layer = _find_layers(start, down)
    chains = {edge: _split_long(edge, layer) for edge in down}
    layers = _fill_layers(layer, chains.values())
    links = [pair for chain in chains.values() for pair in pairwise(chain)]
    _order_layers(layers, links)
    centres = _place(layers, links, layer, sizes)
    left = min(at - (sizes.width if each in layer else sizes.lane) / 2 for each, at in centres.items())
    boxes = {
        each: (round(centres[each] - sizes.width / 2 - left, 1), at * (sizes.height + sizes.below))
        for each, at in layer.items()
    }
    arrows: dict[Edge, list[tuple[float, float]]] = {}
    for edge in edges:
        turned = edge not in chains
        points = list(_list_points(chains[edge[::-1] if turned else edge], layers, centres, sizes))
        points = [(round(x - left, 1), y) for x, y in points]
        arrows[edge] = points[::-1] if turned else points
    _spread_ends(arrows, sizes)
    right = max([x + sizes.width for x, _ in boxes.values()] + [x for each in arrows.values() for x, _ in each])
    return Layout(boxes, arrows, right, len(layers) * (sizes.height + sizes.below) - sizes.below)


def _turn_back(start: str, edges: Sequence[Edge]) -> list[Edge]:
    """The edges without cycles: one that leads back to a node on the way to it is turned round."""
    further: defaultdict[str, list[str]] = defaultdict(list)
    for from_, to in edges:
        further[from_].append(to)
    done: set[str] = set()
    back: set[Edge] = set()
    on_way: dict[str, int] = {start: 0}  # node -> how many of its edges were looked at
    while on_way:
        node = next(reversed(on_way))
        at = on_way[node]
        if at == len(further[node]):
            done.add(node)
            del on_way[node]
            continue
        on_way[node] += 1
        to = further[node][at]
        if to in on_way:
            back.add((node, to))
        elif to not in done:
            on_way[to] = 0
    return list(dict.fromkeys(edge[::-1] if edge in back else edge for edge in edges if edge[0] != edge[1]))


def _find_layers(start: str, edges: Sequence[Edge]) -> dict[str, int]:
    """The longest way from the start to each node."""
    layer = {start: 0}
    changed = True
    while changed:
        changed = False
        for from_, to in edges:
            if from_ in layer and layer.get(to, -1) <= layer[from_]:
                layer[to] = layer[from_] + 1
                changed = True
    return layer


def _split_long(edge: Edge, layer: Mapping[str, int]) -> list[str]:
    """An edge with a lane in each layer that it passes."""
    from_, to = edge
    lanes = [f"{from_}\n{to}\n{at}" for at in range(layer[from_] + 1, layer[to])]
    return [from_, *lanes, to]


def _fill_layers(layer: Mapping[str, int], chains: Iterable[Sequence[str]]) -> list[list[str]]:
    layers: list[list[str]] = [[] for _ in range(max(layer.values()) + 1)]
    for chain in chains:
        first = layer[chain[0]]
        for step, each in enumerate(chain):
            if each not in layers[first + step]:
                layers[first + step].append(each)
    return layers if layers[0] else [list(layer)]


def _order_layers(layers: list[list[str]], links: Sequence[Edge]) -> None:
    """Sweeps down and up, each layer by the mean place of its neighbours in the one before."""
    up, down = _neighbours(links)
    for sweep in range(_SWEEPS):
        is_down = sweep % 2 == 0
        order = range(1, len(layers)) if is_down else range(len(layers) - 2, -1, -1)
        for at in order:
            known = {each: place for place, each in enumerate(layers[at - 1 if is_down else at + 1])}
            beside = up if is_down else down
            own = {each: float(place) for place, each in enumerate(layers[at])}
            layers[at].sort(key=lambda each: _mean([known[one] for one in beside[each]], own[each]))


def _place(
    layers: Sequence[Sequence[str]], links: Sequence[Edge], boxes: Mapping[str, int], sizes: Sizes
) -> dict[str, float]:
    """The middle of each box and lane: as near to its neighbours as the order of its layer allows."""
    widths = {each: sizes.width if each in boxes else sizes.lane for row in layers for each in row}
    centres: dict[str, float] = {}
    for row in layers:
        offsets = _offsets(row, widths, sizes.beside)
        centres |= {each: offset - offsets[-1] / 2 for each, offset in zip(row, offsets, strict=True)}
    up, down = _neighbours(links)
    for sweep in range(2 * _SWEEPS):
        for row in layers if sweep % 2 == 0 else reversed(layers):
            beside = [(*up[each], *down[each]) for each in row]
            wanted = [
                _mean([centres[one] for one in near], centres[each]) for each, near in zip(row, beside, strict=True)
            ]
            offsets = _offsets(row, widths, sizes.beside)
            free = _spread([want - offset for want, offset in zip(wanted, offsets, strict=True)])
            centres |= {each: at + offset for each, at, offset in zip(row, free, offsets, strict=True)}
    return centres


def _offsets(row: Sequence[str], widths: Mapping[str, float], beside: float) -> list[float]:
    """How far from the first of a layer each stands at least."""
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + (widths[one] + widths[other]) / 2 + beside)
    return offsets


def _spread(wanted: Sequence[float]) -> list[float]:
    """The nearest numbers that never fall (pool adjacent violators): _spread([3, 1]) == [2, 2]."""
    blocks: list[tuple[float, int]] = []
    for value in wanted:
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (last, n), (before, m) = blocks.pop(), blocks.pop()
            blocks.append(((last * n + before * m) / (n + m), n + m))
    return [value for value, count in blocks for _ in range(count)]


def _neighbours(links: Sequence[Edge]) -> tuple[defaultdict[str, list[str]], defaultdict[str, list[str]]]:
    up: defaultdict[str, list[str]] = defaultdict(list)
    down: defaultdict[str, list[str]] = defaultdict(list)
    for from_, to in links:
        down[from_].append(to)
        up[to].append(from_)
    return up, down


def _list_points(
    chain: Sequence[str], layers: Sequence[Sequence[str]], centres: Mapping[str, float], sizes: Sizes
) -> Iterable[tuple[float, float]]:
    """From the lower side of a box, through its lanes, to the upper side of another."""
    step = sizes.height + sizes.below
    first = next(at for at, row in enumerate(layers) if chain[0] in row)
    yield centres[chain[0]], first * step + sizes.height
    for at, lane in enumerate(chain[1:-1], first + 1):
        yield centres[lane], at * step
        yield centres[lane], at * step + sizes.height
    yield centres[chain[-1]], (first + len(chain) - 1) * step


def _spread_ends(arrows: dict[Edge, list[tuple[float, float]]], sizes: Sizes) -> None:
    """Arrows that meet at one side of a box get a place each, in the order of where they come from."""
    sides: defaultdict[tuple[float, float], list[tuple[float, Edge, int]]] = defaultdict(list)
    for edge, points in arrows.items():
        sides[points[0]].append((points[1][0], edge, 0))
        sides[points[-1]].append((points[-2][0], edge, -1))
    for (x, y), meeting in sides.items():
        gap = min(sizes.port, 0.8 * sizes.width / len(meeting))
        for place, (_, edge, end) in enumerate(sorted(meeting)):
            arrows[edge][end] = (round(x + gap * (place - (len(meeting) - 1) / 2), 1), y)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
