"""One job of reading as a pure step: dispatches in, the bytes of their Parquet file out.

Every runner does its jobs through ``do``, so that all of them give the same bytes.
"""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from frontlog.model import Dispatch, Reading
from frontlog.scale.rows import parquet_of

PATIENCE = 300.0
"""Seconds that one batch of reading may take before it counts as hung."""


class Reads(Protocol):
    """What a job needs of a reader."""

    @property
    def version(self) -> str: ...

    def read(self, dispatches: Iterable[Dispatch]) -> Iterator[Reading]: ...


OpenReader = Callable[[], Reads]
"""Opens the reader of one process; it travels there, so it must be picklable."""


@dataclass(frozen=True, slots=True)
class OpenNamed:
    """Opens the installed reader of a name, with a user's own files of actors and sides."""

    reader: str = "auto"
    own: tuple[str, ...] = ()

    def __call__(self) -> Reads:
        from frontlog.reading.actors import Actors  # a reader is opened where it reads, not in the driver
        from frontlog.reading.reader import Reader

        return Reader.open(reader=self.reader, actors=Actors.open(*map(Path, self.own)))


@dataclass(frozen=True, slots=True)
class Job:
    """Dispatches of one shard, and their positions in it. A probe reads a suspect alone."""

    shard: int
    positions: tuple[int, ...]
    dispatches: tuple[Dispatch, ...]
    attempt: int = 1
    probe: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A finished job. ``failed`` are positions whose dispatch made the reader raise, with why."""

    job: Job
    data: bytes
    read: int
    claims: int
    failed: tuple[tuple[int, str], ...]
    reader: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A job whose process died. ``certain`` where trying again would only lose it again."""

    job: Job
    reason: str
    certain: bool = False


class Runner(Protocol):
    """Does jobs somewhere else. ``slots`` is how many it can do at once."""

    @property
    def version(self) -> str: ...

    @property
    def slots(self) -> int: ...

    def submit(self, job: Job) -> None: ...

    def next(self) -> Done | Lost:
        """Wait for any submitted job to end."""
        ...

    def close(self) -> None: ...


def do(job: Job, reader: Reads, patience: float) -> Done:
    """Read a job's dispatches; those that make the reader raise are left out and named."""
    try:
        return _done(job, _read(job.dispatches, reader, patience), (), reader)
    except Exception:
        # Whatever a reader raises on one text must not cost the others; which one it was is found out here.
        failed = tuple(_failures(job, reader, patience))
        if not failed:
            raise
        bad = {position for position, _ in failed}
        rest = [each for at, each in zip(job.positions, job.dispatches, strict=True) if at not in bad]
        return _done(job, _read(rest, reader, patience), failed, reader)


def _done(job: Job, readings: Sequence[Reading], failed: tuple[tuple[int, str], ...], reader: Reads) -> Done:
    data = b"" if job.probe else parquet_of(readings, reader.version)
    claims = sum(len(reading.claims) for reading in readings)
    return Done(job, data, len(readings), claims, failed, reader.version)


def _read(dispatches: Sequence[Dispatch], reader: Reads, patience: float) -> list[Reading]:
    found: list[Reading] = []
    with _watchdog(patience) as alive:
        for reading in reader.read(dispatches):
            alive()
            found.append(reading)
    if len(found) != len(dispatches):
        raise ValueError(f"the reader gave {len(found)} readings for {len(dispatches)} dispatches")
    return found


def _failures(job: Job, reader: Reads, patience: float) -> Iterator[tuple[int, str]]:
    for position, dispatch in zip(job.positions, job.dispatches, strict=True):
        try:
            parquet_of(_read([dispatch], reader, patience), reader.version)
        except Exception as error:  # the reason goes on file
            yield position, f"{type(error).__name__}: {error}"


@contextmanager
def _watchdog(patience: float) -> Iterator[Callable[[], None]]:
    """End this process when reading hangs, even in C code; ``alive`` winds the clock up again.

    The process ends with exit code 1, which nothing else here gives.
    """
    with open(os.devnull, "w") as nowhere:

        def alive() -> None:
            faulthandler.dump_traceback_later(patience, exit=True, file=nowhere)

        alive()
        try:
            yield alive
        finally:
            faulthandler.cancel_dump_traceback_later()
