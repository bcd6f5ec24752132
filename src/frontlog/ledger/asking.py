"""How a SQLite ledger is asked: its connection, and what every answer needs of places and decisions."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from frontlog.ledger.codec import decision_of
from frontlog.ledger.connect import Connections
from frontlog.ledger.decisions import Verdicts, replay
from frontlog.ledger.weights import Weights
from frontlog.model import Decision, Place

PLACE = "id, name, kind, precision, lat, lon, country, admin1, admin1_name, population, capital_of, source"
_DECISION = "id, action, subject, author, made, reason, changes"


class Asking:
    """A ledger that can be asked; nothing is written here."""

    _connections: Connections
    weights: Weights
    _places: dict[str, Place]

    @property
    def path(self) -> Path:
        return self._connections.path

    def version(self) -> str:
        return self._connections.version()

    def place(self, id: str) -> Place | None:
        if (known := self._places.get(id)) is None:
            row = self._one(f"SELECT {PLACE} FROM places WHERE id = ?", (id,))
            if row is None:
                return None
            known = self._places.setdefault(id, Place(*row))
        return known

    def decisions(self, subject: str | None = None) -> list[Decision]:
        rows = self._all(
            f"SELECT {_DECISION} FROM decisions"
            " WHERE :subject IS NULL OR subject = :subject ORDER BY made, id",
            {"subject": subject},
        )
        return [decision_of(row) for row in rows]

    def ids_beginning(self, table: str, prefix: str, limit: int = 5) -> list[str]:
        """Ids of claims, incidents or decisions, by the name of their table, that begin so."""
        rows = self._all(
            f"SELECT DISTINCT id FROM {table} WHERE id >= :first AND id < :last ORDER BY id LIMIT :limit",
            {"first": prefix, "last": prefix + "~", "limit": limit},
        )
        return [str(id) for (id,) in rows]

    def _verdicts(self, connection: sqlite3.Cursor | sqlite3.Connection) -> Verdicts:
        rows = connection.execute(f"SELECT {_DECISION} FROM decisions").fetchall()
        return replay([decision_of(row) for row in rows])

    def _all(self, sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self._connections.read().execute(sql, values).fetchall()

    def _one(self, sql: str, values: Any = ()) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._connections.read().execute(sql, values).fetchone()
        return found
