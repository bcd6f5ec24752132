"""Distances and directions on the globe."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Protocol

EARTH_KM = 6371.0088
_POINTS = (
    "north", "north-northeast", "northeast", "east-northeast", "east", "east-southeast", "southeast",
    "south-southeast", "south", "south-southwest", "southwest", "west-southwest", "west", "west-northwest",
    "northwest", "north-northwest",
)  # fmt: skip


class Point(Protocol):
    """Anything with WGS84 degrees."""

    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance in kilometres (haversine, mean Earth radius)."""
    return arc_km(a.lat, a.lon, b.lat, b.lon)


def arc_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres between two points in degrees."""
    lat1, lon1, lat2, lon2 = radians(lat1), radians(lon1), radians(lat2), radians(lon2)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def bearing(a: Point, b: Point) -> float:
    """Initial bearing from a to b in degrees clockwise from north."""
    lat1, lat2, turn = radians(a.lat), radians(b.lat), radians(b.lon - a.lon)
    angle = atan2(sin(turn) * cos(lat2), cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(turn))
    return degrees(angle) % 360


def direction(a: Point, b: Point, points: int = 8) -> str:
    """Name which way b lies from a, on a rose of 4, 8 or 16 points."""
    if points not in (4, 8, 16):
        raise ValueError(f"a rose has 4, 8 or 16 points, not {points}")
    step = 16 // points
    return _POINTS[round(bearing(a, b) / (360 / points)) % points * step]


def destination(a: Point, angle: float, km: float) -> tuple[float, float]:
    """Return latitude and longitude of the point ``km`` from a on a bearing in degrees."""
    arc, turn, lat = km / EARTH_KM, radians(angle), radians(a.lat)
    lat2 = asin(sin(lat) * cos(arc) + cos(lat) * sin(arc) * cos(turn))
    shift = atan2(sin(turn) * sin(arc) * cos(lat), cos(arc) - sin(lat) * sin(lat2))
    return degrees(lat2), (a.lon + degrees(shift) + 540) % 360 - 180
