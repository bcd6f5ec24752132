"""Rival claims: two sides said to have one place at one time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby

from frontlog.ledger.audits.told import AuditedStore, claims_at
from frontlog.ledger.store import ClaimQuery, StoredClaim
from frontlog.model import Finding

NEAR_DAYS = 1


def rivals(
    store: AuditedStore, known: date | None = None, places: Collection[str] | None = None
) -> Iterator[Finding]:
    """Give each pair of sides said to hold or take one place within a day, once a place and day."""
    query = ClaimQuery(kinds=("take", "hold"), standing="fact", known=known)
    rows = [
        (mention.place.id, row.claim.when.end, side, row)
        for row in claims_at(store, query, places)
        if row.claim.when and row.claim.when.days <= 2 and row.claim.extent == "whole"
        for side in [next((party.side for party in row.claim.agents if party.side), None)]
        if side
        for mention in row.claim.places
        if mention.place is not None and (places is None or mention.place.id in places)
    ]
    rows.sort(key=lambda each: (each[0], each[1], each[3].known, each[3].id))
    for place, told in groupby(rows, key=lambda each: each[0]):
        yield from _at_place(store, place, list(told))


def _at_place(
    store: AuditedStore, place: str, told: list[tuple[str, date, str, StoredClaim]]
) -> Iterator[Finding]:
    where = store.place(place)
    seen: set[tuple[str, str, date]] = set()
    for at, (_, day, side, row) in enumerate(told):
        for _, other_day, other_side, other in told[at + 1 : at + 30]:
            if (other_day - day).days > NEAR_DAYS:
                break
            key = (*sorted((side, other_side)), day)
            if other_side == side or key in seen or row.claim.dispatch == other.claim.dispatch:
                continue
            seen.add(key)  # type: ignore[arg-type]
            later = max(row, other, key=lambda each: (each.known, each.id))
            first = other if later is row else row
            yield Finding(
                "rival claims", "does not fit", later.sentence.strip(),
                f"{where.name if where else place} on {day.isoformat()}: {side} by {row.claim.dispatch}, "
                f"{other_side} by {other.claim.dispatch}",
                later.claim.dispatch, later.claim.sentence, (first.id, later.id), later.known,
                f'against: "{first.sentence.strip()}"',
            )  # fmt: skip
