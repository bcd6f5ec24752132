"""Rosters: so many places announced, and how many named ("three towns", then four names)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontlog.ledger.audits.classes import NOUN, PlaceClass, class_of, places_taken
from frontlog.ledger.audits.told import AuditedStore, Told, Verdict
from frontlog.model import Finding, Span
from frontlog.reading.numbers import numbers

_BETWEEN = re.compile(r"\s+(?:[\w-]+\s+){0,3}?$")
LARGEST = 40


def rosters(told: Told, _: AuditedStore) -> Iterator[Finding]:
    """Compare each announced number of places that changed hands with the places the dispatch says did."""
    text = told.dispatch.text
    for number, value in numbers(text):
        if not 2 <= value <= LARGEST:
            continue
        sentence = told.sentence_at(number.start)
        noun = NOUN.search(text, number.end, min(sentence.end, number.end + 60))
        if noun is None or not _BETWEEN.match(text[number.end : noun.start()] + " "):
            continue
        if not noun["noun"].lower().endswith("s"):
            continue
        finding = _compare(told, sentence, number, value, class_of(noun), noun.end())
        if finding is not None:
            yield finding


def _compare(
    told: Told, sentence: Span, number: Span, value: int, among: PlaceClass, noun_end: int
) -> Finding | None:
    takes = [
        row
        for row in told.claims
        if row.claim.kind == "take" and row.claim.standing == "fact" and sentence.contains(row.claim.cue)
    ]
    sides = [party.side for row in takes for party in row.claim.agents if party.side]
    if not sides:
        return None
    # A list may go on in later sentences, with other verbs: "advanced to", "the army abandoned".
    listed = [
        row
        for row in told.claims
        if row.claim.kind in ("take", "leave", "advance")
        and row.claim.standing == "fact"
        and row.claim.role == "body"
    ]
    named = places_taken(listed, sides[0], among)
    if not named:
        return None
    count = len(named)
    # Fewer names than announced may be the dispatch's choice or the reader's miss; more cannot be.
    verdict: Verdict = "fits" if count == value else "does not fit" if count > value else "cannot tell"
    names = ", ".join(sorted(place.name for place in named.values()))
    return told.finding(
        "roster", verdict, Span(number.start, noun_end), f"{value} announced, {count} named: {names}",
        claims=tuple(row.id for row in takes),
    )  # fmt: skip
