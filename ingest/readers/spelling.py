"""Whether a text spells Vietnamese: a syllable has few ways to begin, to sound and to end."""

from __future__ import annotations

import re
import unicodedata

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")  # grave, acute, tilde, hook, dot below
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    "(?:(?:iê|yê|uô|ươ|oa|oă|oe|oo|uâ|uê|uơ|uy|uyê|[aăâeêioôơuưy])(?:ch|nh|ng|[cmnpt])?"
    "|(?:ai|ao|au|ay|âu|ây|eo|êu|ia|ya|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu|oai|oao|oay|oeo|iêu|yêu|uây|uôi|ươi|ươu|uya|uyu))"
)


def spelling_share(text: str) -> float:
    """How many of the words with an accent are spelled as Vietnamese spells, 0 where no word has one."""
    accented = [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    return sum(map(is_syllable, accented)) / max(len(accented), 1)


def is_syllable(word: str) -> bool:
    """Whether a word in small letters may be one Vietnamese syllable: is_syllable("hoạch")."""
    marked = unicodedata.normalize("NFD", word)
    tones = _TONES.findall(marked)
    return len(tones) <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", _TONES.sub("", marked))))
