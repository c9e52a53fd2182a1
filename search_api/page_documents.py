"""The list of all documents: those held with what they ask for, then those only cited by how much leans on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from graph.jurisdictions import CENTRE
from ingest.fold import fold
from search_api.live import Opened
from search_api.page_base import Choice, Page, label_of
from search_api.per_generation import keep
from search_api.present import say_date

ROWS = 200  # of one page
HELD, CITED = "held", "cited"
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the list shows it; `cited` and `resting` count places and documents that lean on it."""

    document: Document
    place: str
    date: str
    cited: int
    resting: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A page of the list: what is held comes on the first one, before what is only cited, by whose it is."""

    held: Sequence[Row]
    cited: Sequence[tuple[str, str, Sequence[Row]]]  # the slug of a province or the centre, its name, rows
    total_held: int
    total_cited: int
    pages: int
    number: int


def list_documents(here: Opened, page: Page) -> Catalogue:
    """The documents that a page asks for by number or title, type, province and whether their text is held."""
    weights = _weigh(here)
    chosen = [each for each in here.documents if _fits(each, page)]
    held = sorted((each for each in chosen if each["held"]), key=lambda each: each["date"] or "", reverse=True)
    cited = _by_place([each for each in chosen if not each["held"]], weights)
    rows = [_row(here, each, weights, page) for each in (*held, *cited)]
    shown, number, pages = page.cut(rows, ROWS)
    return Catalogue(
        [row for row in shown if row.document["held"]],
        [
            (slug, _name_place(here, slug, page), list(rows))
            for slug, rows in groupby(
                (row for row in shown if not row.document["held"]), lambda row: _place(row.document)
            )
        ],
        len(held),
        len(cited),
        pages,
        number,
    )


def list_types(here: Opened, page: Page) -> Iterator[Choice]:
    """The types of documents, most frequent first."""
    counts = Counter(each["type"] for each in here.documents if each["type"])
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield Choice(name, name, count, name == asked(page, "type"))


def list_places(here: Opened, page: Page) -> Iterator[Choice]:
    """The provinces and the centre, most frequent first."""
    counts = Counter(_place(each) for each in here.documents)
    for slug, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield Choice(slug, _name_place(here, slug, page), count, slug == asked(page, "province"))


def asked(page: Page, name: str) -> str:
    """The one value that a page is asked with: asked(page, "type") == "Kế hoạch"."""
    return next((each for each in page.asked[name] if each), "")


@keep
def _weigh(here: Opened) -> Mapping[str, tuple[int, int]]:
    """Of each document how many places name it, and how many documents rest on it."""
    named = Counter(mention["target"] for mention in here.records.records("mention"))
    resting: defaultdict[str, set[str]] = defaultdict(set)
    for link in here.records.records("link"):
        if link["relation"] == "approves":  # a scheme rests on the decision that approves it
            resting[link["from"]].add(link["to"])
        elif link["relation"] != "cites":
            resting[link["to"]].add(link["from"])
    return {each["id"]: (named[each["id"]], len(resting[each["id"]])) for each in here.documents}


def _fits(document: Document, page: Page) -> bool:
    wanted = {HELD: True, CITED: False}.get(asked(page, "text"))
    if wanted is not None and document["held"] is not wanted:
        return False
    if (name := asked(page, "type")) and document["type"] != name:
        return False
    if (slug := asked(page, "province")) and _place(document) != slug:
        return False
    words = fold(page.question).split()
    if not words:
        return True
    said = fold(" ".join(filter(None, (document["type"], document["number"], document["title"], document["short"]))))
    return all(word in said for word in words)


def _by_place(documents: Sequence[Document], weights: Mapping[str, tuple[int, int]]) -> list[Document]:
    """Documents of the centre, then of the provinces with most; of each the most cited first."""
    sizes = Counter(map(_place, documents))

    def rank(document: Document) -> tuple[object, ...]:
        place = _place(document)
        return place != CENTRE, -sizes[place], place, _order(document, weights)

    return sorted(documents, key=rank)


def _order(document: Document, weights: Mapping[str, tuple[int, int]]) -> tuple[int, int, str]:
    cited, resting = weights[document["id"]]
    return -cited, -resting, document["id"]


def _row(here: Opened, document: Document, weights: Mapping[str, tuple[int, int]], page: Page) -> Row:
    cited, resting = weights[document["id"]]
    date = say_date(document["date"], page.language) if document["date"] else ""
    return Row(document, _name_place(here, _place(document), page), date, cited, resting)


def _place(document: Document) -> str:
    """The slug of the province of a document, whatever body of it passed it."""
    return str(document["jurisdiction"] or "").split("/")[0]


def _name_place(here: Opened, slug: str, page: Page) -> str:
    name = label_of(here, slug, page)
    return page.say["central"] if name == slug == CENTRE else name
