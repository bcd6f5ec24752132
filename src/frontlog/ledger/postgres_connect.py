"""Connections to a ledger in PostgreSQL that take the statements of the SQLite ledger."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from frontlog.errors import LedgerError, MissingExtraError
from frontlog.ledger import dialect
from frontlog.ledger.connect import FORMAT, NEWEST

_WRITER = 0x66726F6E74  # the advisory lock that a writer holds: one writer at a time, as in SQLite
_HOLD = 1_000_000
"""Characters of statements that are held back at most."""
Values = Sequence[Any] | Mapping[str, Any]


class Cursor:
    """A cursor that speaks as sqlite3's does."""

    def __init__(self, connection: Connection, cursor: Any) -> None:
        self._connection = connection
        self._cursor = cursor

    @property
    def rowcount(self) -> int:
        """How many rows the last statement gave back or, where it was not held back, wrote."""
        return int(self._cursor.rowcount)

    @property
    def description(self) -> Any:
        return self._cursor.description

    def execute(self, sql: str, values: Values = ()) -> Cursor:
        asked = dialect.statement(sql)
        written = self._written(asked, values)
        if dialect.only_writes(asked) and self._connection.in_transaction:
            self._connection.hold_back(written)
            return self
        self._connection.send(self._cursor, written)
        return self

    def executemany(self, sql: str, rows: Iterable[Values]) -> Cursor:
        asked = dialect.statement(sql)
        front, row_of, end = dialect.rows_apart(asked)
        parts = [self._written(row_of, row) for row in rows]
        if parts:
            written = f"{front}{', '.join(parts)}{end}" if front else "; ".join(parts)
            self._connection.hold_back(written)
            if not self._connection.in_transaction:
                self._connection.send(self._cursor)
        return self

    def fetchone(self) -> Any:
        return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        found: list[Any] = self._cursor.fetchall()
        return found

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def _written(self, asked: str, values: Values) -> str:
        """The statement with its values in it."""
        try:
            return str(self._cursor.mogrify(asked, values))
        except driver().DataError as error:
            raise LedgerError(
                f"PostgreSQL cannot keep this text ({error}); take the sign out of it"
            ) from error


class Connection:
    """A connection that speaks as sqlite3's does: each statement commits by itself outside a transaction.

    Within one, statements that only write are held back and sent together with the next that must be
    answered: a way to the server and back costs more than most of them.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._held: list[str] = []
        self._held_size = 0

    @property
    def in_transaction(self) -> bool:
        status = driver().pq.TransactionStatus
        return self._connection.info.transaction_status in (status.INTRANS, status.INERROR)

    def cursor(self) -> Cursor:
        return Cursor(self, self._connection.cursor())

    def execute(self, sql: str, values: Values = ()) -> Cursor:
        return self.cursor().execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Values]) -> Cursor:
        return self.cursor().executemany(sql, rows)

    def hold_back(self, written: str) -> None:
        self._held.append(written)
        self._held_size += len(written)
        if self._held_size > _HOLD and self.in_transaction:
            self.send(self._connection.cursor())

    def send(self, cursor: Any, *written: str) -> None:
        """Send what was held back and then a statement, whose answer the cursor has."""
        statements = [*self._held, *written]
        self.forget()
        cursor.execute("; ".join(statements))
        if len(statements) > 1:
            cursor.set_result(-1)

    def forget(self) -> None:
        """Drop what was held back: its transaction is rolled back."""
        self._held, self._held_size = [], 0

    def close(self) -> None:
        self._connection.close()


class PostgresConnections:
    """Hands every thread its own connection; ``write`` is one transaction, and waits for another writer."""

    def __init__(self, address: str, *, must_exist: bool = False) -> None:
        self.address = address
        self._must_exist = must_exist
        self._local = threading.local()
        self._all: list[Connection] = []
        self._guard = threading.Lock()
        self._lay_schema()

    @property
    def path(self) -> Path:
        """What the ledger is called in messages: its address without password."""
        return Path(shown(self.address))

    def read(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
        return connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        connection = self.read()
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        try:
            connection.execute("SELECT pg_advisory_xact_lock(?)", (_WRITER,))
            yield connection
            connection.execute("UPDATE meta SET value = value::bigint + 1 WHERE key = 'version'")
        except BaseException:
            connection.forget()
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def version(self) -> str:
        return str(self.read().execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0])

    def number_on(self, tables: Iterable[str]) -> None:
        """Let new rows be numbered after those there are, when rows came with numbers of their own."""
        for table in tables:
            self.read().execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'n'), max(n)) FROM {table}"
                " HAVING count(*) > 0"
            )

    def close(self) -> None:
        with self._guard:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()

    def _connect(self) -> Connection:
        psycopg = driver()
        try:
            # Values are put in on this side: the server is not asked what type a NULL is.
            opened = psycopg.connect(self.address, autocommit=True, cursor_factory=psycopg.ClientCursor)
        except psycopg.Error as error:
            reason = str(error).strip().partition("\n")[0]
            raise LedgerError(
                f"{shown(self.address)}: cannot be opened ({reason}); check the address"
            ) from error
        opened.execute("SET timezone = 'UTC'")
        connection = Connection(opened)
        with self._guard:
            self._all.append(connection)
        return connection

    def _lay_schema(self) -> None:
        connection = self.read()
        if not self._has(connection, "meta") and self._must_exist:
            raise LedgerError(
                f"{self.path}: there is no ledger; make one with: frontlog read SOURCE --ledger ADDRESS"
            )
        if not self._has(connection, NEWEST):
            # Every statement makes only what is missing, so a ledger from before gets what is new.
            schema = (files("frontlog") / "ledger" / "schema.sql").read_text(encoding="utf-8")
            connection.execute("BEGIN")
            connection.execute("SELECT pg_advisory_xact_lock(?)", (_WRITER,))
            connection._connection.execute(dialect.schema(schema))
            connection.executemany(
                "INSERT OR IGNORE INTO meta VALUES (?, ?)", [("format", FORMAT), ("version", "0")]
            )
            connection.execute("COMMIT")
        row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        if row is None or row[0] != FORMAT:
            version = row[0] if row else "none"
            raise LedgerError(
                f"{self.path}: ledger format {version}, this program writes {FORMAT}; read the sources again"
            )

    @staticmethod
    def _has(connection: Connection, name: str) -> bool:
        """Whether there is a table or an index of this name."""
        return connection.execute("SELECT to_regclass(?)", (name,)).fetchone()[0] is not None


def driver() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise MissingExtraError("a ledger in PostgreSQL", "postgres") from error
    return psycopg


def shown(address: str) -> str:
    """An address without its password."""
    front, at, rest = address.rpartition("@")
    scheme, _, user = front.partition("://")
    return f"{scheme}://{user.partition(':')[0]}@{rest}" if at else address
