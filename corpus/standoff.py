"""Marks with quotes turned into marks with offsets, and back.

A record in the form of the claim contract quotes its text. Here each quote becomes ``[start, end]``, so that
the marks can be kept without the text and rejoined with it later. Where a quote occurs more than once, the
occurrence is taken that brings the claim's cue and its arguments closest together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Offsets = list[int]
LISTS = ("agent", "target")
SINGLES = ("when_text", "said_by")


def occurrences(text: str, quote: str) -> list[Offsets]:
    """Return where a quote occurs as whole words, or, if nowhere so, where it occurs at all."""
    bounded = rf"(?<!\w){re.escape(quote)}(?!\w)"
    for pattern in (bounded, re.escape(quote)):
        found = [[match.start(), match.end()] for match in re.finditer(pattern, text)]
        if found:
            return found
    return []


def nearest(text: str, quote: str, to: Offsets) -> Offsets:
    """Return the occurrence of a quote nearest to a stretch of text; raises ValueError if there is none."""
    found = occurrences(text, quote)
    if not found:
        raise ValueError(f"{quote!r} does not occur in the text")
    return min(found, key=lambda place: (gap(place, to), place[0]))


def gap(one: Offsets, other: Offsets) -> int:
    """Characters between two stretches; 0 where they touch or overlap."""
    return max(0, one[0] - other[1], other[0] - one[1])


def anchor_claim(text: str, claim: Mapping[str, Any], taken: Iterable[Offsets]) -> dict[str, Any]:
    """Replace a claim's quotes with offsets. ``taken``, cues of earlier claims, are used only if need be."""
    quotes = [*claim["agent"], *claim["target"], *(place["text"] for place in claim["places"])]
    used = list(taken)
    cues = [cue for cue in occurrences(text, claim["cue"]) if cue not in used] or occurrences(
        text, claim["cue"]
    )
    if not cues:
        raise ValueError(f"{claim['cue']!r} does not occur in the text")
    cue = min(cues, key=lambda place: sum(gap(nearest(text, quote, place), place) for quote in quotes))
    marks: dict[str, Any] = {**claim, "cue": cue}
    for name in LISTS:
        marks[name] = [nearest(text, quote, cue) for quote in claim[name]]
    for name in SINGLES:
        marks[name] = nearest(text, claim[name], cue) if claim[name] is not None else None
    marks["places"] = [
        {"span": nearest(text, place["text"], cue), "name": place["name"], "country": place["country"]}
        for place in claim["places"]
    ]
    return marks


def anchor(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record's marks without its text."""
    claims: list[dict[str, Any]] = []
    for claim in record["claims"]:
        taken = [other["cue"] for other in claims if other["kind"] == claim["kind"]]
        claims.append(anchor_claim(record["text"], claim, taken))
    return {"id": record["id"], "claims": claims}


def rejoin(marks: Mapping[str, Any], date: str, text: str) -> dict[str, Any]:
    """Return a record in the form of the claim contract from marks and the public text."""
    return {
        "id": marks["id"],
        "date": date,
        "text": text,
        "claims": [_quote_claim(claim, text) for claim in marks["claims"]],
    }


def _quote_claim(claim: Mapping[str, Any], text: str) -> dict[str, Any]:
    def quote(span: Sequence[int] | None) -> str | None:
        return None if span is None else text[span[0] : span[1]]

    quoted = {**claim, "cue": quote(claim["cue"])}
    for name in LISTS:
        quoted[name] = [quote(span) for span in claim[name]]
    for name in SINGLES:
        quoted[name] = quote(claim[name])
    quoted["places"] = [
        {"text": quote(place["span"]), "name": place["name"], "country": place["country"]}
        for place in claim["places"]
    ]
    return quoted
