"""Ordinals and running totals against the ledger: "the ninth capital to fall": which nine?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from frontlog.ledger.audits.classes import NOUN, class_of, taken
from frontlog.ledger.audits.told import AuditedStore, Told, Verdict
from frontlog.model import Finding, Span

UNITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth",
)  # fmt: skip
TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50}
ORDINALS = {word: value for value, word in enumerate(UNITS, 1)} | {
    f"{stem}ieth": value for stem, value in TENS.items()
} | {
    f"{stem}y-{unit}": value + number
    for stem, value in TENS.items()
    for number, unit in enumerate(UNITS[:9], 1)
}  # fmt: skip
_WORD = "|".join(sorted(map(re.escape, ORDINALS), key=len, reverse=True))
_ONE = rf"(?:{_WORD}|\d{{1,2}}(?:st|nd|rd|th))"
# Looking at the first letter alone passes over most words.
_FIRST = "".join(sorted({word[0] for word in ORDINALS}))
_ORDINAL = re.compile(
    rf"\b(?=[{_FIRST}\d]){_ONE}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_ONE})*\s+(?=\w)", re.IGNORECASE
)
_EACH = re.compile(_ONE, re.IGNORECASE)
_FALLS = re.compile(r"captur|seiz|fall|fell|taken|overrun|lost|conquer|control", re.IGNORECASE)
CAMPAIGN_DAYS = 30


def ordinals(told: Told, store: AuditedStore) -> Iterator[Finding]:
    """Set each ordinal of a class of places against the places that the ledger knew as taken by that day."""
    text = told.dispatch.text
    for match in _ORDINAL.finditer(text):
        noun = NOUN.match(text, match.end())
        sentence = told.sentence_at(match.start())
        if noun is None or not _FALLS.search(text, match.start(), sentence.end):
            continue
        side, country = _campaign(told, sentence)
        if side is None:
            continue
        among = class_of(noun)
        day = told.dispatch.date
        known = taken(store, side, country, day, day - timedelta(days=CAMPAIGN_DAYS), among)
        highest = max(_value(word) for word in _EACH.findall(match.group()))
        yield _finding(
            told, Span(match.start(), noun.end()), highest, [place.name for place in known.values()]
        )


def _finding(told: Told, span: Span, stated: int, names: list[str]) -> Finding:
    count = len(names)
    verdict: Verdict = "fits" if count == stated else "does not fit" if count > stated else "cannot tell"
    listed = ", ".join(sorted(names)) or "none"
    note = ""
    if count < stated:
        note = (
            f"the ledger knows of {stated - count} fewer, and cannot confirm the number from these dispatches"
        )
    return told.finding("ordinal", verdict, span, f"{count} known by that day: {listed}", note)


def _campaign(told: Told, sentence: Span) -> tuple[str | None, str | None]:
    """Who takes, and where: by the claims of the sentence, else by the nearest before it, else by any."""
    told_of = [
        row.claim
        for row in told.claims
        if row.claim.kind in ("take", "hold") and any(party.side for party in row.claim.agents)
        if any(mention.place for mention in row.claim.places)
    ]
    # "It is the sixth to fall" is said of the place that the words before speak of.
    nearest = min(
        told_of,
        key=lambda claim: (
            not sentence.contains(claim.cue),
            claim.cue.start > sentence.end,
            claim.kind != "take",
            abs(claim.cue.start - sentence.start),
        ),
        default=None,
    )
    side = next((party.side for party in nearest.agents if party.side), None) if nearest else None
    land = next((mention.country for claim in told_of for mention in claim.places if mention.country), None)
    return side, land


def _value(word: str) -> int:
    lowered = word.lower()
    return ORDINALS[lowered] if lowered in ORDINALS else int(re.sub(r"\D", "", lowered))
