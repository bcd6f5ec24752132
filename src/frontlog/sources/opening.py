"""The rim of sources: paths in, dispatches and refusals out, one for everything that was met."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

from frontlog.errors import MissingExtraError, SourceError
from frontlog.model import Dispatch
from frontlog.sources.dating import date_in_name
from frontlog.sources.folders import files_of, shown
from frontlog.sources.items import Found, Opened, Skipped
from frontlog.sources.judging import Judge
from frontlog.sources.kinds import format_of, kind_of
from frontlog.sources.unpacking import open_gzip, open_zip

_UNTOLD = frozenset({date(1970, 1, 1), date(1980, 1, 1), date(2020, 2, 2)})
"""Days that tools for reproducible archives stamp on every file; they say nothing about its age."""


def open_all(
    paths: Sequence[str], *, today: date, stdin: BinaryIO | None = None
) -> Iterator[Dispatch | Skipped]:
    """Yield one dispatch or one refusal for every text met, as a stream; bad input never raises.

    ``paths`` are files, folders (read through, in order of name) and ``-`` for standard input.
    """
    judge = Judge()
    for path in paths:
        for file in _expand(path):
            if isinstance(file, Skipped):
                yield file
                continue
            for item in _read_file(file, today, stdin):
                yield item if isinstance(item, Skipped) else judge.judge(item)


def found_in(opened: Opened) -> Iterator[Found | Skipped]:
    """Yield every text found in an opened input, through whatever archives it is packed in."""
    empty = True
    try:
        for item in _read_opened(opened):
            empty = False
            yield item
        if empty:
            yield Skipped(opened.where, "nothing in it to read", "check that the file is whole")
    except SourceError as error:
        yield Skipped.of(error)
    except MissingExtraError as error:
        yield Skipped(opened.where, "of a format whose reader is not installed", str(error))
    except OSError as error:
        yield _unreadable(opened.where, error)


def _read_opened(opened: Opened) -> Iterator[Found | Skipped]:
    head = cast(BufferedReader, opened.stream).peek(4096)[:4096]
    kind = kind_of(opened.name, head)
    if kind == "gzip":
        yield from found_in(open_gzip(opened))
    elif kind == "zip":
        for member in open_zip(opened):
            yield from [member] if isinstance(member, Skipped) else found_in(member)
    else:
        yield from format_of(kind)(opened)


def _expand(path: str) -> Iterator[Path | Skipped | None]:
    """Standard input is given as None."""
    if path == "-":
        yield None
    elif os.path.isdir(path):
        yield from files_of(Path(path))
    else:
        yield Path(path)


def _read_file(path: Path | None, today: date, stdin: BinaryIO | None) -> Iterator[Found | Skipped]:
    if path is None:
        given = BufferedReader(cast(RawIOBase, stdin or sys.stdin.buffer))
        yield from found_in(Opened("standard input", "stdin", given, today))
        given.detach()
        return
    where = shown(path)
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        yield _unreadable(where, error)
        return
    with stream:
        yield from found_in(_opened(stream, where, shown(Path(path.name)), today))


def _opened(stream: BinaryIO, where: str, name: str, today: date) -> Opened:
    written = datetime.fromtimestamp(os.fstat(stream.fileno()).st_mtime, UTC).date()
    latest = today if written in _UNTOLD else min(today, written)
    return Opened(where, name, stream, latest, date_in_name(name))


def _unreadable(where: str, error: Exception) -> Skipped:
    if isinstance(error, FileNotFoundError):
        return Skipped(where, "no such file or folder", "check the path")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Skipped(where, f"cannot be opened ({reason})", "check the path and its permissions")
