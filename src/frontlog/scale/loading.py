"""Brings the claims of a folder into a ledger in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from frontlog.ledger import Store
from frontlog.ledger.store import Tally
from frontlog.model import Reading
from frontlog.scale.folder import Entry, Folder
from frontlog.scale.rows import readings_in

_FILES = 32
"""Files that go into one transaction: a killed load is repeated from there without harm."""


def load(folder: Path, store: Store, on_file: Callable[[str], None] = lambda _: None) -> Tally:
    """Add every reading the folder's manifest lists, then derive what follows, once."""
    manifest = Folder(folder).manifest()
    total = Tally()
    shards = manifest.shards
    for start in range(0, len(shards), _FILES):
        some = shards[start : start + _FILES]
        _add(total, store.add_readings(_readings(folder, some, on_file), manifest.reader, derive=False))
    store.refresh()
    return total


def _readings(folder: Path, shards: Sequence[Entry], on_file: Callable[[str], None]) -> Iterator[Reading]:
    for entry in shards:
        yield from readings_in(folder / entry.file)
        on_file(entry.file)


def _add(total: Tally, part: Tally) -> None:
    total.new += part.new
    total.known += part.known
    total.reread += part.reread
    total.claims += part.claims
    total.refused += part.refused
