"""What was understood as exact filters: which rows each one lets through, decided by the columns alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np

from search_api.columns import Columns
from search_api.demands import DEMANDS
from search_api.understood import FILTERS, Excluded, Filter, Named, Narrowed, Period, Understood
from search_api.vectors import Mask

_SINGLE = frozenset({"role", "due", "active"})  # the others hold any number of values
_COLUMNS = {  # filters of which a row needs one value
    "documents": "document",
    "jurisdictions": "jurisdiction",
    "kinds": "kind",
    "recurrence": "recurrence",
    "outputs": "output",
    "funding": "funding",
}
_EVERY = {"directives": "directive", "states": "states"}  # of which it needs all
_OF_SECTIONS = frozenset({"topics", "jurisdictions", "kinds", "documents", "excluded"})  # what a heading can have


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that a question asks for; `active` are those that it shows apart, after the ones that are due."""

    rows: Mask
    active: Mask | None  # None: the question asks for no deadline
    is_filtered: bool  # False: every row is let through, and ranking alone decides
    by_kind_alone: bool  # what is asked for is a kind: which of its rows, ranking decides, where there are words left
    topics_are_hard: bool
    emptied_by: tuple[str, ...]  # filters without any of which there would be results


def without(understood: Understood, ignored: Iterable[str]) -> Understood:
    """A question with some of its filters taken away; their words count as text again."""
    gone = [name for name in FILTERS if name in set(ignored) and getattr(understood, name)]
    words = " ".join(word for name in gone if name != "topics" for word in _words(understood, name))
    text = " ".join(f"{understood.text} {words}".split())
    emptied: dict[str, Any] = {name: None if name in _SINGLE else () for name in gone}
    if "role" in set(ignored):
        emptied["assigned"] = ()
    return replace(understood, text=text, **emptied)


def select_rows(understood: Understood, columns: Columns) -> Selection:
    """The rows that pass every filter; a topic filters beside another filter than the kind, and when it was set."""
    masks = _masks(understood, columns)
    hard = _topics_are_hard(understood, masks)
    if hard:
        masks["topics"] = _having(columns, ("topic",), understood.topics)
    every = _every(understood, masks, columns)
    rows = _all(masks.values(), every)
    active = None if understood.due is None else _active(understood.due, masks, every, columns) & ~rows
    found = rows.any() or (active is not None and active.any())
    emptied = () if found else _emptied_by(masks, every)
    asks_nothing = not (understood.text or understood.topics) and bool(understood.within)  # but to narrow down all
    is_filtered = bool(masks) or asks_nothing
    return Selection(rows, active, is_filtered, masks.keys() == {"kinds"}, hard, emptied)


def rows_beside(understood: Understood, name: Filter, columns: Columns) -> Mask:
    """The rows from which a value of a filter chooses when it is set beside the others: what facets count.

    Of filters of which a row needs every value, those that are set count among the others.
    """
    emptied: dict[str, Any] = {} if name in _EVERY else {name: None if name in _SINGLE else ()}
    kept = replace(understood, **emptied)
    masks = _masks(kept, columns)
    if _topics_are_hard(kept, {*masks, name}):
        masks["topics"] = _having(columns, ("topic",), kept.topics)
    every = _every(kept, {*masks, name}, columns)
    rows = _all(masks.values(), every)
    return rows if kept.due is None else rows | _active(kept.due, masks, every, columns)


def select_within(understood: Understood, columns: Columns) -> Mask:
    """The rows that meet every further condition."""
    every = np.ones(len(columns.ids), bool)
    return _all((rows_with(understood, each, columns) for each in understood.within), every)


def rows_with(understood: Understood, condition: Narrowed, columns: Columns) -> Mask:
    """The rows that meet one further condition: an agency in the role that the question asks for, or a role of its."""
    name = DEMANDS[condition.name]
    value: Any = condition.value
    if name == "role":
        return _having(columns, (value.id,), list_agencies(understood))
    if name == "topics":
        return _having(columns, ("topic",), (value,))
    alone: dict[str, Any] = {name: value if name in _SINGLE else (value,)}
    if name == "agencies":
        alone |= {"role": understood.role, "kinds": understood.kinds}
    return _masks(Understood("", "", understood.language, **alone), columns)[name]


