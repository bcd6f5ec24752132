"""A process killed while it reads loses nothing that it had accepted, and the next start repairs the rest."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from frontlog.ledger.sqlite import SqliteStore

WRITER = """
import sys
from pathlib import Path
from frontlog.ledger.sqlite import SqliteStore
from tests.ledger_tellings import KUNDUZ, MAZAR, TALIBAN, day, telling
store = SqliteStore(Path(sys.argv[1]))
start = int(sys.argv[2])
print("ready", flush=True)
for number in range(start, start + 100_000):
    place = MAZAR if number % 2 else KUNDUZ
    batch = [telling(f"d{number}-{part}", day(1 + number % 28), "take", TALIBAN, place) for part in range(3)]
    store.add_readings(batch, "r1", derive=number % 3 == 0)
    print(number, flush=True)
"""
KILLS = 50


@pytest.mark.slow
def test_fifty_kills_lose_nothing_that_was_accepted(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    dice = random.Random(50)
    accepted: list[int] = []
    for kill in range(KILLS):
        accepted += _write_until_killed(path, kill * 1_000, dice.uniform(0.0, 0.12))
        with SqliteStore(path) as store:
            stored = {each.id for each in store.dispatches()}
            assert all(f"d{number}-{part}" in stored for number in accepted for part in range(3))
            # A transaction is there whole or not at all.
            assert len(stored) % 3 == 0
            assert store.refresh() == 0
    assert accepted
    with SqliteStore(path) as store:
        before = store.digest()
        store.rebuild()
        assert store.digest() == before


def _write_until_killed(path: Path, start: int, patience: float) -> list[int]:
    """Give the numbers that the writer had reported as added when it was killed."""
    root = Path(__file__).parents[1]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(start)], stdout=subprocess.PIPE, text=True, cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"},
    )  # fmt: skip
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    time.sleep(patience)
    writer.send_signal(signal.SIGKILL)
    lines = writer.stdout.read().splitlines()
    writer.wait()
    return [int(line) for line in lines if line.isdigit()]
