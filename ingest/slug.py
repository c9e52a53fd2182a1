"""Words to ASCII, for IRIs only: nothing that a person reads goes through here."""

from __future__ import annotations

import hashlib
import re
import unicodedata

STROKED = str.maketrans("đĐðÐ", "dddd")  # no accent to strip; scans print the Icelandic letter for ours
LONGEST = 80  # of a title; a cut slug gets 9 more for its hash


def slug(text: str) -> str:
    """ "Sở Khoa học và Công nghệ" -> "so-khoa-hoc-va-cong-nghe"; what leaves nothing gets a hash for a name."""
    letters = unicodedata.normalize("NFKD", text.translate(STROKED)).casefold()
    words = re.findall(r"[a-z0-9]+", "".join(each for each in letters if not unicodedata.combining(each)))
    return "-".join(words) or f"ten-{short_hash(unicodedata.normalize('NFC', text))}"


def title_slug(title: str) -> str:
    """A title's slug, cut at a word and closed with a hash of the whole: "ban-hanh-chuong-trinh-...-1f0c83ab"."""
    whole = slug(title)
    if len(whole) <= LONGEST:
        return whole
    kept = whole[: LONGEST + 1].rsplit("-", 1)[0][:LONGEST]
    return f"{kept}-{short_hash(whole)}"


def short_hash(text: str) -> str:
    """The first eight hex digits of sha256: "2c26b46b" for "foo"."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
