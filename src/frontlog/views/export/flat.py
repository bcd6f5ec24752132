"""Claims, incidents and holdings as flat rows: what CSV and Parquet hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from frontlog.ledger.store import ClaimQuery, Store
from frontlog.model import Place
from frontlog.views.export.chosen import chosen, main_place

Row = dict[str, Any]
DAY, TEXT, NUMBER, REAL, TRUTH, LIST = "day", "text", "number", "real", "truth", "list"
_PLACE = {
    "place_id": TEXT, "place": TEXT, "country": TEXT, "admin1": TEXT, "lat": REAL, "lon": REAL,
    "precision": TEXT,
}  # fmt: skip
COLUMNS: dict[str, dict[str, str]] = {
    "claims": {
        "id": TEXT, "dispatch": TEXT, "known": DAY, "publisher": TEXT, "url": TEXT, "kind": TEXT, "cue": TEXT,
        "agent": TEXT, "agent_side": TEXT, "target": TEXT, "target_side": TEXT, **_PLACE, "places": LIST,
        "extent": TEXT, "when_first": DAY, "when_last": DAY, "when_text": TEXT, "said_by": TEXT,
        "standing": TEXT, "deaths": NUMBER, "role": TEXT, "against_interest": TRUTH, "confidence": REAL,
        "accepted": TRUTH, "sentence": TEXT,
    },
    "incidents": {
        "id": TEXT, "kind": TEXT, **_PLACE, "when_first": DAY, "when_last": DAY, "known": DAY, "claims": LIST,
        "origins": LIST,
    },
    "holdings": {
        **_PLACE, "state": TEXT, "holder": TEXT, "valid_from": DAY, "valid_to": DAY, "confidence": REAL,
        "seen": DAY, "claims_for": LIST, "claims_against": LIST,
    },
}  # fmt: skip


def rows(store: Store, table: str, query: ClaimQuery) -> Iterator[Row]:
    """The rows of one table, with the columns of ``COLUMNS`` in order."""
    made = {"claims": _claims, "incidents": _incidents, "holdings": _holdings}[table]
    for row in made(store, query):
        yield {name: row.get(name) for name in COLUMNS[table]}


def place_cells(place: Place | None) -> Row:
    if place is None:
        return {}
    return {
        "place_id": place.id, "place": place.name, "country": place.country, "admin1": place.admin1_name,
        "lat": place.lat, "lon": place.lon, "precision": place.precision,
    }  # fmt: skip


def _claims(store: Store, query: ClaimQuery) -> Iterator[Row]:
    for each in chosen(store, query):
        claim = each.claim
        where = main_place(each)
        yield {
            "id": each.id, "dispatch": claim.dispatch, "known": each.known, "publisher": each.publisher,
            "url": each.url, "kind": claim.kind, "cue": claim.cue_text,
            "agent": "; ".join(party.text for party in claim.agents) or None,
            "agent_side": next((party.side for party in claim.agents if party.side), None),
            "target": "; ".join(party.text for party in claim.targets) or None,
            "target_side": next((party.side for party in claim.targets if party.side), None),
            "place": where.name if where else None,
            **place_cells(where.place if where else None),
            "places": [mention.place.id if mention.place else mention.text for mention in claim.places],
            "extent": claim.extent,
            "when_first": claim.when.start if claim.when else None,
            "when_last": claim.when.end if claim.when else None,
            "when_text": claim.when_text, "said_by": claim.speaker.text if claim.speaker else None,
            "standing": claim.standing, "deaths": claim.deaths, "role": claim.role,
            "against_interest": claim.against_interest, "confidence": claim.confidence,
            "accepted": each.accepted, "sentence": each.sentence,
        }  # fmt: skip


def _incidents(store: Store, query: ClaimQuery) -> Iterator[Row]:
    for each in store.incidents(known=query.known, country=query.country, first=query.first, last=query.last):
        yield {
            "id": each.id, "kind": each.kind, **place_cells(store.place(each.place) if each.place else None),
            "when_first": each.when.start if each.when else None,
            "when_last": each.when.end if each.when else None,
            "known": each.known, "claims": list(each.claims), "origins": list(each.origins),
        }  # fmt: skip


def _holdings(store: Store, query: ClaimQuery) -> Iterator[Row]:
    for place in sorted(store.places(country=query.country), key=lambda place: place.id):
        for held in store.place_life(place.id, query.known):
            holding = held.holding
            if not _within(holding.valid_from, holding.valid_to, query):
                continue
            yield {
                **place_cells(place), "state": holding.state, "holder": holding.holder,
                "valid_from": holding.valid_from, "valid_to": holding.valid_to,
                "confidence": holding.confidence, "seen": held.seen,
                "claims_for": list(holding.claims_for), "claims_against": list(holding.claims_against),
            }  # fmt: skip


def _within(start: date, end: date | None, query: ClaimQuery) -> bool:
    return (query.last is None or start <= query.last) and (
        query.first is None or end is None or end >= query.first
    )
