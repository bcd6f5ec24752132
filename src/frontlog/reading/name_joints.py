"""Small words of names (``data/name_joints.tsv``): inside a name, Arabic articles, titles before one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from frontlog.errors import DataFileError
from frontlog.gazetteer.supplement import DATA, tsv_lines

NAME_JOINTS: Path = DATA / "name_joints.tsv"
_USES = ("inside", "article", "title")


@lru_cache(maxsize=1)
def load(path: Path = NAME_JOINTS) -> dict[str, frozenset[str]]:
    """Return the words of each use."""
    words: dict[str, set[str]] = {use: set() for use in _USES}
    for line, (word, use) in tsv_lines(path, ["word", "use"]):
        if use not in words:
            raise DataFileError(str(path), line, f"use {use!r}", f"write one of {', '.join(_USES)}")
        words[use].add(word)
    return {use: frozenset(found) for use, found in words.items()}


@lru_cache(maxsize=1)
def inside() -> frozenset[str]:
    """Return words without a capital that may stand between two parts of a name ("Rio *de* Janeiro")."""
    return load()["inside"]


@lru_cache(maxsize=1)
def articles() -> frozenset[str]:
    """Return Arabic articles that a hyphen joins to a name ("*al*-Bab")."""
    return load()["article"]


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """Return titles after which a person's name stands."""
    return load()["title"]
