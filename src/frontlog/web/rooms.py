"""The map room itself, its read-only twin for frames, audits, and the health check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, Response

from frontlog.ledger.store import ClaimQuery, StoredClaim
from frontlog.model import FAMILIES, Finding, family_of
from frontlog.web import ask, schemas, shapes
from frontlog.web.evidence import told
from frontlog.web.pages import map_page, page
from frontlog.web.room import room_of
from frontlog.web.tables import CsvResponse, csv_response

router = APIRouter()
CountryIn = Annotated[str | None, Depends(ask.country)]
DaysIn = Annotated[ask.Days, Depends(ask.days)]
QueryIn = Annotated[ClaimQuery, Depends(ask.claim_query)]
Verdict = Literal["fits", "does not fit", "cannot tell"]
CSV_HEADER = ("audit", "verdict", "words", "computed", "note", "dispatch", "known", "claims")


@router.get("/", include_in_schema=False)
def room_page(request: Request, days: DaysIn) -> Response:
    return map_page(request, days, "look")


@router.get("/embed", include_in_schema=False)
def embed_page(request: Request, days: DaysIn) -> Response:
    return map_page(request, days, "embed")


@router.get("/version.json", response_model=schemas.VersionOut)
def version_json(request: Request) -> schemas.VersionOut:
    """A text that changes when anybody adds to the ledger: for pages that stay open."""
    return schemas.VersionOut(version=room_of(request).version)


@router.get("/day", include_in_schema=False)
def day_page(
    request: Request, days: DaysIn, query: QueryIn, findings: Literal["1", ""] | None = None
) -> Response:
    """The claims about one day that pass the filters."""
    room = room_of(request)
    asked = replace(query, first=days.on, last=days.on, known=days.known)
    if findings:
        noticed = {id for each in room.store.findings(verdict="does not fit") for id in each.claims}
        found = [each for each in room.store.claims(replace(asked, limit=None)) if each.id in noticed]
        total, found = len(found), found[: ask.PAGE]
    else:
        total, found = room.store.count_claims(replace(asked, after=None)), list(room.store.claims(asked))
    return page(
        request, "day.html", days=days, claims=told(sorted(found, key=_order)), total=total, query=query
    )


def _order(stored: StoredClaim) -> int:
    """Control first, then violence, forces and words; newest first within each, as they came."""
    return list(FAMILIES).index(family_of(stored.claim.kind))


@router.get("/healthz", response_class=PlainTextResponse)
def healthz() -> PlainTextResponse:
    """Says that the server answers."""
    return PlainTextResponse("ok\n")


def _findings(request: Request, verdict: str | None, audit: str | None, known: date | None) -> list[Finding]:
    return room_of(request).store.findings(audit=audit or None, known=known, verdict=verdict)


@router.get("/audits.json", response_model=schemas.FindingsOut)
def audits_json(
    request: Request, verdict: Verdict | None = None, audit: ask.Words = None, known: date | None = None
) -> schemas.FindingsOut:
    """What the audits noticed."""
    found = _findings(request, verdict, audit, known)
    return schemas.FindingsOut(findings=[shapes.finding(each) for each in found])


@router.get("/audits.csv", response_class=CsvResponse)
def audits_csv(
    request: Request, verdict: Verdict | None = None, audit: ask.Words = None, known: date | None = None
) -> Response:
    """The same as a table."""
    rows = (
        (e.audit, e.verdict, e.words, e.computed, e.note, e.dispatch, e.known, " ".join(e.claims))
        for e in _findings(request, verdict, audit, known)
    )
    return csv_response("audits", CSV_HEADER, rows)


@router.get("/audits", include_in_schema=False)
def audits_page(
    request: Request, verdict: Verdict | None = None, audit: ask.Words = None, known: date | None = None
) -> Response:
    found = _findings(request, verdict, audit, known)
    names = sorted({each.audit for each in _findings(request, None, None, None)})
    return page(request, "audits.html", findings=found, verdict=verdict, audit=audit, names=names)
