"""Mail: an mbox of alerts, or one saved message. The body is the plain part, or else the HTML one as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from frontlog.errors import SourceError
from frontlog.sources.encoding import decode
from frontlog.sources.items import MAX_BODY, Found, Opened, Skipped
from frontlog.sources.lines import TooLong, lines
from frontlog.sources.markup import plain

_LARGEST = 8 * MAX_BODY
_SEPARATOR = re.compile(rb"From \S+ .*\d{4}")
_ESCAPED = re.compile(rb">+From ")
_MOST_PARTS = 200


def read(opened: Opened) -> Iterator[Found | Skipped]:
    """Give each message of a mailbox as it comes."""
    for number, message in enumerate(_messages(opened), start=1):
        where = f"{opened.where}, message {number}"
        try:
            if message is None:
                raise SourceError(
                    where, f"a message of more than {_LARGEST:,} bytes", "cut off its attachments"
                )
            yield _found(message, where, opened)
        except SourceError as error:
            yield Skipped.of(error)


def _messages(opened: Opened) -> Iterator[bytes | None]:
    """Messages as bytes, None for one that is too large; a file without separators is one message."""
    pending: list[bytes] = []
    size = 0
    for line in lines(opened.stream, _LARGEST):
        raw = b"" if isinstance(line, TooLong) else line
        if _SEPARATOR.match(raw) and (not pending or not pending[-1]):
            yield from _joined(pending, size)
            pending, size = [raw], 0
            continue
        size += line.bytes_seen if isinstance(line, TooLong) else len(raw) + 1
        if size <= _LARGEST:
            pending.append(raw[1:] if _ESCAPED.match(raw) else raw)
    yield from _joined(pending, size)


def _joined(pending: list[bytes], size: int) -> Iterator[bytes | None]:
    kept = pending[1:] if pending and _SEPARATOR.match(pending[0]) else pending
    if size > _LARGEST:
        yield None
    elif any(kept):
        yield b"\n".join(kept)


def _found(data: bytes, where: str, opened: Opened) -> Found:
    message = message_from_bytes(data)
    name, address = parseaddr(_header(message, "From"))
    return Found(
        where=where,
        stem=opened.stem,
        text=_body(message, where),
        latest=opened.latest,
        stamp=_header(message, "Date") or opened.named,
        title=_header(message, "Subject") or None,
        publisher=name or address or None,
        id=_header(message, "Message-ID").strip("<> ") or None,
    )


def _body(message: Message, where: str) -> str:
    texts: dict[str, str] = {}
    for number, part in enumerate(message.walk()):
        media = part.get_content_type()
        if number > _MOST_PARTS:
            raise SourceError(where, f"a message of more than {_MOST_PARTS} parts", "give its text alone")
        if media in ("text/plain", "text/html") and part.get_filename() is None:
            texts.setdefault(media, _text(part, where))
    return texts.get("text/plain", "").strip() or plain(texts.get("text/html", ""))


def _text(part: Message, where: str) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        return decode(data, where)


def _header(message: Message, name: str) -> str:
    value = str(message.get(name, ""))
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (LookupError, ValueError, MessageError):
        return value
