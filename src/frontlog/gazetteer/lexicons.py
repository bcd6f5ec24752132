"""Words about places that are no names: demonyms, abbreviations, sides ("northern"), streets."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from frontlog.errors import DataFileError
from frontlog.gazetteer.supplement import DATA, tsv_lines

DEMONYMS: Path = DATA / "demonyms.tsv"
ABBREVIATIONS: Path = DATA / "abbreviations.tsv"
NAME_PARTS: Path = DATA / "name_parts.tsv"
_PARTS = ("side", "street")


@lru_cache(maxsize=1)
def demonyms(path: Path = DEMONYMS) -> dict[str, str]:
    """Return demonyms as printed, with the ISO code of their country or the name of their region."""
    return {word: place for _, (word, place) in tsv_lines(path, ["demonym", "place"])}


@lru_cache(maxsize=1)
def abbreviations(path: Path = ABBREVIATIONS) -> dict[str, tuple[str, str]]:
    """Return abbreviations as printed with the full name and the country it lies in."""
    columns = ["abbreviation", "name", "country"]
    return {short: (name, country) for _, (short, name, country) in tsv_lines(path, columns)}


@lru_cache(maxsize=1)
def name_parts(path: Path = NAME_PARTS) -> dict[str, tuple[str, ...]]:
    """Return words of a printed name beside the place's own: which side of it, what sort of street."""
    parts: dict[str, list[str]] = {part: [] for part in _PARTS}
    for line, (word, part) in tsv_lines(path, ["word", "part"]):
        if part not in parts:
            raise DataFileError(str(path), line, f"part {part!r}", f"use one of {', '.join(_PARTS)}")
        parts[part].append(word)
    return {part: tuple(words) for part, words in parts.items()}


def any_part(part: str) -> str:
    """Return the words of one part as alternatives of a pattern."""
    return "|".join(name_parts()[part])
