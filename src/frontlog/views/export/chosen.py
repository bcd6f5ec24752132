"""The claims that leave the ledger: rejected ones stay, corrected ones go out as corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from frontlog.ledger.codec import claim_body, claim_of
from frontlog.ledger.decisions import corrected_body, replay
from frontlog.ledger.store import ClaimQuery, Store, StoredClaim
from frontlog.model import PlaceMention


def chosen(store: Store, query: ClaimQuery) -> Iterator[StoredClaim]:
    """Claims that nobody rejected, as analysts left them, oldest first."""
    corrected = replay(store.decisions()).corrected
    for row in store.claims(query):
        if row.accepted is False:
            continue
        if changes := corrected.get(row.id):
            body = corrected_body(claim_body(row.claim), changes)
            row = replace(row, claim=claim_of(row.claim.dispatch, body, store.place))
        yield row


def main_place(row: StoredClaim) -> PlaceMention | None:
    """The first place of a claim that the gazetteer knows, else the first there is."""
    places = row.claim.places
    return next((each for each in places if each.place), places[0] if places else None)
