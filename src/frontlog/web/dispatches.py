"""Dispatches: each as stored with its claims marked, and the search for words in them."""

from __future__ import annotations

from datetime import date
from itertools import islice

from fastapi import APIRouter, Request
from starlette.responses import Response

from frontlog.ledger.store import ClaimQuery
from frontlog.ledger.words import Wanted
from frontlog.model import Span
from frontlog.web import ask, schemas, shapes
from frontlog.web.evidence import required, told
from frontlog.web.highlight import Piece, pieces
from frontlog.web.pages import page
from frontlog.web.room import room_of

router = APIRouter()
Known = date | None
EXCERPT = 90
MARKED = 200


@router.get("/dispatches.json", response_model=schemas.SearchOut)
def dispatches_json(request: Request, q: ask.Words = None, known: Known = None) -> schemas.SearchOut:
    """Dispatches that have all the words, those first that fit them best; at most fifty."""
    found = room_of(request).store.search(q or "", known)
    hits = [
        schemas.HitOut(
            id=each.id,
            published=each.published,
            publisher=each.publisher,
            title=each.title,
            excerpt="".join(piece.text for piece in excerpt(each.text, q or "")),
        )
        for each in found
    ]
    return schemas.SearchOut(words=q or "", dispatches=hits)


@router.get("/dispatches", include_in_schema=False)
def dispatches_page(request: Request, q: ask.Words = None, known: Known = None) -> Response:
    found = room_of(request).store.search(q or "", known)
    hits = [(each, excerpt(each.text, q or "")) for each in found]
    return page(request, "dispatches.html", q=q or "", hits=hits)


def excerpt(text: str, words: str) -> list[Piece]:
    """A stretch around the first of the words, with all of them marked."""
    spans = list(islice(Wanted.of(words).spans(text), MARKED))
    first = spans[0].start if spans else 0
    within = Span(max(0, first - EXCERPT), min(len(text), first + 2 * EXCERPT))
    return pieces(text, [(span, "hit") for span in spans], within)


@router.get("/dispatch/{id:path}.json", response_model=schemas.DispatchOut)
def dispatch_json(request: Request, id: str) -> schemas.DispatchOut:
    """One dispatch as stored, with the ids of its claims."""
    room = room_of(request)
    dispatch = required(room.store.dispatch(id), f"dispatch {id}")
    return shapes.dispatch(dispatch, room.store.claims(ClaimQuery(source=id)))


@router.get("/dispatch/{id:path}", include_in_schema=False)
def dispatch_page(request: Request, id: str) -> Response:
    room = room_of(request)
    dispatch = required(room.store.dispatch(id), f"dispatch {id}")
    claims = list(room.store.claims(ClaimQuery(source=id)))
    marks = [(each.claim.cue, "cue") for each in claims]
    marks += [(mention.span, "place") for each in claims for mention in each.claim.places]
    return page(
        request,
        "dispatch.html",
        dispatch=dispatch,
        pieces=pieces(dispatch.text, marks),
        claims=told(claims),
        findings=room.store.findings(dispatch=id),
        origin=room.store.origin(id),
    )
