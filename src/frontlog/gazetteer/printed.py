"""What a name can mean as it is printed: rows of that name or of a part of it, whatever demonyms point at."""

from __future__ import annotations

import re

from frontlog.gazetteer import classwords
from frontlog.gazetteer.lexicons import abbreviations, any_part, demonyms
from frontlog.gazetteer.lookup import Candidate, Gazetteer
from frontlog.gazetteer.meanings import Group, Weights
from frontlog.gazetteer.names import normalise

_PROPER = re.compile(r"[^\W\d_a-z][\w'’ʿ-]*(?:(?: (?:of|al|el|de|la|and))? [^\W\d_a-z][\w'’ʿ-]*)*")
_SEAT = re.compile(r"^(?:the )?(?:[a-z]+ )*capital(?: city)? of (?:the )?(?P<of>.+)$")
_SEAT_OF = re.compile(r"^(?:the )?(?P<of>[A-Z].*?)(?:['’]s)? capital(?: city)?$")
_SIDE = re.compile(rf"^(?:the )?(?:(?:{any_part('side')})\W+)+")
_STREET = re.compile(rf"\b(?:{any_part('street')})\b")


def group_of(key: tuple[str, str], gazetteer: Gazetteer, weights: Weights) -> Group:
    """Return the meanings of a name with a class word beside it ("" for none)."""
    name, word = key
    plain = normalise(name)
    pointed = _pointed(name, gazetteer)
    if pointed:
        options, part, adjective = pointed, False, name in demonyms()
    else:
        adjective = False
        options, part = _options(name, plain, gazetteer)
    options = options[: weights.most]
    scores = gazetteer.priors(options)
    if word:
        fitting = classwords.load()[word]
        scores = [
            score + weights.class_word * (gazetteer.fact(option.row).precision in fitting)
            for score, option in zip(scores, options, strict=True)
        ]
    return Group(plain, 1, adjective, options, scores, part=part, abbreviation=name in abbreviations())


def _pointed(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return what a demonym or an abbreviation points at."""
    owner = demonyms().get(name)
    if owner is not None:
        if len(owner) == 2:
            state = gazetteer.country_row(owner)
            return [Candidate(state, 0)] if state is not None else []
        return gazetteer.readings(owner)[:2]
    full = abbreviations().get(name)
    if full is None:
        return []
    inside = [c for c in gazetteer.readings(full[0]) if gazetteer.fact(c.row).country == full[1]]
    return [c for c in inside if gazetteer.fact(c.row).precision == "province"][:1]


def _seat(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the city that a description means: "the capital of Farah province", "the Syrian capital"."""
    described = _SEAT.match(name) or _SEAT_OF.match(name)
    if not described:
        return []
    owners = _pointed(described["of"], gazetteer) or gazetteer.readings(described["of"])
    seats = [gazetteer.capital_row(owner.row) for owner in owners[:4]]
    return [Candidate(seat, 0) for seat in dict.fromkeys(seats) if seat is not None]


def _options(name: str, plain: str, gazetteer: Gazetteer) -> tuple[list[Candidate], bool]:
    """Return the readings of a name, and whether they are only of a part of it."""
    if name.islower():
        return [], False
    seats = _seat(name, gazetteer)
    if seats:
        return seats, False
    found = gazetteer.readings(plain)
    if found:
        return found, False
    side = _SIDE.match(plain)
    if side:
        found = gazetteer.readings(plain[side.end() :])
        if found:
            return found, True
    if _STREET.search(plain):
        return [], False
    if name[0].islower():
        return _inside(name, gazetteer), True
    classed = classwords.split(plain)
    found = gazetteer.readings(classed[0]) if classed else []
    if found:
        return found, True
    words = plain.split(" ")
    for size in range(len(words) - 1, 0, -1):
        for piece in (words[:size], words[-size:]):
            found = _well_known(" ".join(piece), gazetteer)
            if found:
                return found, True
    return [], False


def _inside(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the place that a description names last ("three villages south of Velyka Novosilka")."""
    for proper in reversed(_PROPER.findall(name)):
        found = gazetteer.readings(normalise(proper))
        if found:
            return found
    return []


def _well_known(piece: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return a town or province that is known well enough to lend its name ("Kabul University")."""
    if len(piece) < 4 or piece in classwords.load():
        return []
    lending = ("settlement", "province", "country")
    facts = ((candidate, gazetteer.fact(candidate.row)) for candidate in gazetteer.candidates(piece))
    return [
        c for c, fact in facts if fact.precision in lending and fact.population >= 100_000 and c.grade <= 1
    ]
