"""What a claim is worth as evidence for who holds a place: log-odds by class of speaker."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from frontlog.errors import DataFileError
from frontlog.ledger.takers import Inferred
from frontlog.ledger.timeline import Costs
from frontlog.model import Claim, Interval, Party

WITNESSES = frozenset({"resident", "reporter", "monitor", "source", "witness"})
MILLI = 1000


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of `data/holdings.toml`; log-odds are in thousandths, so that sums are exact."""

    speakers: dict[str, int]
    factors: dict[str, float]
    costs: Costs
    repeat_days: int
    contested_days: int
    background_days: int
    pressing_days: int
    fade_days: int
    slope: float
    offset: float
    held: float

    @classmethod
    def open(cls, path: Path | None = None) -> Weights:
        """Load the installed weights, or a file of the same form."""
        file = path or Path(str(files("frontlog") / "data" / "holdings.toml"))
        try:
            return cls.of(tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
            raise DataFileError(
                str(file), 1, f"not weights: {error}", "copy the installed holdings.toml"
            ) from error

    @classmethod
    def of(cls, table: dict[str, Any]) -> Weights:
        model, confidence = table["model"], table["confidence"]
        return cls(
            speakers={name: round(MILLI * math.log(p / (1 - p))) for name, p in table["speakers"].items()},
            factors=dict(table["factors"]),
            costs=Costs(
                round(MILLI * model["told"]),
                round(MILLI * model["untold"]),
                round(MILLI * model["soon"]),
                model["soon_days"],
            ),
            repeat_days=model["repeat_days"],
            contested_days=model["contested_days"],
            background_days=model["background_days"],
            pressing_days=model["pressing_days"],
            fade_days=model["fade_days"],
            slope=confidence["slope"],
            offset=confidence["offset"],
            held=confidence["held"],
        )

    def confidence(self, margin: int) -> float:
        """The calibrated probability that the best state is right, from its margin over the second."""
        return 1 / (1 + math.exp(-(self.slope * margin / MILLI + self.offset)))

    def faded(self, margin: int, silent_days: int) -> float:
        """The same after a time of silence, which lowers it towards one half."""
        full = self.confidence(margin)
        if full <= 0.5 or silent_days <= 0:
            return full
        return 0.5 + (full - 0.5) * math.exp(-silent_days / (4 * self.fade_days))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim's word on one side at one place. ``weight`` is signed: below zero speaks against the side.

    ``effect`` is ``gains``, ``leaves``, ``holds``, ``part``, ``absent`` or ``presses`` (is there, and
    fights); ``lent`` evidence is a namesake's; ``first``/``last`` are the days it is about; ``known`` the
    day from which it could be known.
    """

    claim: str
    known: date
    origin: str
    effect: str
    side: str
    first: date
    last: date
    weight: int
    generic: bool = False
    lent: bool = False


def evidence(
    claim: Claim,
    id: str,
    known: date,
    origin: str,
    weights: Weights,
    country: str | None = None,
    taker: Inferred | None = None,
) -> Iterator[Evidence]:
    """Give what one claim says of the holder of its place, which lies in ``country``.

    ``taker`` is who took it, where the claim does not say.
    """
    when = claim.when
    if when is None or when.start > known:
        return
    if claim.standing == "possible" and when.end > known:
        return  # what may come yet says nothing of who holds the place today
    for side, generic in _sides(claim, country):
        for effect, factor in _effects(claim):
            worth = _worth(claim, side, weights) * weights.factors.get(factor, 1.0)
            if generic:
                worth *= weights.factors["only_words"]
            yield _piece(id, known, origin, effect, side, when, round(worth), generic)
    if taker is not None:
        for effect, factor in [("gains", "")] if claim.kind == "leave" else _effects(claim):
            worth = _worth(claim, taker.side, weights) * weights.factors.get(factor, 1.0)
            worth *= weights.factors[taker.ground]
            yield _piece(id, known, origin, effect, taker.side, when, round(worth), False)
    if claim.kind == "besiege" and claim.standing == "fact":
        for party in claim.targets:
            if party.side:
                worth = _worth(claim, party.side, weights) * weights.factors["besieged"]
                yield _piece(id, known, origin, "holds", party.side, when, round(worth), party.generic)


def _piece(
    id: str, known: date, origin: str, effect: str, side: str, when: Interval, weight: int, generic: bool
) -> Evidence:
    return Evidence(id, known, origin, effect, side, when.start, when.end, weight, generic)


def _sides(claim: Claim, country: str | None) -> list[tuple[str, bool]]:
    """The sides that act, and whether each is only words. Whom the registry knows outranks bare words."""
    known = [party for party in claim.agents if party.actor or party.generic]
    found = {
        _at_home(party, party.side, country): party.actor is None
        for party in reversed(known or claim.agents)
        if party.side
    }
    if not found and claim.speaker and claim.speaker.side and any(party.generic for party in claim.agents):
        # "The town is ours": words that only point mean the speaker's own side.
        found = {claim.speaker.side: False}
    return sorted(found.items())


def _at_home(party: Party, side: str, country: str | None) -> str:
    """Generic rebels and governments are those of the place's country, whichever was named first."""
    role, _, land = side.partition(":")
    if party.generic and country and land and role in ("gov", "rebels"):
        return f"{role}:{country}"
    return side


def _effects(claim: Claim) -> list[tuple[str, str]]:
    """The effect on the agent's side, and the factor it is multiplied by."""
    kind, standing = claim.kind, claim.standing
    if kind in ("advance", "besiege"):
        return [("absent", "attacked"), ("presses", "")] if standing == "fact" else []
    if kind in ("attack", "clash"):
        return [("presses", "")] if standing == "fact" else []
    if kind not in ("take", "leave", "hold"):
        return []
    if standing == "planned":
        # Who plans to take a place does not have it; who plans to leave still has it.
        return {"take": [("absent", "planned")], "leave": [("holds", "planned")]}.get(kind, [])
    effect = {"take": "gains", "leave": "leaves", "hold": "holds"}[kind]
    if claim.extent in ("part", "site"):
        return [("part", "")] if kind == "take" else []
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
