"""Lines of a byte stream with a bound on their length, whatever the stream holds."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from frontlog.sources.encoding import is_wide

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class TooLong:
    """A line that was longer than allowed, passed over without being held."""

    bytes_seen: int


def lines(stream: BinaryIO, longest: int) -> Iterator[bytes | TooLong]:
    """Yield lines in UTF-8 without their ends. UTF-16 with a byte-order mark is recoded on the way."""
    pending = bytearray()
    dropped = 0
    for chunk in _chunks(stream):
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            yield _line(pending, part, dropped, longest)
            pending.clear()
            dropped = 0
        if dropped or len(pending) + len(rest) > longest:
            dropped += len(pending) + len(rest)
            pending.clear()
        else:
            pending += rest
    if pending or dropped:
        yield _line(pending, b"", dropped, longest)


def _line(pending: bytearray, part: bytes, dropped: int, longest: int) -> bytes | TooLong:
    size = dropped + len(pending) + len(part)
    return TooLong(size) if size > longest else (bytes(pending) + part).removesuffix(b"\r")


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    first = stream.read(_CHUNK)
    if is_wide(first):
        decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        yield decoder.decode(first).encode("utf-8", "surrogatepass")
        while chunk := stream.read(_CHUNK):
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
        return
    yield first.removeprefix(codecs.BOM_UTF8)
    while chunk := stream.read(_CHUNK):
        yield chunk
