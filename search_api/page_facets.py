"""The facets of a search page, and the forms that change or add a filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search_api.cues import load_cues
from search_api.demands import DEMANDS
from search_api.facets import Counts, count_facets
from search_api.live import Opened
from search_api.page_base import label_of, name_document, tail, title_below
from search_api.page_filters import Filters
from search_api.understood import Named, Period

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
    count: int | None
    link: str
    is_chosen: bool
    is_vietnamese: bool


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
    """Facets and forms over one search: Facets(here, filters).list_facets()."""

    def __init__(self, here: Opened, filters: Filters) -> None:
        self.here, self.filters, self.page = here, filters, filters.page
        self.counts: Mapping[str, Counts] = count_facets(filters.understood, here.search.index)
        self._held = {each["id"] for each in here.documents if each["held"]}

    def list_facets(self) -> Iterator[Facet]:
        """The facets that leave a choice or have one."""
        for name in _FACETS:
            choices = self._list_choices(name, _LISTED)
            if len(choices) > 1 or any(each.is_chosen for each in choices):
                cut = max(_SHOWN, sum(each.is_chosen for each in choices))
                cut = len(choices) if len(choices) == cut + 1 else cut  # one more takes no more room than "more"
                yield Facet(name, self.page.say[f"facet_{name}"], choices[:cut], choices[cut:])

    def edit(self, name: str) -> Editor:
        """The form of a filter as it is now: edit("agency")."""
        choices = [] if name in _PERIODS else self._list_choices(name, _OPTIONS)
        text = self._write_period(name) if name in _PERIODS else "" if name in _OPEN else None
        hint = self.page.say.get(f"hint_{'period' if name in _PERIODS else name}", "")
        return Editor(name, self.page.say[DEMANDS[name]], choices, name == "role", text, hint)

    def add(self) -> list[Editor]:
        """The forms of filters that are not set."""
        unset = (name for name in _ADDED if not getattr(self.filters.understood, DEMANDS[name]))
        editors = (self.edit(name) for name in unset)
        return [each for each in editors if each.choices or each.text is not None]

    def _list_choices(self, name: str, most: int) -> list[Choice]:
        counts = self.counts[name]
        likely = [value for value in counts if name != "document" or value in self._held]
        chosen = [value for value in likely if self.filters.has(name, value)]
        if name != "due":
            within = {each for value in self.filters.values(DEMANDS[name]) for each in (value.id, *value.ids)}
            named = [each.id for each in self.filters.values(DEMANDS[name])]
            chosen += [value for value in named if value not in counts and not within & set(chosen)]
        if name == "due":
            return [self._make(name, value, counts.get(value)) for value in likely]
        rest = [value for value in likely if value not in set(chosen)]
        choices = [self._make(name, value, counts.get(value)) for value in [*chosen, *rest][:most]]
        return self._tell_apart(choices) if name == "agency" else choices

    def _make(self, name: str, value: str, count: int | None) -> Choice:
        label, remark, is_vietnamese = self._name(name, value)
        link = self.filters.toggle(name, value)
        return Choice(value, label, remark, count, link, self.filters.has(name, value), is_vietnamese)

    def _name(self, name: str, value: str) -> tuple[str, str, bool]:
        """What a value is called, a remark, and whether that is Vietnamese on any page."""
        is_english = self.page.language == "en"
        if name in ("document", "directive") and (record := self.here.records.get(value)):
            return name_document(record, self.page), title_below(record), True
        if name == "due":
            return value, "", False
        if value == "trung-uong":
            return self.page.say["central"], "", False
        label = label_of(self.here, value, self.page)
        known: list[Named | _Closed] = [*_closed(name), *self.filters.values(DEMANDS[name])]
        if label == value:
            found = next(((each.label_en if is_english else each.label) for each in known if each.id == value), value)
            return found, "", not is_english
        return label[:1].upper() + label[1:], "", not is_english or name == "jurisdiction"

    def _tell_apart(self, choices: Sequence[Choice]) -> list[Choice]:
        """Agencies of one name with their provinces."""
        names = [each.label for each in choices]
        return [
            Choice(each.value, each.label, self._place(each.value), each.count, each.link, each.is_chosen, True)
            if names.count(each.label) > 1
            else each
            for each in choices
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


@dataclass(frozen=True, slots=True)
class _Closed:
    id: str
    label: str
    label_en: str


def _closed(name: str) -> Iterator[_Closed]:
    for cue in load_cues().get(name, ()):
        row = cue.row
        if "label" in row:
            yield _Closed(str(row.get("id") or row.get(name)), row["label"], row["label_en"])


def edit_chips(facets: Facets, filters: Filters) -> Mapping[str, Editor]:
    """A form for each filter that is set: {"due": Editor("due", …)}."""
    return {name: facets.edit(name) for name in DEMANDS if getattr(filters.understood, DEMANDS[name])}
