"""A long run with bad input in it: ``python -m benchmarks.soak 100000``.

Fails when a record is unaccounted for, when another than a bad one was skipped, or when memory keeps growing.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from frontlog.ledger import open_store
from frontlog.scale.extraction import extract
from frontlog.scale.folder import Entry, Folder
from frontlog.scale.loading import load
from frontlog.scale.local import LocalRunner
from frontlog.scale.work import OpenNamed
from frontlog.sources import open_all

from . import material
from .gauge import memory_of

_BAD: tuple[dict[str, Any], ...] = (
    {"date": "some day", "text": "Rebels took the bridge."},
    {"date": "2014-06-10", "text": ""},
    {"date": "2014-06-10"},
    {"date": "2998-06-10", "text": "Rebels will take the bridge."},
    {"date": "2014-06-10", "text": "Rebels took\0 the bridge."},
    {"date": "2014-06-10", "text": "Повстанцы захватили мост возле города и удерживали его до самого утра."},
    {"date": "2014-06-10", "text": "Rebels " + "took the bridge, " * 70_000},
)
_EVERY = 50
_WARM = 0.3
_GROWTH = 1.15
"""How much more memory the end may take than the time after the warm-up: caches still fill a little."""


def records(number: int) -> Iterator[str]:
    """Made-up records with a bad one among every fifty."""
    good = material.made_up()
    for at in range(number):
        bad = at % _EVERY == _EVERY - 1
        record = _BAD[at // _EVERY % len(_BAD)] if bad else next(good)
        yield json.dumps({**record, "id": f"soak-{at}"}) + "\n"


class Memory:
    """The memory of this process and its children as the shards come in."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._began = time.monotonic()
        self.seen: list[tuple[float, float]] = []

    def __call__(self, entry: Entry) -> None:
        self._done += entry.dispatches
        share, megabytes = self._done / self._total, memory_of(os.getpid())
        if not self.seen or share - self.seen[-1][0] >= 0.05:
            rate = self._done / (time.monotonic() - self._began)
            click.echo(f"{self._done:>9} read  {megabytes:6.0f} MB  {rate:6.0f} a second", err=True)
            self.seen.append((share, megabytes))

    def grows(self) -> bool:
        warm = [megabytes for share, megabytes in self.seen if share >= _WARM]
        third = len(warm) // 3
        return third > 0 and _middle(warm[-third:]) > _GROWTH * _middle(warm[:third])


@click.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--reader", default="rules", show_default=True)
@click.option("-j", "--jobs", type=click.IntRange(1), default=2, show_default=True)
def main(number: int, reader: str, jobs: int) -> None:
    """Read NUMBER records into a folder and a ledger, and account for each of them."""
    bad = number // _EVERY
    memory = Memory(number - bad)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "records.jsonl"
        with path.open("w", encoding="utf-8") as out:
            out.writelines(records(number))
        runner = LocalRunner(OpenNamed(reader), jobs)
        try:
            with Folder(Path(place) / "claims").opened() as folder:
                items = open_all([str(path)], today=date.today())
                manifest = extract(items, folder, runner, on_shard=memory)
        finally:
            runner.close()
        reasons = Counter(
            json.loads(line)["reason"][:40]
            for line in (folder.path / "skipped.jsonl").read_text("utf-8").splitlines()
        )
        with open_store(Path(place) / "ledger.db") as store:
            tally = load(folder.path, store)
    click.echo(f"{manifest.sum()}; {tally.new} in the ledger, {len(tally.refused)} refused")
    for reason, times in sorted(reasons.items()):
        click.echo(f"  skipped {times}: {reason}")
    wrong = [
        words
        for words, is_so in (
            ("records are unaccounted for", manifest.found != number),
            ("others than the bad ones were skipped", manifest.skipped != bad),
            ("dispatches were quarantined", manifest.quarantined > 0),
            ("dispatches did not reach the ledger", tally.new != manifest.read),
            ("memory grows", memory.grows()),
        )
        if is_so
    ]
    for words in wrong:
        click.echo(f"wrong: {words}", err=True)
    raise SystemExit(1 if wrong else 0)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


if __name__ == "__main__":
    main()
