"""An answer of linked data on the wire: which formats it has, and whether a client has it already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from graph.inputs import program_fingerprint
from search_api.linked_formats import FORMATS
from search_api.live import Opened
from search_api.messages import LANGUAGES

OPEN = {"Access-Control-Allow-Origin": "*"}  # anybody's page may read it; nothing here depends on who asks
_IN_IRI = ":/?#[]@!$&'()*+,;=%~"
_CHARSETS = frozenset({"text/html", "text/turtle"})


@dataclass(frozen=True, slots=True)
class Resource:
    """What is answered in several formats: Resource("/doc/topic/du-lieu-so", describes="https://…/id/topic/du-lieu-so").

    `formats` are the extensions that it has, in order of preference.
    """

    path: str
    formats: Mapping[str, str] = field(default_factory=lambda: FORMATS)
    describes: str | None = None
    language: str = LANGUAGES[0]  # of its page

    def in_format(self, format_: str) -> str:
        """Where one format of it is: "/doc/topic/du-lieu-so.ttl"."""
        return quote(f"{self.path}.{format_}", safe="/:@")

    def links(self) -> str:
        """The Link header: each format as an alternate, and what the document is about."""
        links = [
            f'<{self.in_format(name)}>; rel="alternate"; type="{media_type}"'
            for name, media_type in self.formats.items()
        ]
        if self.describes:
            links.append(f'<{quote(self.describes, safe=_IN_IRI)}>; rel="describes"')
        return ", ".join(links)


def answer_resource(
    request: Request,
    here: Opened,
    resource: Resource,
    format_: str,
    write: Callable[[], bytes | Response],
) -> Response:
    """The resource in a format, or 304 to who has it: answer_resource(request, here, resource, "ttl", write)."""
    headers = {**OPEN, "Vary": "Accept", "Link": resource.links(), "Cache-Control": "no-cache"}  # ask, then 304
    headers |= {"Content-Location": resource.in_format(format_), **_validators(here, f"{format_}-{resource.language}")}
    if is_unchanged(request, headers):
        return Response(status_code=304, headers=headers)
    written = write()
    if isinstance(written, Response):  # a page, or what is too long to hold
        written.headers.update(headers)
        return written
    media_type = resource.formats[format_]
    charset = "; charset=utf-8" if media_type in _CHARSETS else ""
    return Response(written, headers={**headers, "Content-Type": media_type + charset})


def redirect(to: str, status: int = 303, resource: Resource | None = None) -> Response:
    """A redirect that pages of other sites may follow too: redirect("/doc/topic/du-lieu-so")."""
    headers = {**OPEN, "Vary": "Accept", "Link": resource.links()} if resource else OPEN
    return RedirectResponse(to, status, headers)


def is_unchanged(request: Request, headers: Mapping[str, str]) -> bool:
    """Whether a client has just this, by If-None-Match, or by If-Modified-Since where it sends no tag."""
    if tags := request.headers.get("if-none-match"):
        own = headers["ETag"].removeprefix("W/")
        return tags.strip() == "*" or own in (each.strip().removeprefix("W/") for each in tags.split(","))
    since = request.headers.get("if-modified-since")
    if not since:
        return False
    try:
        return parsedate_to_datetime(since) >= parsedate_to_datetime(headers["Last-Modified"])
    except (ValueError, TypeError, OverflowError):  # no date, or one without a zone
        return False


def _validators(here: Opened, variant: str) -> dict[str, str]:
    """The generation as a tag and as a date; weak, for a proxy may compress what we send."""
    generation = here.generation
    return {
        "ETag": f'W/"{generation.id}-{_program()}-{variant}"',
        "Last-Modified": format_datetime(generation.finished, usegmt=True),
    }


@cache
def _program() -> str:
    """Changes with the program: the same generation may be described otherwise by the next version."""
    return hashlib.sha256(program_fingerprint().encode()).hexdigest()[:8]
