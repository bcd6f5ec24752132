"""Cities and the districts and provinces that bear their names: "captured Farah" may be either.

What is said of a city by its bare name and what is said so of the district around it, or of a second row of
the gazetteer for the same town, is of one place: they are twins. What is said of a province by the name of
its city is lent to it only while nothing is known of that itself, and never shows more than a claim; so the
other way.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace

from frontlog.gazetteer.kin import arc_km
from frontlog.ledger.weights import Evidence, Weights
from frontlog.model import Claim, Place

REACH_KM = 150.0
TWIN_KM = 15.0
CONTAINERS = ("province", "district")
LENT = ("gains", "holds", "leaves")
_PLAIN = re.compile(
    r"\b(?:province|governorate|district|region|oblast|state|county|department|city|town|capital)\b", re.I
)


def namesakes(cursor: sqlite3.Cursor, place: Place) -> list[Place]:
    """Cities named as a container is, containers named as a city is, and twins, that claims speak of."""
    if place.precision not in ("settlement", *CONTAINERS):
        return []
    rows = cursor.execute(
        "SELECT id, name, kind, precision, lat, lon, country FROM places p WHERE name = :name COLLATE NOCASE"
        " AND country = :country AND id <> :id AND EXISTS (SELECT 1 FROM claim_units WHERE unit = p.id)"
        " ORDER BY id",
        {"name": place.name, "country": place.country, "id": place.id},
    ).fetchall()
    return [
        other
        for other in (Place(*row) for row in rows)
        if twin(place, other)
        or (
            (other.precision == "settlement") != (place.precision == "settlement")
            and other.precision in ("settlement", *CONTAINERS)
            and _apart(place, other) <= REACH_KM
        )
    ]


def twin(place: Place, other: Place) -> bool:
    """Whether two rows of one name are one town, as words without "district" mean it."""
    kinds = {place.precision, other.precision}
    if kinds == {"settlement"}:
        return _apart(place, other) <= TWIN_KM
    return kinds == {"settlement", "district"} and _apart(place, other) <= REACH_KM


def _apart(place: Place, other: Place) -> float:
    return arc_km(place.lat, place.lon, other.lat, other.lon)


def ambiguous(claim: Claim, unit: str) -> bool:
    """Whether the words leave open which of the namesakes is meant."""
    return any(
        mention.place is not None and mention.place.id == unit and not _PLAIN.search(mention.text)
        for mention in claim.places
    )


def lent(own: Iterable[Evidence], others: Iterable[Evidence], weights: Weights) -> Iterator[Evidence]:
    """The namesakes' evidence from before anything was known of the place itself, at less weight."""
    first = min((each.known for each in own if each.effect in LENT), default=None)
    for each in others:
        if each.effect in LENT and (first is None or each.known < first):
            yield replace(each, weight=round(each.weight * weights.factors["namesake"]), lent=True)
