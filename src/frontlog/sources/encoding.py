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
    return not is_wide(head) and len(head) != len(head.translate(None, _BINARY))


def decode(data: bytes, where: str) -> str:
    """Decode one whole input; see ``Decoder``."""
    return Decoder().decode(data, where)


class Decoder:
    """Decodes UTF-8, UTF-16 with a byte-order mark, or Windows-1252, which it notes in the log once."""

    def __init__(self) -> None:
        self._noted = False

    def decode(self, data: bytes, where: str) -> str:
        """Return the text; raises SourceError where no encoding gives plausible text."""
        if is_wide(data):
            return _decode_wide(data, where)
        if is_binary(data):
            remedy = "give the text itself, or a format of docs/sources.md"
            raise SourceError(where, "a binary file, not text", remedy)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _decode_western(data, where)
        if not self._noted:
            _log.warning("%s: read as Windows-1252, since it is not UTF-8", where)
            self._noted = True
        return text


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
    return text
