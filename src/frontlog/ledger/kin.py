"""Places that hang together in the map: a province and its parts, a town and the sites that bear its name.

Each has a life of its own; what is said of one bears on the others, with care: the whole of a province taken
is all of its towns, until one is told to hold out; a town taken in it, or an airport, makes the whole
contested; who has the capital may have the province, until something is said of that itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace

from frontlog.gazetteer.kin import arc_km
from frontlog.ledger.namesakes import LENT, ambiguous
from frontlog.ledger.weights import Evidence, Weights
from frontlog.model import Claim, Place

SITE_KM = 30.0
_COLUMNS = "id, name, kind, precision, lat, lon, country, admin1, admin1_name, population, capital_of"
_TOLD = "EXISTS (SELECT 1 FROM claim_units WHERE unit = p.id)"


def province_of(cursor: sqlite3.Cursor, place: Place) -> Place | None:
    """The province that a place lies in, if claims speak of it."""
    if place.admin1 is None or place.admin1 == place.id or place.precision in ("province", "country"):
        return None
    found = _places(cursor, "p.id = :id AND p.precision = 'province'", {"id": place.admin1})
    return found[0] if found else None


def parts_of(cursor: sqlite3.Cursor, place: Place) -> list[Place]:
    """The places in a province, or the sites that bear a town's name beside it, that claims speak of."""
    values = {"id": place.id, "country": place.country, "name": place.name}
    if place.precision == "province":
        return _places(
            cursor,
            "p.country = :country AND p.admin1 = :id AND p.id <> :id AND p.precision <> 'district'",
            values,
        )
    if place.precision != "settlement":
        return []
    sites = (
        "p.country = :country AND p.precision = 'site'"
        " AND substr(p.name, 1, length(:name) + 1) = :name || ' '"
    )
    return [site for site in _places(cursor, sites, values) if _beside(site, place)]


def towns_of(cursor: sqlite3.Cursor, site: Place) -> list[Place]:
    """The towns whose name a site bears."""
    words = site.name.split()
    if site.precision != "site" or len(words) < 2:
        return []
    names = {f"n{at}": " ".join(words[:at]) for at in range(1, len(words))}
    marks = ", ".join(f":{name}" for name in names)
    found = _places(
        cursor,
        f"p.country = :country AND p.precision = 'settlement' AND p.name IN ({marks})",
        {**names, "country": site.country},
    )
    return [town for town in found if _beside(site, town)]


def _beside(site: Place, town: Place) -> bool:
    return arc_km(site.lat, site.lon, town.lat, town.lon) <= SITE_KM


def _places(cursor: sqlite3.Cursor, where: str, values: dict[str, str | None]) -> list[Place]:
    rows = cursor.execute(f"SELECT {_COLUMNS} FROM places p WHERE {where} AND {_TOLD} ORDER BY id", values)
    return [Place(*row) for row in rows.fetchall()]


def takes_whole(claim: Claim, unit: str) -> bool:
    """Whether a claim plainly tells of a province that the whole of it changed hands."""
    inside = any(
        each.place is not None and each.place.admin1 == unit != each.place.id for each in claim.places
    )
    return (
        (claim.kind, claim.standing, claim.extent) == ("take", "fact", "whole")
        and not inside
        and not ambiguous(claim, unit)
    )


def from_province(evidence: Iterable[Evidence], weights: Weights) -> Iterator[Evidence]:
    """The capture of a whole province as evidence on each of its places, at less weight."""
    for each in evidence:
        if each.effect == "gains":
            yield replace(each, weight=round(each.weight * weights.factors["container"]), lent=True)


def from_parts(evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """Who takes or holds a part, as evidence that the whole is contested."""
    for each in evidence:
        if each.effect in ("gains", "holds") and each.weight > 0:
            yield replace(each, effect="part")


def from_capital(
    own: Iterable[Evidence], evidence: Iterable[Evidence], weights: Weights
) -> Iterator[Evidence]:
    """Who has the capital, as evidence on its province until something is known of that itself."""
    first = min((each.known for each in own if each.effect in LENT), default=None)
    for each in evidence:
        if each.effect in LENT and (first is None or each.known < first):
            yield replace(each, weight=round(each.weight * weights.factors["capital"]), lent=True)
