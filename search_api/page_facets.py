"""The facets of a search page, and the forms that change or add a filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search_api.demands import DEMANDS
from search_api.facets import list_values, name_value
from search_api.live import Opened
from search_api.page_base import label_of, name_document, tail, title_below
from search_api.page_filters import Filters
from search_api.understood import Period

_FACETS = ("kind", "jurisdiction", "document", "agency", "role", "due", "topic", "funding", "directive")
_SHOWN, _LISTED = 6, 20  # values of a facet at once, and behind "more"
_OPTIONS = 8  # of a form
_OPEN = ("agency", "topic", "document", "directive")  # filters whose values are typed as well as chosen
_PERIODS = ("due", "active")
_ADDED = ("due", "active", "agency", "topic", "document", "directive", "recurrence", "states", "output", "funding")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet or form: what it is called, how many results it leaves, and the page with or without it."""

    value: str
    label: str
    remark: str
    is_vietnamese: bool
    is_chosen: bool = False
    count: int | None = None  # None in a form, and of what is chosen
    link: str = ""  # "" in a form, and where all results have it


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values, most first, those that are chosen before all."""

    name: str
    heading: str
    shown: Sequence[Choice]
    more: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Editor:
    """The fields of a form that sets one filter: choices to tick, and a text where its values are open."""

    name: str
    heading: str
    choices: Sequence[Choice]
    is_single: bool
    text: str | None  # None: nothing to type
    hint: str


class Facets:
    """Facets and forms over one answer: Facets(here, filters, answer).list_facets()."""

    def __init__(self, here: Opened, filters: Filters, answer: Mapping[str, Any]) -> None:
        self.here, self.filters, self.page, self.answer = here, filters, filters.page, answer
        self._held = {each["id"] for each in here.documents if each["held"]}

    def list_facets(self) -> Iterator[Facet]:
        """The facets that leave a choice or have one."""
        for name in _FACETS:
            choices = self._list_values(name)
            if any(each.link for each in choices):
                cut = max(_SHOWN, sum(each.is_chosen for each in choices))
                cut = len(choices) if len(choices) == cut + 1 else cut  # one more takes no more room than "more"
                yield Facet(name, self.page.say[f"facet_{name}"], choices[:cut], choices[cut:])

    def edit(self, name: str) -> Editor:
        """The form of a filter as it is now: edit("agency")."""
        choices = [] if name in _PERIODS else self._list_options(name)
        text = self._write_period(name) if name in _PERIODS else "" if name in _OPEN else None
        hint = self.page.say.get(f"hint_{'period' if name in _PERIODS else name}", "")
        return Editor(name, self.page.say[DEMANDS[name]], choices, name == "role", text, hint)

    def add(self) -> list[Editor]:
        """The forms of filters that are not set."""
        unset = (name for name in _ADDED if not getattr(self.filters.understood, DEMANDS[name]))
        editors = (self.edit(name) for name in unset)
        return [each for each in editors if each.choices or each.text is not None]

    def _list_values(self, name: str) -> list[Choice]:
        """What is chosen, to be taken back, then what leaves some of the results."""
        chosen = [each.id for each in self.filters.understood.within if each.name == name]
        choices = [
            replace(self._name(name, value), is_chosen=True, link=self.filters.widen(name, value)) for value in chosen
        ]
        for each in self.answer["facets"][name]:
            value, count = each["id"], each["count"]
            if value not in chosen and (name != "document" or value in self._held) and len(choices) < _LISTED:
                link = self.filters.narrow(name, value) if count < self.answer["total"] else ""
                named = self._name(name, value, (each["label"], each["label_en"]))
                choices.append(replace(named, count=count, link=link))
        return self._tell_apart(choices) if name == "agency" else choices

    def _list_options(self, name: str) -> list[Choice]:
        """What may stand in the place of a filter: its values, then others."""
        index = self.here.search.index
        likely = list_values(self.filters.understood, name, index)
        likely = [value for value in likely if name != "document" or value in self._held]
        named = self.filters.values(DEMANDS[name])
        chosen = [value for value in likely if self.filters.has(name, value)]
        meant = {each for value in named for each in (value.id, *value.ids)}
        chosen += [each.id for each in named if each.id not in likely and not meant & set(chosen)]
        rest = [value for value in likely if value not in chosen]
        choices = [replace(self._name(name, value), is_chosen=value in chosen) for value in [*chosen, *rest][:_OPTIONS]]
        return self._tell_apart(choices) if name == "agency" else choices

    def _name(self, name: str, value: str, labels: tuple[str, str] | None = None) -> Choice:
        """A value by what it is called in the language of the page, documents as in Vietnamese."""
        if name in ("document", "directive") and (record := self.here.records.get(value)):
            title = title_below(record)
            return Choice(value, name_document(record, self.page), "" if title.isupper() else title, True)
        if name == "due":
            return Choice(value, value, "", False)
        if value == "trung-uong":
            return Choice(value, self.page.say["central"], "", False)
        vietnamese, english = labels or name_value(name, value, self.here.search.index)
        label = english if self.page.language == "en" else vietnamese
        is_vietnamese = self.page.language != "en" or name == "jurisdiction" or english == vietnamese
        return Choice(value, label[:1].upper() + label[1:], "", is_vietnamese)

    def _tell_apart(self, choices: Sequence[Choice]) -> list[Choice]:
        """Agencies of one name with their provinces."""
        names = [each.label for each in choices]
        return [
            replace(each, remark=self._place(each.value)) if names.count(each.label) > 1 else each for each in choices
        ]

    def _place(self, agency: str) -> str:
        steps = tail(agency).split("/")
        life = steps[1] if len(steps) > 2 else ""
        name = label_of(self.here, life.split("-truoc-")[0], self.page)
        return f"{name} ({life.rsplit('-', 1)[-1]})" if "-truoc-" in life else name

    def _write_period(self, name: str) -> str:
        period: Period | None = getattr(self.filters.understood, name)
        if period is None:
            return ""
        start, end = period.start or "", period.end or ""
        if start[:4] == end[:4] and (start[4:], end[4:]) == ("-01-01", "-12-31"):
            return start[:4]
        return start if start == end else f"{start}/{end}"


def edit_chips(facets: Facets, filters: Filters) -> Mapping[str, Editor]:
    """A form for each filter that is set: {"due": Editor("due", …)}."""
    return {name: facets.edit(name) for name in DEMANDS if getattr(filters.understood, DEMANDS[name])}
