"""How much of a place words before its name speak of: "90 % of the town", "most of the city of"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from frontlog.gazetteer import classwords
from frontlog.gazetteer.supplement import DATA, tsv_lines
from frontlog.model import PlaceMention, Span

SHARES = DATA / "shares.tsv"
_REACH = 60


def with_share(text: str, mention: PlaceMention) -> PlaceMention:
    """The mention with the words of share that stand just before it, so that what is left can be told.

    >>> text = "They hold 90% of the town of Zaranka."
    >>> with_share(text, PlaceMention(Span(29, 36), "Zaranka", "Zaranka")).text
    '90% of the town of Zaranka'
    """
    start = max(0, mention.span.start - _REACH)
    found = before().search(text[start : mention.span.start])
    if found is None:
        return mention
    span = Span(start + found.start(), mention.span.end)
    return replace(mention, span=span, text=span.of(text))


@lru_cache(maxsize=1)
def before(path: Path = SHARES) -> re.Pattern[str]:
    """Return what finds words of share at the end of the words before a name."""
    words = [re.escape(cells[0]) for _, cells in tsv_lines(path, ["words"])]
    amount = "|".join([*sorted(words, key=len, reverse=True), r"\d+(?:\.\d+)? ?(?:%|per ?cent)"])
    classes = "|".join(re.escape(word) for word in classwords.load())
    return re.compile(
        rf"\b(?:{amount}) of (?:the )?(?:[a-z-]+ )?(?:(?:{classes}) of )?(?:the )?$", re.IGNORECASE
    )
