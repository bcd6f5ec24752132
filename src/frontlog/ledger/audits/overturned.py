"""Claims that later claims overturned, and denials that proved true or false."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from datetime import date

from frontlog.ledger.audits.told import AuditedStore, Verdict, claims_at
from frontlog.ledger.store import ClaimQuery, HeldPlace, StoredClaim
from frontlog.ledger.takers import Inferred
from frontlog.model import Finding, Place

NEAR_DAYS = 3
SETTLED = ("held", "claimed")


class _Places:
    """What is asked of a place again and again: its life, its inferred takers, the days of its claims."""

    def __init__(self, store: AuditedStore, known: date | None) -> None:
        self.known = known
        self._store = store
        self._lives: dict[str, list[HeldPlace]] = {}
        self._starts: dict[str, list[date]] = {}
        self._inferred: dict[str, dict[str, Inferred]] = {}
        self._told: dict[str, list[date]] = {}

    def life(self, place: str) -> list[HeldPlace]:
        if place not in self._lives:
            self._lives[place] = self._store.place_life(place, self.known)
            self._starts[place] = [each.holding.valid_from for each in self._lives[place]]
        return self._lives[place]

    def on(self, place: str, day: date) -> HeldPlace | None:
        life = self.life(place)
        at = bisect_right(self._starts[place], day) - 1
        return _on(life[at : at + 1], day) if at >= 0 else None

    def then(self, place: str, known: date, day: date, side: str) -> HeldPlace | None:
        """A side's holding of a place on a day, as known on another."""
        thought = self._store.holders(place, day)
        if not any(since <= known < to and holder == side for since, to, holder in thought):
            return None
        return _on(self._store.place_life(place, known), day)

    def taker(self, place: str, claim: str) -> str | None:
        if place not in self._inferred:
            self._inferred[place] = self._store.inferred(place)
        found = self._inferred[place].get(claim)
        return found.side if found else None

    def turned(self, place: str, side: str, day: date, known: date) -> date | None:
        """The first day with word of the place on which it was known not to be the side's on ``day``."""
        if place not in self._told:
            self._told[place] = sorted({row.known for row in self._store.claims(ClaimQuery(place=place))})
        told = self._told[place]
        thought = self._store.holders(place, day)
        for each in told[bisect_left(told, known) :]:
            if not any(since <= each < to and holder == side for since, to, holder in thought):
                return each
        return None


def overturned(
    store: AuditedStore, known: date | None = None, places: Collection[str] | None = None
) -> Iterator[Finding]:
    """Judge each capture told as a fact, and each denied one, by the place's life as seen later."""
    asked = _Places(store, known)
    for row in claims_at(store, ClaimQuery(kinds=("take",), known=known), places):
        claim = row.claim
        if claim.when is None or claim.extent != "whole":
            continue
        for mention in claim.places:
            place = mention.place
            if place is None or mention.precision == "country":
                continue
            if places is not None and place.id not in places:
                continue
            side = next((party.side for party in claim.agents if party.side), None)
            side = side or asked.taker(place.id, row.id)
            if side is not None and (finding := _judge(asked, row, place, side, claim.when.end)) is not None:
                yield finding


def _judge(asked: _Places, row: StoredClaim, place: Place, side: str, day: date) -> Finding | None:
    life = asked.life(place.id)
    if not life:
        return None
    if row.claim.standing == "denied":
        return _denial(row, place, side, day, life)
    now = asked.on(place.id, day)
    if row.claim.standing != "fact" or (now is not None and now.holding.holder == side):
        return None
    then = asked.then(place.id, row.known, day, side)
    if then is None:
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
    turned = asked.turned(place.id, side, day, row.known)
    later = f"it fell to {side} on {fell.isoformat()}" if fell else f"it was not {side}'s"
    return Finding(
        "overturned", "does not fit", row.sentence.strip(),
        f"{place.name} on {day}: as known on {row.known} {then.holding.state} by {side}; as known on"
        f" {turned or asked.known or row.known} {whose}; in the end, {later}",
        row.claim.dispatch, row.claim.sentence, (row.id, *(now.holding.claims_for if now else ())), row.known,
    )  # fmt: skip


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
