"""Ledger values as plain JSON objects: the form of ``--json``, of exports and of the HTTP interface."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from frontlog.ledger.store import HeldPlace, StoredClaim
from frontlog.ledger.takers import Inferred
from frontlog.model import Decision, Finding, Holding, Incident, Party, Place, PlaceMention

Namer = Callable[[str], str]


def party_record(party: Party) -> dict[str, Any]:
    return {"text": party.text, "actor": party.actor, "side": party.side, "generic": party.generic}


def mention_record(mention: PlaceMention) -> dict[str, Any]:
    place = mention.place
    return {
        "text": mention.text, "name": mention.name, "id": place.id if place else None,
        "country": mention.country,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "precision": mention.precision, "confidence": mention.confidence,
        "runner_up": mention.runner_up.id if mention.runner_up else None,
    }  # fmt: skip


def claim_record(row: StoredClaim) -> dict[str, Any]:
    """One claim with its evidence; offsets are into the dispatch's text."""
    claim = row.claim
    speaker = claim.speaker
    return {
        "id": row.id, "dispatch": claim.dispatch, "known": row.known.isoformat(),
        "published": row.published.isoformat(), "publisher": row.publisher, "url": row.url,
        "kind": claim.kind, "cue": claim.cue_text, "agent": [party_record(party) for party in claim.agents],
        "target": [party_record(party) for party in claim.targets],
        "places": [mention_record(mention) for mention in claim.places], "extent": claim.extent,
        "when": claim.when.iso() if claim.when else None, "when_text": claim.when_text,
        "said_by": {
            "text": speaker.text, "actor": speaker.actor, "side": speaker.side, "role": speaker.role,
            "medium": speaker.medium,
        } if speaker else None,
        "standing": claim.standing, "deaths": claim.deaths, "role": claim.role,
        "against_interest": claim.against_interest, "confidence": claim.confidence, "accepted": row.accepted,
        "sentence": row.sentence, "start": claim.sentence.start, "end": claim.sentence.end,
        "cue_start": claim.cue.start, "cue_end": claim.cue.end,
    }  # fmt: skip


def place_record(place: Place) -> dict[str, Any]:
    return {
        "id": place.id, "name": place.name, "kind": place.kind, "country": place.country,
        "admin1": place.admin1_name, "lat": place.lat, "lon": place.lon, "precision": place.precision,
    }  # fmt: skip


def holding_record(held: HeldPlace, name: Namer) -> dict[str, Any]:
    holding: Holding = held.holding
    return {
        "place": place_record(held.place), "state": holding.state, "holder": holding.holder,
        "holder_name": name(holding.holder) if holding.holder else None,
        "valid_from": holding.valid_from.isoformat(),
        "valid_to": holding.valid_to.isoformat() if holding.valid_to else None,
        "confidence": holding.confidence, "seen": held.seen.isoformat(),
        "known_on": holding.known_on.isoformat() if holding.known_on else None,
        "claims_for": list(holding.claims_for), "claims_against": list(holding.claims_against),
    }  # fmt: skip


def inferred_record(taker: Inferred | None) -> dict[str, Any]:
    """The taker inferred for a claim that names none, with the reason."""
    return {"inferred": {"side": taker.side, "reason": taker.reason}} if taker else {}


def incident_record(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.id, "kind": incident.kind, "place": incident.place,
        "when": incident.when.iso() if incident.when else None,
        "known": incident.known.isoformat() if incident.known else None, "claims": list(incident.claims),
        "origins": list(incident.origins), "reason": incident.reason,
    }  # fmt: skip


def finding_record(finding: Finding) -> dict[str, Any]:
    return {
        "audit": finding.audit, "verdict": finding.verdict, "words": finding.words,
        "computed": finding.computed, "dispatch": finding.dispatch,
        "start": finding.span.start if finding.span else None,
        "end": finding.span.end if finding.span else None, "claims": list(finding.claims),
        "known": finding.known.isoformat() if finding.known else None, "note": finding.note,
    }  # fmt: skip


def decision_record(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.id, "action": decision.action, "subject": decision.subject, "author": decision.author,
        "made": decision.made.isoformat(), "reason": decision.reason, "changes": dict(decision.changes),
    }  # fmt: skip


def sides_named(text: str, named: Mapping[str, str]) -> str:
    """A finding's computed words with names in the place of ids of sides.

    >>> sides_named("Otay: gov:ML's until jnim took it", {"gov:ML": "Malian government", "jnim": "JNIM"})
    "Otay: Malian government's until JNIM took it"
    """
    if not named:
        return text
    ids = "|".join(re.escape(id) for id in sorted(named, key=len, reverse=True))
    return re.sub(rf"(?<![\w:])(?:{ids})(?!\w)", lambda found: named[found[0]], text)


def names(parties: Sequence[Party]) -> str:
    return ", ".join(party.text for party in parties)
