"""Bytes to text: the encodings that saved news comes in, tried in order of how surely they are told."""

from __future__ import annotations

import codecs
import logging

from frontlog.errors import SourceError

_log = logging.getLogger("frontlog.sources")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b\x08\x1a"))
_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"SQLite format 3",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
)


def is_wide(head: bytes) -> bool:
    """True where the bytes begin with a UTF-16 byte-order mark."""
    return head.startswith(_WIDE)


def is_binary(head: bytes) -> bool:
    """True where the first bytes are those of no text: control characters, or a known binary format."""
    if head.startswith(_MAGIC):
        return True
    return not is_wide(head) and bool(head.strip(b"\0")) and len(head) != len(head.translate(None, _BINARY))


def decode(data: bytes, where: str) -> str:
    """Decode UTF-8, UTF-16 with a byte-order mark, or Windows-1252 (noted in the log).

    Raises SourceError where none of them gives plausible text.
    """
    if is_wide(data):
        return _decode_wide(data, where)
    if not data.strip(b"\0") and data:
        raise SourceError(where, "nothing but NUL bytes", "restore the file from its origin")
    if is_binary(data):
        raise SourceError(
            where, "a binary file, not text", "give the text itself, or a format of docs/sources.md"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_western(data, where)


def _decode_wide(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise SourceError(where, f"broken UTF-16 at byte {error.start}", "save the file as UTF-8") from error


def _decode_western(data: bytes, where: str) -> str:
    """Windows-1252 decodes nearly anything, so it is believed only where few bytes need it."""
    unsure = SourceError(where, "in an encoding that cannot be told", "save the file as UTF-8")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise unsure from error
    if sum(byte >= 0x80 for byte in data) > len(data) // 10 + 1:
        raise unsure
    _log.warning("%s: read as Windows-1252, since it is not UTF-8", where)
    return text
