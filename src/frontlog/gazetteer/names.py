"""How names are compared: normalised form, transliteration skeleton, class words around a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = re.compile("[’‘'`´ʿʾʻʼˈˌ′“”\"*]")
_BREAKS = re.compile(r"[-‐‑–—_/,.;:()\[\]&+]+")
_DOTTED = re.compile(r"\b((?:[a-z]\.){2,})")
_SPACES = re.compile(r"\s+")
_LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ə": "a",
}
_FOLD = str.maketrans(_LETTERS)
_WORDS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_ARTICLES = frozenset(
    [
        *["al", "el", "ar", "as", "ash", "at", "az", "an", "ad", "ul", "ez", "es", "ed", "er"],
        *["the", "e", "i", "of", "de"],
    ]
)
_LIGATURES = (
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"),
    ("gh", "g"), ("ch", "c"), ("sh", "s"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("ow", "u"), ("aw", "u"), ("ei", "a"), ("ey", "a"), ("ai", "a"),
    ("ay", "a"), ("iy", "i"), ("yi", "i"), ("q", "k"), ("x", "ks"), ("w", "v"), ("y", "i"), ("o", "u"),
    ("e", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """Fold case, accents, apostrophes and hyphens, and the short forms of Saint, Mount and Fort.

    >>> normalise("Pul-e Khomrī"), normalise("St. Louis"), normalise("U.S.")
    ('pul e khomri', 'st louis', 'us')
    """
    if name.isascii() and name.replace(" ", "").isalpha():
        return " ".join(_WORDS.get(word, word) for word in name.lower().split())
    # Letters in disguise ("ᴬ", "ŉ") show what is in them before anything is dropped or made small.
    text = _DROPPED.sub("", unicodedata.normalize("NFKD", name)).lower()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_FOLD))
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    if "." in text:
        text = _DOTTED.sub(lambda dotted: dotted.group(1).replace(".", ""), text)
    words = _SPACES.sub(" ", _BREAKS.sub(" ", text)).strip().split(" ")
    return " ".join(_WORDS.get(word, word) for word in words)


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """Reduce a name to what its transliterations share.

    Articles, izafet, doubled letters and the colour of vowels go.

    >>> skeleton("Pul-i-Khumri") == skeleton("Pol-e Khomri") == skeleton("Puli Khumri")
    True
    """
    words = [word for word in normalise(name).split(" ") if word not in _ARTICLES]
    inner = [word[:-1] if len(word) > 3 and word[-1] in "ie" else word for word in words[:-1]]
    joined = "".join([*inner, *words[-1:]])
    for written, sound in _LIGATURES:
        joined = joined.replace(written, sound)
    joined = _DOUBLED.sub(r"\1", joined)
    return joined.rstrip("hai") if len(joined) > 5 else joined
