"""Analysts' merges and splits of incidents, laid over the grouping that the rules give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from frontlog.ledger.decisions import Verdicts
from frontlog.ledger.incidents import Telling
from frontlog.model import Incident, Interval


def regroup(found: list[Incident], verdicts: Verdicts, tellings: Sequence[Telling]) -> list[Incident]:
    """Apply merges and splits that name incidents of this list, in their order; every claim is kept."""
    if not verdicts.regrouped:
        return found
    by_claim = {each.claim: each for each in tellings}
    current = {each.id: each for each in found}
    for action, subject, ids in verdicts.regrouped:
        if subject not in current:
            continue
        if action == "split":
            current.update(_split(current[subject], ids, by_claim))
            continue
        for other in ids:
            if other in current and other != subject:
                joined = (*current[subject].claims, *current.pop(other).claims)
                current[subject] = _told(current[subject], joined, by_claim, "merged by a decision")
    return sorted(current.values(), key=lambda each: each.id)


def _split(whole: Incident, claims: Iterable[str], by_claim: dict[str, Telling]) -> dict[str, Incident]:
    apart = tuple(claim for claim in claims if claim in whole.claims)
    rest = tuple(claim for claim in whole.claims if claim not in apart)
    if not apart or not rest:
        return {whole.id: whole}
    reason = "split by a decision"
    part = replace(whole, id=f"{whole.id}-{apart[0][:6]}")
    return {
        whole.id: _told(whole, rest, by_claim, reason),
        part.id: _told(part, apart, by_claim, reason),
    }


def _told(incident: Incident, claims: tuple[str, ...], by_claim: dict[str, Telling], reason: str) -> Incident:
    told = [by_claim[claim] for claim in claims if claim in by_claim]
    spans = [(each.last - each.first, each.first, each.last) for each in told if each.first and each.last]
    narrowest = min(spans, default=None)
    return replace(
        incident,
        claims=tuple(sorted(claims)),
        origins=tuple(sorted({each.origin for each in told})),
        when=Interval(narrowest[1], narrowest[2]) if narrowest else None,
        known=min((each.known for each in told), default=incident.known),
        reason=reason,
    )
