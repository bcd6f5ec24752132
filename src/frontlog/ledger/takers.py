"""Who took a place that a claim says fell or was given up, where it does not say to whom.

What is inferred is evidence, never part of the claim. It rests on the claim's own dispatch, on what was known
of the place before, and on who fights in the country's war, so that later dispatches cannot alter it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from frontlog.ledger.bearing import retaken
from frontlog.model import Claim

Ground = Literal["told_elsewhere", "handed_over", "fought", "retold", "opposed"]
_GIVEN_UP = re.compile(
    r"surrender|g[ai]ven? up|giv(?:es|ing) up|hand|abandon|ced(?:e|ing)|yield|relinquish", re.IGNORECASE
)
RETOLD_DAYS = 60
RECALLED_DAYS = 400
FOUGHT = frozenset({"take", "leave", "hold", "advance", "besiege", "attack", "clash", "strike"})


@dataclass(frozen=True, slots=True)
class War:
    """The sides of a country's war on a day: its government's, and whom "rebels" alone mean there."""

    government: str
    sides: frozenset[str]
    insurgents: str | None = None


WarOf = Callable[[str, date], War]


@dataclass(frozen=True, slots=True)
class Past:
    """What was known of a place before: its holder, the day of its gain, who fought for it."""

    holder: str | None = None
    gained: date | None = None
    fighting: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Inferred:
    """A taker nobody named; ``ground`` names the factor its evidence is multiplied by."""

    side: str
    ground: Ground
    reason: str


def wants_taker(claim: Claim) -> bool:
    """Whether a claim tells of a change of hands and leaves out who has the place now."""
    if claim.kind == "leave":
        # Where nobody is said to have left, "leaving" may be anybody's; what is given up was its holder's.
        named = any(party.side for party in (*claim.agents, *claim.targets))
        told = claim.standing == "fact" and claim.extent == "whole"
        return told and (named or bool(_GIVEN_UP.search(claim.cue_text)))
    return claim.kind == "take" and not any(party.side for party in claim.agents) and not _ours(claim)


def wants_past(claim: Claim) -> bool:
    """Whether what a claim says depends on what was known of its place before."""
    return (
        wants_taker(claim)
        or claim.kind in ("advance", "besiege")
        or (claim.kind == "take" and claim.standing == "denied")
        or (claim.kind == "leave" and any(party.side for party in claim.agents))
        or (claim.kind == "hold" and any(party.generic for party in claim.agents))
    )


def wants_keeper(claim: Claim, past: Past) -> bool:
    """Whether a claim tells of a side coming for a place that nobody is known to hold."""
    return claim.kind in ("advance", "besiege") and claim.standing == "fact" and past.holder is None


def opponent(claim: Claim, country: str | None, dispatch: Sequence[Claim], war_of: WarOf) -> str | None:
    """The one side against those who come for a place, in their dispatch or the country's war."""
    acting = {party.side for party in claim.agents if party.side}
    if country is None or claim.when is None or len(acting) != 1:
        return None
    found = _opponent(next(iter(acting)), war_of(country, claim.when.end), _told(dispatch, country))
    return found.side if found else None


def _ours(claim: Claim) -> bool:
    """ "We took it": words that only point mean the speaker's side."""
    speaker = claim.speaker
    return bool(speaker and speaker.side and any(party.generic for party in claim.agents))


def infer(
    claim: Claim, country: str | None, dispatch: Sequence[Claim], past: Past, war_of: WarOf
) -> Inferred | None:
    """The taker, by the claim's dispatch or by who is left when the loser is out; None when in doubt.

    ``dispatch`` are all claims of the claim's dispatch.
    """
    if country is None or claim.when is None:
        return None
    named = sorted({party.side for party in claim.targets if party.side})
    if claim.kind == "leave" and len(named) == 1 and not _is(named[0], claim):
        return Inferred(named[0], "handed_over", f"left to {named[0]}")
    war = war_of(country, claim.when.end)
    if (told := _loser(claim, named)) is None and (again := _retold(claim, past)) is not None:
        return again
    holder = past.holder
    if told is None and past.gained is None and holder not in (None, war.government):
        # Whoever holds it by earlier word, and not as the state does, may well have it from this very fall.
        return None
    loser = told or holder
    # What merely fell was the state's, unless somebody else is known to have had it.
    presumed = None if loser or retaken(claim) else war.government
    takers = _takers(dispatch, country) - {loser, presumed}
    if len(takers) == 1:
        side = next(iter(takers))
        return Inferred(side, "told_elsewhere", f"{side} alone takes places in the same dispatch")
    if takers or (claim.kind == "leave" and loser is not None and loser not in war.sides):
        # A foreign force that goes leaves a place to its friends as often as to its enemies.
        return None
    if loser is None and war.government in _attackers(dispatch, country):
        return None
    fighting = past.fighting - {loser or war.government}
    if len(fighting) == 1:
        side = next(iter(fighting))
        return Inferred(side, "fought", f"{side} alone fought for the place")
    return _opponent(loser, war, _told(dispatch, country))


def _retold(claim: Claim, past: Past) -> Inferred | None:
    """ "Since the fall of the city": the change last known of, unless the words say that it was another."""
    if claim.when is None or past.holder is None or past.gained is None:
        return None
    days = (claim.when.end - past.gained).days
    # "After the fall of the city", without a time, recalls what is long known.
    limit = RETOLD_DAYS if claim.when.days == 1 else RECALLED_DAYS
    if 0 <= days <= limit and not claim.cue_text.casefold().startswith("re"):
        return Inferred(past.holder, "retold", f"{past.holder} took it on {past.gained.isoformat()}")
    return None


def _is(side: str, claim: Claim) -> bool:
    return any(party.side == side for party in claim.agents)


def _loser(claim: Claim, named: list[str]) -> str | None:
    if claim.kind == "leave":
        named = sorted({party.side for party in claim.agents if party.side})
    return named[0] if len(named) == 1 else None


def _takers(dispatch: Iterable[Claim], country: str) -> set[str]:
    return {
        party.side
        for claim in dispatch
        if claim.kind == "take" and claim.standing == "fact" and _in(claim, country)
        for party in claim.agents
        if party.side
    }


def _told(dispatch: Iterable[Claim], country: str) -> set[str]:
    return {
        party.side
        for claim in dispatch
        if claim.kind in FOUGHT and _in(claim, country)
        for party in (*claim.agents, *claim.targets)
        if party.side
    }


def _attackers(dispatch: Iterable[Claim], country: str) -> set[str]:
    return {
        party.side
        for claim in dispatch
        if claim.kind in ("take", "advance", "besiege") and claim.standing == "fact" and _in(claim, country)
        for party in claim.agents
        if party.side
    }


def _in(claim: Claim, country: str) -> bool:
    return any(mention.country == country for mention in claim.places)


def _opponent(loser: str | None, war: War, told: set[str]) -> Inferred | None:
    presumed = loser is None
    if loser is None:
        # Until somebody else is known to hold it, a place is the state's.
        loser = war.government
    if loser not in war.sides and loser not in told:
        return None
    near = (told & war.sides or told) - {loser}
    far = war.sides - {loser}
    if not near and war.insurgents is not None and loser in (war.government, war.insurgents):
        far = frozenset({war.insurgents, war.government}) - {loser}
    left, words = (near, "in the same dispatch") if near else (far, f"in the war of {loser}")
    if len(left) != 1:
        return None
    side = next(iter(left))
    whose = "presumed holder" if presumed else "loser"
    return Inferred(side, "opposed", f"the only side {words} against the {whose}, {loser}")
