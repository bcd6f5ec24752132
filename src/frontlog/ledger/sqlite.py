"""The embedded ledger: one SQLite file behind the `Store` protocol."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from frontlog.errors import LedgerError
from frontlog.ledger import abreast, around, derive, finding_rows, touched
from frontlog.ledger.answers import Answers
from frontlog.ledger.append import Additions
from frontlog.ledger.audits.scope import Scope
from frontlog.ledger.codec import dumps, fine_instant
from frontlog.ledger.connect import Connections
from frontlog.ledger.indexing import Indexing
from frontlog.ledger.store import Added, Tally
from frontlog.ledger.weights import Weights
from frontlog.ledger.words import REINDEX
from frontlog.model import Decision, Finding, Place, Reading

_DERIVED = ("holdings", "incidents", "incident_claims", "findings")
# Units to derive; marks of what is to be audited again stand in the same table.
_STALE = "SELECT unit FROM stale WHERE unit NOT LIKE '!%'"
Auditor = Callable[..., Iterable[Finding]]


class SqliteStore(Answers):
    """A ledger in one file. Open it once; every thread gets its own connection.

    ``auditor`` gives the findings that ``rebuild`` and ``audit`` keep; None leaves them as they are.
    """

    _UNKEPT = ""

    def __init__(
        self, path: Path, *, must_exist: bool = False, weights: Weights | None = None,
        auditor: Auditor | None = None,
    ) -> None:  # fmt: skip
        self._connections = Connections(path, must_exist=must_exist)
        self.weights = weights or Weights.open()
        self._auditor = auditor
        self._families: dict[str, str] = {}
        self._places: dict[str, Place] = {}
        # What a killed process left half derived is finished here.
        if self._one(f"{_STALE} LIMIT 1"):
            self.refresh()

    @property
    def address(self) -> str:
        """Where another process finds the ledger."""
        return str(self._connections.path)

    def add_reading(self, reading: Reading, reader: str) -> Added:
        with self._connections.write() as connection:
            ((_, outcome),) = self._added(connection, [reading], reader)
            if isinstance(outcome, LedgerError):
                raise outcome
            self._derive(connection)
        return outcome

    def add_readings(self, readings: Iterable[Reading], reader: str, *, derive: bool = True) -> Tally:
        tally = Tally()
        with self._connections.write() as connection:
            for reading, outcome in self._added(connection, readings, reader):
                if isinstance(outcome, LedgerError):
                    tally.refused.append((reading.dispatch.id, str(outcome)))
                    continue
                setattr(tally, outcome, getattr(tally, outcome) + 1)
                tally.claims += len(reading.claims) if outcome != "known" else 0
            if derive:
                self._derive(connection)
        return tally

    def _added(
        self, connection: sqlite3.Connection, readings: Iterable[Reading], reader: str
    ) -> Iterator[tuple[Reading, Added | LedgerError]]:
        """Add readings with their words and copies; to be used up."""
        cursor = connection.cursor()
        additions = Additions(cursor, reader, self._families, self._UNKEPT)
        words = Indexing(cursor)
        yield from additions.add(readings)
        additions.link()
        words.index()

    def refresh(self) -> int:
        with self._connections.write() as connection:
            return self._derive(connection)

    def rebuild(self, processes: int = 1) -> None:
        with self._connections.write() as connection:
            cursor = connection.cursor()
            if self.count_claims() < abreast.WORTH:
                processes = 1
            found: list[Finding] = []
            derive.replace_all(cursor, self._derived(cursor, processes, found))
            cursor.execute("DELETE FROM stale")
            cursor.execute(REINDEX)
            if self._auditor is not None:
                # Several processes have audited the dispatches; what is left are the places.
                left = Scope(frozenset(), frozenset(), everywhere=True) if processes > 1 else None
                finding_rows.replace_all(cursor, [*found, *self._auditor(self, scope=left)])

    def _derived(
        self, cursor: sqlite3.Cursor, processes: int, found: list[Finding]
    ) -> Iterator[derive.Derived]:
        """What all units give; in several processes what is found in dispatches, too."""
        if processes == 1:
            context = self._context(cursor)
            for first, last in list(derive.stretches(cursor, abreast.STRETCH)):
                yield derive.between(cursor, first, last, context)
            return
        work = list(abreast.parts(cursor, self._auditor is not None))
        for done in abreast.done_abreast(work, self.address, self.weights, self._auditor, processes):
            if isinstance(done, derive.Derived):
                yield done
            else:
                found += done

    def audit(self) -> int:
        with self._connections.write() as connection:
            self._audit(connection.cursor())
        return self._count_findings()

    def audit_new(self) -> int:
        if not self._one("SELECT 1 FROM stale WHERE unit LIKE ? LIMIT 1", (finding_rows.MARKS,)):
            # Nobody who only asks has to wait for a writer.
            return self._count_findings()
        with self._connections.write() as connection:
            cursor = connection.cursor()
            scope = finding_rows.marked(cursor)
            if self._auditor is not None and scope is not None:
                finding_rows.replace_within(cursor, scope, list(self._auditor(self, scope=scope)))
        return self._count_findings()

    def _count_findings(self) -> int:
        row = self._one("SELECT count(*) FROM findings")
        return int(row[0]) if row else 0

    def digest(self) -> str:
        """SHA-256 over all derived rows: equal ledgers have equal digests."""
        total = hashlib.sha256()
        for table in _DERIVED:
            columns = "audit, verdict, known, dispatch, body" if table == "findings" else "*"
            for row in self._all(
                f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3, 4, 5"
                if table != "incident_claims"
                else "SELECT * FROM incident_claims ORDER BY 1, 2"
            ):
                total.update(repr(row).encode())
        return total.hexdigest()

    def decide(self, decision: Decision) -> None:
        with self._connections.write() as connection:
            cursor = connection.cursor()
            audited = finding_rows.marked(cursor) is None
            earlier = self.decisions()
            bearing_on = touched.units(cursor, decision, earlier)
            connection.execute(
                "INSERT OR IGNORE INTO decisions (id, action, subject, author, made, reason, changes)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    decision.id, decision.action, decision.subject, decision.author,
                    fine_instant(decision.made), decision.reason, dumps(dict(decision.changes)),
                ),
            )  # fmt: skip
            connection.executemany("INSERT OR IGNORE INTO stale VALUES (?)", [(unit,) for unit in bearing_on])
            for dispatch in touched.dispatches(cursor, decision, earlier):
                finding_rows.mark_dispatch(cursor, dispatch)
            self._derive(connection)
            if audited:
                # Findings that were up to date stay so; what waited for an audit waits on.
                self.audit_new()

    def close(self) -> None:
        self._connections.close()

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _derive(self, connection: sqlite3.Connection) -> int:
        cursor = connection.cursor()
        stale = [str(unit) for (unit,) in cursor.execute(f"{_STALE} ORDER BY unit").fetchall()]
        if stale:
            context = self._context(cursor)
            stale = around.with_those_around(cursor, stale, context)
            derive.derive_units(cursor, stale, context)
            cursor.executemany("DELETE FROM stale WHERE unit = ?", [(unit,) for unit in stale])
            finding_rows.mark_places(cursor, stale)
        return sum(1 for unit in stale if not unit.startswith("~"))

    def _audit(self, cursor: sqlite3.Cursor) -> None:
        if self._auditor is not None:
            finding_rows.replace_all(cursor, list(self._auditor(self)))
