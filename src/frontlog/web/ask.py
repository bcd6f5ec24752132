"""The questions of an address: days, box and filters, checked before anything is asked of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import HTTPException, Query, Request

from frontlog.ledger.store import Box, ClaimQuery
from frontlog.model import HoldingState, Kind, Standing
from frontlog.web.room import room_of

Words = Annotated[str | None, Query(max_length=200)]
PAGE = 100
CURSOR = 2**53


@dataclass(frozen=True, slots=True)
class Days:
    """The day shown and the day of knowledge; without one, the ledger's last day and what is known now."""

    on: date
    known: date | None


def days(request: Request, on: date | None = None, known: date | None = None) -> Days:
    span = room_of(request).span()
    return Days(on or (span.last if span else room_of(request).now().date()), known)


def box(
    bbox: Annotated[str | None, Query(max_length=100, description="west,south,east,north")] = None,
) -> Box | None:
    if not bbox:
        return None
    try:
        west, south, east, north = (float(part) for part in bbox.split(","))
    except ValueError as error:
        raise HTTPException(422, f"bbox {bbox!r} is not four numbers: west,south,east,north") from error
    if not (-90 <= south <= north <= 90 and -360 <= west <= east <= 360):
        raise HTTPException(422, f"bbox {bbox!r} is not a box of degrees: west,south,east,north")
    return Box(south, west, north, east)


def country(country: Annotated[str | None, Query(pattern=r"^([A-Z]{2})?$")] = None) -> str | None:
    return country or None


@dataclass(frozen=True, slots=True)
class HeldFilter:
    """Which of a day's places to show."""

    actor: str | None
    state: HoldingState | None


def held_filter(actor: Words = None, state: HoldingState | None = None) -> HeldFilter:
    return HeldFilter(actor or None, state)


def claim_query(
    kind: Annotated[list[Kind] | None, Query()] = None,
    actor: Words = None,
    country: str | None = None,
    place: Words = None,
    source: Words = None,
    standing: Standing | None = None,
    q: Words = None,
    first: date | None = None,
    last: date | None = None,
    known: date | None = None,
    known_first: date | None = None,
    after: Annotated[int | None, Query(ge=0, le=CURSOR)] = None,
) -> ClaimQuery:
    return ClaimQuery(
        kinds=tuple(kind or ()),
        actor=actor or None,
        country=country or None,
        place=place or None,
        source=source or None,
        standing=standing,
        text=(q or "").strip() or None,
        first=first,
        last=last,
        known_first=known_first,
        known=known,
        after=after,
        limit=PAGE,
        newest_first=True,
        best_first=True,
    )
