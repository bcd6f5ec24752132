"""The words that actors are named with: demonyms, heads and generic names, from data files."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from countryinfo import all_countries

from frontlog.errors import DataFileError

_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_BACKED = re.compile(
    r"\b(?:\w[\w.]*-){1,3}(?:backed|led|linked|affiliated|aligned|allied|supported|inspired|based)\b"
)
_SPLIT = re.compile(r"[^\w.&/-]+")
_ARTICLES = frozenset(
    {"the", "a", "an", "its", "their", "his", "of", "by", "from", "in", "to", "for", "some"}
)


@cache
def normalise(words: str) -> str:
    """Lower case, no accents, articles or possessives, hyphens as spaces.

    >>> normalise("the Syrian regime’s  Forces")
    'syrian regime forces'
    """
    folded = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    plain = _POSSESSIVE.sub("", plain).replace("u.s.a.", "us").replace("u.s.", "us").replace("u.n.", "un")
    tokens = _SPLIT.sub(" ", plain).replace("-", " ").split()
    while tokens and tokens[0] in _ARTICLES:
        tokens.pop(0)
    return " ".join(token.strip(".") for token in tokens)


@dataclass(frozen=True, slots=True)
class Words:
    """Head words of states' forces and of insurgents, and what may stand beside them."""

    state: frozenset[str]
    insurgent: frozenset[str]
    modifiers: frozenset[str]
    adjectives: frozenset[str]
    demonyms: Mapping[str, str]

    def is_state(self, text: str) -> bool:
        """True for "government forces" and its like, with any of the modifiers."""
        if "pro government" in text:
            return self._made_of(text, self.state | self.insurgent)
        return self._made_of(text, self.state)

    def is_insurgent(self, text: str) -> bool:
        """True for "rebel forces": a state's head words may follow an insurgent's."""
        if "pro government" in text or not self.insurgent.intersection(text.split()):
            return False
        return self._made_of(text, self.insurgent | self.state)

    def trim(self, text: str) -> str:
        return " ".join(token for token in text.split() if token not in _ARTICLES)

    def without_heads(self, text: str) -> str:
        """Drop the heads and modifiers at the end: "taliban fighters" is "taliban"."""
        tokens = text.split()
        heads = self.state | self.insurgent | self.modifiers
        while len(tokens) > 1 and tokens[-1] in heads:
            tokens.pop()
        while len(tokens) > 1 and tokens[0] in self.modifiers:
            tokens.pop(0)
        return " ".join(tokens)

    def _made_of(self, text: str, heads: frozenset[str]) -> bool:
        tokens = [token for token in text.split() if not token.isdigit()]
        if not tokens:
            return False
        return any(token in heads for token in tokens) and all(
            token in heads or token in self.modifiers or token in _ARTICLES for token in tokens
        )


def load_words() -> Words:
    """Load `data/cues/actors.toml`; raises DataFileError when a list is missing."""
    path = files("frontlog") / "data" / "cues" / "actors.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    names = ("state", "insurgent", "modifiers", "adjectives")
    for name in names:
        if not isinstance(table.get(name), list):
            raise DataFileError(str(path), 1, f"no list {name!r}", f'add {name} = ["…"]')
    state, insurgent, modifiers, adjectives = (frozenset(map(normalise, table[name])) for name in names)
    return Words(state, insurgent, modifiers, adjectives, _demonyms(table))


def _demonyms(table: Mapping[str, Mapping[str, list[str]]]) -> dict[str, str]:
    found = {each.iso(2): demonym for each in all_countries() if (demonym := each.demonym())}
    return found | {code: names[0] for code, names in table.get("demonyms", {}).items()}


@cache
def countries_by_name() -> Mapping[str, str]:
    """Normalised country names and demonyms to ISO codes; a shared word means the more populous."""
    table = tomllib.loads((files("frontlog") / "data" / "cues" / "actors.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for country in sorted(all_countries(), key=lambda each: -(each.population() or 0)):
        code = country.iso(2)
        demonym = country.demonym()
        named = [country.name(), *country.alt_spellings(), *([demonym, f"{demonym}s"] if demonym else [])]
        for name in named:
            text = normalise(name)
            # Three-letter codes are words of other meanings: AND, ARE, CAN.
            if len(text) > 3 or (len(text) == 3 and not name.isupper()):
                found.setdefault(text, code)
    for code, names in table.get("demonyms", {}).items():
        for name in names:
            found[normalise(name)] = code
    return found
