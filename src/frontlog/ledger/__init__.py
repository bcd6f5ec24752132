"""The ledger: claims on two clocks, and what follows from them."""

from __future__ import annotations

from pathlib import Path

from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.store import Store


def open_store(ledger: str | Path, *, must_exist: bool = False) -> SqliteStore:
    """Open a ledger file, making it where there is none unless it ``must_exist``; use it in a ``with``."""
    return SqliteStore(Path(ledger), must_exist=must_exist)


__all__ = ["SqliteStore", "Store", "open_store"]
