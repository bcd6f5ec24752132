"""Places among the towns: the province of a site, the town of an airport's name, the seat of a district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nsmallest
from math import floor

from frontlog.gazetteer.kin import distance_km
from frontlog.gazetteer.names import normalise, skeleton
from frontlog.gazetteer.packages import airport_names, airport_stem
from frontlog.gazetteer.rows import PRECISIONS, Row

_REACH_KM = 40.0
_CELL = 0.5
_NEAREST = 12
_SPELLINGS = 8
_NAMES = 30

_Cell = tuple[str, int, int]


def situate(rows: Mapping[str, Row]) -> None:
    """Let the towns tell what packages leave out.

    Sites and towns without a province get that of the nearest town, airports the name of the town that they
    are named after in all its spellings, and districts that only have their province's point that of the town
    of their name.
    """
    grid: dict[_Cell, list[Row]] = defaultdict(list)
    for row in rows.values():
        if PRECISIONS[row.kind] == "settlement" and row.country and row.lat == row.lat:
            grid[_cell(row)].append(row)
    for row in rows.values():
        small = PRECISIONS[row.kind] in ("site", "settlement")
        airport = row.kind in ("airport", "airbase")
        if not small or not row.country or (row.admin1 is not None and not airport):
            continue
        near = [town for town in _near(row, grid) if town is not row]
        if row.admin1 is None:
            row.admin1 = next((town.admin1 for town in near if town.admin1), None)
        if airport:
            _name_after(row, near)
    _seat(rows)


def _seat(rows: Mapping[str, Row]) -> None:
    towns: dict[tuple[str, str], Row] = {}
    for row in sorted(rows.values(), key=lambda row: row.population):
        if PRECISIONS[row.kind] == "settlement" and row.admin1:
            for name in (*row.names, row.name):
                towns[row.admin1, normalise(name)] = row
    for row in rows.values():
        province = rows.get(row.admin1 or "")
        if PRECISIONS[row.kind] != "district" or province is None or row.listed:
            continue
        if (row.lat, row.lon) == (province.lat, province.lon):
            named = (towns.get((province.id, normalise(name))) for name in (*row.short, row.name))
            seat = next((town for town in named if town is not None), None)
            if seat is not None:
                row.lat, row.lon = seat.lat, seat.lon


def _cell(row: Row) -> _Cell:
    return row.country or "", floor(row.lat / _CELL), floor(row.lon / _CELL)


def _near(site: Row, grid: Mapping[_Cell, list[Row]]) -> list[Row]:
    """Return the nearest towns of a site's country, the nearest first."""
    country, lat, lon = _cell(site)
    around = (
        town
        for up in (-1, 0, 1)
        for right in (-1, 0, 1)
        for town in grid.get((country, lat + up, lon + right), ())
    )
    far = ((distance_km(site, town), town.id, town) for town in around)
    return [town for km, _, town in nsmallest(_NEAREST, far) if km <= _REACH_KM]


def _name_after(airport: Row, near: Iterable[Row]) -> None:
    """Name an airport as its town is named, and by every spelling that the town's name has."""
    stem = airport_stem(airport.name)
    bare = skeleton(stem) if stem else ""
    for town in near if stem and len(bare) >= 3 else ():
        alike = [name for name in (town.name, *town.names) if skeleton(name) == bare]
        if alike and stem:
            military = airport.kind == "airbase"
            # A town of two names lends its airport both.
            spelled = dict.fromkeys([town.name, *alike[:_SPELLINGS], *town.names[:_NAMES]])
            airport.names += [airport.name, *(n for name in spelled for n in airport_names(name, military))]
            if town.name in alike and not airport.listed:
                airport.name = town.name + airport.name[len(stem) :]
            return
