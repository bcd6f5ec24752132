"""The review queue and verdicts; every verdict is a decision in the ledger, and none is written over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.responses import Response

from frontlog.errors import DecisionError
from frontlog.ledger import decisions as rules
from frontlog.ledger.review import Matter, queue
from frontlog.ledger.store import StoredClaim
from frontlog.model import Decision
from frontlog.web import ask, schemas, shapes
from frontlog.web.evidence import told
from frontlog.web.pages import map_page, page
from frontlog.web.room import Room, room_of

router = APIRouter()
SHOWN = 100
DaysIn = Annotated[ask.Days, Depends(ask.days)]
CountryIn = Annotated[str | None, Depends(ask.country)]


def waiting(room: Room, days: ask.Days, country: str | None) -> list[Matter]:
    """The queue for one day's holdings."""
    verdicts = rules.replay(room.store.decisions())
    decided = verdicts.accepted.keys() | verdicts.corrected.keys()
    return queue(room.store.holdings(days.on, days.known, country), decided)


def _claims(room: Room, matters: list[Matter]) -> Iterator[tuple[Matter, StoredClaim]]:
    for matter in matters:
        stored = room.store.claim(matter.claim)
        if stored is not None:
            yield matter, stored


@router.get("/review.json", response_model=schemas.QueueOut)
def review_json(
    request: Request, days: DaysIn, country: CountryIn, limit: Annotated[int, Query(ge=1, le=500)] = SHOWN
) -> schemas.QueueOut:
    """Claims that wait for a verdict, those that matter most first."""
    room = room_of(request)
    found = waiting(room, days, country)
    shown = [
        schemas.MatterOut(
            weight=round(matter.weight, 3), reasons=list(matter.reasons), claim=shapes.claim(stored, room)
        )
        for matter, stored in _claims(room, found[:limit])
    ]
    return schemas.QueueOut(total=len(found), matters=shown)


@router.get("/review", include_in_schema=False)
def review_page(request: Request, days: DaysIn, country: CountryIn) -> Response:
    """The map room in review; its inspector asks for the same address with ``part=1`` and gets the queue."""
    if request.query_params.get("part") != "1":
        return map_page(request, days, "review")
    room = room_of(request)
    found = waiting(room, days, country)
    shown = [(matter, told([stored])[0]) for matter, stored in _claims(room, found[:SHOWN])]
    return page(request, "queue.html", days=days, total=len(found), matters=shown)


@router.get("/decisions.json", response_model=schemas.DecisionsOut)
def decisions_json(request: Request, subject: ask.Words = None) -> schemas.DecisionsOut:
    """All decisions, oldest first, or those about one subject."""
    found = room_of(request).store.decisions(subject)
    return schemas.DecisionsOut(decisions=[shapes.decision(each) for each in found])


@router.get("/decisions", include_in_schema=False)
def decisions_page(request: Request) -> Response:
    found = list(reversed(room_of(request).store.decisions()))
    return page(request, "decisions.html", decisions=found)


@router.post(
    "/decisions",
    response_model=schemas.VerdictOut,
    status_code=201,
    responses={404: {"model": schemas.ProblemOut}, 422: {"description": "The verdict contradicts itself."}},
)
def decide(request: Request, verdict: schemas.VerdictIn) -> schemas.VerdictOut:
    """Add a decision. Earlier ones stay; those that the sender had not seen come back with the answer."""
    room = room_of(request)
    before = _about(room, verdict.subject)
    made = _decision(room, verdict)
    try:
        room.store.decide(made)
    except DecisionError as error:
        raise HTTPException(404, str(error)) from error
    return schemas.VerdictOut(
        decision=shapes.decision(made),
        meanwhile=[shapes.decision(each) for each in _unseen(before, verdict)],
        version=room.version,
    )


def _about(room: Room, subject: str) -> list[Decision]:
    return room.store.decisions(subject)


def _decision(room: Room, verdict: schemas.VerdictIn) -> Decision:
    try:
        return rules.decision(
            verdict.action,
            verdict.subject,
            verdict.author.strip(),
            room.now(),
            verdict.reason,
            verdict.changes,
        )
    except DecisionError as error:
        raise HTTPException(422, str(error)) from error


def _unseen(before: list[Decision], verdict: schemas.VerdictIn) -> list[Decision]:
    """Decisions newer than the one the sender's page showed, by somebody else."""
    ids = [each.id for each in before]
    newer = before[ids.index(verdict.seen) + 1 :] if verdict.seen in ids else before
    return [each for each in newer if each.author != verdict.author.strip()]
