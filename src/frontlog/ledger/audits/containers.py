"""Containers: a town said to lie in a province or country that it does not lie in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from frontlog.gazetteer.kin import arc_km
from frontlog.ledger.audits.told import AuditedStore, Told
from frontlog.model import Finding, Place, PlaceMention, Span

_JOIN = re.compile(
    r"(?:,?\s*(?:(?:located|lying)\s+)?(?:\d[^,]{0,40}\s)?(?:in|of)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}"
    r"|,\s*(?:the\s+)?(?:provincial\s+)?capital of\s+(?:the\s+)?(?:[\w-]+\s+){0,3})$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:north|south|east|west|miles|kilomet(?:er|re)s|km)\w*\s+(?:of|from|outside)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?$"
)
_INNER = ("site", "settlement")
SAME_KM = 60.0


def containers(told: Told, _: AuditedStore) -> Iterator[Finding]:
    """Check each "A, in B province" whose two places stand side by side."""
    text = told.dispatch.text
    mentions = sorted(told.mentions, key=lambda each: each.span)
    for inner, outer in pairwise(mentions):
        if inner.place is None or outer.place is None or inner.span.end > outer.span.start:
            continue
        if _REFERENCE.search(text, max(0, inner.span.start - 40), inner.span.start):
            # In "20 km east of A, in B" it is not A that is said to lie in B.
            continue
        if inner.precision not in _INNER or outer.precision not in ("province", "country"):
            continue
        if _JOIN.match(text[inner.span.end : outer.span.start]):
            finding = _check(told, inner, outer, inner.place, outer.place)
            if finding is not None:
                yield finding


def _check(
    told: Told, inner: PlaceMention, outer: PlaceMention, place: Place, container: Place
) -> Finding | None:
    span = Span(inner.span.start, outer.span.end)
    if container.precision == "country":
        inside = place.country == container.country
        home = place.country or "no country"
    else:
        if place.admin1 is None:
            return None
        inside = place.admin1 == container.id
        home = place.admin1_name or place.admin1
    if inside:
        return told.finding("container", "fits", span, f"{place.name} lies in {home}")
    if arc_km(place.lat, place.lon, container.lat, container.lon) < SAME_KM:
        # Border towns and provinces that were cut anew are not worth a finding.
        return told.finding("container", "cannot tell", span, f"{place.name} lies in {home}, close by")
    return told.finding("container", "does not fit", span, f"{place.name} lies in {home}")
