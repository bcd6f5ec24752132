"""The evidence on one place: its claims as analysts left them, with the takers that nobody named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from frontlog.ledger import origins, parties
from frontlog.ledger.account import Account, accounts, handed_on, in_order, other_face
from frontlog.ledger.bearing import afresh, at_place, mostly
from frontlog.ledger.codec import PlaceOf, claim_of
from frontlog.ledger.decisions import Verdicts, corrected_body
from frontlog.ledger.namesakes import ambiguous, lent
from frontlog.ledger.past import Pasts
from frontlog.ledger.takers import (
    Inferred,
    Past,
    WarOf,
    infer,
    opponent,
    wants_keeper,
    wants_past,
    wants_taker,
)
from frontlog.ledger.testimony import Bearing, Told, evidence
from frontlog.ledger.weights import Evidence, Weights
from frontlog.model import CONTROL_KINDS, Claim, Interval, Kind

LOST_DAYS = 14
"""After which a side that others took a place from is not leaving it still."""
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
    resolve: parties.Resolve


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


def evidence_of(
    claims: Iterable[Stored], unit: str, context: Context, twins: Mapping[str, Iterable[Stored]] | None = None
) -> list[Evidence]:
    """The evidence that standing claims give on the holder of a place; ``twins`` are those on its twins."""
    merged = _with_twins(claims, unit, twins or {}, context)
    return [piece for _, _, pieces in _pieces(merged, unit, context) for piece in pieces]


def takers_of(
    claims: Iterable[Stored], unit: str, context: Context, twins: Mapping[str, Iterable[Stored]] | None = None
) -> dict[str, Inferred]:
    """The takers inferred for the claims at one place, by claim."""
    merged = _with_twins(claims, unit, twins or {}, context)
    return {id: taker for id, taker, _ in _pieces(merged, unit, context) if taker is not None}


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


def _with_twins(
    claims: Iterable[Stored], unit: str, twins: Mapping[str, Iterable[Stored]], context: Context
) -> list[Stored]:
    """A place's claims with those that name its twins by the bare name, as if all named the place."""
    found = {each.id: each for each in claims}
    for other, theirs in twins.items():
        for each in theirs:
            if each.id not in found and ambiguous(claim_of(each.dispatch, each.body, context.place), other):
                found[each.id] = _renamed(each, other, unit)
    return list(found.values())


def _renamed(told: Stored, other: str, unit: str) -> Stored:
    places = [[*cells[:4], unit, *cells[5:]] if cells[4] == other else cells for cells in told.body["places"]]
    return replace(told, body={**told.body, "places": places})


def _pieces(
    claims: Iterable[Stored], unit: str, context: Context
) -> Iterator[tuple[str, Inferred | None, list[Evidence]]]:
    place, weights = context.place(unit), context.weights
    country = place.country if place else None
    told = list(_told(claims, unit, country, context))
    by_dispatch = accounts((claim for _, claim in told), weights)
    past = Pasts(weights)
    for each, heard in told:
        account = by_dispatch.get(each.dispatch)
        claim = in_order(heard, account)
        if claim is None or handed_on(claim, account):
            continue
        if other_face(claim, account):
            claim = replace(claim, confidence=claim.confidence * weights.factors["repeated"])
        before = past.before(each.known, claim) if wants_past(claim) else Past()
        if _denies_news(claim, before, weights) or _retells_loss(claim, before, weights):
            continue
        claim = parties.of_leaver(parties.of_holder(claim, country, before.holder), before.holder)
        if claim.kind == "besiege" and before.holder in {party.side for party in claim.agents}:
            # Who is said to besiege the town that it holds besieges others in or near it.
            claim = replace(claim, kind="attack")
        taker = keeper = None
        gone = _long_gone(claim, before)
        if wants_taker(claim) and not gone:
            taker = infer(claim, country, _dispatch(each, context), before, context.war_of)
        elif wants_keeper(claim, before):
            keeper = opponent(claim, country, _dispatch(each, context), context.war_of)
        origin = origins.claim_origin(claim, each.sources, each.publisher)
        bearing = Bearing(mostly(claim, unit, weights), _news(claim, account, weights), gone)
        pieces = list(evidence(claim, Told(each.id, each.known, origin), weights, taker, keeper, bearing))
        for piece in pieces:
            past.add(piece, each.dispatch)
        yield each.id, taker, pieces


