"""JSON lines: one object a line with ``date`` and ``text``; other keys than the known ones are ignored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from frontlog.errors import SourceError
from frontlog.sources.dating import split_leading
from frontlog.sources.encoding import Decoder, decode
from frontlog.sources.items import MAX_BODY, Found, Opened, Skipped
from frontlog.sources.lines import TooLong, lines
from frontlog.sources.text import read_text_bytes

_REMEDY = 'write one object a line: {"id": …, "date": "YYYY-MM-DD", "text": …}'
_LONGEST = 8 * MAX_BODY


def read(opened: Opened) -> Iterator[Found | Skipped]:
    """Give each line's record as it comes; a bad line is refused by its number and the rest goes on."""
    if opened.stream.peek(1)[:1] == b"[":  # type: ignore[attr-defined]
        yield from _read_array(opened)
        return
    decoder = Decoder()
    for number, line in enumerate(lines(opened.stream, _LONGEST), start=1):
        where = f"{opened.where}, line {number}"
        if isinstance(line, TooLong):
            yield Skipped(where, f"a line of more than {_LONGEST:,} bytes", "put one dispatch on a line")
        elif line.strip():
            yield _read_line(line, where, opened, decoder)


def _read_line(line: bytes, where: str, opened: Opened, decoder: Decoder) -> Found | Skipped:
    try:
        return found_in(_parse(decoder.decode(line, where), where), where, opened)
    except SourceError as error:
        return Skipped.of(error)


def _read_array(opened: Opened) -> Iterator[Found | Skipped]:
    records = _parse(decode(read_text_bytes(opened, 64 * MAX_BODY), opened.where), opened.where)
    for number, record in enumerate(records, start=1):
        where = f"{opened.where}, record {number}"
        try:
            yield found_in(record, where, opened)
        except SourceError as error:
            yield Skipped.of(error)


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(
            where, f"broken JSON at character {error.pos + 1} ({error.msg})", _REMEDY
        ) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(where, "JSON too deep or with a number too long", _REMEDY) from error


def found_in(record: Any, where: str, opened: Opened) -> Found:
    """Make a record's fields a found text; raises SourceError where it has no text."""
    if not isinstance(record, dict):
        raise SourceError(where, "not a JSON object", _REMEDY)
    text = record.get("text")
    if not isinstance(text, str):
        raise SourceError(where, "no 'text'", _REMEDY)
    leading, body = split_leading(text)
    stamp = record.get("date")
    return Found(
        where=where,
        stem=opened.stem,
        text=body,
        latest=opened.latest,
        stamp=leading if stamp in (None, "") else stamp if isinstance(stamp, str) else str(stamp),
        id=_word(record.get("id")),
        title=_word(record.get("title")),
        url=_word(record.get("url")),
        publisher=_word(record.get("publisher")),
        sources=_words(record.get("sources")),
    )


def _word(value: Any) -> str | None:
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _words(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(word for item in items if (word := _word(item)))
