"""Cuts a stream of dispatches into shards, the same way every time, and names each by what is in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from frontlog.model import Dispatch
from frontlog.scale.rows import FORMAT

SIZE = 96
"""About how many dispatches a shard has; twice as many at most."""

CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Shard:
    """Dispatches that are read together and written as one file."""

    dispatches: tuple[Dispatch, ...]

    def name(self, reader: str) -> str:
        """Hash of the dispatches and of what reads them: another reader writes other files."""
        total = hashlib.sha256(f"frontlog {FORMAT} {reader}".encode())
        for dispatch in self.dispatches:
            total.update(_mark(dispatch))
        return total.hexdigest()[:32]


def cut(dispatches: Iterable[Dispatch], size: int = SIZE) -> Iterator[Shard]:
    """Cut after dispatches whose own hash says so: what is added later changes the shards around it alone."""
    held: list[Dispatch] = []
    characters = 0
    for dispatch in dispatches:
        held.append(dispatch)
        characters += len(dispatch.text)
        ends = int.from_bytes(_mark(dispatch)[:8], "big") % size == 0
        if ends or len(held) >= 2 * size or characters >= CHARACTERS:
            yield Shard(tuple(held))
            held, characters = [], 0
    if held:
        yield Shard(tuple(held))


def _mark(dispatch: Dispatch) -> bytes:
    fields = [
        dispatch.id, dispatch.published.isoformat(), dispatch.precision, dispatch.title, dispatch.url,
        dispatch.publisher, dispatch.sources, dispatch.language, dispatch.text,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(fields).encode()).digest()
