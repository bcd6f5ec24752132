"""Puts what was just added into the indexes of words, all at once: one by one costs several times as much."""

from __future__ import annotations

import sqlite3

from frontlog.ledger.words import DISPATCHES, SENTENCES


class Indexing:
    """Remembers where a batch begins; ``index`` brings the words of what came since."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor
        self._dispatches = self._newest("dispatches")
        self._claims = self._newest("claims")

    def index(self) -> None:
        self._cursor.execute(DISPATCHES, {"after": self._dispatches})
        self._cursor.execute(SENTENCES, {"after": self._claims})

    def _newest(self, table: str) -> int:
        (number,) = self._cursor.execute(f"SELECT ifnull(max(n), 0) FROM {table}").fetchone()
        return int(number)
