"""Which claims deserve an analyst's eye first: those a holder hangs on, or that sources disagree about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from frontlog.ledger.store import HeldPlace

# A place's only evidence, evidence against it, a state that is not settled, and doubt, in that order.
ALONE, DISPUTED, UNSETTLED, DOUBT, CITED = 3.0, 2.5, 1.0, 2.0, 0.5


@dataclass(frozen=True, slots=True)
class Matter:
    """A claim that waits for a verdict, how much it matters, and why."""

    claim: str
    place: str
    weight: float
    reasons: tuple[str, ...]


def queue(held: Iterable[HeldPlace], decided: Collection[str]) -> list[Matter]:
    """Claims under the holdings given that nobody decided, those that matter most first."""
    best: dict[str, Matter] = {}
    for each in held:
        for claim, matter in _matters(each).items():
            if claim not in decided and (claim not in best or best[claim].weight < matter.weight):
                best[claim] = matter
    return sorted(best.values(), key=lambda matter: (-matter.weight, matter.claim))


def _matters(each: HeldPlace) -> dict[str, Matter]:
    holding, name = each.holding, each.place.name
    weight = CITED + DOUBT * (1 - holding.confidence)
    reasons = []
    if holding.claims_for and holding.claims_against:
        weight += DISPUTED
        reasons.append(f"sources disagree about {name}")
    if holding.state in ("claimed", "contested"):
        weight += UNSETTLED
        reasons.append(f"{name} is {holding.state}")
    if holding.confidence < 0.8:
        reasons.append(f"{name}: {round(holding.confidence * 100)} % sure")
    found = {}
    for claim in (*holding.claims_for, *holding.claims_against):
        alone = holding.holder is not None and holding.claims_for == (claim,)
        why = (f"the holder of {name} hangs on it alone", *reasons) if alone else tuple(reasons)
        found[claim] = Matter(claim, each.place.id, weight + ALONE * alone, why or (f"evidence for {name}",))
    return found
