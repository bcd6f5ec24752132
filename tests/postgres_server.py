"""A PostgreSQL server of the tests' own: private folder, private socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest


def programs() -> Path:
    """The newest server's programs, or a skip that says what is missing."""
    pytest.importorskip("psycopg")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("needs a PostgreSQL server: install Debian's package postgresql")
    return found[-1].parent


@contextmanager
def server() -> Iterator[str]:
    """Start a server; gives the address of a database, less its name."""
    bin = programs()
    # The server refuses to run as root, and its user cannot look into pytest's own folders.
    user: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="frontlog-pg-"))
    if user:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    try:
        _run([bin / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], user)
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        _run([bin / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], user)
        try:
            yield f"postgresql://postgres@/{{}}?host={folder}"
        finally:
            _run([bin / "pg_ctl", "-D", data, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Databases:
    """Makes an empty database for each that asks."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._numbers = count(1)

    def new(self) -> str:
        import psycopg

        name = f"ledger{next(self._numbers)}"
        with psycopg.connect(self._address.format("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        return self._address.format(name)


def _run(command: list[object], user: dict[str, Any]) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd="/", **user)
