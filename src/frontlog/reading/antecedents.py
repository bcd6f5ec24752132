"""Which place a bare class word goes back to: "the city", "that district", "the town"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontlog.gazetteer import classwords
from frontlog.model import PlaceMention, Span

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
    if fitting is None or noun.endswith("s"):
        return None
    for mention in sorted(places, key=lambda mention: mention.span, reverse=True):
        if mention.place and mention.span.end <= span.start and mention.precision in fitting:
            confidence = 0.9 * mention.confidence
            return PlaceMention(span, words, mention.name, mention.place, confidence, mention.runner_up)
    return None
