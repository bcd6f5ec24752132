"""Fit the confidence of holdings on one war and see whether the fit serves another.

python -m benchmarks.fit_holdings LEDGER FACTS.csv LEDGER FACTS.csv

For each slope and offset of a grid: the log-loss of what is shown on the place-days of the first war, on both
clocks, a stretch of days alike counting as the root of its length; and the same on the second.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, product
from pathlib import Path

from frontlog.evaluation.control import Judged, evaluate, read_facts
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.ledger import SqliteStore
from frontlog.ledger.weights import Weights
from frontlog.reading.actors import Actors

SLOPES = (0.4, 0.8, 1.2, 1.6, 2.0, 2.4)
OFFSETS = (0.0, 0.3, 0.6, 0.9, 1.2, 1.5)
_SURE = 0.999


def log_loss(judged: Sequence[Judged]) -> float:
    """Mean loss over stretches of one place's days that are alike right or wrong and alike in state."""
    total = weight = 0.0
    answered = [each for each in judged if each.answered and each.state != "unknown"]
    for (_, right, _), stretch in groupby(answered, key=lambda each: (each.place, each.right, each.state)):
        days = list(stretch)
        losses = [-math.log(max(1 - _SURE, min(_SURE, _given(day.confidence, right)))) for day in days]
        total += math.sqrt(len(days)) * sum(losses) / len(days)
        weight += math.sqrt(len(days))
    return total / weight


def _given(confidence: float, right: bool) -> float:
    return confidence if right else 1 - confidence


def tried(ledger: str, facts: str) -> Iterator[tuple[float, float, float]]:
    """The loss at each slope and offset."""
    gazetteer, weights = Gazetteer.open(), Weights.open()
    wanted = read_facts(Path(facts), Actors.open())
    for slope, offset in product(SLOPES, OFFSETS):
        with SqliteStore(Path(ledger)) as store:
            store.weights = replace(weights, slope=slope, offset=offset)
            report = evaluate(store, wanted, gazetteer, store.weights)
        yield slope, offset, log_loss((*report.filtered, *report.retrospective))


def main(words: Sequence[str]) -> None:
    first, second = (list(tried(*pair)) for pair in (words[:2], words[2:4]))
    weights = Weights.open()
    best = min(first, key=lambda each: each[2])
    for name, slope, offset in [
        ("installed", weights.slope, weights.offset),
        ("fitted on the first", best[0], best[1]),
    ]:
        losses = [
            next((loss for s, o, loss in war if (s, o) == (slope, offset)), math.nan)
            for war in (first, second)
        ]
        told = f"loss {losses[0]:.3f} there, {losses[1]:.3f} on the second"
        print(f"{name}: slope {slope}, offset {offset}: {told}")
    there = min(second, key=lambda each: each[2])
    print(f"best on the second: slope {there[0]}, offset {there[1]}: {there[2]:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
