"""Each text by what reads texts of its length best, and no reader opened before it is needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from frontlog.errors import ReadingError
from frontlog.model import Draft
from frontlog.reading.claims import Extractor, Prepared
from frontlog.reading.rules import VERSION as RULES_VERSION


@dataclass(slots=True)
class OnDemand:
    """An extractor that is opened when the first text for it comes, in whichever process that is.

    Opening takes about a second and some hundred megabytes, which a run over short items alone saves.
    Pickled, it goes without what it opened.
    """

    open: Callable[[], Extractor]
    version: str
    _opened: Extractor | None = field(default=None, init=False, repr=False, compare=False)

    def extract(self, batch: Sequence[Prepared]) -> list[list[Draft]]:
        """Return the drafts of each prepared dispatch; an empty batch opens nothing."""
        if not batch:
            return []
        if self._opened is None:
            self._opened = self.open()
        return self._opened.extract(batch)

    def __reduce__(self) -> tuple[Any, ...]:
        return OnDemand, (self.open, self.version)


@dataclass(frozen=True, slots=True)
class ByLengthExtractor:
    """The trained reader alone for short items; for anything longer the rules, and what it is sure of beside.

    Most of what the trained reader was trained on has up to 700 characters, and there it reads better than
    the rules. Over the paragraphs of a long story the rules tell better who did what, but pass over much: a
    claim whose cue they have no claim at is added when the trained reader's confidence is ``sure`` or more.
    """

    learned: OnDemand
    rules: OnDemand
    longest: int = 700
    sure: float = 0.75
    name: str = "auto"

    @classmethod
    def open(cls) -> ByLengthExtractor:
        """Name both readers; raises ReadingError where the trained one is not installed."""
        return cls(OnDemand(_open_learned, _learned_version()), OnDemand(_open_rules, RULES_VERSION))

    @property
    def version(self) -> str:
        return f"{self.learned.version}/{self.rules.version}"

    def extract(self, batch: Sequence[Prepared]) -> list[list[Draft]]:
        """Return the drafts of each prepared dispatch, in the order of their cues."""
        ruled = iter(self.rules.extract([p for p in batch if len(p.text) > self.longest]))
        return [
            drafts if len(prepared.text) <= self.longest else self._joined(next(ruled), drafts)
            for prepared, drafts in zip(batch, self.learned.extract(batch), strict=True)
        ]

    def _joined(self, ruled: Sequence[Draft], learned: Sequence[Draft]) -> list[Draft]:
        added = [
            item
            for item in learned
            if item.confidence >= self.sure
            and not any(item.cue.overlaps(other.cue) for other in ruled)
            # Who left without anybody being told of is a traveller as often as a garrison.
            and (item.agents or item.kind != "leave")
        ]
        return sorted([*ruled, *added], key=lambda item: (item.cue, item.kind))


def _open_learned() -> Extractor:
    from frontlog.reading.learned.extractor import LearnedExtractor

    return LearnedExtractor.open()


def _open_rules() -> Extractor:
    from frontlog.reading.rules.extractor import RuleExtractor

    return RuleExtractor.open()


def _learned_version() -> str:
    """The version that stands beside the weights, read without loading them."""
    path = files("frontlog") / "data" / "model" / "thresholds.json"
    if not path.is_file():
        raise ReadingError(f"{path} is missing; use --reader rules, or make train")
    return str(json.loads(path.read_text("utf-8")).get("version", "unversioned"))
