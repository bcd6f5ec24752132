"""What one claim says of who holds its place: pieces of evidence, each worth what its speaker is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from frontlog.ledger.bearing import approaching, retaken
from frontlog.ledger.takers import Inferred
from frontlog.ledger.weights import Evidence, Weights
from frontlog.model import Claim, Interval

WITNESSES = frozenset({"resident", "reporter", "monitor", "source", "witness"})
_DAY = timedelta(days=1)


OTHERS = "others"
"""Whoever still has the rest of a place that is nearly taken."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What the words around a claim and the place's past add to it.

    ``mostly``: it is about nearly all of the place; ``news``: holding is told as new; ``gone``: who leaves
    had long lost the place.
    """

    mostly: bool = False
    news: bool = False
    gone: bool = False


PLAIN = Bearing()


@dataclass(frozen=True, slots=True)
class Told:
    """Whence a claim is: its id, the day from which it could be known, and who is behind it."""

    id: str
    known: date
    origin: str


def evidence(
    claim: Claim,
    told: Told,
    weights: Weights,
    taker: Inferred | None = None,
    keeper: str | None = None,
    bearing: Bearing = PLAIN,
) -> Iterator[Evidence]:
    """Give what one claim says of the holder of its place.

    ``taker`` is who took it where the claim does not say, ``keeper`` who must have it as others come for it.
    """
    when = claim.when
    if when is None or when.start > told.known:
        return
    if claim.standing == "possible" and when.end > told.known:
        return  # what may come yet says nothing of who holds the place today
    for side, generic in _sides(claim):
        effects = [("short", "")] if bearing.gone else _effects(claim, weights, bearing.mostly)
        for effect, factor in effects:
            worth = _worth(claim, side, weights) * weights.factors.get(factor, 1.0)
            if generic:
                worth *= weights.factors["only_words"]
            piece = _piece(told, effect, side, when, worth, generic)
            yield replace(piece, news=True) if bearing.news and effect == "holds" else piece
            if factor == "most":
                # The rest of the place is others', so it is contested.
                yield _piece(told, "part", OTHERS, when, worth)
            dated = when.days <= weights.background_days
            if effect == "gains" and claim.standing == "fact" and dated and retaken(claim):
                # Who takes a place back did not have it.
                yield _piece(told, "absent", side, when, worth * weights.factors["again"], generic)
    if taker is not None:
        for effect, factor in [("gains", "")] if claim.kind == "leave" else _effects(claim, weights):
            worth = _worth(claim, taker.side, weights) * weights.factors.get(factor, 1.0)
            yield _piece(told, effect, taker.side, when, worth * weights.factors[taker.ground])
    yield from _others(claim, told, weights, keeper)


def _others(claim: Claim, told: Told, weights: Weights, keeper: str | None) -> Iterator[Evidence]:
    """Those whom a place is taken from, is to be taken from, or who are beset in it, have it or had it."""
    when, factor = claim.when, _had(claim, weights)
    if when is None or factor is None:
        return
    acting = {side for side, _ in _sides(claim)}
    beset = {party.side: party.generic for party in claim.targets if party.side and party.side not in acting}
    if not beset and keeper is not None and claim.kind in ("besiege", "advance"):
        beset = {keeper: False}
    if factor in ("lost", "entered"):
        when = Interval(when.start - _DAY, when.start - _DAY)
    for side, generic in sorted(beset.items()):
        yield _piece(
            told, "holds", side, when, _worth(claim, side, weights) * weights.factors[factor], generic
        )


def _had(claim: Claim, weights: Weights) -> str | None:
    """The factor for what a claim says of its targets as holders of the place, None where it says nothing."""
    if claim.kind == "take" and claim.extent == "whole":
        background = claim.when is None or claim.when.days > weights.background_days
        return {"planned": "planned", "fact": None if background else "lost"}.get(claim.standing)
    if claim.standing != "fact":
        return None
    if claim.kind == "besiege":
        return "besieged"
    if claim.kind == "advance":
        return "approached" if approaching(claim, weights) else "entered"
    return None


def _piece(
    told: Told, effect: str, side: str, when: Interval, worth: float, generic: bool = False
) -> Evidence:
    return Evidence(
        told.id, told.known, told.origin, effect, side, when.start, when.end, round(worth), generic
    )


def _sides(claim: Claim) -> list[tuple[str, bool]]:
    """The sides that act, and whether each is only words. Whom the registry knows outranks bare words."""
    known = [party for party in claim.agents if party.actor or party.generic]
    found = {party.side: party.actor is None for party in reversed(known or claim.agents) if party.side}
    if not found and claim.speaker and claim.speaker.side and any(party.generic for party in claim.agents):
        # "The town is ours": words that only point mean the speaker's own side.
        found = {claim.speaker.side: False}
    return sorted(found.items())


def _effects(claim: Claim, weights: Weights, mostly: bool = False) -> list[tuple[str, str]]:
    """The effect on the agent's side, and the factor it is multiplied by."""
    kind, standing = claim.kind, claim.standing
    if kind in ("advance", "besiege"):
        if standing != "fact":
            return []
        if approaching(claim, weights):
            return [("short", "attacked"), ("presses", "")]
        # Who has entered a place and is not said to have taken it fights for it there.
        return [("absent", "attacked"), ("presses", ""), ("part", "")]
    if kind in ("attack", "clash"):
        return [("presses", "")] if standing == "fact" else []
    if kind not in ("take", "leave", "hold"):
        return []
    if standing == "planned":
        # Who plans to take a place does not have it; who plans to leave still has it.
        return {"take": [("short", "planned")], "leave": [("holds", "planned")]}.get(kind, [])
    effect = {"take": "gains", "leave": "leaves", "hold": "holds"}[kind]
    if mostly and kind in ("take", "hold") and standing == "fact":
        return [(effect, "most")]
    if claim.extent in ("part", "site"):
        return [("part", "")] if kind in ("take", "hold") and standing == "fact" else []
    factor = "possible" if standing == "possible" else ("hold" if kind == "hold" else "")
    if kind == "take" and not factor and claim.cue_text.casefold().startswith("claim"):
        # "Claimed the city" tells what the agent said, not what happened.
        factor = "asserted"
    return [(effect, factor)]


def _worth(claim: Claim, side: str, weights: Weights) -> float:
    worth = float(_base(claim, side, weights)) * claim.confidence
    if claim.role == "caption":
        worth *= weights.factors["caption"]
    return worth


def _base(claim: Claim, side: str, weights: Weights) -> int:
    """Log-odds by the class of who says it: own voice, witness, winner, or the side that loses by it."""
    speakers = weights.speakers
    speaker = claim.speaker
    if claim.standing == "denied":
        in_interest = speaker is None or speaker.side is None or not claim.against_interest
        return speakers["denial"] if in_interest else -speakers["against_interest"]
    if claim.against_interest:
        return speakers["against_interest"]
    if speaker is None:
        return speakers["own_voice"]
    if speaker.side == side:
        return speakers["winner"]
    return speakers["witness" if speaker.role in WITNESSES else "own_voice"]
