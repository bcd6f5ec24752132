"""Demonyms and abbreviations: words that point at a place without being its name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from frontlog.gazetteer.supplement import DATA, tsv_lines

DEMONYMS: Path = DATA / "demonyms.tsv"
ABBREVIATIONS: Path = DATA / "abbreviations.tsv"


@lru_cache(maxsize=1)
def demonyms(path: Path = DEMONYMS) -> dict[str, str]:
    """Return demonyms as printed, with the ISO code of their country or the name of their region."""
    return {word: place for _, (word, place) in tsv_lines(path, ["demonym", "place"])}


@lru_cache(maxsize=1)
def abbreviations(path: Path = ABBREVIATIONS) -> dict[str, tuple[str, str]]:
    """Return abbreviations as printed with the full name and the country it lies in."""
    columns = ["abbreviation", "name", "country"]
    return {short: (name, country) for _, (short, name, country) in tsv_lines(path, columns)}
