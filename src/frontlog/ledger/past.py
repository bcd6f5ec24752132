"""What was known of a place before a claim: found by looking back from its day, however much was told."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator
from datetime import date

from frontlog.ledger.takers import Past
from frontlog.ledger.weights import Evidence, Weights
from frontlog.model import Claim, Interval

_Said = tuple[date, date, str, int]


class Pasts:
    """The evidence on one place so far; it comes in the order of knowledge."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._pieces: list[tuple[Evidence, str]] = []
        self._having: list[_Said] = []
        self._gained: dict[str, list[_Said]] = {}
        self._pressed: dict[str, list[_Said]] = {}

    def add(self, piece: Evidence, dispatch: str) -> None:
        if piece.weight <= 0:
            return
        # Of what one claim says of one day, the first counts.
        said = (piece.last, piece.known, piece.claim, -len(self._pieces))
        self._pieces.append((piece, dispatch))
        if piece.effect == "presses":
            insort(self._pressed.setdefault(piece.side, []), said)
        elif piece.effect in ("gains", "holds"):
            insort(self._having, said)
            if piece.effect == "gains":
                insort(self._gained.setdefault(piece.side, []), said)

    def before(self, known: date, claim: Claim) -> Past:
        """What was known the day before, or is by the same dispatch, up to the claim's time."""
        if claim.when is None:
            return Past()
        when, dispatch = claim.when, claim.dispatch

        def newest(said: list[_Said]) -> Evidence | None:
            return next(
                (
                    piece
                    for piece, source in self._back(said, when.end)
                    if piece.known < known or (source == dispatch and _leads_up(piece, when))
                ),
                None,
            )

        fighting = frozenset(
            side
            for side, said in self._pressed.items()
            if (last := newest(said)) and (when.end - last.last).days <= self._weights.pressing_days
        )
        if (having := newest(self._having)) is None:
            return Past(fighting=fighting)
        gains = (piece for piece, _ in self._back(self._gained.get(having.side, []), when.end))
        gained = next((piece.last for piece in gains if piece.known < known), None)
        return Past(having.side, gained, fighting)

    def _back(self, said: list[_Said], day: date) -> Iterator[tuple[Evidence, str]]:
        """What is said of a day and those before it, the newest first."""
        for at in range(bisect_right(said, day, key=lambda each: each[0]) - 1, -1, -1):
            yield self._pieces[-said[at][3]]


def _leads_up(piece: Evidence, when: Interval) -> bool:
    """Whether what the same dispatch says is of the time before the fall."""
    if piece.effect == "holds":
        # Generic words for a holder beside the news of a fall are as often its taker.
        return piece.last < when.start and not piece.generic
    return piece.effect == "presses"
