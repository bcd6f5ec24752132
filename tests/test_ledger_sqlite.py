"""The SQLite ledger: the contract of every store, and what is its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontlog.errors import LedgerError
from frontlog.ledger.audits import run
from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.store import HeldPlace

from .ledger_contract import StoreContract
from .ledger_tellings import ARMY, KUNDUZ, MAZAR, TALIBAN, day, false_alarm, telling


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "ledger.db", auditor=run)
    yield opened
    opened.close()


class TestSqliteStore(StoreContract):
    pass


def test_rebuild_gives_the_same_bytes(store: SqliteStore) -> None:
    store.add_readings(false_alarm(), "r1")
    store.audit_new()
    before = store.digest()
    store.rebuild()
    assert store.digest() == before


def test_a_missing_ledger_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="frontlog read"):
        SqliteStore(tmp_path / "none.db", must_exist=True)


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("dear diary, " * 400)
    with pytest.raises(LedgerError, match="not a ledger"):
        SqliteStore(path)


def test_what_a_killed_process_left_underived_is_derived_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    store = SqliteStore(path)
    store.add_readings(false_alarm(), "r1", derive=False)
    assert store.place_life(MAZAR.id) == []
    store.close()
    assert SqliteStore(path).place_life(MAZAR.id) != []


def test_two_writers_and_a_reader_get_along(store: SqliteStore) -> None:
    def write(name: str) -> None:
        for number in range(20):
            place = MAZAR if number % 2 else KUNDUZ
            store.add_reading(telling(f"{name}{number}", day(1 + number), "take", TALIBAN, place), "r1")

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        store.holdings(day(9), country="AF")
    for thread in threads:
        thread.join()
    assert store.count_claims() == 40
    before = store.digest()
    store.rebuild()
    assert store.digest() == before


def test_generic_forces_are_those_of_the_places_country(store: SqliteStore) -> None:
    store.add_reading(telling("a", day(9), "hold", "gov:TR", MAZAR, generic=True), "r1")
    store.add_reading(telling("b", day(9), "hold", "gov:TR", KUNDUZ), "r1")
    assert store.place_life(MAZAR.id)[0].holding.holder == "gov:AF"
    assert store.place_life(KUNDUZ.id)[0].holding.holder == "gov:TR"


def test_a_places_life_comes_in_pages_as_it_does_whole(store: SqliteStore) -> None:
    sides = [TALIBAN, ARMY]
    store.add_readings(
        [telling(f"t{at}{n}", day(1 + 4 * at), "take", sides[at % 2]) for at in range(7) for n in range(2)],
        "r",
    )
    whole = store.place_life(MAZAR.id)
    paged: list[HeldPlace] = []
    while page := store.place_life(MAZAR.id, after=paged[-1].holding.valid_from if paged else None, limit=2):
        assert len(page) <= 2
        paged += page
    assert len(whole) > 4
    assert paged == whole


def test_control_of_a_country_as_known_on_a_day_is_that_of_its_places_lives(store: SqliteStore) -> None:
    store.add_readings(
        [telling("a", day(2), "hold", ARMY), telling("b", day(5), "take", TALIBAN, KUNDUZ)]
        + [telling(f"c{at}", day(8), "take", TALIBAN) for at in range(3)],
        "r",
    )
    for known in range(1, 11):
        answers = {each.place.id: each.holding.holder for each in store.holdings(day(9), day(known), "AF")}
        for place in (MAZAR, KUNDUZ):
            life = store.place_life(place.id, day(known))
            assert answers.get(place.id) == (life[-1].holding.holder if life else None)
