"""A question while it is read: which places are taken by filters, and which are still to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from search_api.cues import Asked, load_cues
from search_api.terms import Found

Span = tuple[int, int]
PUNCTUATION = " \t.,;:!?…–—-/\\()[]{}<>\"'“”‘’«»*|=~`^"


@dataclass(slots=True)
class Reading:
    """What is read so far: the spans of filters leave the text, those of topics stay."""

    asked: Asked
    terms: list[Found]
    removed: list[Span] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)

    def of(self, kind: str) -> list[Found]:
        """The terms of one kind, in the order of the text."""
        return [each for each in self.terms if each.kind == kind]

    def hidden(self) -> Asked:
        """The question with all that is read blacked out."""
        return self.asked.hide([*self.removed, *self.kept])

    def hide_names(self) -> None:
        """Black out the terms, a province with the word in front: "trên địa bàn tỉnh Hưng Yên"."""
        self.kept += [(each.start, each.end) for each in self.of("topic")]
        self.removed += [(each.start, each.end) for each in self.of("agency")]
        hidden = self.hidden()
        self.terms = [_with_kind(hidden, each) if each.kind == "jurisdiction" else each for each in self.terms]
        self.removed += [(each.start, each.end) for each in self.of("jurisdiction")]


def _with_kind(hidden: Asked, found: Found) -> Found:
    """A province with the word in front that says what it is: "trên địa bàn tỉnh Hưng Yên"."""
    starts = [at for cue in load_cues()["place-kind"] if (at := cue.ends_at(hidden, found.start)) is not None]
    return replace(found, start=min(starts, default=found.start))
