"""Values of the ledger as what the web answers with: fields are copied and named, nothing is worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from frontlog.ledger.store import HeldPlace, StoredClaim
from frontlog.model import Decision, Dispatch, Finding, Incident, Party, Place, PlaceMention, family_of
from frontlog.web import schemas
from frontlog.web.room import Room


def held(each: HeldPlace) -> schemas.HeldOut:
    place = each.place
    return schemas.HeldOut(
        **{name: getattr(place, name) for name in schemas.PlaceFields.model_fields},
        **_stretch(each),
        place=place.id,
        admin1=place.admin1,
        population=place.population,
        capital=place.capital_of is not None,
    )


def _stretch(each: HeldPlace) -> dict[str, Any]:
    value = each.holding
    return {
        "state": value.state, "holder": value.holder, "since": value.valid_from, "until": value.valid_to,
        "confidence": value.confidence, "seen": each.seen,
    }  # fmt: skip


def control(on: date, known: date | None, version: str, places: Iterable[HeldPlace]) -> schemas.ControlOut:
    shown = [held(each) for each in places]
    count: Counter[str] = Counter(each.state for each in shown)
    return schemas.ControlOut(on=on, known=known, version=version, count=dict(count), holdings=shown)


def place(value: Place) -> schemas.PlaceOut:
    return schemas.PlaceOut.model_validate(value)


def holding(each: HeldPlace, room: Room) -> schemas.HoldingOut:
    value = each.holding
    return schemas.HoldingOut(
        **_stretch(each),
        holder_name=room.side_name(value.holder),
        claims_for=list(value.claims_for),
        claims_against=list(value.claims_against),
    )


def party(value: Party, room: Room) -> schemas.PartyOut:
    return schemas.PartyOut(text=value.text, side=value.side, side_name=room.side_name(value.side))


def mention(value: PlaceMention) -> schemas.MentionOut:
    return schemas.MentionOut(
        text=value.text,
        name=value.name,
        place=value.place.id if value.place else None,
        country=value.country,
        confidence=value.confidence,
    )


def claim(stored: StoredClaim, room: Room) -> schemas.ClaimOut:
    value = stored.claim
    return schemas.ClaimOut(
        id=stored.id,
        dispatch=value.dispatch,
        kind=value.kind,
        family=family_of(value.kind),
        cue=value.cue_text,
        agents=[party(each, room) for each in value.agents],
        targets=[party(each, room) for each in value.targets],
        places=[mention(each) for each in value.places],
        extent=value.extent,
        when=value.when.iso() if value.when else None,
        when_text=value.when_text,
        speaker=schemas.SpeakerOut.model_validate(value.speaker) if value.speaker else None,
        standing=value.standing,
        deaths=value.deaths,
        against_interest=value.against_interest,
        confidence=value.confidence,
        sentence=stored.sentence,
        start=value.sentence.start,
        end=value.sentence.end,
        known=stored.known,
        published=stored.published,
        publisher=stored.publisher,
        title=stored.title,
        url=stored.url,
        accepted=stored.accepted,
    )


def incident(value: Incident) -> schemas.IncidentOut:
    return schemas.IncidentOut(
        id=value.id,
        kind=value.kind,
        when=value.when.iso() if value.when else None,
        origins=len(value.origins),
        reason=value.reason,
        claims=list(value.claims),
    )


def dispatch(value: Dispatch, claims: Iterable[StoredClaim]) -> schemas.DispatchOut:
    return schemas.DispatchOut(
        id=value.id,
        published=value.published,
        publisher=value.publisher,
        title=value.title,
        url=value.url,
        text=value.text,
        claims=[each.id for each in claims],
    )


def finding(value: Finding) -> schemas.FindingOut:
    return schemas.FindingOut.model_validate(value)


def decision(value: Decision) -> schemas.DecisionOut:
    return schemas.DecisionOut.model_validate(value)
