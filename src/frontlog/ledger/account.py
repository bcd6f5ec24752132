"""What one dispatch tells of one place, put in order: who had it before, who took it, who took it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from frontlog.ledger.bearing import approaching, retaken
from frontlog.ledger.weights import Weights
from frontlog.model import Claim, Interval

_DAY = timedelta(days=1)


@dataclass(slots=True)
class Account:
    """One dispatch on one place: takers with first days and forces, who took it back, who comes nearer."""

    takers: dict[str, date] = field(default_factory=dict)
    again: dict[str, date] = field(default_factory=dict)
    forces: dict[str, set[str]] = field(default_factory=dict)
    nearing: set[str] = field(default_factory=set)
    entering: set[str] = field(default_factory=set)


def accounts(claims: Iterable[Claim], weights: Weights) -> dict[str, Account]:
    """The accounts of all dispatches that claims on one place come from."""
    found: dict[str, Account] = {}
    for claim in claims:
        if claim.kind not in ("take", "advance", "besiege"):
            continue
        account = found.setdefault(claim.dispatch, Account())
        sides = {party.side for party in claim.agents if party.side}
        if approaching(claim, weights):
            account.nearing |= sides
        elif claim.kind == "advance" and claim.standing == "fact":
            account.entering |= sides
        elif claim.kind == "take" and claim.standing == "fact" and claim.when is not None:
            if claim.when.days > weights.background_days:
                continue
            for side in sides:
                account.takers[side] = min(claim.when.end, account.takers.get(side, date.max))
                known = {party.actor for party in claim.agents if party.actor and party.side == side}
                account.forces.setdefault(side, set()).update(known)
                if retaken(claim):
                    account.again[side] = account.takers[side]
    return found


def in_order(claim: Claim, account: Account | None) -> Claim | None:
    """The claim at its time within the dispatch's account; None where the account contradicts it.

    "They took the rebel-held town": who is said to have it had it before. "Retook the town that rebels
    had seized": the rebels took it before. A side that only comes nearer to a town does not hold it.
    """
    if account is None or claim.when is None or claim.standing != "fact":
        return claim
    sides = {party.side for party in claim.agents if party.side}
    if claim.kind == "hold":
        if sides & account.nearing and not sides & account.takers.keys():
            return None
        return _before(claim, sides, account.takers)
    if claim.kind == "take" and not retaken(claim):
        return _before(claim, sides, account.again)
    return claim


def handed_on(claim: Claim, account: Account | None) -> bool:
    """Whether who leaves gives the place to another force of its own side, as one unit relieves another."""
    if account is None or claim.kind != "leave" or claim.standing != "fact" or claim.when is None:
        return False
    leaving = {party.actor: party.side for party in claim.agents if party.actor and party.side}
    return bool(leaving) and all(
        account.forces.get(side, set()) - {actor}
        and account.takers[side] >= claim.when.start
        and side not in account.again
        for actor, side in leaving.items()
    )


def other_face(claim: Claim, account: Account | None) -> bool:
    """Whether a leaving is told by a dispatch that tells of the taker too: one happening, told once."""
    if account is None or claim.kind != "leave" or claim.standing != "fact" or claim.when is None:
        return False
    sides = {party.side for party in claim.agents if party.side}
    return any(
        side not in sides and claim.when.start - _DAY <= day <= claim.when.end + _DAY
        for side, day in account.takers.items()
    )


def _before(claim: Claim, sides: set[str], takers: dict[str, date]) -> Claim:
    """The claim moved to the day before another side takes the place, if it is not of a time before that."""
    when = claim.when
    others = [day for side, day in takers.items() if side not in sides]
    if when is None or not others or sides & takers.keys() or not sides:
        return claim
    day = min(others) - _DAY
    return claim if when.end <= day else replace(claim, when=Interval(min(when.start, day), day))
