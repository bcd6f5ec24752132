"""The sticky state model: the likeliest run of states over days, and by how much, in exact arithmetic.

States are sides, ``VACATED`` and ``UNKNOWN``. A day with evidence is a node; each node gives every state a
score in thousandths of log-odds, and a change of state between nodes has a cost: a small one where some claim
tells the change, a larger one where none does, and none for getting to know what was unknown. The best run is
found by max-plus messages from both ends; the margin of a state at a node is its best run's score less
that of the best run without it there.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UNKNOWN = "?"
VACATED = "-"
ANY = "*"
_UNKNOWN_AT = 0
RESTING = {VACATED: -100}


@dataclass(frozen=True, slots=True)
class Costs:
    """What a change of state costs: where a claim tells it, where none does, and how much more soon after
    the last word, since what changes unseen takes time. After ``stale_days`` of silence it costs half."""

    told: int
    untold: int
    soon: int
    soon_days: int
    stale_days: int


class Timeline:
    """The nodes of one place; scores may be added in any order, and the answer does not depend on it."""

    def __init__(self, costs: Costs) -> None:
        self._costs = costs
        self._told: dict[int, set[str]] = {}
        self.days: list[int] = []
        self._scores: dict[int, dict[str, int]] = {}
        self._states: list[str] = [UNKNOWN, VACATED]
        self._emit: dict[int, list[int]] = {}
        self._forward: dict[int, list[int]] = {}
        self._backward: dict[int, list[int]] = {}
        self._labels: dict[int, tuple[str, int]] = {}

    def add(self, day: int, scores: Mapping[str, int], told: Iterable[str] = ()) -> None:
        """Add scores to a day; ``told`` are the states that a claim says begin then, ANY for all of them."""
        if day not in self._scores:
            insort(self.days, day)
            self._scores[day] = {}
        node = self._scores[day]
        for state, score in scores.items():
            if state not in self._states:
                self._states.append(state)
                self._forward.clear()
                self._backward.clear()
                self._emit.clear()
                self._labels.clear()
            node[state] = node.get(state, 0) + score
        self._emit.pop(day, None)
        self._told.setdefault(day, set()).update(told)

    def solve(self, changed: int) -> int:
        """Bring the messages up to date after additions on or after day ``changed``.

        Returns the index of the first node whose answer may have changed.
        """
        days = self.days
        start = bisect_left(days, changed) if self._forward else 0
        for index in range(start, len(days)):
            self._forward[days[index]] = self._step(
                self._forward.get(days[index - 1]) if index else None, index
            )
        first = start
        incoming: list[int] | None = None
        for index in range(len(days) - 1, -1, -1):
            day = days[index]
            old = self._backward.get(day)
            new = incoming if incoming is not None else [0] * len(self._states)
            if index < start and old == new:
                break
            first = min(first, index)
            self._backward[day] = new
            onward = [left + right for left, right in zip(new, self._emission(day), strict=True)]
            incoming = self._back(onward, index)
        for day in days[first:]:
            self._labels.pop(day, None)
        return first

    def best(self, index: int) -> tuple[str, int]:
        """The state of the best run at a node, and its margin over the best run that is not in it there."""
        day = self.days[index]
        if (known := self._labels.get(day)) is None:
            known = self._labels[day] = self._label(day)
        return known

    def _label(self, day: int) -> tuple[str, int]:
        first = second = -(10**12)
        found = UNKNOWN
        for state, ahead, behind in zip(self._states, self._forward[day], self._backward[day], strict=True):
            total = ahead + behind
            # Ties go to the unknown, then by the alphabet, so that the order of reading cannot matter.
            if total > first or (total == first and found != UNKNOWN and state < found):
                first, second, found = total, max(first, second), state
            elif total > second:
                second = total
        return found, first - second

    def _entry(self, index: int) -> list[int]:
        """What it costs to enter each state at a node."""
        day = self.days[index]
        told = self._told[day]
        costs = self._costs
        gap = day - self.days[index - 1] if index else costs.soon_days
        unknown = costs.untold + costs.soon * max(0, costs.soon_days - gap) // costs.soon_days
        # Silence makes another holder likelier; that nothing is known would have to be said.
        untold = unknown * costs.stale_days // (costs.stale_days + gap)
        if ANY in told:
            return [unknown, *[min(costs.told, untold)] * (len(self._states) - 1)]
        entry = [min(costs.told, untold) if state in told else untold for state in self._states]
        entry[_UNKNOWN_AT] = unknown
        return entry

    def _back(self, onward: list[int], index: int) -> list[int]:
        """The message to the node before, from the scores from this node on."""
        entered = max(value - cost for value, cost in zip(onward, self._entry(index), strict=True))
        message = [max(value, entered) for value in onward]
        message[_UNKNOWN_AT] = max(onward)
        ceiling = max(message)
        return [value - ceiling for value in message]

    def _emission(self, day: int) -> list[int]:
        if (known := self._emit.get(day)) is None:
            scores = self._scores[day]
            known = [scores.get(state, 0) + RESTING.get(state, 0) for state in self._states]
            self._emit[day] = known
        return known

    def _step(self, before: list[int] | None, index: int) -> list[int]:
        here = self._emission(self.days[index])
        if before is None:
            return list(here)
        ceiling = max(before)
        found = before[_UNKNOWN_AT]
        return [
            max(value, found, ceiling - cost) - ceiling + score
            for value, cost, score in zip(before, self._entry(index), here, strict=True)
        ]
