"""Runs jobs in processes of this machine, each with a reader of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from frontlog.errors import RunError
from frontlog.scale.work import PATIENCE, Done, Job, Lost, OpenReader, Reads, do

_HUNG = 1
_STILLBORN = 3


class LocalRunner:
    """As many processes as asked for; one that dies is replaced, and its job reported lost."""

    def __init__(self, open_reader: OpenReader, jobs: int | None = None, patience: float = PATIENCE) -> None:
        self._open = open_reader
        self._patience = patience
        self._slots = jobs or cores()
        self._queue: deque[Job] = deque()
        self._workers: list[_Worker] = []
        self._version: str | None = None
        self._stillborn = 0

    @property
    def slots(self) -> int:
        return self._slots

    @property
    def version(self) -> str:
        while self._version is None:
            self._hear(self._workers or [self._hire()])
        return self._version

    @property
    def processes(self) -> list[int]:
        """The process ids of the workers."""
        return [worker.process.pid or 0 for worker in self._workers]

    def submit(self, job: Job) -> None:
        self._queue.append(job)
        self._feed()

    def next(self) -> Done | Lost:
        while True:
            self._feed()
            if (outcome := self._hear(self._workers)) is not None:
                return outcome

    def close(self) -> None:
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()
            worker.process.join()
        self._workers.clear()

    def _hire(self) -> _Worker:
        # Not forked: a child must not inherit the pipes of the others, nor threads in mid-work.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._open, self._patience), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _feed(self) -> None:
        for worker in self._workers:
            if self._queue and worker.ready and worker.job is None:
                worker.give(self._queue.popleft())
        starting = sum(not worker.ready for worker in self._workers)
        for _ in range(min(self._slots - len(self._workers), len(self._queue) - starting)):
            self._hire()

    def _hear(self, workers: list[_Worker]) -> Done | Lost | None:
        by_connection = {worker.connection: worker for worker in workers}
        for connection in wait(list(by_connection)):
            worker = by_connection[connection]  # type: ignore[index]
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                return self._bury(worker)
            if isinstance(message, Done | Lost):
                worker.job = None
                return message
            self._met(worker, message)
            return None
        return None

    def _met(self, worker: _Worker, message: tuple[str, str]) -> None:
        word, text = message
        if word == "failed":
            raise RunError(f"the reader cannot be opened: {text}")
        if self._version not in (None, text):
            raise RunError(
                f"the reader changed in mid-run, from {self._version} to {text}; run the same command again"
            )
        worker.ready = True
        self._version = text
        self._stillborn = 0

    def _bury(self, worker: _Worker) -> Lost | None:
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        code = worker.process.exitcode
        if worker.job is None:
            self._stillborn += not worker.ready
            if self._stillborn >= _STILLBORN:
                raise RunError(f"the reader dies while it is opened ({_cause(code)}); give it more memory")
            return None
        if code == _HUNG:
            return Lost(worker.job, f"took longer than {self._patience:g} seconds", certain=True)
        return Lost(worker.job, f"crashed the reader ({_cause(code)})")


class _Worker:
    def __init__(self, process: BaseProcess, connection: Connection[Any, Any]) -> None:
        self.process = process
        self.connection = connection
        self.ready = False
        self.job: Job | None = None

    def give(self, job: Job) -> None:
        self.job = job
        try:
            self.connection.send(job)
        except OSError:
            return  # it died while idle: listening to it tells, and the job counts as lost


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


def _serve(connection: Connection[Any, Any], open_reader: OpenReader, patience: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver hears it, and ends us
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # one process a core already
    try:
        reader = open_reader()
    except Exception as error:  # told to the driver, which stops with it
        connection.send(("failed", f"{type(error).__name__}: {error}"))
        return
    with suppress(EOFError, ConnectionError):  # the driver is gone, and nobody hears what we say
        connection.send(("ready", reader.version))
        while True:
            _answer(connection, connection.recv(), reader, patience)


def _answer(connection: Connection[Any, Any], job: Job, reader: Reads, patience: float) -> None:
    try:
        outcome: Done | Lost = do(job, reader, patience)
    except Exception as error:  # reading together fails though each alone succeeds
        outcome = Lost(job, f"{type(error).__name__}: {error}", certain=True)
    connection.send(outcome)
