"""Rebuilds a large ledger in several processes, each at a stretch of units or of dispatches to audit.

They read what is committed. The process that writes holds the ledger meanwhile, so that nobody alters it.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, cast

from frontlog.ledger import derive
from frontlog.ledger.answers import Answers
from frontlog.ledger.audits.scope import Scope
from frontlog.ledger.connect import Connections
from frontlog.ledger.derive import Derived
from frontlog.ledger.gather import Context
from frontlog.ledger.weights import Weights
from frontlog.model import Finding, Place

Auditor = Callable[..., Iterable[Finding]]
STRETCH = 5000
"""Claims, and dispatches, that are worked on at a time."""
WORTH = 30_000
"""Claims from which on other processes are worth their start."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of units, from the first to the last, or dispatches."""

    units: tuple[str, str] | None
    dispatches: frozenset[str] = frozenset()


Done = Derived | list[Finding]


class Reader(Answers):
    """A ledger that is only read; what another process has left half derived is left to that one."""

    def __init__(self, address: str, weights: Weights) -> None:
        self._connections = connections(address)
        self.weights = weights
        self._places: dict[str, Place] = {}

    def do(self, part: Part, context: Context, auditor: Auditor | None) -> Done:
        if part.units is not None:
            return derive.between(self.cursor(), *part.units, context)
        return list(auditor(self, scope=Scope(part.dispatches, frozenset()))) if auditor else []

    def cursor(self) -> sqlite3.Cursor:
        return self._connections.read().cursor()

    def context(self) -> Context:
        return self._context(self.cursor())

    def close(self) -> None:
        self._connections.close()


def connections(address: str) -> Connections:
    """Connections to a file or a ``postgresql://`` address."""
    if address.startswith(("postgresql://", "postgres://")):
        from frontlog.ledger.postgres_connect import PostgresConnections  # needs the extra postgres

        return cast(Connections, PostgresConnections(address, must_exist=True))
    return Connections(Path(address), must_exist=True)


def parts(cursor: sqlite3.Cursor, audited: bool) -> Iterator[Part]:
    """The whole work."""
    for stretch in derive.stretches(cursor, STRETCH):
        yield Part(stretch)
    if audited:
        ids = [str(id) for (id,) in cursor.execute("SELECT id FROM dispatches ORDER BY known, id").fetchall()]
        for start in range(0, len(ids), STRETCH):
            yield Part(None, frozenset(ids[start : start + STRETCH]))


def done_abreast(
    work: Iterable[Part], address: str, weights: Weights, auditor: Auditor | None, processes: int
) -> Iterator[Done]:
    """Do the work in some processes; what one that dies was at is done here."""
    context = multiprocessing.get_context("spawn")
    todo = deque(work)
    at: dict[Connection[Any, Any], Part] = {}
    workers = []
    try:
        for _ in range(min(processes, len(todo))):
            ours, theirs = context.Pipe()
            worker = context.Process(target=_serve, args=(theirs, address, weights, auditor), daemon=True)
            worker.start()
            workers.append(worker)
            theirs.close()
            _give(ours, at, todo)
        while at:
            heard = wait(list(at))
            for ready in [worker for worker in at if worker in heard]:
                part = at.pop(ready)
                try:
                    done = ready.recv()
                except (EOFError, OSError):
                    yield from done_here([part], address, weights, auditor)
                    continue
                _give(ready, at, todo)
                yield done
        yield from done_here(todo, address, weights, auditor)
    finally:
        for worker in workers:
            worker.kill()
            worker.join()


def done_here(
    work: Iterable[Part], address: str, weights: Weights, auditor: Auditor | None
) -> Iterator[Done]:
    """Do the work in this process."""
    reader = None
    for part in work:
        if reader is None:
            reader = Reader(address, weights)
            context = reader.context()
        yield reader.do(part, context, auditor)
    if reader is not None:
        reader.close()


def _give(worker: Connection[Any, Any], at: dict[Connection[Any, Any], Part], todo: deque[Part]) -> None:
    if todo:
        at[worker] = todo.popleft()
        # One that died while idle is found out by listening to it.
        with suppress(OSError):
            worker.send(at[worker])


def _serve(pipe: Connection[Any, Any], address: str, weights: Weights, auditor: Auditor | None) -> None:
    reader = Reader(address, weights)
    context = reader.context()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(reader.do(pipe.recv(), context, auditor))
