"""Words that say what class of place a name means: "Kandahar province", "the city of Kandahar"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from frontlog.gazetteer.supplement import DATA, tsv_lines
from frontlog.model import Precision

CLASSWORDS: Path = DATA / "classwords.tsv"
DESCRIPTIONS: Path = DATA / "descriptions.tsv"


@lru_cache(maxsize=1)
def load(path: Path = CLASSWORDS) -> dict[str, frozenset[Precision]]:
    """Return each class word with the precisions it admits."""
    return _admitted((cells[0], cells[1]) for _, cells in tsv_lines(path, ["word", "precisions", "order"]))


@lru_cache(maxsize=1)
def descriptions(path: Path = DESCRIPTIONS) -> dict[str, frozenset[Precision]]:
    """Return nouns that describe a place without saying its class ("hub"), with the precisions they admit."""
    return _admitted((cells[0], cells[1]) for _, cells in tsv_lines(path, ["word", "precisions"]))


def _admitted(rows: Iterable[tuple[str, str]]) -> dict[str, frozenset[Precision]]:
    words: dict[str, frozenset[Precision]] = {}
    for word, precisions in rows:
        words[word] = frozenset(precisions.split("|"))  # type: ignore[arg-type]
    return words


@lru_cache(maxsize=1)
def before(path: Path = CLASSWORDS) -> frozenset[str]:
    """Return the class words that may stand before a name without "of" ("Mt", "Lake")."""
    return frozenset(
        cells[0] for _, cells in tsv_lines(path, ["word", "precisions", "order"]) if cells[2] == "both"
    )


def split(plain: str) -> tuple[str, frozenset[Precision]] | None:
    """Take the class word off a normalised name.

    >>> split("kandahar province")[0], split("the city of kandahar")[0], split("kandahar")
    ('kandahar', 'kandahar', None)
    """
    words = plain.removeprefix("the ").split(" ")
    table = load()
    for size in (2, 1):
        if len(words) > size and " ".join(words[-size:]) in table:
            return " ".join(words[:-size]), table[" ".join(words[-size:])]
    for size in (2, 1):
        if len(words) > size + 1 and words[size] == "of" and " ".join(words[:size]) in table:
            return " ".join(words[size + 1 :]), table[" ".join(words[:size])]
    if plain.startswith("the "):
        return " ".join(words), frozenset({"country", "province", "region", "district", "settlement", "site"})
    return None
