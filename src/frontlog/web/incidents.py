"""Incidents: their claims, and the others that an analyst may put together with them."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from frontlog.model import Incident
from frontlog.web import schemas, shapes
from frontlog.web.evidence import Happening, claims_of, required, told
from frontlog.web.pages import page
from frontlog.web.room import Room, room_of

router = APIRouter()
NEAR = timedelta(days=10)
SHOWN = 40


@router.get("/incident/{id}.json", response_model=schemas.IncidentOut)
def incident_json(request: Request, id: str) -> schemas.IncidentOut:
    """One incident with the ids of all its claims."""
    return shapes.incident(required(room_of(request).store.incident(id), f"incident {id}"))


@router.get("/incident/{id}", include_in_schema=False)
def incident_page(request: Request, id: str) -> Response:
    room = room_of(request)
    incident = required(room.store.incident(id), f"incident {id}")
    place = room.store.place(incident.place) if incident.place else None
    return page(
        request,
        "incident.html",
        incident=incident,
        place=place,
        claims=told(claims_of(room, incident.claims)),
        others=_others(room, incident),
        decisions=room.store.decisions(id),
    )


def _others(room: Room, incident: Incident) -> list[Happening]:
    """Other incidents of the place within some days, each with its first claim: it may be one with them."""
    if incident.place is None:
        return []
    when = incident.when
    near = room.store.incidents(
        place=incident.place,
        first=when.start - NEAR if when else None,
        last=when.end + NEAR if when else None,
    )
    return [
        Happening(each, told(claims_of(room, each.claims[:1]))) for each in near if each.id != incident.id
    ][:SHOWN]
