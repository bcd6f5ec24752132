"""The evidence on one place: its claims as analysts left them, with the takers that nobody named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from frontlog.ledger import origins
from frontlog.ledger.codec import PlaceOf, claim_of
from frontlog.ledger.decisions import Verdicts, corrected_body
from frontlog.ledger.namesakes import ambiguous, lent
from frontlog.ledger.takers import Inferred, Past, WarOf, infer, wants_taker
from frontlog.ledger.weights import Evidence, Weights, evidence
from frontlog.model import CONTROL_KINDS, Claim, Interval, Kind

WEIGHED: frozenset[str] = frozenset({"take", "leave", "hold", "advance", "besiege", "attack", "clash"})


@dataclass(frozen=True, slots=True)
class Stored:
    """One claim as the ledger keeps it."""

    id: str
    known: date
    kind: Kind
    body: dict[str, Any]
    dispatch: str
    sources: tuple[str, ...]
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Context:
    """What deriving looks at beside the claims of a place."""

    weights: Weights
    verdicts: Verdicts
    parents: Mapping[str, str]
    place: PlaceOf
    claims_of: Callable[[str], Sequence[Stored]]
    """All claims of one dispatch."""
    war_of: WarOf


def stored(row: Sequence[Any]) -> Stored:
    id, known, kind, body, dispatch, sources, publisher = row
    named = tuple(json.loads(sources)) if sources != "[]" else ()
    return Stored(id, date.fromisoformat(known), kind, json.loads(body), dispatch, named, publisher)


def standing_claims(claims: Iterable[Stored], unit: str | None, verdicts: Verdicts) -> list[Stored]:
    """The claims that nobody rejected, as corrected; ``unit`` leaves out those moved to another place."""
    wanted = [each for each in claims if verdicts.accepted.get(each.id) is not False]
    if not verdicts.corrected:
        return wanted
    return [
        _correct(each, changes)
        for each in wanted
        if (changes := verdicts.corrected.get(each.id, {})).get("place", unit) == unit or unit is None
    ]


def _correct(claim: Stored, changes: Mapping[str, Any] | None) -> Stored:
    if not changes:
        return claim
    body = corrected_body(claim.body, changes)
    return replace(claim, kind=body["kind"], body=body)


def evidence_of(claims: Iterable[Stored], unit: str, context: Context) -> list[Evidence]:
    """The evidence that standing claims give on the holder of a place."""
    return [piece for _, _, pieces in _pieces(claims, unit, context) for piece in pieces]


def lent_to(
    own: Iterable[Evidence], others: Mapping[str, Iterable[Stored]], context: Context
) -> list[Evidence]:
    """What the claims on a place's namesakes add to its own evidence."""
    theirs = [
        piece
        for unit, claims in others.items()
        for piece in evidence_of(
            [each for each in claims if ambiguous(claim_of(each.dispatch, each.body, context.place), unit)],
            unit,
            context,
        )
    ]
    return list(lent(own, theirs, context.weights))


def takers_of(claims: Iterable[Stored], unit: str, context: Context) -> dict[str, Inferred]:
    """The takers inferred for the claims at one place, by claim."""
    return {id: taker for id, taker, _ in _pieces(claims, unit, context) if taker is not None}


def _pieces(
    claims: Iterable[Stored], unit: str, context: Context
) -> Iterator[tuple[str, Inferred | None, list[Evidence]]]:
    place = context.place(unit)
    country = place.country if place else None
    ordered = sorted(claims, key=lambda each: (each.known, each.id))
    captures = _captures(ordered)
    past: list[tuple[Evidence, str]] = []
    for each in ordered:
        # A copy says nothing that its original has not said.
        if each.kind not in WEIGHED or each.dispatch in context.parents:
            continue
        claim = _dated(claim_of(each.dispatch, each.body, context.place), each.known, context.weights)
        if claim.when is None:
            continue
        if context.verdicts.accepted.get(each.id):
            claim = _vouched(claim)
        if not _speaks_of(claim, unit):
            continue
        if each.kind == "hold" and "when" in each.body and _had_before(claim, each, captures):
            # "They took the rebel-held town": who is said to have it had it before.
            claim = _day_before(claim)
        taker = None
        if wants_taker(claim):
            dispatch = [
                claim_of(other.dispatch, other.body, context.place)
                for other in standing_claims(context.claims_of(each.dispatch), None, context.verdicts)
            ]
            taker = infer(
                claim, country, dispatch, _past(past, each.known, claim, context.weights), context.war_of
            )
        origin = origins.claim_origin(claim, each.sources, each.publisher)
        pieces = list(evidence(claim, each.id, each.known, origin, context.weights, country, taker))
        past += [(piece, each.dispatch) for piece in pieces]
        yield each.id, taker, pieces


