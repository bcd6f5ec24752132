"""Rebuilding in several processes: the same bytes, also when one of them dies."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontlog.ledger import SqliteStore, abreast, open_store
from frontlog.ledger.audits import run
from frontlog.ledger.decisions import decision
from frontlog.model import Finding

from .ledger_tellings import ARMY, GOMA, KUNDUZ, MAZAR, TALIBAN, day, false_alarm, telling


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    choice = random.Random(2).choice
    told = [
        telling(
            f"d{number:03}", day(1 + number % 28), choice(("take", "hold", "attack", "leave")),
            choice((ARMY, TALIBAN)), choice((MAZAR, KUNDUZ, GOMA)), target=choice((None, ARMY)),
        )
        for number in range(120)
    ]  # fmt: skip
    ninth = telling("m9", day(9), "take", TALIBAN, text="It is the ninth provincial capital to be captured.")
    with open_store(tmp_path / "ledger.db") as opened:
        opened.add_readings([*told, ninth, *false_alarm()], "r1")
        claim = next(opened.claims())
        opened.decide(decision("reject", claim.id, "Reza", claim.published, "wrong", {}))
        yield opened


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(abreast, "WORTH", 1)
    monkeypatch.setattr(abreast, "STRETCH", 20)


def dying(store: SqliteStore, **asked: object) -> Iterator[Finding]:
    """An auditor that takes its process with it, but not the one that runs the tests."""
    if type(store) is abreast.Reader and os.environ["LEDGER_TEST"] != str(os.getpid()):
        os._exit(3)
    return run(store, **asked)  # type: ignore[arg-type]


def test_two_processes_give_the_bytes_of_one(store: SqliteStore) -> None:
    store.rebuild()
    alone = store.digest()
    store._connections.read().execute("DELETE FROM holdings")
    store.rebuild(2)
    assert store.digest() == alone
    assert store.findings()
    assert not store._one("SELECT 1 FROM stale")


def test_what_a_process_that_dies_was_at_is_done_by_the_first(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.rebuild()
    alone = store.digest()
    monkeypatch.setenv("LEDGER_TEST", str(os.getpid()))
    monkeypatch.setattr(store, "_auditor", dying)
    store.rebuild(2)
    assert store.digest() == alone
