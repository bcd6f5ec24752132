"""How the names of a dispatch agree: countries and provinces in play, and how near one another they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from frontlog.gazetteer.kin import arc_km
from frontlog.gazetteer.lookup import Fact, Gazetteer
from frontlog.gazetteer.meanings import Group, Weights, shares_of


def settle(
    groups: Sequence[Group], gazetteer: Gazetteer, weights: Weights, told: Mapping[str, float]
) -> Mapping[str, float]:
    """Let the names of a dispatch agree: countries and provinces in play, and nearness, over a few rounds.

    ``told`` countries are in play by other signs. Returns how much each country is in play.
    """
    playing = _Playing({}, {})
    for group in groups:
        group.shares = shares_of(group.scores, weights)
    for _ in range(weights.rounds):
        each = [_votes(group, gazetteer) for group in groups]
        playing = _sum([*each, _Playing(told, {})])
        points = _points(groups, gazetteer)
        fresh = [
            _agree(me, groups, _without(playing, own), points, gazetteer, weights)
            for me, own in enumerate(each)
        ]
        for group, shares in zip(groups, fresh, strict=True):
            group.shares = shares
    return playing.countries


@dataclass(frozen=True, slots=True)
class _Playing:
    """How much countries and provinces (by row) are in play."""

    countries: Mapping[str, float]
    provinces: Mapping[int, float]


def _votes(group: Group, gazetteer: Gazetteer) -> _Playing:
    """Return what the mentions of one name bring into play."""
    countries: dict[str, float] = defaultdict(float)
    provinces: dict[int, float] = defaultdict(float)
    weight = 1 + log(group.count)
    for option, share in zip(group.options, group.shares, strict=True):
        fact = gazetteer.fact(option.row)
        countries[fact.country] += weight * share
        provinces[_province(option.row, fact)] += weight * share
    return _Playing(countries, provinces)


def _sum(each: Sequence[_Playing]) -> _Playing:
    countries: dict[str, float] = defaultdict(float)
    provinces: dict[int, float] = defaultdict(float)
    for votes in each:
        for country, vote in votes.countries.items():
            countries[country] += vote
        for province, vote in votes.provinces.items():
            provinces[province] += vote
    return _Playing(countries, provinces)


def _without(playing: _Playing, own: _Playing) -> _Playing:
    """Return what the other names bring into play: no name speaks for itself."""
    return _Playing(
        {
            country: max(0.0, all_ - own.countries.get(country, 0.0))
            for country, all_ in playing.countries.items()
        },
        {row: max(0.0, all_ - own.provinces.get(row, 0.0)) for row, all_ in playing.provinces.items()},
    )


def _province(row: int, fact: Fact) -> int:
    return row if fact.precision == "province" else fact.admin1


def _points(groups: Sequence[Group], gazetteer: Gazetteer) -> list[tuple[int, float, float, float]]:
    """Return (group, weight, lat, lon) of the likely readings that have a place on the map."""
    points = []
    for number, group in enumerate(groups):
        for option, share in zip(group.options, group.shares, strict=True):
            fact = gazetteer.fact(option.row)
            if share > 0.1 and fact.precision not in ("country", "region", "road"):
                points.append((number, share, fact.lat, fact.lon))
    return points


def _agree(
    me: int, groups: Sequence[Group], others: _Playing, points: Sequence[tuple[int, float, float, float]],
    gazetteer: Gazetteer, weights: Weights,
) -> list[float]:  # fmt: skip
    group = groups[me]
    if len(group.options) < 2:
        return group.shares
    seated = gazetteer.seated(group.options)
    scores = []
    everything = sum(others.countries.values())
    for option, base in zip(group.options, group.scores, strict=True):
        fact = gazetteer.fact(option.row)
        score = base
        if not fact.country:
            score += 0.5 * weights.country
        elif everything > 0:
            score += weights.country * others.countries.get(fact.country, 0.0) / (everything + 1)
        province = _province(option.row, fact)
        if province >= 0:
            score += weights.province * min(1.0, others.provinces.get(province, 0.0))
        if fact.precision == "province" and option.row not in seated:
            score += weights.province * _has_sibling(me, fact.country, groups, gazetteer)
        score += weights.near * _nearness(fact.lat, fact.lon, me, points, weights)
        scores.append(score)
    return shares_of(scores, weights)


def _has_sibling(me: int, country: str, groups: Sequence[Group], gazetteer: Gazetteer) -> bool:
    """Tell whether another name is mostly read as a province of the same country."""
    for number, group in enumerate(groups):
        if number != me:
            for option, share in zip(group.options, group.shares, strict=True):
                fact = gazetteer.fact(option.row)
                if share > 0.5 and fact.precision == "province" and fact.country == country:
                    return True
    return False


def _nearness(
    lat: float, lon: float, me: int, points: Sequence[tuple[int, float, float, float]], weights: Weights
) -> float:
    total = 0.0
    for number, share, other_lat, other_lon in points:
        if number != me and abs(lat - other_lat) < 5:
            total += share * exp(-arc_km(lat, lon, other_lat, other_lon) / weights.reach_km)
    return min(1.5, total)
