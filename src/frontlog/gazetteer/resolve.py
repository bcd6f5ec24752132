"""Which place each name means, read from the whole dispatch: containers, neighbours, countries in play."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp, log

from frontlog.gazetteer import classwords
from frontlog.gazetteer.kin import arc_km
from frontlog.gazetteer.lexicons import abbreviations, demonyms
from frontlog.gazetteer.lookup import Candidate, Gazetteer
from frontlog.gazetteer.names import normalise
from frontlog.model import Place, PlaceMention, Span


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, in the unit of one power of ten of population."""

    sharpness: float = 1.6
    container: float = 5.0
    contained: float = 1.0
    class_word: float = 6.0
    country: float = 3.0
    province: float = 1.5
    near: float = 2.0
    reach_km: float = 120.0
    rounds: int = 3
    most: int = 40


WEIGHTS = Weights()
_BETWEEN = re.compile(
    r"(?:,? (?:[a-z]+ ){0,2}(?:in|of|near|outside|inside)(?: the)?"
    r"(?: (?:[a-z]+ern|far|remote|neighbou?ring|restive))*"
    r"(?: (?:state|province|district|region|county|city|town|governorate|oblast|republic) of)? "
    r"|,? (?:district|province|county|region|city|town|village|governorate|area|oblast|state|parish),?"
    r" (?:in|of)(?: the)?(?: [a-z]+ern)? |, (?:the |[a-z]+ern )?| \(|,(?=[A-Z]))$"
)
_CAPITALISED = re.compile(r"[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)?")
_PROPER = re.compile(r"[^\W\d_a-z][\w'’ʿ-]*(?:(?: (?:of|al|el|de|la|and))? [^\W\d_a-z][\w'’ʿ-]*)*")
_SEAT = re.compile(r"^(?:the )?(?:[a-z]+ )*capital(?: city)? of (?:the )?(?P<of>.+)$")
_SEAT_OF = re.compile(r"^(?:the )?(?P<of>[A-Z].*?)(?:['’]s)? capital(?: city)?$")
_LISTED = re.compile(r"(?:(?:, and|,| and| or) [A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)*)+ ([a-z]+s)\b")
_OWNED = re.compile(r"(?:['’]s?|) (?:[a-z]+ ){0,4}(?:of )?$")
_TAIL = re.compile(r"[ -]([A-Za-z]+)(?:[ -]([A-Za-z]+))?")
_HEAD = re.compile(r"([a-z]+) (?:of (?:the )?)?$")
_SIDE = re.compile(
    r"^(?:the )?(?:(?:north|south|east|west|central|upper|lower|inner|outer|greater|downtown"
    r"|northern|southern|eastern|western|northeast|northwest|southeast|southwest|northeastern|northwestern|southeastern|southwestern|mainland"
    r"|metropolitan|old|rural)\W+)+"
)
_STREET = re.compile(
    r"\b(?:st|street|road|rd|avenue|ave|drive|dr|boulevard|blvd|lane|ln|highway|hwy|route|interstate|court|parkway)\b"
)


@dataclass(slots=True)
class _Group:
    """All mentions of a dispatch that share a name and a class word."""

    plain: str
    count: int
    adjective: bool
    options: list[Candidate]
    scores: list[float]
    shares: list[float] = field(default_factory=list)
    part: bool = False
    abbreviation: bool = False


def resolve(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, weights: Weights = WEIGHTS
) -> list[PlaceMention]:
    """Return one mention for each span, in order; a name that is not in the table has no place."""
    context = _context(text, spans, gazetteer)
    everything = [*spans, *context]
    order = sorted(range(len(everything)), key=lambda index: everything[index])
    ordered = [everything[index] for index in order]
    keys = [_key(text, span) for span in ordered]
    groups: dict[tuple[str, str], _Group] = {}
    for key in keys:
        if key in groups:
            groups[key].count += 1
        else:
            groups[key] = _group(key, gazetteer, weights)
    listed = list(groups.values())
    _widen(listed, gazetteer, weights)
    _contain(text, ordered, [groups[key] for key in keys], gazetteer, weights)
    playing = _settle(listed, gazetteer, weights)
    for group in listed:
        _doubt(group, playing, gazetteer)
    mentions: list[PlaceMention | None] = [None] * len(everything)
    for index, span, key in zip(order, ordered, keys, strict=True):
        mentions[index] = _mention(text, span, groups[key], gazetteer)
    return [mention for mention in mentions[: len(spans)] if mention is not None]


