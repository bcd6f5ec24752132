"""The meanings that a name of a dispatch may have, with what speaks for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp

from frontlog.gazetteer.lookup import Candidate


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, in the unit of one power of ten of population."""

    sharpness: float = 1.6
    container: float = 5.0
    contained: float = 1.0
    class_word: float = 6.0
    country: float = 3.0
    province: float = 1.5
    near: float = 2.0
    reach_km: float = 120.0
    rounds: int = 3
    most: int = 40


WEIGHTS = Weights()


@dataclass(slots=True)
class Group:
    """All mentions of a dispatch that share a name and a class word."""

    plain: str
    count: int
    adjective: bool
    options: list[Candidate]
    scores: list[float]
    shares: list[float] = field(default_factory=list)
    part: bool = False
    abbreviation: bool = False


def shares_of(scores: Sequence[float], weights: Weights) -> list[float]:
    if not scores:
        return []
    best = max(scores)
    spread = [exp(weights.sharpness * (score - best)) for score in scores]
    total = sum(spread)
    return [value / total for value in spread]
