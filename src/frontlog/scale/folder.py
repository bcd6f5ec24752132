"""A folder of claims: one Parquet file a shard, what was quarantined and skipped, and the manifest of it all.

Files are written under another name, forced to disk and moved into place: what has its name is whole.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from frontlog.errors import RunError, SourceError
from frontlog.scale.quarantine import Quarantined, record_of
from frontlog.scale.rows import told
from frontlog.sources import Skipped

MANIFEST = "manifest.json"
SKIPPED = "skipped.jsonl"
_PART = ".part"


@dataclass(frozen=True, slots=True)
class Entry:
    """One shard's line in the manifest: ``dispatches`` = ``read`` + ``quarantined``."""

    file: str
    dispatches: int
    read: int
    quarantined: int
    claims: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a finished run did: ``found`` = ``read`` + ``skipped`` + ``quarantined``."""

    reader: str
    skipped: int
    shards: tuple[Entry, ...]

    @property
    def read(self) -> int:
        return sum(entry.read for entry in self.shards)

    @property
    def quarantined(self) -> int:
        return sum(entry.quarantined for entry in self.shards)

    @property
    def claims(self) -> int:
        return sum(entry.claims for entry in self.shards)

    @property
    def found(self) -> int:
        return self.read + self.skipped + self.quarantined

    def sum(self) -> str:
        return (
            f"{self.found} found = {self.read} read + {self.skipped} skipped + {self.quarantined} quarantined"
        )


class Folder:
    """Where a run writes. Only one run at a time may have it open."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def opened(self) -> Iterator[Folder]:
        """Make the folder, keep other runs out, and sweep up what a killed run left half written."""
        with _disk(self.path):
            (self.path / "quarantine").mkdir(parents=True, exist_ok=True)
            lock = os.open(self.path / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            raise RunError(
                f"{self.path}: another run is writing here; wait for it or name another folder"
            ) from error
        try:
            for left in (*self.path.glob(f"*{_PART}"), *self.path.glob(f"quarantine/*{_PART}")):
                left.unlink()
            yield self
        finally:
            os.close(lock)

    def entry(self, name: str, dispatches: int) -> Entry | None:
        """The entry of a shard that is there already; a damaged file counts as not there."""
        path = self.path / f"{name}.parquet"
        if not path.exists():
            return None
        try:
            read, claims, _ = told(path)
        except SourceError:
            return None
        return Entry(path.name, dispatches, read, dispatches - read, claims)

    def add(self, name: str, data: bytes, claims: int, read: int, bad: Iterable[Quarantined]) -> Entry:
        """Write a shard. Its quarantine goes first, so that a shard in place has all of it."""
        held = list(bad)
        with _disk(self.path):
            if held:
                self._write(f"quarantine/{name}.jsonl", _lines(map(record_of, held)))
            self._write(f"{name}.parquet", data)
        return Entry(f"{name}.parquet", read + len(held), read, len(held), claims)

    def finish(self, reader: str, entries: Iterable[Entry], skipped: Iterable[Skipped]) -> Manifest:
        passed = list(skipped)
        manifest = Manifest(reader, len(passed), tuple(entries))
        body = {
            "format": 1, "reader": reader, "found": manifest.found, "read": manifest.read,
            "skipped": manifest.skipped, "quarantined": manifest.quarantined, "claims": manifest.claims,
            "shards": [asdict(entry) for entry in manifest.shards],
        }  # fmt: skip
        with _disk(self.path):
            self._write(SKIPPED, _lines(map(asdict, passed)))
            self._write(MANIFEST, (json.dumps(body, indent=1) + "\n").encode())
        return manifest

    def manifest(self) -> Manifest:
        """The manifest of the finished run; raises RunError where there is none."""
        try:
            body = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
            entries = tuple(Entry(**each) for each in body["shards"])
            return Manifest(body["reader"], body["skipped"], entries)
        except FileNotFoundError as error:
            raise RunError(
                f"{self.path}: no finished run; run frontlog extract again and it goes on where it was"
            ) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunError(
                f"{self.path / MANIFEST}: damaged ({error}); run frontlog extract again"
            ) from error

    def _write(self, name: str, data: bytes) -> None:
        path = self.path / name
        part = path.with_name(path.name + _PART)
        try:
            with part.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise


def _lines(records: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RunError(
            f"{path}: cannot be written ({error.strerror or error}); make room and run the same command"
            " again, finished shards are kept"
        ) from error
