"""Headings that name who is asked for all that stands below: "5. Các sở, ban, ngành; UBND huyện, thị xã"."""

from __future__ import annotations

from ingest.bodies import find_bodies, names_bodies
from ingest.body_words import is_verb
from ingest.outline import Node
from ingest.records import Body
from ingest.roles import kind_at, names_from
from ingest.source import SourceText

MAX_HEAD = 160  # letters; twice as many where what is said of them follows


def headed_by(source: SourceText, node: Node) -> tuple[Body, ...]:
    """The bodies that a heading consists of: "5. Các sở, ban, ngành; UBND huyện, thị xã"."""
    if node.block is None or len(node.text) > 2 * MAX_HEAD:
        return ()
    start, end = node.block.words, node.block.end
    start += kind_at("opens", source.text[start:end]) or kind_at("assigns", source.text[start:end]) or 0
    bodies, stop = names_from(source, start, end)
    if bodies and kind_at("heading_tail", source.text[stop:end]) is not None:
        return bodies
    if bodies and is_verb(source.text[stop:end].lstrip(" ,")):
        return ()  # a sentence, whatever stands below it
    if ";" in node.text or len(node.text) > MAX_HEAD or not names_bodies(node.text.rstrip(":"))[0]:
        return ()  # clauses, not a list of names
    return find_bodies(source, start, end)
