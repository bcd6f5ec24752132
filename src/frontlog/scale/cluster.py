"""Runs jobs as tasks of a Ray cluster, an existing one or one of this machine alone."""

from __future__ import annotations

import re
import socket
from functools import lru_cache
from typing import Any

from frontlog.errors import MissingExtraError, RunError
from frontlog.scale.work import PATIENCE, Done, Job, Lost, OpenReader, Reads, do

_HEAD = re.compile(r"(ray://)?[\w.-]+:\d{1,5}")
_HEAD_SECONDS = 10.0


class RayRunner:
    """Sends jobs to wherever the cluster has a core, and follows nodes as they come and go.

    ``address`` is that of a head, ``auto`` for the cluster this machine belongs to; None starts one here
    with ``jobs`` cores. frontlog must be installed, in this version, on every node.
    """

    def __init__(
        self, open_reader: OpenReader, jobs: int | None = None, patience: float = PATIENCE,
        address: str | None = None,
    ) -> None:  # fmt: skip
        self._ray = _ray()
        self._open = open_reader
        self._patience = patience
        self._pending: dict[Any, Job] = {}
        self._ours = not self._ray.is_initialized()
        if self._ours:
            self._connect(address, jobs)
        # A lost task is counted and told apart from a poisoned one by the driver, so Ray tries it only once.
        task = self._ray.remote(num_cpus=1, max_retries=0)
        self._do = task(_do)
        self._version: str = self._get(task(_version).remote(open_reader))

    @property
    def version(self) -> str:
        return self._version

    @property
    def slots(self) -> int:
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def submit(self, job: Job) -> None:
        self._pending[self._do.remote(job, self._open, self._patience)] = job

    def next(self) -> Done | Lost:
        (ready, *_), _ = self._ray.wait(list(self._pending), num_returns=1)
        job = self._pending.pop(ready)
        errors = self._ray.exceptions
        try:
            done: Done = self._ray.get(ready)
        except errors.RayTaskError as error:
            return Lost(job, str(error.cause), certain=True)
        except (
            errors.WorkerCrashedError, errors.NodeDiedError, errors.ObjectLostError, errors.OutOfMemoryError,
            errors.LocalRayletDiedError,
        ) as error:  # fmt: skip
            return Lost(job, f"crashed or hung the reader ({type(error).__name__})")
        except errors.RayError as error:
            raise _broken(error) from error
        if done.reader != self._version:
            raise RunError(
                f"a node reads with {done.reader}, others with {self._version}; install one version"
            )
        return done

    def close(self) -> None:
        # Where the cluster is gone there is nothing left to call off.
        connected = self._ray.is_initialized()
        for task in self._pending if connected else ():
            self._ray.cancel(task, force=True)
        self._pending.clear()
        if self._ours and connected:
            self._ray.shutdown()

    def _connect(self, address: str | None, jobs: int | None) -> None:
        local: dict[str, Any] = {}
        if not address:
            # Ray's own processes would yield to everything else on this machine; local ones do not either.
            local = {
                "num_cpus": jobs,
                "include_dashboard": False,
                "_system_config": {"worker_niceness": 0},
            }
        try:
            if address and _HEAD.fullmatch(address):
                _answers(address)
            self._ray.init(address=address or "local", log_to_driver=False, logging_level="ERROR", **local)
        except (OSError, self._ray.exceptions.RayError, RuntimeError, ValueError) as error:
            where = address or "this machine"
            raise RunError(
                f"no Ray cluster at {where} ({error}); start one with: ray start --head"
            ) from error

    def _get(self, reference: Any) -> Any:
        try:
            return self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            raise _broken(error) from error


def _answers(head: str) -> None:
    """Raise OSError where nothing listens: Ray itself would go on trying for ever."""
    host, _, port = head.rpartition("/")[2].rpartition(":")
    socket.create_connection((host, int(port)), timeout=_HEAD_SECONDS).close()


def _broken(error: Exception) -> RunError:
    first = str(error).strip().partition("\n")[0]
    return RunError(f"the cluster failed ({first}); run the same command again and it goes on from here")


def _do(job: Job, open_reader: OpenReader, patience: float) -> Done:
    return do(job, _opened(open_reader), patience)


def _version(open_reader: OpenReader) -> str:
    return _opened(open_reader).version


@lru_cache(maxsize=1)
def _opened(open_reader: OpenReader) -> Reads:
    """The reader of this worker process, opened for its first task."""
    return open_reader()


def _ray() -> Any:
    try:
        import ray  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError as error:
        raise MissingExtraError("--runner ray", "ray") from error
    return ray
