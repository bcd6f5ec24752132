"""Countries in play: what tells them beside the names, and what names can mean only because of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log

from frontlog.gazetteer.lexicons import demonyms
from frontlog.gazetteer.lookup import Fact, Gazetteer
from frontlog.gazetteer.meanings import Group, Weights, shares_of
from frontlog.gazetteer.names import normalise
from frontlog.model import Span

_SMALL = 50_000
_ABROAD, _WELL = 0.2, 0.4
_CAPITALISED = re.compile(r"[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)?")


def countries_told(text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> list[Span]:
    """Return the demonyms and countries outside the given spans: they tell which countries are in play."""
    taken = sorted(spans)
    found = []
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        if word not in demonyms() and word.split(" ")[0] in demonyms():
            word = word.split(" ")[0]
        span = Span(match.start(), match.start() + len(word))
        if word not in demonyms() and not _is_country(word, gazetteer):
            word = word.split(" ")[0]
            span = Span(match.start(), match.start() + len(word))
        telling = word in demonyms() or _is_country(word, gazetteer)
        if telling and not any(span.overlaps(other) for other in taken):
            found.append(span)
    return found


def _is_country(word: str, gazetteer: Gazetteer) -> bool:
    readings = gazetteer.candidates(normalise(word)) if len(word) > 3 else ()
    return any(c.grade <= 1 and gazetteer.fact(c.row).precision == "country" for c in readings[:4])


def widen(groups: Sequence[Group], gazetteer: Gazetteer, weights: Weights, told: Mapping[str, float]) -> None:
    """Give names that have no reading in the countries in play those that transliterate alike there."""
    votes = defaultdict(float, told)
    for group in groups:
        if group.options and not group.part:
            for option, share in zip(group.options, shares_of(group.scores, weights), strict=True):
                votes[gazetteer.fact(option.row).country] += share
    total = sum(votes.values())
    playing = [country for country, vote in votes.items() if country and vote >= 0.2 * total]
    for group in groups:
        if group.adjective or (group.options and not group.part):
            continue
        loose = [candidate for country in playing for candidate in gazetteer.loose(group.plain, country)]
        if loose:
            group.options, group.part = loose[: weights.most], False
            group.scores = gazetteer.priors(group.options)


def doubt(group: Group, playing: Mapping[str, float], gazetteer: Gazetteer, weights: Weights) -> None:
    """Find a name not to be in the table where all that the table has lies in no country in play.

    So it is with a small namesake, and with the namesake of a part of the name. What transliterates alike in
    a country that is well in play then stands in its stead.
    """
    if not group.options or group.adjective or sum(playing.values()) < 1.5:
        return
    best = max(range(len(group.options)), key=lambda at: group.shares[at])
    fact = gazetteer.fact(group.options[best].row)
    own = sum(
        share * (1 + log(group.count))
        for option, share in zip(group.options, group.shares, strict=True)
        if gazetteer.fact(option.row).country == fact.country
    )
    abroad = bool(fact.country) and playing.get(fact.country, 0.0) - own < _ABROAD
    if abroad and (group.part or _is_small(fact, group.plain)):
        well = max(0.5, _WELL * sum(playing.values()))
        countries = sorted(country for country, vote in playing.items() if country and vote >= well)
        alike = [candidate for country in countries for candidate in gazetteer.loose(group.plain, country)]
        group.options, group.part = alike[: weights.most], False
        group.scores = gazetteer.priors(group.options)
        group.shares = shares_of(group.scores, weights)


def _is_small(fact: Fact, plain: str) -> bool:
    if fact.listed or fact.kind == "capital":
        return False
    if fact.precision == "site":
        # "Timbuktu airport" is no chance.
        return not (fact.kind in ("airport", "airbase") and " " in plain)
    return fact.precision in ("settlement", "district") and fact.population < _SMALL
