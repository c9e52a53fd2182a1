"""Which format an Accept header asks for, by its weights."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Media type -> format of graph.sparql_answer; where several ask for one format, the first is its own.
MEDIA_TYPES: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
_RANGE = re.compile(r"[\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+")
_WEIGHT = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


def read_accept(header: str | None, known: Mapping[str, str] = MEDIA_TYPES) -> dict[str, str]:
    """Formats in the order in which they are wanted, each with the media type to name; `known` are those there are.

    read_accept("text/csv;q=0.5, text/turtle") is {"ttl": "text/turtle", "csv": "text/csv"}; no header takes all.
    """
    ranges = [parsed for each in (header or "*/*").split(",") if (parsed := _read_range(each))]
    weighed = [(*_weigh(media_type, ranges), -n, media_type) for n, media_type in enumerate(known)]
    formats: dict[str, str] = {}
    for weight, _, _, media_type in sorted(weighed, reverse=True):
        if weight > 0:
            formats.setdefault(known[media_type], media_type)
    return formats


def own_media_type(format_: str) -> str:
    """The media type of a format: own_media_type("ttl") == "text/turtle"."""
    return next(media_type for media_type, each in MEDIA_TYPES.items() if each == format_)


def _read_range(text: str) -> tuple[str, float] | None:
    media_type, *parameters = (part.strip() for part in text.split(";"))
    if not _RANGE.fullmatch(media_type):
        return None
    weights = [float(found[1]) for each in parameters if (found := _WEIGHT.fullmatch(each.replace(" ", "")))]
    return media_type.lower(), weights[0] if weights else 1.0


def _weigh(media_type: str, ranges: list[tuple[str, float]]) -> tuple[float, int]:
    """The weight that the most exact range gives, and how exact it is."""
    family = media_type.partition("/")[0] + "/*"
    exactness = {"*/*": 0, family: 1, media_type: 2}
    fitting = [(exactness[each], weight) for each, weight in ranges if each in exactness]
    exact, weight = max(fitting, default=(0, 0.0))
    return weight, exact
