"""Claims as a reader would give them, of sentences whose parts are known: tests and benchmarks share them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from frontlog.model import (
    CONTROL_KINDS,
    Claim,
    Dispatch,
    Interval,
    Kind,
    Party,
    Place,
    PlaceMention,
    Reading,
    Sentence,
    Span,
    Speaker,
    Standing,
)


def claim_in(
    dispatch: Dispatch,
    sentence: str,
    kind: Kind,
    cue: str,
    agent: str,
    side: str,
    places: Sequence[Place],
    *,
    standing: Standing = "fact",
    speaker: Speaker | str | None = None,
    confidence: float = 0.9,
    when: date | None = None,
) -> Claim:
    """A claim whose spans are found in its sentence, and the sentence in the dispatch.

    A speaker of whom only words are given is an official, and stands in the sentence.
    """
    base = dispatch.text.index(sentence)

    def span(words: str) -> Span:
        start = base + sentence.index(words)
        return Span(start, start + len(words))

    said = Speaker(span(speaker), speaker, role="official") if isinstance(speaker, str) else speaker
    return Claim(
        dispatch.id,
        kind,
        span(cue),
        cue,
        Span(base, base + len(sentence)),
        (Party(span(agent), agent, side, side),),
        places=tuple(PlaceMention(span(each.name), each.name, each.name, each, 0.95) for each in places),
        extent="whole" if kind in CONTROL_KINDS else None,
        when=Interval.day(when or dispatch.date),
        speaker=said,
        standing=standing,
        confidence=confidence,
    )


def reading_of(dispatch: Dispatch, claims: Sequence[Claim]) -> Reading:
    """A reading that found these claims, each in a sentence of its own, and the places they name."""
    return Reading(
        dispatch,
        sentences=tuple(Sentence(each.sentence) for each in claims),
        places=tuple(place for each in claims for place in each.places),
        claims=tuple(claims),
    )
