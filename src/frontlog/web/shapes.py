"""Values of the ledger as what the web answers with; every field is copied, nothing is worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from frontlog.ledger.store import HeldPlace, StoredClaim
from frontlog.model import Decision, Dispatch, Finding, Incident, Party, Place, PlaceMention, family_of
from frontlog.web import schemas
from frontlog.web.room import Room


def held(each: HeldPlace) -> schemas.HeldOut:
    place, holding = each.place, each.holding
    return schemas.HeldOut(
        place=place.id,
        name=place.name,
        kind=place.kind,
        precision=place.precision,
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        admin1=place.admin1,
        admin1_name=place.admin1_name,
        population=place.population,
        capital=place.capital_of is not None,
        state=holding.state,
        holder=holding.holder,
        confidence=holding.confidence,
        since=holding.valid_from,
        until=holding.valid_to,
        seen=each.seen,
    )


def control(on: date, known: date | None, version: str, places: Iterable[HeldPlace]) -> schemas.ControlOut:
    shown = [held(each) for each in places]
    count: Counter[str] = Counter(each.state for each in shown)
    return schemas.ControlOut(on=on, known=known, version=version, count=dict(count), holdings=shown)


def place(value: Place) -> schemas.PlaceOut:
    return schemas.PlaceOut(
        id=value.id,
        name=value.name,
        kind=value.kind,
        precision=value.precision,
        lat=value.lat,
        lon=value.lon,
        country=value.country,
        admin1_name=value.admin1_name,
    )


def holding(each: HeldPlace, room: Room) -> schemas.HoldingOut:
    value = each.holding
    return schemas.HoldingOut(
        state=value.state,
        holder=value.holder,
        holder_name=room.side_name(value.holder),
        since=value.valid_from,
        until=value.valid_to,
        confidence=value.confidence,
        seen=each.seen,
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
    speaker = value.speaker
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
        speaker=schemas.SpeakerOut(
            text=speaker.text, side=speaker.side, role=speaker.role, medium=speaker.medium
        )
        if speaker
        else None,
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
    return schemas.FindingOut(
        audit=value.audit,
        verdict=value.verdict,
        words=value.words,
        computed=value.computed,
        note=value.note,
        dispatch=value.dispatch,
        known=value.known,
        claims=list(value.claims),
    )


def decision(value: Decision) -> schemas.DecisionOut:
    return schemas.DecisionOut(
        id=value.id,
        action=value.action,
        subject=value.subject,
        author=value.author,
        made=value.made,
        reason=value.reason,
        changes=dict(value.changes),
    )
