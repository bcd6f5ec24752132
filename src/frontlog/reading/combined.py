"""The two readers joined: what the trained one half believes counts where the rules second it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from frontlog.model import Draft
from frontlog.reading.claims import Prepared
from frontlog.reading.learned.extractor import LearnedExtractor, without_doubles
from frontlog.reading.rules.extractor import RuleExtractor


@dataclass(frozen=True, slots=True)
class CombinedExtractor:
    """Keeps what the network is sure of, and what it half believes where the rules found the same kind.

    ``seconded`` is the share of a kind's threshold that is enough for a draft that the rules second.
    """

    learned: LearnedExtractor
    rules: RuleExtractor
    seconded: float = 0.6
    name: str = "both"

    @property
    def version(self) -> str:
        return f"{self.learned.version}+{self.rules.version}"

    def extract(self, batch: Sequence[Prepared]) -> list[list[Draft]]:
        """Return the drafts of each prepared dispatch, in the order of their cues."""
        ruled = self.rules.extract(batch)
        return [
            without_doubles(self._kept(self.learned.propose(prepared), others))
            for prepared, others in zip(batch, ruled, strict=True)
        ]

    def _kept(self, drafts: Iterable[Draft], others: Sequence[Draft]) -> list[Draft]:
        return [
            item
            for item in drafts
            if item.confidence >= self.learned.thresholds.of(item.kind) * self._share(item, others)
        ]

    def _share(self, item: Draft, others: Sequence[Draft]) -> float:
        agreed = any(other.kind == item.kind and other.cue.overlaps(item.cue) for other in others)
        return self.seconded if agreed else 1.0
