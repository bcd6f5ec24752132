"""What the rest of a dispatch says for and against a candidate: repetitions, persons, a parser's entities."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from frontlog.gazetteer.lexicons import demonyms
from frontlog.gazetteer.lookup import Fact, Gazetteer
from frontlog.gazetteer.rows import ALTERNATE
from frontlog.reading.name_joints import titles
from frontlog.reading.tokens import Token
from frontlog.reading.toponym_candidates import Toponym
from frontlog.reading.toponym_weights import Model, bodies

Entity = tuple[int, int, str]

_PARTICLE = re.compile(r"\w-[a-z]{1,3}[- ]\w|\w [a-z]{2,3}-\w")
_PARTICLE_LEAD = 1.0
_COUNTRY_LEAD, _WELL_KNOWN = 1.2, 20_000


def with_particles(found: Sequence[Toponym], scores: Sequence[float], threshold: float) -> list[float]:
    """A known name joined by a hyphen and a small word ("Pul-e Khumri", "Deir ez-Zor") is no chance."""
    return [
        max(score, threshold + _PARTICLE_LEAD)
        if toponym.readings and _PARTICLE.search(toponym.text)
        else score
        for toponym, score in zip(found, scores, strict=True)
    ]


def with_countries(
    found: Sequence[Toponym], scores: Sequence[float], tokens: Sequence[Token], threshold: float,
    told: Collection[str], gazetteer: Gazetteer,
) -> list[float]:  # fmt: skip
    """Raise names that a well-known place has in a country that the text tells or that is told."""
    countries = {*told, *(place for token in tokens if len(place := demonyms().get(token.text, "")) == 2)}
    for toponym, score in zip(found, scores, strict=True):
        if score >= threshold:
            countries |= {fact.country for fact in _facts(toponym, gazetteer) if fact.precision == "country"}
    there = [
        toponym
        for toponym in found
        if any(_is_known(fact) and fact.country in countries for fact in _facts(toponym, gazetteer))
    ]
    return [
        score + _COUNTRY_LEAD
        if toponym.readings and any(toponym.first <= one.first and one.last <= toponym.last for one in there)
        else score
        for toponym, score in zip(found, scores, strict=True)
    ]


def _facts(toponym: Toponym, gazetteer: Gazetteer) -> Iterator[Fact]:
    """The readings of a name as a whole, not of the name without its class word."""
    return (gazetteer.fact(candidate.row) for candidate in toponym.readings if candidate.grade <= ALTERNATE)


def _is_known(fact: Fact) -> bool:
    peopled = fact.precision in ("settlement", "province")
    return fact.listed or (peopled and (fact.capital_of >= 0 or fact.population >= _WELL_KNOWN))


def with_repeats(found: Sequence[Toponym], scores: Sequence[float]) -> list[float]:
    """Pull mentions of one name towards each other: one name has mostly one use in a dispatch."""
    same: dict[str, list[float]] = defaultdict(list)
    for toponym, score in zip(found, scores, strict=True):
        same[toponym.plain].append(max(-6.0, min(6.0, score)))
    return [
        0.7 * score + 0.3 * sum(same[toponym.plain]) / len(same[toponym.plain])
        for toponym, score in zip(found, scores, strict=True)
    ]


def without_persons(
    found: Sequence[Toponym], scores: Sequence[float], tokens: Sequence[Token], model: Model
) -> list[float]:
    """Push down surnames: "Gilbert" is no town where "Ann Gilbert" has been named."""
    surnames = set()
    for at in range(len(tokens) - 1):
        first, second = tokens[at], tokens[at + 1]
        if (
            first.capital
            and second.capital
            and second.start - first.end == 1
            and (model.persons.get(first.text, 0) >= 2 or first.text in titles())
        ):
            following = (
                at + 2 < len(tokens) and tokens[at + 2].capital and tokens[at + 2].start - second.end == 1
            )
            surnames.add(tokens[at + 2].text if following else second.text)
    return [
        score - 2.5
        if _opens_person(toponym, tokens, model)
        else score - 2.0
        if toponym.text in surnames
        else score
        for toponym, score in zip(found, scores, strict=True)
    ]


def _opens_person(toponym: Toponym, tokens: Sequence[Token], model: Model) -> bool:
    """Tell whether a name is followed by a surname, as in "Paris Jackson"."""
    if toponym.first != toponym.last or toponym.last + 1 >= len(tokens):
        return False
    after = tokens[toponym.last + 1]
    beside = after.capital and after.start - tokens[toponym.last].end == 1
    return beside and model.persons.get(after.text, 0) >= 2 and after.text not in bodies()


def without_openers(
    found: Sequence[Toponym], scores: Sequence[float], tokens: Sequence[Token], model: Model
) -> list[float]:
    """Push down words that are mostly written small and have their capital from opening a sentence."""
    return [
        score - 4.0
        if tokens[toponym.first].opens
        and model.lower.get(toponym.plain, 0) >= 2
        and not toponym.text.isupper()
        else score
        for toponym, score in zip(found, scores, strict=True)
    ]


def with_entities(
    found: Sequence[Toponym], scores: Sequence[float], tokens: Sequence[Token], entities: Sequence[Entity]
) -> list[float]:
    """Let a parser's entities speak, but never alone against a name the gazetteer is sure of."""
    marked = {(start, end): label for start, end, label in entities}
    adjusted = []
    for toponym, score in zip(found, scores, strict=True):
        label = marked.get((tokens[toponym.first].start, tokens[toponym.last].end))
        push = {"GPE": 1.0, "LOC": 0.8, "FAC": 0.4, "PERSON": -0.8, "ORG": -0.6, "NORP": -1.0}.get(
            label or "", 0.0
        )
        adjusted.append(score + push)
    return adjusted