def list_agencies(understood: Understood) -> list[Named]:
    """The agencies that are asked for, in the question or beside it: one of them has the role that is asked for."""
    beside = (each.value for each in understood.within if each.name == "agency")
    return [*understood.agencies, *(each for each in beside if isinstance(each, Named))]


def _topics_are_hard(understood: Understood, others: Collection[str]) -> bool:
    is_set = "topics" in understood.demanded
    return bool(understood.topics) and (is_set or not set(others) <= _soft_beside(understood))


def _active(period: Period, masks: Mapping[str, Mask], every: Mask, columns: Columns) -> Mask:
    """What is worked on in the time of a deadline; one without a beginning ("by 2030") asks for what is due alone."""
    if not period.start:
        return np.zeros_like(every)
    others = _all((mask for name, mask in masks.items() if name != "due"), every)
    return others & columns.active(period.start, period.end)


def _every(understood: Understood, masks: Iterable[str], columns: Columns) -> Mask:
    """All rows; who asks for work and names no kind is not shown headings."""
    count = len(columns.ids)
    if understood.kinds or set(masks) <= _OF_SECTIONS:
        return np.ones(count, bool)
    return ~columns.sets["kind"].mask(["section"], count)


def _soft_beside(understood: Understood) -> set[str]:
    """The filters beside which a topic only ranks; most documents of an issuer are only cited, without a title."""
    documents = bool(understood.kinds) and all(kind.ids == ("document",) for kind in understood.kinds)
    return {"kinds", "agencies"} if documents else {"kinds"}


def _masks(understood: Understood, columns: Columns) -> dict[str, Mask]:
    """Each filter but the topics with the rows that it lets through."""
    masks: dict[str, Mask] = {}
    if understood.agencies:
        masks["agencies"] = _of_agencies(understood, columns)
    for name, column in _COLUMNS.items():
        if values := getattr(understood, name):
            masks[name] = _having(columns, (column,), values)
    for name, column in _EVERY.items():
        if values := getattr(understood, name):
            masks[name] = _having_all(columns, column, values)
    if understood.excluded:
        masks["excluded"] = ~reduce(np.logical_or, (_unwanted(columns, each) for each in understood.excluded))
    if understood.due is not None:
        masks["due"] = _due(understood.due, columns)
    if understood.active is not None:
        masks["active"] = columns.active(understood.active.start, understood.active.end)
    return masks


def _due(period: Period, columns: Columns) -> Mask:
    if period.status == "upcoming" and period.start and period.end:
        return columns.expiring(period.start, period.end)
    return columns.ending(period.start, period.end)


def _of_agencies(understood: Understood, columns: Columns) -> Mask:
    """What the agencies do in the role that is asked for, and, of documents, what they passed."""
    if understood.assigned:
        by_id = {each.id: each for each in understood.agencies}
        pairs = [(each.role, by_id[each.agency]) for each in understood.assigned if each.agency in by_id]
        every = np.ones(len(columns.ids), bool)
        return _all((_having(columns, (role,), [agency]) for role, agency in pairs), every)
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


def _having_all(columns: Columns, name: str, values: Sequence[Named]) -> Mask:
    """Rows with every one of the values in a column: those that rest on both of two directives, at any distance."""
    count = len(columns.ids)
    return _all((columns.sets[name].mask(each.ids, count) for each in values), np.ones(count, bool))


def _all(masks: Iterable[Mask], every: Mask) -> Mask:
    return reduce(np.logical_and, masks, every)


def _emptied_by(masks: Mapping[str, Mask], every: Mask) -> tuple[str, ...]:
    """The filters each of which alone stands between the question and a result; all, where it takes several."""
    alone = [name for name in masks if _all((mask for other, mask in masks.items() if other != name), every).any()]
    return tuple(alone or masks)


def _words(understood: Understood, name: str) -> list[str]:
    value = getattr(understood, name)
    return [each.words for each in ([value] if name in _SINGLE else value)]
