"""The words of a text and the keys by which two spellings of one word meet: accents, tone places, plurals, "&"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ingest.fold import fold

_WORD = re.compile(r"[^\W_]+|&")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook, dot: of the syllable, not of a letter
_AND = frozenset({"va", "and", "&"})
# British and American endings, in the order in which they are tried; the left side is never that of a syllable of ours.
_ENDINGS = (("isation", "ization"), ("ising", "izing"), ("mme", "m"), ("our", "or"), ("tre", "ter"), ("ence", "ense"))
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
# Every Vietnamese syllable without its accents has this shape; most English words and abbreviations do not.
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh?|kh|ph|qu|th|tr|[bcdhklmnpqrstvx])?"
    r"(?:uye|uya|uyu|uou|uoi|uay|oai|oay|oao|oeo|ieu|yeu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)


def clean(text: str) -> str:
    """The text as every model gets it: NFC (decomposed letters give another vector), no NUL, no broken surrogates."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", whole).replace("\0", " ")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: text[start:end] is "Y" of "Sở Y tế", its key "y"."""

    start: int
    end: int
    key: str


def clean_question(text: str) -> str:
    """One line in NFC without what cannot be printed: "Sở\\x00Y tế\\n" -> "Sở Y tế"."""
    return " ".join(unicodedata.normalize("NFC", _UNPRINTABLE.sub(" ", text)).split())


def split_words(text: str) -> tuple[Word, ...]:
    """The words of a text in order: "Sở KH&CN" has four."""
    return tuple(Word(found.start(), found.end(), word_key(found[0])) for found in _WORD.finditer(text))


def lower(text: str) -> str:
    """Lower case of the same length, so that offsets stay true: "İ" stays as it is."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=1 << 15)
def word_key(word: str) -> str:
    """What two spellings of a word share: "Payments" and "payment", "và" and "&", "Sở" and "so"."""
    folded = fold(word)
    if folded in _AND:
        return "&"
    return _english_key(folded) if folded.isascii() and len(folded) > 3 else folded


def _english_key(word: str) -> str:
    """Number and British spelling aside: "technologies" -> "technology", "digitisation" -> "digitization"."""
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("ches", "shes", "xes", "sses")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, ours in _ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)] + ours
    return word


@lru_cache(maxsize=1 << 15)
def accent_key(word: str) -> str:
    """A word with its accents, its tone behind: "hoá" and "hóa" are one, "hoà" is another."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = "".join(letter for letter in letters if letter in _TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)) + tones


def strip_accents(text: str) -> str:
    """Without accents but with its case: "CĐS" -> "CDS"."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_syllable(word: str) -> bool:
    """Whether a word without accents could be Vietnamese: "ai" and "bim" could, "iot" and "cntt" could not."""
    return _SYLLABLE.fullmatch(word) is not None


def is_acronym(spelling: str) -> bool:
    """Whether only capitals tell a name from a word: "AI", "CĐS", "KH&CN", "IoT"; not "Techmart" or "Huế"."""
    return " " not in spelling and any(letter.isupper() for letter in spelling[1:])
