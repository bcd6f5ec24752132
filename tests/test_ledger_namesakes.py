"""A city and its province of one name: what is said of the one is lent to the other, with care."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.store import HeldPlace
from frontlog.model import Place, Reading

from .ledger_tellings import ARMY, KUNDUZ, TALIBAN, day, digests_of, telling

PROVINCE = Place("gn:20", "Kunduz", "province", "province", 36.8, 68.8, "AF", "gn:20", "Kunduz", 0)
FAR = replace(PROVINCE, id="gn:21", lat=30.0)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "ledger.db")


def held(store: SqliteStore, place: Place, known: int | None = None) -> HeldPlace | None:
    answers = store.holdings(day(20), day(known) if known else None)
    return next((each for each in answers if each.place.id == place.id), None)


def passing(place: Place = KUNDUZ) -> Reading:
    """A claim that names the city and says nothing of its holder."""
    return telling("passing", day(7), "bomb", None, place)


def captures(place: Place, text: str = "Kunduz") -> list[Reading]:
    found = []
    for at in range(3):
        reading = telling(f"c{at}", day(8), "take", TALIBAN, place)
        (claim,) = reading.claims
        mention = replace(claim.places[0], text=text)
        found.append(replace(reading, claims=(replace(claim, places=(mention,)),)))
    return found


def test_a_bare_name_read_as_the_province_lends_the_city_a_claim_and_no_more(store: SqliteStore) -> None:
    store.add_readings([passing(), *captures(PROVINCE)], "r")
    city, province = held(store, KUNDUZ), held(store, PROVINCE)
    assert city is not None
    assert province is not None
    assert (city.holding.state, city.holding.holder) == ("claimed", TALIBAN)
    assert (province.holding.state, province.holding.holder) == ("held", TALIBAN)


def test_words_that_say_province_say_nothing_of_a_city_that_is_known(store: SqliteStore) -> None:
    bare = [telling(f"own{at}", day(9), "hold", ARMY, KUNDUZ) for at in range(3)]
    store.add_readings([*bare, *captures(PROVINCE, "Kunduz province")], "r")
    city = held(store, KUNDUZ)
    assert city is not None
    assert city.holding.holder == ARMY


def test_a_namesake_far_away_lends_nothing(store: SqliteStore) -> None:
    store.add_readings([passing(), *captures(FAR)], "r")
    assert held(store, KUNDUZ) is None


def test_what_is_known_of_the_city_itself_is_not_touched_by_later_news_of_the_province(
    store: SqliteStore,
) -> None:
    store.add_readings([telling("own", day(6), "hold", ARMY, KUNDUZ), *captures(PROVINCE)], "r")
    city = held(store, KUNDUZ)
    assert city is not None
    assert city.holding.holder == ARMY


def test_the_order_of_reading_changes_nothing(tmp_path: Path) -> None:
    readings = [passing(), *captures(PROVINCE), telling("own", day(12), "hold", ARMY, KUNDUZ)]
    assert len(digests_of(tmp_path, [readings, readings[::-1]])) == 1
