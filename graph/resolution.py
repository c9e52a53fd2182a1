"""Which document each mention means: finding was one step, deciding is this one, and "cannot tell" is an answer."""

from __future__ import annotations

from collections.abc import Sequence

from graph.identities import Identity, Index, add_unnumbered
from graph.laws import LawIndex
from graph.named import NamedIndex
from graph.serials import SerialIndex
from ingest.records import Extraction, Mention

Reason = tuple[str, tuple[str, ...]]  # why a mention stays open, and the documents that it may mean


class Resolution:
    """Every mention of a corpus with the document it means, or the reason why none is told."""

    def __init__(self, extractions: Sequence[Extraction]) -> None:
        self._targets: dict[int, str] = {}  # by the identity of the mention object
        self._reasons: dict[int, Reason] = {}
        self.index = Index(extractions)
        add_unnumbered(self.index, extractions)
        for extraction in extractions:
            for mention in extraction.mentions:
                if (mention.number and mention.symbol) or mention.blank:
                    self._resolve(extraction, mention)
        laws = LawIndex(self.index.identities.values(), extractions)
        self.named = NamedIndex(extractions, self._targets, laws)
        self._serials = SerialIndex(self.index.identities.values(), self.named.all())
        for extraction in extractions:
            for mention in extraction.mentions:
                if mention.number and mention.symbol is None:
                    self._settle(extraction, mention)

    def target(self, mention: Mention) -> str | None:
        """The IRI of the document that a mention means."""
        return self._targets.get(id(mention))

    def reason(self, mention: Mention) -> Reason:
        """Why a mention stays open."""
        return self._reasons.get(id(mention), ("its name is too short to tell one document", ()))

    def number(self, mention: Mention) -> str | None:
        """The number of a mention, in full where the corpus settles one that is cut short."""
        settled = self.index.identities.get(self._targets.get(id(mention), "")) if mention.symbol is None else None
        return settled.number if settled and mention.number else mention.number

    def _settle(self, extraction: Extraction, mention: Mention) -> None:
        """A number cut short means the one document within reach that it fits."""
        found = self._serials.match(extraction, mention)
        if len(found) == 1:
            self._targets[id(mention)] = found[0]
        else:
            what = f"{mention.type} {mention.number}"
            reason = f"{len(found)} documents are a {what}" if found else f"no document of the corpus is a {what}"
            self._reasons[id(mention)] = (reason, tuple(found))

    def _resolve(self, extraction: Extraction, mention: Mention) -> None:
        own = self.index.held[extraction.file]
        found = self.index.match(extraction, mention)
        if mention.itself or (mention.number and mention.number == own.number and own in found):
            self._targets[id(mention)] = own.id
        elif mention.number is None:
            self._reasons[id(mention)] = ("number left blank in the source", ())
        else:
            self._choose(mention, found)

    def _choose(self, mention: Mention, found: Sequence[Identity]) -> None:
        if len(found) == 1:
            self._targets[id(mention)] = found[0].id
        elif found:  # numbers restart each year in each province: never guess
            reason = f"{len(found)} documents carry {mention.number}"
            self._reasons[id(mention)] = (reason, tuple(sorted(i.id for i in found)))
        else:
            self._reasons[id(mention)] = ("no text gives the year or the issuer of this number", ())
