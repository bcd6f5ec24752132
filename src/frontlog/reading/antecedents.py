"""Which place words without a name go back to: "the city", "the oil hub", "the city's airport"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from frontlog.gazetteer import classwords
from frontlog.model import PlaceMention, Span

_VAGUE = frozenset(("territory", "zone", "division"))
"""Class words that mean any stretch of land as often as the class."""

_OTHER = re.compile(
    r"\b(?:an?|other|another|second|third|fourth|fifth|next|nearby|neighbou?ring|adjacent|one|last|several|of|in|near)\b"
)
"""Words by which a description means another place than the one named before, or one of several."""

_INNER = re.compile(r"^(?P<noun>[a-z]+)['’]s\s|\b(?:in|of|at|near|inside|outside)\s+the\s+(?P<tail>[a-z]+)$")
"""A class word within a description: "city's airport", "the road in the city"."""

_DEFINITE = re.compile(r"\b(?:the|that|this|said)\s+$", re.IGNORECASE)


def antecedent(text: str, span: Span, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """Return the nearest place named before that the class word fits, as a mention at the word's own span.

    Only a definite class word points back: "the town" does, "another town" and "three towns" do not.
    """
    words = span.of(text)
    if (inner := _INNER.search(words)) is not None:
        group = inner.lastgroup or 0
        within = Span(span.start + inner.start(group), span.start + inner.end(group))
        found = antecedent(text, within, places)
        small = found is not None and found.precision != "country"
        return replace(found, span=span, text=words) if found and small else None
    noun = re.sub(r"^(?:the|that|this)\s+", "", words, flags=re.IGNORECASE).casefold()
    if noun == words.casefold() and not _DEFINITE.search(text, 0, span.start):
        return None
    before = sorted((m for m in places if m.place and m.span.end <= span.start), key=_position)
    fitting = classwords.load().get(noun)
    if noun.endswith("s") or noun in _VAGUE:
        return None
    found = _nearest(before, fitting) if fitting else _only(before, noun)
    if found is None:
        return None
    return PlaceMention(span, words, found.name, found.place, 0.9 * found.confidence, found.runner_up)


def _only(before: Sequence[PlaceMention], noun: str) -> PlaceMention | None:
    """The one town named before, for words that describe it: "the oil hub", "the strategic town"."""
    words = noun.split()
    fitting = next(
        (
            table[tail]
            for table in (classwords.descriptions(), classwords.load())
            for tail in _tails(words)
            if tail in table
        ),
        None,
    )
    if fitting is None or "settlement" not in fitting or _OTHER.search(noun):
        return None
    towns = {m.place.id: m for m in before if m.place and m.precision == "settlement"}
    return next(iter(towns.values())) if len(towns) == 1 else None


def _tails(words: Sequence[str]) -> list[str]:
    """The last two words and the last word."""
    return [" ".join(words[-2:]), words[-1]] if words else []


def _position(mention: PlaceMention) -> Span:
    return mention.span


def _nearest(before: Sequence[PlaceMention], fitting: Collection[str]) -> PlaceMention | None:
    """The last place that fits, or the one told of before that the last town lies in."""
    fit = {m.place.id: m for m in before if m.place and m.precision in fitting}
    for mention in reversed(before):
        if mention.place and mention.place.id in fit:
            return fit[mention.place.id]
        if mention.place and mention.place.admin1 in fit:
            return fit[mention.place.admin1]
    return None
