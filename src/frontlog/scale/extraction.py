"""Drives a run: shards to a runner, results to a folder, and crashing dispatches out of the way.

A job whose process dies is tried once more, since processes are also killed for no fault of a text. If it
dies again, each of its dispatches is read alone; those whose process dies twice more are quarantined, and
the rest of the shard is read together, as it would have been without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from frontlog.model import Dispatch
from frontlog.scale.folder import Entry, Folder, Manifest
from frontlog.scale.quarantine import Quarantined
from frontlog.scale.shards import SIZE, Shard, cut
from frontlog.scale.work import Done, Job, Lost, Runner
from frontlog.sources import Skipped


@dataclass(slots=True)
class _Open:
    """A shard in work: its suspects not yet read alone, and the positions found bad so far."""

    shard: Shard
    suspects: set[int] = field(default_factory=set)
    bad: dict[int, str] = field(default_factory=dict)


def extract(
    items: Iterable[Dispatch | Skipped],
    folder: Folder,
    runner: Runner,
    *,
    size: int = SIZE,
    on_shard: Callable[[Entry], None] = lambda _: None,
) -> Manifest:
    """Read everything into the folder, leaving alone the shards that are there already."""
    skipped: list[Skipped] = []
    run = _Run(folder, runner, on_shard)
    for number, shard in enumerate(cut(_dispatches(items, skipped), size)):
        run.take(number, shard)
    run.drain()
    entries = (run.entries[number] for number in sorted(run.entries))
    return folder.finish(runner.version, entries, skipped)


def _dispatches(items: Iterable[Dispatch | Skipped], skipped: list[Skipped]) -> Iterator[Dispatch]:
    for item in items:
        if isinstance(item, Skipped):
            skipped.append(item)
        else:
            yield item


class _Run:
    def __init__(self, folder: Folder, runner: Runner, on_shard: Callable[[Entry], None]) -> None:
        self.entries: dict[int, Entry] = {}
        self._folder = folder
        self._runner = runner
        self._on_shard = on_shard
        self._open: dict[int, _Open] = {}
        self._flying = 0

    def take(self, number: int, shard: Shard) -> None:
        """Hand a shard to the runner, waiting while it has enough to do."""
        name = shard.name(self._runner.version)
        if (entry := self._folder.entry(name, len(shard.dispatches))) is not None:
            self._keep(number, entry)
            return
        self._open[number] = _Open(shard)
        self._submit(_whole(number, self._open[number]))
        while self._flying >= 2 * self._runner.slots:
            self._settle()

    def drain(self) -> None:
        while self._flying:
            self._settle()

    def _keep(self, number: int, entry: Entry) -> None:
        self.entries[number] = entry
        self._on_shard(entry)

    def _submit(self, job: Job) -> None:
        self._runner.submit(job)
        self._flying += 1

    def _settle(self) -> None:
        outcome = self._runner.next()
        self._flying -= 1
        job = outcome.job
        held = self._open[job.shard]
        if isinstance(outcome, Lost) and job.attempt == 1 and not outcome.certain:
            self._submit(replace(job, attempt=2))
        elif job.probe:
            self._settle_probe(outcome, held)
        elif isinstance(outcome, Done):
            self._write(outcome, held)
        elif job.last:
            self._give_up(outcome, held)
        else:
            held.suspects = set(job.positions)
            for position in job.positions:
                self._submit(Job(job.shard, (position,), (held.shard.dispatches[position],), probe=True))

    def _settle_probe(self, outcome: Done | Lost, held: _Open) -> None:
        (position,) = outcome.job.positions
        held.suspects.discard(position)
        if isinstance(outcome, Lost):
            held.bad[position] = outcome.reason
        else:
            held.bad.update(outcome.failed)
        if not held.suspects:
            self._submit(replace(_whole(outcome.job.shard, held), last=True))

    def _write(self, done: Done, held: _Open) -> None:
        held.bad.update(done.failed)
        quarantined = [
            Quarantined(held.shard.dispatches[position], held.bad[position]) for position in sorted(held.bad)
        ]
        name = held.shard.name(done.reader)
        entry = self._folder.add(name, done.data, done.claims, done.read, quarantined)
        del self._open[done.job.shard]
        self._keep(done.job.shard, entry)

    def _give_up(self, lost: Lost, held: _Open) -> None:
        """Each can be read alone and all of them cannot together: none of them is read."""
        for position in lost.job.positions:
            held.bad[position] = f"{lost.reason}, together with the others of its shard"
        self._submit(replace(_whole(lost.job.shard, held), last=True))


def _whole(number: int, held: _Open) -> Job:
    positions = tuple(at for at in range(len(held.shard.dispatches)) if at not in held.bad)
    return Job(number, positions, tuple(held.shard.dispatches[at] for at in positions))
