"""Names of several words for actors, made one token each, so that no place inside them is taken for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from spacy.tokens import Doc

_PIECES = re.compile(r"\w+(?:['’]s?(?!\w))?|[^\w\s]")
_SMALL = frozenset(("of", "and", "for", "in", "the", "al", "el", "as", "to"))
_LINKS = frozenset(("of", "and", "for", "in"))
_OTHERS = frozenset(("person", "office", "state"))
_NAME, _KIND, _ALIASES = 1, 2, 7


@dataclass(frozen=True, slots=True)
class Names:
    """The registry's names of several words, by their first word; the longest first."""

    by_first: Mapping[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def open(cls) -> Names:
        """Read groups and forces from the registry of actors; unlinked names are left to the parser."""
        text = files("frontlog").joinpath("data", "actors.tsv").read_text(encoding="utf-8")
        found: dict[str, set[tuple[str, ...]]] = {}
        for line in text.splitlines():
            cells = line.split("\t")
            if line.startswith("#") or len(cells) <= _ALIASES or cells[_KIND] in _OTHERS:
                continue
            for name in (cells[_NAME], *cells[_ALIASES].split("|")):
                pieces = tuple(_split(name))
                if _is_whole(pieces):
                    found.setdefault(pieces[0], set()).add(pieces)
        return cls({first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()})

    def spans(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """Token ranges of names that the text writes with capitals, the longest at each place."""
        words = [token.lower_.replace("’", "'") for token in doc]
        i = 0
        while i < len(doc):
            size = self._size(doc, words, i)
            if size:
                yield i, i + size
            i += size or 1

    def _size(self, doc: Doc, words: list[str], start: int) -> int:
        for name in self.by_first.get(words[start], ()):
            end = start + len(name)
            if tuple(words[start:end]) == name and all(
                token.text[:1].isupper() or token.lower_ in _SMALL or not token.is_alpha
                for token in doc[start:end]
            ):
                return len(name)
        return 0


def _split(name: str) -> list[str]:
    pieces = []
    for piece in _PIECES.findall(name.casefold().replace("’", "'")):
        stem, mark, rest = piece.partition("'")
        pieces += [stem, mark + rest] if mark else [piece]
    return pieces


def _is_whole(pieces: tuple[str, ...]) -> bool:
    return len(pieces) > 2 and any(piece in _LINKS for piece in pieces[1:-1])
