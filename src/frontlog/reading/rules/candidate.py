"""A cue on its way to becoming a draft."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from frontlog.model import Extent, Kind, Span
from frontlog.reading.rules.hits import Hit

OF_PLACES = frozenset(("take", "leave", "hold", "advance", "besiege"))


@dataclass(slots=True)
class Candidate:
    """A cue on its way to becoming a draft; filled in by the steps that follow."""

    hit: Hit
    kind: Kind
    cue: Span
    agent_heads: list[Token] = field(default_factory=list)
    target_heads: list[Token] = field(default_factory=list)
    agents: list[Span] = field(default_factory=list)
    targets: list[Span] = field(default_factory=list)
    places: tuple[Span, ...] = ()
    extent: Extent | None = None
    in_context: bool = False
    ahead: bool = False
    deaths: int | None = None

    @property
    def head(self) -> Token:
        return self.hit.head
