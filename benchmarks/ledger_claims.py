"""Synthetic dispatches about made-up wars: as many claims as asked, the same for the same seed.

Places are spoken of as in the news, a few very often and most seldom; each has a true holder that changes
now and then, and most claims follow it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from frontlog.model import (
    Claim,
    Dispatch,
    Interval,
    Kind,
    Party,
    Place,
    PlaceMention,
    Reading,
    Sentence,
    Span,
    Speaker,
)

COUNTRIES = ("AF", "IQ", "SY", "YE", "LY", "SO", "ET", "SD", "ML", "CD", "UA", "MM")
PLACES = 6_000
DAYS = 1_460
START = date(2014, 1, 1)
CLAIMS_EACH = 3
KINDS: dict[Kind, int] = {
    "take": 9, "leave": 3, "hold": 7, "advance": 6, "besiege": 2, "clash": 11, "attack": 14, "strike": 14,
    "bomb": 9, "arrest": 3, "deploy": 3, "flee": 2, "talk": 6, "demand": 3, "accuse": 4, "state": 4,
}  # fmt: skip
WORDS = (
    "river", "bridge", "road", "column", "night", "market", "school", "valley", "hill",
    "reporters", "officials", "soldiers", "fighters", "convoy", "police", "border", "morning", "checkpoint",
    "airport", "clinic", "residents", "shells", "smoke", "water", "bread", "trucks", "talks",
)  # fmt: skip


def places(seed: int = 1) -> list[Place]:
    """Made-up towns over twelve countries."""
    dice = random.Random(seed)
    return [
        Place(
            f"x:{number}", f"Town {number}", "city", "settlement", dice.uniform(-10, 45),
            dice.uniform(-5, 70), COUNTRIES[number % len(COUNTRIES)], f"x:p{number % 200}",
            f"Province {number % 200}", 10_000,
        )
        for number in range(PLACES)
    ]  # fmt: skip


def readings(claims: int, seed: int = 1) -> Iterator[Reading]:
    """Yield dispatches in order of time until they hold so many claims."""
    dice = random.Random(seed)
    towns = places(seed)
    weights = list(accumulate(1 / (rank + 20) for rank in range(PLACES)))
    holders = [dice.randrange(3) for _ in towns]
    kinds, shares = list(KINDS), list(accumulate(KINDS.values()))
    dispatches = claims // CLAIMS_EACH
    for number in range(dispatches):
        day = START + timedelta(days=number * DAYS // dispatches)
        chosen = dice.choices(range(PLACES), cum_weights=weights, k=CLAIMS_EACH)
        yield _dispatch(number, day, [(towns[at], at) for at in chosen], holders, kinds, shares, dice)


def _dispatch(
    number: int, day: date, where: list[tuple[Place, int]], holders: list[int], kinds: list[Kind],
    shares: list[int], dice: random.Random,
) -> Reading:  # fmt: skip
    id = f"synthetic-{number:07}"
    lines = []
    claims = []
    at = 0
    for town, index in where:
        kind = dice.choices(kinds, cum_weights=shares)[0]
        side = _side(kind, index, holders, town.country or "", dice)
        line = f"{side} {kind} {town.name} {' '.join(dice.choices(WORDS, k=9))} {number}."
        claims.append(_claim(id, kind, side, town, line, at, day, dice))
        lines.append(line)
        at += len(line) + 1
    text = " ".join(lines)
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
    dispatch = Dispatch(id, stamp, text, publisher=f"outlet {number % 60}")
    return Reading(
        dispatch, sentences=tuple(Sentence(each.sentence) for each in claims), claims=tuple(claims)
    )


def _side(kind: Kind, index: int, holders: list[int], country: str, dice: random.Random) -> str:
    if kind == "take" and dice.random() < 0.2:
        holders[index] = (holders[index] + 1) % 3
    mistaken = dice.random() < 0.08
    number = (holders[index] + mistaken) % 3
    return f"{country}-side-{number}"


def _claim(
    id: str, kind: Kind, side: str, town: Place, line: str, at: int, day: date, dice: random.Random
) -> Claim:
    happened = day - timedelta(days=dice.choice((0, 0, 0, 1, 1, 2)))
    speaker = Speaker(Span(at, at + 4), f"speaker {dice.randrange(40)}", None, side, "official")
    return Claim(
        id, kind, Span(at, at + 4), line[:4], Span(at, at + len(line)),
        (Party(Span(at, at + 4), side, side, side),),
        places=(PlaceMention(Span(at + 5, at + 9), town.name, town.name, town, 0.9),),
        extent="whole" if kind in ("take", "leave", "hold") else None, when=Interval.day(happened),
        speaker=speaker if dice.random() < 0.3 else None, confidence=0.8,
    )  # fmt: skip
