"""The ledger in PostgreSQL: the contract of every store, many at once, and moving to and from a file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontlog.errors import LedgerError
from frontlog.ledger import SqliteStore, open_store
from frontlog.ledger.audits import run
from frontlog.ledger.connect import NEWEST
from frontlog.ledger.move import TABLES, move
from frontlog.ledger.postgres import PostgresStore
from frontlog.ledger.postgres_connect import Connection, shown
from frontlog.ledger.store import ClaimQuery
from frontlog.model import Place, Reading

from .ledger_contract import StoreContract, decide
from .ledger_tellings import KUNDUZ, MAZAR, TALIBAN, day, false_alarm, telling
from .postgres_server import Databases, server

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    with server() as address:
        yield Databases(address)


@pytest.fixture
def store(databases: Databases) -> Iterator[PostgresStore]:
    opened = PostgresStore(databases.new(), auditor=run)
    yield opened
    opened.close()


class TestPostgresStore(StoreContract):
    pass


def rich(store: SqliteStore) -> None:
    """A ledger with something in every table: copies, a rereading, decisions of all sorts."""
    store.add_readings(false_alarm(), "r1")
    words = "Taliban fighters took Kunduz on Monday after soldiers left their posts, residents said."
    store.add_reading(telling("wire", day(9), "take", TALIBAN, KUNDUZ, text=words), "r1")
    store.add_reading(telling("copy", day(10), "take", TALIBAN, KUNDUZ, text=words + " More soon."), "r1")
    store.add_reading(false_alarm()[0], "r2")
    first, *_ = store.claims()
    rejection = decide("reject", first.id)
    store.decide(rejection)
    store.decide(decide("undo", rejection.id, minute=1))
    store.decide(decide("correct", first.id, when="2021-08-08", minute=2))


def told(store: SqliteStore) -> list[object]:
    return [
        store.digest(), list(store.dispatches()), list(store.claims()), store.decisions(), store.incidents(),
        store.place_life(MAZAR.id), store.place_life(MAZAR.id, known=day(11)), store.origin("copy"),
        [row.id for row in store.claims(ClaimQuery(text="soldiers posts"))], store.places(name="kunduz"),
        store.counts(), store.findings(), store.sides(), store.publishers(), store.search("residents"),
    ]  # fmt: skip


def test_both_stores_derive_the_same_bytes(store: PostgresStore, tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "ledger.db", auditor=run) as file:
        for each in (file, store):
            rich(each)
            each.audit_new()
        assert told(store) == told(file)
        assert store.findings() == file.findings() != []
        store.rebuild()
        assert store.digest() == file.digest()


def test_a_ledger_moves_to_the_server_and_back_without_loss(databases: Databases, tmp_path: Path) -> None:
    with (
        SqliteStore(tmp_path / "first.db") as first,
        PostgresStore(databases.new()) as middle,
        SqliteStore(tmp_path / "last.db") as last,
    ):
        rich(first)
        counts = move(first, middle)
        move(middle, last)
        assert counts["readings"] == counts["dispatches"] + 1
        assert told(first) == told(middle) == told(last)
        for table in TABLES:
            rows = [sorted(each._all(f"SELECT * FROM {table}"), key=repr) for each in (first, last)]
            assert rows[0] == rows[1], table


def test_a_moved_ledger_goes_on(databases: Databases, tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "first.db") as first, PostgresStore(databases.new()) as moved:
        rich(first)
        move(first, moved)
        for each in (first, moved):
            each.add_reading(telling("later", day(20), "leave", TALIBAN), "r1")
            each.decide(decide("accept", next(each.claims()).id, minute=9))
        assert told(moved) == told(first)


def test_a_ledger_is_not_moved_over_another(store: PostgresStore, tmp_path: Path) -> None:
    store.add_readings(false_alarm(), "r1")
    before = store.digest()
    with SqliteStore(tmp_path / "first.db") as first:
        rich(first)
        with pytest.raises(LedgerError, match="empty"):
            move(first, store)
    assert store.digest() == before


def test_two_writers_and_ten_readers_get_along(databases: Databases) -> None:
    address = databases.new()
    PostgresStore(address).close()
    failures: list[BaseException] = []
    seen: list[int] = []
    done = threading.Event()

    def write(name: str) -> None:
        with open_store(address) as store:
            for number in range(15):
                place = MAZAR if number % 2 else KUNDUZ
                store.add_reading(telling(f"{name}{number}", day(1 + number), "take", TALIBAN, place), "r1")

    def read() -> None:
        with open_store(address, must_exist=True) as store:
            while not done.is_set():
                before = store.count_claims()
                assert len(list(store.claims())) >= before
                assert all(each.holding.claims_for for each in store.holdings(day(9), country="AF"))
                seen.append(before)

    def guarded(work: object, *values: str) -> None:
        try:
            work(*values)  # type: ignore[operator]
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=guarded, args=(read,)) for _ in range(10)]
    writers = [threading.Thread(target=guarded, args=(write, name)) for name in "ab"]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert failures == []
    assert seen
    with open_store(address) as store:
        assert store.count_claims() == 30
        before = store.digest()
        store.rebuild()
        assert store.digest() == before


def test_another_opening_sees_that_the_ledger_changed(databases: Databases) -> None:
    address = databases.new()
    with open_store(address) as one, open_store(address) as other:
        before = other.version()
        one.add_reading(false_alarm()[0], "r1")
        assert other.version() != before


def test_a_text_that_the_server_cannot_keep_is_refused_and_the_rest_kept(store: PostgresStore) -> None:
    bad = telling("bad", day(9), "take", TALIBAN, text="Half a line\0 and more")
    tally = store.add_readings([bad, telling("good", day(9), "take", TALIBAN)], "r1")
    assert (tally.new, [id for id, _ in tally.refused]) == (1, ["bad"])


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(LedgerError, match="check the address") as raised:
        open_store("postgresql://ana:secret@127.0.0.1:1/ledger")
    assert "secret" not in str(raised.value)
    assert shown("postgresql://ana:secret@host/ledger") == "postgresql://ana@host/ledger"


def test_a_database_without_a_ledger_is_named_with_its_remedy(databases: Databases) -> None:
    with pytest.raises(LedgerError, match="frontlog read"):
        open_store(databases.new(), must_exist=True)


def test_a_reader_that_opens_a_ledger_writes_nothing(databases: Databases) -> None:
    address = databases.new()
    with open_store(address) as store:
        store.add_readings(false_alarm(), "r1")  # not audited yet: marks for it wait
        before = store.version()
        open_store(address, must_exist=True).close()
        assert store.version() == before
        assert store.audit_new() > 0


def test_a_killed_load_is_finished_by_the_next_start(databases: Databases) -> None:
    address = databases.new()
    with PostgresStore(address) as store:
        store.add_readings(false_alarm(), "r1", derive=False)
        assert store.place_life(MAZAR.id) == []
    with PostgresStore(address) as store:
        assert store.place_life(MAZAR.id) != []


def test_nothing_of_a_transaction_that_failed_is_kept(store: PostgresStore) -> None:
    def breaking() -> Iterator[Reading]:
        yield from false_alarm()
        raise RuntimeError("the reader broke")

    with pytest.raises(RuntimeError):
        store.add_readings(breaking(), "r1")
    store.refresh()
    assert (list(store.dispatches()), store.count_claims(), store.places()) == ([], 0, [])
    store.add_readings(false_alarm(), "r1")
    assert store.count_claims() == len(false_alarm())


def test_text_that_looks_like_sql_stays_text(store: PostgresStore) -> None:
    words = "It's 100% ours; DROP TABLE claims; -- said %s and %(id)s, \\' :id ? $1"
    store.add_reading(telling("odd", day(9), "take", TALIBAN, text=words), "r1")
    assert next(store.dispatches()).text == words
    assert [each.id for each in store.search("claims;")] == ["odd"]


def test_an_older_ledger_on_the_server_gets_what_is_new(databases: Databases) -> None:
    address = databases.new()
    with PostgresStore(address) as store:
        store.add_readings(false_alarm(), "r1")
        store.connections.read().execute(f"DROP TABLE {NEWEST}")
    with PostgresStore(address) as store:
        found = store.connections.read().execute("SELECT to_regclass(?)", (NEWEST,)).fetchone()
        assert found[0] is not None
        assert store.count_claims() == len(false_alarm())
        assert len(store.search("taliban")) == len(store.search("Taliban")) > 0


def test_a_place_in_a_province_with_takes_of_its_own_is_derived_alike(
    store: PostgresStore, tmp_path: Path
) -> None:
    balkh = Place("gn:10", "Balkh", "province", "province", 36.7, 67.1, "AF")
    told = [*false_alarm(), telling("province", day(14), "take", TALIBAN, balkh)]
    with SqliteStore(tmp_path / "ledger.db", auditor=run) as file:
        for each in (file, store):
            each.add_readings(told, "r1")
        assert store.digest() == file.digest()
        assert store.place_life(MAZAR.id) == file.place_life(MAZAR.id) != []


def test_a_load_asks_the_server_a_few_times_and_not_for_each_dispatch(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    send = Connection.send

    def counted(self: Connection, *sent: object) -> None:
        asked.append(len(sent))
        send(self, *sent)  # type: ignore[arg-type]

    told = [telling(f"d{at:03}", day(1 + at % 28), "take", TALIBAN, KUNDUZ) for at in range(150)]
    with open_store(databases.new()) as store:
        monkeypatch.setattr(Connection, "send", counted)
        store.add_readings(told, "r1", derive=False)
        assert store.count_claims() == 150
    assert len(asked) < 40
