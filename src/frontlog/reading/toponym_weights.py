"""The fitted weights and word lists of place recognition, as data files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from frontlog.errors import DataFileError
from frontlog.gazetteer.supplement import DATA, tsv_lines

WEIGHTS: Path = DATA / "toponym_weights.tsv"
WORDS: Path = DATA / "toponym_words.tsv"
BODIES: Path = DATA / "bodies.tsv"
FUNCTION_WORDS: Path = DATA / "function_words.tsv"


@lru_cache(maxsize=1)
def bodies(path: Path = BODIES) -> frozenset[str]:
    """Return words of public bodies and buildings, which carry the name of a place ("Kabul University")."""
    return frozenset(word for _, (word,) in tsv_lines(path, ["word"]))


@lru_cache(maxsize=1)
def function_words(path: Path = FUNCTION_WORDS) -> frozenset[str]:
    """Return words that open a sentence with a capital and are never part of a name then."""
    return frozenset(word for _, (word,) in tsv_lines(path, ["word"]))


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature name, and classes of words by how news uses them.

    ``names``: how often a name is a place ("0" never … "4" always). ``lower``: how often a word is written
    without a capital. ``persons``: how often a word opens or ends a person's name.
    """

    weights: Mapping[str, float]
    names: Mapping[str, str]
    lower: Mapping[str, int]
    persons: Mapping[str, int]
    threshold: float = 0.0

    def score(self, features: Iterable[str]) -> float:
        weights = self.weights
        return sum(weights.get(feature, 0.0) for feature in features)

    @classmethod
    @lru_cache(maxsize=1)
    def open(cls) -> Model:
        """Read the files that come with the package."""
        weights: dict[str, float] = {}
        for number, (feature, weight) in tsv_lines(WEIGHTS, ["feature", "weight"]):
            try:
                weights[feature] = float(weight)
            except ValueError:
                raise DataFileError(str(WEIGHTS), number, f"weight {weight!r}", "write a number") from None
        tables: dict[str, dict[str, str]] = {"names": {}, "lower": {}, "persons": {}}
        for number, (table, word, value) in tsv_lines(WORDS, ["table", "word", "class"]):
            if table not in tables:
                raise DataFileError(str(WORDS), number, f"table {table!r}", f"use one of {', '.join(tables)}")
            tables[table][word] = value
        return cls(
            weights, tables["names"],
            {word: int(value) for word, value in tables["lower"].items()},
            {word: int(value) for word, value in tables["persons"].items()},
            weights.pop("threshold", 0.0),
        )  # fmt: skip
