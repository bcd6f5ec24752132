"""The ledger: claims on two clocks, and what follows from them."""

from __future__ import annotations

from pathlib import Path

from frontlog.ledger.audits import run
from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.store import Store


def open_store(ledger: str | Path, *, must_exist: bool = False) -> SqliteStore:
    """Open a ledger file or a ``postgresql://`` address; use it in a ``with``.

    A ledger that is not there is made, unless it ``must_exist``.
    """
    if str(ledger).startswith(("postgresql://", "postgres://")):
        from frontlog.ledger.postgres import PostgresStore  # needs the extra postgres

        return PostgresStore(str(ledger), must_exist=must_exist, auditor=run)
    return SqliteStore(Path(ledger), must_exist=must_exist, auditor=run)


__all__ = ["SqliteStore", "Store", "open_store"]
