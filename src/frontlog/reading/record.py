"""Claims and readings as JSON objects: the fields of the claim contract, and offsets beside them."""

from __future__ import annotations

from typing import Any

from frontlog.model import Claim, PlaceMention, Reading


def claim_record(claim: Claim, text: str) -> dict[str, Any]:
    """Return one claim in the contract's form, with the offsets of evidence and cue in ``text``."""
    return {
        "kind": claim.kind,
        "cue": claim.cue.of(text),
        "agent": [party.span.of(text) for party in claim.agents],
        "target": [party.span.of(text) for party in claim.targets],
        "places": [_place_record(mention) for mention in claim.places],
        "extent": claim.extent,
        "when": claim.when.iso() if claim.when else None,
        "when_text": claim.when_text,
        "said_by": claim.speaker.text if claim.speaker else None,
        "standing": claim.standing,
        "deaths": claim.deaths,
        "start": claim.sentence.start,
        "end": claim.sentence.end,
        "cue_start": claim.cue.start,
        "cue_end": claim.cue.end,
        "role": claim.role,
        "confidence": round(claim.confidence, 3),
        "against_interest": claim.against_interest,
    }


def reading_record(reading: Reading) -> dict[str, Any]:
    """Return a dispatch with its claims: ``id``, ``date``, ``text`` and ``claims``."""
    dispatch = reading.dispatch
    return {
        "id": dispatch.id,
        "date": dispatch.date.isoformat(),
        "text": dispatch.text,
        "claims": [claim_record(claim, dispatch.text) for claim in reading.claims],
    }


def _place_record(mention: PlaceMention) -> dict[str, Any]:
    place = mention.place
    return {
        "text": mention.text,
        "name": mention.name,
        "country": mention.country,
        "id": place.id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
    }
