"""What passes between the steps of sources: opened inputs, texts found in them, and refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Protocol

from frontlog.errors import SourceError

MAX_BODY = 1_000_000
"""Characters that one body may hold; a longer one is a book or an archive, not a dispatch."""

MAX_FILE = 64_000_000
"""Bytes of a format that has to be held in memory as a whole."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no dispatch: where it stands, why, and what its owner can do."""

    where: str
    reason: str
    remedy: str

    @classmethod
    def of(cls, error: SourceError) -> Skipped:
        return cls(error.where, error.reason, error.remedy)


@dataclass(frozen=True, slots=True)
class Opened:
    """An input whose bytes can be read. ``stem`` goes into ids, ``latest`` bounds the dates inside.

    ``named`` is the date that the file's name carries. ``depth`` counts the archives around it, ``size``
    tells how many bytes of the outermost one have been met.
    """

    where: str
    name: str
    stream: BinaryIO
    latest: date
    named: date | None = None
    depth: int = 0
    size: Callable[[], int] | None = None

    @property
    def stem(self) -> str:
        return self.name.split(".", 1)[0] or self.name.strip(".") or "unnamed"


@dataclass(frozen=True, slots=True)
class Found:
    """A text as a format gives it, before it is judged. ``stamp`` is the date in the input's own form."""

    where: str
    stem: str
    text: str
    latest: date
    stamp: str | date | datetime | None = None
    id: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    sources: tuple[str, ...] = ()


class Format(Protocol):
    """Reads one opened input; raises SourceError where nothing after that point can be read."""

    def __call__(self, opened: Opened) -> Iterator[Found | Skipped]: ...
