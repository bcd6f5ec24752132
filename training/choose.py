"""Thresholds chosen on the tuning part: one for control claims, one for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from frontlog.model import CONTROL_KINDS, Draft
from frontlog.reading.learned.decode import Thresholds
from training.score import tally

GRID = [round(float(value), 2) for value in np.arange(0.3, 0.75, 0.05)]


def choose(drafts: Mapping[str, Sequence[Draft]], marks: Sequence[Mapping[str, Any]]) -> Thresholds:
    """Return the thresholds with the best F1: on control claims for those, on all for the rest."""

    def control_score(value: float) -> float:
        return tally(drafts, marks, lambda item: item.confidence >= value, control=True).f1

    def whole_score(value: float) -> float:
        return tally(
            drafts,
            marks,
            lambda item: item.confidence >= (control if item.kind in CONTROL_KINDS else value),
            control=False,
        ).f1

    control = max(GRID, key=control_score)
    rest = max(GRID, key=whole_score)
    return Thresholds(accept=rest, kinds=tuple((kind, control) for kind in sorted(CONTROL_KINDS)))
