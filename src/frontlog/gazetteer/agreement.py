"""How the names of a dispatch agree: countries and provinces in play, and how near one another they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp, log

from frontlog.gazetteer.kin import arc_km
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.gazetteer.meanings import Group, Weights, shares_of


def settle(groups: Sequence[Group], gazetteer: Gazetteer, weights: Weights) -> Mapping[str, float]:
    """Let the names of a dispatch agree: countries and provinces in play, and nearness, over a few rounds.

    Returns how much each country is in play.
    """
    countries: dict[str, float] = defaultdict(float)
    for group in groups:
        group.shares = shares_of(group.scores, weights)
    for _ in range(weights.rounds):
        countries = defaultdict(float)
        provinces: dict[int, float] = defaultdict(float)
        for group in groups:
            weight = 1 + log(group.count)
            for option, share in zip(group.options, group.shares, strict=True):
                fact = gazetteer.fact(option.row)
                countries[fact.country] += weight * share
                provinces[option.row if fact.precision == "province" else fact.admin1] += weight * share
        points = _points(groups, gazetteer)
        fresh = [_agree(group, groups, countries, provinces, points, gazetteer, weights) for group in groups]
        for group, shares in zip(groups, fresh, strict=True):
            group.shares = shares
    return countries


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
    group: Group, groups: Sequence[Group], countries: Mapping[str, float], provinces: Mapping[int, float],
    points: Sequence[tuple[int, float, float, float]], gazetteer: Gazetteer, weights: Weights,
) -> list[float]:  # fmt: skip
    if len(group.options) < 2:
        return group.shares
    own = 1 + log(group.count)
    seated = gazetteer.seated(group.options)
    me = next(number for number, other in enumerate(groups) if other is group)
    scores = []
    everything = sum(countries.values()) - own * sum(group.shares)
    for option, base, share in zip(group.options, group.scores, group.shares, strict=True):
        fact = gazetteer.fact(option.row)
        score = base
        if not fact.country:
            score += 0.5 * weights.country
        elif everything > 0:
            score += weights.country * max(0.0, countries[fact.country] - own * share) / (everything + 1)
        province = option.row if fact.precision == "province" else fact.admin1
        if province >= 0:
            score += weights.province * min(1.0, max(0.0, provinces[province] - own * share))
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
