"""The files of a folder, in order of name: what is read, what is passed over, and what is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from frontlog.sources.items import Skipped

IGNORE_FILE = ".frontlogignore"
_COMPANIONS = ("README*", "LICENSE*", "LICENCE*")


def files_of(folder: Path) -> Iterator[Path | Skipped]:
    """Yield the files below a folder.

    Hidden files, README and LICENSE files and those that the folder's ``.frontlogignore`` names (one
    pattern a line) are no input. Links that lead out of the folder are refused.
    """
    root = folder.resolve()
    empty = True
    for path in _walk(folder, (*_COMPANIONS, *_ignored(folder))):
        empty = False
        if isinstance(path, Path) and path.is_symlink() and not path.resolve().is_relative_to(root):
            yield Skipped(
                shown(path), "a link that leads out of its folder", "give the file it points to by name"
            )
        elif isinstance(path, Path) and not path.is_file():
            yield Skipped(shown(path), "not a regular file", "give files, folders or '-'")
        else:
            yield path
    if empty:
        yield Skipped(shown(folder), "a folder with no files to read", "check the path")


def _walk(folder: Path, ignored: tuple[str, ...]) -> Iterator[Path | Skipped]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(shown(folder), f"cannot be opened ({error.strerror})", "check its permissions")
        return
    for entry in entries:
        if entry.name.startswith(".") or any(fnmatch(entry.name, pattern) for pattern in ignored):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), ignored)
        else:
            yield Path(entry.path)


def _ignored(folder: Path) -> tuple[str, ...]:
    try:
        text = (folder / IGNORE_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def shown(path: Path) -> str:
    """A path as it can be printed and stored: names in no encoding are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
