"""Track records: how often a source was first, borne out or wrong, as an Admiralty letter and number.

A letter from A to E says how reliable a source has been, F that it cannot be judged; a number from 1 to 5 how
well a claim is borne out, 6 that it cannot be judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from frontlog.ledger.store import ClaimQuery, HeldPlace, Store, StoredClaim

JUDGED_AFTER_DAYS = 14
FEWEST = 4
LETTERS = ((0.95, "A"), (0.85, "B"), (0.7, "C"), (0.5, "D"), (0.0, "E"))
NEAR_DAYS = 2


@dataclass(frozen=True, slots=True)
class Track:
    """One source's record over its claims of capture; ``first`` counts those that nobody told before."""

    source: str
    claims: int
    borne_out: int
    wrong: int
    first: int

    @property
    def letter(self) -> str:
        judged = self.borne_out + self.wrong
        if judged < FEWEST:
            return "F"
        share = self.borne_out / judged
        return next(letter for least, letter in LETTERS if share >= least)


def tracks(store: Store, known: date | None = None) -> list[Track]:
    """The records of all publishers and named speakers, the most often heard first."""
    tally: dict[str, list[int]] = {}
    told_first: set[tuple[str, str, date]] = set()
    for row, place, side, day in sorted(
        _captures(store, known), key=lambda each: (each[0].known, each[0].id)
    ):
        happening = (place, side, day)
        first = happening not in told_first
        told_first |= {(place, side, day + timedelta(days=near)) for near in range(-NEAR_DAYS, NEAR_DAYS + 1)}
        right = _borne_out(store.place_life(place, known), side, day, row.known, known)
        for source in _sources(row):
            counts = tally.setdefault(source, [0, 0, 0, 0])
            counts[0] += 1
            counts[3] += first
            if right is not None:
                counts[1 if right else 2] += 1
    found = [Track(source, *counts) for source, counts in tally.items()]
    return sorted(found, key=lambda each: (-each.claims, each.source))


def number(row: StoredClaim, life: Iterable[HeldPlace], origins: int) -> int:
    """The Admiralty number of a claim of capture: 1 confirmed by others, 5 improbable, 6 not to be judged."""
    claim = row.claim
    side = next((party.side for party in claim.agents if party.side), None)
    if claim.when is None or side is None:
        return 6
    held = _on(life, claim.when.end)
    if held is None or held.holding.holder is None:
        return 6
    if held.holding.holder != side:
        return 5 if held.holding.state == "held" else 4
    if held.holding.state == "held":
        return 1 if origins > 1 else 2
    return 3


def _captures(store: Store, known: date | None) -> Iterator[tuple[StoredClaim, str, str, date]]:
    for row in store.claims(ClaimQuery(kinds=("take",), standing="fact", known=known)):
        claim = row.claim
        side = next((party.side for party in claim.agents if party.side), None)
        if claim.when is None or side is None or claim.extent != "whole":
            continue
        for mention in claim.places:
            if mention.place is not None and mention.precision != "country":
                yield row, mention.place.id, side, claim.when.end


def _borne_out(life: list[HeldPlace], side: str, day: date, said: date, known: date | None) -> bool | None:
    """Whether the place's life has the capture; None while too little is known since."""
    if not life or (known is not None and (known - said).days < JUDGED_AFTER_DAYS):
        return None
    held = _on(life, day)
    if held is None:
        return False
    return held.holding.holder == side


def _on(life: Iterable[HeldPlace], day: date) -> HeldPlace | None:
    return next(
        (
            each
            for each in life
            if each.holding.valid_from <= day
            and (each.holding.valid_to is None or day <= each.holding.valid_to)
        ),
        None,
    )


def _sources(row: StoredClaim) -> Iterator[str]:
    if row.publisher:
        yield row.publisher
    if row.claim.speaker is not None:
        yield row.claim.speaker.text
