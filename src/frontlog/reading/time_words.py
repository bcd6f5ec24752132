"""The words of time expressions (``data/time_words.tsv``): months, weekdays, counts, parts of a day."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from frontlog.errors import DataFileError
from frontlog.gazetteer.supplement import DATA, tsv_lines

TIME_WORDS: Path = DATA / "time_words.tsv"
_CLASSES = ("month", "short month", "weekday", "number", "ordinal", "part of day")
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th)$")


@lru_cache(maxsize=1)
def load(path: Path = TIME_WORDS) -> dict[str, dict[str, int]]:
    """Return each class of words with its values, in the order of the file: longer words stand first."""
    classes: dict[str, dict[str, int]] = {name: {} for name in _CLASSES}
    for line, (word, name, value) in tsv_lines(path, ["word", "class", "value"]):
        if name not in classes:
            raise DataFileError(str(path), line, f"class {name!r}", f"use one of {', '.join(_CLASSES)}")
        if not value.isdigit():
            raise DataFileError(str(path), line, f"value {value!r}", "write a whole number")
        classes[name][word] = int(value)
    return classes


def any_of(name: str) -> str:
    """Return the words of a class as alternatives of a pattern.

    >>> any_of("weekday")[:20]
    'Monday|Tuesday|Wedne'
    """
    return "|".join(load()[name])


def number(words: str) -> int:
    """Return what a count or an ordinal means, in digits or letters; an unknown word counts one."""
    words = words.casefold()
    digits = _ORDINAL_END.sub("", words)
    return int(digits) if digits.isdigit() else (load()["number"] | load()["ordinal"]).get(words, 1)


def month(words: str) -> int:
    """Return the number of a month that is written in full or short ("Sept.")."""
    return _months()[words.casefold().rstrip(".")]


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    words = load()
    return {word.casefold(): value for word, value in (words["month"] | words["short month"]).items()}


def weekday(words: str) -> int:
    """Return the number of a weekday; Monday is 0."""
    return load()["weekday"][words.capitalize()]
