"""Numbers in running text: digits and English number words, with the spans they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from frontlog.model import Span

UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = {word: value for value, word in enumerate(UNITS)} | {
    word: 10 * value for value, word in enumerate(TENS, start=2)
}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}

_WORD = "|".join(sorted([*SMALL, *SCALES], key=len, reverse=True))
_SCALE = "|".join(SCALES)
_NUMBER = re.compile(
    rf"\b(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:\s+(?P<scale>{_SCALE})s?)?"
    rf"|(?P<words>(?:{_WORD})(?:(?:\s+and\s+|[\s-]+)(?:{_WORD}))*))\b",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[tuple[Span, int]]:
    """Yield each whole number in the text with its span; decimals are cut to their whole part.

    >>> [value for _, value in numbers("twenty-three soldiers and 1,200 civilians, 3 thousand in all")]
    [23, 1200, 3000]
    """
    yield from _found(text)


@lru_cache(maxsize=4)
def _found(text: str) -> tuple[tuple[Span, int], ...]:
    """All numbers of a text; several audits ask for those of one text in turn."""
    return tuple(_each(text))


def _each(text: str) -> Iterator[tuple[Span, int]]:
    for match in _NUMBER.finditer(text):
        digits, words = match["digits"], match["words"]
        if digits:
            value = int(digits.replace(",", "")) * SCALES.get((match["scale"] or "").lower(), 1)
        else:
            value = _words_value(words)
        yield Span(match.start(), match.end()), value


def _words_value(words: str) -> int:
    total = current = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in SMALL:
            current += SMALL[word]
        elif word in SCALES:
            scale = SCALES[word]
            current = max(current, 1) * scale
            if scale >= 1_000:
                total, current = total + current, 0
    return total + current