def _news(claim: Claim, account: Account | None, weights: Weights) -> bool:
    """Whether holding is told as news: in so many words, or of a side that the same dispatch has enter."""
    entering = account.entering if account and claim.kind == "hold" else set()
    return afresh(claim, weights) or any(party.side in entering for party in claim.agents)


def _denies_news(claim: Claim, before: Past, weights: Weights) -> bool:
    """Whether a denied capture is another than that by which its side is long known to hold the place."""
    if claim.standing != "denied" or claim.kind != "take" or claim.when is None:
        return False
    long_since = before.gained is None or (claim.when.end - before.gained).days > weights.background_days
    return long_since and any(party.side == before.holder for party in claim.agents if party.side)


def _retells_loss(claim: Claim, before: Past, weights: Weights) -> bool:
    """Whether a loss told without its time, soon after its loser took the place, is that of those before."""
    if claim.kind != "leave" or claim.when is None or before.gained is None:
        return False
    undated = claim.when.days > weights.background_days
    return undated and before.gained >= claim.when.start and _has(claim, before.holder)


def _long_gone(claim: Claim, before: Past) -> bool:
    """Whether who is said to leave a place had lost it well before: only stragglers leave now."""
    if claim.kind != "leave" or claim.standing != "fact" or claim.when is None or before.gained is None:
        return False
    known = any(party.side for party in claim.agents)
    return known and not _has(claim, before.holder) and (claim.when.end - before.gained).days > LOST_DAYS


def _has(claim: Claim, holder: str | None) -> bool:
    return any(party.side == holder for party in claim.agents if party.side)


def _told(
    claims: Iterable[Stored], unit: str, country: str | None, context: Context
) -> Iterator[tuple[Stored, Claim]]:
    """The claims that bear on a place, in the order of knowledge, as they are meant there."""
    for each in sorted(claims, key=lambda each: (each.known, each.id)):
        # A copy says nothing that its original has not said.
        if each.kind not in WEIGHED or each.dispatch in context.parents:
            continue
        claim = _dated(claim_of(each.dispatch, each.body, context.place), each.known, context.weights)
        if claim.when is None or not _speaks_of(claim, unit):
            continue
        if context.verdicts.accepted.get(each.id):
            claim = _vouched(claim)
        claim = parties.at_place(claim, country, context.resolve)
        yield each, at_place(claim, unit, context.weights)


def _dispatch(told: Stored, context: Context) -> list[Claim]:
    """All claims of a claim's dispatch, as analysts left them."""
    return [
        claim_of(other.dispatch, other.body, context.place)
        for other in standing_claims(context.claims_of(told.dispatch), None, context.verdicts)
    ]


def _dated(claim: Claim, known: date, weights: Weights) -> Claim:
    """A claim told without its time, at a time: holding and planning are of the day they are told.

    A change has happened by then, some time before: background.
    """
    if claim.standing == "planned" and claim.kind in CONTROL_KINDS:
        return replace(claim, when=Interval.day(known))
    if claim.when is not None or claim.kind not in CONTROL_KINDS or claim.standing != "fact":
        return claim
    if claim.kind == "hold":
        return replace(
            claim, when=Interval.day(known), confidence=claim.confidence * weights.factors["undated"]
        )
    return replace(claim, when=Interval(known - timedelta(days=weights.background_days), known))


def _speaks_of(claim: Claim, unit: str) -> bool:
    return any(
        mention.place is not None and mention.place.id == unit and mention.precision != "country"
        for mention in claim.places
    )


def _vouched(claim: Claim) -> Claim:
    """An accepted claim counts as one against the speaker's interest, read without doubt."""
    return replace(claim, role="body", against_interest=True, confidence=1.0)
