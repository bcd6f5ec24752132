"""The gate: whether a dispatch bears on organised violence at all, judged by its words before parsing."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
RELEVANT = 8
STRONG = 20
OPEN = 999


def weigh(text: str, weights: Mapping[str, int]) -> int:
    """Add up the weights of the distinct words of a text, plurals and verb forms folded."""
    seen: dict[str, int] = {}
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        for form in _forms(word):
            if form in weights:
                seen[form] = weights[form]
                break
    return sum(seen.values())


def _forms(word: str) -> tuple[str, ...]:
    forms = [word]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("s"):
        forms.append(word[:-1])
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("ed"):
        forms += [word[:-2], word[:-1]]
    if word.endswith("ing"):
        forms += [word[:-3], word[:-3] + "e"]
    if "-" in word:
        forms += [word.rpartition("-")[2], word.partition("-")[0]]
    return tuple(forms)