def _context(text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> list[Span]:
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


def _key(text: str, span: Span) -> tuple[str, str]:
    """Mentions with one name and one class word beside it are resolved together."""
    return span.of(text), _class_beside(text, span)


def _class_beside(text: str, span: Span) -> str:
    table = classwords.load()
    tail = _TAIL.match(text, span.end)
    if tail:
        first, second = tail.group(1), tail.group(2)
        if second and f"{first} {second}".lower() in table:
            return f"{first} {second}".lower()
        if first.lower() in table:
            return first.lower()
    shared = _LISTED.match(text, span.end)
    if shared and shared.group(1) in table:
        return shared.group(1)
    head = _HEAD.search(text, max(0, span.start - 30), span.start)
    return head.group(1) if head and head.group(1) in table else ""


def _group(key: tuple[str, str], gazetteer: Gazetteer, weights: Weights) -> _Group:
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
    return _Group(plain, 1, adjective, options, scores, part=part, abbreviation=name in abbreviations())


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


def _widen(groups: Sequence[_Group], gazetteer: Gazetteer, weights: Weights) -> None:
    """Give names that have no reading in the countries in play those that transliterate alike there."""
    votes: dict[str, float] = defaultdict(float)
    for group in groups:
        if group.options and not group.part:
            best = max(group.scores)
            spread = [exp(weights.sharpness * (score - best)) for score in group.scores]
            for option, share in zip(group.options, spread, strict=True):
                votes[gazetteer.fact(option.row).country] += share / sum(spread)
    total = sum(votes.values())
    playing = [country for country, vote in votes.items() if country and vote >= 0.2 * total]
    for group in groups:
        if group.adjective or (group.options and not group.part):
            continue
        loose = [candidate for country in playing for candidate in gazetteer.loose(group.plain, country)]
        if loose:
            group.options, group.part = loose[: weights.most], False
            group.scores = gazetteer.priors(group.options)


def _contain(
    text: str, spans: Sequence[Span], groups: Sequence[_Group], gazetteer: Gazetteer, weights: Weights
) -> None:
    """Add the evidence of "Faizabad, in Badakhshan" and of "Afghanistan's Kandahar"."""
    done: set[tuple[int, int]] = set()
    for index, (left, right) in enumerate(pairwise(spans)):
        between = text[left.end : right.start]
        inner, outer = groups[index], groups[index + 1]
        if outer.adjective and not inner.adjective:
            continue
        if (_OWNED.fullmatch(between) and inner.adjective) or between in ("'s ", "’s "):
            inner, outer, worth = outer, inner, 0.5
        elif len(between) <= 48 and _BETWEEN.fullmatch(between):
            worth = 1.0
        else:
            continue
        if (id(inner), id(outer)) in done or inner is outer or inner.adjective:
            continue
        done.add((id(inner), id(outer)))
        _bind(inner, outer, worth, gazetteer, weights)


def _bind(inner: _Group, outer: _Group, worth: float, gazetteer: Gazetteer, weights: Weights) -> None:
    if _level(inner, gazetteer) == _level(outer, gazetteer) and not outer.abbreviation:
        return
    held = [False] * len(outer.options)
    for number, option in enumerate(inner.options):
        best = 0.0
        for at, container in enumerate(outer.options):
            if gazetteer.row_in(option.row, container.row):
                held[at] = True
                precision = gazetteer.fact(container.row).precision
                best = max(best, weights.container if precision != "country" else 0.8 * weights.container)
        inner.scores[number] += worth * best
    for at, holds in enumerate(held):
        outer.scores[at] += weights.contained * holds


def _level(group: _Group, gazetteer: Gazetteer) -> str:
    """Return "province" or "country" for a name that is first of all one: lists are no containers."""
    if not group.options:
        return "none"
    best = max(range(len(group.options)), key=lambda at: group.scores[at])
    precision = gazetteer.fact(group.options[best].row).precision
    return precision if precision in ("province", "country") else f"below {id(group)}"


def _doubt(group: _Group, playing: Mapping[str, float], gazetteer: Gazetteer) -> None:
    """Find a name not to be in the table where all that the table has is a small namesake far away."""
    if not group.options or group.adjective or sum(playing.values()) < 1.5:
        return
    best = max(range(len(group.options)), key=lambda at: group.shares[at])
    fact = gazetteer.fact(group.options[best].row)
    own = sum(
        share * (1 + log(group.count))
        for option, share in zip(group.options, group.shares, strict=True)
        if gazetteer.fact(option.row).country == fact.country
    )
    small = (
        fact.population < 20_000 and not fact.listed and fact.precision in ("settlement", "district", "site")
    )
    if small and fact.country and playing.get(fact.country, 0.0) - own < 0.2:
        group.options, group.scores, group.shares = [], [], []


def _settle(groups: Sequence[_Group], gazetteer: Gazetteer, weights: Weights) -> Mapping[str, float]:
    """Let the names of a dispatch agree: countries and provinces in play, and nearness, over a few rounds.

    Returns how much each country is in play.
    """
    countries: dict[str, float] = defaultdict(float)
    for group in groups:
        group.shares = _shares(group.scores, weights)
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


def _points(groups: Sequence[_Group], gazetteer: Gazetteer) -> list[tuple[int, float, float, float]]:
    """Return (group, weight, lat, lon) of the likely readings that have a place on the map."""
    points = []
    for number, group in enumerate(groups):
        for option, share in zip(group.options, group.shares, strict=True):
            fact = gazetteer.fact(option.row)
            if share > 0.1 and fact.precision not in ("country", "region", "road"):
                points.append((number, share, fact.lat, fact.lon))
    return points


def _agree(
    group: _Group, groups: Sequence[_Group], countries: Mapping[str, float], provinces: Mapping[int, float],
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
    return _shares(scores, weights)


def _has_sibling(me: int, country: str, groups: Sequence[_Group], gazetteer: Gazetteer) -> bool:
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


def _shares(scores: Sequence[float], weights: Weights) -> list[float]:
    if not scores:
        return []
    best = max(scores)
    spread = [exp(weights.sharpness * (score - best)) for score in scores]
    total = sum(spread)
    return [value / total for value in spread]


def _mention(text: str, span: Span, group: _Group, gazetteer: Gazetteer) -> PlaceMention:
    words = span.of(text)
    if not group.options:
        return PlaceMention(span, words, words)
    ranked = sorted(range(len(group.options)), key=lambda at: -group.shares[at])
    places: list[Place] = [gazetteer.place_at(group.options[at].row) for at in ranked[:2]]
    confidence = group.shares[ranked[0]] * (0.5 if group.part else 1.0)
    return PlaceMention(
        span, words, places[0].name, places[0], round(confidence, 4), places[1] if len(places) > 1 else None
    )
