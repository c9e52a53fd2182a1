"""One page of a list: by limit and offset, or from a cursor on, with all fields or only some."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from graph.generations import Problem
from search_api.demands import UnknownValue

MOST_LISTED = 500
_OWN = frozenset({"cursor", "limit", "offset", "fields"})  # what a cursor does not depend on
Read = Callable[[str], Mapping[str, Any]]
FieldsGiven = Annotated[
    str | None,
    Query(
        max_length=1000,
        description="Only these fields of a record, parted by commas.",
        examples=["id,text,lead"],
    ),
]


class BadCursor(Problem):
    """A cursor that no page of this list gave."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list a request wants."""

    limit: int
    offset: int
    cursor: str | None
    fields: str | None


async def read_paging(
    limit: Annotated[int, Query(ge=1, le=MOST_LISTED, description="How many at most.", examples=[50])] = 50,
    offset: Annotated[int, Query(ge=0, le=10**9, description="How many to leave out first.", examples=[0])] = 0,
    cursor: Annotated[
        str | None,
        Query(
            max_length=3000,
            description="The `next` of the page before, in place of an offset; the other parameters stay the same.",
            examples=["WzUwLCJodHRwczovL2V4YW1wbGUub3JnL2lkIiwiMDAiXQ"],
        ),
    ] = None,
    fields: FieldsGiven = None,
) -> Paging:
    """The parameters that every list takes; no work, so it takes no thread."""
    return Paging(limit, offset, cursor, fields)


Page = Annotated[Paging, Depends(read_paging)]


def answer_page(request: Request, paging: Paging, ids: Sequence[str], read: Read, known: Sequence[str]) -> Response:
    """One page of the things that `ids` name; `next` and the Link header lead to the one behind it."""
    chosen = read_fields(paging.fields, known)
    question = _fingerprint(request)
    start = _find_start(paging, ids, question)
    shown = ids[start : start + paging.limit]
    end = start + len(shown)
    further = _write_cursor(end, shown[-1], question) if shown and end < len(ids) else None
    results = [choose_fields(read(iri), chosen) for iri in shown]
    page = {"total": len(ids), "limit": paging.limit, "offset": start, "next": further, "results": results}
    headers = {"Link": f'<{_address(request, further)}>; rel="next"'} if further else {}
    return JSONResponse(page, headers=headers)


def read_fields(text: str | None, known: Sequence[str]) -> tuple[str, ...] | None:
    """The names in "id, text,lead"; None asks for all, UnknownValue names those that there are."""
    if text is None:
        return None
    names = tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))
    if not names or (unknown := [each for each in names if each not in known]):
        wrong = ", ".join(unknown)[:100] if names else "nothing"
        raise UnknownValue(f"fields asks for {wrong}: expected some of {', '.join(known)}")
    return names


def choose_fields(record: Mapping[str, Any], names: Sequence[str] | None) -> Mapping[str, Any]:
    """A record with some of its fields, in the order that was asked for."""
    return record if names is None else {name: record[name] for name in names if name in record}


def _find_start(paging: Paging, ids: Sequence[str], question: str) -> int:
    """Where a page begins: behind the last that was given, also when rows have come or gone since."""
    if paging.cursor is None:
        return paging.offset
    if paging.offset:
        raise BadCursor("a page begins at a cursor or at an offset, not at both")
    offset, last, asked = _read_cursor(paging.cursor)
    if asked != question:
        raise BadCursor("the cursor is of another list: with it, only limit and fields may change")
    if 0 < offset <= len(ids) and ids[offset - 1] == last:
        return offset
    return ids.index(last) + 1 if last in ids else offset


def _write_cursor(offset: int, last: str, question: str) -> str:
    plain = json.dumps([offset, last, question], ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[int, str, str]:
    try:
        plain = base64.urlsafe_b64decode((cursor + "=" * (-len(cursor) % 4)).encode("ascii"))
        offset, last, question = json.loads(plain)
    except (ValueError, TypeError, RecursionError):
        raise BadCursor("the cursor is none that a page of this list gave") from None
    if not (type(offset) is int and 0 <= offset <= 10**9 and isinstance(last, str) and isinstance(question, str)):
        raise BadCursor("the cursor is none that a page of this list gave")
    return offset, last, question


def _fingerprint(request: Request) -> str:
    """What a list depends on, in a few letters: its path and its filters."""
    asked = sorted((name, value) for name, value in request.query_params.multi_items() if name not in _OWN)
    return hashlib.sha256(json.dumps([request.url.path, asked]).encode()).hexdigest()[:12]


def _address(request: Request, cursor: str) -> str:
    asked = [pair for pair in request.query_params.multi_items() if pair[0] not in ("cursor", "offset")]
    return f"{request.url.path}?{urlencode([*asked, ('cursor', cursor)])}"
