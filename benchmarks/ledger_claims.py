"""Made-up wars: as many claims as asked, the same for the same war.

Places are spoken of as in the news, a few very often and most seldom; each has a true holder that changes
now and then, and most claims follow it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from frontlog.model import Claim, Dispatch, Kind, Place, Reading, Span, Speaker

from .tellings import claim_in, reading_of

COUNTRIES = ("AF", "IQ", "SY", "YE", "LY", "SO", "ET", "SD", "ML", "CD", "UA", "MM")
KINDS: dict[Kind, int] = {
    "take": 9, "leave": 3, "hold": 7, "advance": 6, "besiege": 2, "clash": 11, "attack": 14, "strike": 14,
    "bomb": 9, "arrest": 3, "deploy": 3, "flee": 2, "talk": 6, "demand": 3, "accuse": 4, "state": 4,
}  # fmt: skip
WORDS = (
    "river", "bridge", "road", "column", "night", "market", "school", "valley", "hill",
    "reporters", "officials", "soldiers", "fighters", "convoy", "police", "border", "morning", "checkpoint",
    "airport", "clinic", "residents", "shells", "smoke", "water", "bread", "trucks", "talks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class War:
    """How large a made-up war is; ``claims_each`` is by dispatch."""

    countries: tuple[str, ...] = COUNTRIES
    places: int = 6_000
    start: date = date(2014, 1, 1)
    days: int = 1_460
    claims_each: int = 3
    seed: int = 1


def places(war: War) -> list[Place]:
    """Made-up towns."""
    dice = random.Random(war.seed)
    return [
        Place(
            f"x:{number}", f"Town {number}", "city", "settlement", dice.uniform(-10, 45),
            dice.uniform(-5, 70), war.countries[number % len(war.countries)], f"x:p{number % 200}",
            f"Province {number % 200}", 10_000,
        )
        for number in range(war.places)
    ]  # fmt: skip


def readings(claims: int, war: War) -> Iterator[Reading]:
    """Yield dispatches in order of time until they hold so many claims."""
    dice = random.Random(war.seed)
    towns = places(war)
    weights = list(accumulate(1 / (rank + 20) for rank in range(war.places)))
    holders = [dice.randrange(3) for _ in towns]
    kinds, shares = list(KINDS), list(accumulate(KINDS.values()))
    dispatches = claims // war.claims_each
    for number in range(dispatches):
        told = []
        for at in dice.choices(range(war.places), cum_weights=weights, k=war.claims_each):
            kind = dice.choices(kinds, cum_weights=shares)[0]
            told.append((towns[at], kind, _side(kind, at, holders, towns[at].country or "", dice)))
        yield _reading(number, war.start + timedelta(days=number * war.days // dispatches), told, dice)


def _reading(number: int, day: date, told: list[tuple[Place, Kind, str]], dice: random.Random) -> Reading:
    lines = [
        f"{side} {kind} {town.name} {' '.join(dice.choices(WORDS, k=9))} {number}-{at}."
        for at, (town, kind, side) in enumerate(told)
    ]
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
    dispatch = Dispatch(f"synthetic-{number:07}", stamp, " ".join(lines), publisher=f"outlet {number % 60}")
    parts = zip(lines, told, strict=True)
    return reading_of(dispatch, [_claim(dispatch, line, *each, dice) for line, each in parts])


def _side(kind: Kind, index: int, holders: list[int], country: str, dice: random.Random) -> str:
    if kind == "take" and dice.random() < 0.2:
        holders[index] = (holders[index] + 1) % 3
    mistaken = dice.random() < 0.08
    number = (holders[index] + mistaken) % 3
    return f"{country}-side-{number}"


def _claim(dispatch: Dispatch, line: str, town: Place, kind: Kind, side: str, dice: random.Random) -> Claim:
    happened = dispatch.date - timedelta(days=dice.choice((0, 0, 0, 1, 1, 2)))
    at = dispatch.text.index(line)
    speaker = Speaker(Span(at, at + len(side)), f"speaker {dice.randrange(40)}", None, side, "official")
    return claim_in(
        dispatch, line, kind, kind, side, side, (town,),
        speaker=speaker if dice.random() < 0.3 else None, confidence=0.8, when=happened,
    )  # fmt: skip
