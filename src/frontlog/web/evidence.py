"""Places and claims: the life of a place and the sentences behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from frontlog.ledger.store import ClaimQuery, HeldPlace, StoredClaim
from frontlog.model import Incident, Span
from frontlog.web import ask, schemas, shapes
from frontlog.web.highlight import Piece, claim_marks, pieces
from frontlog.web.pages import page
from frontlog.web.room import Room, room_of
from frontlog.web.tables import CsvResponse, csv_response

router = APIRouter()
QueryIn = Annotated[ClaimQuery, Depends(ask.claim_query)]
Known = date | None
CSV_HEADER = (
    "id",
    "known",
    "kind",
    "standing",
    "when",
    "places",
    "agents",
    "targets",
    "speaker",
    "deaths",
    "confidence",
    "verdict",
    "sentence",
    "publisher",
    "dispatch",
    "url",
)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its sentence cut at its marks, for a template."""

    stored: StoredClaim
    pieces: list[Piece]


def told(claims: Iterable[StoredClaim]) -> list[Told]:
    """Claims with their sentences cut at the claims' marks."""
    return [Told(each, _sentence(each)) for each in claims]


def _sentence(stored: StoredClaim) -> list[Piece]:
    """Offsets are the dispatch's; here they count from the sentence's start."""
    base = stored.claim.sentence.start
    inside = [
        (Span(span.start - base, span.end - base), mark)
        for span, mark in claim_marks(stored.claim)
        if stored.claim.sentence.overlaps(span)
    ]
    return pieces(stored.sentence, inside)


def claims_of(room: Room, ids: Iterable[str], known: date | None = None) -> list[StoredClaim]:
    """The claims of some ids, in their order, that were known by a day."""
    found = (room.store.claim(id) for id in dict.fromkeys(ids))
    return [each for each in found if each is not None and (known is None or each.known <= known)]


def required(value: Value | None, what: str) -> Value:
    if value is None:
        raise HTTPException(404, f"{what} is not in this ledger")
    return value


# Places


@router.get("/place/{id:path}.json", response_model=schemas.LifeOut)
def place_json(request: Request, id: str, known: Known = None) -> schemas.LifeOut:
    """A place's life: holdings in order of time, and incidents."""
    room = room_of(request)
    place = required(room.store.place(id), f"place {id}")
    return schemas.LifeOut(
        place=shapes.place(place),
        holdings=[shapes.holding(each, room) for each in room.store.place_life(id, known)],
        incidents=[shapes.incident(each) for each in room.store.incidents(place=id, known=known)],
    )


