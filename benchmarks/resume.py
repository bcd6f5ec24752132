"""Kills a run and a load at random points and goes on: ``python -m benchmarks.resume 20000``.

Fails when the folder or the ledger comes out otherwise than undisturbed.
"""

from __future__ import annotations

import hashlib
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from frontlog.ledger import SqliteStore, open_store
from frontlog.ledger.move import TABLES

from . import material

_FRONTLOG = [sys.executable, "-m", "frontlog.cli"]


@click.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--reader", default="auto", show_default=True)
@click.option("-j", "--jobs", type=click.IntRange(1), default=2, show_default=True)
@click.option("--seed", type=int, default=None, help="Of the points at which runs are killed.")
def main(number: int, reader: str, jobs: int, seed: int | None) -> None:
    """Read NUMBER records twice, once undisturbed and once killed, and compare what comes out."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        material.write(here / "records.jsonl", number)
        words = ["--runner", "local", "-j", str(jobs), "--reader", reader, str(here / "records.jsonl")]
        began = time.monotonic()
        _run(["extract", *words, "-o", str(here / "straight")])
        took = time.monotonic() - began
        shards = len(list((here / "straight").glob("*.parquet")))
        wanted = chance.randrange(1, shards) if shards > 1 else 1
        kept = _killed_at(["extract", *words, "-o", str(here / "killed")], here / "killed", wanted)
        _run(["extract", *words, "-o", str(here / "killed")])
        began = time.monotonic()
        _run(["load", str(here / "straight"), "--ledger", str(here / "straight.db")])
        load = ["load", str(here / "killed"), "--ledger", str(here / "killed.db")]
        died = _killed_after(load, chance.uniform(0.1, 0.9) * (time.monotonic() - began))
        _run(load)
        prints = {name: _print_of(here / name, here / f"{name}.db") for name in ("straight", "killed")}
    (folder, ledger), (folder_again, ledger_again) = prints["straight"], prints["killed"]
    same = folder == folder_again and ledger == ledger_again
    told = {
        "records": number, "seconds": round(took, 1), "shards": shards, "killed_with_shards": kept,
        "load_killed": died, "folder": [folder, folder_again], "ledger": [ledger, ledger_again], "same": same,
    }  # fmt: skip
    click.echo(json.dumps(told))
    raise SystemExit(0 if same else 1)


def _run(words: list[str]) -> None:
    done = subprocess.run([*_FRONTLOG, *words], stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"frontlog {words[0]} failed with {done.returncode}")


def _killed_at(words: list[str], folder: Path, shards: int) -> int:
    """Kill a run once so many shards are there; gives how many there were."""
    process = subprocess.Popen([*_FRONTLOG, *words], stdout=subprocess.DEVNULL)
    while process.poll() is None and len(list(folder.glob("*.parquet"))) < shards:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return len(list(folder.glob("*.parquet")))


def _killed_after(words: list[str], seconds: float) -> bool:
    process = subprocess.Popen([*_FRONTLOG, *words], stdout=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def _print_of(folder: Path, ledger: Path) -> tuple[str, str]:
    """Hashes of all bytes of a folder, and of every row of a ledger."""
    files = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != ".lock":
            files.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    with open_store(ledger, must_exist=True) as store:
        return files.hexdigest()[:16], _rows_of(store)


def _rows_of(store: SqliteStore) -> str:
    rows = hashlib.sha256()
    for table in TABLES:
        for row in sorted(map(repr, store._all(f"SELECT * FROM {table}"))):
            rows.update(row.encode())
    return rows.hexdigest()[:16]


if __name__ == "__main__":
    main()
