"""What a question asks for that the build has nothing of: a province without a document, words that nobody wrote."""

from __future__ import annotations

from collections.abc import Iterator

from search_api.index import Index
from search_api.lexical import SYLLABLE
from search_api.ranking import Wording
from search_api.understood import Named, Near, Notice, Understood
from search_api.vocabulary import Term

_READ = ("task", "duty", "target", "section")  # what only a document has whose text is held
_LONGEST_WORDS = 80  # characters


def list_missing(understood: Understood, wording: Wording, nearest: bool, index: Index) -> Iterator[Notice]:
    """A notice for each: Notice("no-document-of", "Hà Nội", (Near("Hưng Yên", …),))."""
    if understood.jurisdictions:
        held = _list_held(index)
        for place in understood.jurisdictions:
            if not held & {place.id, *place.ids}:
                terms = (term for term in index.vocabulary.jurisdictions if term.id in held)
                near = tuple(Near(*_name(term, index)) for term in terms)
                yield Notice("no-document-of", _name(place, index)[0], near)
    if nearest and not index.lexical.has_any(SYLLABLE.findall(wording.expanded)):
        yield Notice("no-such-words", wording.text[:_LONGEST_WORDS])


def _list_held(index: Index) -> set[str]:
    """The provinces of which a text was read."""
    read = index.columns.sets["kind"].mask(_READ, index.header.count)
    return set(index.columns.sets["jurisdiction"].counts(read))


def _name(place: Term | Named, index: Index) -> tuple[str, str]:
    """A province by its name alone, "Hà Nội", in both languages."""
    vietnamese, english = index.labels.get(place.id, (place.label, place.label_en))
    return vietnamese, english
