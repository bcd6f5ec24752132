"""A ledger that a team shares: PostgreSQL behind the `Store` protocol.

It is the SQLite ledger's statements over other connections (see `dialect`), so both derive and answer alike.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from frontlog.ledger.connect import Connections
from frontlog.ledger.finding_rows import MARKS
from frontlog.ledger.postgres_connect import PostgresConnections
from frontlog.ledger.sqlite import Auditor, SqliteStore
from frontlog.ledger.weights import Weights
from frontlog.model import Place


class PostgresStore(SqliteStore):
    """A ledger in a PostgreSQL database, any number of readers and one writer at a time."""

    _UNKEPT = "\0"

    def __init__(
        self, address: str, *, must_exist: bool = False, weights: Weights | None = None,
        auditor: Auditor | None = None,
    ) -> None:  # fmt: skip
        self.connections = PostgresConnections(address, must_exist=must_exist)
        self._connections = cast(Connections, self.connections)
        self.weights = weights or Weights.open()
        self._auditor = auditor
        self._families: dict[str, str] = {}
        self._places: dict[str, Place] = {}
        if self._one("SELECT 1 FROM stale WHERE unit NOT LIKE ? LIMIT 1", (MARKS,)):
            self.refresh()

    @property
    def address(self) -> str:
        return self.connections.address

    @property
    def path(self) -> Path:
        return self.connections.path
