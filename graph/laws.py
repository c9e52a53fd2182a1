"""A law cited by its number in one place and by its name in another is one law."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graph.identities import Identity
from ingest.fold import key
from ingest.records import Extraction, Mention

LAWS = frozenset({"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"})
_BESIDE = 3  # letters between a name and the number in brackets behind it

_Law = tuple[str, str]  # type and title


def title_key(title: str | None) -> str:
    """A title to compare by, without the "về" or "về việc" that joins it to its document."""
    return re.sub(r"^ve (?:viec )?", "", key(title or ""))


class LawIndex:
    """The numbered laws of a corpus by type and name: "Luật Khoa học và Công nghệ" -> 29/2013/QH13."""

    def __init__(self, identities: Iterable[Identity], extractions: Sequence[Extraction]) -> None:
        self._known: defaultdict[_Law, dict[str, set[str]]] = defaultdict(dict)  # IRI -> dates and years
        beside = {id(law): title for extraction in extractions for law, title in _named_beside(extraction)}
        for identity in identities:
            for statement in identity.statements:
                said = statement.mention
                title = (said.title or beside.get(id(said))) if said else None
                if said and said.type in LAWS and title:
                    dates = self._known[said.type, title_key(title)].setdefault(identity.id, set())
                    dates |= {s.date for s in identity.statements if s.date} | {identity.id.split("/")[-2]}

    def match(self, extraction: Extraction, mention: Mention) -> str | None:
        """The numbered law that a name means: that of its date, without a date the only one that is not later."""
        laws = self._known.get((mention.type or "", title_key(mention.title)), {})
        today = (extraction.document.date or "9")[:4]
        if mention.date:
            found = [law for law, dates in laws.items() if any(_agree(mention.date, date) for date in dates)]
        else:
            found = [law for law, dates in laws.items() if min(dates)[:4] <= today]
        return found[0] if len(found) == 1 else None


def _agree(one: str, other: str) -> bool:
    """Whether two dates may be one day, as far as both tell: 2024 and 2024-11-29."""
    return one.startswith(other) or other.startswith(one)


def _named_beside(extraction: Extraction) -> Iterator[tuple[Mention, str]]:
    """Numbers in brackets behind a name: "Luật Khoa học và Công nghệ (Luật số 29/2013/QH13)"."""
    for before, here in zip(extraction.mentions, extraction.mentions[1:], strict=False):
        beside = 0 < here.source.start - before.source.end <= _BESIDE
        law = before.type == here.type and before.type in LAWS
        if beside and law and before.title and before.number is None and here.number and here.title is None:
            yield here, before.title
