"""Straight rules in the picture of a page: long runs of dark dots, level and upright, that meet as tables' do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.readers.ruled_grids import Rule
from ingest.readers.scan_upright import Dark

# All in inches.
_PIECE = 0.06  # a run of dark dots that may be part of a rule; strokes of letters are mostly shorter
_GAP = 0.05  # that noise may tear into a rule
_SHORTEST = 0.13  # the side of the lowest cell
_SURE = 0.6  # longer than any stroke or letter: a rule even where it meets none
_THICKEST = 0.045
_NEAR = 0.04  # how far a rule may end from the one that it meets
_OVERSHOOT = 0.25  # that a letter beyond the last rule may add to one that ends there
_MOST_RUNS = 20_000  # of one direction; more are a photograph


@dataclass(frozen=True, slots=True)
class _Run:
    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DarkRule:
    """A rule as found, in dots, and the runs that it is made of."""

    rule: Rule
    runs: tuple[_Run, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page, in dots."""

    level: tuple[DarkRule, ...]
    upright: tuple[DarkRule, ...]


def find_rules(dark: Dark, dots: float) -> Rules:
    """The rules of a page: strokes of letters are none, for a short rule must meet one at each end."""
    level, upright = _find_level(dark, dots), _find_level(np.ascontiguousarray(dark.T), dots)
    for _ in range(3):  # what was held up by a stroke that is gone goes too
        kept = _meeting(level, upright, dots), _meeting(upright, level, dots)
        if (len(kept[0]), len(kept[1])) == (len(level), len(upright)):
            break
        level, upright = kept
    return Rules(tuple(_cut_ends(level, upright, dots)), tuple(_cut_ends(upright, level, dots)))


def erase_rules(dark: Dark, rules: Rules, around: int = 1) -> Dark:
    """Where a page shows a rule or its edge: what to whiten before letters are read."""
    erased = np.zeros_like(dark)
    for found, mask in ((rules.level, erased), (rules.upright, erased.T)):
        for each in found:
            for run in each.runs:
                mask[max(run.row - around, 0) : run.row + around + 1, run.start : run.end] = True
    return erased


def _find_level(dark: Dark, dots: float) -> list[DarkRule]:
    runs = _join(_runs(dark, int(_PIECE * dots)), int(_GAP * dots), int(_SHORTEST * dots))
    if len(runs) > _MOST_RUNS:
        return []
    found = []
    for group in _together(runs):
        start, end = min(run.start for run in group), max(run.end for run in group)
        lengths = [run.end - run.start for run in group]
        if sum(lengths) <= _THICKEST * dots * (end - start):
            at = sum(run.row * length for run, length in zip(group, lengths, strict=True)) / sum(lengths)
            found.append(DarkRule(Rule(at, start, end), tuple(group)))
    return found


def _runs(dark: Dark, least: int) -> list[_Run]:
    """Runs of dark dots along the rows; a rule that steps to the next row goes on there."""
    height, width = dark.shape
    thick = dark.copy()
    thick[:-1] |= dark[1:]
    framed = np.zeros((height, width + 2), dtype=np.int8)
    framed[:, 1:-1] = thick
    steps = np.diff(framed, axis=1)
    rows, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]
    long = ends - starts >= least
    return [_Run(*each) for each in zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True)]


def _join(runs: Sequence[_Run], gap: int, least: int) -> list[_Run]:
    """Runs of one row over small gaps as one, where they are long enough together."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.row == run.row and run.start - last.end <= gap:
            joined[-1] = _Run(run.row, last.start, run.end)
        else:
            joined.append(run)
    return [run for run in joined if run.end - run.start >= least]


def _together(runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    """Runs that lie on one another, row by row."""
    groups: list[list[_Run]] = []
    of: list[int] = []  # the group of each run
    above: list[int] = []  # runs of the row before
    here: list[int] = []
    for at, run in enumerate(runs):
        if here and runs[here[0]].row != run.row:
            above, here = (here if runs[here[0]].row == run.row - 1 else []), []
        touched = sorted({of[other] for other in above if _overlap(runs[other], run)})
        if not touched:
            groups.append([run])
            of.append(len(groups) - 1)
        else:
            first, *others = touched
            groups[first].append(run)
            of.append(first)
            for other in others:  # two pieces that this run ties together
                groups[first] += groups[other]
                groups[other] = []
                of = [first if group == other else group for group in of]
        here.append(at)
    return (group for group in groups if group)


def _overlap(one: _Run, other: _Run) -> bool:
    return one.start < other.end and other.start < one.end


def _meeting(rules: Sequence[DarkRule], across: Sequence[DarkRule], dots: float) -> list[DarkRule]:
    """Rules that are long, or end at a rule that runs across at both ends."""
    near, sure = _NEAR * dots, _SURE * dots
    others = np.array([(each.rule.at, each.rule.start - near, each.rule.end + near) for each in across])
    kept = []
    for each in rules:
        rule = each.rule
        if rule.end - rule.start >= sure:
            kept.append(each)
        elif len(others):
            over = others[(others[:, 1] <= rule.at) & (rule.at <= others[:, 2]), 0]
            if all(len(over) and np.abs(over - end).min() <= near for end in (rule.start, rule.end)):
                kept.append(each)
    return kept


def _cut_ends(rules: Sequence[DarkRule], across: Sequence[DarkRule], dots: float) -> list[DarkRule]:
    """Rules without the stroke of a letter that stands right behind the rule they end at."""
    near, most = _NEAR * dots, _OVERSHOOT * dots
    others = np.array([(each.rule.at, each.rule.start - near, each.rule.end + near) for each in across])
    cut = []
    for each in rules:
        rule = each.rule
        over = others[(others[:, 1] <= rule.at) & (rule.at <= others[:, 2]), 0] if len(others) else others
        inside = over[(over >= rule.start - near) & (over <= rule.end + near)]
        if len(inside) > 1:
            first, last = float(inside.min()), float(inside.max())
            start = first if near < first - rule.start < most else rule.start
            end = last if near < rule.end - last < most else rule.end
            each = DarkRule(Rule(rule.at, start, end), each.runs)
        cut.append(each)
    return cut
