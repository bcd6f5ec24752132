"""Which stretches of words may name a place: those the gazetteer knows, and other capitalised ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from frontlog.gazetteer.lexicons import abbreviations, demonyms
from frontlog.gazetteer.lookup import Candidate, Gazetteer
from frontlog.gazetteer.names import normalise
from frontlog.reading.name_joints import articles, inside
from frontlog.reading.tokens import Token
from frontlog.reading.toponym_weights import function_words

_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Toponym:
    """A candidate: tokens ``first`` to ``last`` (included), and what the gazetteer makes of them."""

    first: int
    last: int
    text: str
    plain: str
    readings: tuple[Candidate, ...]


def candidates(text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Yield every stretch of words that may name a place."""
    ends_before = -1
    for first, token in enumerate(tokens):
        prefixed = _is_article(tokens, first) and not token.capital
        if not token.capital and not prefixed:
            continue
        known = set()
        for found in _known(text, tokens, first, first + 2 if prefixed else first, gazetteer):
            known.add(found.last)
            yield found
        last = _capitals_end(tokens, first)
        if prefixed or last <= ends_before:
            continue
        ends_before = last
        words = text[token.start : tokens[last].end]
        if token.text.lower() in function_words() and token.opens:
            ends_before = first
        elif last not in known and words not in demonyms():
            yield Toponym(first, last, words, normalise(words), ())


def _known(
    text: str, tokens: Sequence[Token], first: int, last: int, gazetteer: Gazetteer
) -> Iterator[Toponym]:
    """Yield the names of the gazetteer that begin with one word; ``last`` is where the shortest may end."""
    while last < len(tokens) and last - first < _LONGEST:
        current = tokens[last]
        if current.capital:
            words = text[tokens[first].start : current.end]
            plain = normalise(words)
            readings = gazetteer.candidates(plain) if not _is_common(words, plain) else ()
            if words in abbreviations():
                readings = tuple(gazetteer.readings(abbreviations()[words][0])[:1])
            if readings:
                yield Toponym(first, last, words, plain, readings)
        elif not (current.text.lower() in inside() and last > first) or (
            current.text in "-'’" and tokens[last - 1].end != current.start
        ):
            return
        last += 1


def _capitals_end(tokens: Sequence[Token], first: int) -> int:
    """Return the last of the capitalised words that follow one another, five at most."""
    last = first
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].capital
        and last - first < 4
        and tokens[last + 1].start - tokens[last].end == 1
    ):
        last += 1
    return last


def _is_article(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether an Arabic article with a hyphen stands here ("al-Bab")."""
    if at + 2 >= len(tokens) or tokens[at].text not in articles():
        return False
    return tokens[at + 1].text == "-" and tokens[at + 1].start == tokens[at].end and tokens[at + 2].capital


def _is_common(words: str, plain: str) -> bool:
    """Short names that are words unless written in capitals ("US", "Us")."""
    return (
        len(plain) <= 3
        and not (words.isupper() or "." in words)
        and plain in {"us", "uk", "uae", "car", "usa"}
    )
