"""Words that say what class of place a name means: "Kandahar province", "the city of Kandahar"."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from frontlog.gazetteer.supplement import DATA, tsv_lines
from frontlog.model import Precision

CLASSWORDS: Path = DATA / "classwords.tsv"


@lru_cache(maxsize=1)
def load(path: Path = CLASSWORDS) -> dict[str, frozenset[Precision]]:
    """Return each class word with the precisions it admits."""
    words: dict[str, frozenset[Precision]] = {}
    for _, (word, precisions, _order) in tsv_lines(path, ["word", "precisions", "order"]):
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
