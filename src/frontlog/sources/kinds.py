"""Which format an input is in: told by its first bytes where they are sure, else by its name."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Literal, cast

from frontlog.sources.items import Format

Kind = Literal["text", "jsonlines", "html", "feed", "warc", "table", "parquet", "mail", "gzip", "zip"]

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys(("txt", "md"), "text"),
    **dict.fromkeys(("jsonl", "ndjson", "json"), "jsonlines"),
    **dict.fromkeys(("html", "htm", "xhtml"), "html"),
    **dict.fromkeys(("rss", "atom", "xml"), "feed"),
    **dict.fromkeys(("csv", "tsv"), "table"),
    **dict.fromkeys(("mbox", "eml"), "mail"),
    "warc": "warc",
    "parquet": "parquet",
    "gz": "gzip",
    "zip": "zip",
}
_PROLOGUE = rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,1000}-->\s*)?"
_SNIFFED: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb'\s*(?:\{\s*"|\[\s*\{)'), "jsonlines"),
    (re.compile(_PROLOGUE + rb"<(?:rss|feed|rdf:RDF)\b"), "feed"),
    (re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html|head)\b", re.I), "html"),
    (re.compile(rb"From \S+ .*\d{4}\r?\n"), "mail"),
)


def kind_of(name: str, head: bytes) -> Kind:
    """Return the format of an input with this file name and these first bytes.

    >>> kind_of("kabul.txt", b"date 2021-08-15 Kabul"), kind_of("-", b'{"id": 1}')
    ('text', 'jsonlines')
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    known = SUFFIXES.get(name.rpartition(".")[2].lower()) if "." in name else None
    if known:
        return known
    for pattern, kind in _SNIFFED:
        if pattern.match(head.removeprefix(b"\xef\xbb\xbf")):
            return kind
    return "text"


def format_of(kind: Kind) -> Format:
    """Return the reader of a format; its module, and what that needs, is imported only now."""
    return cast(Format, import_module(f"frontlog.sources.{kind}").read)
