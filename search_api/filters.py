"""What was understood as exact filters: which rows each one lets through, decided by the columns alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np

from search_api.columns import Columns
from search_api.understood import Excluded, Named, Understood
from search_api.vectors import Mask

# The fields of `Understood` that filter, as a caller names them to take one away.
FILTERS = ("topics", "agencies", "role", "jurisdictions", "due", "active", "kinds", "directives", "excluded")
_SINGLE = frozenset({"role", "due", "active"})  # the others hold any number of values


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that a question asks for; `active` are those that it shows apart, after the ones that are due."""

    rows: Mask
    active: Mask | None  # None: the question asks for no deadline
    is_filtered: bool  # False: every row is let through, and ranking alone decides
    topics_are_hard: bool
    emptied_by: tuple[str, ...]  # filters without any of which there would be results


def without(understood: Understood, ignored: Iterable[str]) -> Understood:
    """A question with some of its filters taken away; their words count as text again."""
    gone = [name for name in FILTERS if name in set(ignored) and getattr(understood, name)]
    words = " ".join(word for name in gone if name != "topics" for word in _words(understood, name))
    text = " ".join(f"{understood.text} {words}".split())
    emptied: dict[str, Any] = {name: None if name in _SINGLE else () for name in gone}
    return replace(understood, text=text, **emptied)


def select_rows(understood: Understood, columns: Columns) -> Selection:
    """The rows that pass every filter; a topic filters only beside another filter than the kind."""
    masks = _masks(understood, columns)
    hard = bool(understood.topics) and not masks.keys() <= _soft_beside(understood)
    if hard:
        masks["topics"] = _having(columns, ("topic",), understood.topics)
    count = len(columns.ids)
    rows = _all(masks.values(), count)
    period, active = understood.due, None
    if period is not None:
        others = _all((mask for name, mask in masks.items() if name != "due"), count)
        # an open beginning ("by 2030") asks for nothing beyond what is due
        active = others & columns.active(period.start, period.end) & ~rows if period.start else np.zeros(count, bool)
    found = rows.any() or (active is not None and active.any())
    emptied = () if found else _emptied_by(masks, count)
    return Selection(rows, active, bool(masks), hard, emptied)


def _soft_beside(understood: Understood) -> set[str]:
    """The filters beside which a topic only ranks; most documents of an issuer are only cited, without a title."""
    documents = bool(understood.kinds) and all(kind.ids == ("document",) for kind in understood.kinds)
    return {"kinds", "agencies"} if documents else {"kinds"}


def _masks(understood: Understood, columns: Columns) -> dict[str, Mask]:
    """Each filter but the topics with the rows that it lets through."""
    masks: dict[str, Mask] = {}
    if understood.agencies:
        masks["agencies"] = _of_agencies(understood, columns)
    for name, column in (("jurisdictions", "jurisdiction"), ("kinds", "kind")):
        if values := getattr(understood, name):
            masks[name] = _having(columns, (column,), values)
    if understood.excluded:
        masks["excluded"] = ~reduce(np.logical_or, (_unwanted(columns, each) for each in understood.excluded))
    if understood.directives:
        masks["directives"] = _under(columns, understood.directives)
    if understood.due is not None:
        masks["due"] = columns.ending(understood.due.start, understood.due.end)
    if understood.active is not None:
        masks["active"] = columns.active(understood.active.start, understood.active.end)
    return masks


def _of_agencies(understood: Understood, columns: Columns) -> Mask:
    """What the agencies do in the role that is asked for, and, of documents, what they passed."""
    role = understood.role.id if understood.role else None
    mask = _having(columns, (role,) if role else ("lead", "coordinating"), understood.agencies)
    if any("document" in kind.ids for kind in understood.kinds):
        types = [each.id for each in understood.agencies]
        mask = mask | columns.sets["issuer"].mask(types, len(columns.ids))
    return mask


def _unwanted(columns: Columns, excluded: Excluded) -> Mask:
    """What a question does not want: the rows that the same words without their "not" would ask for."""
    mask = _having(columns, excluded.columns, [excluded])
    if "issuer" in excluded.columns:
        mask = mask | columns.sets["issuer"].mask([excluded.id], len(columns.ids))
    if excluded.within:
        mask = mask & columns.sets["jurisdiction"].mask(excluded.within, len(columns.ids))
    return mask


def _having(columns: Columns, names: Sequence[str], values: Sequence[Named]) -> Mask:
    """Rows with at least one of the values in one of the columns."""
    wanted = [each for value in values for each in value.ids]
    count = len(columns.ids)
    return reduce(np.logical_or, (columns.sets[name].mask(wanted, count) for name in names))


def _under(columns: Columns, directives: Sequence[Named]) -> Mask:
    """Rows that rest on every directive named, at any distance."""
    count = len(columns.ids)
    return _all((columns.sets["directive"].mask(each.ids, count) for each in directives), count)


def _all(masks: Iterable[Mask], count: int) -> Mask:
    return reduce(np.logical_and, masks, np.ones(count, bool))


def _emptied_by(masks: Mapping[str, Mask], count: int) -> tuple[str, ...]:
    """The filters each of which alone stands between the question and a result; all, where it takes several."""
    alone = [name for name in masks if _all((mask for other, mask in masks.items() if other != name), count).any()]
    return tuple(alone or masks)


def _words(understood: Understood, name: str) -> list[str]:
    value = getattr(understood, name)
    return [each.words for each in ([value] if name in _SINGLE else value)]
