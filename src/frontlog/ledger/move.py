"""Copies a whole ledger to another store, row by row: every reading, claim, number and decision."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from frontlog.errors import LedgerError
from frontlog.ledger.postgres import PostgresStore
from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.words import REINDEX, SENTENCES

TABLES = (
    "dispatches", "readings", "places", "claims", "claim_units", "claim_parties", "decisions", "bands_by_day",
    "stale", "origins", "incidents", "incident_claims", "holdings", "findings",
)  # fmt: skip
_NUMBERED = ("dispatches", "readings", "claims", "decisions", "findings")
_CHUNK = 1000


def move(origin: SqliteStore, target: SqliteStore) -> dict[str, int]:
    """Copy ``origin`` into the empty ``target``; gives the number of rows by table.

    Raises LedgerError, and leaves the target empty, when it is not empty or does not come out equal.
    """
    with target._connections.write() as connection:
        cursor = connection.cursor()
        if cursor.execute("SELECT 1 FROM dispatches LIMIT 1").fetchone():
            raise LedgerError(f"{target.path}: already holds dispatches; move to a ledger that is empty")
        counts = {table: _copy(origin, cursor, table) for table in TABLES}
        cursor.executemany(
            "INSERT INTO places_at VALUES (?, ?, ?, ?, ?)",
            _rows(origin, "SELECT n, lat, lat, lon, lon FROM places"),
        )
        cursor.execute(SENTENCES, {"after": 0})
        cursor.execute(REINDEX)
        if isinstance(target, PostgresStore):
            target.connections.number_on(_NUMBERED)
        if target.digest() != origin.digest() or counts != {table: _count(target, table) for table in TABLES}:
            raise LedgerError(f"{target.path}: came out unlike {origin.path}; nothing was moved, try again")
    return counts


def _copy(origin: SqliteStore, target: Any, table: str) -> int:
    reading = origin._connections.read().cursor().execute(f"SELECT * FROM {table}")
    columns = [column[0] for column in reading.description]
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    copied = 0
    rows = iter(reading)
    while chunk := list(islice(rows, _CHUNK)):
        target.executemany(sql, chunk)
        copied += len(chunk)
    return copied


def _rows(store: SqliteStore, sql: str) -> Iterator[Any]:
    yield from store._connections.read().cursor().execute(sql)


def _count(store: SqliteStore, table: str) -> int:
    row = store._connections.read().execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0])
