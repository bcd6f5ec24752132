"""The numbers that evidence is weighed by, the words that limit it, and evidence itself."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from frontlog.errors import DataFileError
from frontlog.ledger.timeline import Costs
from frontlog.model import HoldingState

MILLI = 1000


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of `data/holdings.toml`; log-odds are in thousandths, so that sums are exact."""

    speakers: dict[str, int]
    factors: dict[str, float]
    words: Mapping[str, re.Pattern[str]]
    costs: Costs
    repeat_days: int
    contested_days: int
    background_days: int
    pressing_days: int
    fade_days: int
    slope: float
    offset: float
    held: float

    @classmethod
    def open(cls, path: Path | None = None) -> Weights:
        """Load the installed weights, or a file of the same form."""
        file = path or Path(str(files("frontlog") / "data" / "holdings.toml"))
        try:
            return cls.of(tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
            raise DataFileError(
                str(file), 1, f"not weights: {error}", "copy the installed holdings.toml"
            ) from error

    @classmethod
    def of(cls, table: dict[str, Any]) -> Weights:
        model, confidence = table["model"], table["confidence"]
        return cls(
            speakers={name: round(MILLI * math.log(p / (1 - p))) for name, p in table["speakers"].items()},
            factors=dict(table["factors"]),
            words={name: _any_of(words) for name, words in table["words"].items()},
            costs=Costs(
                round(MILLI * model["told"]),
                round(MILLI * model["untold"]),
                round(MILLI * model["soon"]),
                model["soon_days"],
                model["stale_days"],
            ),
            repeat_days=model["repeat_days"],
            contested_days=model["contested_days"],
            background_days=model["background_days"],
            pressing_days=model["pressing_days"],
            fade_days=model["fade_days"],
            slope=confidence["slope"],
            offset=confidence["offset"],
            held=confidence["held"],
        )

    def confidence(self, margin: int) -> float:
        """The calibrated probability that the best state is right, from its margin over the second."""
        return 1 / (1 + math.exp(-(self.slope * margin / MILLI + self.offset)))

    def faded(self, confidence: float, silent_days: int) -> float:
        """A confidence after a time of silence, which lowers it towards one half."""
        if confidence <= 0.5 or silent_days <= 0:
            return confidence
        return 0.5 + (confidence - 0.5) * math.exp(-silent_days / (4 * self.fade_days))

    def shown(self, state: HoldingState, confidence: float) -> HoldingState:
        """What is held with too little confidence, as after a long silence, is shown as claimed."""
        return "claimed" if state == "held" and confidence < self.held else state


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim's word on one side at one place. ``weight`` is signed: below zero speaks against the side.

    ``effect`` is ``gains``, ``leaves``, ``holds``, ``part``, ``absent`` (was not there before), ``short``
    (is not there) or ``presses`` (is there, and fights); ``lent`` evidence is another place's; ``news`` is
    holding told as something new; ``first`` and ``last`` are the days it is about; ``known`` the day from
    which it could be known.
    """

    claim: str
    known: date
    origin: str
    effect: str
    side: str
    first: date
    last: date
    weight: int
    generic: bool = False
    lent: bool = False
    news: bool = False
