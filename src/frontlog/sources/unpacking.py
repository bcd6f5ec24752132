"""Packed inputs: gzip and ZIP, opened so that a bomb or a slippery name is refused before it does harm."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Protocol, cast

from frontlog.errors import SourceError
from frontlog.sources.dating import date_in_name
from frontlog.sources.items import Opened, Skipped

_FREE = 16_000_000
_RATIO = 200
_MOST_MEMBERS = 100_000
_DEEPEST = 3
_HELD = 8_000_000
_DAMAGE = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error, zipfile.BadZipFile)


class Readable(Protocol):
    """Anything with a ``read`` of bytes."""

    def read(self, size: int, /) -> bytes: ...


class Counted(io.RawIOBase):
    """A stream that counts what it gives, and lets ``check`` raise when that is too much."""

    def __init__(self, inner: Readable, where: str, check: Callable[[int], None] | None = None) -> None:
        self._inner = inner
        self._where = where
        self._check = check
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._inner.read(min(len(buffer), 1 << 16))
        except _DAMAGE as error:
            raise _damaged(self._where, error) from error
        self.given += len(data)
        if self._check:
            self._check(len(data))
        buffer[: len(data)] = data
        return len(data)


class Allowance:
    """How much may still be unpacked, in proportion to the bytes that were really there."""

    def __init__(self, where: str, size: Callable[[], int]) -> None:
        self._where = where
        self._given = 0
        self.size = size

    def take(self, count: int) -> None:
        """Count unpacked bytes; raises SourceError when they outgrow their origin."""
        self._given += count
        if self._given > max(_FREE, _RATIO * self.size()):
            reason = f"unpacks to more than {_RATIO} times its size (a decompression bomb?)"
            raise SourceError(
                self._where, reason, "unpack it yourself, if you trust it, and give what is inside"
            )


def open_gzip(opened: Opened) -> Opened:
    """Open what a gzip stream holds; damage and bombs raise SourceError while it is read."""
    _check_depth(opened)
    packed = Counted(opened.stream, opened.where)
    allowance = Allowance(opened.where, opened.size or (lambda: packed.given))
    inner = gzip.GzipFile(fileobj=cast(BinaryIO, packed))
    stream = io.BufferedReader(Counted(inner, opened.where, allowance.take))
    name = opened.name.removesuffix(".gz").removesuffix(".GZ")
    return replace(opened, stream=stream, name=name, depth=opened.depth + 1, size=allowance.size)


def open_zip(opened: Opened) -> Iterator[Opened | Skipped]:
    """Open a ZIP's members one after another, in memory; nothing is ever written under a member's name."""
    _check_depth(opened)
    file = seekable(opened)
    try:
        archive = zipfile.ZipFile(file)
        members = [member for member in archive.infolist() if not member.is_dir()]
    except _DAMAGE as error:
        raise _damaged(opened.where, error) from error
    if len(members) > _MOST_MEMBERS:
        raise SourceError(
            opened.where, f"{len(members):,} members", f"give at most {_MOST_MEMBERS:,} at a time"
        )
    length = file.seek(0, io.SEEK_END)
    allowance = Allowance(opened.where, opened.size or (lambda: length))
    with archive:
        for member in members:
            yield _open_member(archive, member, opened, allowance)


def _open_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, opened: Opened, allowance: Allowance
) -> Opened | Skipped:
    where = f"{opened.where}, {member.filename!r}"
    if _leads_out(member.filename):
        return Skipped(where, "a name that leads out of its archive", "rename the member, if you trust it")
    try:
        inner = archive.open(member)
    except _DAMAGE as error:
        return Skipped.of(_damaged(where, error))
    name = PurePosixPath(member.filename).name
    stream = io.BufferedReader(Counted(inner, where, allowance.take))
    return Opened(where, name, stream, opened.latest, date_in_name(name), opened.depth + 1, allowance.size)


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or parts[0].endswith(":")


def seekable(opened: Opened) -> BinaryIO:
    """A ZIP's directory stands at its end, so a stream is first laid aside on disk."""
    if opened.stream.seekable():
        return opened.stream
    file = SpooledTemporaryFile(max_size=_HELD)  # noqa: SIM115
    while chunk := opened.stream.read(1 << 20):
        file.write(chunk)
    file.seek(0)
    return cast(BinaryIO, file)


def _check_depth(opened: Opened) -> None:
    if opened.depth >= _DEEPEST:
        raise SourceError(opened.where, f"archives {_DEEPEST + 1} deep", "unpack the outer ones")


def _damaged(where: str, error: Exception) -> SourceError:
    return SourceError(where, f"a damaged or locked archive ({error})", "pack it again, without a password")
