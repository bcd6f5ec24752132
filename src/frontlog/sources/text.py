"""Text files: ``date YYYY-MM-DD`` and the body, or headers, a blank line and the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from frontlog.errors import SourceError
from frontlog.sources.dating import parse_stamp, split_leading
from frontlog.sources.encoding import decode
from frontlog.sources.items import MAX_BODY, Found, Opened, Skipped

_HEADER = re.compile(
    r"(date|title|headline|url|link|publisher|outlet|sources?|id)[ \t]*:[ \t]*(.*?)[ \t]*(?:\r\n|\n|\r|$)",
    re.I,
)
_BLANK = re.compile(r"[ \t]*(?:\r\n|\n|\r)")
_FIELDS = {"headline": "title", "link": "url", "outlet": "publisher", "source": "sources"}


def read(opened: Opened) -> Iterator[Found | Skipped]:
    """Give the one text of a file. Its body is all that stands after the date or the headers, unaltered."""
    text = decode(read_text_bytes(opened), opened.where)
    fields, body = split_headers(text)
    if not fields:
        leading, body = split_leading(text)
        fields = {"stamp": leading} if leading else {}
    fields.setdefault("stamp", opened.named)
    yield Found(where=opened.where, stem=opened.stem, text=body, latest=opened.latest, **fields)


def read_text_bytes(opened: Opened, most: int = 4 * MAX_BODY) -> bytes:
    """Read a whole input of at most ``most`` bytes; raises SourceError on a longer one."""
    data = opened.stream.read(most + 1)
    if len(data) > most:
        reason = f"a body of more than {most:,} bytes"
        raise SourceError(opened.where, reason, "cut it into its dispatches")
    return data


def split_headers(text: str) -> tuple[dict[str, Any], str]:
    """Part leading ``Name: value`` lines from the body; no fields where there are none to part.

    >>> split_headers("Date: 2021-08-12\\nTitle: Ghazni\\n\\nGhazni fell.")
    ({'title': 'Ghazni', 'stamp': '2021-08-12'}, 'Ghazni fell.')
    """
    start = position = len(text) - len(text.lstrip())
    fields: dict[str, Any] = {}
    while match := _HEADER.match(text, position):
        name, value = match[1].lower(), match[2]
        if name == "date" and not _is_stamp(value):
            break
        fields[_FIELDS.get(name, name)] = value
        position = match.end()
        if match.end() == match.start():
            break
    if position == start:
        return {}, text
    blank = _BLANK.match(text, position)
    return _named(fields), text[blank.end() if blank else position :]


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    if "date" in fields:
        fields["stamp"] = fields.pop("date")
    if "sources" in fields:
        fields["sources"] = tuple(re.split(r"\s*[,;]\s*", fields["sources"]))
    return fields


def _is_stamp(value: str) -> bool:
    """A header's date that cannot be read stays one, so that its refusal names it; a sentence does not."""
    try:
        parse_stamp(value)
    except ValueError:
        return not split_leading(f"date {value}")[0] and len(value) < 40
    return True
