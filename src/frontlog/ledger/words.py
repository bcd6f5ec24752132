"""Words that are looked for, read once for the indexes of both stores and for marking what was found.

All of them must occur. Words in quotation marks, and those that a hyphen or the like joins, stand together; a
star at the end stands for any end. Case and accents do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from frontlog.model import Span

# Title and text of a dispatch: a word in the title tells more than one in the text.
SCORE = "bm25(dispatches_text, 5.0, 1.0)"
DISPATCHES = (
    "INSERT INTO dispatches_text (rowid, title, text)"
    " SELECT n, title, text FROM dispatches WHERE n > :after ORDER BY n"
)
SENTENCES = (
    "INSERT INTO claims_text (rowid, sentence)"
    " SELECT c.n, substr(d.text, json_extract(c.body, '$.sentence[0]') + 1,"
    " json_extract(c.body, '$.sentence[1]') - json_extract(c.body, '$.sentence[0]'))"
    " FROM claims c JOIN dispatches d ON d.n = c.dispatch WHERE c.n > :after ORDER BY c.n"
)
REINDEX = "INSERT INTO dispatches_text (dispatches_text) VALUES ('rebuild')"
_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together; ``open_ended`` where the last one may go on."""

    words: tuple[str, ...]
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; false where there is no word in it."""

    phrases: tuple[Phrase, ...] = ()

    @classmethod
    def of(cls, text: str) -> Wanted:
        """Read what was typed.

        >>> Wanted.of('Zêbar "north gate" shell*').match
        '"zebar" "north gate" "shell" *'
        """
        found = []
        for part in _PART.finditer(text):
            printed = part[1] if part[1] is not None else part[2]
            words = tuple(_WORD.findall(folded(printed)))
            if words:
                found.append(Phrase(words, printed.endswith("*")))
        return cls(tuple(found))

    def __bool__(self) -> bool:
        return bool(self.phrases)

    @property
    def match(self) -> str:
        """As FTS5 asks; every word is quoted, so that none is an operator."""
        return " ".join(f'"{" ".join(each.words)}"' + " *" * each.open_ended for each in self.phrases)

    @property
    def lexemes(self) -> str:
        """As PostgreSQL's ``to_tsquery`` asks."""
        return " & ".join(
            " <-> ".join(f"'{word}'" for word in each.words) + ":*" * each.open_ended for each in self.phrases
        )

    @property
    def values(self) -> dict[str, str]:
        """The parameters of a statement that has ``MATCH :words``."""
        return {"words": self.match, "lexemes": self.lexemes}

    def spans(self, text: str) -> Iterator[Span]:
        """Where the words stand in a text, each by itself."""
        whole = {word for each in self.phrases for word in each.words}
        begun = tuple(each.words[-1] for each in self.phrases if each.open_ended)
        for word in _WORD.finditer(text):
            plain = folded(word[0])
            if plain in whole or (begun and plain.startswith(begun)):
                yield Span(word.start(), word.end())


def folded(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).lower()
