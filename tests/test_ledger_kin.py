"""Provinces and their parts, towns and the sites that bear their name: what is said of one bears on the others."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.store import HeldPlace
from frontlog.model import Extent, Place, Reading

from .ledger_tellings import ARMY, KUNDUZ, MAZAR, TALIBAN, day, digests_of, telling

BALKH = Place("gn:10", "Balkh", "province", "province", 36.7, 67.0, "AF", None, None, 0)
AIRPORT = Place(
    "gn:90", "Mazar-i-Sharif International Airport", "airport", "site", 36.71, 67.21, "AF", "gn:10"
)
CAPITAL = replace(MAZAR, capital_of="gn:10")


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "ledger.db")


def held(store: SqliteStore, place: Place, on: int = 20) -> HeldPlace | None:
    return next((each for each in store.holdings(day(on)) if each.place.id == place.id), None)


def worded(reading: Reading, text: str) -> Reading:
    (claim,) = reading.claims
    return replace(reading, claims=(replace(claim, places=(replace(claim.places[0], text=text),)),))


def whole_province(id: str = "all", on: int = 12) -> Reading:
    return worded(telling(id, day(on), "take", TALIBAN, BALKH), "Balkh province")


def test_the_capture_of_a_whole_province_is_claimed_of_its_towns(store: SqliteStore) -> None:
    store.add_readings([telling("own", day(6), "hold", ARMY, MAZAR), whole_province()], "r")
    before, after = held(store, MAZAR, 8), held(store, MAZAR)
    assert before is not None
    assert after is not None
    assert before.holding.holder == ARMY
    assert (after.holding.state, after.holding.holder) == ("claimed", TALIBAN)


def test_a_town_told_to_hold_out_afterwards_is_not_taken_with_its_province(store: SqliteStore) -> None:
    own = [telling(f"own{at}", day(13 + at), "hold", ARMY, MAZAR) for at in range(3)]
    store.add_readings([whole_province(), *own], "r")
    town = held(store, MAZAR)
    assert town is not None
    assert town.holding.holder == ARMY


def test_a_bare_name_that_may_be_a_town_takes_no_other_towns(store: SqliteStore) -> None:
    bare = worded(telling("bare", day(12), "take", TALIBAN, BALKH), "Balkh")
    store.add_readings([telling("own", day(6), "hold", ARMY, MAZAR), bare], "r")
    town = held(store, MAZAR)
    assert town is not None
    assert town.holding.holder == ARMY


def test_who_takes_the_capital_is_said_to_have_the_province_until_more_is_known(store: SqliteStore) -> None:
    passing = telling("passing", day(5), "bomb", None, BALKH)
    store.add_readings([passing, telling("c", day(10), "take", TALIBAN, CAPITAL)], "r")
    province = held(store, BALKH)
    assert province is not None
    assert (province.holding.state, province.holding.holder) == ("claimed", TALIBAN)
    store.add_reading(worded(telling("own", day(9), "hold", ARMY, BALKH), "Balkh province"), "r")
    assert (now := held(store, BALKH, 9)) is not None
    assert now.holding.holder == ARMY


def test_a_town_taken_by_others_makes_its_province_contested(store: SqliteStore) -> None:
    keeping = [worded(telling(f"p{at}", day(5), "hold", ARMY, BALKH), "Balkh province") for at in range(3)]
    store.add_readings([*keeping, telling("t", day(10), "take", TALIBAN, MAZAR)], "r")
    province = held(store, BALKH, 10)
    assert province is not None
    assert (province.holding.state, province.holding.holder) == ("contested", ARMY)


def test_an_airport_taken_by_others_makes_its_town_contested_and_not_theirs(store: SqliteStore) -> None:
    keeping = [telling(f"m{at}", day(5), "hold", ARMY, MAZAR) for at in range(3)]
    store.add_readings([*keeping, telling("a", day(10), "take", TALIBAN, AIRPORT)], "r")
    town = held(store, MAZAR, 10)
    assert town is not None
    assert (town.holding.state, town.holding.holder) == ("contested", ARMY)


def test_an_airport_elsewhere_of_that_name_says_nothing(store: SqliteStore) -> None:
    far = replace(AIRPORT, lat=30.0)
    keeping = [telling(f"m{at}", day(5), "hold", ARMY, MAZAR) for at in range(3)]
    store.add_readings([*keeping, telling("a", day(10), "take", TALIBAN, far)], "r")
    assert (town := held(store, MAZAR, 10)) is not None
    assert town.holding.state == "held"


def test_the_order_of_reading_changes_nothing_and_a_rebuild_gives_the_same(tmp_path: Path) -> None:
    readings = [
        whole_province(), telling("own", day(6), "hold", ARMY, CAPITAL),
        telling("c", day(14), "take", ARMY, CAPITAL), telling("a", day(10), "hold", TALIBAN, AIRPORT),
    ]  # fmt: skip
    readings += [telling("else", day(7), "take", TALIBAN, KUNDUZ)]
    assert len(digests_of(tmp_path, list(permutations(readings))[::17])) == 1


TELLINGS = st.tuples(
    st.integers(1, 20),
    st.sampled_from(["take", "hold", "leave", "advance", "besiege"]),
    st.sampled_from([ARMY, TALIBAN, None]),
    st.sampled_from([CAPITAL, BALKH, AIRPORT]),
    st.sampled_from(["whole", "part"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(TELLINGS, min_size=2, max_size=8), cut=st.integers(2, 19))
def test_what_was_known_on_a_day_never_changes_and_order_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[int, str, str | None, Place, Extent]], cut: int
) -> None:
    readings = []
    for at, (known, kind, side, place, extent) in enumerate(told):
        reading = _of_extent(telling(f"t{at}", day(known), kind, side, place), extent)
        readings.append((known, worded(reading, "Balkh province") if place is BALKH else reading))
    folder = tmp_path_factory.mktemp("known")
    with SqliteStore(folder / "a.db") as one, SqliteStore(folder / "b.db") as other:
        one.add_readings([reading for known, reading in readings if known <= cut], "r")
        then = one.holdings(day(20), day(cut))
        one.add_readings([reading for known, reading in readings if known > cut], "r")
        assert one.holdings(day(20), day(cut)) == then
        for _, reading in reversed(readings):
            other.add_reading(reading, "r")
        assert one.digest() == other.digest()
        other.rebuild()
        assert one.digest() == other.digest()


def _of_extent(reading: Reading, extent: Extent) -> Reading:
    (claim,) = reading.claims
    if claim.extent is None:
        return reading
    return replace(reading, claims=(replace(claim, extent=extent),))
