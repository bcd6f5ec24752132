"""Cuts a text at offsets, so that a template can mark the pieces and escape every one of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from frontlog.model import Claim, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the names of the marks on it."""

    text: str
    marks: tuple[str, ...] = ()
    start: int = 0


def pieces(text: str, spans: Iterable[tuple[Span, str]], within: Span | None = None) -> list[Piece]:
    """Cut ``text`` (or a part of it) wherever a mark starts or ends; joined, the pieces are the text again.

    >>> [(p.text, p.marks) for p in pieces("a b c", [(Span(2, 3), "cue")])]
    [('a ', ()), ('b', ('cue',)), (' c', ())]
    """
    whole = within or Span(0, len(text))
    inside = [
        (max(span.start, whole.start), min(span.end, whole.end), mark)
        for span, mark in spans
        if span.overlaps(whole)
    ]
    edges = sorted({whole.start, whole.end, *(s for s, _, _ in inside), *(e for _, e, _ in inside)})
    cut = []
    for start, end in itertools.pairwise(edges):
        names = tuple(dict.fromkeys(mark for s, e, mark in inside if s <= start and end <= e))
        cut.append(Piece(text[start:end], names, start))
    return cut


def claim_marks(claim: Claim) -> list[tuple[Span, str]]:
    """The spans of one claim with the roles they play in it."""
    marks = [(claim.cue, "cue")]
    marks += [(each.span, "agent") for each in claim.agents]
    marks += [(each.span, "target") for each in claim.targets]
    marks += [(each.span, "place") for each in claim.places]
    if claim.speaker:
        marks.append((claim.speaker.span, "speaker"))
    return marks
