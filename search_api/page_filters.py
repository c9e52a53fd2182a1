"""Filters of a search page as links: which the address sets, how each is taken away, changed or added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from search_api.demands import DEMANDS, UnknownValue
from search_api.page_base import Page
from search_api.search import Ask, Search
from search_api.sorting import SORTS, Sort
from search_api.understood import FILTERS, Named, Understood

PAGE_SIZE = 20
# What a search page reads from its address beside the language, as /api/search calls it.
PARAMETERS = (*DEMANDS, "sort", "ignore", "within")
# A filter as the question has it -> what a caller names to set it.
NAMES: Mapping[str, str] = {filter_: name for name, filter_ in DEMANDS.items()}


@dataclass(frozen=True, slots=True)
class Unread:
    """A filter of the address that means nothing, with values that may have been meant and pages that have them."""

    name: str
    value: str
    near: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one page: the question as it was read, and the filters that it has of itself."""

    page: Page
    ask: Ask
    understood: Understood
    own: frozenset[str]

    def without(self, filter_: str) -> str:
        """The page without a filter, whoever set it: a role goes with the agencies that have it."""
        gone = {filter_, "role"} if filter_ == "agencies" else {filter_}
        changes: dict[str, object] = {NAMES[each]: () for each in gone if each in NAMES}
        ignored = [*self.ask.ignore, *(each for each in FILTERS if each in gone & self.own)]
        return self.page.here(**changes, ignore=tuple(dict.fromkeys(ignored)), page="")

    def narrow(self, name: str, value: str) -> str:
        """The page with only those of its results that have a value of a filter."""
        return self.page.here(within=(*self.ask.within, f"{name}={value}"), page="")

    def widen(self, name: str, value: str) -> str:
        """The page without a condition on its results; without an agency, a role has nothing to be of."""
        conditions = zip(self.ask.within, self.understood.within, strict=True)
        kept = [(text, each.name) for text, each in conditions if (each.name, each.id) != (name, value)]
        if not (self.understood.agencies or any(each == "agency" for _, each in kept)):
            kept = [(text, each) for text, each in kept if each != "role"]
        return self.page.here(within=tuple(text for text, _ in kept), page="")

    def has(self, name: str, value: str) -> bool:
        """Whether a filter has a value, by itself or by what means it: a type of agency has each of its agencies."""
        if name == "due":
            due = self.understood.due
            return due is not None and (due.start, due.end) == (f"{value}-01-01", f"{value}-12-31")
        return any(value in (each.id, *each.ids) for each in self.values(DEMANDS[name]))

    def values(self, filter_: str) -> Sequence[Named]:
        """What a filter has, one or several: values("role")."""
        found = getattr(self.understood, filter_)
        return (found,) if isinstance(found, Named) else found or ()

    def others(self, *names: str) -> list[tuple[str, str]]:
        """The parameters that a form for some filters keeps, without those filters and the number of the page."""
        gone = {*names, "page"}
        pairs = [(name, value) for name, values in self.page.asked.items() if name not in gone for value in values]
        language = [] if self.page.language == "vi" else [("lang", self.page.language)]
        return [pair for pair in pairs if pair[1]] + language


def read_filters(search: Search, page: Page) -> tuple[Filters, list[Unread]]:
    """The filters of an address; those that mean nothing are left out and told."""
    wanted = {name: tuple(filter(None, page.asked.get(name, ()))) for name in DEMANDS}
    ignored = tuple(dict.fromkeys(each for each in page.asked.get("ignore", ()) if each in FILTERS))
    ask = Ask(page.question, ignore=ignored, demands={}, sort=read_sort(page))
    unread = []
    for name in sorted(wanted, key=lambda name: name == "role"):  # a role is of the agencies that are set
        if wanted[name]:
            tried = replace(ask, demands={**ask.demands, name: wanted[name]})
            try:
                search.read(tried)
            except UnknownValue as problem:
                near = [(each, page.here(**{name: each, "page": ""})) for each in problem.near]
                unread.append(Unread(page.say[DEMANDS[name]], ", ".join(wanted[name])[:100], near))
            else:
                ask = tried
    ask, unmet = _read_within(search, page, ask)
    gone = {each: () for each in wanted if wanted[each] and each not in ask.demands}
    page = replace(page, asked={**page.asked, **gone, "within": ask.within})
    unread += _list_odd(page)
    itself = search.read(Ask(page.question))
    own = frozenset(each for each in FILTERS if getattr(itself, each))
    return Filters(page, ask, search.read(ask), own), [*unread, *unmet]


def _list_odd(page: Page) -> Iterator[Unread]:
    """What else the address says that means nothing: an order, a filter to leave out."""
    known: Mapping[str, tuple[str, Sequence[str]]] = {
        "sort": (page.say["sort"], SORTS),
        "ignore": (page.say["remove"], FILTERS),
    }
    for parameter, (name, values) in known.items():
        for value in page.asked.get(parameter, ()):
            if value not in values:
                yield Unread(name, value[:100], ())


def _read_within(search: Search, page: Page, ask: Ask) -> tuple[Ask, list[Unread]]:
    """The conditions on the results, a role last, as it is of an agency among them."""
    unread = []
    for condition in sorted(dict.fromkeys(page.asked.get("within", ())), key=lambda each: each.startswith("role=")):
        tried = replace(ask, within=(*ask.within, condition))
        try:
            read = search.read(tried)
        except UnknownValue as problem:
            name, _, value = condition.partition("=")
            others = tuple(each for each in page.asked["within"] if each != condition)
            near = [(each, page.here(within=(*others, f"{name}={each}"), page="")) for each in problem.near]
            unread.append(Unread(page.say.get(DEMANDS.get(name, ""), page.say["within"]), value[:100], near))
        else:
            ask = tried if len(read.within) > len(ask.within) else ask  # the same by another name
    return ask, unread


def read_sort(page: Page) -> Sort:
    """The order that an address asks for; an unknown one is none."""
    wanted = page.first("sort")
    return next((each for each in SORTS if each == wanted), "relevance")


def list_sorts(filters: Filters) -> Iterator[tuple[str, str, bool]]:
    """The orders of the results: words, page, whether it is this one."""
    page = filters.page
    for each in SORTS:
        yield (
            page.say[f"sort_{each}"],
            page.here(sort="" if each == "relevance" else each, page=""),
            (each == filters.ask.sort),
        )


def list_ignored(filters: Filters) -> Iterator[tuple[str, str]]:
    """The question's own filters that were taken away and not set anew, each with the page that has it again."""
    page, ignored = filters.page, filters.ask.ignore
    for name in FILTERS:
        if name in ignored and name in filters.own and NAMES.get(name) not in filters.ask.demands:
            yield page.say[name], page.here(ignore=tuple(each for each in ignored if each != name), page="")
