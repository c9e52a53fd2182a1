"""Web pages saved as one file (.mht, .mhtml): the page is read, its pictures and frames are not."""

from __future__ import annotations

import email
import email.policy
from email.errors import MessageError
from email.message import EmailMessage, Message

from ingest.readers.html import read_html
from ingest.readers.reading import Reading
from ingest.source import Unreadable

_PAGES = ("text/html", "application/xhtml+xml")


def read_mht(raw: bytes) -> Reading:
    """The blocks of the page in a web archive; raises Unreadable where it holds none."""
    try:
        message = email.message_from_bytes(raw.lstrip(), policy=email.policy.compat32)
        pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
        page = _main(message, pages)
        body = page.get_payload(decode=True) if page is not None else None
        charset = page.get_content_charset() if page is not None else None
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("damaged: not a whole web archive") from error
    if not isinstance(body, bytes) or not body.strip():
        raise Unreadable("a web archive that holds no page")
    return read_html(body, charset)


def _main(message: Message | EmailMessage, pages: list[Message]) -> Message | None:
    """The page that the archive was saved of: the one named as its start, else the longest (headers are pages too)."""
    start = str(message.get_param("start") or "").strip()
    named = next((each for each in pages if start and str(each.get("Content-ID", "")).strip() == start), None)
    return named or max(pages, key=lambda each: len(str(each.get_payload())), default=None)
