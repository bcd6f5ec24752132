"""Which place a bare class word goes back to: "the city", "that district", "the town"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from frontlog.gazetteer import classwords
from frontlog.model import PlaceMention, Span

_VAGUE = frozenset(("territory", "zone", "division"))
"""Class words that mean any stretch of land as often as the class."""

_DEFINITE = re.compile(r"\b(?:the|that|this|said)\s+$", re.IGNORECASE)


def antecedent(text: str, span: Span, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """Return the nearest place named before that the class word fits, as a mention at the word's own span.

    Only a definite class word points back: "the town" does, "another town" and "three towns" do not.
    """
    words = span.of(text)
    noun = re.sub(r"^(?:the|that|this)\s+", "", words, flags=re.IGNORECASE).casefold()
    if noun == words.casefold() and not _DEFINITE.search(text, 0, span.start):
        return None
    fitting = classwords.load().get(noun)
    if fitting is None or noun.endswith("s") or noun in _VAGUE:
        return None
    found = _nearest(
        sorted((m for m in places if m.place and m.span.end <= span.start), key=_position), fitting
    )
    if found is None:
        return None
    return PlaceMention(span, words, found.name, found.place, 0.9 * found.confidence, found.runner_up)


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