def _dated(claim: Claim, known: date, weights: Weights) -> Claim:
    """A change told without its time has happened by the day it is told, some time before: background."""
    if claim.when is not None or claim.kind not in CONTROL_KINDS or claim.standing != "fact":
        return claim
    first = known - timedelta(days=weights.background_days)
    return replace(claim, when=Interval(first, known))


def _captures(claims: Iterable[Stored]) -> dict[tuple[str, str], set[str]]:
    """Who takes the place in which dispatch, and when."""
    found: dict[tuple[str, str], set[str]] = {}
    for each in claims:
        if each.kind == "take" and each.body["standing"] == "fact" and "when" in each.body:
            sides = {cells[4] for cells in each.body.get("agents", ()) if cells[4]}
            found.setdefault((each.dispatch, each.body["when"]), set()).update(sides)
    return found


def _had_before(claim: Claim, told: Stored, captures: Mapping[tuple[str, str], set[str]]) -> bool:
    """Whether a dispatch that tells the capture of a place names here another who had it."""
    takers = captures.get((told.dispatch, told.body["when"]))
    return takers is not None and not any(party.side in takers for party in claim.agents if party.side)


def _past(pieces: Iterable[tuple[Evidence, str]], known: date, claim: Claim, weights: Weights) -> Past:
    """What was known of the place the day before, or is by the same dispatch, up to the claim's time."""
    if claim.when is None:
        return Past()
    day = claim.when.end
    before = [
        piece
        for piece, dispatch in pieces
        if piece.weight > 0 and piece.last <= day
        if piece.known < known or (dispatch == claim.dispatch and _leads_up(piece, claim.when))
    ]
    having = [piece for piece in before if piece.effect in ("gains", "holds")]
    newest = max(having, key=lambda piece: (piece.last, piece.known, piece.claim), default=None)
    if newest is None:
        return Past(fighting=_fighting(before, day, weights))
    gains = [
        piece.last
        for piece in having
        if piece.side == newest.side and piece.known < known and piece.effect == "gains"
    ]
    return Past(newest.side, max(gains, default=None), _fighting(before, day, weights))


def _leads_up(piece: Evidence, when: Interval) -> bool:
    """Whether what the same dispatch says is of the time before the fall."""
    if piece.effect == "holds":
        # Generic words for a holder beside the news of a fall are as often its taker.
        return piece.last < when.start and not piece.generic
    return piece.effect == "presses"


def _fighting(pieces: Iterable[Evidence], day: date, weights: Weights) -> frozenset[str]:
    return frozenset(
        piece.side
        for piece in pieces
        if piece.effect == "presses" and (day - piece.last).days <= weights.pressing_days
    )


def _speaks_of(claim: Claim, unit: str) -> bool:
    return any(
        mention.place is not None and mention.place.id == unit and mention.precision != "country"
        for mention in claim.places
    )


def _day_before(claim: Claim) -> Claim:
    if claim.when is None:
        return claim
    day = timedelta(days=1)
    return replace(claim, when=Interval(claim.when.start - day, claim.when.end - day))


def _vouched(claim: Claim) -> Claim:
    """An accepted claim counts as one against the speaker's interest, read without doubt."""
    return replace(claim, role="body", against_interest=True, confidence=1.0)