@router.get("/place/{id:path}.csv", response_class=CsvResponse)
def place_csv(request: Request, id: str, known: Known = None) -> Response:
    """A place's holdings as a table."""
    room = room_of(request)
    place = required(room.store.place(id), f"place {id}")
    rows = [
        (
            place.name,
            each.holding.state,
            room.side_name(each.holding.holder),
            each.holding.valid_from,
            each.holding.valid_to,
            each.holding.confidence,
            each.seen,
        )
        for each in room.store.place_life(id, known)
    ]
    return csv_response("place", ("place", "state", "holder", "since", "until", "confidence", "seen"), rows)


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident with its claims."""

    incident: Incident
    claims: list[Told]


@dataclass(frozen=True, slots=True)
class Band:
    """One holding as a stretch of the band over the days shown: percent from the left, percent wide."""

    held: HeldPlace
    left: float
    width: float


@router.get("/place/{id:path}", include_in_schema=False)
def place_page(request: Request, id: str, on: date | None = None, known: Known = None) -> Response:
    room = room_of(request)
    place = required(room.store.place(id), f"place {id}")
    life = room.store.place_life(id, known)
    incidents = sorted(
        room.store.incidents(place=id, known=known), key=lambda each: each.when.end if each.when else date.min
    )
    happenings = [Happening(each, told(claims_of(room, each.claims, known))) for each in reversed(incidents)]
    today = on or ask.days(request).on
    current = next(
        (h for h in life if h.holding.valid_from <= today and (h.holding.valid_to or date.max) >= today), None
    )
    return page(
        request,
        "place.html",
        place=place,
        life=life,
        bands=_bands(room, life),
        happenings=happenings,
        on=today,
        known=known,
        current=current,
        against=set(current.holding.claims_against) if current else set(),
        supports=set(current.holding.claims_for) if current else set(),
        notch=_notch(room, life, today),
    )


def _window(room: Room, life: list[HeldPlace]) -> tuple[date, date]:
    span = room.span()
    first = min((each.holding.valid_from for each in life), default=span.first if span else date.today())
    last = max(
        [each.holding.valid_to or each.seen for each in life] + ([span.last] if span else []), default=first
    )
    # A holding known from background reports years before would press the days of interest into a line.
    if span and (span.first - first).days > 3 * ((last - span.first).days + 30):
        first = span.first
    return first, last


def _bands(room: Room, life: list[HeldPlace]) -> list[Band]:
    if not life:
        return []
    first, last = _window(room, life)
    days = (last - first).days + 1
    bands = []
    for each in life:
        start = max(each.holding.valid_from, first)
        end = min(each.holding.valid_to or last, last)
        if end >= start:
            left = 100 * (start - first).days / days
            bands.append(Band(each, round(left, 2), round(100 * ((end - start).days + 1) / days, 2)))
    return bands


def _notch(room: Room, life: list[HeldPlace], on: date) -> float | None:
    """Where the day shown lies on the band, in percent."""
    first, last = _window(room, life)
    days = (last - first).days + 1
    return round(100 * ((on - first).days + 0.5) / days, 2) if first <= on <= last else None


# Claims


@router.get("/claims.json", response_model=schemas.ClaimsOut)
def claims_json(request: Request, query: QueryIn) -> schemas.ClaimsOut:
    """Claims that pass the filters, a page at a time: newest first, or those that fit the words best."""
    room = room_of(request)
    found = list(room.store.claims(query))
    return schemas.ClaimsOut(
        total=room.store.count_claims(replace(query, after=None)),
        next=found[-1].cursor if len(found) == query.limit else None,
        claims=[shapes.claim(each, room) for each in found],
    )


@router.get("/claims.csv", response_class=CsvResponse)
def claims_csv(request: Request, query: QueryIn) -> Response:
    """All claims that pass the filters, as a table."""
    room = room_of(request)
    found = room.store.claims(replace(query, limit=None, after=None))
    return csv_response("claims", CSV_HEADER, (_row(shapes.claim(each, room)) for each in found))


def _row(claim: schemas.ClaimOut) -> tuple[object, ...]:
    verdict = {True: "accepted", False: "rejected", None: ""}[claim.accepted]
    return (
        claim.id,
        claim.known,
        claim.kind,
        claim.standing,
        claim.when,
        "; ".join(each.name or each.text for each in claim.places),
        "; ".join(each.text for each in claim.agents),
        "; ".join(each.text for each in claim.targets),
        claim.speaker.text if claim.speaker else "",
        claim.deaths,
        claim.confidence,
        verdict,
        claim.sentence,
        claim.publisher,
        claim.dispatch,
        claim.url,
    )


@router.get("/claims", include_in_schema=False)
def claims_page(request: Request, query: QueryIn) -> Response:
    room = room_of(request)
    found = list(room.store.claims(query))
    return page(
        request,
        "claims.html",
        claims=told(found),
        query=query,
        total=room.store.count_claims(replace(query, after=None)),
        next=found[-1].cursor if len(found) == query.limit else None,
        publishers=room.store.publishers(),
        countries=room.store.countries(),
    )


@router.get("/claim/{id}.json", response_model=schemas.ClaimOut)
def claim_json(request: Request, id: str) -> schemas.ClaimOut:
    """One claim with its evidence."""
    room = room_of(request)
    return shapes.claim(required(room.store.claim(id), f"claim {id}"), room)


@router.get("/claim/{id}", include_in_schema=False)
def claim_page(request: Request, id: str) -> Response:
    room = room_of(request)
    stored = required(room.store.claim(id), f"claim {id}")
    dispatch = required(room.store.dispatch(stored.claim.dispatch), f"dispatch {stored.claim.dispatch}")
    marks = [(stored.claim.sentence, "sentence"), *claim_marks(stored.claim)]
    return page(
        request,
        "claim.html",
        told=told([stored])[0],
        dispatch=dispatch,
        pieces=pieces(dispatch.text, marks),
        decisions=room.store.decisions(id),
        incidents=room.store.incidents_of(id),
        origin=room.store.origin(dispatch.id),
        findings=[each for each in room.store.findings(dispatch=dispatch.id) if id in each.claims],
    )
