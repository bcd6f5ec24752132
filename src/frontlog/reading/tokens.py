"""The words and signs of a text, as recognition of names sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from frontlog.gazetteer.lexicons import abbreviations
from frontlog.model import Sentence
from frontlog.reading.toponym_weights import function_words

_OPENERS = frozenset('.!?:“”"•\n')


def _token_pattern() -> re.Pattern[str]:
    dotted = sorted(
        (re.escape(short) for short in abbreviations() if short.endswith(".")), key=len, reverse=True
    )
    return re.compile(
        rf"\b(?:{'|'.join(dotted)})(?!\w)|(?:[A-Z]\.){{2,}}|(?:St|Ste|Mt|Ft)\.(?= ?[A-Z])"
        r"|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]|_"
    )


_TOKEN = _token_pattern()


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    capital: bool
    opens: bool


def tokens_of(text: str, sentences: Sequence[Sentence]) -> list[Token]:
    """Split a text into words and signs; ``opens`` marks the first word of a sentence or quotation."""
    starts = {sentence.span.start for sentence in sentences}
    tokens: list[Token] = []
    opens = True
    for match in _TOKEN.finditer(text):
        word = match.group()
        letters = word[0].isalpha()
        opens = opens or match.start() in starts
        tokens.append(
            Token(word, match.start(), match.end(), letters and word[0].isupper(), opens and letters)
        )
        opens = not letters and (word in _OPENERS or (opens and not word.isdigit()))
    return tokens


def shape(token: Token) -> str:
    """Return a word as a feature: digits and capitalised words by their class, others as they are."""
    if token.text.isdigit():
        return "0"
    if token.opens and token.text.lower() in function_words():
        return token.text.lower()
    if token.capital:
        return "AA" if token.text.isupper() and len(token.text) > 1 else "Aa"
    return token.text.lower()
