"""On which side a claim's parties stand at its place, whichever country was read as theirs.

A dispatch is read without the ledger, and the file of sides may be mended after it. So words that only point
("rebels"), forces of two countries in one, opponents of a side and branches of a movement get their side
here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from frontlog.model import Claim, Party
from frontlog.reading.actors import Resolved

Resolve = Callable[[str, date, Sequence[str]], Resolved | None]
_AGAINST = re.compile(
    r"^(?:anti-|opponents of |opposed to |(?:forces |fighters )?(?:opposing|against) )", re.IGNORECASE
)
_LOSING = ("leave", "surrender")
_AFTER_A_FALL = timedelta(days=31)
_JOINED = re.compile(r"\s+(?:and|&)\s+|,\s+|-(?=[A-Z])")


def at_place(claim: Claim, country: str | None, resolve: Resolve) -> Claim:
    """The claim with its agents and targets on the sides that they are on in the country's war."""
    if country is None or claim.when is None:
        return claim
    day = claim.when.end
    agents = tuple(each for party in claim.agents for each in _sided(party, country, day, resolve))
    targets = tuple(each for party in claim.targets for each in _sided(party, country, day, resolve))
    if claim.kind in _LOSING:
        agents = _fallen(agents, country, day, resolve)
    else:
        targets = _fallen(targets, country, day, resolve)
    return replace(claim, agents=agents, targets=targets)


def _fallen(parties: tuple[Party, ...], country: str, day: date, resolve: Resolve) -> tuple[Party, ...]:
    """ "Soldiers" who lose a place in the weeks after a government fell are those of the fallen one."""
    now, then = (resolve("government", on, (country,)) for on in (day, day - _AFTER_A_FALL))
    if now is None or then is None or then.side in (None, now.side):
        return parties
    return tuple(
        replace(party, side=then.side) if party.generic and party.side == now.side else party
        for party in parties
    )


def of_holder(claim: Claim, country: str | None, holder: str | None) -> Claim:
    """Holders that only words name are the side known to hold the place, where the file names none."""
    if claim.kind != "hold" or holder is None or holder.startswith("gov:"):
        return claim
    agents = tuple(
        replace(party, side=holder) if party.generic and party.side == f"rebels:{country}" else party
        for party in claim.agents
    )
    return replace(claim, agents=agents)


def of_leaver(claim: Claim, holder: str | None) -> Claim:
    """Of several sides said to leave, only the holder has the place: the others may have driven it out."""
    if claim.kind != "leave" or len({party.side for party in claim.agents if party.side}) < 2:
        return claim
    leaving = tuple(party for party in claim.agents if party.side == holder)
    return replace(claim, agents=leaving) if leaving else claim


def _sided(party: Party, country: str, day: date, resolve: Resolve) -> tuple[Party, ...]:
    if party.side is None or (party.text == party.side and not party.generic):
        # An analyst's correction names the side itself.
        return (party,)
    if _AGAINST.match(party.text):
        return (_against(party, country, day, resolve),)
    if party.generic:
        return (replace(party, side=_at_home(party.side, country, day, resolve)),)
    if party.actor is not None:
        found = resolve(party.text, day, (country,))
        known = found is not None and found.actor is not None and found.side is not None
        return (replace(party, actor=found.actor, side=found.side),) if known and found else (party,)
    return _each_of(party, country, day, resolve)


def _at_home(side: str, country: str, day: date, resolve: Resolve) -> str:
    """Generic rebels and governments are those of the place's country, whichever was named first."""
    role, _, land = side.partition(":")
    if not land or role not in ("gov", "rebels"):
        return side
    found = resolve("government" if role == "gov" else role, day, (country,))
    return (found.side if found else None) or f"{role}:{country}"


def _against(party: Party, country: str, day: date, resolve: Resolve) -> Party:
    """ "Anti-government forces" are the insurgents, though the words name the government."""
    if party.side is None or not party.side.startswith("gov:"):
        return party
    found = resolve("rebels", day, (country,))
    side = found.side if found else None
    return replace(party, actor=None, side=side or f"rebels:{country}", generic=True)


def _each_of(party: Party, country: str, day: date, resolve: Resolve) -> tuple[Party, ...]:
    """ "Ethiopian and Somali forces" are two; each of them has its side where both are known."""
    parts = [part for part in _JOINED.split(party.text) if part]
    if len(parts) < 2 or (party.side or "").partition(":")[1]:
        return (party,)
    found = [resolve(part, day, (country,)) for part in parts]
    if not all(each and each.side and (each.actor or each.generic) for each in found):
        return (party,)
    sides = dict.fromkeys((each.actor, each.side, each.generic) for each in found if each)
    return tuple(replace(party, actor=actor, side=side, generic=generic) for actor, side, generic in sides)
