"""Which format an input is in: told by its first bytes where they are sure, else by its name."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Literal, cast

from frontlog.sources.items import Format

Kind = Literal["text", "jsonlines", "gzip", "zip"]

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
_SUFFIXES: dict[str, Kind] = {
    "txt": "text",
    "md": "text",
    "jsonl": "jsonlines",
    "ndjson": "jsonlines",
    "json": "jsonlines",
    "gz": "gzip",
    "zip": "zip",
}
_SNIFFED: tuple[tuple[re.Pattern[bytes], Kind], ...] = ((re.compile(rb'\s*(?:\{\s*"|\[\s*\{)'), "jsonlines"),)


def kind_of(name: str, head: bytes) -> Kind:
    """Return the format of an input with this file name and these first bytes.

    >>> kind_of("kabul.txt", b"date 2021-08-15 Kabul"), kind_of("-", b'{"id": 1}')
    ('text', 'jsonlines')
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    known = _SUFFIXES.get(name.rpartition(".")[2].lower()) if "." in name else None
    if known:
        return known
    for pattern, kind in _SNIFFED:
        if pattern.match(head.removeprefix(b"\xef\xbb\xbf")):
            return kind
    return "text"


def format_of(kind: Kind) -> Format:
    """Return the reader of a format; its module, and what that needs, is imported only now."""
    return cast(Format, import_module(f"frontlog.sources.{kind}").read)
