"""The extractor's interface: prepared dispatches in, drafts of claims out, one list a dispatch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from frontlog.model import Dispatch, Draft, Passage, PlaceMention, Sentence


@dataclass(frozen=True, slots=True)
class Prepared:
    """A dispatch with everything that is known of it before claims are looked for."""

    dispatch: Dispatch
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    places: tuple[PlaceMention, ...]

    @property
    def text(self) -> str:
        return self.dispatch.text


class Extractor(Protocol):
    """Finds claims. Implementations are pure: the same dispatches give the same drafts."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def extract(self, batch: Sequence[Prepared]) -> list[list[Draft]]:
        """Return one list of drafts for each prepared dispatch, in order."""
        ...
