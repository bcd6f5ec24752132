"""Measures a command with all its children: wall time, processor time and memory."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1


@dataclass(frozen=True, slots=True)
class Gauged:
    """``memory`` is the most the processes had together in MB, pages they share counted once."""

    wall: float
    cpu: float
    memory: float
    output: str


def gauge(command: Sequence[str]) -> Gauged:
    """Run a command to its end; raises CalledProcessError when it fails worse than with findings."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    most = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, most), daemon=True)
    watcher.start()
    output, _ = process.communicate()
    wall = time.perf_counter() - began
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Gauged(wall, cpu, most[0], output)


def _watch(pid: int, most: list[float]) -> None:
    while os.path.exists(f"/proc/{pid}/status"):
        now = memory_of(pid)
        if now == 0:
            return
        most[0] = max(most[0], now)
        time.sleep(_EVERY)


def memory_of(pid: int) -> float:
    """MB of a process and all its children now, pages they share counted once."""
    return sum(map(_proportional, _family(pid)))


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        except OSError:
            continue
        found += map(int, children.split())
    return found


def _proportional(pid: int) -> float:
    """MB of a process, what it shares with others divided among them; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
