"""Distances and directions, as laws."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontlog.gazetteer.kin import bearing, destination, direction, distance_km


@dataclass(frozen=True)
class At:
    lat: float
    lon: float


points = st.builds(At, st.floats(-85, 85), st.floats(-180, 180))


@given(points, points)
def test_distance_is_symmetric_and_not_negative(a: At, b: At) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert 0 <= distance_km(a, b) < 20_038


@given(points, points, points)
def test_a_detour_is_never_shorter(a: At, b: At, c: At) -> None:
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-6


@given(st.builds(At, st.floats(-60, 60), st.floats(-170, 170)), st.floats(0, 359), st.floats(1, 1500))
def test_going_somewhere_and_measuring_agree(a: At, angle: float, km: float) -> None:
    there = At(*destination(a, angle, km))
    assert distance_km(a, there) == pytest.approx(km, rel=1e-6)
    assert abs((bearing(a, there) - angle + 180) % 360 - 180) < 1e-3


def test_kunduz_lies_north_of_kabul() -> None:
    kabul, kunduz = At(34.53, 69.17), At(36.73, 68.86)
    assert direction(kabul, kunduz) == "north"
    assert direction(kunduz, kabul, 4) == "south"
    assert distance_km(kabul, kunduz) == pytest.approx(246, abs=3)


def test_a_rose_of_five_points_is_refused() -> None:
    with pytest.raises(ValueError, match="rose"):
        direction(At(0, 0), At(1, 1), 5)
