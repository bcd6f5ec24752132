"""Connections to a ledger file: one a thread, write-ahead log, the schema laid on first use."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from frontlog.errors import LedgerError

FORMAT = "1"
BUSY_MS = 60_000
# What came to the schema last.
NEWEST = "dispatches_text"


class Connections:
    """Hands every thread its own connection; ``write`` is one transaction, and waits for another writer."""

    def __init__(self, path: Path, *, must_exist: bool = False) -> None:
        if must_exist and not path.exists():
            raise LedgerError(
                f"{path}: there is no ledger; make one with: frontlog read SOURCE --ledger {path}"
            )
        self.path = path
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._watch: sqlite3.Connection | None = None
        try:
            self._lay_schema()
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"{path}: not a ledger ({error}); name another file") from error

    def read(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
        return connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        connection = self.read()
        if connection.in_transaction:
            yield connection
            return
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise LedgerError(
                f"{self.path}: cannot be written now ({error}); wait until nobody else writes to it"
            ) from error
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def version(self) -> str:
        """Changes with every commit to the file, by whomever: seen from a connection that never writes."""
        with self._guard:
            if self._watch is None:
                self._watch = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            return str(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        with self._guard:
            for connection in self._all:
                connection.close()
            self._all.clear()
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self._local = threading.local()

    def _connect(self) -> sqlite3.Connection:
        # Threads keep to their own connection; the check is off so that close() may close them all.
        connection = sqlite3.connect(
            self.path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA mmap_size = 1073741824")
        with self._guard:
            self._all.append(connection)
        return connection

    def _lay_schema(self) -> None:
        connection = self.read()
        connection.execute("PRAGMA journal_mode = WAL")
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (NEWEST,)).fetchone()
        if not found:
            # Every statement makes only what is missing, so a ledger from before gets what is new.
            schema = (files("frontlog") / "ledger" / "schema.sql").read_text(encoding="utf-8")
            connection.executescript("BEGIN IMMEDIATE;\n" + schema + "\nCOMMIT;")
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?)", (FORMAT,))
        row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        if row is None or row[0] != FORMAT:
            version = row[0] if row else "none"
            raise LedgerError(
                f"{self.path}: ledger format {version}, this program writes {FORMAT}; read the sources again"
            )
