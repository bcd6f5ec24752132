"""Claims, sentences and decisions as JSON and back, without loss. Places are kept by id, beside."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from frontlog.model import (
    Claim,
    Decision,
    Finding,
    Interval,
    Party,
    Passage,
    Place,
    PlaceMention,
    Sentence,
    Span,
    Speaker,
)

PlaceOf = Callable[[str], Place | None]


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def dumps(value: object) -> str:
    """Compact JSON with sorted keys, so that equal values give equal bytes."""
    return _ENCODER.encode(value)


def instant(moment: datetime) -> str:
    """UTC, to the second, in one form only, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fine_instant(moment: datetime) -> str:
    """UTC, to the microsecond: two analysts' verdicts in one second keep their order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _party(party: Party) -> list[Any]:
    return [party.span.start, party.span.end, party.text, party.actor, party.side, int(party.generic)]


def _party_of(cells: list[Any]) -> Party:
    return Party(Span(cells[0], cells[1]), cells[2], cells[3], cells[4], bool(cells[5]))


def mention(value: PlaceMention) -> list[Any]:
    return [
        value.span.start, value.span.end, value.text, value.name,
        value.place.id if value.place else None, value.confidence,
        value.runner_up.id if value.runner_up else None,
    ]  # fmt: skip


def mention_of(cells: list[Any], place: PlaceOf) -> PlaceMention:
    start, end, text, name, id, confidence, runner_up = cells
    return PlaceMention(
        Span(start, end),
        text,
        name,
        place(id) if id else None,
        confidence,
        place(runner_up) if runner_up else None,
    )


def claim_body(claim: Claim) -> dict[str, Any]:
    """The claim as one JSON object; empty fields are left out."""
    speaker = claim.speaker
    full = {
        "kind": claim.kind,
        "cue": [claim.cue.start, claim.cue.end, claim.cue_text],
        "sentence": [claim.sentence.start, claim.sentence.end],
        "agents": [_party(party) for party in claim.agents],
        "targets": [_party(party) for party in claim.targets],
        "places": [mention(each) for each in claim.places],
        "extent": claim.extent,
        "when": claim.when.iso() if claim.when else None,
        "when_text": claim.when_text,
        "speaker": [
            speaker.span.start, speaker.span.end, speaker.text, speaker.actor, speaker.side, speaker.role,
            speaker.medium,
        ] if speaker else None,
        "standing": claim.standing,
        "deaths": claim.deaths,
        "role": claim.role,
        "against": int(claim.against_interest),
        "confidence": claim.confidence,
    }  # fmt: skip
    return {key: value for key, value in full.items() if value is not None and value != []}


def claim_of(dispatch: str, body: dict[str, Any], place: PlaceOf) -> Claim:
    cue = body["cue"]
    speaker = body.get("speaker")
    return Claim(
        dispatch=dispatch,
        kind=body["kind"],
        cue=Span(cue[0], cue[1]),
        cue_text=cue[2],
        sentence=Span(*body["sentence"]),
        agents=tuple(map(_party_of, body.get("agents", ()))),
        targets=tuple(map(_party_of, body.get("targets", ()))),
        places=tuple(mention_of(cells, place) for cells in body.get("places", ())),
        extent=body.get("extent"),
        when=Interval.parse(body["when"]) if "when" in body else None,
        when_text=body.get("when_text"),
        speaker=Speaker(Span(speaker[0], speaker[1]), *speaker[2:]) if speaker else None,
        standing=body["standing"],
        deaths=body.get("deaths"),
        role=body["role"],
        against_interest=bool(body["against"]),
        confidence=body["confidence"],
    )


def passages_json(passages: tuple[Passage | Sentence, ...]) -> str:
    return dumps([[each.span.start, each.span.end, each.role] for each in passages])


def finding_body(finding: Finding) -> str:
    span = finding.span
    return dumps(
        {
            "audit": finding.audit, "verdict": finding.verdict, "words": finding.words,
            "computed": finding.computed, "dispatch": finding.dispatch,
            "span": [span.start, span.end] if span else None, "claims": list(finding.claims),
            "known": finding.known.isoformat() if finding.known else None, "note": finding.note,
        }
    )  # fmt: skip


def finding_of(text: str) -> Finding:
    body = json.loads(text)
    known = body["known"]
    return Finding(
        body["audit"], body["verdict"], body["words"], body["computed"], body["dispatch"],
        Span(*body["span"]) if body["span"] else None, tuple(body["claims"]),
        date.fromisoformat(known) if known else None, body["note"],
    )  # fmt: skip


def decision_of(row: tuple[str, ...]) -> Decision:
    id, action, subject, author, made, reason, changes = row
    return Decision(id, action, subject, author, moment(made), reason, json.loads(changes))  # type: ignore[arg-type]
