"""Claims that later claims overturned, and denials that proved true or false."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from frontlog.ledger.audits.told import AuditedStore, Verdict, claims_at
from frontlog.ledger.store import ClaimQuery, HeldPlace, StoredClaim
from frontlog.ledger.takers import Inferred
from frontlog.model import Finding, Place

NEAR_DAYS = 3
SETTLED = ("held", "claimed")


def overturned(
    store: AuditedStore, known: date | None = None, places: Collection[str] | None = None
) -> Iterator[Finding]:
    """Judge each capture told as a fact, and each denied one, by the place's life as seen later."""
    lives: dict[str, list[HeldPlace]] = {}
    inferred: dict[str, dict[str, Inferred]] = {}

    def taker(place: str, claim: str) -> str | None:
        if place not in inferred:
            inferred[place] = store.inferred(place)
        found = inferred[place].get(claim)
        return found.side if found else None

    for row in claims_at(store, ClaimQuery(kinds=("take",), known=known), places):
        claim = row.claim
        if claim.when is None or claim.extent != "whole":
            continue
        for mention in claim.places:
            if mention.place is None or mention.precision == "country":
                continue
            if places is not None and mention.place.id not in places:
                continue
            side = next((party.side for party in claim.agents if party.side), None) or taker(
                mention.place.id, row.id
            )
            if side is None:
                continue
            life = lives.get(mention.place.id)
            if life is None:
                life = lives[mention.place.id] = store.place_life(mention.place.id, known)
            if life:
                finding = _judge(store, row, mention.place, side, claim.when.end, life, known)
                if finding is not None:
                    yield finding


def _judge(
    store: AuditedStore, row: StoredClaim, place: Place, side: str, day: date, life: list[HeldPlace],
    known: date | None,
) -> Finding | None:  # fmt: skip
    now = _on(life, day)
    if row.claim.standing == "denied":
        return _denial(row, place, side, day, life)
    if row.claim.standing != "fact" or (now is not None and now.holding.holder == side):
        return None
    then = _on(store.place_life(place.id, row.known), day)
    if then is None or then.holding.holder != side:
        return None
    fell = next(
        (
            each.holding.valid_from
            for each in life
            if each.holding.holder == side and each.holding.valid_from > day
        ),
        None,
    )
    whose = f"{now.holding.holder}'s" if now and now.holding.holder else "not taken"
    turned = _turned(store, place, side, day, row.known)
    later = f"it fell to {side} on {fell.isoformat()}" if fell else f"it was not {side}'s"
    return Finding(
        "overturned", "does not fit", row.sentence.strip(),
        f"{place.name} on {day}: as known on {row.known} {then.holding.state} by {side}; as known on"
        f" {turned or known or row.known} {whose}; in the end, {later}",
        row.claim.dispatch, row.claim.sentence, (row.id, *(now.holding.claims_for if now else ())), row.known,
    )  # fmt: skip


def _turned(store: AuditedStore, place: Place, side: str, day: date, known: date) -> date | None:
    """The first day on which it was known to be otherwise."""
    days = sorted({row.known for row in store.claims(ClaimQuery(place=place.id, known_first=known))})
    for each in days:
        seen = _on(store.place_life(place.id, each), day)
        if seen is None or seen.holding.holder != side:
            return each
    return None


def _denial(row: StoredClaim, place: Place, side: str, day: date, life: list[HeldPlace]) -> Finding | None:
    won = next(
        (
            each
            for each in life
            if each.holding.holder == side
            and each.holding.state in SETTLED
            and each.holding.valid_from <= day
            and (each.holding.valid_to is None or each.holding.valid_to >= day)
        ),
        None,
    )
    verdict: Verdict = "does not fit" if won else "fits"
    since = f"{side}'s since {won.holding.valid_from.isoformat()}" if won else f"not {side}'s"
    soon = [
        each.holding.valid_from
        for each in life
        if each.holding.holder == side and 0 < (each.holding.valid_from - day).days <= 4 * NEAR_DAYS
    ]
    note = f"it fell on {soon[0].isoformat()}" if soon and not won else ""
    return Finding(
        "denial", verdict, row.sentence.strip(),
        f"{place.name} on {day.isoformat()} was {since}: the denial proved {'false' if won else 'true'}",
        row.claim.dispatch, row.claim.sentence, (row.id,), row.known, note,
    )  # fmt: skip


def _on(life: list[HeldPlace], day: date) -> HeldPlace | None:
    return next(
        (
            each
            for each in life
            if each.holding.valid_from <= day
            and (each.holding.valid_to is None or each.holding.valid_to >= day)
        ),
        None,
    )
