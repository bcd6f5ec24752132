"""Distances and directions against the map: "90 miles north of the capital"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontlog.gazetteer.kin import arc_km, bearing
from frontlog.ledger.audits.told import AuditedStore, Told, Verdict
from frontlog.model import Finding, Place, PlaceMention, Span
from frontlog.reading.numbers import numbers

KM = {"mile": 1.609344, "mi": 1.609344, "kilomet": 1.0, "km": 1.0}
WAYS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
    "west": 270.0, "northwest": 315.0,
}  # fmt: skip
TOLERANCE = 0.2
SLACK_KM = 8.0
WAY_TOLERANCE = 50.0
ROAD = 1.7
_UNIT = re.compile(
    r"[\s-]*(?P<unit>miles?|mi|kilomet(?:er|re)s?|km)\b\.?\s*(?:\([^)]{1,40}\)\s*)?"
    r"(?:(?:due|to the)\s+)?(?P<way>(?:north|south)[\s-]?(?:east|west)?|east|west)?(?:ern)?\s*"
    r"(?:of|from|outside|away from)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?$",
    re.IGNORECASE,
)


def distances(told: Told, _: AuditedStore) -> Iterator[Finding]:
    """Check every stated distance, and direction where one is given, between two places of a sentence."""
    text = told.dispatch.text
    for number, value in numbers(text):
        sentence = told.sentence_at(number.start)
        after = [each for each in told.places_in(sentence) if each.span.start > number.end]
        if not after:
            continue
        goal = after[0]
        match = _UNIT.match(text[number.end : goal.span.start])
        if match is None:
            continue
        subject = _subject(told, sentence, number.start, goal)
        if subject is not None and subject.place and goal.place:
            span = Span(number.start, goal.span.end)
            yield _finding(told, span, value, match, subject.place, goal.place)


def _subject(told: Told, sentence: Span, before: int, goal: PlaceMention) -> PlaceMention | None:
    """The place that is so far away: the nearest one before that is not an area or the goal itself."""
    found = [
        each
        for each in told.places_in(sentence)
        if each.span.end <= before
        and each.precision in ("site", "settlement", "district")
        and each.place != goal.place
    ]
    return found[-1] if found else None


def _finding(
    told: Told, span: Span, value: int, match: re.Match[str], subject: Place, goal: Place
) -> Finding:
    factor = next(km for unit, km in KM.items() if match["unit"].lower().startswith(unit))
    stated = value * factor
    real = arc_km(subject.lat, subject.lon, goal.lat, goal.lon)
    way = re.sub(r"[\s-]", "", match["way"]).lower() if match["way"] else None
    actual = bearing(goal, subject)
    turned = abs((actual - WAYS[way] + 180) % 360 - 180) if way else 0.0
    near = abs(stated - real) <= max(SLACK_KM, TOLERANCE * real)
    verdict: Verdict = "fits" if near and turned <= WAY_TOLERANCE else "does not fit"
    unit = "miles" if factor > 1 else "km"
    computed = (
        f"{subject.name} lies {round(real / factor)} {unit} in a straight line from {goal.name}, "
        f"towards the {_name_of(actual)}"
    )
    notes = []
    if way:
        notes.append("direction right" if turned <= WAY_TOLERANCE else "direction wrong")
    if not near and real < stated <= ROAD * real:
        notes.append("a road may be as long")
    return told.finding("distance", verdict, span, computed, "; ".join(notes))


def _name_of(angle: float) -> str:
    return min(WAYS, key=lambda way: abs((angle - WAYS[way] + 180) % 360 - 180))
